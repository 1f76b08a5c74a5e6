"""Which column stands where in a table that this program writes, and how it knows one of its own again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.exchange.sheets.book import Book
from app.exchange.tables.own import ID, is_own
from app.exchange.tables.values.safe import unguarded
from app.exchange.tables.words import Target, words_of
from app.records import Spec


def columns_of(spec: Spec[Any]) -> tuple[Target, ...]:
    """The columns of a table that is to come back: what names a record first."""
    held = words_of(spec).targets
    first = [held[name] for name in (ID, *spec.key) if name in held]
    return (*first, *(target for target in held.values() if target not in first))


def as_written(book: Book, spec: Spec[Any]) -> tuple[Book, bool]:
    """The book, and whether every text of it is meant as it stands: this program wrote it.

    A text file has no room for a mark. It is known by its head, each field under its full label in order;
    what keeps its texts from coming alive is taken off.
    """
    if is_own(book):
        return book, True
    if not _has_every_column(book, spec):
        return book, False
    (sheet,) = book.sheets
    cells = tuple(
        cell._replace(shown=unguarded(cell.shown), value=unguarded(cell.value))
        if isinstance(cell.value, str)
        else cell
        for cell in sheet.cells
    )
    return replace(book, sheets=(replace(sheet, cells=cells),)), True


def _has_every_column(book: Book, spec: Spec[Any]) -> bool:
    if len(book.sheets) != 1 or book.sheets[0].name:
        return False
    labels = [target.label for target in columns_of(spec)]
    head = [cell for cell in book.sheets[0].cells[: len(labels) + 1] if cell.row == 1]
    return [(cell.column, cell.shown) for cell in head] == list(enumerate(labels, 1))
