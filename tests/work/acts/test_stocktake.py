"""現物確認（棚卸）: what nobody looked at is not found, and what should not be there is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import load
from app.records import Check, Device, Location
from app.records.check import Result
from app.work.acts.plan import Ground, Plan, with_values
from app.work.acts.stock.expected import expected_at
from app.work.acts.stock.labelled import called, label_code, stand_in
from app.work.acts.stock.rows import Seen
from app.work.acts.stock.stocktake import STOCKTAKE
from app.work.acts.stock.tally import Entry, entries, tally, written
from tests.support.acting import about, new, only, planned
from tests.support.world import DURING, World

CATALOGUE = load()
ONE = timedelta(days=1)


@pytest.fixture
def world() -> World:
    made = World(CATALOGUE)
    made.under("kimitsu-hoji")
    return made


@pytest.fixture
def room(world: World) -> Location:
    return world.place(name="作業室")


def kept(world: World, place: Location | None, number: str, **values: Any) -> Device:
    device = world.device(control_number=number, **values)
    world.device_use(device, location=place.id if place else None)
    return device


def looked(world: World, place: Location, *said: str, **answers: Any) -> Plan:
    return planned(world, STOCKTAKE, place, **{"seen": "\n".join(said), **answers})


def results(plan: Plan) -> dict[str, str]:
    (made,) = (one.record for one in plan.writes if isinstance(one.record, Check))
    return {row.item: row.result for row in made.items}


def test_what_was_not_looked_at_is_unconfirmed_and_never_found(world: World, room: Location) -> None:
    for number in ("PC-001", "PC-002", "PC-003"):
        kept(world, room, number)
    plan = looked(world, room, "PC-001", "PC-003 なし", action="所在を照会した")
    assert plan.ready
    assert results(plan) == {"PC-001の所在": "適", "PC-002の所在": "未確認", "PC-003の所在": "不適"}
    assert about((one.text for one in plan.asks), "PC-002", "未確認")
    (made,) = new(plan, Check)
    assert (made.kind, made.location, made.finished, made.good) == ("保管状況", room.id, False, False)
    nothing = looked(world, room)
    assert not nothing.ready
    assert not nothing.writes
    assert [one.field for one in nothing.asks if one.needed] == ["seen"]


@pytest.mark.parametrize("typed", ["pc-001", "ＰＣ－００１", "PC001", "ＰＣー００１", " PC-001 ", "SN-77"])
def test_a_number_is_known_in_any_width(world: World, room: Location, typed: str) -> None:
    kept(world, room, "PC-001", serial="SN-77")
    assert results(looked(world, room, typed)) == {"PC-001の所在": "適"}


def test_a_number_that_means_two_things_means_none(world: World, room: Location) -> None:
    kept(world, room, "PC-11")
    kept(world, room, "PC1-1")
    rows = tally(world.facts(), room, DURING, "PC11")
    assert [one.seen for one in rows] == [Seen.OPEN, Seen.OPEN, Seen.UNKNOWN]


def test_what_should_not_be_there_is_told_in_one_sentence_each(world: World, room: Location) -> None:
    other = world.place(name="別室")
    kept(world, room, "PC-001")
    kept(world, other, "PC-002")
    kept(world, None, "PC-003")
    kept(world, room, "PC-004", retired_on=DURING - ONE)
    world.device(control_number="PC-005")
    plan = looked(world, room, "PC-001", "PC-002", "PC-003", "PC-004", "PC-005", "ZZ-9", action="確認中")
    assert plan.ready
    assert results(plan) == {
        "PC-001の所在": "適",
        "PC-002の所在": "不適",
        "PC-003の所在": "不適",
        "PC-004の所在": "不適",
        "PC-005の所在": "不適",
        "台帳にない番号「ZZ-9」": "不適",
    }
    remarks = plan.draft.remarks
    assert "別室" in about(remarks, "PC-002")
    assert "場所の登録がありません" in about(remarks, "PC-003")
    assert "令和8年5月31日に使用を終えた" in about(remarks, "PC-004")
    assert "使用の登録がありません" in about(remarks, "PC-005")
    assert "台帳にない番号" in about(remarks, "ZZ-9")
    assert not looked(world, room, "PC-001", "ZZ-9").ready, "what does not fit needs its measure"


@pytest.mark.parametrize(("on", "expected"), [(-1, True), (0, True), (1, False)])
def test_what_is_retired_is_expected_until_its_last_day(
    world: World, room: Location, on: int, expected: bool
) -> None:
    kept(world, room, "PC-001", retired_on=DURING)
    assert bool(expected_at(world.facts(), room, DURING + timedelta(days=on))) is expected


@pytest.mark.parametrize(("on", "expected"), [(-1, False), (0, True), (1, True)])
def test_what_begins_to_be_used_is_expected_from_that_day(
    world: World, room: Location, on: int, expected: bool
) -> None:
    world.device_use(world.device(), starts=DURING, location=room.id)
    assert bool(expected_at(world.facts(), room, DURING + timedelta(days=on))) is expected


def test_what_is_out_is_not_expected_and_is_told_when_it_is_seen(world: World, room: Location) -> None:
    out = world.place(name="市役所", kind="持出し先")
    kept(world, room, "PC-001")
    device = kept(world, room, "PC-002")
    world.device_use(device, starts=DURING, location=out.id)
    assert [one.device.control_number for one in expected_at(world.facts(), room, DURING)] == ["PC-001"]
    plan = looked(world, room, "PC-001", "PC-002", action="持帰りを登録する")
    assert "持出し中（市役所）" in about(plan.draft.remarks, "PC-002")


def test_what_is_missing_and_out_of_place_leads_on(world: World, room: Location) -> None:
    first, other = kept(world, room, "PC-001"), world.place(name="別室")
    strayed = kept(world, other, "PC-002")
    plan = looked(world, room, "PC-001 なし", "PC-002", action="照会中")
    assert [(one.act, one.ids) for one in plan.draft.follows] == [
        ("lose", (first.id,)),
        ("move", (strayed.id,)),
    ]
    assert plan.draft.follows[1].said == {"to": room.id}
    assert not looked(world, room, "PC-001").draft.follows


def test_what_was_broken_off_is_gone_on_with(world: World, room: Location) -> None:
    for number in ("PC-001", "PC-002"):
        kept(world, room, number)
    kept(world, world.place(name="別室"), "PC-003")
    kept(world, room, "PC-004")
    begun = looked(world, room, "PC-001", "PC-003", "PC-004 なし", "ZZ-9", action="確認中", on=DURING)
    (made,) = new(begun, Check)
    world.add(with_values(made, id=0))
    later = DURING + ONE
    plan = planned(world, STOCKTAKE, room, today=later)
    assert results(plan) == results(begun), "all that was seen by then, and nothing else"
    given = STOCKTAKE.given(_ground(world, later), (room,))
    finished = planned(world, STOCKTAKE, room, today=later, seen=f"{given['seen']}\nPC-002")
    (write,) = finished.writes
    assert write.before is not None
    assert isinstance(write.record, Check)
    assert (write.record.finished, write.record.done_on) == (True, later)
    assert results(finished)["台帳にない番号「ZZ-9」"] == Result.BAD
    anew = planned(world, STOCKTAKE, room, today=later, seen="PC-001", former=None)
    assert anew.writes[0].before is None


@pytest.mark.parametrize(("days", "known"), [(30, True), (31, True), (32, False)])
def test_what_was_broken_off_long_ago_is_begun_anew(
    world: World, room: Location, days: int, known: bool
) -> None:
    for number in ("PC-001", "PC-002"):
        kept(world, room, number)
    (made,) = new(looked(world, room, "PC-001"), Check)
    world.add(with_values(made, id=0))
    given = STOCKTAKE.given(_ground(world, DURING + timedelta(days=days)), (room,))
    assert ("former" in given) is known


@pytest.mark.parametrize(("on", "refused"), [(-1, False), (0, False), (1, True)])
def test_nothing_was_seen_on_a_day_to_come(world: World, room: Location, on: int, refused: bool) -> None:
    kept(world, room, "PC-001")
    plan = looked(world, room, "PC-001", on=DURING + timedelta(days=on))
    assert bool(plan.refusals) is refused


def test_where_nothing_should_be_there_is_nothing_to_look_for(world: World, room: Location) -> None:
    kept(world, world.place(name="別室"), "PC-001")
    assert "登録されていません" in only(looked(world, room, "PC-001"))
    assert not STOCKTAKE.offered(_ground(world, DURING), room)
    gone = world.worker("去った人", left_on=DURING - ONE)
    kept(world, room, "PC-002")
    assert "退職" in only(looked(world, room, "PC-002", by=gone.id))


def test_a_contract_narrows_what_is_looked_for(world: World, room: Location) -> None:
    kept(world, room, "PC-001")
    own = world.contract
    other = world.add(with_values(own, id=0, number="R8-002"))
    device = world.device(control_number="PC-002")
    world.device_use(device, location=room.id, contract=other.id)
    plan = looked(world, room, "PC-002", contract=other.id)
    assert results(plan) == {"PC-002の所在": "適"}
    (made,) = new(plan, Check)
    assert made.contract_ids == (other.id,)
    assert looked(world, room, "PC-001", contract=other.id).draft.remarks[0].endswith("登録されています。")


def test_a_label_says_what_a_scanner_can_type(world: World) -> None:
    plain, named = world.device(control_number="pc-001"), world.device(control_number="総務－１号")
    long = world.device(control_number="A" * 21)
    assert label_code(plain) == "PC-001"
    devices = (plain, named, long)
    for device in devices:
        assert called(devices, label_code(device)) is device
    assert label_code(named) == stand_in(named)
    renamed = with_values(named, control_number="総務－２号")
    assert called((plain, renamed), stand_in(named)) is None, "an old label means nothing"


def test_what_is_said_is_said_again(world: World) -> None:
    text = "PC-001、PC-002 なし\n\n総務 PC　なし,X"
    said = (Entry("PC-001"), Entry("PC-002", absent=True), Entry("総務 PC", absent=True), Entry("X"))
    assert entries(text) == said
    assert entries(written(said)) == said
    assert entries("") == ()
    assert entries("なし") == (Entry("なし"),)


def _ground(world: World, today: date) -> Ground:
    return Ground(world.facts(), world.catalogue, world.forms, today)
