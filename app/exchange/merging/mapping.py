"""Records of the other ledger as they stand in this one: every record that they name goes by its id here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from app.records import SPECS, Field, Record, fields_of
from app.records.kinds import Ref, Rows

Place = Callable[[str, int], int]
"""Type and id there → id here. Raises ``UnplacedError``."""


class UnplacedError(Exception):
    """What a record names cannot be taken in; ``kind`` and ``record_id`` are those of the other ledger."""

    def __init__(self, kind: str, record_id: int) -> None:
        super().__init__()
        self.kind = kind
        self.record_id = record_id


def mapped(record: Record, place: Place) -> Record:
    """``record`` with the ids of this ledger in the place of those of the other. Raises ``UnplacedError``."""
    changes = dict(_changed(record, record.spec.fields, place))
    if (owner := owner_of(record)) is not None:
        changes["record_id"] = place(*owner)
    return replace(record, **changes)


def owner_of(record: Record) -> tuple[str, int] | None:
    """Type and id of the record that one is kept with, where it says so by name and not by a reference."""
    kind, record_id = getattr(record, "record_kind", ""), getattr(record, "record_id", None)
    return (kind, record_id) if kind in SPECS and isinstance(record_id, int) else None


def _changed(holder: Any, fields: tuple[Field, ...], place: Place) -> Iterator[tuple[str, Any]]:
    for field in fields:
        value = getattr(holder, field.name)
        if isinstance(field.kind, Ref) and value is not None:
            yield field.name, place(field.kind.to, value)
        elif isinstance(field.kind, Rows) and value:
            inner = fields_of(field.kind.of)
            yield field.name, tuple(replace(row, **dict(_changed(row, inner, place))) for row in value)


def content(record: Record) -> tuple[Any, ...]:
    """All that people entered: alike for two records that say the same."""
    return tuple(getattr(record, field.name) for field in record.spec.fields)
