"""Columns that say something once for all rows below: 区分 on the left, blank under the first of a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import Any

from app.exchange.tables.columns import Column
from app.exchange.tables.grid import Grid
from app.exchange.tables.words import Words
from app.records import Spec
from app.records.kinds import Choice, Ref, Text

_OFTEN = 3
"""Of so many rows one at least is blank in a column that surely stands for groups."""


class Group(Enum):
    """What a blank of a column means."""

    SURE = auto()
    """As above."""
    PERHAPS = auto()


def found(
    grid: Grid, columns: Sequence[Column], spec: Spec[Any], words: Words, rows: Sequence[int]
) -> Mapping[int, Group]:
    """The columns left of the number or key whose blanks say, or may say, what stands above them.

    A day is never one of them, nor the name of the record itself: those are blank where nobody knows them.
    Nor is a column in which the same word is written twice in a row: who repeats it means a blank as a blank.
    """
    first = min((column.number for column in columns if column.path in spec.key), default=0)
    made = {}
    for column in columns:
        path = column.path
        if path is None or column.number >= first or path in (*spec.key, *spec.titled[:1]):
            continue
        if path not in words.targets or not isinstance(words.targets[path].field.kind, Choice | Ref | Text):
            continue
        if (group := _group(grid, column.number, rows)) is not None:
            made[column.number] = group
    return made


def _group(grid: Grid, number: int, rows: Sequence[int]) -> Group | None:
    counted = [row for row in rows if len(grid.cells(row)) > 1]
    shown = [cell.shown.strip() if (cell := grid.cells(row).get(number)) else "" for row in counted]
    blank = sum(
        1 for row, text in zip(counted, shown, strict=True) if not text and number not in grid.from_above(row)
    )
    if not blank or any(a and a == b for a, b in pairwise(shown)):
        return None
    return Group.SURE if blank * _OFTEN >= len(counted) else Group.PERHAPS
