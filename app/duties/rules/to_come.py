"""What lies ahead is refused where a record says that it has happened: on its day it would pass for done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType

from app.records import (
    AccessReview,
    Approval,
    Attestation,
    Audit,
    BackupRun,
    BreachHandling,
    Check,
    DeviceCheck,
    Improvement,
    Incident,
    Instruction,
    Oath,
    Record,
    Request,
    Subcontract,
    Submission,
    Training,
    fields_of,
)
from app.records.days import wareki
from app.records.training import Outcome

_DONE: Mapping[type[Record], tuple[str, ...]] = MappingProxyType(
    {
        AccessReview: ("reviewed_on",),
        Approval: ("granted_on", "refused_on"),
        Attestation: ("confirmed_on",),
        Audit: ("held_on",),
        BackupRun: ("done_on", "restore_tested_on"),
        BreachHandling: ("handled_on",),
        Check: ("done_on",),
        DeviceCheck: ("checked_on", "mended_on"),
        Improvement: ("done_on", "effect_on"),
        Incident: ("found_at", "contained_on", "prevention_on", "published_on", "closed_on"),
        Instruction: ("received_on", "answered_on"),
        Oath: ("signed_on",),
        Request: ("received_on", "passed_on", "opinion_given_on", "answered_on"),
        Subcontract: ("selected_on",),
        Submission: ("issued_on", "submitted_on", "accepted_on", "sent_back_on"),
    }
)
"""Record type → its days on which something was done; days that may be planned are none of them."""


def still_to_come(record: Record) -> Iterator[tuple[str, str]]:
    """Each day of ``record`` later than the day of writing on which it says that something was done."""
    today = record.recorded_at.date() if record.recorded_at else None
    if today is None:
        return
    for name in _DONE.get(type(record), ()):
        day = _day(getattr(record, name))
        if day is not None and day > today:
            label = next(field.label for field in fields_of(type(record)) if field.name == name)
            yield name, f"{label}（{wareki(day)}）がきょうより後です。行った日になってから入力してください。"
    if isinstance(record, Training):
        yield from _attended(record, today)


def _attended(training: Training, today: date) -> Iterator[tuple[str, str]]:
    """A session may be announced ahead; nobody has attended it yet."""
    if training.held_on <= today:
        return
    for number, row in enumerate(training.attendance, 1):
        if row.outcome == Outcome.ATTENDED:
            yield (
                f"attendance.{number}.outcome",
                f"実施日（{wareki(training.held_on)}）がきょうより後の研修には、出席を入力できません。"
                "実施してから入力してください。",
            )
            return


def _day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value
