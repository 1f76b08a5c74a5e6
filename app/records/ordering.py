"""Natural keys as text, and the one order in which lists, pick lists, papers and commands show records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from app.records.spec import Record, Spec
from app.records.spelling.collation import order
from app.records.spelling.fold import alike

R = TypeVar("R", bound=Record)


def key_text(record: Record) -> str:
    """The natural key of ``record`` as text: its key fields joined by a slash, or its id."""
    spec = record.spec
    if not spec.key:
        return str(record.id)
    if spec.late_key:
        return number_of(record)
    return joined(getattr(record, name) for name in spec.key)


def number_of(record: Record) -> str:
    """The number by which papers call ``record``; empty where its type gives none, or before it is saved.

    One that was written before its type had numbers is called by its id in the pattern: papers of that time
    did so, and the number must go on meaning the same thing.
    """
    spec = record.spec
    if not (name := spec.number_field):
        return ""
    held = str(getattr(record, name))
    return held if held or not (spec.late and record.id) else spec.assigned.format(record.id)


def joined(values: Iterable[Any]) -> str:
    """The text of a natural key from the values of its fields."""
    return " / ".join(map(_part, values))


def same_key(record: Record) -> str:
    """What no two records of a type may share: the natural key as it is compared; empty without one."""
    return alike(key_text(record)) if record.spec.key else ""


def ordered_by(spec: Spec[Any]) -> str:
    """The field by which records of a type stand where nobody chose another; empty: as they were entered."""
    if spec.reading:
        return spec.titled[0]
    return spec.key[0] if len(spec.key) == 1 else ""


def rank(record: Record) -> tuple[str, int]:
    """What ``record`` is ordered by among those of its type; never the same for two."""
    spec = record.spec
    by = ordered_by(spec)
    if not by:
        return "", record.id
    reading = getattr(record, spec.reading) if spec.reading else ""
    called = number_of(record) if by == spec.number_field else getattr(record, by)
    return order(called, reading), record.id


def in_order(records: Iterable[R]) -> list[R]:
    """Records of one type in their order."""
    return sorted(records, key=rank)


def _part(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
