"""References between records: what a record names must exist, and what is named must stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.ledger.errors import InvalidRecordError, LedgerError
from app.records import SPECS, Attachment, BreachHandling, Facts, Record, fields_of
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
    for spec in SPECS.values():
        if spec.cls is not Attachment:
            yield from naming(after, spec.cls, retired)


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
    name = target.spec.name
    for field in cls.spec.fields:
        if isinstance(field.kind, Ref) and field.kind.to == name:
            yield from after.of(cls, field.name, target.id)
        elif isinstance(field.kind, Rows):
            inner = [
                f.name for f in fields_of(field.kind.of) if isinstance(f.kind, Ref) and f.kind.to == name
            ]
            for record in after.all(cls) if inner else ():
                rows = getattr(record, field.name)
                if any(getattr(row, column) == target.id for row in rows for column in inner):
                    yield record
