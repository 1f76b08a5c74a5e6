"""What the door refuses of whoever had left: nobody does or looks after anything after the last day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from app.records import (
    AccessReview,
    Attestation,
    BackupRun,
    BreachHandling,
    Check,
    DeviceCheck,
    DeviceUse,
    Disposal,
    Event,
    Facts,
    Improvement,
    Person,
    Record,
    Request,
    Training,
)
from app.records.days import wareki
from app.records.training import Outcome

Found = Iterator[tuple[str, str]]
DOING: Mapping[type[Record], tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        Event: (("person", "happened_at"),),
        DeviceUse: (("person", "starts_on"),),
        Check: (("checked_by", "done_on"),),
        DeviceCheck: (("checked_by", "checked_on"),),
        AccessReview: (("reviewed_by", "reviewed_on"),),
        BackupRun: (("done_by", "done_on"),),
        Disposal: (("responsible", "done_on"), ("confirmed_by", "verified_on")),
        Improvement: (("owner", "found_on"), ("effect_by", "effect_on")),
        Attestation: (("confirmed_by", "confirmed_on"),),
        Request: (("received_by", "received_on"),),
        BreachHandling: (("told_by", "handled_on"),),
    }
)
"""Record type → who it says did something, and the day on which."""


def had_left(after: Facts, record: Record) -> Found:
    """Each person of ``record`` who had left the company by the day of what the record says was done."""
    for who, when in DOING.get(type(record), ()):
        at = getattr(record, when)
        day: date | None = at if at is None or type(at) is date else at.date()
        if left := _left(after, getattr(record, who), day):
            named, dated = record.spec.field(who).label, record.spec.field(when).label
            yield who, f"{left}{named}か{dated}を確かめてください。"
    if isinstance(record, Training):
        yield from _taught(after, record)


def _taught(after: Facts, training: Training) -> Found:
    for number, row in enumerate(training.attendance, 1):
        day = training.held_on if row.outcome == Outcome.ATTENDED else row.made_up_on
        if left := _left(after, row.person, day):
            yield f"attendance.{number}.person", f"{left}{number}行目の出欠か日付を確かめてください。"


def _left(after: Facts, number: int | None, day: date | None) -> str:
    """That the person of that id had left by ``day``; empty where he had not, or nobody knows the day."""
    person = after.find(Person, number)
    if day is None or person is None or person.left_on is None or person.left_on >= day:
        return ""
    return f"{person.name}は{wareki(person.left_on)}に退職しています。"
