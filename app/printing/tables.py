"""Ruled tables and form sheets: heads that repeat, cells that shrink a little, rows that go on overleaf."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from app.printing import blocks as b
from app.printing.flow import Piece
from app.printing.pen import Pen
from app.printing.rows import SIDE, Cell, Row, Shape
from app.printing.tagging.cells import COLUMN_HEAD, RowElements, pair_elements, row_elements
from app.printing.tagging.tree import Element
from app.printing.type.fonts import Chain, fonts
from app.printing.type.lines import KnownCells, Line, break_text, width_of
from app.printing.type.words import printable

INNER, OUTER = 0.4, 0.8
BETWEEN = 0.15
"""Rules between the lanes of a row are thinner than those between rows."""
SHADE = 0.93
SMALLEST = 0.85
"""How far a cell of a ``fit`` column or a head may shrink to stay on one line; below, it wraps unshrunk."""
LEAST, LEAST_HEAD = 8.0, 7.5
"""Below these sizes nothing is shrunk: a name, and a head."""

_SAFE = 0.999
_POINT, _EM = "・", 1000


class CellMaker:
    """Lays out cells; the same text in the same size and width is only broken once.

    ``known``: where what was laid out is kept, by other tables and other spacings as well.
    """

    def __init__(self, size: float, known: KnownCells) -> None:
        self._size = size
        self._known = known

    def cell(
        self,
        text: str,
        element: Element,
        x: float,
        width: float,
        align: b.Align,
        *,
        fit: bool = False,
        bold: bool = False,
    ) -> Cell:
        """A cell between two rules ``width`` apart."""
        room = width - 2 * SIDE
        key = (text, self._size, room, fit, bold)
        known = self._known.get(key)
        if known is None:
            chain = fonts().bold if bold else fonts().body
            known = self._known[key] = self._lay_out(chain, text, room, fit=fit)
        return Cell(x + SIDE, room, known[0], known[1], align, element)

    def _lay_out(self, chain: Chain, text: str, room: float, *, fit: bool) -> tuple[list[Line], float]:
        size = self._size
        if fit:
            natural = max(width_of(chain, line) for line in printable(text).split("\n")) * size / 1000
            least = LEAST_HEAD if chain is fonts().bold else LEAST
            shrunk = size * min(room / max(natural, 1.0), 1.0) * _SAFE
            if natural > room and shrunk >= max(size * SMALLEST, least):
                size = shrunk
        return _broken(chain, text, room * 1000 / size), size


def _broken(chain: Chain, text: str, room: float) -> list[Line]:
    """The lines of a cell; what follows the first line of a point of a list stands below its text."""
    lines: list[Line] = []
    for paragraph in printable(text).split("\n"):
        if paragraph.startswith(_POINT):
            first, *rest = break_text(chain, paragraph, room - _EM, -_EM)
            lines += [first, *(_moved(chain, line) for line in rest)]
        else:
            lines += break_text(chain, paragraph, room)
    return lines


def _moved(chain: Chain, line: Line) -> Line:
    blank = chain.glyphs("\u3000")
    return Line((*blank, *line.glyphs), (_EM, *line.advances), line.width + _EM, line.last)


class RuledTable:
    """Rows with their rules, as the flow places them."""

    def __init__(self, width: float, end: float) -> None:
        self._width = width
        self._end = end
        self._rows: dict[Piece, tuple[Row, Shape]] = {}
        self.head: Piece | None = None

    def row(self, columns: Sequence[tuple[Cell, ...]], shape: Shape, elements: RowElements) -> Piece:
        """A row as high as its highest column."""
        return self._piece(Row(tuple(columns), self._end, elements.ordered), shape)

    def lead(self, columns: Sequence[tuple[Cell, ...]], shape: Shape, elements: RowElements) -> None:
        """The head of the table; where it is drawn once more it is an artifact, for it was told before."""
        row = Row(tuple(columns), self._end, elements.ordered)
        again = tuple(tuple(replace(cell, element=None) for cell in column) for column in columns)
        waiting = [Row(again, self._end, ()), row]
        self.head = self._piece(row, shape)
        self.head.draw = lambda pen, x, top: (waiting.pop() if waiting[1:] else waiting[0]).draw(pen, x, top)

    def _piece(self, row: Row, shape: Shape) -> Piece:
        cut = partial(self._cut, row, shape)
        piece = Piece(sum(row.heights), row.draw, table=self, words=row.words, cut=cut)
        self._rows[piece] = row, shape
        return piece

    def _cut(self, row: Row, shape: Shape, room: float) -> tuple[Piece, Piece] | None:
        parts = row.cut(room)
        return None if parts is None else (self._piece(parts[0], shape), self._piece(parts[1], shape))

    def rule(self, pen: Pen, x: float, tops: Sequence[float], rows: Sequence[Piece]) -> None:
        """Shade, then rule, what stands on one page."""
        inner = [(x, top, x + self._width, top) for top in tops[1:-1]]
        lanes: list[tuple[float, float, float, float]] = []
        for top, piece in zip(tops, rows, strict=False):
            row, shape = self._rows[piece]
            for start, end in shape.shades:
                pen.shade(x + start, top, end - start, piece.height, SHADE)
            lanes += [(x + a, at, x + z, at) for a, at, z, _ in row.rules(shape.edges, self._width, top)]
        inner += self._verticals(x, tops, rows)
        pen.rules(lanes, BETWEEN)
        pen.rules(inner, INNER)
        pen.frame(x, tops[0], self._width, tops[-1] - tops[0], OUTER)

    def _verticals(
        self, x: float, tops: Sequence[float], rows: Sequence[Piece]
    ) -> Iterable[tuple[float, float, float, float]]:
        """One rule per column as long as neighbouring rows have the same columns."""
        first = 0
        for at in range(1, len(rows) + 1):
            edges = self._rows[rows[first]][1].edges
            if at == len(rows) or self._rows[rows[at]][1].edges != edges:
                yield from ((x + edge, tops[first], x + edge, tops[at]) for edge in edges)
                first = at


def table_pieces(
    table: b.Table, width: float, before: float, end: float, part: Element, known: KnownCells
) -> list[Piece]:
    """The rows of a table over ``width``. Raises ``ValueError`` for a row with cells too many or few.

    ``part``: the element of the file's structure that holds the table; ``known``: see :class:`CellMaker`.
    """
    total = sum(column.width for column in table.columns)
    widths = [column.width * width / total for column in table.columns]
    starts = [sum(widths[:number]) for number in range(len(widths))]
    places = tuple(zip(table.columns, starts, widths, strict=True))
    shape, element = Shape(tuple(starts[1:])), Element("Table", part)
    ruled, maker = RuledTable(width, end), CellMaker(table.size, known)
    made = [
        partial(maker.cell, x=start, width=wide, align=column.align, fit=column.fit)
        for column, start, wide in places
    ]
    if table.head:
        titles = [column.titles for column in table.columns]
        elements = row_elements(element, [len(title) for title in titles], COLUMN_HEAD)
        heads = [
            partial(maker.cell, x=start, width=wide, align="center", fit=True, bold=True)
            for _, start, wide in places
        ]
        ruled.lead(_cells(titles, elements, heads), Shape(shape.edges, ((0.0, width),)), elements)
    pieces = []
    for row in table.rows:
        texts = [(text,) if isinstance(text, str) else text for text in row]
        elements = row_elements(element, [len(text) for text in texts])
        pieces.append(ruled.row(_cells(texts, elements, made), shape, elements))
    return _opened(pieces, ruled, before)


def grid_pieces(
    grid: b.Grid, width: float, before: float, end: float, part: Element, known: KnownCells
) -> list[Piece]:
    """The rows of a form sheet over ``width``; ``part`` and ``known`` as in :func:`table_pieces`."""
    ruled, maker, element = RuledTable(width, end), CellMaker(grid.size, known), Element("Table", part)
    most = max((len(row) // 2 for row in grid.rows), default=0)
    pieces = [
        _grid_row(row, grid.label * width, width, ruled, maker, pair_elements(element, len(row) // 2, most))
        for row in grid.rows
    ]
    return _opened(pieces, ruled, before)


def _cells(
    texts: Sequence[tuple[str, ...]], elements: RowElements, made: Sequence[Callable[[str, Element], Cell]]
) -> list[tuple[Cell, ...]]:
    """The cells of a row, made column by column. Raises ``ValueError`` where they are too many or too few."""
    return [
        tuple(make(text, element) for text, element in zip(column, ours, strict=True))
        for column, ours, make in zip(texts, elements.columns, made, strict=True)
    ]


def _grid_row(
    row: tuple[str, ...],
    label: float,
    width: float,
    ruled: RuledTable,
    maker: CellMaker,
    elements: RowElements,
) -> Piece:
    pairs = len(row) // 2
    if len(row) % 2 or pairs not in (1, 2):
        raise ValueError(f"a row of a form sheet has one or two pairs, not {len(row)} cells")
    ours = [column[0] for column in elements.columns]
    cells, edges, shades = [], [], []
    for number in range(pairs):
        start, end = width * number / pairs, width * (number + 1) / pairs
        value = start + label
        head, told = ours[2 * number : 2 * number + 2]
        cells.append((maker.cell(row[2 * number], head, start, label, "left", fit=True, bold=True),))
        cells.append((maker.cell(row[2 * number + 1], told, value, end - value, "left"),))
        edges += [value, end]
        shades.append((start, value))
    return ruled.row(cells, Shape(tuple(edges[:-1]), tuple(shades)), elements)


def _opened(pieces: list[Piece], ruled: RuledTable, before: float) -> list[Piece]:
    """Space above the first row; a table without rows still shows its head.

    Neither the first nor the last row stands alone on a page: a lone row looks like a forgotten one.
    """
    if not pieces and ruled.head is not None:
        pieces, ruled.head = [ruled.head], None
    if pieces:
        pieces[0].before = before
    if len(pieces) > 1:
        pieces[0].keep = pieces[-2].keep = True
    return pieces
