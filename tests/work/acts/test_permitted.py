"""複写, 持込み, 再委託 start from the client's word; without it the clause and the way on are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from app.annexes.choices import Exempt
from app.records import Approval, Client, DeviceUse, Event, Subcontract
from app.records.days import DayOnly
from app.work.acts.catalogue import offered
from app.work.acts.permitted.bring_in import BRING_IN
from app.work.acts.permitted.copying import COPYING
from app.work.acts.permitted.delegate import DELEGATE
from app.work.acts.plan import Ground, Plan
from tests.support.acting import about, new, only, planned, then
from tests.support.around import around
from tests.support.world import BEFORE, DURING, END, START, World

DAY = timedelta(days=1)
AHEAD = DURING + 7 * DAY
ASKED = {"exception": (Exempt.APPROVAL,)}
BAN = {"exception": (Exempt.NONE,)}


# 複写


def at(hour: int, minute: int) -> datetime:
    return datetime.combine(DURING, time(hour, minute))


def copied(world: World, on: date = DURING, **answers: Any) -> Plan:
    asset = world.received(10)
    person = world.worker("小林翔")
    given = {"on": DayOnly(on), "quantity": 2, "person": person.id, "location": world.place().id}
    return planned(world, COPYING, asset, **{**given, **answers})


def test_where_no_clause_asks_a_copy_is_just_recorded(world: World) -> None:
    plan = copied(world)
    assert plan.ready
    assert not plan.asks
    (event,) = new(plan, Event)
    assert (event.kind, event.quantity, event.status) == ("複写", 2, "実績")
    assert "残数量に加わり" in about(plan.draft.remarks, "2")


@pytest.mark.parametrize(("minute", "ready"), [(29, False), (30, True), (31, True)])
def test_nothing_is_copied_before_it_came(world: World, minute: int, ready: bool) -> None:
    asset = world.asset()
    world.event(asset, "受領", 10, DURING, hour=9, from_party="架空市")
    world.change(world.facts().of(Event, "asset", asset.id)[0], happened_at=at(9, 30))
    plan = planned(world, COPYING, asset, on=at(9, minute), quantity=2)
    assert plan.ready is ready
    if not ready:
        assert "9時29分には手元にありません" in only(plan)
    assert planned(world, COPYING, asset, on=DayOnly(DURING), quantity=2).ready


@pytest.mark.parametrize(("days", "ready"), [(-1, False), (0, True), (1, True)])
def test_nothing_is_copied_with_what_is_out_of_use(world: World, days: int, ready: bool) -> None:
    device = world.change(world.device(), retired_on=DURING + days * DAY)
    plan = copied(world, device=device.id)
    assert plan.ready is ready
    if not ready:
        assert f"{device.control_number}は" in only(plan)
        assert "使用を終えています" in only(plan)


@pytest.mark.parametrize(("kind", "ready"), [("持出し先", False), ("発注者の施設", True), ("作業", True)])
def test_a_copy_is_not_kept_in_a_place_that_is_nobodys(world: World, kind: str, ready: bool) -> None:
    place = world.place("会議室", kind=kind)
    plan = copied(world, location=place.id)
    assert plan.ready is ready
    if not ready:
        assert "複写物を保管する場所にできません" in only(plan)


def test_a_copy_rests_on_the_approval_that_names_it(world: World) -> None:
    world.clause("copy-approval", "each-time", **ASKED)
    asset = world.received(10)
    approval = world.approval("複写", asset)
    plan = planned(world, COPYING, asset, on=DayOnly(DURING), quantity=2)
    (event,) = new(plan, Event)
    assert plan.ready
    assert event.approval == approval.id
    assert not [one for one in plan.papers if one.form == "copy-application"]


def test_a_copy_that_nobody_allowed_needs_a_reason_that_stays(world: World) -> None:
    clause = world.clause("copy-approval", "each-time", **ASKED)
    plan = copied(world)
    assert not plan.ready
    (needed,) = (one for one in plan.asks if one.needed)
    assert needed.field == "without"
    assert clause.number in needed.text
    assert "複写したとき" in needed.text
    assert [one.form for one in plan.papers] == ["copy-application"]
    gone_on = copied(world, without="急を要したため")
    assert gone_on.ready
    (event,) = new(gone_on, Event)
    assert "承諾を得ない理由：急を要したため" in event.reason


@pytest.mark.parametrize(("on", "ahead"), around(DURING, False, False, True))
def test_a_copy_still_to_come_gets_its_application(world: World, on: date, ahead: bool) -> None:
    world.clause("copy-approval", "each-time", **ASKED)
    plan = copied(world, on)
    made = new(plan, Approval)
    assert bool(made) is ahead
    if ahead:
        (event,) = new(plan, Event)
        assert (made[0].kind, made[0].copies, event.approval, event.status) == ("複写", 2, made[0].id, "予定")
        assert plan.ready
        assert about([one.text for one in plan.asks], "承諾を得るまで複写しないでください")


def test_a_banned_copy_is_not_planned(world: World) -> None:
    world.clause("copy-approval", "standing", **BAN)
    assert "複写せずに済む方法" in only(copied(world, AHEAD))


def test_of_what_is_gone_nothing_is_copied(world: World) -> None:
    asset = world.received(1)
    world.event(asset, "返還", 1, START + DAY)
    assert "残っていません" in only(planned(world, COPYING, asset, on=DayOnly(DURING), quantity=1))


def test_each_is_offered_where_it_can_be_done(world: World) -> None:
    asset, gone = world.received(1), world.received(1)
    world.event(gone, "返還", 1, START + DAY)
    ground = Ground(world.facts(), world.catalogue, world.forms, DURING)
    names = {one.name for one in offered(ground, asset)}
    assert {"copy", "return", "check-out-asset"} <= names
    assert "copy" not in {one.name for one in offered(ground, gone)}
    assert {"receive", "delegate"} <= {one.name for one in offered(ground, world.contract)}


# 持込み


def brought(world: World, kind: str = "発注者の施設", on: date = DURING, **answers: Any) -> Plan:
    device, home = world.device(), world.place("本社")
    world.use(home)
    world.device_use(device, location=home.id)
    hall = world.place("架空市役所", kind=kind)
    return planned(world, BRING_IN, device, to=hall.id, on=on, **answers)


def test_only_the_clients_place_is_one_to_bring_to(world: World) -> None:
    assert "発注者の施設ではありません" in only(brought(world, "持出し先"))
    (use,) = new(brought(world), DeviceUse)
    assert use.starts_on == DURING


def test_what_is_brought_in_asks_in_its_own_words(world: World) -> None:
    world.clause("bringin-approval", "each-time", **ASKED)
    (needed,) = (one for one in brought(world).asks if one.needed)
    assert "持ち込んだときは" in needed.text
    plan = brought(world, on=AHEAD, until=AHEAD + DAY)
    (approval,) = new(plan, Approval)
    assert (approval.kind, approval.return_by) == ("持込", AHEAD + DAY)
    assert any(one.form == "bringin-application" for one in plan.papers)


def test_what_is_in_use_for_none_of_its_clients_contracts_is_told(world: World) -> None:
    world.clause("bringin-approval", "each-time", **ASKED)
    hall, home = world.place("架空市役所", kind="発注者の施設"), world.place("本社")
    world.use(hall)
    device, known = world.device(), world.device()
    client = world.add(replace(world.facts().get(Client, world.contract.client), id=0, name="別の市"))
    other = world.add(replace(world.contract, id=0, number="R8-002", title="別の業務", client=client.id))
    use = world.device_use(known, location=home.id)
    world.add(replace(use, id=0, device=device.id, contract=other.id))
    said = "架空市役所はR8-001の発注者の施設ですが"
    (told,) = (
        one.text
        for one in planned(world, BRING_IN, device, known, to=hall.id, on=DURING).asks
        if said in one.text
    )
    assert f"{device.control_number}はR8-001では使われていない" in told
    assert not [
        one for one in planned(world, BRING_IN, known, to=hall.id, on=DURING).asks if said in one.text
    ]


# 再委託


def delegated(world: World, on: date = DURING, **answers: Any) -> Plan:
    company = world.subcontractor()
    said = {"to": company.id, "work": "入力作業", "on": on, "reason": "人手の不足", **answers}
    return planned(world, DELEGATE, world.contract, **said)


def test_a_delegation_is_recorded_with_its_company_and_tier(world: World) -> None:
    plan = delegated(world)
    assert plan.ready, (plan.refusals, plan.asks)
    (made,) = new(plan, Subcontract)
    assert (made.tier, made.parent, made.work, made.starts_on) == (1, None, "入力作業", DURING)
    further = delegated(world, parent=world.delegate(world.subcontractor("架空物産株式会社")).id)
    (second,) = new(further, Subcontract)
    assert second.tier == 2


def test_a_delegation_rests_on_the_approval_that_names_the_company(world: World) -> None:
    world.clause("subcontract-approval", "each-time", **ASKED)
    approval = world.approval("再委託", granted=BEFORE, destination="架空データ株式会社")
    plan = delegated(world)
    assert plan.ready
    (made,) = new(plan, Subcontract)
    assert made.approval == approval.id


def test_a_delegation_that_nobody_allowed_needs_a_reason_that_stays(world: World) -> None:
    world.clause("subcontract-approval", "each-time", **ASKED)
    plan = delegated(world)
    (needed,) = (one for one in plan.asks if one.needed)
    assert "再委託したときは" in needed.text
    gone_on = delegated(world, without="手続きの漏れ")
    assert gone_on.ready
    (made,) = new(gone_on, Subcontract)
    assert (made.reason, made.unapproved) == ("人手の不足", "手続きの漏れ"), "what an application prints"
    assert then(gone_on).of(Subcontract, "contract", world.contract.id)


def test_a_delegation_to_come_gets_its_application(world: World) -> None:
    world.clause("subcontract-approval", "each-time", **ASKED)
    plan = delegated(world, AHEAD, ends_on=END)
    (approval,) = new(plan, Approval)
    assert (approval.kind, approval.destination, approval.ends_on) == ("再委託", "架空データ株式会社", END)
    (made,) = new(plan, Subcontract)
    assert made.approval == approval.id
    (paper,) = (one for one in plan.papers if one.form == "subcontract-application")
    assert paper.due == AHEAD - DAY


@pytest.mark.parametrize(("on", "refused"), around(END, False, False, True))
def test_after_the_contract_nothing_is_delegated(world: World, on: date, refused: bool) -> None:
    assert bool(delegated(world, on).refusals) is refused


@pytest.mark.parametrize(("days", "told"), [(-1, True), (0, False), (1, False)])
def test_what_begins_before_the_contract_is_told(world: World, days: int, told: bool) -> None:
    plan = delegated(world, START + days * DAY)
    assert plan.ready
    assert any("契約の始期" in one for one in plan.draft.remarks) is told


@pytest.mark.parametrize(("ends", "told"), around(END, False, False, True))
def test_what_ends_after_the_contract_is_told(world: World, ends: date, told: bool) -> None:
    plan = delegated(world, ends_on=ends)
    assert plan.ready
    assert any("契約の末日" in one for one in plan.draft.remarks) is told


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, True), (1, True)])
def test_a_delegation_that_runs_already_is_told(world: World, days: int, told: bool) -> None:
    first = delegated(world)
    (made,) = new(first, Subcontract)
    held = world.add(replace(made, id=0, number="SC-001", ends_on=DURING + days * DAY))
    plan = planned(
        world, DELEGATE, world.contract, to=held.subcontractor, work="封入", on=DURING, ends_on=END
    )
    assert plan.ready
    assert any("SC-001" in one and "二重に" in one for one in plan.draft.remarks) is told


def test_the_same_copy_a_second_time_is_told(world: World) -> None:
    asset = world.received(10)
    again: dict[str, Any] = {"on": DayOnly(DURING), "quantity": 2}
    assert not any("二重に" in one for one in planned(world, COPYING, asset, **again).draft.remarks)
    world.event(asset, "複写", 2)
    (event,) = (one for one in world.facts().of(Event, "asset", asset.id) if one.kind == "複写")
    world.change(event, happened_at=DayOnly(DURING))
    assert any("二重に" in one for one in planned(world, COPYING, asset, **again).draft.remarks)
    other = planned(world, COPYING, asset, **{**again, "quantity": 3})
    assert not any("二重に" in one for one in other.draft.remarks)
