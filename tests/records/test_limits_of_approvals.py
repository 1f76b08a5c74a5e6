"""From which day to which an approval holds, and from when it is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.records import Approval
from tests.support.around import around

DAY = date(2026, 6, 10)


def approval(**values: Any) -> Approval:
    return Approval(contract=1, kind="複写", basis="承諾", **values)


@pytest.mark.parametrize(("day", "holds"), around(DAY, False, True, True))
def test_it_holds_from_its_first_day_on(day: date, holds: bool) -> None:
    assert approval(starts_on=DAY).in_period(day) is holds


@pytest.mark.parametrize(("day", "holds"), around(DAY, True, True, False))
def test_it_holds_until_the_end_of_its_last_day(day: date, holds: bool) -> None:
    assert approval(ends_on=DAY).in_period(day) is holds


@pytest.mark.parametrize(("day", "holds"), around(DAY, False, True, False))
def test_it_may_hold_for_a_single_day(day: date, holds: bool) -> None:
    assert approval(starts_on=DAY, ends_on=DAY).in_period(day) is holds


@pytest.mark.parametrize(("day", "known"), around(DAY, False, True, True))
def test_it_is_there_from_the_day_of_the_clients_word(day: date, known: bool) -> None:
    assert approval(granted_on=DAY).granted(day) is known


@pytest.mark.parametrize(("day", "waits"), around(DAY, False, True, True))
def test_an_application_waits_from_the_day_it_was_made(day: date, waits: bool) -> None:
    assert approval(applied_on=DAY).pending(day) is waits


@pytest.mark.parametrize("answer", ["granted_on", "refused_on"])
@pytest.mark.parametrize(("day", "waits"), around(DAY, True, False, False))
def test_it_waits_no_longer_on_the_day_of_the_answer(day: date, waits: bool, answer: str) -> None:
    made = approval(applied_on=date(2026, 6, 1), **{answer: DAY})
    assert made.pending(day) is waits
