"""Ids without gaps, as a ledger gives them: what is made by rule leaves some out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.records import Record, fields_of
from app.records.kinds import Ref, Row, Rows

Numbers = Mapping[str, Mapping[int, int]]
"""Record type → id as made → id as a ledger gives it."""


def numbered(records: Iterable[Record]) -> Iterator[Record]:
    """The same records with ids from 1 on in each type, in the same order, and all that name them."""
    held = list(records)
    found: dict[str, list[int]] = defaultdict(list)
    for record in held:
        found[record.spec.name].append(record.id)
    numbers = {name: {old: new for new, old in enumerate(sorted(ids), 1)} for name, ids in found.items()}
    for record in held:
        changed = _changed(record, numbers)
        if numbers[record.spec.name][record.id] != record.id:
            changed["id"] = numbers[record.spec.name][record.id]
        yield replace(record, **changed) if changed else record


def _changed(holder: Record | Row, numbers: Numbers) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for field in fields_of(type(holder)):
        value = getattr(holder, field.name)
        if isinstance(field.kind, Ref):
            new = numbers.get(field.kind.to, {}).get(value, value)
        elif isinstance(field.kind, Rows):
            new = tuple(replace(row, **_changed(row, numbers)) for row in value)
        else:
            continue
        if new != value:
            changed[field.name] = new
    return changed
