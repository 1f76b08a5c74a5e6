"""Whose names stand where: what names another record changes with it, and stands in its order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from app.records import SPECS, Facts, Field, Record, Spec
from app.records.kinds import Ref
from app.records.ordering import rank

R = TypeVar("R", bound=Record)


def naming(spec: Spec[Any]) -> frozenset[str]:
    """The record types that the title of a record of ``spec`` tells of, its own among them."""
    return frozenset({spec.name, *(kind for name in spec.titled for kind in named_by(spec.field(name)))})


def named_by(field: Field) -> frozenset[str]:
    """The record types that the text of a field tells of; none where it names no record."""
    return naming(SPECS[field.kind.to]) if isinstance(field.kind, Ref) else frozenset()


def by_named(facts: Facts, records: Iterable[R], name: str) -> list[R]:
    """Records in the order of what they name at the field ``name``; those of one thing as they are given."""

    def rank_of(record: R) -> tuple[str, int]:
        kind = record.spec.field(name).kind
        named = facts.named(kind.to, getattr(record, name)) if isinstance(kind, Ref) else None
        return rank(named) if named else ("", 0)

    return sorted(records, key=rank_of)
