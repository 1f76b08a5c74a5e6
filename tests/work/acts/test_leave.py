"""退職: everything that a person holds ends or passes on, and nothing before the day is altered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import load
from app.records import Assignment, DeviceUse, Facts, Person, Record
from app.work.acts.catalogue import ACTS
from app.work.acts.people.leave import LEAVE, Handing
from app.work.acts.plan import Ground, Plan, Write
from app.work.acts.planning import plan_of
from tests.support.papers import FORMS
from tests.support.world import END, World

CATALOGUE = load()
TODAY = date(2026, 7, 1)
LEAVES = date(2026, 7, 31)


@pytest.fixture
def world() -> World:
    made = World(CATALOGUE)
    made.under("kimitsu-hoji")
    return made


def leaving(world: World, person: Person, **answers: Any) -> Plan:
    ground = Ground(world.facts(), CATALOGUE, FORMS, TODAY)
    return plan_of(LEAVE, ground, (person,), {"on": LEAVES, "why": "退職", **answers})


def written(plan: Plan, cls: type[Record]) -> list[Write]:
    return [one for one in plan.writes if isinstance(one.record, cls)]


def test_all_assignments_that_go_on_end_on_the_day(world: World) -> None:
    person = world.worker()
    plan = leaving(world, person)
    (one,) = written(plan, Assignment)
    assert isinstance(one.record, Assignment)
    assert (one.record.ends_on, one.record.change_reason) == (LEAVES, "退職")
    (left,) = written(plan, Person)
    assert [field.name for field in left.changed] == ["left_on"]
    assert plan.ready


@pytest.mark.parametrize(
    ("ends", "touched"),
    [(LEAVES - timedelta(days=1), False), (LEAVES, False), (LEAVES + timedelta(days=1), True)],
)
def test_an_assignment_that_ends_by_itself_is_left_alone(world: World, ends: date, touched: bool) -> None:
    person = world.worker(ends=ends)
    assert bool(written(leaving(world, person), Assignment)) is touched


def test_an_assignment_that_would_begin_later_is_taken_out(world: World) -> None:
    person = world.worker(starts=LEAVES + timedelta(days=1))
    (one,) = written(leaving(world, person), Assignment)
    assert one.gone == "佐藤花子の退職"


@pytest.mark.parametrize(
    ("begun", "refused"),
    [(TODAY - timedelta(days=1), True), (TODAY, True), (TODAY + timedelta(days=1), False)],
)
@pytest.mark.parametrize("what", ["work", "machine"])
def test_what_has_begun_since_is_not_taken_back(
    world: World, what: str, begun: date, *, refused: bool
) -> None:
    person = world.worker(starts=begun) if what == "work" else world.worker()
    if what == "machine":
        world.device_use(world.device(), begun, person=person.id)
    plan = leaving(world, person, on=TODAY - timedelta(days=2), devices=Handing.BACK)
    assert bool(plan.refusals) is refused
    if refused:
        (told,) = plan.refusals
        assert "退職日をその日以後にするか" in told


def test_who_leaves_on_the_very_day_on_which_work_begins_has_worked(world: World) -> None:
    plan = leaving(world, world.worker(starts=TODAY), on=TODAY)
    assert not plan.refusals
    (one,) = written(plan, Assignment)
    assert not one.gone


@pytest.mark.parametrize(("last", "touched"), [(LEAVES, False), (LEAVES + timedelta(days=1), True)])
def test_work_that_ended_with_its_contract_is_left_alone(world: World, last: date, touched: bool) -> None:
    person = world.worker()
    world.change(world.contract, ends_on=last)
    assert bool(written(leaving(world, person), Assignment)) is touched


def test_the_only_one_in_a_role_is_followed_from_the_day_after(world: World) -> None:
    leaver, follower = world.worker("退く人", "業務責任者"), world.worker("継ぐ人")
    assert any("業務責任者は退く人だけ" in one.text for one in leaving(world, leaver).asks)
    plan = leaving(world, leaver, follows=follower.id)
    assert not any("業務責任者" in one.text for one in plan.asks)
    begun = [one.record for one in written(plan, Assignment) if one.before is None]
    (made,) = begun
    assert isinstance(made, Assignment)
    assert made.starts_on == LEAVES + timedelta(days=1)
    assert made.role_names == ("従事者", "業務責任者")
    held = [one.record for one in written(plan, Assignment) if one.before is not None]
    assert [getattr(one, "ends_on", None) for one in held if getattr(one, "person", 0) == follower.id] == [
        LEAVES
    ]


def test_a_follower_who_does_not_work_there_yet_begins_with_the_role(world: World) -> None:
    leaver, follower = world.worker("退く人", "業務責任者"), world.person("外の人")
    plan = leaving(world, leaver, follows=follower.id)
    (made,) = (one.record for one in written(plan, Assignment) if one.before is None)
    assert isinstance(made, Assignment)
    assert (made.person, made.role_names) == (follower.id, ("業務責任者",))


def test_a_role_that_somebody_else_has_asks_for_nobody(world: World) -> None:
    leaver = world.worker("退く人", "業務責任者")
    world.worker("残る人", "業務責任者")
    assert not any("業務責任者" in one.text for one in leaving(world, leaver).asks)


def test_a_machine_is_never_left_with_who_is_gone(world: World) -> None:
    person, other = world.worker(), world.worker("使う人")
    device = world.device()
    use = world.add(
        DeviceUse(device=device.id, contract=world.contract.id, person=person.id, starts_on=date(2026, 4, 1))
    )
    asked = leaving(world, person)
    assert not asked.ready
    assert [one.field for one in asked.asks if one.needed] == ["devices"]
    assert [one.field for one in leaving(world, person, devices=Handing.ON).asks if one.needed] == ["user"]
    back = leaving(world, person, devices=Handing.BACK)
    assert [getattr(one.record, "ends_on", None) for one in written(back, DeviceUse)] == [LEAVES]
    passed = leaving(world, person, devices=Handing.ON, user=other.id)
    former, later = (one.record for one in written(passed, DeviceUse))
    assert isinstance(former, DeviceUse)
    assert isinstance(later, DeviceUse)
    assert (former.id, former.person, former.ends_on) == (use.id, person.id, LEAVES)
    assert (later.person, later.starts_on) == (other.id, LEAVES + timedelta(days=1))


def test_what_was_true_until_the_day_stays(world: World) -> None:
    leaver, follower = world.worker("退く人", "業務責任者"), world.worker("継ぐ人")
    before = world.facts()
    plan = leaving(world, leaver, follows=follower.id)
    then = before.replaced([one.record for one in plan.writes if not one.gone])

    def roles(facts: Facts, day: date) -> set[tuple[int, str]]:
        return {
            (one.person, role)
            for one in facts.all(Assignment)
            if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on)
            for role in one.role_names
        }

    assert roles(then, LEAVES) == roles(before, LEAVES)
    assert roles(then, LEAVES + timedelta(days=1)) == {(follower.id, "従事者"), (follower.id, "業務責任者")}


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"on": date(2020, 3, 31)}, "退職日が入社日（令和2年4月1日）より前です"),
        ({"follows": "self"}, "後任に本人は選べません"),
        ({"follows": "gone"}, "退職するため、後任にできません"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(world: World, answers: dict[str, Any], told: str) -> None:
    leaver = world.worker("退く人", "業務責任者", joined_on=date(2020, 4, 1))
    ids = {"self": leaver.id, "gone": world.worker("先に退く人", left_on=LEAVES).id}
    given = {name: ids.get(value, value) for name, value in answers.items()}
    plan = leaving(world, leaver, **given)
    assert not plan.ready
    assert not plan.papers
    assert any(told in one for one in plan.refusals)


def test_who_has_left_already_is_refused(world: World) -> None:
    plan = leaving(world, world.worker(left_on=date(2026, 6, 30)))
    assert any("令和8年6月30日に退職したと登録されています" in one for one in plan.refusals)


def test_it_calls_for_the_papers_of_each_contract_and_for_no_other(world: World) -> None:
    person = world.worker()
    plan = leaving(world, person)
    assert {one.contract for one in plan.papers} <= {world.contract.id}
    assert {one.form for one in plan.papers} <= set(FORMS)
    assert LEAVES < END


def test_every_act_is_known_by_its_own_name() -> None:
    assert all(name == one.name for name, one in ACTS.items())
