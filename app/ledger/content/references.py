"""References between records: what a record names must exist, and what is named must stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from app.ledger.errors import InvalidRecordError, LedgerError
from app.records import SPECS, Attachment, BreachHandling, Facts, Field, Record, fields_of
from app.records.kinds import Ref, Rows


def check_references(after: Facts, written: Sequence[Record]) -> None:
    """Raise ``LedgerError`` if the facts ``after`` a change would name a record that is not among them."""
    for record in written:
        if record.retired_at is None:
            _check_named(after, record)
        else:
            _check_unused(after, record)


def references_of(record: Record) -> Iterator[tuple[str, str, str, int]]:
    """Field path, label, record type and id of everything that ``record`` names."""
    for field in record.spec.fields:
        value = getattr(record, field.name)
        if isinstance(field.kind, Ref):
            if value is not None:
                yield field.name, field.label, field.kind.to, value
        elif isinstance(field.kind, Rows):
            for number, row in enumerate(value, 1):
                for inner in fields_of(type(row)):
                    target = getattr(row, inner.name)
                    if isinstance(inner.kind, Ref) and target is not None:
                        yield f"{field.name}.{number}.{inner.name}", inner.label, inner.kind.to, target
    if isinstance(record, Attachment | BreachHandling):
        yield "record_id", record.spec.field("record_id").label, record.record_kind, record.record_id


def missing(after: Facts, record: Record) -> Iterator[tuple[str, str, str]]:
    """Path and label of each field in which ``record`` names what is not there, and what that would be."""
    for path, label, name, record_id in references_of(record):
        if name not in SPECS or after.find(SPECS[name].cls, record_id) is None:
            yield path, label, SPECS[name].label if name in SPECS else "記録"


def users(after: Facts, retired: Record) -> Iterator[Record]:
    """The records for whose sake ``retired`` has to stay: they name it. What is attached goes with it."""
    for cls, paths in _namers(retired.spec.name):
        if cls is not Attachment:
            yield from _naming(after, cls, paths, retired.id)


def _check_named(after: Facts, record: Record) -> None:
    problems = {
        path: [f"{label}に選ばれた{what}が見つかりません。一覧から選び直してください。"]
        for path, label, what in missing(after, record)
    }
    if problems:
        raise InvalidRecordError(record.spec.label, problems)


def _check_unused(after: Facts, retired: Record) -> None:
    for other in users(after, retired):
        raise LedgerError(
            f"{retired.spec.label}「{after.title(retired)}」は"
            f"{other.spec.label}「{after.title(other)}」で使われているため取り消せません。"
            "先にそちらを変更するか取り消してください。"
        )


def naming(after: Facts, cls: type[Record], target: Record) -> Iterator[Record]:
    """The records of a type that name ``target``, in a field of their own or in a row."""
    yield from _naming(after, cls, dict(_namers(target.spec.name)).get(cls, ()), target.id)


def _naming(
    after: Facts, cls: type[Record], fields: Sequence[tuple[str, ...]], target: int
) -> Iterator[Record]:
    for paths in fields:
        if len(paths) == 1:
            yield from after.of(cls, paths[0], target)
            continue
        found = {record.id: record for path in paths for record in after.of(cls, path, target)}
        yield from (found[record_id] for record_id in sorted(found))


@cache
def _namers(name: str) -> list[tuple[type[Record], list[tuple[str, ...]]]]:
    """The record types that may name one of a type, with the paths of each field in which they do."""
    found = [
        (spec.cls, [paths for field in spec.fields if (paths := _paths(field, name))])
        for spec in SPECS.values()
    ]
    return [(cls, fields) for cls, fields in found if fields]


def _paths(field: Field, name: str) -> tuple[str, ...]:
    if isinstance(field.kind, Rows):
        return tuple(
            f"{field.name}.{inner}" for one in fields_of(field.kind.of) for inner in _paths(one, name)
        )
    return (field.name,) if isinstance(field.kind, Ref) and field.kind.to == name else ()
