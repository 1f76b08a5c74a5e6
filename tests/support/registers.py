"""Registers as offices keep them, made without a file: what people see, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from app.exchange.coming_in.planner import Outcome
from app.exchange.sheets.book import Book, Cell, CellError, Merge, Sheet, Value
from app.exchange.tables.mapping import Said
from app.exchange.tables.planned import Status, TablePlan
from app.exchange.tables.planning import plan
from app.records import SPECS, Facts, Record

TODAY = date(2026, 11, 21)
Row = Sequence[Value | tuple[str, Value] | None]
"""Cells from the left: a value, or what is shown and what it is; None for an empty one."""


def sheet(
    *rows: Row,
    name: str = "台帳",
    merges: Iterable[tuple[int, int, int, int]] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    hidden: bool = False,
) -> Sheet:
    """A sheet of those rows; ``merges`` are top, left, bottom, right."""
    cells = [
        Cell(number, column, *_seen(value), number in hidden_rows or column in hidden_columns)
        for number, row in enumerate(rows, 1)
        for column, value in enumerate(row, 1)
        if value is not None
    ]
    return Sheet(name, tuple(cells), tuple(Merge(*merge) for merge in merges), hidden)


def _seen(value: Value | tuple[str, Value]) -> tuple[str, Value]:
    match value:
        case (shown, held):
            return shown, held
        case CellError(text):
            return text, value
        case datetime() | time():
            return str(value), value
        case date():
            return f"{value.year}/{value.month}/{value.day}", value
        case bool():
            return str(value).upper(), value
        case int() | Decimal():
            return str(value), value
    return value, value


def planned(
    kind: str,
    *sheets: Sheet,
    records: Iterable[Record] = (),
    said: Said | None = None,
    update: bool = False,
) -> TablePlan:
    """The plan of bringing in those sheets, beside those records."""
    return plan(Facts(records), SPECS[kind], Book(tuple(sheets)), said, update=update, today=TODAY)


def entries(found: TablePlan) -> list[dict[str, Any]]:
    """What each row that is a record says."""
    return [dict(line.entry) for line in found.lines if line.status is not Status.SKIPPED]


def statuses(found: TablePlan) -> dict[int, str]:
    """The status of each filled row below the head."""
    return {line.row: str(line.status) for line in found.lines}


def reasons(found: TablePlan) -> dict[str, str]:
    """Why a place is to be looked at, by its address."""
    return {f"{p.column}{p.row}": p.reason for line in found.lines for p in line.problems}


NEW = str(Outcome.NEW)
