"""Proof-reading the layout of a page: no ink outside the margins, over other ink, or over a rule."""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

import pypdfium2.raw as pdfium

from app.printing.paper import Paper

Found: TypeAlias = tuple[str, str]
"""Kind, detail."""

_TOLERANCE = 0.8
_BAND = 12.0
_COVERED = 0.15
"""Two characters overlap when they share more than this part of the smaller one."""
_RULE_SLACK = 0.4
_BLANKS = frozenset(code for code in range(0x10000) if chr(code).isspace())
"""The white space that a UTF-16 unit can be."""


class Ink(NamedTuple):
    """The ink of one character, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.top - self.bottom)

    def shared(self, other: Ink) -> float:
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return wide * high if wide > 1 and high > 1 else 0.0


def layout_findings(page: Any, text_page: Any, paper: Paper, furniture: int) -> Iterator[Found]:
    """Faults of one page, given as the reader holds it open.

    Its first ``furniture`` characters stand in the margins by intention.
    """
    inks = list(_inks(text_page, furniture))
    outside = sum(not _within_margins(ink, paper) for ink in inks)
    if outside:
        yield "outside the margins", f"{outside} characters"
    overlaps = _overlaps(inks)
    if overlaps:
        yield "overlap", f"{overlaps} pairs of characters"
    crossing = _crossings(inks, list(_vertical_rules(page)))
    if crossing:
        yield "crosses a rule", f"{crossing} characters"


def _inks(text_page: Any, furniture: int) -> Iterator[Ink]:
    """The reader counts UTF-16 units; units with one origin are one character."""
    raw = text_page.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    # Asked of every character of a batch: what can be looked up or wrapped once is.
    origin_of, unicode_of, box_of = (
        pdfium.FPDFText_GetCharOrigin,
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetCharBox,
    )
    box, place = tuple(map(ctypes.byref, (left, right, bottom, top))), (ctypes.byref(x), ctypes.byref(y))
    skip, last_x, last_y = furniture, -1.0, -1.0
    for index in range(text_page.count_chars()):
        if unicode_of(raw, index) in _BLANKS:
            continue
        origin_of(raw, index, *place)
        if x.value == last_x and y.value == last_y:
            continue
        last_x, last_y = x.value, y.value
        if skip:
            skip -= 1
            continue
        if box_of(raw, index, *box):
            yield Ink(left.value, bottom.value, right.value, top.value)


def _within_margins(ink: Ink, paper: Paper) -> bool:
    return (
        ink.left >= paper.left - _TOLERANCE
        and ink.right <= paper.width - paper.right + _TOLERANCE
        and ink.bottom >= paper.bottom - _TOLERANCE
        and ink.top <= paper.height - paper.top + _TOLERANCE
    )


def _overlaps(inks: list[Ink]) -> int:
    """How many pairs share too much; only those in one band of the page and of one column are compared."""
    bands: dict[int, list[tuple[Ink, int]]] = {}
    for number, ink in enumerate(inks):
        for band in range(int(ink.bottom // _BAND), int(ink.top // _BAND) + 1):
            bands.setdefault(band, []).append((ink, number))
    return len({pair for band in bands.values() for pair in _pairs(sorted(band))})


def _pairs(band: list[tuple[Ink, int]]) -> Iterator[tuple[int, int]]:
    """The numbers of those that share too much. ``band``: from left to right."""
    for at, (ink, number) in enumerate(band, 1):
        right = ink.right
        for other, beside in islice(band, at, None):
            if other.left >= right:
                break
            shared = ink.shared(other)
            if shared and shared > _COVERED * min(ink.area, other.area):
                yield (number, beside) if number < beside else (beside, number)


def _crossings(inks: list[Ink], rules: list[tuple[float, float, float]]) -> int:
    """How many characters a rule goes through; only rules between their left and right edge are looked at."""
    ordered = sorted(rules)
    places = [x for x, _low, _high in ordered]
    crossed = 0
    for ink in inks:
        first = bisect_right(places, ink.left + _RULE_SLACK)
        last = bisect_left(places, ink.right - _RULE_SLACK)
        if first < last:
            crossed += any(ink.bottom < high and ink.top > low for _x, low, high in ordered[first:last])
    return crossed


def _vertical_rules(page: Any) -> Iterator[tuple[float, float, float]]:
    """Position, lower and upper end of every vertical rule."""
    x, y = ctypes.c_float(), ctypes.c_float()
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    for drawn in _paths(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject):
        pdfium.FPDFPath_GetDrawMode(drawn, mode, stroked)
        if not stroked.value:
            continue  # a shade, or the modules of a code
        last: tuple[float, float] | None = None
        for number in range(pdfium.FPDFPath_CountSegments(drawn)):
            segment = pdfium.FPDFPath_GetPathSegment(drawn, number)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = (x.value, y.value)
            straight = pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO
            if straight and last is not None and abs(last[0] - point[0]) < 0.01:
                yield point[0], min(last[1], point[1]), max(last[1], point[1])
            last = point


def _paths(held: Any, count: Callable[[Any], int], part: Callable[[Any, int], Any]) -> Iterator[Any]:
    """Whatever is drawn in lines on a page, or in a form that stands on it."""
    for number in range(count(held)):
        drawn = part(held, number)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield drawn
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _paths(drawn, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
