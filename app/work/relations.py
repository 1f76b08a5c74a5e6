"""What hangs on a record: every record that names it, and what is open about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from app.annexes.kinds import State
from app.duties.duty import Duty
from app.ledger.content.references import naming
from app.records import SPECS, Attachment, Facts, Field, Record, fields_of
from app.records.kinds import Day, Moment, Ref, Rows
from app.work.states import URGENT


class Relation(NamedTuple):
    """A record that names another one.

    ``called``: under which labels it does. ``told``: what else it says, as lists show it, and what its rows
    say of the one named. ``day``: its own day, None where it has none. ``over``: whether it has ended.
    """

    record: Record
    called: str
    told: str
    day: date | None
    over: bool


class Open(NamedTuple):
    """Something that a duty lacks. ``contract``: its id; ``kind``: the kind of the duty."""

    contract: int
    kind: str
    state: State
    text: str
    due: date | None


def relations(facts: Facts, target: Record, today: date) -> tuple[Relation, ...]:
    """The records that name ``target``, the newest of their days first, those without a day last."""
    found = [
        _relation(facts, one, target, today)
        for spec in SPECS.values()
        if spec.cls is not Attachment
        for one in naming(facts, spec.cls, target)
    ]
    unique = {(one.record.spec.name, one.record.id): one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: (one.day or date.min, one.record.id), reverse=True))


def open_about(facts: Facts, duties: Iterable[Duty], target: Record) -> tuple[Open, ...]:
    """What is open about ``target``, or a record that is called by its name; the most pressing first."""
    found = {
        Open(duty.contract, duty.kind, duty.state, gap.text, gap.due or duty.due)
        for duty in duties
        if duty.state in URGENT
        for gap in duty.missing
        if gap.record and gap.id and _is_about(facts, gap.record, gap.id, target)
    }
    return tuple(sorted(found, key=lambda one: (URGENT.index(one.state), one.due or date.max, one.text)))


def _is_about(facts: Facts, kind: str, record_id: int, target: Record) -> bool:
    if (kind, record_id) == (target.spec.name, target.id):
        return True
    record = facts.named(kind, record_id)
    return record is not None and any(
        _names(record.spec.field(name), getattr(record, name), target) for name in record.spec.titled
    )


def _names(field: Field, value: Any, target: Record) -> bool:
    return isinstance(field.kind, Ref) and field.kind.to == target.spec.name and value == target.id


def _relation(facts: Facts, record: Record, target: Record, today: date) -> Relation:
    called, told = list[str](), list[str]()
    for field in record.spec.fields:
        value = getattr(record, field.name)
        if _names(field, value, target):
            called.append(field.label)
        elif isinstance(field.kind, Rows) and (rows := list(_rows(facts, value, target))):
            called.append(field.label)
            told += rows
    listed = [(one, facts.shown(record, one.name)) for one in record.spec.listed if _tells(one, target)]
    told += [f"{one.label}：{text}" for one, text in listed if text]
    ends = getattr(record, "ends_on", None)
    over = isinstance(ends, date) and ends < today
    return Relation(record, "、".join(dict.fromkeys(called)), "　".join(told), _day(record), over)


def _tells(field: Field, target: Record) -> bool:
    """Whether a list's column says more than that it is about ``target``; rows are only counted there."""
    if isinstance(field.kind, Rows):
        return len(fields_of(field.kind.of)) == 1
    return not (isinstance(field.kind, Ref) and field.kind.to == target.spec.name)


def _rows(facts: Facts, rows: Iterable[Any], target: Record) -> Iterator[str]:
    """What the rows that name ``target`` say of it: whether somebody listed for a training came to it."""
    for row in rows:
        fields = fields_of(type(row))
        if any(_names(one, getattr(row, one.name), target) for one in fields):
            texts = [
                (one.label, facts.shown(row, one.name))
                for one in fields
                if not _names(one, getattr(row, one.name), target)
            ]
            yield "　".join(f"{label}：{text}" for label, text in texts if text)


def _day(record: Record) -> date | None:
    for field in record.spec.fields:
        value = getattr(record, field.name)
        if value is not None and isinstance(field.kind, Day):
            return value if isinstance(value, date) else None
        if value is not None and isinstance(field.kind, Moment):
            return _of_moment(value)
    return None


def _of_moment(value: Any) -> date:
    found = value.date()
    if not isinstance(found, date):
        raise TypeError(value)
    return found
