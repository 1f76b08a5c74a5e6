"""What a page carries beside the text: its number, running heads, a list of contents.

A line goes only where it is short, is no sentence, and comes again at the distance of pages: what merely
comes again is a clause of the next annex.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from app.annexes.reading.text import PAGE, Line, bare

_CERTAIN = re.compile(
    r"[-−–—]{1,2}\d{1,3}[-−–—]{1,2}|\d{1,3}/\d{1,3}|(?:P|p|page|Page)\.?\d{1,3}|\d{1,3}(?:ページ|頁)|\(\d{6,8}\)|[-−–—ー]\(?\d+\)?[-−–—ー]"
    r"|[-:=_*━─—＿]{3,}"
)
_CONTENTS = re.compile(r".*(?:\.{4,}|・{4,}|…{2,}|-{6,})\(?\d{1,3}\)?")
_CODE = re.compile(r"\(\d{6,8}\)")
_ALONE = re.compile(r"\d{1,3}")
_SUBJECT = re.compile(r".{1,12}?(?:は|が|も)[、,]")
"""How a sentence begins, not how one goes on."""
_LONGEST = 40
_NEAREST = 15
"""Lines between two page numbers at least."""
_FEWEST = 3
"""Lines of a page with its number and its head."""
_FULL = 0.85
"""Part of a full line from which on a line was broken, not ended."""
_UNEVEN = 1.7
"""By how much the fullest page may have more lines than the emptiest."""


def furniture(lines: list[Line], text: str) -> set[int]:
    """Which of ``lines`` belong to the page and not to the text."""
    filled = [at for at, line in enumerate(lines) if line.text]
    place = {at: order for order, at in enumerate(filled)}
    found = {at for at in filled if _is_certain(lines[at].text)}
    found |= _numbers(lines, filled, place, text)
    return found | _running(lines, filled, place, found, text)


def _is_certain(text: str) -> bool:
    closed = bare(text)
    listed = len(text) <= 2 * _LONGEST and _CONTENTS.fullmatch(closed)
    return bool(listed or closed == "目次" or _CERTAIN.fullmatch(closed))


def _numbers(lines: list[Line], filled: list[int], place: dict[int, int], text: str) -> set[int]:
    """Numbers alone on their lines that count pages, not clauses."""
    # Numbers one below the other are the rows of a form.
    alone = [
        at
        for at in filled
        if _ALONE.fullmatch(lines[at].text)
        and not any(_ALONE.fullmatch(lines[near].text) for near in _around(filled, place[at]))
    ]
    if not alone:
        return set()
    lengths = sorted(len(lines[at].text) for at in filled)
    usual = lengths[len(lengths) * 9 // 10]
    near = _near_another(lines, place, alone)
    found = {
        at
        for at in alone
        if _at_edge(lines, filled, place[at], text)
        or (at not in near and _amid(lines, filled, place[at], usual))
        or _by_code(lines, filled, place[at])
        or at == filled[-1]
    }
    found |= set(_headed(lines, filled, place, alone))
    chain = _counted(lines, place, alone, _NEAREST)
    apart = [place[after] - place[before] for before, after in pairwise(chain)]
    even = len(apart) > 1 and max(apart) <= _UNEVEN * min(apart)
    same = len(apart) > 0 and len({_beside_text(lines, filled, place[at]) for at in chain}) == 1
    return found | (set(chain) if (even or same) and len(alone) <= 1.5 * len(chain) else set())


def _near_another(lines: list[Line], place: dict[int, int], alone: list[int]) -> set[int]:
    """Those of ``alone`` that count on nearer to each other than pages do: clauses."""
    found: set[int] = set()
    for before, after in pairwise(alone):
        follows = int(lines[after].text) == int(lines[before].text) + 1
        if follows and place[after] - place[before] < _NEAREST:
            found |= {before, after}
    return found


def _counted(lines: list[Line], place: dict[int, int], alone: list[int], nearest: int) -> list[int]:
    """Those of ``alone`` that count on from the first or second page, at least ``nearest`` lines apart."""
    chain: list[int] = []
    for at in alone:
        value = int(lines[at].text)
        if not chain and value <= 2:
            chain = [at]
        elif chain and value == int(lines[chain[-1]].text) + 1 and place[at] - place[chain[-1]] >= nearest:
            chain.append(at)
    return chain


def _headed(lines: list[Line], filled: list[int], place: dict[int, int], alone: list[int]) -> list[int]:
    """Numbers that count on, each but the last with the same line behind it: a running head."""
    chain = _counted(lines, place, alone, 2)
    behind = [_beside_text(lines, filled, place[at]) for at in chain]
    again = [text for text in behind if text and behind.count(text) > 1 and not _ALONE.fullmatch(text)]
    return chain if len(again) >= max(2, len(chain) - 1) and len({*again}) == 1 else []


def _by_code(lines: list[Line], filled: list[int], order: int) -> bool:
    """Whether a line stands beside the code of a form, which closes a page, and behind a whole sentence."""
    after = lines[filled[order + 1]].text if order + 1 < len(filled) else ""
    before = lines[filled[order - 1]].text if order else ""
    return bool(_CODE.fullmatch(bare(after))) and before[-1:] not in ("", "、", ",")


def _beside_text(lines: list[Line], filled: list[int], order: int) -> str:
    """The line behind a number: a running head is the same on every page."""
    return lines[filled[order + 1]].text if order + 1 < len(filled) else ""


def _at_edge(lines: list[Line], filled: list[int], order: int, text: str) -> bool:
    """Whether a line is the first or last of a page of a file that knows its pages."""
    line = lines[filled[order]]
    before = lines[filled[order - 1]].end if order else 0
    after = lines[filled[order + 1]].start if order + 1 < len(filled) else len(text)
    return PAGE in text[line.end : after] or (order > 0 and PAGE in text[before : line.start])


def _amid(lines: list[Line], filled: list[int], order: int, usual: int) -> bool:
    """Whether the sentence before goes on behind the line: no clause begins there."""
    before = lines[filled[order - 1]].text if order else ""
    if not before or before[-1] in "。)」" or order + 1 == len(filled):
        return False
    after = lines[filled[order + 1]].text
    return before[-1] in "、,をはにがでの" or (len(before) >= _FULL * usual and not _SUBJECT.match(after))


def _running(
    lines: list[Line], filled: list[int], place: dict[int, int], known: set[int], text: str
) -> set[int]:
    """Short lines that come again beside a page number, at a page's edge, or at even distances."""
    again: dict[str, list[int]] = defaultdict(list)
    for at in filled:
        closed = bare(lines[at].text)
        if (
            at not in known
            and len(closed) <= _LONGEST
            and "。" not in closed
            and closed[0] not in "(（〔【第"
        ):
            again[closed].append(at)
    found: set[int] = set()
    for places in again.values():
        if len(places) < 2:
            continue
        orders = [place[at] for at in places]
        edges = [
            at
            for at in places
            if _beside(filled, place[at], known) or _at_edge(lines, filled, place[at], text)
        ]
        apart = [after - before for before, after in pairwise(orders)]
        even = len(places) > 2 and min(apart) > _NEAREST and max(apart) <= 1.3 * min(apart)
        # The title of the first page is no head yet.
        heads = places[1:] if places[0] == filled[0] else places
        by_number = all(_beside(filled, place[at], known) for at in heads) and min(apart) >= _FEWEST
        if (min(apart) > _NEAREST and len(edges) >= len(places) - 1) or even or by_number:
            # The first may be the title itself.
            found.update(places if places[0] != filled[0] and places[0] in edges else places[1:])
    return found


def _beside(filled: list[int], order: int, known: set[int]) -> bool:
    return any(near in known for near in _around(filled, order))


def _around(filled: list[int], order: int) -> list[int]:
    """The lines before and behind one, by its place among those that are filled."""
    return [filled[near] for near in (order - 1, order + 1) if 0 <= near < len(filled)]


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """``text`` with spaces in the place of ``spans``: everything else stays where it stands."""
    made: list[str] = []
    at = 0
    for start, end in spans:
        made.append(text[at:start])
        made.append(" " * (end - start))
        at = end
    return "".join(made) + text[at:]
