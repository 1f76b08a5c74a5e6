"""What changed later is judged as it was: no place was locked, and no machine encrypted, before it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.kinds import State
from app.duties.holding.parties import Parties, Who
from app.records import Client, Record
from app.records.dated import with_former
from app.records.device import Storage
from tests.support.around import around
from tests.support.world import DURING, START, World


def change(world: World, before: Record, **values: Any) -> None:
    """Let other values hold from a day in the middle of the contract."""
    after: Any = with_former(before, replace(before, **values), DURING)
    world.change(before, **values, former=after.former)


@pytest.mark.parametrize(("day", "locked"), around(DURING, False, True, True))
def test_a_place_is_locked_from_the_day_of_its_lock_on(world: World, day: date, locked: bool) -> None:
    store = world.place("保管庫", kind="保管", lock="なし", entry_control="なし", store="なし")
    world.use(store)
    change(world, store, lock="電子錠", store="金庫")
    state = world.duty(day, "locked-storage", "standing").state
    assert (state is State.SATISFIED) is locked


@pytest.mark.parametrize(("day", "encrypted"), around(DURING, False, True, True))
def test_a_machine_is_encrypted_from_the_day_of_its_encryption_on(
    world: World, day: date, encrypted: bool
) -> None:
    device = world.device("なし")
    world.device_use(device)
    closed = (Storage(name="内蔵SSD", encryption="全体", tool="BitLocker"),)
    change(world, device, storages=closed)
    state = world.duty(day, "encryption", "standing").state
    assert (state is State.SATISFIED) is encrypted


def test_what_went_to_the_office_under_its_former_name_went_to_the_client(world: World) -> None:
    client = world.facts().get(Client, world.contract.client)
    before = world.change(client, department="水路管理課")
    asset = world.received(2)
    given = world.event(asset, "引渡", 2, DURING, to_party="水路管理課")
    change(world, before, department="河川課")
    assert Parties(world.facts(), world.contract.id).taker(given).who is Who.CLIENT


@pytest.mark.parametrize(("day", "told"), around(DURING, False, True, True))
def test_what_was_not_locked_for_a_time_is_told_once_it_is_locked(
    world: World, day: date, told: bool
) -> None:
    store = world.place("保管庫", kind="保管", lock="なし", entry_control="なし", store="なし")
    world.use(store)
    change(world, store, lock="電子錠", store="金庫")
    found = world.duty(day, "locked-storage", "standing").remarks
    assert [(one.since, one.until) for one in found] == (
        [(START, DURING - timedelta(days=1))] if told else []
    )


@pytest.mark.parametrize(("day", "told"), around(DURING, False, True, True))
def test_a_machine_used_without_encryption_is_told_once_it_is_encrypted(
    world: World, day: date, told: bool
) -> None:
    device = world.device("なし")
    world.device_use(device)
    change(world, device, storages=(Storage(name="内蔵SSD", encryption="全体", tool="BitLocker"),))
    found = world.duty(day, "encryption", "standing").remarks
    assert [(one.since, one.until) for one in found] == (
        [(START, DURING - timedelta(days=1))] if told else []
    )


def test_a_machine_whose_use_ended_encrypted_was_not_so_before(world: World) -> None:
    device = world.device("なし")
    last = DURING + timedelta(days=1)
    world.device_use(device, ends_on=last)
    change(world, device, storages=(Storage(name="内蔵SSD", encryption="全体", tool="BitLocker"),))
    (found,) = world.duty(last + timedelta(days=1), "encryption", "standing").remarks
    assert (found.since, found.until) == (START, DURING - timedelta(days=1))


def test_a_correction_leaves_no_time_without_encryption(world: World) -> None:
    device = world.device("なし")
    world.device_use(device)
    world.change(device, storages=(Storage(name="内蔵SSD", encryption="全体", tool="BitLocker"),))
    assert not world.duty(DURING, "encryption", "standing").remarks


@pytest.mark.parametrize(("day", "dispatched"), around(DURING, True, False, False))
def test_a_person_is_employed_otherwise_only_from_the_day_of_it_on(
    world: World, day: date, dispatched: bool
) -> None:
    person = world.worker(employment="派遣")
    change(world, person, employment="社員")
    state = world.duty(day, "dispatch-contract", "standing").state
    assert (state is not State.NOT_APPLICABLE) is dispatched
