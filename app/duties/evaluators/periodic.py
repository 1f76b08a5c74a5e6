"""What has to be done again and again: whether it is owed now, and what was done lately enough to count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeVar

from app.annexes.asks import Asks
from app.annexes.choices import Cycle, Roll
from app.counting.deadlines import Deadline, Periodic, next_time, periods
from app.duties.duty import Step
from app.duties.verdict import NO_STEP
from app.duties.view import ContractView

T = TypeVar("T")

YEARLY = 12
"""Months assumed where a clause says nothing of how often."""
_SHORTEST_MONTH = 28


def period_of(asks: Asks) -> Asks:
    """What a clause asks of repetition and nothing else, so that clauses that ask the same share answers."""
    named = "period_months" in asks.assumed or asks.period_months is None
    return _period(asks.period_months or YEARLY, asks.cycle, asks.first_day, asks.roll, named)


@lru_cache(maxsize=256)
def _period(every: int, cycle: Cycle | None, first_day: bool, roll: Roll | None, named: bool) -> Asks:
    assumed = ("period_months",) if named else ()
    return Asks(period_months=every, cycle=cycle, first_day=first_day, roll=roll, assumed=assumed)


class Part(NamedTuple):
    """One thing of a round, to be done again by itself.

    ``what``: in words. ``record``, ``id``: to what it is done; empty where that is the whole contract.
    ``done``: when it was done by the day. ``since``: from when it is asked for, where not from the start.
    """

    what: str
    record: str
    id: int
    done: tuple[date, ...]
    since: date | None = None


def owed(
    view: ContractView,
    period: Asks,
    done: Sequence[date],
    since: date | None = None,
    until: date | None = None,
) -> Deadline | None:
    """By when it was, or is, to be done; None while what was done still counts or nothing falls due any more.

    ``done``: when it was done. ``since``, ``until``: the stretch in which it is asked for, the contract's
    where not given.
    """
    found = _where(view, period, done, since, until)
    if found is None or (found.done is not None and not found.lapsed):
        return None
    return found.due if found.due.day <= (until or view.bound_until) else None


def counts(
    view: ContractView,
    period: Asks,
    done: Sequence[date],
    since: date | None = None,
    until: date | None = None,
) -> bool:
    """Whether what was done still counts. Not owed is not enough: what is old may no longer fall due."""
    found = _where(view, period, done, since, until)
    return bool(done) and (found is None or (found.done is not None and not found.lapsed))


def again(
    view: ContractView,
    period: Asks,
    done: Sequence[date],
    since: date | None = None,
    until: date | None = None,
    on: date | None = None,
) -> Deadline | None:
    """By when it has to be done once more, where it is not owed now; None where nothing falls due any more.

    ``on``: a day of the window for which it was done, where that is not the one that runs.
    """
    return view.once(_again, period, max(done), since, until, on) if done else None


def _again(
    view: ContractView, period: Asks, newest: date, since: date | None, until: date | None, on: date | None
) -> Deadline | None:
    last = until or view.bound_until
    if period.cycle in (None, Cycle.ROLLING) and _beyond(newest, last, period):
        return None
    return next_time(period, since or view.contract.starts_on, last, newest, on or view.day)


def made_up(
    view: ContractView, period: Asks, done: Sequence[date], since: date | None = None
) -> tuple[tuple[date, date], ...]:
    """When it was due and not done, and the day on which it was then done; what is still open is not over.

    ``done`` and ``since`` as for ``owed``. After the last day of the contract nothing falls due any more.
    """
    held = sorted(day for day in done if day <= view.day)
    start, last = since or view.contract.starts_on, view.contract.last_day
    found = []
    for number, day in enumerate(held):
        where = periods(period, start, last, held[:number], day)
        if where is not None and where.lapsed:
            found.append((where.due.day, day))
    return tuple(found)


def _beyond(done: date, last: date, period: Asks) -> bool:
    """Whether no way of counting from ``done`` could end by ``last``; mostly so in contracts of a year."""
    return (last - done).days + 1 < _SHORTEST_MONTH * (period.period_months or YEARLY)


def first_again(view: ContractView, period: Asks, held: Iterable[tuple[date, date]]) -> Deadline | None:
    """The earliest of several things that count, each with its last time and since when it is asked for."""
    ordered = sorted(set(held))
    if period.cycle in (None, Cycle.ROLLING):
        # Counted from the last time, the one done longest ago comes round first.
        del ordered[1:]
    return earliest((again(view, period, (newest,), since), NO_STEP) for newest, since in ordered)[0]


def earliest(found: Iterable[tuple[Deadline | None, Step]]) -> tuple[Deadline | None, Step]:
    """Of several things that come round again, each with its step, the one that does so first."""
    coming = ((deadline, step) for deadline, step in found if deadline is not None)
    return min(coming, key=lambda pair: pair[0].day, default=(None, NO_STEP))


def _where(
    view: ContractView, period: Asks, done: Sequence[date], since: date | None, until: date | None
) -> Periodic | None:
    """Where the duty stands; None where it was done so lately that nothing has to be counted."""
    last = until or view.bound_until
    if done and period.cycle in (None, Cycle.ROLLING) and _lately(max(done), min(view.day, last), period):
        return None
    return periods(period, since or view.contract.starts_on, last, done, view.day)


def _lately(done: date, day: date, period: Asks) -> bool:
    """Whether it was done so lately that no way of counting could find it lapsed; most of what is asked."""
    return day < done + timedelta(days=_SHORTEST_MONTH * (period.period_months or YEARLY))


class Lapse(NamedTuple):
    """One round that was missed and is over: ``due``, its last day, and when it was made up for, if it was.

    ``since``: the first day of the round.
    """

    since: date
    due: date
    made_up: date | None


def lapses(
    view: ContractView,
    period: Asks,
    done: Iterable[date],
    since: date | None = None,
    until: date | None = None,
) -> tuple[Lapse, ...]:
    """The rounds that passed without, and that something done later has followed; oldest first.

    What is still owed is none of them. ``since``, ``until``: as for ``owed``.
    """
    start, last = since or view.contract.starts_on, until or view.bound_until
    held = sorted(day for day in set(done) if day <= view.day)
    if period.cycle in (None, Cycle.ROLLING):
        return tuple(_rolled(period, start, last, held))
    found = periods(period, start, last, held, view.day)
    missed = found.missed if found is not None else ()
    return tuple(
        Lapse(one.first, one.last, next((day for day in held if day > one.last), None))
        for one in missed
        if found is not None and one.first < found.since
    )


def _rolled(period: Asks, start: date, last: date, held: Sequence[date]) -> Iterator[Lapse]:
    """Counted from the last time, as long as that had not lapsed before the start."""
    before = None
    for day in held:
        begun = start if before is None else before
        # Most are done long before the round is over: nothing has to be counted for them.
        if day > start and (day - begun).days >= _SHORTEST_MONTH * (period.period_months or YEARLY):
            found = periods(period, start, last, [] if before is None else [before], day)
            due = found.due.day if found is not None else last
            if due < day and due <= last:
                yield Lapse(max(start, begun), due, day)
        before = day


def lasting(view: ContractView, period: Asks, records: Sequence[T], on: Callable[[T], date]) -> tuple[T, ...]:
    """Those of ``records``, sorted by the day ``on`` which they were made, that still count, newest first."""
    found: list[T] = []
    for record in reversed(records):
        if not counts(view, period, (on(record),)):
            break
        found.append(record)
    return tuple(found)


def often(period: Asks) -> str:
    """How often, in words."""
    return f"{period.period_months}か月に1回以上"
