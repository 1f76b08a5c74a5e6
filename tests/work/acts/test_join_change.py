"""着任 and 異動: who begins is told of before the first day; what was before a change stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import load
from app.records import Assignment, Person
from app.records.dated import as_of
from app.work.acts.people.change import CHANGE
from app.work.acts.people.join import JOIN
from app.work.acts.plan import Act, Ground, Plan
from app.work.acts.planning import plan_of
from tests.support.papers import FORMS
from tests.support.world import END, World

CATALOGUE = load()
TODAY = date(2026, 7, 1)
DAY = date(2026, 7, 15)


@pytest.fixture
def world() -> World:
    made = World(CATALOGUE)
    made.under("kimitsu-hoji")
    return made


def planned(world: World, act: Act, about: Any, **answers: Any) -> Plan:
    ground = Ground(world.facts(), CATALOGUE, FORMS, TODAY)
    return plan_of(act, ground, (about,), {**act.given(ground, (about,)), "on": DAY, **answers})


def told(plan: Plan) -> str:
    return "".join((*plan.refusals, *(one.text for one in plan.asks)))


def test_somebody_new_is_registered_with_the_work_in_one_go(world: World) -> None:
    plan = planned(world, JOIN, world.contract, name="新しい人", employment="パート", information="氏名")
    person, assignment = (one.record for one in plan.writes)
    assert isinstance(person, Person)
    assert isinstance(assignment, Assignment)
    assert (person.name, person.employment) == ("新しい人", "パート")
    assert assignment.person == person.id
    assert (assignment.starts_on, assignment.role_names) == (DAY, ("従事者",))
    assert plan.ready


def test_what_is_due_before_the_first_day_is_said_at_once(world: World) -> None:
    plan = planned(world, JOIN, world.contract, name="新しい人", employment="社員", information="氏名")
    assert {one.form for one in plan.papers} | {one.clause for one in plan.todos}
    texts = [*(one.text for one in plan.papers), *(one.text for one in plan.todos)]
    assert any("新しい人" in one for one in texts)
    assert all(one.due is None or one.due <= DAY for one in plan.papers)


def test_several_who_are_known_begin_alike_in_one_act(world: World) -> None:
    people = [world.person(name) for name in ("佐藤 一", "鈴木 二", "高橋 三")]
    listed = JOIN.fields_for(Ground(world.facts(), CATALOGUE, FORMS, TODAY), (world.contract,))[-1]
    others = listed.kind.from_text("、".join(one.employee_number for one in people[1:]))
    plan = planned(world, JOIN, world.contract, person=people[0].id, others=others, information="氏名")
    made = [one.record for one in plan.writes]
    assert plan.ready
    assert [one.person for one in made if isinstance(one, Assignment)] == [one.id for one in people]
    assert {(one.starts_on, one.role_names) for one in made if isinstance(one, Assignment)} == {
        (DAY, ("従事者",))
    }
    alone = planned(world, JOIN, world.contract, others=others, information="氏名")
    assert alone.ready
    assert len(alone.writes) == 2


def test_who_works_already_or_has_left_is_not_offered_beside(world: World) -> None:
    world.worker("佐藤 一")
    world.person("退職 済", left_on=TODAY - timedelta(days=1))
    ground = Ground(world.facts(), CATALOGUE, FORMS, TODAY)
    assert "others" not in [one.name for one in JOIN.fields_for(ground, (world.contract,))]


def test_who_is_known_is_not_registered_again(world: World) -> None:
    known = world.person("知る人")
    (one,) = planned(world, JOIN, world.contract, person=known.id).writes
    assert getattr(one.record, "person", 0) == known.id
    named = planned(world, JOIN, world.contract, name="知る　人", employment="社員")
    assert "同じ氏名の要員" in told(named)


@pytest.mark.parametrize(("days", "back"), [(-1, True), (0, False), (1, False)])
def test_who_had_left_and_comes_back_is_entered_anew(world: World, days: int, back: bool) -> None:
    gone = world.person("戻る 人", left_on=DAY + timedelta(days=days))
    chosen = planned(world, JOIN, world.contract, person=gone.id, information="氏名")
    assert any("新しい要員として登録してください" in one for one in chosen.refusals) is back
    anew = planned(world, JOIN, world.contract, name="戻る　人", employment="社員", information="氏名")
    assert anew.ready
    assert ("このまま新しい要員として登録してください" in told(anew)) is back
    assert ("要員の欄で選んでください" in told(anew)) is not back
    assert len([one for one in anew.writes if isinstance(one.record, Person)]) == 1


def test_in_a_ledger_without_people_only_the_name_is_asked(world: World) -> None:
    plan = planned(world, JOIN, world.contract)
    assert "要員を選ぶか" not in told(plan)
    assert "氏名を入力してください" in told(plan)
    ground = Ground(world.facts(), CATALOGUE, FORMS, TODAY)
    assert "person" not in [one.name for one in JOIN.fields_for(ground, (world.contract,))]
    world.person("知る人")
    ground = Ground(world.facts(), CATALOGUE, FORMS, TODAY)
    assert "person" in [one.name for one in JOIN.fields_for(ground, (world.contract,))]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "要員を選ぶか、初めての者の氏名を入力してください"),
        ({"name": "新しい人"}, "雇用区分を選んでください"),
        ({"name": "新しい人", "employment": "社員", "on": END + timedelta(days=1)}, "契約の末日"),
        ({"person": "works"}, "従事していると登録されています"),
        ({"person": "gone"}, "退職しています"),
        ({"person": "known", "name": "ほかの人"}, "どちらか一方にしてください"),
    ],
)
def test_what_cannot_be_is_one_sentence(world: World, answers: dict[str, Any], said: str) -> None:
    ids = {
        "works": world.worker("働く人").id,
        "gone": world.person("退いた人", left_on=DAY - timedelta(days=1)).id,
        "known": world.person("知る人").id,
    }
    plan = planned(world, JOIN, world.contract, **{n: ids.get(v, v) for n, v in answers.items()})
    assert not plan.ready
    assert said in told(plan)


@pytest.mark.parametrize(("on", "works"), [(END, True), (END + timedelta(days=1), False)])
def test_the_last_day_of_the_contract_is_the_last_to_begin(world: World, on: date, works: bool) -> None:
    plan = planned(world, JOIN, world.contract, name="人", employment="社員", information="氏名", on=on)
    assert plan.ready is works


def test_a_new_name_keeps_the_former_one_for_papers_of_the_past(world: World) -> None:
    person = world.worker("旧姓花子", post="主任")
    plan = planned(world, CHANGE, person, name="新姓花子", post="係長")
    (one,) = plan.writes
    assert isinstance(one.record, Person)
    assert (one.record.name, one.record.post) == ("新姓花子", "係長")
    before = as_of(one.record, DAY - timedelta(days=1))
    assert (before.name, before.post) == ("旧姓花子", "主任")
    assert as_of(one.record, DAY).name == "新姓花子"


def test_another_role_holds_from_the_day_and_the_former_until_then(world: World) -> None:
    person = world.worker("働く人")
    former, later = (one.record for one in planned(world, CHANGE, person, role="業務責任者").writes)
    assert isinstance(former, Assignment)
    assert isinstance(later, Assignment)
    assert (former.role_names, former.ends_on) == (("従事者",), DAY - timedelta(days=1))
    assert (later.role_names, later.starts_on) == (("業務責任者",), DAY)


def test_nothing_that_differs_is_nothing_to_write(world: World) -> None:
    plan = planned(world, CHANGE, world.worker("働く人"))
    assert not plan.ready
    assert "変わる項目を入力してください" in told(plan)


def test_a_change_before_an_earlier_one_is_refused(world: World) -> None:
    person = world.worker("働く人", post="主任")
    (one,) = planned(world, CHANGE, person, post="係長").writes
    assert isinstance(one.record, Person)
    world.change(one.record)
    plan = planned(world, CHANGE, one.record, post="課長", on=DAY - timedelta(days=1))
    assert "それより後の日まで以前の内容が登録されています" in told(plan)


def test_the_reason_of_a_change_is_kept_where_the_notices_print_it(world: World) -> None:
    person = world.worker("佐藤 一")
    plan = planned(world, CHANGE, person, department="新設課", why="人事異動")
    written = [one.record for one in plan.writes]
    assert [one.change_reason for one in written if isinstance(one, Assignment)] == ["人事異動"]
    alone = planned(world, CHANGE, person, department="新設課")
    assert [type(one.record) for one in alone.writes] == [Person]


def test_a_new_role_says_since_when_it_is_another(world: World) -> None:
    person = world.worker("佐藤 一")
    plan = planned(world, CHANGE, person, role="業務責任者", department="新設課", why="人事異動")
    held = [one.record for one in plan.writes if isinstance(one.record, Assignment)]
    assert [(one.ends_on, one.changed_on, one.change_reason) for one in held] == [
        (DAY - timedelta(days=1), None, ""),
        (None, DAY, "人事異動"),
    ]
