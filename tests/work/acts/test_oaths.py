"""誓約書: prepared unsigned for everyone who lacks one, and ticked as they come back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import load
from app.annexes.kinds import State
from app.duties.engine import duties_of_kind
from app.duties.view import ContractView
from app.records import Contract, Oath, Person, stated_key
from app.records.contract import ContractAnnex
from app.work.acts.plan import Plan
from app.work.acts.rounds.oaths import OATHS
from app.work.acts.rounds.signed import SIGNED
from tests.support.acting import about, new, only, planned, then
from tests.support.world import DURING, END, EVE, START, World

CATALOGUE = load()


@pytest.fixture
def world() -> World:
    """A contract that wants an oath of every worker, and one of whoever leaves."""
    made = World(CATALOGUE)
    made.clause("oath", "before-start")
    made.clause("retirement-secrecy", "on-leaving")
    return made


def label(person: Person) -> str:
    return f"{person.name}（{person.employee_number}）"


def prepared(world: World, **answers: Any) -> Plan:
    return planned(world, OATHS, world.contract, **answers)


def signed(world: World, **answers: Any) -> Plan:
    return planned(world, SIGNED, world.contract, **{"on": DURING, **answers})


def days(plan: Plan) -> dict[int, date | None]:
    return {one.record.person: one.record.signed_on for one in plan.writes if isinstance(one.record, Oath)}


def state(world: World, plan: Plan) -> str:
    facts = then(plan)
    view = ContractView(facts, world.catalogue, world.forms, facts.get(Contract, world.contract.id), DURING)
    (duty,) = duties_of_kind(view, "oath")
    return duty.state


def test_everyone_without_an_oath_gets_one_unsigned_with_its_sheet(world: World) -> None:
    done, one, two = world.worker("済んだ人"), world.worker("甲"), world.worker("乙")
    world.oath(done)
    plan = prepared(world)
    assert plan.ready
    assert {(made.person, made.kind, made.signed_on) for made in new(plan, Oath)} == {
        (one.id, "着手時", None),
        (two.id, "着手時", None),
    }
    assert [(paper.form, paper.due) for paper in plan.papers] == [("oath", EVE)]
    assert state(world, plan) == State.OVERDUE
    assert about(plan.draft.remarks, "義務は果たされません")


def test_one_oath_of_a_person_serves_all_the_contracts(world: World) -> None:
    person = world.worker("甲")
    other = world.add(
        Contract(
            client=world.contract.client,
            number="R8-002",
            title="別の業務",
            signed_on=date(2026, 3, 1),
            starts_on=START,
            ends_on=END,
            annexes=(ContractAnnex(annex="own"),),
        )
    )
    first, world.contract = world.contract, other
    world.assign(person)
    plan = planned(world, OATHS, first, other)
    (made,) = new(plan, Oath)
    assert set(made.contract_ids) == {first.id, other.id}
    assert {paper.contract for paper in plan.papers} == {first.id, other.id}


def test_whoever_leaves_promises_again_where_a_clause_asks(world: World) -> None:
    leaver = world.worker("退く人", left_on=DURING + timedelta(days=30))
    world.oath(leaver)
    plan = prepared(world)
    assert [(made.person, made.kind, made.given_back) for made in new(plan, Oath)] == [
        (leaver.id, "退職時", "")
    ]
    assert [paper.form for paper in plan.papers] == ["leaving-oath"]
    assert about((one.text for one in plan.asks), "退く人", "返却・廃棄したもの")
    (told,) = new(prepared(world, back="入室カード1枚"), Oath)
    assert told.given_back == "入室カード1枚"


def test_who_is_left_out_is_told_and_nothing_twice(world: World) -> None:
    one, two = world.worker("甲"), world.worker("乙")
    world.oath(two, signed=None)
    assert [made.person for made in new(prepared(world), Oath)] == [one.id]
    assert [ask.field for ask in prepared(world, people=()).asks if ask.needed] == ["people"]
    assert "乙の誓約書は登録されています" in only(prepared(world, people=(label(two),)))
    three = world.worker("丙")
    plan = prepared(world, people=(label(three),))
    assert [made.person for made in new(plan, Oath)] == [three.id]
    assert about(plan.draft.remarks, "甲は選ばれていません")


def test_where_all_have_one_there_is_nothing_to_prepare(world: World) -> None:
    assert "従事者が登録されていません" in only(prepared(world))
    world.oath(world.worker("甲"))
    assert "誓約書の記録のない者はいません" in only(prepared(world))


def test_where_no_clause_asks_nobody_is_said_to_have_one() -> None:
    world = World(CATALOGUE)
    person = world.worker("甲")
    assert "誓約書を求めるものがありません" in only(prepared(world))
    assert [made.person for made in new(prepared(world, people=(label(person),)), Oath)] == [person.id]


@pytest.mark.parametrize(("left", "gone"), [(-1, True), (0, False)])
def test_who_left_promises_nothing_at_the_start(world: World, left: int, gone: bool) -> None:
    person = world.worker("去った人", left_on=DURING + timedelta(days=left))
    world.oath(person, kind="退職時")
    plan = prepared(world, people=(label(person),))
    if gone:
        assert "去った人は令和8年5月31日に退職しています" in only(plan)
    else:
        assert [made.kind for made in new(plan, Oath)] == ["着手時"]


@pytest.mark.parametrize(("ahead", "refused"), [(-1, False), (0, False), (1, True)])
def test_nothing_was_explained_on_a_day_to_come(world: World, ahead: int, refused: bool) -> None:
    world.worker("甲")
    plan = prepared(world, explained=DURING + timedelta(days=ahead), by="髙橋")
    assert bool(plan.refusals) is refused
    assert plan.ready is not refused


def test_only_who_is_named_has_signed(world: World) -> None:
    one, two = world.worker("甲"), world.worker("乙")
    for person in (one, two):
        world.oath(person, signed=None)
    asked = signed(world)
    assert [ask.field for ask in asked.asks if ask.needed] == ["oaths"]
    assert not asked.writes
    plan = signed(world, oaths=(f"{label(one)}　着手時",))
    assert days(plan) == {one.id: DURING}
    assert about(plan.draft.remarks, "乙の署名は、まだ戻っていません")
    assert about(plan.draft.remarks, "甲の誓約書の署名", "期限")
    assert state(world, plan) == State.OVERDUE
    whole = signed(world, whole=True)
    assert days(whole) == {one.id: DURING, two.id: DURING}
    assert state(world, whole) == State.SATISFIED
    assert "一部の者だけ" in only(signed(world, whole=True, oaths=(f"{label(one)}　着手時",)))


@pytest.mark.parametrize(("on", "refused"), [(-1, True), (0, False), (1, False)])
def test_nobody_signed_a_sheet_before_it_was_printed(world: World, on: int, refused: bool) -> None:
    person = world.worker("甲")
    world.oath(person, signed=None)
    world.issue("oath", START, submitted=None, only=(stated_key(person),))
    plan = signed(world, whole=True, on=START + timedelta(days=on))
    if refused:
        assert "誓約書を発行した日（令和8年4月1日）より前です" in only(plan)
    else:
        assert plan.ready


@pytest.mark.parametrize(("on", "refused"), [(-1, False), (0, False), (1, True)])
def test_nobody_signs_at_the_start_after_leaving(world: World, on: int, refused: bool) -> None:
    person = world.worker("去る人", left_on=START + timedelta(days=30))
    world.oath(person, signed=None)
    plan = signed(world, whole=True, on=START + timedelta(days=30 + on))
    if refused:
        assert "退職した日（令和8年5月1日）より後です" in only(plan)
    else:
        assert plan.ready


def test_an_oath_of_a_leaver_signed_afterwards_stays_late(world: World) -> None:
    person = world.worker("去った人", left_on=EVE + timedelta(days=10))
    world.oath(person)
    world.oath(person, signed=None, kind="退職時", given_back="なし")
    plan = signed(world, whole=True)
    assert plan.ready
    assert about(plan.draft.remarks, "退職時の誓約書の署名", "期限")


@pytest.mark.parametrize(("on", "refused"), [(-1, False), (0, False), (1, True)])
def test_nobody_has_signed_on_a_day_to_come(world: World, on: int, refused: bool) -> None:
    world.oath(world.worker("甲"), signed=None)
    assert bool(signed(world, whole=True, on=DURING + timedelta(days=on)).refusals) is refused


def test_what_happened_since_it_was_prepared_is_not_to_come(world: World) -> None:
    oath = world.oath(world.worker("甲"), signed=None)
    world.change(oath, recorded_at=datetime.combine(EVE, time(9)))
    assert signed(world, whole=True).ready


def test_an_oath_from_a_subcontractor_is_received_as_well(world: World) -> None:
    person = world.worker("外の人", employment="再委託先")
    world.oath(person, signed=None)
    assert about((one.text for one in signed(world, whole=True).asks), "再委託先から受け取った日")
    (write,) = signed(world, whole=True, received=DURING).writes
    assert isinstance(write.record, Oath)
    assert write.record.received_on == DURING


def test_without_a_sheet_that_waits_nothing_is_signed(world: World) -> None:
    world.worker("甲")
    assert "先に「誓約書の用意」" in only(signed(world))
