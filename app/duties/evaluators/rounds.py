"""What is done again and again, and was done too late at some time before: the rounds that are over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from app.annexes.asks import Asks
from app.annexes.choices import Cycle
from app.counting.deadlines import periods
from app.counting.spans import Start, months
from app.duties.evaluators.periodic import YEARLY
from app.duties.view import ContractView


class Late(NamedTuple):
    """A round that was made up for: by when it was due, and the day on which it was done after that."""

    due: date
    done: date


def late_rounds(
    view: ContractView,
    period: Asks,
    done: Iterable[date],
    since: date | None = None,
    until: date | None = None,
) -> Iterator[Late]:
    """The rounds that were done after their day, oldest first, as ``periodic.owed`` would have called them.

    What is still open is none of them: that is owed. ``since``, ``until``: as for ``owed``.
    """
    start = since or view.contract.starts_on
    last = max(start, until or view.contract.last_day)
    days = sorted({day for day in done if day <= view.day})
    if period.cycle in (None, Cycle.ROLLING):
        return _rolling(period, start, last, days)
    return _windowed(view, period, start, last, days)


def _rolling(period: Asks, start: date, last: date, days: list[date]) -> Iterator[Late]:
    every = period.period_months or YEARLY
    due = months(Start(start, whole=True), every).day
    for day in days:
        if due < day and due <= last:
            yield Late(due, day)
        following = months(Start(day, period.first_day), every).day
        # What was done so long before the start that it lapsed by then is counted from the start.
        due = following if following >= start else due


def _windowed(view: ContractView, period: Asks, start: date, last: date, days: list[date]) -> Iterator[Late]:
    found = periods(period, start, last, days, view.day)
    for window in found.missed if found else ():
        after = next((day for day in days if day > window.last), None)
        if after is not None:
            yield Late(window.last, after)
