"""研修: what the clauses demand, for whoever lacks it; nothing is claimed of who was not there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import load
from app.duties.engine import duties_of_kind
from app.duties.view import ContractView
from app.records import Contract, Person, Training
from app.records.contract import ContractAnnex
from app.records.training import Attendance, Topic, TrainingTopic
from app.work.acts.plan import Plan, after
from app.work.acts.rounds.train import TRAIN
from tests.support.acting import about, new, only, planned, then
from tests.support.world import DURING, END, EVE, START, World

CATALOGUE = load()
TODAY = DURING


@pytest.fixture
def world() -> World:
    made = World(CATALOGUE)
    made.under("kimitsu-hoji")
    return made


def label(person: Person) -> str:
    return f"{person.name}（{person.employee_number}）"


def held(world: World, **answers: Any) -> Plan:
    return planned(world, TRAIN, world.contract, **{"on": DURING, **answers})


def session(plan: Plan) -> Training:
    (made,) = (one.record for one in plan.writes if isinstance(one.record, Training))
    return made


def lacking(plan: Plan, world: World) -> set[int]:
    facts = after(plan.facts, plan.writes)
    view = ContractView(facts, CATALOGUE, world.forms, facts.get(Contract, world.contract.id), TODAY)
    return {
        gap.id for duty in duties_of_kind(view, "training") for gap in duty.missing if gap.record == "person"
    }


def test_whoever_lacks_it_has_attended_what_the_clauses_demand(world: World) -> None:
    trained, one, two = world.worker("済んだ人"), world.worker("甲"), world.worker("乙")
    world.training(trained, topics=[topic.value for topic in Topic])
    plan = held(world)
    assert plan.ready
    made = session(plan)
    assert {(row.person, row.outcome) for row in made.attendance} == {(one.id, "出席"), (two.id, "出席")}
    assert made.topic_names
    assert made.contract_ids == (world.contract.id,)
    assert not lacking(plan, world)


def test_one_session_serves_several_contracts_with_all_their_topics(world: World) -> None:
    first = world.worker("甲")
    other = world.add(
        Contract(
            client=world.contract.client,
            number="R8-002",
            title="別の業務",
            signed_on=date(2026, 3, 1),
            starts_on=START,
            ends_on=END,
            annexes=(ContractAnnex(annex="hofu"),),
        )
    )
    kept, world.contract = world.contract, other
    second = world.worker("乙")
    plan = planned(world, TRAIN, kept, other, on=DURING)
    made = session(plan)
    assert {row.person for row in made.attendance} == {first.id, second.id}
    assert set(made.contract_ids) == {kept.id, other.id}
    alone = [session(planned(world, TRAIN, one, on=DURING)).topic_names for one in (kept, other)]
    assert set(made.topic_names) == {topic for names in alone for topic in names}


def test_who_was_absent_is_not_trained_and_has_a_day_to_make_it_up(world: World) -> None:
    one, two = world.worker("甲"), world.worker("乙")
    asked = held(world, absent=(label(two),))
    assert [ask.field for ask in asked.asks if "補講" in ask.text] == ["makeup"]
    plan = held(world, absent=(label(two),), makeup=DURING + timedelta(days=7))
    rows = {row.person: row for row in session(plan).attendance}
    assert (rows[one.id].outcome, rows[one.id].planned_on) == ("出席", None)
    assert (rows[two.id].outcome, rows[two.id].planned_on) == ("欠席", DURING + timedelta(days=7))
    assert lacking(plan, world) == {two.id}
    early = held(world, absent=(label(two),), makeup=DURING - timedelta(days=1))
    assert "補講の予定日は実施日以後" in only(early)


def test_whoever_makes_up_another_session_is_sent_to_its_record(world: World) -> None:
    person, other = world.worker("甲"), world.worker("乙")
    missed = world.training(person, held=EVE)
    row = Attendance(person=person.id, outcome="欠席")
    world.change(missed, attendance=(row,))
    assert about(held(world).draft.remarks, "甲は研修「研修」", "欠席", "補講日を登録")
    assert not any("欠席しています" in one for one in held(world, people=(label(other),)).draft.remarks)
    again = held(world, people=(label(person),), absent=(label(person),))
    assert not any("その補講であれば" in one for one in again.draft.remarks), (
        "whoever is absent made up nothing"
    )


def test_who_is_left_out_is_told(world: World) -> None:
    one, two = world.worker("甲"), world.worker("乙")
    plan = held(world, people=(label(one),))
    assert [row.person for row in session(plan).attendance] == [one.id]
    assert about(plan.draft.remarks, "乙", "受講者に入っていません")
    assert lacking(plan, world) == {two.id}


@pytest.mark.parametrize(("on", "ahead"), [(-1, False), (0, False), (1, True)])
def test_a_day_to_come_is_planned_and_nobody_has_attended(world: World, on: int, ahead: bool) -> None:
    one = world.worker("甲")
    plan = held(world, on=TODAY + timedelta(days=on))
    assert plan.ready
    assert bool(session(plan).attendance) is not ahead
    assert any("予定として登録します" in said for said in plan.draft.remarks) is ahead
    assert lacking(plan, world) == ({one.id} if ahead else set())


@pytest.mark.parametrize(("on", "told"), [(0, False), (1, True)])
def test_an_absence_from_a_session_to_come_is_told_and_not_kept(world: World, on: int, told: bool) -> None:
    one, two = world.worker("甲"), world.worker("乙")
    plan = held(world, on=TODAY + timedelta(days=on), people=(label(one),), absent=(label(two),))
    assert any("欠席は登録しません（乙）" in one for one in plan.draft.remarks) is told
    assert any(row.outcome == "欠席" for row in session(plan).attendance) is not told


@pytest.mark.parametrize(("on", "absent"), [(0, True), (0, False), (1, False)])
def test_a_make_up_for_nobody_is_told(world: World, on: int, absent: bool) -> None:
    one = world.worker("甲")
    day = TODAY + timedelta(days=on)
    given = {"absent": (label(one),)} if absent else {"people": (label(one),)}
    plan = held(world, on=day, makeup=day + timedelta(days=7), **given)
    assert any("補講の予定日" in one and "登録しません" in one for one in plan.draft.remarks) is not absent


def test_the_planned_session_becomes_the_one_that_was_held(world: World) -> None:
    one = world.worker("甲")
    announced = world.training(held=TODAY - timedelta(days=1), lecturer="講師 丙")
    plan = planned(world, TRAIN, world.contract)
    (write,) = plan.writes
    assert write.before == announced
    made = session(plan)
    assert (made.id, made.held_on, made.lecturer) == (announced.id, announced.held_on, "講師 丙")
    assert [row.person for row in made.attendance] == [one.id]
    moved = planned(world, TRAIN, world.contract, on=TODAY)
    assert (session(moved).id, session(moved).held_on) == (announced.id, TODAY)
    assert [row.held_on for row in new(planned(world, TRAIN, world.contract, session=None), Training)] == [
        announced.held_on
    ]
    done = world.training(one)
    assert "受講者が登録されています" in only(held(world, session=done.id))


@pytest.mark.parametrize(("left", "gone"), [(-1, True), (0, False), (1, False)])
def test_who_had_left_by_then_cannot_have_attended(world: World, left: int, gone: bool) -> None:
    person = world.worker("去った人", left_on=DURING + timedelta(days=left))
    plan = held(world, people=(label(person),))
    if gone:
        assert "去った人は令和8年5月31日に退職しています" in only(plan)
    else:
        assert plan.ready


@pytest.mark.parametrize(("joined", "early"), [(-1, False), (0, False), (1, True)])
def test_who_had_not_come_yet_cannot_have_attended(world: World, joined: int, early: bool) -> None:
    person = world.worker("新しい人", joined_on=DURING + timedelta(days=joined))
    plan = held(world, people=(label(person),))
    if early:
        assert "在籍していません" in only(plan)
    else:
        assert plan.ready


def test_who_worked_there_no_more_cannot_have_attended(world: World) -> None:
    person = world.worker("外れた人", ends=DURING - timedelta(days=1))
    assert "従事は令和8年5月31日に終わっています" in only(held(world, people=(label(person),)))


@pytest.mark.parametrize(("on", "late"), [(EVE, False), (START, True), (DURING, True)])
def test_training_after_the_first_day_of_work_was_late(world: World, on: date, late: bool) -> None:
    world.worker("甲")
    remarks = held(world, on=on).draft.remarks
    assert any("甲の研修" in one and "期限" in one for one in remarks) is late


def test_a_topic_that_a_clause_demands_is_missed(world: World) -> None:
    person = world.worker("甲")
    asked = session(held(world)).topic_names
    assert len(asked) > 1
    plan = held(world, topics=asked[:1], more="社内の手順、機器の扱い")
    assert about(plan.draft.remarks, asked[1], "義務を果たしません")
    assert session(plan).topics == tuple(
        TrainingTopic(topic=one) for one in (asked[0], "その他：社内の手順", "その他：機器の扱い")
    )
    assert lacking(plan, world) == {person.id}


def test_what_is_needed_is_asked_and_a_day_after_the_contract_is_refused(world: World) -> None:
    world.worker("甲")
    empty = planned(world, TRAIN, world.contract, title="", topics=(), people=())
    assert {one.field for one in empty.asks if one.needed} == {"on", "title", "topics"}
    assert [one.field for one in held(world, people=()).asks if one.needed] == ["people"]
    assert held(world, on=END).ready
    assert "末日" in only(held(world, on=END + timedelta(days=1)))


def test_the_report_of_it_is_called_for_where_a_clause_wants_one(world: World) -> None:
    world.worker("甲")
    plan = held(world)
    assert then(plan).count(Training) == 1
    assert {one.contract for one in plan.papers} <= {world.contract.id}
