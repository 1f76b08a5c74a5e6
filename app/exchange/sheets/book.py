"""What a file with tables holds, in whatever format it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, TypeAlias

FIRST_LETTER = ord("A")
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class CellError:
    """What stands in a cell and is no value: #N/A, a formula without a result, 29 February 1900."""

    text: str


NO_RESULT = CellError("計算結果のない式")
"""A formula whose result the file does not hold: nobody knows what people would see there."""

Value: TypeAlias = str | int | Decimal | bool | date | datetime | time | CellError


class Cell(NamedTuple):
    """A filled cell. ``row`` and ``column`` count from 1; ``shown`` is its text as people see it.

    ``value`` is what the file holds: 12 where 0012 is shown. ``hidden``: its row or column is not shown.
    ``note`` is what somebody pinned to it (コメント). ``struck``: it or a part of it is lined out (取消し線).
    """

    row: int
    column: int
    shown: str
    value: Value
    hidden: bool = False
    note: str = ""
    struck: bool = False


class Merge(NamedTuple):
    """Cells joined to one, from the upper left, which holds the value, to the lower right; counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its filled cells by row and column. ``told``: what of it was not read, a sentence each."""

    name: str
    cells: tuple[Cell, ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    told: tuple[str, ...] = ()

    def rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """The filled rows from the top, each with its number and its cells."""
        found: list[Cell] = []
        for cell in self.cells:
            if found and cell.row != found[0].row:
                yield found[0].row, tuple(found)
                found = []
            found.append(cell)
        if found:
            yield found[0].row, tuple(found)


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets of a file in their order. ``told``: what people must know of how it was read."""

    sheets: tuple[Sheet, ...]
    told: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 14)
def letters(column: int) -> str:
    """The column as people call it: 1 is A, 27 is AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        found = chr(FIRST_LETTER + rest) + found
    return found


def column_of(name: str) -> int:
    """The number of the column called ``name``. Raises ``ValueError`` for none."""
    found = 0
    for sign in name:
        if not "A" <= sign <= "Z":
            raise ValueError(name)
        found = found * _LETTERS + ord(sign) - FIRST_LETTER + 1
    if not 1 <= found <= LAST_COLUMN:
        raise ValueError(name)
    return found


LAST_COLUMN = 16_384
LAST_ROW = 1_048_576
"""Of a sheet of Excel."""
