"""契約の1年: what was handed in, what happened, what comes and what is late, day by day. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from app.annexes.kinds import State, kind_label
from app.records import (
    Approval,
    Asset,
    Audit,
    Check,
    Contract,
    Disposal,
    Event,
    Facts,
    Incident,
    Instruction,
    Oath,
    Record,
    Submission,
    Training,
)
from app.records.status import Status
from app.work.calendar_days import month_of
from app.work.tasks import coming, planned_tasks, tasks

if TYPE_CHECKING:
    from app.work.assessment import Assessment
    from app.work.tasks import Task


class Mark(StrEnum):
    """What a point tells; the words are the rows of the drawing, but for what is late."""

    HANDED_IN = "提出"
    HAPPENED = "できごと"
    COMING = "これから"
    LATE = "期限超過"


class Point(NamedTuple):
    """One thing on its day. ``record`` and ``id``: what to open; for a deadline the ``kind`` of its duty."""

    day: date
    mark: Mark
    text: str
    record: str = ""
    id: int = 0
    kind: str = ""


class Cluster(NamedTuple):
    """Points too near each other to be told apart; ``at``: where they stand."""

    at: float
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """``first`` and ``last``: the days at both ends; ``starts_on`` and ``ends_on``: of the contract."""

    first: date
    last: date
    starts_on: date
    ends_on: date
    today: date
    points: tuple[Point, ...]

    def share(self, day: date) -> float:
        """Where a day stands between both ends, from 0 to 1."""
        return (day - self.first).days / max(1, (self.last - self.first).days)

    def count(self, mark: Mark) -> int:
        """How many points tell of this."""
        return sum(one.mark is mark for one in self.points)

    @property
    def said(self) -> str:
        """All of it in one sentence, for whom it is read out."""
        counts = "、".join(f"{mark}{self.count(mark)}件" for mark in Mark)
        return f"契約の1年。{counts}。"

    def months(self) -> tuple[date, ...]:
        """The first of each month between both ends."""
        found, day = list[date](), month_of(self.first)
        while day <= self.last:
            if day >= self.first:
                found.append(day)
            day = month_of(day, 1)
        return tuple(found)


_HAPPENS: Mapping[type[Record], tuple[str, str]] = MappingProxyType(
    {
        Training: ("contracts.contract", "held_on"),
        Check: ("contracts.contract", "done_on"),
        Oath: ("contracts.contract", "signed_on"),
        Approval: ("contract", "granted_on"),
        Instruction: ("contract", "received_on"),
        Audit: ("contract", "held_on"),
        Incident: ("contract", "found_at"),
        Disposal: ("contract", "done_on"),
    }
)
"""What happens under a contract → where it names the contract, and the field that says when."""


def timeline(made: Assessment, contract: Contract) -> Timeline:
    """Everything that has its day under ``contract``, as of the day of ``made``."""
    points = sorted(
        (*_handed_in(made.facts, contract), *_happened(made, contract), *_deadlines(made, contract)),
        key=lambda one: (one.day, list(Mark).index(one.mark), one.text),
    )
    days = [one.day for one in points]
    first = min([contract.starts_on, *days])
    last = max([contract.last_day, *days])
    return Timeline(first, last, contract.starts_on, contract.last_day, made.day, tuple(points))


def _handed_in(facts: Facts, contract: Contract) -> Iterator[Point]:
    for one in facts.of(Submission, "contract", contract.id):
        if one.submitted_on is not None and one.voided_on is None:
            back = "（差戻し）" if one.sent_back_on else ""
            text = f"提出　{one.number}　{one.title}{back}"
            yield Point(one.submitted_on, Mark.HANDED_IN, text, "submission", one.id)


def _happened(made: Assessment, contract: Contract) -> Iterator[Point]:
    facts = made.facts
    for cls, (path, field) in _HAPPENS.items():
        for one in facts.of(cls, path, contract.id):
            yield from _point(facts, one, getattr(one, field), made.day)
    for asset in facts.of(Asset, "contract", contract.id):
        for event in facts.of(Event, "asset", asset.id):
            yield from _point(facts, event, event.happened_at, made.day)


def _point(facts: Facts, record: Record, when: Any, today: date) -> Iterator[Point]:
    """A plan whose day has come and gone did not happen: it is not told as though it had."""
    if when is None:
        return
    day = when if type(when) is date else when.date()
    planned = getattr(record, "status", None) == Status.PLANNED
    ahead = planned or day > today
    mark = Mark.LATE if planned and day < today else Mark.COMING if ahead else Mark.HAPPENED
    text = f"{record.spec.label}　{facts.title(record)}"
    yield Point(day, mark, text, record.spec.name, record.id)


def _deadlines(made: Assessment, contract: Contract) -> Iterator[Point]:
    own = made.of(contract.id)
    for task in (*tasks(own), *coming(own)):
        yield from _due(task, made.day)
    for task in planned_tasks(one for one in made.planned if one.contract == contract.id):
        if task.due is not None:
            mark = Mark.LATE if task.due < made.day else Mark.COMING
            yield Point(task.due, mark, f"変更の届出　{task.text}")


def _due(task: Task, today: date) -> Iterator[Point]:
    day, kind = task.due, task.duties[0].kind
    if day is None or task.state is State.WAITING:
        return
    words = task.step.text or kind_label(kind)
    yield Point(day, Mark.LATE if day < today else Mark.COMING, f"期限　{words}", kind=kind)


def clusters(points: Sequence[Point], at: Callable[[date], float], apart: float) -> tuple[Cluster, ...]:
    """``points`` in order of time, those less than ``apart`` from the first of their cluster together."""
    found: list[tuple[float, list[Point]]] = []
    for one in sorted(points, key=lambda point: point.day):
        place = at(one.day)
        if found and place - found[-1][0] < apart:
            found[-1][1].append(one)
        else:
            found.append((place, [one]))
    return tuple(Cluster(place, tuple(held)) for place, held in found)
