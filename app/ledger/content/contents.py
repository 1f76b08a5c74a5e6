"""A record as the ledger holds it: its *content*, plain stored values by column and by nested row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from app.ledger.content.schema import Child, layout
from app.records import SPECS, Field, Record
from app.records.kinds import File, Kind

Content = dict[str, Any]
"""Column → stored value; nested rows → list of such mappings."""


def content_of(record: Record) -> Content:
    """The content of ``record`` with what the door keeps about it."""
    content: Content = {
        "id": record.id,
        "revision": record.revision,
        "recorded_at": moment_text(record.recorded_at),
        "recorded_by": record.recorded_by,
        "retired_at": moment_text(record.retired_at),
        "retired_why": record.retired_why,
    }
    own, nested = _storings(record.spec.name)
    content.update(own.of(record))
    for name, rows in nested:
        content[name] = [rows.of(row) for row in getattr(record, name)]
    return content


def record_of(name: str, content: Content) -> Record:
    """The record that ``content`` describes.

    What the file has no column for, being of an older format, takes the default of its field.
    """
    place = layout(name)
    values = _values(place.fields, content)
    for child in place.children:
        values[child.field] = _rows_of(child, place.spec.field(child.field), content.get(child.field, []))
    made: Record = place.spec.cls(
        id=content["id"],
        revision=content["revision"],
        recorded_at=moment_of(content["recorded_at"]),
        recorded_by=content["recorded_by"],
        retired_at=moment_of(content["retired_at"]),
        retired_why=content["retired_why"],
        **values,
    )
    return made


@cache
def names_files(name: str) -> bool:
    """Whether a record type, as declared today, has any file field."""
    if name not in SPECS:
        return False
    place = layout(name)
    return any(_file_columns(fields) for fields in (place.fields, *(c.fields for c in place.children)))


def files_in(name: str, content: Content) -> Iterator[str]:
    """The SHA-256 of every file that ``content`` names."""
    if not names_files(name):
        return
    place = layout(name)
    held = [content.get(column) for column in _file_columns(place.fields)]
    for child in place.children:
        columns = _file_columns(child.fields)
        held.extend(row.get(column) for row in content.get(child.field, []) for column in columns)
    yield from (digest for digest in held if digest)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(content: Content) -> str:
    """One text for one content; what history keeps and commitments hash."""
    return _ENCODER.encode(content)


def moment_text(moment: datetime | None) -> str | None:
    return moment.isoformat(sep=" ", timespec="seconds") if moment else None


def moment_of(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _file_columns(fields: tuple[Field, ...]) -> list[str]:
    return [f.name for f in fields if isinstance(f.kind, File)]


class _Storing(NamedTuple):
    """How the fields of a record, or of its nested rows, become stored values."""

    names: tuple[str, ...]
    read: Callable[[Any], tuple[Any, ...]]
    """All values of a record or row in one step."""
    converted: tuple[tuple[str, Callable[[Any], Any]], ...]
    """Those that are not stored as they are."""

    def of(self, holder: object) -> Content:
        found: Content = dict(zip(self.names, self.read(holder), strict=True))
        for name, stored in self.converted:
            found[name] = stored(found[name])
        return found


@cache
def _storings(name: str) -> tuple[_Storing, tuple[tuple[str, _Storing], ...]]:
    """Of a record type, and of each field with nested rows."""
    place = layout(name)
    return _storing(place.fields), tuple((child.field, _storing(child.fields)) for child in place.children)


def _storing(fields: tuple[Field, ...]) -> _Storing:
    names = tuple(f.name for f in fields)
    converted = tuple(
        (f.name, f.kind.to_stored) for f in fields if type(f.kind).to_stored is not Kind.to_stored
    )
    read = attrgetter(*names) if len(names) > 1 else lambda holder: tuple(getattr(holder, n) for n in names)
    return _Storing(names, read, converted)


def _values(fields: tuple[Field, ...], content: Content) -> dict[str, Any]:
    return {f.name: f.kind.from_stored(content[f.name]) if f.name in content else f.default for f in fields}


def _rows_of(child: Child, field: Field, contents: list[Content]) -> tuple[Any, ...]:
    return tuple(field.kind.of(**_values(child.fields, content)) for content in contents)  # type: ignore[attr-defined]  # a child is made of a Rows field only
