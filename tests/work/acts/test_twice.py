"""What is entered twice is refused with what stands, and with how to enter one that is really another."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from app.records import Device, Incident, Record
from app.records.days import DayOnly
from app.work.acts.audits.announce import ANNOUNCE
from app.work.acts.devices.lose import LOSE
from app.work.acts.handing.receive import RECEIVE
from app.work.acts.handing.rows import ReceivedThing
from app.work.acts.incidents.report import REPORT
from app.work.acts.plan import Misfit, Plan
from app.work.acts.rounds.check_devices import CHECK_DEVICES
from tests.support.acting import planned
from tests.support.world import DURING, World

DAY = timedelta(days=1)
FOUND = datetime.combine(DURING, time(17, 30))
SHEETS = ReceivedThing(item="申請書", classification="個人情報", medium="紙", quantity=3, unit="枚")


def write(world: World, plan: Plan, numbers: str = "") -> None:
    """Put what a plan writes into the world, with a number where the ledger would give one."""
    assert plan.ready, plan.refusals
    renamed: dict[int, int] = {}
    for one in plan.writes:
        record: Record = one.record
        values: dict[str, Any] = {"id": 0}
        if name := record.spec.number_field:
            values[name] = getattr(record, name) or f"{numbers}{len(renamed) + 1}"
        if (asset := getattr(record, "asset", None)) in renamed:
            values["asset"] = renamed[asset]
        renamed[record.id] = world.add(replace(record, **values)).id


@pytest.fixture
def stick(world: World) -> Device:
    device = world.device(kind="USBメモリ")
    world.device_use(device)
    return device


def lose(world: World, *devices: Device, **answers: Any) -> Plan:
    return planned(world, LOSE, *devices, **{"kind": "紛失", "found": FOUND, "by": "佐藤", **answers})


@pytest.mark.parametrize(
    ("answers", "again"),
    [
        ({}, True),
        ({"kind": "盗難", "by": "鈴木"}, True),
        ({"found": FOUND + timedelta(minutes=1)}, False),
        ({"found": DayOnly(DURING)}, False),
    ],
)
def test_one_accident_is_not_entered_twice(
    world: World, stick: Device, answers: dict[str, Any], again: bool
) -> None:
    write(world, lose(world, stick), "I-9")
    plan = lose(world, stick, **answers)
    assert plan.ready is not again
    if again:
        (said,) = plan.refusals
        assert "I-91としてR8-001に登録されています" in said
        assert "別の事故のときは" in said


def test_one_accident_of_a_day_without_an_hour_is_not_entered_twice(world: World, stick: Device) -> None:
    write(world, lose(world, stick, found=DayOnly(DURING)), "I-9")
    assert not lose(world, stick, found=DayOnly(DURING)).ready
    assert lose(world, stick, found=DayOnly(DURING - DAY)).ready


def test_two_things_lost_at_one_moment_are_two_accidents(world: World, stick: Device) -> None:
    other = world.device(kind="USBメモリ")
    world.device_use(other)
    write(world, lose(world, stick), "I-9")
    assert lose(world, other).ready
    assert not lose(world, stick, other).ready


def test_an_accident_without_a_thing_is_known_by_its_words(world: World) -> None:
    given: dict[str, Any] = {"kind": "誤送付・誤交付", "found": FOUND}
    write(world, planned(world, REPORT, world.contract, **given), "I-9")
    assert not planned(world, REPORT, world.contract, **given).ready
    assert planned(world, REPORT, world.contract, **{**given, "kind": "ウイルス感染"}).ready


@pytest.mark.parametrize(
    ("answers", "again"),
    [
        ({}, True),
        ({"auditor": "監査課 山本"}, True),
        ({"planned_on": DURING + 3 * DAY}, False),
        ({"kind": "実地調査"}, False),
        ({"announced_on": DURING - DAY}, False),
    ],
)
def test_one_announcement_is_not_entered_twice(world: World, answers: dict[str, Any], again: bool) -> None:
    given: dict[str, Any] = {"planned_on": DURING + 2 * DAY}
    write(world, planned(world, ANNOUNCE, world.contract, **given), "AU-9")
    plan = planned(world, ANNOUNCE, world.contract, **{**given, **answers})
    assert plan.ready is not again
    if again:
        (said,) = plan.refusals
        assert "AU-91としてR8-001に登録されています" in said
        assert "別の監査・調査のときは" in said


def test_a_second_audit_of_the_day_at_another_place_is_one(world: World) -> None:
    given: dict[str, Any] = {"planned_on": DURING + 2 * DAY}
    write(world, planned(world, ANNOUNCE, world.contract, **given), "AU-9")
    assert planned(world, ANNOUNCE, world.contract, **given, location=world.place().id).ready


def test_one_check_is_not_entered_twice(world: World, stick: Device) -> None:
    given: dict[str, Any] = {"on": DURING, "patches": True, "anti_malware": True, "forbidden": False}
    write(world, planned(world, CHECK_DEVICES, stick, **given))
    (said,) = planned(world, CHECK_DEVICES, stick, **given).refusals
    assert "同じ内容のソフトウェア点検" in said
    assert planned(world, CHECK_DEVICES, stick, **given, action="再起動した").ready


def test_one_receipt_is_not_typed_twice(world: World) -> None:
    given: dict[str, Any] = {
        "things": (SHEETS,),
        "on": DayOnly(DURING),
        "place": "市役所",
        "method": "手渡し",
    }
    write(world, planned(world, RECEIVE, world.contract, **given), "A-9")
    plan = planned(world, RECEIVE, world.contract, **given)
    (said,) = plan.refusals
    assert isinstance(said, Misfit)
    assert said.path == "things.1.item"
    assert "同じ日時" in said
    sealed = replace(SHEETS, identifier="封-2")
    assert planned(world, RECEIVE, world.contract, **{**given, "things": (sealed,)}).ready
    assert planned(world, RECEIVE, world.contract, **{**given, "on": FOUND}).ready


def test_what_was_put_right_stands_in_no_way(world: World, stick: Device) -> None:
    write(world, lose(world, stick), "I-9")
    (incident,) = world.facts().all(Incident)
    world.change(incident, found_at=FOUND - timedelta(hours=2))
    assert lose(world, stick).ready
