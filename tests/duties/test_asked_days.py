"""The number of days that a clause asks for stands in the sentence, and moves only what it belongs to."""

from __future__ import annotations

from datetime import date

import pytest

from app.annexes.asks import Asks, parameters_of
from app.annexes.catalogue import load
from app.counting.deadlines import deadline_before
from app.duties.duty import Duty
from tests.support.world import BEFORE, START, World


@pytest.fixture
def world() -> World:
    return World(load())


@pytest.mark.parametrize(
    ("days", "words"), [(None, "の前日までに"), (1, "の前日までに"), (3, "の3日前までに")]
)
def test_a_dispatch_contract_names_the_day_by_which_it_is_counted(
    world: World, days: int | None, words: str
) -> None:
    world.worker(employment="派遣", agency="架空派遣")
    duty = world.duty(BEFORE, "dispatch-contract", "each-time", days_before=days)
    assert words in duty.why
    assert duty.due == deadline_before(START, Asks(days_before=days)).day


def test_a_private_device_is_given_up_by_the_day_before_whatever_else_is_asked(world: World) -> None:
    def given_up(**asks: int) -> Duty:
        return world.duty(BEFORE, "private-device-ban", "standing", **asks)

    world.device_use(world.device(owner="私物"), starts=START)
    assert "days_before" not in parameters_of("private-device-ban")
    assert given_up().due == given_up(days_before=7).due == date(2026, 3, 31)
