"""Devices away from the places of work, and at the client's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.choices import Exempt
from app.annexes.kinds import State
from app.duties.duty import Duty
from app.records import Client, Device, DeviceUse, LocationUse
from tests.support.around import around
from tests.support.world import BEFORE, DURING, EVE, START, World

LATER = DURING + timedelta(days=30)
DAY = timedelta(days=1)


def takeout(world: World, day: date = DURING, **asks: Any) -> Duty:
    return world.duty(day, "equipment-takeout", "standing", "each-time", exception=(Exempt.APPROVAL,), **asks)


def bringin(world: World, day: date = DURING) -> Duty:
    return world.duty(day, "bringin-approval", "each-time", exception=(Exempt.APPROVAL,), written=True)


def away(world: World, device: Device, starts: date = START, **values: Any) -> DeviceUse:
    place = world.place("出張先", kind="作業")
    return world.device_use(device, starts, location=place.id, **values)


def test_a_device_left_at_a_place_that_was_given_up_is_asked_about(world: World) -> None:
    place = world.place()
    used = world.use(place)
    world.device_use(world.device(), location=place.id)
    assert takeout(world).state is State.NOT_DUE
    world.change(used, ends_on=BEFORE + timedelta(days=30))
    duty = takeout(world)
    assert duty.state is State.CONFIRM
    assert "作業場所としての使用を終えた本社で使われたまま" in duty.missing[0].text


def test_a_planned_take_out_is_due_the_day_before(world: World) -> None:
    away(world, world.device(), LATER, status="予定")
    duty = takeout(world)
    assert (duty.state, duty.due) == (State.DUE, LATER - DAY)
    assert "前日" in duty.counted


def test_an_approval_that_runs_out_while_the_device_is_away_is_overdue_from_that_day(world: World) -> None:
    device = world.device()
    away(world, device, approval=world.approval("機器持出", device, ends_on=DURING).id)
    assert takeout(world, DURING).state is State.SATISFIED
    duty = takeout(world, DURING + DAY)
    assert (duty.state, duty.due) == (State.OVERDUE, DURING)


@pytest.mark.parametrize(("day", "state"), around(DURING, State.SATISFIED, State.SATISFIED, State.OVERDUE))
def test_a_device_is_late_after_the_day_that_was_promised(world: World, day: date, state: State) -> None:
    device = world.device()
    allowed = world.approval("機器持出", device, ends_on=LATER).id
    away(world, device, approval=allowed, return_by=DURING)
    duty = takeout(world, day)
    assert duty.state is state
    assert duty.due == (DURING if state is State.OVERDUE else None)


@pytest.mark.parametrize(("back", "late"), around(DURING, False, False, True))
def test_a_device_that_came_back_late_stays_told(world: World, back: date, late: bool) -> None:
    device = world.device()
    use = away(world, device, approval=world.approval("機器持出", device).id, return_by=DURING, ends_on=back)
    for day in (back, LATER):
        duty = takeout(world, day)
        assert duty.state is State.SATISFIED
        assert [one.id for one in duty.remarks] == ([use.id] if late else [])


def test_an_approval_for_another_device_does_not_count(world: World) -> None:
    away(world, world.device(), approval=world.approval("機器持出", world.device()).id)
    assert "承諾の対象外" in takeout(world).missing[0].text


def test_an_approval_on_the_first_day_comes_too_late_but_there_is_no_deadline_any_more(world: World) -> None:
    device = world.device()
    away(world, device, approval=world.approval("機器持出", device, granted=START).id)
    duty = takeout(world)
    assert (duty.state, duty.due) == (State.DUE, None)
    assert "が後" in duty.missing[0].text


def test_what_is_used_at_the_clients_is_brought_in_and_not_taken_out(world: World) -> None:
    hall = world.place("架空市役所", kind="発注者の施設")
    use = world.device_use(world.device(), location=hall.id)
    assert takeout(world).state is State.NOT_DUE
    duty = bringin(world)
    assert (duty.state, duty.due, duty.missing[0].id) == (State.OVERDUE, EVE, use.id)


def test_a_machine_lent_by_the_client_is_not_brought_in(world: World) -> None:
    hall = world.place("架空市役所", kind="発注者の施設")
    world.device_use(world.device(owner="貸与"), location=hall.id)
    assert bringin(world).state is State.NOT_DUE


def test_without_any_device_nobody_can_tell(world: World) -> None:
    assert takeout(world).state is State.CONFIRM
    assert bringin(world).state is State.CONFIRM


def hall(world: World, *clients: int) -> DeviceUse:
    """A device of the contract in a client's building where work is done for contracts of ``clients``."""
    place = world.place("架空市役所", kind="発注者の施設")
    for client in clients:
        other = world.add(replace(world.contract, client=client, number=f"R8-{client}", title="別の業務"))
        world.add(LocationUse(location=place.id, contract=other.id, purpose="入力作業", starts_on=START))
    return world.device_use(world.device(), location=place.id)


def test_another_clients_building_is_no_place_of_this_client(world: World) -> None:
    other = world.add(replace(world.facts().get(Client, world.contract.client), name="別の市"))
    hall(world, other.id)
    assert takeout(world).state is State.OVERDUE
    assert bringin(world).state is State.NOT_DUE


@pytest.mark.parametrize("shared", [False, True])
def test_a_building_of_this_client_or_of_nobody_known_is_brought_to(world: World, shared: bool) -> None:
    other = world.add(replace(world.facts().get(Client, world.contract.client), name="別の市"))
    hall(world, *((other.id, world.contract.client) if shared else ()))
    assert takeout(world).state is State.NOT_DUE
    assert bringin(world).state is not State.NOT_DUE
