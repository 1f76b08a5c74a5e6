"""Since when a thing reads otherwise than a document says: as its record keeps the day, else as is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.duties.case import Case
from app.records import Assignment, LocationUse
from app.records.dated import began, dated
from forms.parts.cells import Cell

Dated = Assignment | LocationUse
"""A record that says from when to when, on what day it was changed, and why."""
STARTS, ENDS, CHANGED_ON, WHY = "starts_on", "ends_on", "changed_on", "change_reason"
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
    """The days after ``told`` and until that of the paper from which values that ``cell`` states held.

    A document of the day ``told`` states what held on that very day. Where it was made before anybody
    recorded a change, it states ``before`` although that was over: then the day on which it ended.
    """
    held = sorted((day, was) for was, day in _began(case, key, cell) if day <= case.day)
    since = dict.fromkeys(day for day, _was in held if day > told)
    if since or not held:
        return tuple(since)
    last, was = held[-1]
    return (last,) if was and was in before else ()


def _began(case: Case, key: str, cell: Cell[Any]) -> Iterator[tuple[str, date]]:
    thing = case.facts.stated(key)
    for path in cell.rests or ((cell.path,) if cell.path else ()):
        if thing is not None and isinstance(thing, path.start):
            held, field = path.reached(case.facts, thing)
            if field.name in dated(held):
                yield from began(held, field.name)


def typed(record: Dated) -> Since:
    """The day that was typed for whatever has no other."""
    return Since((record.changed_on,) if record.changed_on else (), CHANGED_ON)
