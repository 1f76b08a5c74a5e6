"""The text to be looked at, and where each of its characters stands in the text as it was given.

What is compared is folded (widths, spaces between all letters, what nobody sees); what is shown is cut from
the raw text, so that no reading ever says something that was not written there.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from app.common import Progress

PAGE = "\f"
"""Between two pages."""
_BREAKS = {"\r": "\n", "\v": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\n": "\n", PAGE: PAGE}
_VOICED = "\uff9e\uff9f\u3099\u309a"
"""Marks that make one letter with the one before: half-width ﾊﾟ is パ."""
_KEPT = frozenset(map(chr, range(0x2460, 0x2474)))
"""①…⑳: folded they would be plain numbers."""
_FEWEST, _APART = 6, 0.8
"""Letters of a line that is spaced for looks, and the part of them with a space behind."""
_FULL = 0.7
"""Of the longest line of a form: a line that is shorter was not wrapped."""
_ENDS = ("。", "")
_COUNTED = re.compile(
    r"[(（]?(?:[0-9０-９]{1,2}|[一二三四五六七八九十]|[ア-ンｱ-ﾝ])(?:[)）.．、\s　]|$)|[①-⑳・※]"
)
_DRAWN = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_STEP = 50_000
"""Characters between two looks at whether the reading is to stop: a few hundredths of a second."""
_LINE = re.compile(f"[^\n{PAGE}]*")


class Line(NamedTuple):
    """A line without the spaces around it. ``start`` and ``end`` count in the folded text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """``folded`` is read, ``raw`` is shown; ``offsets[i]`` is where the i-th folded character stands.

    ``between``: where in ``raw``, in its order, stands what is drawn between letters or cells.
    """

    raw: str
    folded: str
    offsets: array[int]
    between: Sequence[int] = ()

    def shown(self, start: int, end: int) -> str:
        """What was written between two places of the folded text, as one line, without what nobody sees."""
        lines = re.split("[\r\n\v\f\x85\u2028\u2029]+", self._written(start, end))
        return joined(["".join(filter(_is_seen, line)).strip() for line in lines])

    def paragraphs(self, start: int, end: int) -> list[str]:
        """What was written between two places of the folded text, one line a paragraph: a form, whose lines
        are wrapped only where they are full."""
        lines = re.split("\r\n|[\r\n\v\f\x85\u2028\u2029]", self._written(start, end))
        shown = ["".join(filter(_is_seen, line)).rstrip() for line in lines]
        full = max((len(line) for line in shown), default=0) * _FULL
        made: list[list[str]] = []
        before = ""
        for line in shown:
            held = line.strip()
            goes_on = len(before) >= full and before[-1:] not in _ENDS and line[:1] not in " 　\t"
            is_row = "\t" in before.strip() or "\t" in held
            if held and goes_on and not is_row and made and not _COUNTED.match(held):
                made[-1].append(held)
            elif held:
                made.append([held])
            before = line
        return [joined(one) for one in made]

    def _written(self, start: int, end: int) -> str:
        begin, stop = self.offsets[start], self.offsets[end]
        made = ""
        for at in self.between[bisect_left(self.between, begin) : bisect_left(self.between, stop)]:
            made += self.raw[begin:at]
            begin = at + 1
        return made + self.raw[begin:stop]


def joined(lines: list[str]) -> str:
    """Lines of one sentence in a row: Latin words, numbers and the rows of a table stay apart, Japanese needs
    no space."""
    made, before = "", ""
    for line in filter(None, lines):
        apart = made and made[-1].isascii() and line[0].isascii() and made[-1].isalnum() and line[0].isalnum()
        row = made and ("\t" in before or "\t" in line)
        made += f"　{line}" if row else f" {line}" if apart else line
        before = line
    return made


def folded(raw: str, progress: Progress | None = None) -> Text:
    """``raw`` in one width, without what is not seen, and without spaces between all letters of a line.

    Raises ``Cancelled``."""
    progress = progress or Progress()
    signs: list[str] = []
    offsets = array("l")
    at, size, looked = 0, len(raw), 0
    while at < size:
        if at >= looked:
            progress.step(at, size, "文字を読んでいます")
            looked = at + _STEP
        end = at + 1
        if raw[at] == "\r" and raw[end : end + 1] == "\n":
            end += 1
        else:
            while end < size and raw[end] in _VOICED:
                end += 1
        for sign in _fold(raw[at] if raw[at] == "\r" else raw[at:end]):
            signs.append(sign)
            offsets.append(at)
        at = end
    offsets.append(size)
    return _closed_up(raw, "".join(signs), offsets)


def lines_of(text: str) -> list[Line]:
    """Every line of a folded text, empty ones too."""
    found = []
    for match in _LINE.finditer(text):
        held = match[0]
        start = match.start() + len(held) - len(held.lstrip())
        stripped = held.strip()
        if stripped or match.end() >= len(text) or text[match.end()] in f"\n{PAGE}":
            found.append(Line(start, start + len(stripped), stripped))
    return found


def bare(text: str) -> str:
    """``text`` without any space."""
    return "".join(text.split())


@lru_cache(maxsize=1 << 14)
def _fold(signs: str) -> str:
    if signs in _BREAKS:
        return _BREAKS[signs]
    if signs == "\t" or signs in _KEPT:
        return signs
    return "".join(
        " " if sign.isspace() else sign for sign in unicodedata.normalize("NFKC", signs) if _is_seen(sign)
    )


def _is_seen(sign: str) -> bool:
    return (sign >= " " and (sign < "\x7f" or unicodedata.category(sign) not in ("Cc", "Cf"))) or sign == "\t"


def _in_cells(text: str) -> tuple[str, list[int]]:
    """``text`` with tabs between the cells of rows that are drawn with |, and where these stand."""
    places = [
        row.start() + at for row in _DRAWN.finditer(text) for at, sign in enumerate(row[0]) if sign == "|"
    ]
    if not places:
        return text, []
    signs = list(text)
    for at in places:
        signs[at] = "\t"
    return "".join(signs), places


def _closed_up(raw: str, written: str, offsets: array[int]) -> Text:
    """Without the single spaces of lines that have one after nearly every letter."""
    text, drawn = _in_cells(written)
    lines = [offsets[at] for at in drawn]
    everywhere = _is_spaced(text.replace("\n", "  "), 100)
    dropped: set[int] = set()
    for line in lines_of(text):
        if line.text and (_is_spaced(line.text, 2) if everywhere else _is_spaced(line.text, _FEWEST)):
            dropped.update(
                line.start + found.start()
                for found in re.finditer(r"(?<=\S) (?=\S)|(?<=\s) (?=\s*\S)", line.text)
            )
    if not dropped:
        return Text(raw, text, offsets, lines)
    kept = [at for at in range(len(text)) if at not in dropped]
    places = array("l", [offsets[at] for at in kept])
    places.append(offsets[-1])
    return Text(
        raw, "".join(text[at] for at in kept), places, sorted({*lines, *(offsets[at] for at in dropped)})
    )


def _is_spaced(text: str, fewest: int) -> bool:
    letters = len("".join(text.split()))
    if letters < fewest or " " not in text:
        return False
    return len(re.findall(r"\S(?= )", text)) >= _APART * (letters - 1)
