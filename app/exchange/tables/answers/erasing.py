"""Blanks that erase: only in columns for which somebody chose it, never what a record cannot be without."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from app.exchange.tables.columns import Column
from app.exchange.tables.line import Line
from app.records import Spec


def erasable(spec: Spec[Any], path: str | None) -> bool:
    """Whether a blank in the column of that field may erase what the ledger holds."""
    field = next((one for one in spec.fields if one.name == path), None)
    return field is not None and not field.required and path not in spec.key and path != spec.number_field


def mark(lines: Sequence[Line], columns: Sequence[Column], chosen: Collection[int], spec: Spec[Any]) -> None:
    """Say on each line which fields its blanks erase."""
    paths = {one.number: one.path for one in columns if one.number in chosen and erasable(spec, one.path)}
    for line in lines if paths else ():
        line.erases |= {path for number, path in paths.items() if path and number in line.blank}
