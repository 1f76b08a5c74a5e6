"""すべて返還, すべて廃棄・消去: in one act what is still here on the day, and never more than that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.duties.holding.balance import balance
from app.records import Asset, Disposal, Event
from app.records.days import DayOnly
from app.work.acts.plan import Plan, after
from app.work.acts.telling import shown
from app.work.acts.year.dispose_all import DISPOSE_ALL
from app.work.acts.year.return_all import RETURN_ALL
from forms import all_forms
from tests.support.world import BEFORE, DURING, START, World
from tests.work.acts.planned import ground, left, plan, written

ONE_DAY = timedelta(days=1)


def returned(world: World, on: date = DURING, today: date | None = None, **answers: Any) -> Plan:
    given = {"on": DayOnly(on), "to": "架空市", "method": "手渡し", "counterpart": "総務課 高橋", **answers}
    return plan(RETURN_ALL, world, today or on, **given)


def disposed(world: World, on: date = DURING, today: date | None = None, **answers: Any) -> Plan:
    given: dict[str, Any] = {"on": on, "method": "裁断", "result": "完了", **answers}
    given.setdefault("responsible", world.person("責任太郎").id)
    return plan(DISPOSE_ALL, world, today or on, **given)


def left_over(world: World, made: Plan) -> dict[str, object]:
    facts = after(world.facts(), made.writes)
    return {one.asset.number: one.held for one in balance(facts, world.contract.id) if one.held}


def test_everything_that_is_here_goes_back_in_one_hand_over(world: World) -> None:
    first, second = world.received(3), world.received(5)
    world.event(second, "返還", 2, START + ONE_DAY)
    gone = world.received(1)
    world.disposal(gone, done=START + ONE_DAY)
    made = returned(world)
    assert made.ready, made.refusals
    events = written(made, Event)
    assert {one.asset: one.quantity for one in events} == {first.id: 3, second.id: 3}
    assert len({one.numbered_with() for one in events}) == 1, "they get one number"
    assert {(one.kind, one.status, one.to_party, one.method) for one in events} == {
        ("返還", "実績", "架空市", "手渡し")
    }
    assert left_over(world, made) == {}


def test_what_came_later_or_went_later_is_not_returned_twice(world: World) -> None:
    world.event(world.asset(), "受領", 2, DURING + ONE_DAY)
    asset = world.received(4)
    world.event(asset, "返還", 3, DURING + ONE_DAY)
    made = returned(world, today=DURING + 2 * ONE_DAY)
    assert [(one.asset, one.quantity) for one in written(made, Event)] == [(asset.id, 1)]
    assert not made.refusals, "the ledger's own rule on quantities takes it"


@pytest.mark.parametrize(
    ("on", "nothing"), [(START - ONE_DAY, True), (START, False), (START + ONE_DAY, False)]
)
def test_before_it_was_received_there_is_nothing_to_return(world: World, on: date, nothing: bool) -> None:
    world.received(3)
    made = returned(world, on=on)
    assert bool(made.refusals) is nothing
    assert ("残っていません" in "".join(made.refusals)) is nothing


def test_what_is_out_or_with_others_is_named_and_left(world: World) -> None:
    asset = world.received(5)
    world.event(asset, "持出", 2, START + ONE_DAY)
    world.event(asset, "引渡", 1, START + ONE_DAY, to_party="架空運輸")
    made = returned(world)
    assert [one.quantity for one in written(made, Event)] == [2]
    remarks = "".join(made.draft.remarks)
    assert "持出し中の2枚は返還しません" in remarks
    assert "架空運輸に渡した1枚は返還しません" in remarks


def test_data_is_not_returned_because_it_stays(world: World) -> None:
    data = world.received(1, medium="電子データ")
    assert "電子データのほかに残っていません" in returned(world).refusals[0]
    world.received(2)
    made = returned(world)
    assert "「すべて廃棄・消去」で登録してください" in left(made, Asset)[data.id]
    assert left_over(world, made) == {data.number: 1}


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("架空市", ""),
        ("架空市総務課", ""),
        ("架空運輸株式会社", "発注者ではありません"),
        ("当社", "発注者ではありません"),
    ],
)
def test_it_goes_back_to_the_client_and_to_nobody_else(world: World, to: str, sentence: str) -> None:
    world.received(1)
    made = returned(world, to=to)
    assert sentence in "".join(made.refusals)
    assert bool(made.refusals) is bool(sentence)


def test_a_name_that_may_not_be_the_clients_is_asked_about(world: World) -> None:
    world.received(1)
    made = returned(world, to="田中")
    assert "「田中」が発注者の者かを確かめてください" in "".join(one.text for one in made.asks)


@pytest.mark.parametrize(("today", "refused"), [(DURING - ONE_DAY, True), (DURING, False)])
def test_what_has_not_happened_is_not_recorded_as_done(world: World, today: date, refused: bool) -> None:
    asset = world.received(1)
    made = returned(world, today=today)
    assert bool(made.refusals) is refused
    assert ("きょうより後です" in "".join(made.refusals)) is refused
    meant = disposed(world, today=today, result="" if refused else "完了")
    assert meant.ready, meant.refusals
    assert [one.status for one in written(meant, Disposal)] == ["予定" if refused else "実績"]
    assert (left_over(world, meant) == {asset.number: 1}) is refused, "a plan moves no balance"


@pytest.mark.parametrize(("left_on", "refused"), [(DURING - ONE_DAY, True), (DURING, False)])
def test_nobody_does_it_after_having_left(world: World, left_on: date, refused: bool) -> None:
    world.received(1)
    person = world.person("退職太郎", left_on=left_on)
    for made in (returned(world, person=person.id), disposed(world, responsible=person.id)):
        assert ("退職太郎は" in "".join(made.refusals)) is refused


def test_everything_that_the_method_fits_is_destroyed_at_once_and_the_rest_said(world: World) -> None:
    paper, stick = world.received(3), world.received(1, medium="USBメモリ", identifier="S-1")
    disc = world.received(2, medium="光学媒体")
    made = disposed(world)
    (disposal,) = written(made, Disposal)
    assert [(line.asset, line.quantity, line.result) for line in disposal.lines] == [
        (paper.id, 3, "完了"),
        (disc.id, 2, "完了"),
    ]
    assert "フラッシュメモリであり、「裁断」では" in left(made, Asset)[stick.id]
    assert left_over(world, made) == {stick.number: 1}
    second = disposed(world, method="物理的破壊", method_reason="穿孔")
    assert [line.serial for line in written(second, Disposal)[0].lines if line.asset == stick.id] == ["S-1"]
    assert paper.id in left(second, Asset), "a reason for one medium is none for another"


def test_data_is_destroyed_by_no_hammer_whose_place_nobody_named(world: World) -> None:
    data = world.received(1, medium="電子データ")
    world.received(1, medium="USBメモリ")
    assert "置かれている機器・媒体を確かめて" in left(disposed(world, method="物理的破壊"), Asset)[data.id]
    assert "媒体が残っていません" in "".join(disposed(world, method="溶解").refusals)


@pytest.mark.parametrize(
    ("outcome", "ends"), [("合格", True), ("未確認", False), ("不合格", False), ("", False)]
)
def test_what_cannot_be_seen_is_over_only_when_verified_and_gets_no_certificate_before(
    world: World, outcome: str, ends: bool
) -> None:
    world.forms = all_forms()
    world.under("kimitsu-hoji")
    data = world.received(1, medium="電子データ")
    approval = world.approval("廃棄", basis="指示").id
    made = disposed(world, method="データ消去ソフトウェアによる消去", outcome=outcome, approval=approval)
    assert made.ready is bool(outcome)
    assert (left_over(world, made) == {}) is ends
    assert ("disposal-certificate" in {one.form for one in made.papers}) is ends
    if outcome and not ends:
        assert f"確認の判定が「{outcome}」のため" in "".join(made.draft.remarks)
        assert left_over(world, made) == {data.number: 1}
    if not outcome:
        assert [one.field for one in made.asks if one.needed] == ["outcome"]


def test_a_result_is_chosen_and_a_failed_one_goes_line_by_line(world: World) -> None:
    world.received(1)
    assert [one.field for one in disposed(world, result="").asks] == ["result"]
    assert "その後の措置とあわせて" in "".join(disposed(world, result="不良").refusals)
    assert [one.field for one in plan(DISPOSE_ALL, world, DURING).asks] == [
        "on",
        "method",
        "responsible",
    ]
    assert [one.field for one in plan(RETURN_ALL, world, DURING).asks] == ["on"]


@pytest.mark.parametrize(
    ("granted", "refused"),
    [(DURING - ONE_DAY, False), (DURING, False), (DURING + ONE_DAY, True), (None, True)],
)
def test_an_approval_given_after_the_event_is_none(world: World, granted: date | None, refused: bool) -> None:
    world.received(1)
    approval = world.approval("廃棄", granted=granted, applied_on=BEFORE)
    made = disposed(world, approval=approval.id)
    assert bool(made.refusals) is refused
    if refused:
        assert "承諾を空欄にして" in made.refusals[0] or "承諾を空欄にしてください" in made.refusals[0]
    other = world.approval("持出")
    assert "廃棄の承諾ではありません" in disposed(world, approval=other.id).refusals[0]


def test_what_the_clause_asks_and_what_was_received_is_asked_about(world: World) -> None:
    world.clause("disposal-approval", "each-time")
    asset = world.received(1)
    assert [one.field for one in disposed(world).asks if one.needed] == ["unapproved"]
    asks = "".join(one.text for one in disposed(world).asks)
    assert "第1条：令和8年6月1日の廃棄・消去に承諾の記録がありません" in asks
    assert f"発注者から受け取ったもの（{asset.number}）も廃棄・消去します" in asks
    made = disposed(world, unapproved="至急の指示が口頭であったため")
    assert made.ready
    assert written(made, Disposal)[0].unapproved == "至急の指示が口頭であったため"
    assert "義務は要対応のまま残ります" in "".join(made.draft.remarks)
    approved = world.approval("廃棄")
    assert written(disposed(world, unapproved="至急"), Disposal)[0].unapproved == ""
    assert not [one for one in disposed(world, approval=approved.id).asks if one.needed]


def test_they_are_offered_while_something_is_left(world: World) -> None:
    for act in (RETURN_ALL, DISPOSE_ALL):
        assert not act.offered(ground(world, DURING), world.contract)
    world.received(1)
    for act in (RETURN_ALL, DISPOSE_ALL):
        assert act.offered(ground(world, DURING), world.contract)
        assert not act.offered(ground(world, START - ONE_DAY), world.contract)
    assert RETURN_ALL.given(ground(world, DURING), (world.contract,))["to"] == "架空市"


def test_who_answered_last_is_named_and_what_is_to_come_is_called_a_plan(world: World) -> None:
    charge = world.person("高橋次郎")
    world.assign(charge, "管理責任者")
    known = DISPOSE_ALL.given(ground(world, DURING), (world.contract,))
    assert known == {"responsible": charge.id}
    world.received(3)
    assert "の予定、1件）" in disposed(world, DURING + ONE_DAY, DURING).draft.title
    assert "予定" not in disposed(world, DURING, DURING).draft.title


def test_each_line_of_what_goes_stands_apart_with_its_number(world: World) -> None:
    world.received(3)
    world.received(5)
    made = disposed(world)
    (write,) = made.writes
    text = shown(world.facts(), world.catalogue, write.record, write.record.spec.field("lines"), apart=True)
    first, second = text.splitlines()
    assert (first[:2], second[:2]) == ("1．", "2．")
    assert "\n" not in shown(world.facts(), world.catalogue, write.record, write.record.spec.field("lines"))
