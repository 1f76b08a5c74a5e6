"""Ruled tables and form sheets: rows that are never cut, heads that repeat, cells that shrink to fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from app.printing import blocks as b
from app.printing.flow import Piece
from app.printing.pen import Pen
from app.printing.type.fonts import Chain, fonts
from app.printing.type.lines import Line, break_text, width_of
from app.printing.type.words import printable

INNER, OUTER = 0.35, 0.8
SHADE = 0.93
LEADING = 1.35
SMALLEST = 0.6
"""How far the cell of a ``fit`` column may shrink to stay on one line; below, it wraps."""
SMALLEST_HEAD = 0.8
"""How far a head may shrink; a longer one wraps at its full size."""

_SIDE = 3.2
_END, _SHEET_END = 3.2, 4.6
_SECOND_LABEL = 0.75
_SAFE = 0.999


@dataclass(frozen=True, slots=True)
class Cell:
    """Text laid out for a place ``width`` wide that starts at ``x`` (without its padding)."""

    x: float
    width: float
    lines: Sequence[Line]
    size: float
    align: b.Align

    @property
    def height(self) -> float:
        """What the lines take."""
        return len(self.lines) * self.size * LEADING

    def draw(self, pen: Pen, x: float, top: float, height: float) -> None:
        """Draw in the vertical middle of a row."""
        leading = self.size * LEADING
        top += (height - self.height) / 2 + (leading - self.size) / 2
        for line in self.lines:
            wide = line.width * self.size / 1000
            pen.line(line, x + self.x + _offset(self.align, self.width, wide), top, self.size)
            top += leading


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
    """Where the vertical rules of a row stand, and which spans between them are shaded."""

    edges: tuple[float, ...]
    shades: tuple[tuple[float, float], ...] = ()


class CellMaker:
    """Lays out cells; the same text in the same width is only broken once."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._known: dict[tuple[str, float, bool, bool], tuple[list[Line], float]] = {}

    def cell(
        self, text: str, x: float, width: float, align: b.Align, *, fit: bool = False, bold: bool = False
    ) -> Cell:
        """A cell between two rules ``width`` apart."""
        room = width - 2 * _SIDE
        key = (text, room, fit, bold)
        known = self._known.get(key)
        if known is None:
            chain = fonts().bold if bold else fonts().body
            known = self._known[key] = self._lay_out(chain, text, room, fit=fit)
        return Cell(x + _SIDE, room, known[0], known[1], align)

    def _lay_out(self, chain: Chain, text: str, room: float, *, fit: bool) -> tuple[list[Line], float]:
        size = self._size
        if fit:
            natural = max(width_of(chain, line) for line in printable(text).split("\n")) * size / 1000
            if natural > room:
                size = self._shrunk(room / natural * _SAFE, head=chain is fonts().bold)
        return break_text(chain, text, room * 1000 / size), size

    def _shrunk(self, share: float, *, head: bool) -> float:
        if head:
            return self._size * share if share >= SMALLEST_HEAD else self._size
        return self._size * max(share, SMALLEST)


class RuledTable:
    """Rows with their rules, as the flow places them."""

    def __init__(self, width: float, end: float = _END) -> None:
        self._width = width
        self._end = end
        self._shapes: dict[Piece, Shape] = {}
        self.head: Piece | None = None

    def row(self, cells: Sequence[Cell], shape: Shape, before: float = 0.0) -> Piece:
        """A row as high as its highest cell."""
        height = max(cell.height for cell in cells) + 2 * self._end
        piece = Piece(
            height, partial(_draw_row, cells, height), before=before, table=self, words=_words(cells)
        )
        self._shapes[piece] = shape
        return piece

    def rule(self, pen: Pen, x: float, tops: Sequence[float], rows: Sequence[Piece]) -> None:
        """Shade, then rule, what stands on one page."""
        for top, row in zip(tops, rows, strict=False):
            for start, end in self._shapes[row].shades:
                pen.shade(x + start, top, end - start, row.height, SHADE)
        inner = [(x, top, x + self._width, top) for top in tops[1:-1]]
        inner += self._verticals(x, tops, rows)
        pen.rules(inner, INNER)
        pen.frame(x, tops[0], self._width, tops[-1] - tops[0], OUTER)

    def _verticals(
        self, x: float, tops: Sequence[float], rows: Sequence[Piece]
    ) -> Iterable[tuple[float, float, float, float]]:
        """One rule per column as long as neighbouring rows have the same columns."""
        first = 0
        for at in range(1, len(rows) + 1):
            edges = self._shapes[rows[first]].edges
            if at == len(rows) or self._shapes[rows[at]].edges != edges:
                yield from ((x + edge, tops[first], x + edge, tops[at]) for edge in edges)
                first = at


def table_pieces(table: b.Table, width: float, before: float) -> list[Piece]:
    """The rows of a table over ``width``. Raises ``ValueError`` for a row with cells too many or few."""
    total = sum(column.width for column in table.columns)
    widths = [column.width * width / total for column in table.columns]
    starts = [sum(widths[:number]) for number in range(len(widths))]
    shape = Shape(tuple(starts[1:]))
    ruled, maker = RuledTable(width), CellMaker(table.size)
    if table.head:
        heads = [
            maker.cell(column.title, start, wide, "center", fit=True, bold=True)
            for column, start, wide in zip(table.columns, starts, widths, strict=True)
        ]
        ruled.head = ruled.row(heads, Shape(shape.edges, ((0.0, width),)))
    pieces = [
        ruled.row(
            [
                maker.cell(text, start, wide, column.align, fit=column.fit)
                for text, start, wide, column in zip(row, starts, widths, table.columns, strict=True)
            ],
            shape,
        )
        for row in table.rows
    ]
    return _opened(pieces, ruled, before)


def grid_pieces(grid: b.Grid, width: float, before: float) -> list[Piece]:
    """The rows of a form sheet over ``width``."""
    ruled, maker = RuledTable(width, _SHEET_END), CellMaker(grid.size)
    pieces = [_grid_row(row, grid.label * width, width, ruled, maker) for row in grid.rows]
    return _opened(pieces, ruled, before)


def _grid_row(row: tuple[str, ...], label: float, width: float, ruled: RuledTable, maker: CellMaker) -> Piece:
    pairs = len(row) // 2
    if len(row) % 2 or pairs not in (1, 2):
        raise ValueError(f"a row of a form sheet has one or two pairs, not {len(row)} cells")
    cells, edges, shades = [], [], []
    for number in range(pairs):
        start, end = width * number / pairs, width * (number + 1) / pairs
        value = start + label * (_SECOND_LABEL if number else 1.0)
        cells.append(maker.cell(row[2 * number], start, value - start, "left", fit=True, bold=True))
        cells.append(maker.cell(row[2 * number + 1], value, end - value, "left"))
        edges += [value, end]
        shades.append((start, value))
    return ruled.row(cells, Shape(tuple(edges[:-1]), tuple(shades)))


def _opened(pieces: list[Piece], ruled: RuledTable, before: float) -> list[Piece]:
    """Space above the first row; a table without rows still shows its head."""
    if not pieces and ruled.head is not None:
        pieces, ruled.head = [ruled.head], None
    if pieces:
        pieces[0].before = before
    return pieces


def _draw_row(cells: Sequence[Cell], height: float, pen: Pen, x: float, top: float) -> None:
    for cell in cells:
        cell.draw(pen, x, top, height)


def _offset(align: b.Align, room: float, wide: float) -> float:
    if align == "center":
        return (room - wide) / 2
    return room - wide if align == "right" else 0.0


def _words(cells: Sequence[Cell]) -> str:
    longest = max(cells, key=lambda cell: len(cell.lines))
    return "".join(glyph.text for line in longest.lines[:2] for glyph in line.glyphs)
