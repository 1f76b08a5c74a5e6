"""Headings and options, before or behind a number: in brackets, or as a short line that is no sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.annexes.reading.drafts import Draft
from app.annexes.reading.marks import Style
from app.annexes.reading.model import Role
from app.annexes.reading.outline import LEAD, Node
from app.annexes.reading.text import bare
from app.annexes.reading.titles import title_kind

Span = tuple[int, int]

_OPENING, _CLOSING = "(〔【\\[〈《", ")〕】\\]〉》"
_PLAIN = rf"[^。{_OPENING}{_CLOSING}]"
_INNER = (
    rf"[{_OPENING}]{_PLAIN}{{1,60}}"
    rf"(?:[{_OPENING}]{_PLAIN}{{0,40}}[{_CLOSING}]{_PLAIN}{{0,30}})*。?[{_CLOSING}]"
)
"""A bracket with others in it, and no sentence."""
_LAST = re.compile(rf"(?P<group>{_INNER})[\s#*・-]*$")
_FIRST = re.compile(rf"[\s]*(?P<group>{_INNER})")
_OPTION = re.compile(
    r".(?:該当する.*|.*(?:に限る|場合|適用する|適用しない|選択|任意|オプション)"
    r"|.*(?:のみ|に限り|に限って|場合に)(?:適用|添付|使用|記載|限る)?(?:する)?)。?."
)
_NO_HEADING = re.compile(
    r".?(?:以下|平成|昭和|令和|同|略)|.(?:\d{1,3}|[ア-ンa-z一二三四五六七八九十]).$|.*(?:をいう|を含む|を除く|に限る|法律第|条例第|という)|.*(?<!個人)番号.$"
)
_OPEN_END = re.compile(
    r".*(?:[、,:をはがにでのやも]|(?<!関するこ)と|及び|又は|並びに|若しくは|につき|により)$"
)
_PARTY = re.compile(
    r"(?P<heading>\S{2,20})[^\S\n]+(?=(?:甲|乙|丙|発注者|受注者|委託者|受託者|実施機関|本市|指定管理者|事業者)[はがの、])"
)
_HEAD_ROW = re.compile(r"(?:番号|[Nn][Oo]\.?|№|項目|区分|条項?)\s+\S{1,8}(?:\s|$)")
"""The head of a table whose cells are parted by spaces."""
DECORATION = " \t#>＞*・●○◎◯◆◇■□★☆▲△▼▽▶☐☑☒✓✔+-"
"""Signs of lists, boxes and converters that stand before a number on its line."""
_PARAGRAPHS = (Style.PARAGRAPH, Style.PLAIN, Style.DECIMAL, Style.ROW)
_LONGEST, _SHORT = 30, 0.7
_LONGEST_NUMBER = 20
"""Signs of a line before its number and with it."""
_LOOKED_AT = 240
NEAR = 1_000
"""Characters before a number that tell what it is."""


class Found(NamedTuple):
    """A heading, the options beside it, and where the first of them begins or the last of them ends."""

    heading: Span | None
    options: tuple[Span, ...]
    edge: int


def before(text: str, start: int, end: int, usual: int, *, top: bool, behind_number: bool = False) -> Found:
    """What stands before a number at ``end`` and belongs to it; the text of the number before at ``start``.

    ``usual``: letters of a full line; ``top``: whether the number is one of a clause; ``behind_number``: a
    number ends at ``start``, so that what stands alone below it is its text.
    """
    heading: Span | None = None
    options: list[Span] = []
    edge, start = end, max(start, end - NEAR)
    while match := _LAST.search(text, max(start, edge - _LOOKED_AT), edge):
        group = match["group"]
        is_option = bool(_OPTION.fullmatch(bare(group)))
        whole_sentence = "。" in group and text[start : match.start()].rstrip()[-1:] not in ("", "。")
        if whole_sentence or not _begins(text, start, match.start(), top=top):
            break
        if _NO_HEADING.match(group) and not is_option:
            break
        if is_option and len(options) <= (heading is not None):
            options.append(match.span("group"))
        elif heading is None and not is_option:
            heading = match.span("group")
        else:
            break
        edge = undecorated(text, match.start(), start)
    line = _bare_before(text, start, edge, usual) if heading is None and top else None
    first = line is not None and not text[: line[0]].strip() and _is_headed(text, end)
    if line is not None and not first and (not behind_number or text[start : line[0]].strip()):
        heading, edge = line, line[0]
    return Found(heading, tuple(options), edge)


def _is_headed(text: str, number: int) -> bool:
    """Whether what stands behind a number on its line is a heading: the line before is none then."""
    behind, broken, below = text[number : number + NEAR].partition("\n")
    return bool(broken and below.strip()) and "。" not in behind and 4 <= len(behind) <= _LONGEST


def undecorated(text: str, at: int, start: int) -> int:
    """Where the signs begin that stand before ``at`` on its line and say nothing: ## - □."""
    begin = at
    while begin > start and text[begin - 1] in DECORATION:
        begin -= 1
    return begin if begin == start or text[begin - 1] in "\n\f" else at


def goes_on(line: str) -> bool:
    """Whether ``line`` ends as no sentence and no heading does."""
    return _OPEN_END.match(line) is not None


def _begins(text: str, start: int, at: int, *, top: bool) -> bool:
    """Whether what stands at ``at`` begins anew: behind a sentence, or on a line of its own."""
    held = text[start:at]
    if held.rstrip(" \t").endswith((")", "〕", "】", "]")) and (beside := _LAST.search(held)):
        # Two brackets side by side begin where the first of them does.
        return _begins(text, start, start + beside.start(), top=top)
    if not held.strip() or held.rstrip().endswith("。") or (not start and title_kind(held.strip())):
        return True
    line_starts = "\n" in held[len(held.rstrip(" \t#*-・")) - 1 :]
    return top and line_starts and not _OPEN_END.match(held.rstrip().rpartition("\n")[2])


def _bare_before(text: str, start: int, end: int, usual: int) -> Span | None:
    held = text[start:end].rstrip()
    above, broken, line = held.rpartition("\n")
    stripped = line.strip(" \t#*")
    if not stripped or "\t" in stripped or (not broken and start):
        return None
    if not (above.strip() == "" or above.rstrip()[-1] in "。)」"):
        return None
    if not _is_short(stripped, len(stripped), usual) or stripped[0] in "※(・" or _HEAD_ROW.match(stripped):
        return None
    at = start + len(above) + len(broken) + line.index(stripped)
    return at, at + len(stripped)


def _is_short(text: str, whole: int, usual: int) -> bool:
    return (
        "。" not in text
        and len(text) <= _LONGEST
        and whole <= _SHORT * usual
        and not _OPEN_END.match(text)
        and not LEAD.search(text)
    )


def after(
    text: str, start: int, stop: int, usual: int, *, has_heading: bool, has_parts: bool, short: bool = True
) -> Found:
    """What stands behind a number that ends at ``start`` and is not yet its text.

    ``has_heading``: one stands before it; ``has_parts``: whether numbers stand below it; ``short``: whether
    its heading may have no brackets.
    """
    options: list[Span] = []
    heading: Span | None = None
    edge = start
    while match := _FIRST.match(text, edge, stop):
        group = match["group"]
        is_option = bool(_OPTION.fullmatch(bare(group)))
        if is_option:
            options.append(match.span("group"))
        elif heading is None and not has_heading and not _NO_HEADING.match(group):
            heading = match.span("group")
        else:
            break
        edge = match.end()
    if heading is None and not has_heading and short:
        heading = _bare_after(text, edge, stop, usual, has_parts=has_parts)
        edge = heading[1] if heading else edge
    return Found(heading, tuple(options), edge)


def _bare_after(text: str, start: int, stop: int, usual: int, *, has_parts: bool) -> Span | None:
    held = text[start:stop]
    spaces = len(held) - len(held.lstrip(" \t"))
    alone = held[spaces : spaces + 1] in ("\n", "\f")
    if alone:
        # The number stands alone on its line.
        spaces = len(held) - len(held.lstrip())
    begin = start + spaces
    first, broken, more = text[begin:stop].partition("\n")
    if "\t" in first.strip() and (cells := _cells(first, usual)):
        return begin, begin + cells
    if match := _PARTY.match(first):
        if _is_short(match["heading"], len(match["heading"]), usual):
            return begin, begin + match.end("heading")
        return None
    stripped = first.strip()
    line = begin if alone else text.rfind("\n", 0, start) + 1
    # Numbers that stand within lines say nothing of how these were broken.
    whole = begin + len(stripped) - (line if start - line <= _LONGEST_NUMBER else start)
    if has_parts and not more.strip() and "、" not in stripped:
        # All that is said before the first part.
        whole = 0
    if not stripped or not _is_short(stripped, whole, usual):
        return None
    if more.strip():
        sentence = "。" in more or has_parts
        return (
            (begin, begin + len(first.rstrip()))
            if broken and sentence and more.strip()[0] not in "をはがにのとで、"
            else None
        )
    return (begin, begin + len(first.rstrip())) if has_parts and not stripped.endswith("こと") else None


def _cells(row: str, usual: int) -> int:
    """Where the short cells end that stand before the text of a row; 0 where none does."""
    end = at = 0
    cells = row.rstrip().split("\t")
    said = next((order for order, cell in enumerate(cells) if "。" in cell or cell.endswith("こと")), 1)
    for cell in cells[:said]:
        if cell.strip() and not _is_short(cell.strip(), len(cell), usual):
            break
        end = at + len(cell.rstrip()) if cell.strip() else end
        at += len(cell) + 1
    return end


def _may_be_short(node: Node) -> bool:
    """Whether the item before has a heading too: else a short item is one that names something."""
    if node.parent is None or node.children or node.mark.style in _PARAGRAPHS:
        return True
    row = node.parent.children
    at = row.index(node) if node in row else 0
    return not at or row[at - 1].heading is not None or bool(row[at - 1].children)


def all_of(text: str, drafts: Sequence[Draft], usual: int) -> list[tuple[int, int, Role]]:
    """Give each number of ``drafts`` the heading and the options behind it; where all of them stand."""
    nodes = [node for draft in drafts for node in draft.nodes]
    for node in nodes:
        holder = node.parent if node.implied and node.parent else node
        if any(one.implied for one in node.children):
            continue
        found = after(
            text,
            node.end,
            max(node.stop, node.end),
            usual,
            has_heading=holder.heading is not None,
            has_parts=bool(node.children),
            short=_may_be_short(node),
        )
        holder.heading = holder.heading or found.heading
        holder.options.extend(found.options)
    made: list[tuple[int, int, Role]] = []
    for node in nodes:
        made.extend((*span, Role.OPTION) for span in node.options)
        if node.heading:
            made.append((*node.heading, Role.HEADING))
    return made
