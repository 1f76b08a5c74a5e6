"""A table made of what was none, and where each of its cells stands in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.exchange.sheets.book import Cell, Sheet
from app.exchange.tables.line import Place

HEAD = 0
"""The row of the titles: the first record is row 1."""


@dataclass(frozen=True)
class Unfolded:
    """``table`` has its titles in row ``HEAD`` and a record, or a part of one, in each row below.

    ``head``: the rows of the file in which titles stand, none for forms. ``counted`` stands behind the number
    of a row. ``told``: what is not brought in, a sentence each. ``skipped``: what is no record, with the
    reason, by its row. ``parts``: the sheets that it was made of.
    """

    table: Sheet
    places: Mapping[tuple[int, int], Place]
    counted: str
    head: tuple[int, ...] = ()
    told: tuple[str, ...] = ()
    skipped: Mapping[int, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()

    def place(self, row: int, column: int) -> Place | None:
        """Where a cell stands in the file; for none, or a blank one, where its row begins."""
        found = self.places.get((row, column))
        return found or self.places.get((row, 0))


class Maker:
    """Puts the cells of a table beside each other and keeps where they come from."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._cells: list[Cell] = []
        self.titles: list[str] = []
        self.places: dict[tuple[int, int], Place] = {}

    def column(self, title: str) -> int:
        """The number of the column with that title, which is added if there is none."""
        if title not in self.titles:
            self.titles.append(title)
        return self.titles.index(title) + 1

    def put(self, row: int, title: str, cell: Cell, sheet: str) -> None:
        """Put what stands in ``cell`` of ``sheet`` into a row, under a title."""
        column = self.column(title)
        self._cells.append(cell._replace(row=row, column=column))
        self.places[row, column] = Place(sheet, cell.row, cell.column)

    def begin(self, row: int, sheet: str, at: int, column: int) -> None:
        """Say where a row of the table begins in the file."""
        self.places[row, 0] = Place(sheet, at, column)

    def sheet(self) -> Sheet:
        """The table, by row and column."""
        heads = [Cell(HEAD, at, title, title) for at, title in enumerate(self.titles, 1)]
        cells = sorted(self._cells, key=lambda cell: (cell.row, cell.column))
        return Sheet(self._name, (*heads, *cells))
