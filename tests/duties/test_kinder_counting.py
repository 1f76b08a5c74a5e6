"""Days before leave whole days between; of a contract signed after its start, what was due before it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.asks import Asks
from app.annexes.choices import Submit, Urgency
from app.annexes.kinds import State
from app.counting.deadlines import deadline_before
from tests.support.world import DURING, END, EVE, START, World

DAY = timedelta(days=1)
SIGNED = date(2026, 4, 10)


@pytest.mark.parametrize("days", [2, 3, 7, 14, 1200])
def test_so_many_days_before_leave_as_many_whole_days_between(days: int) -> None:
    found = deadline_before(START, Asks(days_before=days))
    assert (START - found.day).days - 1 == days
    assert f"との間に{days}日を置く" in found.arithmetic


def test_the_day_before_leaves_none() -> None:
    for asks in (Asks(), Asks(days_before=1)):
        assert deadline_before(START, asks).day == EVE
        assert "前日" in deadline_before(START, asks).arithmetic


@pytest.mark.parametrize(
    ("on", "late"), [(date(2026, 3, 23), False), (date(2026, 3, 24), False), (date(2026, 3, 25), True)]
)
def test_a_place_told_seven_days_before_its_use(world: World, on: date, late: bool) -> None:
    world.use(world.place())
    world.issue("location-notice", on=on, submitted=on)
    duty = world.duty(DURING, "work-location", "before-start", submit=Submit.BEFOREHAND, days_before=7)
    assert (duty.state, bool(duty.remarks)) == (State.SATISFIED, late)


# 契約の締結


def signed_late(world: World, on: date = SIGNED) -> None:
    world.change(world.contract, signed_on=on)


@pytest.mark.parametrize(
    ("day", "state"), [(SIGNED - DAY, State.DUE), (SIGNED, State.DUE), (SIGNED + DAY, State.OVERDUE)]
)
@pytest.mark.parametrize("kind", ["work-location", "worker-list", "oath", "training"])
def test_what_was_due_before_the_start_is_due_on_the_day_of_signature(
    world: World, kind: str, day: date, state: State
) -> None:
    signed_late(world)
    world.worker()
    world.use(world.place())
    duty = world.duty(day, kind, "before-start", submit=Submit.BEFOREHAND)
    assert (duty.state, duty.due) == (state, SIGNED)
    assert "契約の締結より前のため、契約締結日の令和8年4月10日" in duty.counted


@pytest.mark.parametrize(
    ("signed", "due"),
    [
        (START - DAY, EVE),
        (START, START),
        (START + DAY, START + DAY),
    ],
)
def test_a_contract_signed_before_its_start_moves_nothing(world: World, signed: date, due: date) -> None:
    signed_late(world, signed)
    world.worker()
    assert world.duty(EVE, "worker-list", "before-start", submit=Submit.BEFOREHAND).due == due


def test_what_is_too_late_for_a_contract_signed_in_time_stays_due_when_it_was(world: World) -> None:
    signed_late(world, EVE)
    world.use(world.place())
    asks: dict[str, Any] = {"submit": Submit.BEFOREHAND, "days_before": 7}
    assert world.duty(EVE, "work-location", "before-start", **asks).due == date(2026, 3, 24)


def test_who_starts_after_the_signature_is_told_the_day_before(world: World) -> None:
    signed_late(world)
    world.worker(starts=SIGNED + 5 * DAY)
    assert world.duty(SIGNED, "worker-list", "before-start", submit=Submit.BEFOREHAND).due == SIGNED + 4 * DAY


def test_promptly_after_the_start_is_not_before_the_signature_either(world: World) -> None:
    signed_late(world)
    world.use(world.place())
    asks: dict[str, Any] = {"submit": Submit.PROMPTLY, "urgency": Urgency.SPEEDILY}
    assert world.duty(SIGNED, "work-location", "before-start", **asks).due == SIGNED


@pytest.mark.parametrize(("on", "late"), [(SIGNED - DAY, False), (SIGNED, False), (SIGNED + DAY, True)])
def test_told_by_the_day_of_signature_is_in_time(world: World, on: date, late: bool) -> None:
    signed_late(world)
    world.worker()
    world.issue("personnel-report", on=on, submitted=on)
    duty = world.duty(DURING, "worker-list", "before-start", submit=Submit.BEFOREHAND)
    assert (duty.state, bool(duty.remarks)) == (State.SATISFIED, late)


@pytest.mark.parametrize(
    ("granted", "state"),
    [(SIGNED - DAY, State.SATISFIED), (SIGNED, State.SATISFIED), (SIGNED + DAY, State.DUE)],
)
def test_a_delegation_from_the_start_is_approved_by_the_day_of_signature(
    world: World, granted: date, state: State
) -> None:
    signed_late(world)
    given = world.approval("再委託", granted=granted, destination="架空データ株式会社", ends_on=END)
    world.delegate(world.subcontractor(), approval=given.id)
    assert world.duty(DURING, "subcontract-approval", "each-time").state is state
