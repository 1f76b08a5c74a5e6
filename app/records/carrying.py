"""What one record hands on to the next of its type: the fields declared as usually the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from app.records.facts import Facts
from app.records.kinds import Ref, Rows
from app.records.spec import Field, Record, fields_of


def carried(record: Record, facts: Facts) -> dict[str, Any]:
    """The values that the next record starts with, by field name; what is empty is not among them.

    A reference to a record that is no longer in force is not handed on: nobody could choose it.
    """
    inner: dict[str, set[str]] = defaultdict(set)
    for path in record.spec.carried:
        name, _, one = path.partition(".")
        inner[name] |= {one} if one else set()
    found = {}
    for name, within in inner.items():
        field = record.spec.field(name)
        value = getattr(record, name)
        if isinstance(field.kind, Rows):
            rows = (_row(row, within, facts) for row in value)
            value = tuple(row for row in rows if _says_something(row))
        elif not _stands(field, value, facts):
            continue
        if not field.kind.is_empty(value):
            found[name] = value
    return found


def _row(row: Any, within: set[str], facts: Facts) -> Any:
    """A nested row with its carried fields alone; all of them where none is named."""
    left = {
        f.name: f.default
        for f in fields_of(type(row))
        if (within and f.name not in within) or not _stands(f, getattr(row, f.name), facts)
    }
    return replace(row, **left)


def _stands(field: Field, value: Any, facts: Facts) -> bool:
    return not isinstance(field.kind, Ref) or facts.named(field.kind.to, value) is not None


def _says_something(row: Any) -> bool:
    return any(not f.kind.is_empty(getattr(row, f.name)) for f in fields_of(type(row)))
