"""Whose names stand where: a title or a cell that names another record changes when that one is renamed."""

from __future__ import annotations

from typing import Any

from app.records import SPECS, Field, Spec
from app.records.kinds import Ref


def naming(spec: Spec[Any]) -> frozenset[str]:
    """The record types that the title of a record of ``spec`` tells of, its own among them."""
    return frozenset({spec.name, *(kind for name in spec.titled for kind in named_by(spec.field(name)))})


def named_by(field: Field) -> frozenset[str]:
    """The record types that the text of a field tells of; none where it names no record."""
    return naming(SPECS[field.kind.to]) if isinstance(field.kind, Ref) else frozenset()
