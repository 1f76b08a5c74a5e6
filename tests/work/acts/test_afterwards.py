"""Once an act was written: whether it was taken back, and which of its papers are still to be issued."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.annexes.catalogue import load
from app.records import Submission
from app.work.acts.afterwards import keys_of, still_to_issue, undone
from app.work.acts.following import ended
from app.work.acts.plan import Paper, Write
from tests.support.world import World


@pytest.fixture
def world() -> World:
    return World(load())


def test_taken_back_is_what_says_again_what_it_said(world: World) -> None:
    person = world.person()
    new, before = world.oath(person), replace(person, left_on=None)
    writes = (Write(replace(person, left_on=date(2026, 7, 31)), before), Write(new))
    world.change(person, left_on=date(2026, 7, 31))
    assert not undone(world.facts(), writes)
    world.change(person, left_on=None)
    assert not undone(world.facts(), writes)
    world.remove(new)
    assert undone(world.facts(), writes)


def test_what_was_taken_out_is_taken_back_when_it_is_there_again(world: World) -> None:
    later = world.device_use(world.device(), starts=date(2026, 8, 1))
    gone = ended(later, date(2026, 7, 1), "退職")
    assert gone.gone
    assert undone(world.facts(), (gone,))
    assert keys_of((gone,)) == ()
    world.remove(later)
    assert not undone(world.facts(), (gone,))


def test_a_paper_is_issued_by_one_of_its_form_and_contract_that_stands(world: World) -> None:
    old = submission(world)
    planned, papers = world.facts(), (Paper(world.contract.id, "worker-list", None, ""),)
    left = ((world.contract.id, "worker-list"),)
    assert still_to_issue(planned, planned, papers) == left
    made = submission(world)
    assert still_to_issue(planned, world.facts(), papers) == ()
    world.change(made, voided_on=date(2026, 7, 1), voided_why="誤り")
    assert still_to_issue(planned, world.facts(), papers) == left
    assert old.form == made.form


def submission(world: World) -> Submission:
    return world.add(
        Submission(
            number="",
            form="worker-list",
            title="従事者名簿",
            contract=world.contract.id,
            issued_on=date(2026, 7, 1),
            pdf="",
            statement="",
            code="",
            head="",
            head_sequence=0,
        )
    )
