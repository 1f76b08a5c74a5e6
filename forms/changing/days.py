"""Since when a thing reads otherwise than a document says: as its record keeps the day, else as is typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.duties.case import Case
from app.printing.type.wareki import wareki
from app.records import Assignment, Facts, LocationUse, Statement
from app.records.dated import began, dated
from forms.parts.cells import Cell

Dated = Assignment | LocationUse
"""A record that says from when to when, on what day it was changed, and why."""
STARTS, ENDS, CHANGED_ON, WHY = "starts_on", "ends_on", "changed_on", "change_reason"
AND = "及び\n"
"""Between the days of one row."""
KEPT = ""
"""In the place of a field: the days follow from the earlier values that the thing's own record keeps."""


@dataclass(frozen=True, slots=True)
class Since:
    """The days from which something reads otherwise, none where that is not known.

    ``field``: of ``record`` the one that holds the day, ``KEPT`` where the thing itself keeps it.
    """

    days: tuple[date, ...]
    field: str


def kept_days(case: Case, key: str, cell: Cell[Any], told: date, before: str) -> tuple[date, ...]:
    """The days after ``told`` from which values that ``cell`` states hold, those to come as well.

    A document of the day ``told`` states what held on that very day. Where it was made before anybody
    recorded a change, it states ``before`` although that was over: then the day on which it ended.
    """
    last = max(case.day, case.contract.last_day)
    held = sorted((day, was) for was, day in _began(case.facts, key, cell) if day <= last)
    since = dict.fromkeys(day for day, _was in held if day > told)
    if since or not held:
        return tuple(since)
    day, was = held[-1]
    return (day,) if was and was in before else ()


def announced(statement: Statement, facts: Facts, cells: Iterable[Cell[Any]]) -> frozenset[str]:
    """The keys of which a notice told a change to come, on days from which the ledger still says so."""
    held, keys = tuple(cells), set()
    for row in statement.facts.get("changes", ()):
        for key in row["keys"] if row.get("planned") else ():
            if began_on(facts, key, held).issuperset(row["on"].split(AND)):
                keys.add(key)
    return frozenset(keys)


def began_on(facts: Facts, key: str, cells: Iterable[Cell[Any]]) -> frozenset[str]:
    """The days, as papers print them, from which a value of the ``cells`` of a thing holds or will hold."""
    return frozenset(wareki(day) for cell in cells for _was, day in _began(facts, key, cell))


def _began(facts: Facts, key: str, cell: Cell[Any]) -> Iterator[tuple[str, date]]:
    thing = facts.stated(key)
    for path in cell.rests or ((cell.path,) if cell.path else ()):
        if thing is not None and isinstance(thing, path.start):
            held, field = path.reached(facts, thing)
            if field.name in dated(held):
                yield from began(held, field.name)


def typed(record: Dated) -> Since:
    """The day that was typed for whatever has no other."""
    return Since((record.changed_on,) if record.changed_on else (), CHANGED_ON)
