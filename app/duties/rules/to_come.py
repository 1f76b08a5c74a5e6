"""What lies ahead is refused where a record says that it has happened: in its hour it would pass for done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.records import Record, Training, fields_of
from app.records.days import DayOnly, When, ahead_of, wareki, wareki_moment
from app.records.kinds import Day, Moment, Row, Rows
from app.records.training import Outcome

Found = Iterator[tuple[str, str]]


def still_to_come(record: Record) -> Found:
    """Each day or moment of ``record`` later than that of writing at which something is said to be done."""
    now = record.recorded_at
    if now is None:
        return
    yield from _later(record, "", now)
    for field in record.spec.fields:
        if isinstance(field.kind, Rows):
            for number, row in enumerate(getattr(record, field.name), 1):
                yield from _later(row, f"{field.name}.{number}.", now)
    if isinstance(record, Training):
        yield from _attended(record, now)


def _later(holder: Record | Row, start: str, now: datetime) -> Found:
    for field in fields_of(type(holder)):
        kind, held = field.kind, getattr(holder, field.name)
        if not isinstance(kind, Day | Moment) or not kind.past or held is None:
            continue
        at: When = DayOnly(held) if isinstance(kind, Day) else held
        if ahead := ahead_of(at, now):
            when = "日" if isinstance(at, DayOnly) else "日時"
            yield (
                f"{start}{field.name}",
                f"{field.label}（{wareki_moment(at)}）が{ahead}より後です。"
                f"行った後に、その{when}を記録してください。",
            )


def _attended(training: Training, now: datetime) -> Iterator[tuple[str, str]]:
    """A session may be announced ahead; nobody has attended it yet."""
    if training.held_on <= now.date():
        return
    for number, row in enumerate(training.attendance, 1):
        if row.outcome == Outcome.ATTENDED:
            yield (
                f"attendance.{number}.outcome",
                f"実施日（{wareki(training.held_on)}）がきょうより後の研修には、出席を入力できません。"
                "実施してから入力してください。",
            )
            return
