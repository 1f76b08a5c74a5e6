"""Promises of every deadline, whatever the day and the amount."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.annexes.asks import Asks
from app.annexes.choices import Roll, Urgency
from app.counting.deadlines import Deadline, closed, deadline_after, deadline_before, second_deadline
from app.records.days import wareki

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
AMOUNTS = st.integers(1, 60)


def after(event: date, **asks: Any) -> Deadline:
    found = deadline_after(event, Asks(**asks))
    assert found is not None
    return found


AMOUNT_NAMES = st.sampled_from(["within_days", "within_business_days", "within_months"])


@given(DAYS, AMOUNT_NAMES, AMOUNTS, st.booleans(), st.sampled_from([None, Roll.NEXT, Roll.PREVIOUS]))
def test_a_deadline_that_moves_never_lies_on_a_closed_day_nor_before_its_event(
    event: date, name: str, amount: int, first_day: bool, roll: Roll | None
) -> None:
    found = after(event, **{name: amount, "first_day": first_day, "roll": roll})
    assert not closed(found.day)
    assert found.day >= event


@given(DAYS, AMOUNT_NAMES, AMOUNTS, st.booleans(), st.sampled_from([None, *Roll]))
def test_more_time_is_never_an_earlier_deadline(
    event: date, name: str, amount: int, first_day: bool, roll: Roll | None
) -> None:
    asks = {"first_day": first_day, "roll": roll}
    assert after(event, **asks, **{name: amount}).day <= after(event, **asks, **{name: amount + 1}).day


@given(DAYS, AMOUNT_NAMES, AMOUNTS)
def test_a_later_event_is_never_an_earlier_deadline(event: date, name: str, amount: int) -> None:
    assert after(event, **{name: amount}).day <= after(event + timedelta(days=1), **{name: amount}).day


@given(DAYS, AMOUNTS)
def test_business_days_count_exactly_the_open_days(event: date, amount: int) -> None:
    last = after(event, within_business_days=amount).day
    passed = (event + timedelta(days=n) for n in range(1, (last - event).days + 1))
    assert sum(not closed(day) for day in passed) == amount


@given(DAYS, AMOUNTS, st.sampled_from(list(Roll)))
def test_beforehand_is_always_before(start: date, amount: int, roll: Roll) -> None:
    assert deadline_before(start, Asks(days_before=amount, roll=roll)).day < start


ANY_ASKS = st.builds(
    Asks,
    urgency=st.none() | st.sampled_from(Urgency),
    days_before=st.none() | st.integers(1, 1200),
    within_days=st.none() | st.integers(1, 1200),
    within_business_days=st.none() | st.integers(1, 1200),
    within_months=st.none() | st.integers(1, 1200),
    first_day=st.booleans(),
    roll=st.none() | st.sampled_from(Roll),
    then=st.none() | st.sampled_from(Urgency),
    then_days=st.none() | st.integers(1, 1200),
)


@given(DAYS | st.dates() | st.sampled_from([date.min, date.max]), ANY_ASKS)
def test_any_day_and_amount_give_a_phrase_that_ends_with_the_day(day: date, asks: Asks) -> None:
    for found in (deadline_after(day, asks), second_deadline(day, asks), deadline_before(day, asks)):
        if found is not None:
            assert found.arithmetic.endswith(wareki(found.day))
            assert "。" not in found.arithmetic
