"""ソフトウェア点検: a round over many machines; what was wanting or late stays so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import load
from app.records import Device, DeviceCheck
from app.work.acts.plan import Plan
from app.work.acts.rounds.check_devices import CHECK_DEVICES
from tests.support.acting import about, new, only, planned
from tests.support.world import DURING, END, START, World

CATALOGUE = load()
WELL = {"patches": True, "antimalware": True, "forbidden": False}


@pytest.fixture
def world() -> World:
    made = World(CATALOGUE)
    made.under("kimitsu-hoji")
    return made


def checked(world: World, *devices: Device, **answers: Any) -> Plan:
    return planned(world, CHECK_DEVICES, *devices, **{"on": DURING, **WELL, **answers})


def in_use(world: World, **values: Any) -> Device:
    device = world.device(**values)
    world.device_use(device)
    return device


def test_many_machines_are_checked_in_one_go(world: World) -> None:
    devices, person = [in_use(world) for _ in range(3)], world.worker("点検する人")
    plan = checked(world, *devices, by=person.id)
    assert plan.ready
    assert [(one.device, one.checked_on, one.checked_by, one.good) for one in new(plan, DeviceCheck)] == [
        (device.id, DURING, person.id, True) for device in devices
    ]
    assert not [ask for ask in plan.asks if ask.needed]


def test_what_was_wanting_needs_its_words(world: World) -> None:
    device = in_use(world)
    for said in ({"patches": False}, {"antimalware": False}, {"forbidden": True}):
        asked = checked(world, device, **said)
        assert not asked.ready
        assert [ask.field for ask in asked.asks if ask.needed] == ["found"]
        plan = checked(world, device, **said, found="更新が2件未適用")
        (made,) = new(plan, DeviceCheck)
        assert plan.ready
        assert (made.good, made.found) == (False, "更新が2件未適用")
        assert about(plan.draft.remarks, "不適として登録します")


def test_what_was_not_looked_at_passes_for_nothing(world: World) -> None:
    device = in_use(world)
    plan = checked(world, device, antimalware=None, forbidden=None)
    (made,) = new(plan, DeviceCheck)
    assert (made.patches, made.anti_malware, made.forbidden, made.good) == (True, None, None, False)
    assert {ask.field for ask in plan.asks} >= {"antimalware", "forbidden"}
    nothing = checked(world, device, patches=None, antimalware=None, forbidden=None)
    assert not nothing.ready
    assert [ask.field for ask in nothing.asks if ask.needed] == ["patches"]


@pytest.mark.parametrize(("on", "used"), [(-1, False), (0, True), (1, True)])
def test_a_machine_was_not_checked_before_it_was_used(world: World, on: int, used: bool) -> None:
    device = world.device()
    world.device_use(device, starts=DURING)
    plan = checked(world, device, on=DURING + timedelta(days=on))
    if used:
        assert not [one for one in plan.refusals if "使用していません" in one]
    else:
        assert f"{device.control_number}は令和8年5月31日には使用していません" in only(plan)


@pytest.mark.parametrize(("on", "used"), [(-1, True), (0, True), (1, False)])
def test_a_machine_was_not_checked_after_its_use_ended(world: World, on: int, used: bool) -> None:
    device, last = world.device(), DURING - timedelta(days=10)
    world.device_use(device, ends_on=last)
    plan = checked(world, device, on=last + timedelta(days=on))
    if used:
        assert plan.ready
    else:
        assert "の使用は令和8年5月22日に終わっています" in only(plan)


def test_a_use_that_is_only_planned_and_what_was_retired_are_no_use(world: World) -> None:
    planned_only, retired = world.device(), in_use(world, retired_on=DURING - timedelta(days=1))
    world.device_use(planned_only, status="予定")
    assert "使用していません" in only(checked(world, planned_only))
    assert "使用を終えています" in only(checked(world, retired))
    assert "使われていません" in only(checked(world, world.device()))
    assert "紙を入れる箱" in only(checked(world, in_use(world, kind="紙保管箱", encryption=None)))


@pytest.mark.parametrize(("on", "refused"), [(-1, False), (0, False), (1, True)])
def test_nothing_was_checked_on_a_day_to_come(world: World, on: int, refused: bool) -> None:
    plan = checked(world, in_use(world), on=DURING + timedelta(days=on))
    assert bool(plan.refusals) is refused


def test_whoever_had_left_has_checked_nothing(world: World) -> None:
    gone = world.worker("去った人", left_on=DURING - timedelta(days=1))
    assert "去った人は令和8年5月31日に退職している" in only(checked(world, in_use(world), by=gone.id))


@pytest.mark.parametrize(("on", "late"), [(date(2026, 5, 10), False), (date(2026, 5, 11), True)])
def test_a_late_round_stays_late(world: World, on: date, late: bool) -> None:
    device = in_use(world)
    world.device_check(device, date(2026, 4, 10))
    remarks = checked(world, device, on=on).draft.remarks
    assert any("ソフトウェア点検は、期限" in one for one in remarks) is late
    assert START < on < END


def test_a_second_check_of_one_day_is_told(world: World) -> None:
    device = in_use(world)
    world.device_check(device, DURING, action="再起動した")
    plan = checked(world, device)
    assert plan.ready
    assert about(plan.draft.remarks, device.control_number, "同じ日")
