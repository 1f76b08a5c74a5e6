"""One row of a ruled table: its cells, the lanes in which some of them stand, and how it goes on overleaf."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.printing import blocks as b
from app.printing.pen import Pen
from app.printing.tagging.tree import Element
from app.printing.type.lines import Line
from app.printing.type.words import in_reading_order

SIDE = 3.2
"""Blank at the left and right of a cell's text."""
LEADING = 1.35
_LEAST_LINES = 2
_REPEATED = 3
"""A first cell of so few lines stands again where its row goes on."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Text laid out for a place ``width`` wide that starts at ``x`` (without its padding).

    ``element``: what it is in the structure of the file; None: it stands there already.
    """

    x: float
    width: float
    lines: Sequence[Line]
    size: float
    align: b.Align
    element: Element | None = None

    @property
    def leading(self) -> float:
        """The height of a line."""
        return self.size * LEADING

    @property
    def height(self) -> float:
        """What the lines take."""
        return len(self.lines) * self.leading

    def draw(self, pen: Pen, x: float, top: float, height: float) -> None:
        """Draw in the vertical middle of a place ``height`` high."""
        pen.reads(self.element)
        top += (height - self.height) / 2 + (self.leading - self.size) / 2
        for line in self.lines:
            wide = line.width * self.size / 1000
            pen.line(line, x + self.x + _offset(self.align, self.width, wide), top, self.size)
            top += self.leading

    def cut(self, room: float) -> tuple[Cell, Cell]:
        """The lines that ``room`` holds, and the rest."""
        held = max(int(room / self.leading + 1e-6), 0)
        return replace(self, lines=self.lines[:held]), replace(self, lines=self.lines[held:])


Column = tuple[Cell, ...]
"""The cells of one column: one beside all lanes, or one in each lane."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the vertical rules of a row stand, and which spans between them are shaded."""

    edges: tuple[float, ...]
    shades: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, eq=False)
class Row:
    """Columns side by side; ``end``: blank above and below each text.

    ``elements``: what it is in the structure of the file, each before what it holds: a cell with no text has
    its place among the others as well. ``beside``: of a part of a row that was cut, the columns that stood
    beside all its lanes: they are read first in every part, as in the whole. Raises ``ValueError`` for a
    column that has neither one cell nor one for each lane.
    """

    columns: tuple[Column, ...]
    end: float
    elements: Sequence[Element] = ()
    beside: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        lanes = max(map(len, self.columns))
        if any(len(column) not in (1, lanes) for column in self.columns):
            raise ValueError("a cell has one text, or as many as its row has lanes")

    @cached_property
    def heights(self) -> list[float]:
        """The height of each lane; what a cell beside all lanes takes more is given to the last."""
        lanes = max(map(len, self.columns))
        found = [
            max(column[lane].height + 2 * self.end for column in self.columns if len(column) == lanes)
            for lane in range(lanes)
        ]
        most = max(column[0].height + 2 * self.end if len(column) == 1 else 0.0 for column in self.columns)
        found[-1] += max(most - sum(found), 0.0)
        return found

    @property
    def words(self) -> str:
        """The beginning of its longest text, by which a person knows the row."""
        longest = max((cell for column in self.columns for cell in column), key=lambda cell: len(cell.lines))
        return "".join(glyph.text for line in longest.lines[:2] for glyph in line.glyphs)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """In the order in which it is read."""
        for element in self.elements:
            element.stand()
        heights = self.heights
        placed: list[list[tuple[Cell, float, float]]] = []
        for column in self.columns:
            found, at = [], top
            for cell, height in zip(column, _of(column, heights), strict=True):
                found.append((cell, at, height))
                at += height
            placed.append(found)
        order = sorted(range(len(placed)), key=lambda number: number not in self.beside)
        for cell, at, height in in_reading_order([placed[number] for number in order]):
            cell.draw(pen, x, at, height)

    def rules(self, edges: Sequence[float], width: float, top: float) -> Iterator[tuple[float, ...]]:
        """The rules between lanes, over the columns that have them; ``edges`` between the columns."""
        starts, ends, heights = (0.0, *edges), (*edges, width), self.heights
        for column, start, stop in zip(self.columns, starts, ends, strict=True):
            at = top
            for height in _of(column, heights)[:-1]:
                at += height
                yield start, at, stop, at

    def cut(self, room: float) -> tuple[Row, Row] | None:
        """What ``room`` holds of it and what goes on overleaf; None where nothing worth while would stand.

        It is cut between lanes where that is possible. A short first cell stands on both sides: it says what
        the row is about.
        """
        heights = self.heights
        fitting = [at for at in range(1, len(heights)) if sum(heights[:at]) <= room]
        parts = self._between(max(fitting), sum(heights[: max(fitting)])) if fitting else self._within(room)
        if parts is None or not any(cell.lines for column in parts[1] for cell in column):
            return None
        beside = self.beside or frozenset(
            at for at, column in enumerate(self.columns) if len(column) < len(heights)
        )
        first, rest = (Row(part, self.end, self.elements, beside) for part in parts)
        return first, rest

    def _between(self, lanes: int, height: float) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
        pairs = [
            _cut(at, column[0], height - 2 * self.end)
            if len(column) == 1
            else (column[:lanes], column[lanes:])
            for at, column in enumerate(self.columns)
        ]
        return tuple(first for first, _ in pairs), tuple(rest for _, rest in pairs)

    def _within(self, room: float) -> tuple[tuple[Column, ...], tuple[Column, ...]] | None:
        lanes = len(self.heights)
        pairs: list[tuple[Column, Column]] = []
        for at, column in enumerate(self.columns):
            first, rest = _cut(at, column[0], room - 2 * self.end)
            pairs.append((first, rest if len(column) < lanes else (*rest, *column[1:])))
        longest = max(len(first[0].lines) for first, _ in pairs)
        if longest < _LEAST_LINES or room < 2 * self.end:
            return None
        return tuple(first for first, _ in pairs), tuple(rest for _, rest in pairs)


def _cut(at: int, cell: Cell, room: float) -> tuple[Column, Column]:
    first, rest = cell.cut(room)
    if at == 0 and not rest.lines and len(cell.lines) <= _REPEATED:
        rest = replace(cell, element=None)
    return (first,), (rest,)


def _of(column: Column, heights: list[float]) -> list[float]:
    return heights if len(column) == len(heights) else [sum(heights)]


def _offset(align: b.Align, room: float, wide: float) -> float:
    if align == "center":
        return (room - wide) / 2
    return room - wide if align == "right" else 0.0
