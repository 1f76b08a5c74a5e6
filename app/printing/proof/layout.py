"""Proof-reading the layout of a page: no ink outside the margins, over other ink, or over a rule."""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import pypdfium2.raw as pdfium

from app.printing.pages import OpenPdf
from app.printing.paper import Paper

Found: TypeAlias = tuple[str, str]
"""Kind, detail."""

_TOLERANCE = 0.8
_CELL = 24.0
_COVERED = 0.15
"""Two characters overlap when they share more than this part of the smaller one."""
_RULE_SLACK = 0.4


@dataclass(frozen=True, slots=True)
class Ink:
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


def layout_findings(opened: OpenPdf, page: int, paper: Paper, furniture: int) -> Iterator[Found]:
    """Faults of one page; its first ``furniture`` characters stand in the margins by intention."""
    with opened.reading(page) as (raw_page, text_page):
        inks = list(_inks(text_page, furniture))
        rules = list(_vertical_rules(raw_page))
    outside = sum(not _within_margins(ink, paper) for ink in inks)
    if outside:
        yield "outside the margins", f"{outside} characters"
    overlaps = _overlaps(inks)
    if overlaps:
        yield "overlap", f"{overlaps} pairs of characters"
    crossing = _crossings(inks, rules)
    if crossing:
        yield "crosses a rule", f"{crossing} characters"


def _inks(text_page: Any, furniture: int) -> Iterator[Ink]:
    """The reader counts UTF-16 units; units with one origin are one character."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    skip, last = furniture, (-1.0, -1.0)
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if pdfium.FPDFText_IsGenerated(text_page, index) == 1 or chr(code).isspace():
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        origin = (x.value, y.value)
        if origin == last:
            continue
        last = origin
        if skip:
            skip -= 1
            continue
        if pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
            yield Ink(left.value, bottom.value, right.value, top.value)


def _within_margins(ink: Ink, paper: Paper) -> bool:
    return (
        ink.left >= paper.left - _TOLERANCE
        and ink.right <= paper.width - paper.right + _TOLERANCE
        and ink.bottom >= paper.bottom - _TOLERANCE
        and ink.top <= paper.height - paper.top + _TOLERANCE
    )


def _overlaps(inks: list[Ink]) -> int:
    """Only characters whose boxes touch one cell of a coarse grid are compared."""
    grid: dict[tuple[int, int], list[int]] = {}
    pairs: set[tuple[int, int]] = set()
    for number, ink in enumerate(inks):
        for cell in _cells(ink):
            held = grid.setdefault(cell, [])
            for other in held:
                shared = ink.shared(inks[other])
                if shared and shared > _COVERED * min(ink.area, inks[other].area):
                    pairs.add((other, number))
            held.append(number)
    return len(pairs)


def _cells(ink: Ink) -> Iterable[tuple[int, int]]:
    return (
        (column, row)
        for column in range(int(ink.left // _CELL), int(ink.right // _CELL) + 1)
        for row in range(int(ink.bottom // _CELL), int(ink.top // _CELL) + 1)
    )


def _crossings(inks: list[Ink], rules: list[tuple[float, float, float]]) -> int:
    """How many characters a rule goes through; only rules between their left and right edge are looked at."""
    ordered = sorted(rules)
    places = [x for x, _low, _high in ordered]
    crossed = 0
    for ink in inks:
        first = bisect_right(places, ink.left + _RULE_SLACK)
        last = bisect_left(places, ink.right - _RULE_SLACK)
        crossed += any(ink.bottom < high and ink.top > low for _x, low, high in ordered[first:last])
    return crossed


def _vertical_rules(page: Any) -> Iterator[tuple[float, float, float]]:
    """Position, lower and upper end of every vertical rule."""
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        last: tuple[float, float] | None = None
        for number in range(pdfium.FPDFPath_CountSegments(drawn)):
            segment = pdfium.FPDFPath_GetPathSegment(drawn, number)
            x, y = ctypes.c_float(), ctypes.c_float()
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = (x.value, y.value)
            straight = pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO
            if straight and last is not None and abs(last[0] - point[0]) < 0.01:
                yield point[0], min(last[1], point[1]), max(last[1], point[1])
            last = point
