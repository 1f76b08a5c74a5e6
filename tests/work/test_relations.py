"""What hangs on a record: who names it, what of that is told, and what is open about it."""

from __future__ import annotations

from datetime import date

import pytest

from app.annexes.catalogue import load
from app.annexes.kinds import State
from app.records import Assignment, Training
from app.records.training import Attendance
from app.work.relations import open_about, relations
from tests.support.world import DURING, START, World

TODAY = date(2026, 7, 1)


@pytest.fixture
def world() -> World:
    made = World(load())
    made.under("kimitsu-hoji")
    return made


def test_everything_that_names_a_person_is_there_the_newest_first(world: World) -> None:
    person, other = world.worker("佐藤花子"), world.worker("鈴木一郎")
    oath = world.oath(person)
    held = world.training(person, other, held=DURING)
    use = world.device_use(world.device(), person=person.id)
    world.oath(other)
    found = relations(world.facts(), person, TODAY)
    named = {(one.record.spec.name, one.record.id) for one in found}
    (assignment,) = world.facts().of(Assignment, "person", person.id)
    assert named == {(one.spec.name, one.id) for one in (oath, held, use, assignment)}
    days = [one.day for one in found if one.day]
    assert days == sorted(days, reverse=True)
    assert "役割：従事者" in next(one.told for one in found if isinstance(one.record, Assignment))


def test_whoever_was_absent_is_not_told_as_trained(world: World) -> None:
    """The row says what became of it, not only that the person stands on the list."""
    person = world.worker()
    world.add(
        Training(
            title="研修",
            held_on=DURING,
            topics=(),
            contracts=(),
            attendance=(Attendance(person=person.id, outcome="欠席"),),
        )
    )
    (found,) = (one for one in relations(world.facts(), person, TODAY) if isinstance(one.record, Training))
    assert "出欠：欠席" in found.told
    assert found.called == "受講者"


def test_what_has_ended_says_so_from_the_day_after(world: World) -> None:
    person = world.worker(ends=TODAY)
    for day, over in ((TODAY, False), (TODAY.replace(day=2), True)):
        (found,) = relations(world.facts(), person, day)
        assert found.over is over


def test_what_is_open_about_a_person_is_told_and_nothing_of_another(world: World) -> None:
    person, other = world.worker("佐藤花子"), world.worker("鈴木一郎")
    world.oath(other)
    world.training(other)
    facts, duties = world.facts(), world.duties(TODAY)
    found = open_about(facts, duties, person)
    assert any("佐藤花子" in one.text for one in found)
    assert not any("鈴木一郎" in one.text for one in found)
    assert {one.state for one in found} <= {State.OVERDUE, State.DUE, State.CONFIRM, State.WAITING}
    assert all(one.contract == world.contract.id for one in found)


def test_what_is_open_about_a_use_is_open_about_the_place(world: World) -> None:
    place = world.place()
    world.use(place, START)
    found = open_about(world.facts(), world.duties(TODAY), place)
    assert any("届出" in one.text for one in found)
