"""What bringing in a table would do: a value, with every filled row and what becomes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any

from app.exchange.coming_in.planner import ImportPlan
from app.exchange.sheets.book import Cell, Sheet
from app.exchange.tables.beside.beside import Beside, Told
from app.exchange.tables.columns import Column
from app.exchange.tables.line import Place, Problem
from app.exchange.tables.unfolding.unfolded import Unfolded
from app.records import Spec


class Status(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ASK = "ask"
    ERROR = "error"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One filled row. ``entry``: as a file of records says it; ``changes``: before and after by field."""

    row: int
    status: Status
    entry: Mapping[str, Any]
    changes: Mapping[str, tuple[Any, Any]]
    problems: tuple[Problem, ...] = ()
    why: str = ""
    """Why it is skipped."""
    erased: tuple[str, ...] = ()
    """The fields that a blank erases, since somebody chose that for the column."""
    rows: tuple[int, ...] = ()
    """All rows over which the record stands."""
    above: Mapping[tuple[int, int], Cell] = field(default_factory=dict)
    """By row and column the cells further up that say what is meant there: 同上, or a blank of a group."""
    beside: tuple[Told, ...] = ()
    """Records of other types that it tells of."""
    at: Place | None = None
    """Where it begins in the file, if that is no table: ``row`` then counts forms, or places of a cross."""


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What bringing in a table would do. It is a value: applying it reads no file again.

    ``stops``: what keeps the whole from being brought in, a sentence each; so does any row that is to be
    asked about or wrong. ``told``: what to know of how the file was read.
    """

    spec: Spec[Any]
    sheet: str
    head: tuple[int, ...]
    columns: tuple[Column, ...]
    lines: tuple[PlannedLine, ...]
    plan: ImportPlan
    stops: tuple[str, ...]
    told: tuple[str, ...]
    besides: tuple[Beside, ...] = ()
    """Records of other types that the same rows tell of; they are written in the same change."""
    offers: tuple[str, ...] = ()
    """The types of which records can be made that rows name and that are not there."""
    source: Sheet = field(default_factory=partial(Sheet, "", ()))
    """The sheet as it was read, with every answer in it."""
    taken: Unfolded | None = None
    """The forms or the cross of which that sheet was made; None where the file holds it itself."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows there are of each status."""
        found = Counter(line.status for line in self.lines)
        return {str(status): found[status] for status in Status}

    @property
    def erased(self) -> int:
        """How many values of the ledger blanks erase."""
        return sum(len(line.erased) for line in self.lines)
