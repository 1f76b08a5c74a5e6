"""What lies ahead is refused where a record says that it has happened: on its day it would pass for done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.records import Record, Training, fields_of
from app.records.days import wareki
from app.records.kinds import Day, Moment, Row, Rows
from app.records.training import Outcome

Found = Iterator[tuple[str, str]]


def still_to_come(record: Record) -> Found:
    """Each day of ``record`` later than the day of writing on which it says that something was done."""
    if record.recorded_at is None:
        return
    today = record.recorded_at.date()
    yield from _later(record, "", today)
    for field in record.spec.fields:
        if isinstance(field.kind, Rows):
            for number, row in enumerate(getattr(record, field.name), 1):
                yield from _later(row, f"{field.name}.{number}.", today)
    if isinstance(record, Training):
        yield from _attended(record, today)


def _later(holder: Record | Row, start: str, today: date) -> Found:
    for field in fields_of(type(holder)):
        kind, held = field.kind, getattr(holder, field.name)
        if not isinstance(kind, Day | Moment) or not kind.past or held is None:
            continue
        day: date = held if isinstance(kind, Day) else held.date()
        if day > today:
            yield (
                f"{start}{field.name}",
                f"{field.label}（{wareki(day)}）がきょうより後です。行った後に、その日を記録してください。",
            )


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
