"""使用終了: out of use for good, once the ledger proves that nothing that was entrusted is on it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.records import Device, DeviceUse, Disposal
from app.records.disposal import DisposalLine
from app.records.incident import IncidentAsset
from app.work.acts.devices.retire import RETIRE
from app.work.acts.plan import Plan
from tests.support.acting import about, only, planned, then
from tests.support.world import DURING, START, World

DAY = DURING
OVERWRITTEN = "データ消去ソフトウェアによる消去"


def retire(world: World, *devices: Device, on: date = DAY, **answers: Any) -> Plan:
    return planned(world, RETIRE, *devices, on=on, **answers)


def erase(world: World, device: Device, done: date = DAY, **values: Any) -> Disposal:
    given = {"method": OVERWRITTEN, "outcome": "合格", "status": "実績", "result": "完了", **values}
    result, planned_ = given.pop("result"), given["status"] == "予定"
    line = DisposalLine(
        device=device.id,
        item="入力データ",
        medium="PC",
        quantity=1,
        unit="台",
        result="" if planned_ else result,
        followed="再実施" if result == "不良" else "",
    )
    if planned_:
        given["outcome"] = ""
    return world.add(
        Disposal(
            contract=world.contract.id,
            done_on=done,
            lines=(line,),
            responsible=world.person("高橋次郎").id,
            **given,
        )
    )


@pytest.fixture
def device(world: World) -> Device:
    held = world.device()
    world.device_use(held)
    return held


def test_what_was_erased_ends_every_use_on_the_day(world: World, device: Device) -> None:
    erase(world, device)
    later = world.device_use(device, starts=DAY + timedelta(days=9), ends_on=DAY + timedelta(days=20))
    plan = retire(world, device)
    assert plan.ready
    assert not plan.asks
    facts = then(plan)
    assert facts.get(Device, device.id).retired_on == DAY
    assert [one.ends_on for one in facts.of(DeviceUse, "device", device.id)] == [DAY]
    assert [one.gone for one in plan.writes if one.record.id == later.id] == [
        f"{device.control_number}の使用終了"
    ]
    assert plan.draft.reason == f"使用終了　{device.control_number}（3件）"


def test_what_is_on_it_is_named_and_has_to_go_first(world: World, device: Device) -> None:
    asset = world.asset(medium="電子データ", unit="件")
    world.event(asset, "作成", 340, device=device.id)
    sentence = only(retire(world, device, unerased="急ぐため"))
    assert f"{asset.number}（申請書、340件）が残っています" in sentence
    world.disposal(asset, method=OVERWRITTEN, done=DAY, quantity=340)
    plan = retire(world, device)
    assert not plan.refusals
    assert [one.field for one in plan.asks] == ["unerased"]


def test_without_a_record_of_erasure_it_needs_a_reason_that_stays(world: World, device: Device) -> None:
    asked = retire(world, device)
    assert not asked.ready
    assert "内蔵SSD" in about((one.text for one in asked.asks), "消去・破壊した記録がありません")
    noted = world.change(device, note="リース品")
    plan = retire(world, noted, unerased="リース会社が消去するため")
    assert plan.ready
    note = then(plan).get(Device, device.id).note
    assert note.startswith("リース品\n")
    assert "リース会社が消去するため" in note
    assert about(plan.draft.remarks, "リース会社が消去するため", "消去・破壊した記録がありません")


@pytest.mark.parametrize(("days", "ready"), [(-1, False), (0, True)])
def test_an_erasure_counts_from_the_last_use_on(world: World, device: Device, days: int, ready: bool) -> None:
    asset = world.received(medium="光学媒体")
    world.event(asset, "使用", device=device.id, day=DAY)
    world.event(asset, "返還", day=DAY, hour=18, to_party="架空市", from_party="当社")
    erase(world, device, DAY + timedelta(days=days))
    assert retire(world, device).ready is ready


def test_an_erasure_after_the_day_is_none_on_it(world: World, device: Device) -> None:
    erase(world, device, DAY + timedelta(days=1))
    assert not retire(world, device, today=DAY + timedelta(days=5)).ready


@pytest.mark.parametrize(
    "values",
    [
        {"outcome": "未確認"},
        {"outcome": "不合格"},
        {"result": "不良", "outcome": "不合格"},
        {"status": "予定"},
        {"method": "磁気消去"},
    ],
)
def test_an_erasure_that_may_have_left_something_is_none(
    world: World, device: Device, values: dict[str, Any]
) -> None:
    ssd = world.change(device, kind="USBメモリ")
    erase(world, ssd, **values)
    assert not retire(world, ssd).ready


def test_what_was_read_on_it_may_still_be_there(world: World, device: Device) -> None:
    asset = world.received(medium="光学媒体")
    world.event(asset, "使用", device=device.id, day=START)
    assert asset.number in about((one.text for one in retire(world, device).asks), "残っていないことを示す")
    erase(world, device)
    assert retire(world, device).ready


def test_what_was_never_used_needs_no_erasure(world: World) -> None:
    assert retire(world, world.device()).ready


def test_a_backup_on_it_has_to_be_erased_too(world: World) -> None:
    device = world.device()
    world.backup(device=device.id)
    assert not retire(world, device).ready


def test_a_box_for_paper_is_looked_into(world: World) -> None:
    box = world.device(encryption=None, kind="紙保管箱")
    world.device_use(box)
    plan = retire(world, box)
    assert plan.ready
    assert about((one.text for one in plan.asks), "書類が残っていないか")


def test_what_was_lost_cannot_be_erased_and_says_so(world: World, device: Device) -> None:
    asset = world.asset(medium="電子データ", unit="件")
    world.event(asset, "作成", device=device.id)
    stolen = world.incident("盗難", found=DAY, assets=(IncidentAsset(device=device.id),))
    asked = retire(world, device)
    assert not asked.refusals
    assert asset.number in about((one.text for one in asked.asks), stolen.number, "消去されないまま")
    plan = retire(world, device, unerased="盗難のため")
    assert plan.ready
    assert about(plan.draft.remarks, stolen.number)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_use_that_began_since_is_not_rewritten(world: World, device: Device, days: int) -> None:
    on = START + timedelta(days=days)
    erase(world, device, on)
    plan = retire(world, device, on=on)
    assert plan.ready == (days >= 0)
    if days < 0:
        assert "に始まっています" in only(plan)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_it_was_in_use_until_it_was_used_last(world: World, device: Device, days: int) -> None:
    asset = world.received(medium="光学媒体")
    used = DAY - timedelta(days=5)
    world.event(asset, "使用", device=device.id, day=used)
    plan = retire(world, device, on=used + timedelta(days=days), unerased="急ぐため")
    assert plan.ready == (days >= 0)
    if days < 0:
        assert "取扱い（使用）" in only(plan)


def test_it_is_taken_out_of_use_once_and_not_before_it_came(world: World, device: Device) -> None:
    erase(world, device)
    gone = world.change(device, retired_on=START)
    assert "既に" in only(retire(world, gone))
    young = world.change(device, retired_on=None, introduced_on=DAY + timedelta(days=1))
    assert "導入日" in only(retire(world, young))


def test_one_that_is_out_has_to_come_back_before_its_use_ends(world: World, device: Device) -> None:
    out = world.place("市役所", kind="発注者の施設")
    world.device_use(device, starts=START + timedelta(days=1), location=out.id)
    plan = retire(world, device, unerased="返却済み")
    assert not plan.writes
    assert "市役所に持ち出されています。先に「機器の持帰り」" in only(plan)
    assert not plan.draft.remarks, "nothing is said of what would be kept: nothing is"


def test_what_was_lost_or_lent_by_the_client_need_not_come_back(world: World, device: Device) -> None:
    out = world.place("市役所", kind="発注者の施設")
    (use,) = world.facts().of(DeviceUse, "device", device.id)
    world.change(use, location=out.id)
    lent = world.change(device, owner="貸与")
    plan = retire(world, lent, unerased="発注者が消去する")
    assert plan.ready
    assert about(plan.draft.remarks, "市役所", "持ち帰ったか")
    own = world.change(lent, owner="自社")
    world.incident("盗難", found=DAY, assets=(IncidentAsset(device=device.id),))
    assert retire(world, own, unerased="盗難のため").ready


def test_many_at_once_and_no_day_yet(world: World, device: Device) -> None:
    second = world.device()
    erase(world, device)
    assert retire(world, device, second).ready
    assert [one.field for one in planned(world, RETIRE, device).asks if one.needed] == ["on"]
