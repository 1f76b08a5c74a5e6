"""Counting at its edges: where a deadline may still move to, and which stretch the last day belongs to."""

from __future__ import annotations

from datetime import date

import pytest

from app.annexes.asks import Asks
from app.annexes.choices import Cycle, Roll
from app.counting.deadlines import deadline_after, deadline_before, next_time, periods
from tests.support.around import around

START, LAST = date(2026, 10, 1), date(2029, 9, 30)
YEARLY = Asks(period_months=12)
A_YEAR_BEFORE_START, A_YEAR_BEFORE_LAST = date(2025, 10, 1), date(2028, 9, 30)


@pytest.mark.parametrize(
    ("start", "days_before", "due"),
    [
        (date(2026, 4, 6), 1, date(2026, 4, 3)),
        (date(2026, 4, 7), 2, date(2026, 4, 6)),
        (date(2026, 4, 8), 3, date(2026, 4, 6)),
    ],
    ids=["the start itself is no day beforehand", "the day before still is", "a day earlier as well"],
)
def test_a_sunday_moves_on_to_the_day_before_the_start_at_latest(
    start: date, days_before: int, due: date
) -> None:
    assert deadline_before(start, Asks(days_before=days_before, roll=Roll.NEXT)).day == due


@pytest.mark.parametrize(
    ("event", "days", "due"),
    [
        (date(2026, 4, 2), 2, date(2026, 4, 3)),
        (date(2026, 4, 3), 1, date(2026, 4, 3)),
        (date(2026, 4, 4), 1, date(2026, 4, 6)),
    ],
    ids=["after the event", "on the day of the event", "before it there is none"],
)
def test_a_weekend_moves_back_to_the_day_of_the_event_at_earliest(event: date, days: int, due: date) -> None:
    found = deadline_after(event, Asks(within_days=days, roll=Roll.PREVIOUS))
    assert found is not None
    assert found.day == due


@pytest.mark.parametrize(
    ("done", "due"), around(A_YEAR_BEFORE_START, date(2027, 9, 30), START, date(2026, 10, 2))
)
def test_what_was_done_before_counts_where_it_lasts_into_the_first_day(done: date, due: date) -> None:
    found = periods(YEARLY, START, LAST, [done], START)
    assert found is not None
    assert (found.due.day, found.done == done) == (due, due < date(2027, 9, 30))


@pytest.mark.parametrize(("done", "due"), around(A_YEAR_BEFORE_START, None, START, date(2026, 10, 2)))
def test_and_is_done_once_more_only_where_it_does(done: date, due: date | None) -> None:
    found = next_time(YEARLY, START, LAST, done, START)
    assert (found.day if found else None) == due


@pytest.mark.parametrize(("done", "lapsed"), around(A_YEAR_BEFORE_LAST, True, True, False))
def test_what_falls_due_on_the_last_day_of_the_work_is_owed(done: date, lapsed: bool) -> None:
    found = periods(YEARLY, START, LAST, [done], date(2029, 12, 1))
    assert found is not None
    assert found.lapsed is lapsed
    assert bool(found.missed) is lapsed


@pytest.mark.parametrize(("done", "due"), around(A_YEAR_BEFORE_LAST, date(2029, 9, 29), LAST, None))
def test_and_is_told_beforehand(done: date, due: date | None) -> None:
    found = next_time(YEARLY, START, LAST, done, date(2029, 1, 1))
    assert (found.day if found else None) == due


@pytest.mark.parametrize("cycle", Cycle)
@pytest.mark.parametrize(("day", "counts"), around(date(2027, 2, 1), False, True, True))
def test_what_is_done_counts_from_the_day_itself(day: date, counts: bool, cycle: Cycle) -> None:
    found = periods(Asks(period_months=12, cycle=cycle), START, LAST, [date(2027, 2, 1)], day)
    assert found is not None
    assert (found.done is not None) is counts


@pytest.mark.parametrize(
    ("start", "due"), around(date(2027, 4, 1), date(2028, 3, 31), date(2029, 3, 31), date(2029, 3, 31))
)
def test_two_years_from_april_begin_with_the_year_of_the_first_day(start: date, due: date) -> None:
    asks = Asks(cycle=Cycle.FISCAL_YEAR, period_months=24)
    found = periods(asks, start, date(2031, 3, 31), [], start)
    assert found is not None
    assert found.due.day == due
