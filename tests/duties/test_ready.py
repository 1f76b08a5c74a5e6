"""What is to be ready before the work begins has its day while nothing of it is recorded."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.kinds import KINDS, State
from app.records.assignment import AssignmentRole
from tests.support.world import EVE, START, World

ONE_DAY = timedelta(days=1)
RECORDED = ("worker-list", "work-location", "equipment-register", "oath", "training", "management-system")
"""Kinds that begin with a record which is simply not there yet."""
READY = (*RECORDED, "transfer-method", "management-rules", "dispatch-contract")


def test_these_are_the_kinds_that_are_made_ready() -> None:
    assert {kind.name for kind in KINDS.values() if kind.ready} == {*READY, "responsible-person"}


@pytest.mark.parametrize("day", [EVE - ONE_DAY, EVE, START, START + timedelta(days=40)])
@pytest.mark.parametrize("kind", READY)
def test_nothing_recorded_has_its_day_and_is_never_satisfied(world: World, kind: str, day: date) -> None:
    """Before it, on it and after it: the day stays, and only the record takes it away."""
    duty = world.duty(day, kind, "before-start")
    assert duty.state is State.CONFIRM
    assert duty.due == EVE
    assert duty.missing[0].due == EVE
    assert "前日" in duty.counted


@pytest.mark.parametrize("kind", READY)
def test_where_the_clause_does_not_speak_of_the_start_there_is_no_day(world: World, kind: str) -> None:
    assert world.duty(EVE, kind, "standing").due is None


def test_it_counts_the_days_of_its_clause(world: World) -> None:
    duty = world.duty(EVE, "work-location", "before-start", days_before=5)
    assert duty.due == START - timedelta(days=6)


def test_of_a_contract_signed_after_its_start_it_is_due_on_the_day_of_signing(world: World) -> None:
    signed = START + timedelta(days=3)
    world.contract = world.change(world.contract, signed_on=signed)
    assert world.duty(signed, "work-location", "before-start").due == signed


def test_a_kind_that_is_no_preparation_gets_no_day(world: World) -> None:
    """Supervision goes on while the work lasts: a clause that names both asks for it all the time."""
    assert world.duty(EVE, "supervision", "before-start", "standing").due is None


@pytest.mark.parametrize(("day", "given"), [(EVE, START), (START, None)])
def test_what_is_added_before_the_start_begins_with_it(world: World, day: date, given: Any) -> None:
    """After the start nobody knows since when it has been so: the officer says."""
    duty = world.duty(day, "work-location", "before-start")
    assert dict(duty.next.given).get("starts_on") == given


def test_a_vacant_role_is_begun_in_that_role(world: World) -> None:
    duty = world.duty(EVE, "responsible-person", "before-start", roles=("業務責任者",))
    assert duty.state is State.DUE
    assert dict(duty.next.given) == {"roles": (AssignmentRole(role="業務責任者"),), "starts_on": START}
