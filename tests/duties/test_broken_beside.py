"""What other records tell against a duty that its own records would satisfy: found by trying to break it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from app.annexes.kinds import State
from app.duties.duty import Duty
from app.records.check import CheckItem
from app.records.incident import IncidentNotice
from app.records.subcontract import FlowdownDuty
from tests.support.world import DURING, START, World

DAY = timedelta(days=1)
OPEN = {State.CONFIRM, State.DUE, State.OVERDUE}
Story = Callable[[World], object]


def asked(world: World, annex: str, clause: str, kind: str, day: date = DURING) -> Duty:
    world.under(annex, options=("特定個人情報", "電磁的記録媒体") if annex == "minato" else ())
    return world.under_clause(day, clause, kind)


# 台帳に使用の登録がない機器


def _office(world: World) -> None:
    device = world.device()
    world.device_use(device, location=world.place().id, person=world.worker().id, status="実績")
    world.device_check(device, on=DURING - 5 * DAY)


@pytest.mark.parametrize(
    ("annex", "clause", "kind", "device"),
    [
        ("kimitsu-hoji", "第6条第6項", "private-device-ban", {"kind": "携帯端末", "owner": "私物"}),
        ("kimitsu-hoji", "第6条第5項", "equipment-register", {"kind": "USBメモリ"}),
        ("kawaguchi", "契約書 第8条", "equipment-register", {"kind": "USBメモリ"}),
        ("kimitsu-hoji", "第6条第7項", "software-hygiene", {}),
        ("hofu", "第4第1項四", "software-hygiene", {}),
        ("kimitsu-hoji", "第6条第8項(2)", "encryption", {"kind": "外付HDD", "encryption": "なし"}),
    ],
)
@pytest.mark.parametrize("how", ["event", "backup"])
def test_a_device_that_a_record_names_is_in_use(
    world: World, annex: str, clause: str, kind: str, device: dict[str, str], how: str
) -> None:
    _office(world)
    assert asked(world, annex, clause, kind).state is State.SATISFIED
    other = world.device(**device)
    if how == "event":
        world.event(world.received(), "使用", day=DURING - DAY, device=other.id)
    else:
        world.backup(DURING - DAY, device=other.id)
    duty = asked(world, annex, clause, kind)
    assert duty.state in OPEN
    assert any(gap.record == "device" and gap.id == other.id for gap in duty.missing)
    assert asked(world, annex, clause, kind, DURING - 2 * DAY).state is State.SATISFIED


def test_an_own_device_named_by_an_event_is_not_private(world: World) -> None:
    _office(world)
    world.event(world.received(), "使用", day=DURING - DAY, device=world.device(kind="携帯端末").id)
    assert asked(world, "kimitsu-hoji", "第6条第6項", "private-device-ban").state is State.SATISFIED


def test_a_device_that_left_with_its_data_was_taken_out(world: World) -> None:
    place = world.place()
    world.use(place)
    device = world.device(kind="USBメモリ")
    world.device_use(device, location=place.id, status="実績")
    asset = world.received(medium="電子データ")
    assert asked(world, "kimitsu-hoji", "第6条第5項", "equipment-takeout").state is State.NOT_DUE
    world.event(asset, "持出", day=DURING - DAY, device=device.id)
    duty = asked(world, "kimitsu-hoji", "第6条第5項", "equipment-takeout")
    assert duty.state is State.CONFIRM
    assert "機器を持ち出した記録がありません" in duty.missing[0].text


def test_a_take_out_that_says_encrypted_on_a_device_that_is_not(world: World) -> None:
    for annex, clause in (("hofu", "第5"), ("kimitsu-hoji", "第6条第8項(2)")):
        for encryption, state in (
            ("全体", State.SATISFIED),
            ("一部", State.CONFIRM),
            ("なし", State.CONFIRM),
        ):
            own = World(world.catalogue)
            device = own.device(kind="USBメモリ", encryption=encryption)
            asset = own.received(medium="電子データ")
            own.event(asset, "持出", day=DURING - DAY, device=device.id, safeguards=("暗号化",))
            assert asked(own, annex, clause, "encryption").state is state


# 使用の登録がない場所


@pytest.mark.parametrize(
    ("annex", "clause"),
    [("kimitsu-hoji", "第6条第4項"), ("hofu", "第4第1項二"), ("kawaguchi", "契約書 第8条")],
)
@pytest.mark.parametrize("what", ["device", "asset"])
def test_a_place_where_things_stand_is_in_use(world: World, annex: str, clause: str, what: str) -> None:
    world.use(world.place())
    world.issue("location-notice")
    other = world.place("第二倉庫", kind="保管")
    client = world.place("市役所", kind="発注者の施設")
    world.event(world.asset(), "受領", location=client.id)
    assert asked(world, annex, clause, "work-location").state is State.SATISFIED
    if what == "device":
        world.device_use(world.device(), location=other.id, status="実績")
    else:
        world.event(world.asset(), "受領", location=other.id)
    duty = asked(world, annex, clause, "work-location")
    assert duty.state is State.CONFIRM
    assert [(gap.record, gap.id) for gap in duty.missing] == [("location", other.id)]


# 外で扱われたもの


@pytest.mark.parametrize(
    ("annex", "clause"),
    [
        ("minato", "第19条"),
        ("besshi-44", "11"),
        ("kimitsu-hoji", "第6条第2項"),
        ("kawaguchi", "特記事項 第6"),
        ("hofu", "第5"),
    ],
)
@pytest.mark.parametrize("kind", ["使用", "複写", "作成"])
def test_what_is_handled_outside_was_taken_there(world: World, annex: str, clause: str, kind: str) -> None:
    asset = world.received(classification="特定個人情報")
    assert asked(world, annex, clause, "takeout-approval").state is State.NOT_DUE
    home = world.place("自宅", kind="持出し先")
    event = world.event(asset, kind, day=DURING - DAY, location=home.id)
    duty = asked(world, annex, clause, "takeout-approval")
    assert duty.state is State.CONFIRM
    assert [gap.id for gap in duty.missing] == [event.id]


def test_what_is_handled_outside_after_a_take_out_is_told_of_there(world: World) -> None:
    asset = world.received()
    home = world.place("自宅", kind="持出し先")
    approval = world.approval("持出", asset, destination="自宅")
    world.event(asset, "持出", day=DURING - 5 * DAY, destination="自宅", approval=approval.id)
    world.event(asset, "使用", day=DURING - 3 * DAY, location=home.id)
    assert asked(world, "kimitsu-hoji", "第6条第2項", "takeout-approval").state is State.SATISFIED
    world.event(asset, "持帰", day=DURING - 2 * DAY)
    world.event(asset, "使用", day=DURING - DAY, location=home.id)
    assert asked(world, "kimitsu-hoji", "第6条第2項", "takeout-approval").state is State.CONFIRM


def test_brought_to_another_place_outside_is_a_take_out_to_there(world: World) -> None:
    asset = world.received()
    office = world.place()
    world.use(office)
    approval = world.approval("持出", asset, destination="架空市役所")
    world.event(asset, "持出", day=DURING - 5 * DAY, approval=approval.id)
    back = world.event(asset, "持帰", day=DURING - 3 * DAY, location=office.id)
    assert asked(world, "kawaguchi", "特記事項 第6", "takeout-approval").state is State.SATISFIED
    world.change(back, location=world.place("自宅", kind="持出し先").id)
    assert asked(world, "kawaguchi", "特記事項 第6", "takeout-approval").state in OPEN


# 目的外、第三者


@pytest.mark.parametrize(
    ("annex", "clause", "kind"),
    [
        ("minato", "第6条", "purpose-limit"),
        ("minato", "第2条", "secrecy"),
        ("kimitsu-hoji", "第4条", "purpose-limit"),
        ("kimitsu-hoji", "第2条", "secrecy"),
        ("hofu", "第3", "purpose-limit"),
        ("kawaguchi", "契約書 第4条第3項", "secrecy"),
        ("besshi-44", "12", "secrecy"),
        ("besshi-44", "18", "purpose-limit"),
    ],
)
def test_what_went_to_a_stranger_has_to_be_confirmed_anew(
    world: World, annex: str, clause: str, kind: str
) -> None:
    world.attest(clause, annex=annex)
    sub = world.subcontractor()
    world.delegate(sub)
    asset = world.received(10)
    for name in ("架空市", sub.name, "架空運輸株式会社"):
        world.event(asset, "引渡", day=DURING - 2 * DAY, to_party=name)
    assert asked(world, annex, clause, kind).state is State.SATISFIED
    given = world.event(asset, "引渡", day=DURING - DAY, to_party="架空商事株式会社")
    duty = asked(world, annex, clause, kind)
    assert duty.state is State.CONFIRM
    assert [gap.id for gap in duty.missing] == [given.id]
    world.attest(clause, on=DURING - 2 * DAY, annex=annex)
    assert asked(world, annex, clause, kind).state is State.CONFIRM
    world.attest(clause, on=DURING - DAY, annex=annex)
    assert asked(world, annex, clause, kind).state is State.SATISFIED


@pytest.mark.parametrize(
    ("annex", "clause"),
    [
        ("minato", "第7条"),
        ("minato", "第8条"),
        ("besshi-44", "18"),
        ("hofu", "第2"),
        ("kawaguchi", "特記事項 第8"),
        ("kimitsu-hoji", "第4条"),
    ],
)
@pytest.mark.parametrize("kind", ["使用", "複写"])
def test_a_use_that_was_not_for_the_work_is_a_breach(
    world: World, annex: str, clause: str, kind: str
) -> None:
    world.attest(clause, annex=annex)
    event = world.event(world.received(), kind, day=DURING - DAY, for_work=True)
    assert asked(world, annex, clause, "purpose-limit").state is State.SATISFIED
    world.change(event, for_work=False)
    duty = asked(world, annex, clause, "purpose-limit")
    assert duty.state is State.DUE
    assert [(gap.record, gap.id) for gap in duty.missing] == [("event", event.id)]
    given = dict(duty.missing[0].step.given)
    assert (given["clause"], given["record_id"], given["since"]) == (clause, event.id, DURING - DAY)
    world.handle(event, DURING - DAY, duty.clause)
    duty = asked(world, annex, clause, "purpose-limit")
    assert (duty.state, [one.id for one in duty.remarks]) == (State.SATISFIED, [event.id])


# 口頭と書面


@pytest.mark.parametrize(
    ("annex", "clause", "stage", "how", "state"),
    [
        ("besshi-44", "37", 0, "電子メール", State.OVERDUE),
        ("besshi-44", "37", 0, "FAX", State.OVERDUE),
        ("besshi-44", "37", 0, "電話の後にメール", State.SATISFIED),
        ("besshi-44", "37", 0, "", State.SATISFIED),
        ("besshi-44", "37", 1, "電話", State.OVERDUE),
        ("minato", "第12条", 1, "口頭で説明", State.OVERDUE),
        ("minato", "第12条", 1, "面談のうえ書面を手渡し", State.SATISFIED),
        ("minato", "第12条", 1, "手渡し", State.SATISFIED),
        ("minato", "第12条", 0, "電子メール", State.SATISFIED),
    ],
)
def test_how_a_report_was_made_counts_before_its_stage(
    world: World, annex: str, clause: str, stage: int, how: str, state: State
) -> None:
    found = DURING - 10 * DAY
    incident = world.incident("漏えい", found=found)
    rows = [
        IncidentNotice(
            stage="第一報（口頭・電話）", notified_at=datetime.combine(found, time(11)), how="電話"
        ),
        IncidentNotice(stage="書面報告", notified_at=datetime.combine(found + DAY, time(11)), how="持参"),
    ]
    rows[stage] = replace(rows[stage], how=how)
    world.change(incident, notices=tuple(rows))
    assert asked(world, annex, clause, "incident-notice").state is state


@pytest.mark.parametrize(("after", "state"), [(-1, State.DUE), (0, State.SATISFIED), (1, State.SATISFIED)])
def test_no_request_was_answered_before_it_came(world: World, after: int, state: State) -> None:
    received = DURING - 3 * DAY
    world.instruction("報告の求め", received, answered_on=received + after * DAY)
    duty = asked(world, "kimitsu-hoji", "第15条", "status-report", DURING)
    assert duty.state is state


# 派遣


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, State.SATISFIED),
        ({"agency": ""}, State.DUE),
        ({"agency_from": START}, State.SATISFIED),
        ({"agency_from": START + DAY}, State.DUE),
        ({"agency_to": DURING}, State.SATISFIED),
        ({"agency_to": DURING + DAY}, State.SATISFIED),
        ({"agency_to": DURING - DAY}, State.OVERDUE),
    ],
)
def test_an_agency_contract_covers_the_work(world: World, values: dict[str, Any], state: State) -> None:
    given: dict[str, Any] = {
        "agency": "架空人材",
        "agency_secrecy": True,
        "agency_secrecy_lasting": True,
        **values,
    }
    world.worker("派遣太郎", employment="派遣", **given)
    assert asked(world, "kimitsu-hoji", "第10条第1項", "dispatch-contract").state is state


# 点検と確認の結果

STILL_THERE = (
    "一部判読可能",
    "復元可能",
    "読取可能な領域あり",
    "読み取り可能",
    "差異2件",
    "データの残留",
    "断片あり",
    "ファイルを検出",
    "復元可能。差異なし",
    "検出された断片を廃棄していない",
)
NOTHING_LEFT = (
    "判読できる断片なし",
    "判読可能な断片なし",
    "復元可能なデータは検出されず",
    "差異なし",
    "残留データなし",
    "断片は確認されず",
    "検出なし",
    "不検出",
    "検出0件",
    "裁断片5mm以下",
    "復元可能性なし",
)


@pytest.mark.parametrize(
    ("annex", "clause"),
    [("hofu", "第9第2項"), ("besshi-44", "20"), ("kawaguchi", "契約書 第6条第1項")],
)
def test_a_check_of_a_sub_contractor_that_found_faults(world: World, annex: str, clause: str) -> None:
    one = world.delegate(world.subcontractor(), *map(str, FlowdownDuty), agreement_written=True)
    bad = CheckItem(item="施錠", result="適")
    check = world.check("再委託先", on=DURING - 5 * DAY, subcontract=one.id, items=(bad,))
    assert asked(world, annex, clause, "subcontract-flowdown").state is State.SATISFIED
    world.change(check, items=(replace(bad, result="不適"),))
    assert asked(world, annex, clause, "subcontract-flowdown").state is State.DUE


@pytest.mark.parametrize(
    ("result", "state"),
    [
        ("", State.SATISFIED),
        ("合格", State.SATISFIED),
        ("判読不能", State.SATISFIED),
        ("不良なし", State.SATISFIED),
        ("復元できないことを確認", State.SATISFIED),
        ("不合格", State.CONFIRM),
        ("異常なし、ただし2枚不合格", State.CONFIRM),
        ("一部が判読できた", State.CONFIRM),
        ("データが残っていた", State.CONFIRM),
        *((one, State.CONFIRM) for one in STILL_THERE),
        *((one, State.SATISFIED) for one in NOTHING_LEFT),
    ],
)
def test_a_verification_that_failed_is_no_disposal(world: World, result: str, state: State) -> None:
    world.worker()
    world.disposal(world.received(), done=DURING - DAY, verification="目視", verification_result=result)
    assert asked(world, "kimitsu-hoji", "第7条第3項", "disposal").state is state


@pytest.mark.parametrize(
    ("annex", "clause", "named"),
    [
        ("besshi-44", "23", "媒体に記録された情報、帳票、システムの文書とプログラム、仕様書で指定されたもの"),
        (
            "hofu",
            "第4第1項",
            "管理責任者を選ぶこと、取扱場所を決めること、無断の持出しをさせないこと、"
            "不正アクセスと不正プログラムを防ぐこと",
        ),
    ],
)
def test_what_a_clause_lists_has_to_be_named_by_a_check(
    world: World, annex: str, clause: str, named: str
) -> None:
    check = world.check("安全管理措置", measures=("組織的",))
    assert asked(world, annex, clause, "security-measures").state is State.CONFIRM
    world.change(check, subject=named.removesuffix("もの").removesuffix("こと"))
    assert asked(world, annex, clause, "security-measures").state is State.CONFIRM
    world.change(check, subject=named)
    assert asked(world, annex, clause, "security-measures").state is State.SATISFIED


# 従事者ではない管理者、種類の分からない媒体


@pytest.mark.parametrize(("annex", "clause"), [("kawaguchi", "契約書 第4条第3項"), ("besshi-44", "16")])
def test_who_keeps_a_machine_or_a_system_is_a_worker(world: World, annex: str, clause: str) -> None:
    worker, other = world.worker(), world.person("部外者")
    use = world.device_use(world.device(), person=worker.id, status="実績")
    system = world.system(administrator=worker.id)
    assert asked(world, annex, clause, "worker-list").state is State.SATISFIED
    world.change(use, person=other.id)
    assert asked(world, annex, clause, "worker-list").state is State.CONFIRM
    world.change(use, person=worker.id)
    world.change(system, administrator=other.id)
    assert asked(world, annex, clause, "worker-list").state is State.CONFIRM
    world.assign(other, starts=DURING)
    assert asked(world, annex, clause, "worker-list").state is State.SATISFIED
    assert asked(world, annex, clause, "worker-list", DURING - DAY).state is State.CONFIRM


@pytest.mark.parametrize(("annex", "clause"), [("kawaguchi", "契約書 第4条第5項"), ("minato", "第22条")])
def test_a_medium_in_free_words_may_be_what_a_clause_speaks_of(world: World, annex: str, clause: str) -> None:
    world.use(world.place(lock="なし"))
    world.received(medium="その他：マイクロフィルム")
    assert asked(world, annex, clause, "locked-storage").state in OPEN


TOLD: dict[str, Any] = {"from_party": "架空市", "to_party": "架空市", "method": "手渡し"}


@pytest.mark.parametrize(("after", "state"), [(-1, State.SATISFIED), (0, State.SATISFIED), (1, State.DUE)])
@pytest.mark.parametrize("how", ["返還", "廃棄"])
def test_nothing_is_used_after_the_last_of_it_has_gone(
    world: World, how: str, after: int, state: State
) -> None:
    worker, asset, day = world.worker(), world.asset(), DURING - 5 * DAY
    world.event(asset, "受領", location=world.place().id, **TOLD)
    if how == "返還":
        world.event(asset, "返還", day=day, hour=18, **TOLD)
    else:
        world.disposal(asset, done=day)
    world.event(asset, "使用", day=day + after * DAY, person=worker.id)
    assert asked(world, "kimitsu-hoji", "第6条第8項(4)", "handling-ledger").state is state
