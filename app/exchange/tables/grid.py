"""A sheet as a grid of rows, in which a merged cell says what it says at each of its places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from app.exchange.sheets.book import Cell, Sheet

_NUMBERS = re.compile(r"[\d\s]+")
_WIDEST_GROUP = 200
_LONGEST_MERGE = 5_000
"""Rows of one merged cell that are filled; a whole sheet joined to one cell says nothing of its rows."""


class Grid:
    """The filled cells of a sheet by row and column."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows: dict[int, dict[int, Cell]] = {}
        for cell in sheet.cells:
            if cell.shown.strip() or not isinstance(cell.value, str):
                self.rows.setdefault(cell.row, {})[cell.column] = cell
        self.last = max(self.rows, default=0)
        self._down: dict[int, dict[int, Cell]] = {}
        self._across: dict[int, dict[int, Cell]] = {}
        self.wide: dict[tuple[int, int], int] = {}
        """How many columns wide a merged cell is, by its upper left place."""
        self._titles: dict[int, Set[frozenset[str]]] = {}
        for merge in sheet.merges:
            self._spread(merge.top, merge.left, merge.bottom, merge.right)

    def _spread(self, top: int, left: int, bottom: int, right: int) -> None:
        self.wide[top, left] = right - left + 1
        cell = self.rows.get(top, {}).get(left)
        if cell is None:
            return
        for row in range(top + 1, min(bottom, top + _LONGEST_MERGE) + 1):
            self._down.setdefault(row, {})[left] = cell
        for row in range(top, min(bottom, top + _LONGEST_MERGE) + 1):
            for column in range(left + 1, min(right, left + _WIDEST_GROUP) + 1):
                self._across.setdefault(row, {})[column] = cell

    def cells(self, row: int) -> Mapping[int, Cell]:
        """What stands in a row itself, by column."""
        return self.rows.get(row, {})

    def from_above(self, row: int) -> Mapping[int, Cell]:
        """Cells of rows above that reach down into this one, joined with its own places."""
        return self._down.get(row, {})

    def text(self, row: int, column: int) -> str:
        """What people read at a place, in a merged cell at each of its places."""
        for held in (self.rows, self._down, self._across):
            if (cell := held.get(row, {}).get(column)) is not None:
                return cell.shown.strip()
        return ""

    def titles(self, before: int) -> Set[frozenset[str]]:
        """What each row above the row ``before`` says without its numbers."""
        if before not in self._titles:
            above = (held.values() for row, held in self.rows.items() if row < before)
            self._titles[before] = {said for cells in above if (said := without_numbers(cells))}
        return self._titles[before]

    def filled(self) -> Iterator[int]:
        """The numbers of the filled rows, from the top."""
        return iter(sorted(self.rows))


def without_numbers(cells: Iterable[Cell]) -> frozenset[str]:
    """The words of some cells: the title of a printed page differs from the last in its number alone."""
    return frozenset(text for cell in cells if (text := without_number(cell.shown)))


def without_number(text: str) -> str:
    """The words of a text."""
    return _NUMBERS.sub("", text)
