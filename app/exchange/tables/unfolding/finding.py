"""Whether a file holds forms or a cross in the place of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.common import PeopleError
from app.exchange.json_text import shown
from app.exchange.sheets.book import Book, Sheet
from app.exchange.tables import head as heads
from app.exchange.tables.grid import Grid
from app.exchange.tables.unfolding import cards, crosses
from app.exchange.tables.unfolding.unfolded import Unfolded
from app.exchange.tables.words import Words
from app.records import Spec
from app.records.spelling.fold import alike

_LARGEST_FORM = 10_000
"""Filled cells of a sheet of forms; a sheet with more is a table."""
_LARGEST_CROSS = 100_000
"""Filled cells of a cross: two thousand people and fifty trainings."""


def found(book: Book, name: str, head: tuple[int, ...], spec: Spec[Any], words: Words) -> Unfolded | None:
    """The forms or the cross of a book as a table; None where a table stands in it.

    ``name``: the sheet that people mean, empty for any; ``head``: the row of titles that they say.
    Raises ``PeopleError`` for several crosses of which one may be meant.
    """
    if head:
        return None
    meant = list(_meant(book, name))
    most = _LARGEST_CROSS if spec.name in crosses.AXES else _LARGEST_FORM
    grids = {sheet.name: Grid(sheet) for sheet in meant if len(sheet.cells) <= most}
    if (cross := _cross(grids.values(), spec, words)) is not None:
        return crosses.unfolded(cross)
    small = [one for one in grids.values() if len(one.sheet.cells) <= _LARGEST_FORM]
    forms = cards.found([cards.read(one, words, _known(one, words)) for one in small])
    if not forms:
        return None
    # A list of changes behind the forms has a few known titles as well.
    others = [one for one in meant if one.name not in {card.sheet.name for card in forms}]
    table = max((_known(grids.get(one.name) or Grid(one), words) for one in others), default=0)
    return None if table * 2 >= max(card.known for card in forms) else cards.unfolded(forms)


def _known(grid: Grid, words: Words) -> int:
    """The known titles of the head of a table in the sheet."""
    head = heads.find(grid, words)
    return head.known if head is not None else 0


def _meant(book: Book, name: str) -> Iterator[Sheet]:
    for sheet in book.sheets:
        if sheet.cells and (alike(sheet.name) == alike(name) if name else not sheet.hidden):
            yield sheet


def _cross(grids: Iterable[Grid], spec: Spec[Any], words: Words) -> crosses.Cross | None:
    several = [one for grid in grids if (one := crosses.found(grid, spec, words)) is not None]
    if len(several) > 1:
        names = "」「".join(shown(one.grid.sheet.name) for one in several)
        raise PeopleError(
            f"取り込めるシートが「{names}」とあります。どのシートかを指定してください（--sheet）。"
        )
    return several[0] if several else None
