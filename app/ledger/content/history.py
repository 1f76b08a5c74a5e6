"""History for people: who changed which fields of a record, when, and from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.ledger.content.contents import Content
from app.ledger.content.schema import layout
from app.records import Facts, Field
from app.records.kinds import File, FormId, Ref

UNDO = "undo"
"""An undo names the change that it takes back: ``undo 812``. Older programs wrote no number."""
BEFORE_IT = 0
"""What such an undo takes back: the change that had written its records last."""

OPERATIONS = {
    "add": "登録",
    "change": "変更",
    "retire": "取消し",
    "undo": "元に戻す",
    "issue": "発行",
    "submit": "提出",
    "accept": "受理",
    "send back": "差戻し",
    "void": "無効",
}
"""How people call what an entry did."""


def undo_of(number: int) -> str:
    """The operation that takes back change ``number``."""
    return f"{UNDO} {number}"


def undone_by(operation: str) -> int | None:
    """The number of the change that an operation takes back, ``BEFORE_IT``, or None if it is no undo."""
    name, _, number = operation.partition(" ")
    return (int(number) if number else BEFORE_IT) if name == UNDO else None


def kind_of(operation: str) -> str:
    """The operation without what it was done to."""
    return operation if undone_by(operation) is None else UNDO


def called(operation: str) -> str:
    """How people call an operation."""
    return OPERATIONS.get(kind_of(operation), operation)


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a record's history. ``change`` is what ``undo`` takes."""

    sequence: int
    change: int
    at: datetime
    officer: str
    login: str
    operation: str
    reason: str
    changes: tuple[FieldChange, ...]


def entry_of(facts: Facts, name: str, head: tuple[Any, ...], before: Content, after: Content) -> Entry:
    """One entry from its journal columns and the contents around it."""
    sequence, change, at, officer, login, operation, reason = head
    return Entry(
        sequence=sequence,
        change=change,
        at=datetime.fromisoformat(at),
        officer=officer,
        login=login,
        operation=called(operation),
        reason=reason or "",
        changes=tuple(_changes(facts, name, before, after)),
    )


def _changes(facts: Facts, name: str, before: Content, after: Content) -> list[FieldChange]:
    found = []
    for field in layout(name).fields:
        old, new = (_text(facts, field, content.get(field.name)) for content in (before, after))
        if old != new or (isinstance(field.kind, File) and before.get(field.name) != after.get(field.name)):
            found.append(FieldChange(field.label, old, new))
    for child in layout(name).children:
        label = layout(name).spec.field(child.field).label
        old, new = (_rows_text(facts, child.fields, content.get(child.field)) for content in (before, after))
        if old != new:
            found.append(FieldChange(label, old, new))
    return found


def _rows_text(facts: Facts, fields: tuple[Field, ...], rows: list[Content] | None) -> str:
    lines = []
    for row in rows or ():
        parts = (_text(facts, field, row.get(field.name)) for field in fields)
        lines.append("、".join(part for part in parts if part))
    return "\n".join(lines)


def _text(facts: Facts, field: Field, stored: Any) -> str:
    if stored is None or stored == "":
        return ""
    value = field.kind.from_stored(stored)
    if isinstance(field.kind, Ref):
        return facts.title(facts.named(field.kind.to, value)) or f"（取消済み {value}）"
    if isinstance(field.kind, FormId):
        return facts.form_title(value)
    if isinstance(field.kind, File):
        return "あり"
    return str(field.kind.to_text(value))
