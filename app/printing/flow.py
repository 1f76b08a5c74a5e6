"""Distributing what is to be printed over pages.

A document is a run of pieces that are never cut. Pieces that must stay together form a chain;
rows of a table take the table's head with them onto every page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from app.common import PeopleError
from app.printing.pen import Pen

Draw: TypeAlias = Callable[[Pen, float, float], None]
"""Draws at (x, top)."""
Cut: TypeAlias = "Callable[[float], tuple[Piece, Piece] | None]"

_SLACK = 1e-6
_SHOWN = 24
_TALL = 0.4
"""A piece that takes more than this part of a page is parted rather than moved to the next one."""
_WORTH = 60.0
"""Less room than this at the foot of a page is left blank."""


class Ruled(Protocol):
    """A table as the flow sees it: a head that repeats, and rules around the rows of one page."""

    head: Piece | None

    def rule(self, pen: Pen, x: float, tops: Sequence[float], rows: Sequence[Piece]) -> None:
        """Draw shades and rules for the rows of one page; ``tops`` has one more than ``rows``: the end."""


@dataclass(eq=False, slots=True)
class Piece:
    """Something of one height. ``before``: space above it, none at the top of a page; ``after``: below.

    ``keep``: the next piece must follow on the same page. ``words``: how to name it to a person.
    ``cut``: what a height holds of it and what goes on overleaf, where it can be parted.
    """

    height: float
    draw: Draw
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    new_page: bool = False
    table: Ruled | None = None
    words: str = ""
    cut: Cut | None = None


Placed: TypeAlias = list[tuple[Draw, float]]
"""One page: what is drawn, and at which height."""


@dataclass(slots=True)
class _Page:
    top: float
    bottom: float
    at: float = 0.0
    draws: Placed = field(default_factory=list)
    table: Ruled | None = None
    slot: int = 0
    tops: list[float] = field(default_factory=list)
    rows: list[Piece] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return self.at <= self.top

    def need(self, pieces: Sequence[Piece]) -> float:
        """The height these pieces would take here, table heads included."""
        total, table, fresh = 0.0, self.table, self.empty
        for piece in pieces:
            total += 0.0 if fresh or (piece.table is not None and piece.table is table) else piece.before
            if piece.table is not table and piece.table is not None and piece.table.head is not None:
                total += piece.table.head.height
            total += piece.height
            table, fresh = piece.table, False
        return total

    def fits(self, pieces: Sequence[Piece]) -> bool:
        return self.room(pieces) >= -_SLACK

    def room(self, pieces: Sequence[Piece]) -> float:
        """How much height these pieces would leave; below 0: what they lack."""
        return self.bottom - self.at - self.need(pieces)

    def put(self, piece: Piece) -> None:
        if piece.table is not self.table:
            self.close_table()
            self._space(piece)
            if piece.table is not None:
                self._open_table(piece.table)
        elif piece.table is None:
            self._space(piece)
        self._draw(piece)

    def close_table(self) -> None:
        """Rules go under the text of the rows, so they are put where the table began."""
        if self.table is not None:
            table, tops, rows = self.table, [*self.tops, self.at], self.rows
            self.draws.insert(self.slot, (lambda pen, x, _top: table.rule(pen, x, tops, rows), 0.0))
        self.table, self.tops, self.rows = None, [], []

    def _space(self, piece: Piece) -> None:
        if not self.empty:
            self.at += piece.before

    def _open_table(self, table: Ruled) -> None:
        self.table, self.slot = table, len(self.draws)
        if table.head is not None:
            self._draw(table.head)

    def _draw(self, piece: Piece) -> None:
        if self.table is not None:
            self.tops.append(self.at)
            self.rows.append(piece)
        self.draws.append((piece.draw, self.at))
        self.at += piece.height


def paginate(pieces: Sequence[Piece], top: float, bottom: float) -> list[Placed]:
    """Distribute ``pieces`` over pages whose text runs from ``top`` to ``bottom``; at least one page.

    A chain of kept pieces moves to a new page as a whole; one longer than a page, or with a piece so tall
    that half a page would stay blank, is parted where it must be. Raises ``PeopleError`` when a piece that
    cannot be parted is higher than a page.
    """
    pages = [_Page(top, bottom, top)]
    for chain in _chains(pieces):
        if chain[0].new_page or not (pages[-1].fits(chain) or _may_begin(pages[-1], chain)):
            _turn(pages)
        if pages[-1].fits(chain):
            for piece in chain:
                pages[-1].put(piece)
        else:
            _put_singly(pages, chain)
    pages[-1].close_table()
    return [page.draws for page in pages]


def _may_begin(page: _Page, chain: Sequence[Piece]) -> bool:
    """Whether a chain that does not fit may begin here: with what leads a tall piece, and a part of that."""
    least = _TALL * (page.bottom - page.top)
    tall = next((at for at, piece in enumerate(chain) if piece.cut and piece.height > least), None)
    return tall is not None and page.room(chain[: tall + 1]) + chain[tall].height >= _WORTH


def _turn(pages: list[_Page]) -> None:
    last = pages[-1]
    if not last.empty:
        last.close_table()
        pages.append(_Page(last.top, last.bottom, last.top))


def _put_singly(pages: list[_Page], chain: Sequence[Piece]) -> None:
    for piece in chain:
        rest: Piece | None = piece
        while rest is not None:
            rest = _put_part(pages, rest)


def _put_part(pages: list[_Page], piece: Piece) -> Piece | None:
    """Put as much of ``piece`` as a page holds; what is left of it."""
    page = pages[-1]
    if not page.fits([piece]):
        tall = page.empty or piece.height > _TALL * (page.bottom - page.top)
        room = page.room([piece]) + piece.height
        parts = piece.cut(room) if piece.cut and tall and (page.empty or room >= _WORTH) else None
        if parts is not None:
            page.put(parts[0])
            _turn(pages)
            return parts[1]
        if page.empty:
            shown = piece.words[:_SHOWN]
            raise PeopleError(
                f"「{shown}…」で始まる欄が１ページに収まらないため印刷できません。"
                "元の記録を開き、文を短くするか、行を分けてください。"
            )
        _turn(pages)
        return piece
    page.put(piece)
    return None


def _chains(pieces: Sequence[Piece]) -> list[list[Piece]]:
    chains: list[list[Piece]] = []
    open_chain = False
    for piece in pieces:
        if open_chain and not piece.new_page:
            chains[-1].append(piece)
        else:
            chains.append([piece])
        open_chain = piece.keep
    return chains
