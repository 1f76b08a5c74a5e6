"""Breaking Japanese text into lines: a working subset of JIS X 4051.

Lengths are thousandths of the em, so a broken text serves every size. No line starts with a mark
that closes or continues, none ends with one that opens; figures stay with their digits and their
counter, Latin words stay whole; two marks that meet share the blank halves they both carry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from app.printing.type.fonts import BOXES, Chain, Glyph
from app.printing.type.words import printable

NO_START = frozenset(
    "、。，．・：；！？!),.:;?]}’”）〕］｝〉》」』】〙〗»ーゝゞヽヾ々〻‐゠–〜～"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ゛゜°′″℃％%‰¢"
)
"""What may not stand at the start of a line (行頭禁則)."""

NO_END = frozenset("‘“（〔［｛〈《「『【〘〖«([{￥＄¥$£＃№〒☐☑")
"""What may not stand at the end of a line (行末禁則); a box to be ticked belongs to the word after it."""

_COUNTERS = frozenset("円年月日時分秒名件台枚頁箱回個本冊条項号章節階丁番")
_WHOLE = frozenset("―—…‥〳〴〵")
_CLOSING = frozenset("、。，．）〕］｝〉》」』】")
_OPENING = frozenset("（〔［｛〈《「『【")
_BLANKED = _CLOSING | _OPENING
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_IN_NUMBERS = frozenset(",.，．")
_SPACES = frozenset(" \u3000")
_FIRST_LETTER, _LAST_LETTER = "\u00c0", "\u1eff"
"""The letters with marks of Latin and its neighbours; as it happens those of most alphabets lie between."""
_FULL = 1000
_HALF = 500
_SLACK = 1e-6


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """A line ready to draw. ``advances`` are natural widths less what marks share; ``width`` their sum.

    ``last``: the paragraph ends here, so the line is not stretched.
    """

    glyphs: tuple[Glyph, ...]
    advances: tuple[int, ...]
    width: int
    last: bool

    @property
    def natural(self) -> bool:
        """Whether no mark shares its blank half with another."""
        return self.width == sum([glyph.width for glyph in self.glyphs])


KnownCells: TypeAlias = dict[tuple[str, float, float, bool, bool], tuple[list[Line], float]]
"""Cells of tables that were laid out, by text, size, room, whether they shrink and whether they are bold.

Of each its lines and their size.
"""


class TooNarrowError(ValueError):
    """One character is wider than the line: a fault of the layout, not of the text."""


def break_text(chain: Chain, text: str, limit: float, first: float = 0.0) -> list[Line]:
    """The lines of ``text``; ``limit``: width of a line, ``first``: how much the first one has less.

    A line feed starts a new paragraph, whose first line is again shortened by ``first``. Raises
    ``MissingGlyph``, or :class:`TooNarrowError` when a single character does not fit.
    """
    lines: list[Line] = []
    for paragraph in printable(text).split("\n"):
        lines += _break_paragraph(chain.glyphs(paragraph), limit, first)
    return lines


def width_of(chain: Chain, text: str) -> int:
    """The width of ``text`` on one line."""
    return sum(_advances(chain.glyphs(printable(text).replace("\n", ""))))


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two neighbouring characters."""
    if after in NO_START or before in NO_END or after in _SPACES:
        return False
    if before in _SPACES:
        return True
    return not _belong_together(before, after)


def _belong_together(before: str, after: str) -> bool:
    if before in _WHOLE and before == after:
        return True
    if before in _DIGITS and (after in _COUNTERS or after in _IN_NUMBERS):
        return True
    if after in _DIGITS and (before in _DIGITS or before in _IN_NUMBERS or before == "第"):
        return True
    return _latin(before) and _latin(after)


def _latin(character: str) -> bool:
    if character.isascii():
        return not character.isspace()
    return _FIRST_LETTER <= character <= _LAST_LETTER and character.isalpha()


def _advances(glyphs: Sequence[Glyph]) -> list[int]:
    advances = [glyph.width for glyph in glyphs]
    if sum([glyph.text in _BLANKED for glyph in glyphs]) < 2:
        return advances
    for at in range(len(glyphs) - 1):
        if advances[at] == _FULL and _share_blank(glyphs[at].text, glyphs[at + 1].text):
            advances[at] = _HALF
    return advances


def _share_blank(before: str, after: str) -> bool:
    if before in _CLOSING:
        return after in _CLOSING or after in _OPENING
    return before in _OPENING and after in _OPENING


def _break_paragraph(glyphs: tuple[Glyph, ...], limit: float, first: float) -> list[Line]:
    advances = _advances(glyphs)
    total = sum(advances)
    if total <= limit - first:
        return [Line(glyphs, tuple(advances), total, last=True)]
    lines, start, room = [], 0, limit - first
    while start < len(glyphs):
        end = _fill(glyphs, advances, start, room)
        cut = end if end == len(glyphs) else _cut(glyphs, start, end)
        lines.append(_line(glyphs, advances, start, cut, room))
        start = cut
        while start < len(glyphs) and glyphs[start].text in _SPACES:
            start += 1
        room = limit
    lines[-1] = replace(lines[-1], last=True)
    return lines


def _fill(glyphs: Sequence[Glyph], advances: Sequence[int], start: int, room: float) -> int:
    """How far the line reaches if it may break anywhere."""
    used, end = 0, start
    while end < len(glyphs):
        if used + _at_line_end(glyphs[end], advances[end]) > room + _SLACK:
            break
        used += advances[end]
        end += 1
    if end == start:
        raise TooNarrowError(f"{glyphs[start].width} > {room:.0f}")
    return end


def _at_line_end(glyph: Glyph, advance: int) -> int:
    """What a glyph takes as the last of a line: closing marks may give up their blank half, spaces all."""
    if glyph.text in _SPACES:
        return 0
    if glyph.text in _OPENING:
        return glyph.width
    return _HALF if advance == _FULL and glyph.text in _CLOSING else advance


def _cut(glyphs: Sequence[Glyph], start: int, end: int) -> int:
    """The last place up to ``end`` where the rules allow a break; ``end`` itself if there is none.

    A choice stays with its box: 「☐施錠できる保管室」 goes to the next line as a whole.
    """
    if box := _cut_choice(glyphs, start, end):
        return box
    closed = [cut for cut in range(end, start, -1) if _last(glyphs, start, cut) not in NO_END]
    for cut in closed:
        if may_break(glyphs[cut - 1].text[0], glyphs[cut].text[0]):
            return cut
    for cut in closed:  # a word longer than the line: the rules of marks still hold
        if glyphs[cut].text[0] not in NO_START:
            return cut
    return end


def _cut_choice(glyphs: Sequence[Glyph], start: int, end: int) -> int:
    """Where the box of a choice stands that would be cut at ``end``; 0 where none would."""
    at = end
    while at > start and glyphs[at].text not in _SPACES and glyphs[at].text not in BOXES:
        at -= 1
    return at if at > start and glyphs[at].text in BOXES else 0


def _last(glyphs: Sequence[Glyph], start: int, cut: int) -> str:
    """What is seen at the end of a line that is cut there: the spaces before a cut are not drawn."""
    at = cut - 1
    while at > start and glyphs[at].text in _SPACES:
        at -= 1
    return glyphs[at].text[0]


def _line(glyphs: tuple[Glyph, ...], advances: list[int], start: int, cut: int, room: float) -> Line:
    last = cut == len(glyphs)
    stop = cut
    while (
        stop > start
        and glyphs[stop - 1].text in _SPACES
        and not (last and _fits(advances, start, stop, room))
    ):
        stop -= 1
    widths = advances[start:stop]
    if widths and (glyphs[stop - 1].text in _OPENING or sum(widths) > room + _SLACK):
        widths[-1] = _at_line_end(glyphs[stop - 1], widths[-1])
    return Line(glyphs[start:stop], tuple(widths), sum(widths), last)


def _fits(advances: list[int], start: int, stop: int, room: float) -> bool:
    return sum(advances[start:stop]) <= room + _SLACK
