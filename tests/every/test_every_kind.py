"""Promises that every kind of duty keeps."""

from __future__ import annotations

from datetime import date

import pytest

from app.annexes.catalogue import Catalogue, load
from app.annexes.choices import AppliesTo
from app.annexes.kinds import KINDS, State
from app.duties.evaluators import EVALUATORS
from tests.support import duty_examples, examples_permissions, examples_reports, examples_routine
from tests.support.world import AFTER, BEFORE, DURING, END, EVE, World

EXAMPLES = {
    key: story
    for module in (duty_examples, examples_permissions, examples_reports, examples_routine)
    for key, story in module.EXAMPLES.items()
}
every_kind = pytest.mark.parametrize("kind", EVALUATORS)


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load()


@pytest.fixture
def world(shipped: Catalogue) -> World:
    return World(shipped)


def test_every_kind_but_what_is_only_shown_has_an_evaluator() -> None:
    assert set(EVALUATORS) == {kind.name for kind in KINDS.values() if not kind.shown_only}


@every_kind
def test_every_declared_state_has_an_example_and_no_other(kind: str) -> None:
    assert {state for name, state in EXAMPLES if name == kind} == EVALUATORS[kind].states


@pytest.mark.parametrize(("kind", "state"), EXAMPLES, ids=[f"{kind}-{state}" for kind, state in EXAMPLES])
def test_the_example_ends_in_its_state(kind: str, state: State, world: World) -> None:
    duty = EXAMPLES[kind, state](world)
    assert duty.state is state, duty
    assert duty.why.startswith(f"{duty.clause.number}：")
    assert duty.why.endswith("。")
    assert duty.why.count("。") == 1
    assert bool(duty.evidence) >= (state is State.SATISFIED)
    assert bool(duty.missing) >= (state in (State.DUE, State.OVERDUE))
    assert all(gap.text.endswith("。") for gap in duty.missing)


@every_kind
@pytest.mark.parametrize("day", [BEFORE, EVE, DURING, END, AFTER])
def test_no_data_never_means_satisfied(kind: str, day: date, world: World) -> None:
    for when in (("before-start",), ("standing",), ("each-time",), ("on-completion",), ("on-request",)):
        duty = world.duty(day, kind, *when)
        assert duty.state is not State.SATISFIED
        assert duty.evidence == ()


@every_kind
def test_an_option_that_is_off_makes_it_not_applicable(kind: str, world: World) -> None:
    clause = world.clause(kind, options=("派遣",))
    (duty,) = world.duties(DURING)
    assert (duty.clause, duty.state) == (clause, State.NOT_APPLICABLE)
    assert "派遣" in duty.why


@every_kind
def test_information_that_the_contract_does_not_handle_makes_it_not_applicable(
    kind: str, world: World
) -> None:
    world.change(world.contract, information=("機密情報",))
    assert world.duty(DURING, kind, applies_to=AppliesTo.SPECIFIC).state is State.NOT_APPLICABLE
