"""紛失・盗難・誤送付: an incident for every contract concerned, with what was on the thing on that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from app.records import Client, Contract, Device, DeviceUse, Disposal, Incident
from app.records.days import DayOnly
from app.records.device import FormerDeviceFact, Storage
from app.records.disposal import DisposalLine
from app.work.acts.devices.accident import Mishap
from app.work.acts.devices.lose import LOSE, LOSE_ASSET
from app.work.acts.plan import Plan
from tests.support.acting import about, new, only, planned, then
from tests.support.world import DURING, START, World

DAY = DURING
FOUND = datetime.combine(DAY, time(17, 30))

TELEPHONE = "000-111-2200"


def lose(world: World, *devices: Device, **answers: Any) -> Plan:
    return planned(world, LOSE, *devices, **{"kind": "紛失", "found": FOUND, "by": "業務部 佐藤", **answers})


def another(world: World, **values: Any) -> Contract:
    return world.add(replace(world.contract, number="R8-002", title="別の業務", **values))


@pytest.fixture
def stick(world: World) -> Device:
    device = world.device(kind="USBメモリ")
    world.device_use(device, person=world.person("鈴木次郎").id, location=world.place().id)
    world.change(world.facts().all(Client)[0], telephone=TELEPHONE, contact="森下", department="保険課")
    return device


def test_what_was_on_it_and_who_is_to_be_telephoned(world: World, stick: Device) -> None:
    asset = world.asset(medium="電子データ", unit="件", persons=340)
    world.event(asset, "作成", 340, device=stick.id)
    plan = lose(world, stick, place="電車内", how="かばんを開けて")
    assert plan.ready
    (incident,) = new(plan, Incident)
    (row,) = incident.assets
    assert (row.asset, row.device, row.quantity, row.persons) == (asset.id, stick.id, 340, 340)
    assert row.known_on == DAY
    assert (incident.kinds, incident.found_by) == (("滅失", "おそれ"), "業務部 佐藤")
    assert (incident.place, incident.found_how) == ("電車内", "かばんを開けて")
    assert "紛失" in incident.circumstances
    assert plan.draft.remarks[0] == f"すぐに電話する相手：架空市　保険課 森下　電話{TELEPHONE}（R8-001）"
    assert about(plan.draft.remarks, "鈴木次郎", "本社")
    assert plan.draft.reason == f"紛失　{stick.control_number}（1件）"


def test_the_first_report_is_the_first_paper(world: World, stick: Device) -> None:
    world.clause("incident-notice", "each-time", urgency="直ちに", stages=2)
    paper = lose(world, stick).papers[0]
    assert (paper.form, paper.contract) == ("incident-first", world.contract.id)
    assert paper.due is not None
    assert stick.control_number in paper.text
    assert "事故（発見令和8年6月1日17時30分）" in paper.text


def test_the_first_report_is_called_for_whatever_the_annex_says(world: World, stick: Device) -> None:
    assert [one.form for one in lose(world, stick).papers] == ["incident-first"]


def test_nothing_about_the_thing_is_ended(world: World, stick: Device) -> None:
    plan = lose(world, stick)
    assert {type(one.record) for one in plan.writes} == {Incident}
    assert then(plan).get(Device, stick.id) == stick


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_every_contract_that_used_it_on_that_day(world: World, stick: Device, days: int) -> None:
    other = another(world)
    world.device_use(stick, contract=other.id, ends_on=DAY + timedelta(days=days))
    concerned = [one.contract for one in new(lose(world, stick), Incident)]
    assert concerned == [world.contract.id, *([other.id] if days >= 0 else [])]


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_from_the_day_on_which_it_happened(world: World, stick: Device, days: int) -> None:
    """Between the loss and its discovery the use was ended: the loss is told to that client all the same."""
    happened = datetime.combine(DAY - timedelta(days=12), time(9))
    other = another(world)
    world.device_use(stick, contract=other.id, ends_on=happened.date() + timedelta(days=days))
    found = new(lose(world, stick, happened=happened), Incident)
    assert len(found) == (2 if days >= 0 else 1)
    assert found[0].happened_at == happened
    assert found[0].happened_known_on == DAY


def test_the_contract_whose_information_is_on_it_though_it_does_not_use_it(world: World) -> None:
    stick, asset = world.device(), world.asset(medium="電子データ", unit="件")
    world.event(asset, "複写", device=stick.id)
    assert [one.contract for one in new(lose(world, stick), Incident)] == [world.contract.id]


def test_what_was_destroyed_before_is_not_on_it(world: World, stick: Device) -> None:
    asset = world.asset(medium="電子データ", unit="件")
    world.event(asset, "作成", device=stick.id)
    world.disposal(asset, method="データ消去ソフトウェアによる消去", done=DAY - timedelta(days=1))
    plan = lose(world, stick)
    assert [row.asset for row in new(plan, Incident)[0].assets] == [None]
    assert about((one.text for one in plan.asks), "入っていた記録はありません")


def test_what_was_put_elsewhere_since_may_be_on_it_still(world: World, stick: Device) -> None:
    asset, other = world.asset(medium="電子データ", unit="件"), world.device()
    world.event(asset, "作成", device=stick.id)
    world.event(asset, "使用", device=other.id, day=START + timedelta(days=1))
    plan = lose(world, stick)
    assert [row.asset for row in new(plan, Incident)[0].assets] == [None]
    assert asset.number in about((one.text for one in plan.asks), "残っていなかったか")


def test_a_disc_that_was_read_on_it_is_no_more_than_a_question(world: World, stick: Device) -> None:
    asset = world.received(medium="光学媒体")
    world.event(asset, "使用", device=stick.id, day=START + timedelta(days=1))
    assert asset.number in about((one.text for one in lose(world, stick).asks), "残っていなかったか")


@pytest.mark.parametrize(("days", "words"), [(-1, "暗号化なし"), (0, "暗号化なし"), (1, "全体を暗号化")])
def test_its_protection_is_that_of_the_day(world: World, stick: Device, days: int, words: str) -> None:
    """It is encrypted now, and was not until the day of the change."""
    bare = FormerDeviceFact(what="記憶装置", was="内蔵SSD／なし", until=DAY)
    device = world.change(stick, former=(bare,))
    found = FOUND + timedelta(days=days)
    (incident,) = new(lose(world, device, found=found, today=found.date()), Incident)
    assert words in incident.protection


def test_what_the_ledger_does_not_say_of_its_protection_is_not_said(world: World) -> None:
    device = world.device(encryption=None)
    world.device_use(device)
    assert "未確認" in new(lose(world, device), Incident)[0].protection


def test_an_encrypted_disk_is_no_protection_against_a_leak(world: World, stick: Device) -> None:
    assert new(lose(world, stick, kind="ウイルス感染"), Incident)[0].protection == ""
    assert new(lose(world, stick, kind="漏えい"), Incident)[0].protection == ""
    assert new(lose(world, stick, kind="盗難"), Incident)[0].protection


def test_many_storages_are_never_cut_off(world: World) -> None:
    rows = tuple(
        Storage(name=f"記憶装置{number}", encryption="全体", tool="BitLocker") for number in range(9)
    )
    device = world.device(storages=(*rows, Storage(name="最後の装置", encryption="なし")))
    world.device_use(device)
    (incident,) = new(lose(world, device), Incident)
    assert "状況" in incident.protection
    assert "最後の装置は暗号化なし" in incident.circumstances


def test_several_things_lost_together_are_one_incident_of_a_contract(world: World, stick: Device) -> None:
    second = world.device()
    world.device_use(second)
    (incident,) = new(lose(world, stick, second), Incident)
    assert [row.device for row in incident.assets] == [stick.id, second.id]


@pytest.mark.parametrize("kind", list(Mishap))
def test_each_word_of_the_officer_is_a_kind_of_incident(world: World, stick: Device, kind: str) -> None:
    plan = lose(world, stick, kind=kind)
    assert plan.ready
    assert new(plan, Incident)[0].kinds


@pytest.mark.parametrize(("minutes", "ready"), [(-1, True), (0, True), (1, False)])
def test_it_is_not_found_before_it_happened(world: World, stick: Device, minutes: int, ready: bool) -> None:
    plan = lose(world, stick, happened=FOUND + timedelta(minutes=minutes))
    assert plan.ready is ready
    if not ready:
        assert "より前です" in only(plan)


def test_what_is_found_only_tomorrow_is_refused(world: World, stick: Device) -> None:
    assert "きょうより後" in only(lose(world, stick, today=DAY - timedelta(days=1)))
    assert lose(world, stick, today=DAY).ready


def test_what_no_contract_has_to_do_with_is_refused_with_the_way_on(world: World) -> None:
    assert "「事故」を登録して" in only(lose(world, world.device()))


def test_what_has_to_be_said_is_asked(world: World, stick: Device) -> None:
    plan = planned(world, LOSE, stick)
    assert [one.field for one in plan.asks if one.needed] == ["kind", "found"]
    open_ = lose(world, stick, by="", found=DayOnly(DAY)).asks
    assert [one.field for one in open_ if one.field] == ["by", "found"]
    assert about((one.text for one in open_), "遺失物係")


def test_an_open_incident_of_the_same_thing_is_told(world: World, stick: Device) -> None:
    former = world.add(replace(new(lose(world, stick), Incident)[0], number="I-009"))
    asset = world.asset(medium="電子データ", unit="件")
    world.event(asset, "作成", device=stick.id)
    assert about(lose(world, stick).draft.remarks, "I-009")
    world.change(former, closed_on=DAY)
    assert not any("I-009" in one for one in lose(world, stick).draft.remarks)


def test_a_client_without_a_telephone_number_is_told(world: World) -> None:
    device = world.device()
    world.device_use(device)
    assert "電話番号は登録されていません" in lose(world, device).draft.remarks[0]


# from the asset


def lose_asset(world: World, *assets: Any, **answers: Any) -> Plan:
    return planned(world, LOSE_ASSET, *assets, **{"kind": "紛失", "found": FOUND, **answers})


def test_assets_lost_are_one_incident_for_each_contract(world: World) -> None:
    first, second = world.received(30, persons=30), world.received(5)
    other = another(world)
    third = world.change(world.received(1), contract=other.id)
    found = new(lose_asset(world, first, second, third), Incident)
    assert [[row.asset for row in one.assets] for one in found] == [[first.id, second.id], [third.id]]
    assert found[0].assets[0].quantity == 30


def test_a_part_of_it_and_nobody_counted_for_it(world: World) -> None:
    asset = world.received(30, persons=30)
    (incident,) = new(lose_asset(world, asset, quantity=3), Incident)
    assert (incident.assets[0].quantity, incident.assets[0].persons) == (3, None)
    assert about(lose_asset(world, asset, quantity=31).draft.remarks, "30枚を超えます")
    assert not any("超えます" in one for one in lose_asset(world, asset, quantity=30).draft.remarks)


def test_what_is_not_here_any_more_is_told_and_never_refused(world: World) -> None:
    asset = world.received(1)
    world.event(asset, "返還", day=START + timedelta(days=1), to_party="架空市", from_party="当社")
    plan = lose_asset(world, asset, kind="漏えい")
    assert plan.ready
    assert about(plan.draft.remarks, "手元に残っている記録がありません")
    assert new(plan, Incident)[0].assets[0].quantity is None


@pytest.mark.parametrize(
    ("back", "words"),
    [(None, "持出し（令和8年5月31日）の措置は施錠ケース"), (DURING, "記録上の保管場所は本社")],
)
def test_the_measures_of_a_take_out_are_told_while_it_lasts(
    world: World, back: date | None, words: str
) -> None:
    asset, place = world.received(1), world.place(store="金庫")
    world.event(asset, "保管場所変更", location=place.id)
    world.event(asset, "持出", day=DAY - timedelta(days=1), safeguards=("施錠ケース",))
    if back:
        world.event(asset, "持帰", day=back, location=place.id)
    (incident,) = new(lose_asset(world, asset), Incident)
    assert words in incident.protection


def test_data_that_was_sent_is_not_said_to_be_on_an_encrypted_disk(world: World) -> None:
    asset, device = world.asset(medium="電子データ", unit="件"), world.device()
    world.event(asset, "作成", device=device.id)
    assert new(lose_asset(world, asset, kind="誤送付・誤交付"), Incident)[0].protection == ""
    assert device.control_number in new(lose_asset(world, asset), Incident)[0].protection


@pytest.mark.parametrize(("after", "told"), [(-1, False), (0, False), (1, True)])
@pytest.mark.parametrize("used", [True, False], ids=["still in use in the ledger", "in no use"])
def test_what_happens_to_a_destroyed_thing_says_that_its_disposal_cannot_be_true(
    world: World, stick: Device, used: bool, after: int, told: bool
) -> None:
    line = DisposalLine(
        device=stick.id, item="申請データ", medium="USBメモリ", quantity=1, unit="台", result="完了"
    )
    day = DAY - timedelta(days=after)
    world.add(
        Disposal(
            contract=world.contract.id,
            number="D-1",
            done_on=day,
            method="物理的破壊",
            status="実績",
            responsible=world.person("責任太郎").id,
            lines=(line,),
        )
    )
    if not used:
        (use,) = world.facts().all(DeviceUse)
        world.change(use, ends_on=DAY - timedelta(days=9))
    plan = lose(world, stick)
    sentences = (*plan.draft.remarks, *plan.refusals)
    assert any("廃棄済みと登録されています（D-1）" in one for one in sentences) is told
    assert plan.ready is used, "what happened can be written down all the same"


def test_what_happens_to_a_thing_out_of_use_says_so(world: World, stick: Device) -> None:
    retired = world.change(stick, retired_on=DAY - timedelta(days=1))
    assert about(lose(world, retired).draft.remarks, "使用を終えたと登録されています")
    world.change(retired, retired_on=DAY)
    assert not any(
        "使用を終えたと" in one for one in lose(world, world.facts().get(Device, stick.id)).draft.remarks
    )
