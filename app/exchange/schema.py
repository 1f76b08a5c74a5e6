"""The declarations of the record types as plain data: names, labels, types, choices, references."""

from __future__ import annotations

from typing import Any

from app.records import Field, Spec, fields_of
from app.records.kinds import Choice, Many, Ref, Rows


def schema(spec: Spec[Any]) -> dict[str, Any]:
    """A record type as it is declared to other programs."""
    return {"label": spec.label, "key": list(spec.key), "fields": [_field(f) for f in spec.fields]}


def _field(field: Field) -> dict[str, Any]:
    kind = field.kind
    about: dict[str, Any] = {
        "name": field.name,
        "label": field.label,
        "type": kind.name,
        "required": field.required,
    }
    if isinstance(kind, Choice | Many):
        about["choices"] = list(kind.choices)
    elif isinstance(kind, Ref):
        about["refers"] = kind.to
    elif isinstance(kind, Rows):
        about["fields"] = [_field(inner) for inner in fields_of(kind.of)]
    return about
