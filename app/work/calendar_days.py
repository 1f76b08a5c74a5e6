"""Deadlines by day, and the days of a month as a calendar shows them. No widgets."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.annexes.kinds import State, kind_label
from app.counting.closed_days import closed
from app.work.tasks import Task

WEEK = 7
_WEEKS = 6
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
"""A calendar that runs on for ever helps nobody; beyond these, days are typing errors."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """What has to be done by ``day`` for one contract, once more where it is done, and the task for it."""

    day: date
    state: State
    text: str
    task: Task

    @property
    def title(self) -> str:
        """The kind of duty, for a narrow place."""
        if self.task.planned is not None:
            return "変更の届出"
        kinds = dict.fromkeys(duty.kind for duty in self.task.duties)
        first, *others = (kind_label(kind) for kind in kinds)
        return f"{first}ほか" if others else first


@dataclass(frozen=True, slots=True)
class Square:
    """One day of the calendar: whether it is of the month shown, why offices are closed, what falls due."""

    day: date
    inside: bool
    closed: str
    deadlines: Sequence[Deadline]

    @property
    def holiday(self) -> str:
        """The name of a holiday; empty on plain Saturdays and Sundays."""
        return "" if self.closed in ("土曜日", "日曜日") else self.closed


def deadlines(tasks: Iterable[Task], today: date) -> Mapping[date, tuple[Deadline, ...]]:
    """Each day's deadlines: those of duties and of each missing thing, one for a task and a day."""
    found: dict[date, list[Deadline]] = {}
    for task in tasks:
        for day, texts in _texts(task).items():
            more = f"（ほか{len(texts) - 1}件）" if len(texts) > 1 else ""
            found.setdefault(day, []).append(
                Deadline(day, _state(task, day, today), f"{texts[0]}{more}", task)
            )
    order = list(State)
    return {
        day: tuple(sorted(held, key=lambda one: (order.index(one.state), one.task.contract)))
        for day, held in sorted(found.items())
    }


def _texts(task: Task) -> dict[date, tuple[str, ...]]:
    found: dict[date, dict[str, None]] = {}
    for duty in task.duties:
        for gap in duty.missing:
            if gap.due is not None:
                found.setdefault(gap.due, {})[gap.text] = None
    if task.planned is not None:
        found[task.planned.due] = {task.text: None}
    for duty in task.duties:
        day = duty.falls_on
        if day is not None and day not in found:
            found[day] = {task.text or duty.why: None}
    return {day: tuple(texts) for day, texts in found.items()}


def _state(task: Task, day: date, today: date) -> State:
    """A task may be overdue for one thing and merely due for another."""
    if task.state is not State.OVERDUE and task.planned is None:
        return task.state
    return State.OVERDUE if day < today else State.DUE


def squares(first: date, by_day: Mapping[date, Sequence[Deadline]], contract: int = 0) -> tuple[Square, ...]:
    """Six weeks from the Sunday on or before ``first``, a first of a month; 0 means every contract."""
    start = first - timedelta(days=(first.weekday() + 1) % WEEK)
    days = (start + timedelta(days=at) for at in range(WEEK * _WEEKS))
    return tuple(
        Square(day, day.month == first.month, closed(day), of(by_day.get(day, ()), contract)) for day in days
    )


def of(held: Sequence[Deadline], contract: int) -> tuple[Deadline, ...]:
    """The deadlines of one contract, or of all (0)."""
    return tuple(one for one in held if contract in (0, one.task.contract))


def month_of(day: date, months: int = 0) -> date:
    """The first of the month of ``day``, or of one so many months later; never beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < FIRST.year:
        return FIRST
    return LAST.replace(day=1) if year > LAST.year else date(year, month + 1, 1)


def moved(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    first = month_of(day, months)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))
