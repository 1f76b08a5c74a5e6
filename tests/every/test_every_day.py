"""What was judged on one day and kept over to others, or to another session, is what would be judged anew.

Every story of a kind of duty and of a cross-check, every form, and the sample ledger are led over the days
on which anything that was noted turns: on the day before, on the day and on the day after.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.annexes.catalogue import Catalogue, load
from app.annexes.kinds import State
from app.duties.duty import Step
from app.eras import EARLIEST
from app.records.days import LATEST
from app.records.today import Today
from app.work.assessing import assess
from app.work.assessment import Assessment
from app.work.kept import pack, unpack
from tests.every.test_every_kind import EXAMPLES as KINDS_OF_DUTY
from tests.support.check_examples import EXAMPLES as CHECKS
from tests.support.world import DURING, World

MOST = 12
"""So many turns are visited in a story, those nearest to its middle: the ledger goes back and forth."""
APP = Path(__file__).parents[2] / "app"
LEDGER_DAYS = range(EARLIEST.toordinal() + 1, LATEST.toordinal())


def test_nothing_that_judges_takes_a_day_to_pieces_unnoticed() -> None:
    """``datetime.combine`` reads a day past all that it notes; ``end_of`` does not."""
    code = [
        path for room in ("duties", "counting", "annexes", "records") for path in APP.glob(f"{room}/**/*.py")
    ]
    code += (APP.parent / "forms").glob("**/*.py")
    assert len(code) > 200
    assert sorted(path.name for path in code if "combine(" in path.read_text("utf-8")) == [
        "days.py",
        "typed_days.py",
    ]


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load()


@pytest.fixture
def world(shipped: Catalogue) -> World:
    return World(shipped)


def answers(made: Assessment) -> tuple[object, ...]:
    return made.duties, made.drifts, made.findings, made.planned


def steps(made: Assessment) -> list[Step]:
    """All steps that are offered: what they enter is written down as it is."""
    gaps = [gap.step for duty in made.duties for gap in duty.missing]
    return [*gaps, *(duty.next for duty in made.duties), *(one.next for one in made.findings)]


def turns(made: Assessment) -> set[int]:
    """The first days, as ordinals, on which anything kept may be otherwise than the day before."""
    parts = [one.part for view in made.views.values() for one in view._kept.values()]
    return {turn for part in parts for turn in (part.first, part.last + 1) if turn in LEDGER_DAYS}


def lead(world: World) -> None:
    """Over the days of a ledger: to the nearest one that turns, and on from what was noted there."""
    facts, catalogue, forms = world.facts(), world.catalogue, world.forms
    made, seen = assess(facts, catalogue, forms, DURING), set[int]()
    while len(seen) < MOST and (left := turns(made) - seen):
        turn = min(left, key=lambda one: abs(one - DURING.toordinal()))
        seen.add(turn)
        for number in (turn - 1, turn, turn + 1):
            day, written = date.fromordinal(number), pack(made, "")
            made, anew = assess(facts, catalogue, forms, day, made), assess(facts, catalogue, forms, day)
            assert answers(made) == answers(anew), day
            assert not [
                value for step in steps(made) for _name, value in step.given if isinstance(value, Today)
            ]
            started = assess(facts, catalogue, forms, day, kept=unpack(written, "", facts, catalogue, day))
            assert answers(started) == answers(anew), day
    assert unpack(pack(made, ""), "", facts, catalogue, made.day).contracts, "all of it can be written"


@pytest.mark.parametrize(("kind", "state"), KINDS_OF_DUTY, ids=[f"{k}-{s}" for k, s in KINDS_OF_DUTY])
def test_a_duty_is_judged_again_on_the_day_on_which_it_turns(kind: str, state: State, world: World) -> None:
    KINDS_OF_DUTY[kind, state](world)
    lead(world)


@pytest.mark.parametrize("wrong", [True, False])
@pytest.mark.parametrize("name", CHECKS)
def test_so_is_a_cross_check(name: str, wrong: bool, world: World) -> None:
    CHECKS[name](world, wrong)
    lead(world)
