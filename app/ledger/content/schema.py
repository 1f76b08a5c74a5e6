"""Tables that a record declaration asks for; the migrations build them, a test compares the two.

``python dev.py migration`` prints what a migration has to say for what is declared and not yet built.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from app.records import SPECS, Field, Spec, fields_of
from app.records.kinds import Ref, Rows

KEPT = ("id", "revision", "recorded_at", "recorded_by", "retired_at", "retired_why")
"""The columns that the door writes on every record, in the order of the table."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column as declared: its SQL type, whether every row holds something, which record type it names."""

    name: str
    type: str
    always: bool
    refers: str | None


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


def columns_of(fields: tuple[Field, ...]) -> tuple[Column, ...]:
    """What a table needs to hold ``fields``. Text and choices of several are never NULL but empty."""
    return tuple(
        Column(
            f.name,
            f.kind.sql,
            f.required or f.kind.python in (str, tuple),
            f.kind.to if isinstance(f.kind, Ref) else None,
        )
        for f in fields
    )
