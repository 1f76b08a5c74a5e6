"""移動: devices stand elsewhere from a day on, and what was until the day before stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from app.duties.case import Case
from app.records import Contract, Device, DeviceUse, Location, LocationUse
from app.work.acts.devices.move import MOVE
from app.work.acts.plan import Plan
from forms import all_forms
from tests.support.acting import about, new, only, planned, then
from tests.support.leading import office_of
from tests.support.world import DURING, END, START, World

DAY = DURING + timedelta(days=10)
EVE = DAY - timedelta(days=1)


class Office:
    """A device of one contract in one office, and another office to go to."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.home, self.away = world.place("本社", **KEPT), world.place("支店", **KEPT)
        world.use(self.home)
        self.device = world.device()
        self.use = world.device_use(self.device, location=self.home.id)

    def move(self, *devices: Device, to: Location | None = None, on: date = DAY, **answers: Any) -> Plan:
        place = to or self.away
        return planned(self.world, MOVE, *(devices or (self.device,)), to=place.id, on=on, **answers)

    def another(self, **values: Any) -> Contract:
        held = replace(self.world.contract, number="R8-002", title="別の業務", **values)
        return self.world.add(held)


KEPT = {"area": "取扱区域", "entry_control": "ICカード"}


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def standing(plan: Plan, device: Device, day: date) -> list[int | None]:
    """Where the device stands on a day after the plan, contract by contract."""
    return [
        use.location
        for use in then(plan).of(DeviceUse, "device", device.id)
        if use.starts_on <= day and (use.ends_on is None or day <= use.ends_on)
    ]


def test_the_day_before_it_stood_there_and_from_the_day_on_here(office: Office) -> None:
    plan = office.move()
    assert plan.ready
    assert standing(plan, office.device, EVE) == [office.home.id]
    assert standing(plan, office.device, DAY) == [office.away.id]
    assert standing(plan, office.device, DAY + timedelta(days=1)) == [office.away.id]


def test_a_place_new_to_the_contract_is_planned_too_and_notified_beforehand(office: Office) -> None:
    office.world.clause("work-location", "before-start", "on-change", submit="beforehand")
    plan = office.move(why="増員のため")
    (use,) = new(plan, LocationUse)
    assert (use.location, use.purpose, use.starts_on) == (office.away.id, "入力作業", DAY)
    assert use.change_reason == "増員のため"
    (paper,) = [one for one in plan.papers if one.form == "location-notice" and "支店" in one.text]
    assert paper.due is not None
    assert paper.due <= EVE
    assert about((one.text for one in plan.asks), "支店", "用途", "入力作業")
    assert plan.draft.reason == f"移動　{office.device.control_number}（3件）　増員のため"


def test_what_the_place_is_used_for_is_asked_where_nothing_tells_it(world: World) -> None:
    device, place = world.device(), world.place("支店")
    world.device_use(device)
    asked = planned(world, MOVE, device, to=place.id, on=DAY)
    assert not asked.ready
    assert [one.field for one in asked.asks if one.needed] == ["purpose"]
    told = planned(world, MOVE, device, to=place.id, on=DAY, purpose="検査")
    assert told.ready
    assert [one.purpose for one in new(told, LocationUse)] == ["検査"]


def test_why_is_asked_where_a_notice_says_it(office: Office) -> None:
    assert [one.field for one in office.move().asks if one.field == "why"] == ["why"]
    assert not any(one.field == "why" for one in office.move(why="増員").asks)


def test_many_devices_of_many_contracts_move_at_once(office: Office) -> None:
    world, second = office.world, office.world.device()
    world.use(office.away)
    world.device_use(second, location=office.home.id)
    other = office.another()
    world.add(replace(office.use, id=0, contract=other.id))
    plan = office.move(office.device, second, purpose="検査")
    assert standing(plan, office.device, DAY) == [office.away.id] * 2
    assert standing(plan, second, DAY) == [office.away.id]
    assert [one.contract for one in new(plan, LocationUse)] == [other.id]
    one = office.move(office.device, contract=other.id, purpose="検査")
    assert sorted(map(str, standing(one, office.device, DAY))) == sorted(
        map(str, (office.home.id, office.away.id))
    )


def test_the_approval_of_the_former_place_does_not_come_along(office: Office) -> None:
    world = office.world
    approval = world.approval("機器持出", office.device)
    world.change(office.use, approval=approval.id, reason="調査のため")
    (use,) = new(office.move(), DeviceUse)
    assert (use.approval, use.reason) == (None, "")


def test_the_reason_for_a_private_device_comes_along(office: Office) -> None:
    world = office.world
    world.change(office.device, owner="私物")
    world.change(office.use, reason="貸与が間に合わないため")
    (use,) = new(office.move(office.world.facts().get(Device, office.device.id)), DeviceUse)
    assert use.reason == "貸与が間に合わないため"


def test_what_moves_on_its_first_day_is_there_from_its_beginning(office: Office) -> None:
    plan = office.move(on=START)
    assert standing(plan, office.device, START) == [office.away.id]
    assert not new(plan, DeviceUse)


def test_what_is_to_begin_later_will_begin_there(office: Office) -> None:
    later = office.world.change(office.use, starts_on=DAY + timedelta(days=5))
    plan = office.move()
    assert standing(plan, office.device, later.starts_on) == [office.away.id]
    assert [one.starts_on for one in new(plan, LocationUse)] == [later.starts_on]
    assert about(plan.draft.remarks, "予定でした", "本社")


@pytest.mark.parametrize(
    ("on", "words"),
    [(START - timedelta(days=1), "に始まっています"), (END + timedelta(days=1), "に終わっています")],
)
def test_a_day_on_which_it_was_not_used_is_refused(office: Office, on: date, words: str) -> None:
    assert words in only(office.move(on=on))


@pytest.mark.parametrize("on", [START, END])
def test_the_first_and_the_last_day_are_not(office: Office, on: date) -> None:
    assert office.move(on=on).ready


def test_where_it_stands_already_it_cannot_be_moved_to(office: Office) -> None:
    assert "既に本社にあります" in only(office.move(to=office.home))


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_retired_device_is_moved_until_its_last_day(office: Office, days: int) -> None:
    device = office.world.change(office.device, retired_on=DAY + timedelta(days=days))
    plan = office.move(device)
    assert plan.ready == (days >= 0)
    if days < 0:
        assert "使用を終えています" in only(plan)


def test_what_no_contract_uses_cannot_be_moved(office: Office) -> None:
    assert "どの契約でも使われていません" in only(office.move(office.world.device()))
    other = office.another()
    assert f"{other.number}では使われていません" in only(office.move(contract=other.id))
    office.world.change(office.use, ends_on=EVE)
    assert "使用は" in only(office.move())


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_place_given_up_is_used_until_its_last_day(office: Office, days: int) -> None:
    office.world.use(office.away, ends=DAY + timedelta(days=days))
    plan = office.move()
    assert plan.ready == (days >= 0)
    if days < 0:
        assert "支店の使用は" in only(plan)
        assert "に終わっています" in only(plan)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_place_is_not_used_before_its_first_day(office: Office, days: int) -> None:
    office.world.use(office.away, starts=DAY + timedelta(days=days))
    plan = office.move()
    assert plan.ready == (days <= 0)
    if days > 0:
        assert "からです" in only(plan)


def test_the_clients_building_is_no_place_to_move_to(office: Office) -> None:
    client = office.world.place("市役所", kind="発注者の施設")
    assert "機器の持出し" in only(office.move(to=client))


def test_what_is_doubtful_of_the_place_is_said(office: Office) -> None:
    clause = office.world.clause("domestic-storage")
    abroad = office.world.place("海外室", country="韓国", lock="なし", **KEPT)
    remarks = office.move(to=abroad).draft.remarks
    assert clause.number in about(remarks, "国外（韓国）")
    assert about(remarks, "施錠が「なし」")
    bare = office.world.place("空室", country="", room="", lock="")
    remarks = office.move(to=bare).draft.remarks
    assert about(remarks, "国が登録されていません")
    assert about(remarks, "建物・階・室、区域、施錠、入退室管理が登録されていません")
    assert not office.move().draft.remarks


def test_data_on_it_that_the_ledger_keeps_elsewhere_is_named(office: Office) -> None:
    asset = office.world.asset(medium="電子データ", unit="件")
    office.world.event(asset, "作成", device=office.device.id, location=office.home.id)
    assert about((one.text for one in office.move().asks), asset.number, "保管場所変更")


def test_nothing_is_planned_before_place_and_day_are_known(office: Office) -> None:
    plan = planned(office.world, MOVE, office.device)
    assert [one.field for one in plan.asks if one.needed] == ["to", "on"]
    assert not plan.writes


def sent_out(office: Office, starts: date, **values: Any) -> DeviceUse:
    """The device at somebody else's from a day on, and at home until the day before."""
    office.world.change(office.use, ends_on=starts - timedelta(days=1))
    hall = office.world.place("市役所", kind="発注者の施設")
    return office.world.device_use(office.device, starts=starts, location=hall.id, **values)


@pytest.mark.parametrize("days", [-1, 0])
def test_what_is_out_is_not_said_to_be_back_because_somebody_moves_it(office: Office, days: int) -> None:
    sent_out(office, DAY + timedelta(days=days))
    plan = office.move()
    assert not plan.writes
    assert "市役所に持ち出されています" in only(plan)
    assert "先に「機器の持帰り」を登録してください" in only(plan)


def test_a_trip_that_begins_the_day_after_stays_as_it_is_planned(office: Office) -> None:
    world = office.world
    approval = world.approval("機器持出", office.device)
    trip = sent_out(office, DAY + timedelta(days=1), approval=approval.id, return_by=END)
    plan = office.move()
    assert plan.ready
    assert then(plan).get(DeviceUse, trip.id) == trip
    assert standing(plan, office.device, DAY) == [office.away.id]
    assert standing(plan, office.device, trip.starts_on) == [trip.location]
    assert about(plan.draft.remarks, "市役所への持出しの予定は、このまま残ります")


def test_of_another_contract_it_is_moved_and_the_trip_is_told(office: Office) -> None:
    trip = sent_out(office, START + timedelta(days=1))
    other = office.another()
    office.world.add(replace(office.use, id=0, contract=other.id, ends_on=None))
    assert "移す契約を選んでください" in only(office.move(purpose="検査"))
    plan = office.move(contract=other.id, purpose="検査")
    assert plan.ready
    assert then(plan).get(DeviceUse, trip.id) == trip
    assert about(plan.draft.remarks, "市役所に持ち出されています", "このまま残ります")


@pytest.mark.parametrize("days", [1, 7])
def test_a_move_ahead_calls_for_the_register_which_can_be_made_today(shipped: Catalogue, days: int) -> None:
    forms = all_forms()
    world = office_of(shipped, forms)
    world.clause_called("機器の台帳", "equipment-register", "before-start", "on-change", submit="beforehand")
    world.issue("device-register", on=START, submitted=START)
    (device,), today = world.facts().all(Device), DURING
    day = today + timedelta(days=days)
    other = world.place("支店", store="金庫", **KEPT)
    plan = planned(world, MOVE, device, to=other.id, on=day, purpose="入力", why="増員")
    assert plan.ready
    (paper,) = [one for one in plan.papers if one.form == "device-register"]
    assert paper.due is not None
    assert paper.due < day
    facts = then(plan)
    made = forms[paper.form].gather(Case(facts, world.catalogue, world.contract, today, forms=forms))
    old, new_ = made.facts["rows"]
    assert (old["設置・保管場所"], new_["設置・保管場所"]) == ("本社", "支店")
    assert old["使用終了日"].endswith("（予定）") is (days > 1), "its last day may be today"
    assert new_["使用開始日"].endswith("（予定）")
