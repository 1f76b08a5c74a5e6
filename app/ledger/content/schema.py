"""Tables that a record declaration asks for; the migrations build them, a test compares the two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.records import SPECS, Field, Spec, fields_of
from app.records.kinds import Kind, Ref, Rows

KEPT = ("id", "revision", "recorded_at", "recorded_by", "retired_at", "retired_why")
"""The columns that the door writes on every record, in the order of the table."""

_KEPT_SQL = (
    "id INTEGER PRIMARY KEY AUTOINCREMENT",
    "revision INTEGER NOT NULL",
    "recorded_at TEXT NOT NULL",
    "recorded_by TEXT NOT NULL",
    "retired_at TEXT",
    "retired_why TEXT NOT NULL",
)


@dataclass(frozen=True, slots=True)
class Child:
    """The table of one nested-rows field."""

    table: str
    field: str
    fields: tuple[Field, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.fields)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a record type lies: its table, the plain fields in it, and one child table per rows field."""

    spec: Spec[Any]
    fields: tuple[Field, ...]
    children: tuple[Child, ...]

    @property
    def table(self) -> str:
        return self.spec.name

    @property
    def columns(self) -> tuple[str, ...]:
        return (*KEPT, *(f.name for f in self.fields))


@cache
def layout(name: str) -> Layout:
    """The layout of a record type. Raises ``KeyError`` for an unknown one."""
    spec = SPECS[name]
    plain = tuple(f for f in spec.fields if not isinstance(f.kind, Rows))
    children = tuple(
        Child(f"{name}_{f.name}", f.name, fields_of(f.kind.of))
        for f in spec.fields
        if isinstance(f.kind, Rows)
    )
    return Layout(spec, plain, children)


def declared_sql(spec: Spec[Any]) -> Iterator[str]:
    """The statements that build ``spec``'s tables as it is declared today.

    Text for the next migration, which keeps its own copy: declarations move on, migrations never do.
    """
    place = layout(spec.name)
    yield _table(place.table, (*_KEPT_SQL, *(_column(f) for f in place.fields)), "STRICT")
    if spec.key:
        columns = ", ".join(spec.key)
        yield f'CREATE UNIQUE INDEX {spec.name}_key ON "{spec.name}" ({columns}) WHERE retired_at IS NULL'
    for child in place.children:
        head = (
            f'parent INTEGER NOT NULL REFERENCES "{spec.name}" (id)',
            "position INTEGER NOT NULL",
        )
        yield _table(
            child.table,
            (*head, *(_column(f) for f in child.fields), "PRIMARY KEY (parent, position)"),
            "STRICT, WITHOUT ROWID",
        )


def _table(name: str, lines: tuple[str, ...], options: str) -> str:
    body = ",\n    ".join(lines)
    return f'CREATE TABLE "{name}" (\n    {body}\n) {options}'


def _column(field: Field) -> str:
    kind: Kind = field.kind
    always = field.required or kind.python in (str, tuple)
    parts = [field.name, kind.sql, *(["NOT NULL"] if always else [])]
    if isinstance(kind, Ref):
        parts.append(f'REFERENCES "{kind.to}" (id) DEFERRABLE INITIALLY DEFERRED')
    return " ".join(parts)
