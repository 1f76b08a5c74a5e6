"""廃棄・消去 of what was picked: what is left, how it was proven, who allowed it, and what failed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.duties.holding.balance import balance
from app.records import Approval, Asset, Device, Disposal, Record
from app.work.acts.disposing.dispose import DISPOSE, DISPOSE_ASSET
from app.work.acts.plan import Plan, after
from app.work.acts.year.dispose_all import DISPOSE_ALL
from forms import all_forms
from tests.support.acting import about, planned
from tests.support.world import BEFORE, DURING, START, World
from tests.work.acts.planned import ground, written

ONE_DAY = timedelta(days=1)
ERASED = "データ消去ソフトウェアによる消去"


def disposed(
    world: World, *things: Record, on: date = DURING, today: date | None = None, **answers: Any
) -> Plan:
    given: dict[str, Any] = {"on": on, "method": "裁断", "result": "完了", **answers}
    given.setdefault("responsible", world.person("責任太郎").id)
    act = DISPOSE_ASSET if isinstance(things[0], Asset) else DISPOSE
    return planned(world, act, *things, today=today or on, **given)


def the(made: Plan) -> Disposal:
    (found,) = written(made, Disposal)
    return found


def needed(made: Plan) -> list[str]:
    return [one.field for one in made.asks if one.needed]


def left_over(world: World, made: Plan) -> dict[str, object]:
    facts = after(world.facts(), made.writes)
    return {one.asset.number: one.held for one in balance(facts, world.contract.id) if one.held}


@pytest.mark.parametrize(("ahead", "told"), [(0, False), (1, True)])
def test_a_result_of_what_is_still_to_come_is_told_and_not_kept(world: World, ahead: int, told: bool) -> None:
    asset = world.received(3)
    made = disposed(world, asset, on=DURING + ahead * ONE_DAY, today=DURING, outcome="合格")
    assert any("入力された確認の判定は登録しません" in one for one in made.draft.remarks) is told
    assert (the(made).lines[0].result, the(made).outcome) == (("", "") if told else ("完了", "合格"))


# what there is of it


def test_what_is_left_of_each_goes_and_no_more(world: World) -> None:
    first, second, third = world.received(3), world.received(5), world.received(2)
    world.event(second, "返還", 2, START + ONE_DAY)
    made = disposed(world, first, second)
    assert made.ready, made.refusals
    assert [(one.asset, one.quantity, one.result) for one in the(made).lines] == [
        (first.id, 3, "完了"),
        (second.id, 3, "完了"),
    ]
    assert left_over(world, made) == {third.number: 2}


@pytest.mark.parametrize(("part", "refused"), [(2, False), (3, False), (4, True)])
def test_a_part_of_one_is_never_more_than_what_is_there(world: World, part: int, refused: bool) -> None:
    asset = world.received(3)
    made = disposed(world, asset, quantity=part)
    assert bool(made.refusals) is refused
    if refused:
        assert "手元にある3枚を超えます" in made.refusals[0]
    else:
        assert the(made).lines[0].quantity == part


def test_what_is_gone_or_away_is_not_disposed_of(world: World) -> None:
    gone, out = world.received(1), world.received(1)
    world.event(gone, "返還", 1, START + ONE_DAY)
    world.event(out, "持出", 1, START + ONE_DAY)
    for asset in (gone, out):
        assert "手元に残っていません" in disposed(world, asset).refusals[0]
        assert not DISPOSE_ASSET.offered(ground(world, DURING), asset)


def test_one_disposal_is_of_one_contract(world: World) -> None:
    first = world.received(1)
    other = world.add(
        type(world.contract)(
            **{
                name: getattr(world.contract, name)
                for name in ("client", "title", "signed_on", "starts_on", "ends_on", "annexes")
            },
            number="R8-002",
        )
    )
    second = world.add(
        Asset(
            contract=other.id, number="A-9999", item="控え", classification="個人情報", medium="紙", unit="枚"
        )
    )
    assert "R8-001、R8-002の情報資産が混じっています" in disposed(world, first, second).refusals[0]
    # Before anything else was asked of them.
    assert "混じっています" in planned(world, DISPOSE_ASSET, first, second).refusals[0]


# the method


def test_a_method_that_cannot_work_needs_a_reason_that_stays(world: World) -> None:
    stick = world.received(1, medium="USBメモリ")
    made = disposed(world, stick)
    assert needed(made) == ["method_reason"]
    assert not made.refusals, "it is asked, and not refused beside it"
    assert "フラッシュメモリであり、「裁断」では" in about((one.text for one in made.asks), "方法を改めるか")
    with_reason = disposed(world, stick, method_reason="専用機で2mm以下に裁断")
    assert with_reason.ready
    assert the(with_reason).method_reason == "専用機で2mm以下に裁断"


def test_a_method_that_a_clause_names_is_asked_for(world: World) -> None:
    world.clause("disposal", "each-time", methods=("溶解",))
    paper = world.received(1)
    assert "条項が定める方法（溶解）ではなく" in "".join(one.text for one in disposed(world, paper).asks)
    assert disposed(world, paper, method="溶解").ready


def test_data_is_destroyed_with_the_medium_on_which_it_was(world: World) -> None:
    data = world.received(1, medium="電子データ")
    device = world.device(kind="USBメモリ", serial="S-9")
    assert needed(disposed(world, data, method="物理的破壊")) == ["device"]
    made = disposed(world, data, method="物理的破壊", device=device.id)
    assert made.ready, made.asks
    (line,) = the(made).lines
    assert (line.asset, line.device, line.serial) == (data.id, device.id, "S-9")


# whether it worked


def test_what_failed_stays_with_what_followed_and_is_still_held(world: World) -> None:
    first, second = world.received(1), world.received(1)
    label = f"{second.number}　{second.item}"
    made = disposed(world, first, second, failed=(label,))
    assert (needed(made), made.refusals) == (["followed"], ())
    made = disposed(world, first, second, failed=(label,), followed="6月3日に再度裁断")
    assert made.ready
    assert [(one.result, one.followed) for one in the(made).lines] == [
        ("完了", ""),
        ("不良", "6月3日に再度裁断"),
    ]
    assert left_over(world, made) == {second.number: 1}
    assert "証明書は、完了したものを含めて作成できません" in about(made.draft.remarks, "不良の1件")
    alone = disposed(world, second, result="不良", followed="やり直す")
    assert the(alone).lines[0].result == "不良"
    assert "証明書は作成できません" in about(alone.draft.remarks, "不良の1件")


@pytest.mark.parametrize(("judged", "held"), [("合格", False), ("未確認", True), ("不合格", True)])
def test_the_verification_of_one_line_may_have_come_out_otherwise(
    world: World, judged: str, held: bool
) -> None:
    first, second = (world.received(1, medium="電子データ") for _ in range(2))
    given: dict[str, Any] = {"method": ERASED, "outcome": "合格", "tool": "消去ソフト"}
    made = disposed(world, first, second, unpassed=(f"{second.number}　{second.item}",), **given)
    assert needed(made) == ["unpassed_as"]
    made = disposed(
        world, first, second, unpassed=(f"{second.number}　{second.item}",), unpassed_as=judged, **given
    )
    assert made.ready
    assert [the(made).judged(one) for one in the(made).lines] == ["合格", judged]
    assert (left_over(world, made) == {second.number: 1}) is held
    assert needed(disposed(world, first, second, unpassed_as=judged, **given)) == ["unpassed"]


def test_what_cannot_be_seen_is_to_be_verified_and_the_certificate_says_what_it_wants(world: World) -> None:
    data = world.received(1, medium="電子データ")
    assert needed(disposed(world, data, method=ERASED)) == ["outcome"]
    made = disposed(world, data, method=ERASED, outcome="合格", standard="NIST SP 800-88")
    wanted = {one.field for one in made.asks if "廃棄・消去証明書には" in one.text}
    assert wanted == {"tool", "tool_version", "verification", "verification_result", "standard_edition"}


# who allowed it, and who saw it


@pytest.fixture
def asking(world: World) -> World:
    world.clause("disposal-approval", "each-time")
    return world


def test_what_is_still_to_come_gets_its_application(asking: World) -> None:
    asking.forms = all_forms()
    asset = asking.received(2)
    made = disposed(asking, asset, on=DURING + ONE_DAY, today=DURING, result="", purpose="契約の終了")
    assert made.ready, made.asks
    (approval,), disposal = written(made, Approval), the(made)
    assert (approval.kind, approval.basis, approval.applied_on, approval.granted_on) == (
        "廃棄",
        "承諾",
        None,
        None,
    )
    assert [(one.asset, one.quantity) for one in approval.subjects] == [(asset.id, 2)]
    assert (disposal.status, disposal.approval, disposal.lines[0].result) == ("予定", approval.id, "")
    assert [(one.form, one.due) for one in made.papers] == [("disposal-application", DURING)]
    assert left_over(asking, made) == {asset.number: 2}
    assert [one.field for one in made.asks if one.field] == ["witness_asked"]


@pytest.mark.parametrize(("granted", "lacks"), [(DURING - ONE_DAY, False), (DURING, True)])
def test_an_approval_is_asked_for_with_its_clause_or_a_reason_stays(
    asking: World, granted: date, lacks: bool
) -> None:
    """An answer on the very day did not come before it."""
    asset = asking.received(1)
    assert needed(disposed(asking, asset)) == ["unapproved"]
    approval = asking.approval("廃棄", asset, granted=granted)
    assert DISPOSE_ASSET.given(ground(asking, DURING), (asset,))["approval"] == approval.id
    made = disposed(asking, asset)
    assert (needed(made) == ["unapproved"]) is lacks
    assert made.ready is not lacks
    assert "第1条" in "".join(one.text for one in made.asks) or not lacks
    gone_on = disposed(asking, asset, approval=None, unapproved="急ぎの指示のため")
    assert the(gone_on).unapproved == ("急ぎの指示のため" if lacks else "")


def test_an_approval_dated_after_the_event_is_none_and_the_way_on_is_said(asking: World) -> None:
    asset = asking.received(1)
    late = asking.approval("廃棄", asset, granted=DURING + ONE_DAY)
    (said,) = disposed(asking, asset, approval=late.id).refusals
    assert "より後です。日付を確かめるか、承諾を空欄にして登録してください" in said
    refused = asking.approval("廃棄", asset, granted=None, refused_on=BEFORE)
    assert "承諾されませんでした" in disposed(asking, asset, approval=refused.id).refusals[0]


def test_who_looked_on_is_asked_where_the_client_wanted_to(world: World) -> None:
    world.clause("witness", "each-time")
    asset = world.received(1)
    assert "立会" not in "".join(one.text for one in disposed(world, asset).asks)
    world.instruction("立会いの求め", START + ONE_DAY)
    made = disposed(world, asset)
    (ask,) = [one for one in made.asks if one.field == "witness"]
    assert "第1条" in ask.text
    assert made.ready, "that nobody looked on can be written as well"
    seen = disposed(world, asset, witness="総務課　高橋")
    assert not [one for one in seen.asks if one.field == "witness"]
    assert the(seen).witness == "総務課　高橋"


def test_a_plan_becomes_the_fact_when_it_is_done(asking: World) -> None:
    asset = asking.received(1)
    approval = asking.approval("廃棄", asset)
    plan = asking.disposal(
        asset, status="予定", result="", done=DURING, approval=approval.id, place="本社", witness_asked=True
    )
    known = DISPOSE_ASSET.given(ground(asking, DURING), (asset,))
    assert (known["method"], known["approval"], known["place"]) == ("裁断", approval.id, "本社")
    made = disposed(asking, asset, on=DURING, today=DURING + ONE_DAY)
    (write,) = made.writes
    assert write.before == plan
    assert (the(made).id, the(made).status, the(made).lines[0].result) == (plan.id, "実績", "完了")


# machines and media


def test_a_machine_is_not_disposed_of_for_a_contract_that_never_had_it(world: World) -> None:
    device = world.device(kind="USBメモリ")
    world.device_use(device)
    other = world.add(replace(world.contract, id=0, number="R8-002"))
    made = disposed(world, device, method="物理的破壊", item="控え", contract=other.id)
    (told,) = made.refusals
    assert "R8-002では使われていません（使用の登録はR8-001）" in told
    world.device_use(device, contract=other.id)
    assert disposed(world, device, method="物理的破壊", item="控え", contract=other.id).ready


def test_a_machine_is_disposed_of_for_the_contract_that_used_it(world: World) -> None:
    device = world.device(kind="USBメモリ", serial="S-1")
    made = disposed(world, device, method="物理的破壊")
    assert needed(made) == ["contract"]
    world.device_use(device)
    assert needed(disposed(world, device, method="物理的破壊")) == ["item"]
    made = disposed(world, device, method="物理的破壊", item="納税通知書データの控え")
    assert made.ready, made.asks
    (line,) = the(made).lines
    assert (line.device, line.medium, line.item, line.serial) == (
        device.id,
        "USBメモリ",
        "納税通知書データの控え",
        "S-1",
    )


def test_what_the_ledger_knows_to_be_on_it_is_named(world: World) -> None:
    device, data = world.device(kind="USBメモリ"), world.received(1, medium="電子データ")
    world.device_use(device)
    world.event(data, "使用", 1, START + ONE_DAY, device=device.id)
    made = disposed(world, device, method="物理的破壊")
    assert made.ready, made.asks
    assert the(made).lines[0].item == data.item
    assert f"{data.number}（{data.item}、1枚）が入っています" in "".join(one.text for one in made.asks)


def test_what_was_destroyed_is_not_destroyed_again(world: World) -> None:
    device = world.device(kind="USBメモリ")
    world.device_use(device)
    made = disposed(world, device, method="物理的破壊", item="控え")
    for one in made.writes:
        world.add(one.record)
    assert "廃棄済みです" in disposed(world, device, method="物理的破壊", item="控え").refusals[0]
    assert not DISPOSE.offered(ground(world, DURING), device)


def test_a_machine_of_two_contracts_is_written_down_for_each_as_of_the_same_day(world: World) -> None:
    device, other = world.device(kind="USBメモリ"), world.add(replace(world.contract, id=0, number="R8-002"))
    world.device_use(device)
    world.device_use(device, contract=other.id)
    given: dict[str, Any] = {"method": "物理的破壊", "item": "控え"}
    first = disposed(world, device, contract=world.contract.id, **given)
    assert first.ready, first.asks
    assert any("R8-002でも使われています" in one.text for one in first.asks)
    for one in first.writes:
        world.add(one.record)
    assert DISPOSE.offered(ground(world, DURING), device), "the other contract's is still to be written down"
    again = disposed(world, device, contract=world.contract.id, **given)
    assert "廃棄済みです" in again.refusals[0]
    later = disposed(world, device, contract=other.id, on=DURING + ONE_DAY, **given)
    assert "同じ日で登録してください" in later.refusals[0]
    second = disposed(world, device, contract=other.id, **given)
    assert second.ready, second.refusals
    assert the(second).contract == other.id
    assert not any("でも使われています" in one.text for one in second.asks)
    for one in second.writes:
        world.add(one.record)
    assert not DISPOSE.offered(ground(world, DURING), device)


def test_who_is_in_charge_is_known_and_nobody_who_left(world: World) -> None:
    manager = world.worker("管理花子", "管理責任者")
    world.worker("作業太郎")
    asset = world.received(1)
    assert DISPOSE_ASSET.given(ground(world, DURING), (asset,))["responsible"] == manager.id
    world.change(manager, left_on=DURING - ONE_DAY)
    assert "responsible" not in DISPOSE_ASSET.given(ground(world, DURING), (asset,))
    assert (
        "退職しているため、責任者にできません" in disposed(world, asset, responsible=manager.id).refusals[0]
    )


def test_what_is_asked_fits_what_was_picked(world: World) -> None:
    paper, data = world.received(1), world.received(1, medium="電子データ")
    device = world.device()
    world.device_use(device)

    def names(*things: Record) -> set[str]:
        act = DISPOSE if isinstance(things[0], Device) else DISPOSE_ASSET
        return {one.name for one in act.fields_for(ground(world, DURING), things)}

    assert {"quantity", "failed", "level", "device"} & names(paper) == {"quantity"}
    assert {"quantity", "failed", "level", "device"} & names(paper, data) == {"failed", "level", "device"}
    assert {"contract", "item", "level"} & names(device) == {"item", "level"}


def test_what_was_made_in_the_work_is_not_said_to_have_come_from_the_client(world: World) -> None:
    proof = world.asset()
    world.event(proof, "作成", 20)
    came = world.received(3)
    plan = disposed(world, proof, came)
    told = [one.text for one in plan.asks if "発注者から受け取ったもの" in one.text]
    assert len(told) == 1
    assert f"発注者から受け取ったもの（{came.number}）を" in told[0]
    assert not any("発注者から受け取ったもの" in one.text for one in disposed(world, proof).asks)
    everything = planned(
        world,
        DISPOSE_ALL,
        world.contract,
        on=DURING,
        method="裁断",
        responsible=world.person("高橋次郎").id,
        result="完了",
    )
    assert [one.text for one in everything.asks if f"（{came.number}）も" in one.text]
