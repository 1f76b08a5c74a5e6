"""No state is kinder than the facts: thin ledgers, proofs taken away, facts that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from app.annexes.asks import parameters_of
from app.annexes.catalogue import Catalogue, load
from app.annexes.clause import Clause
from app.annexes.kinds import State
from app.duties.duty import Duty
from app.duties.evaluators import EVALUATORS
from app.records import Record
from tests.every.test_every_kind import EXAMPLES
from tests.support.contradictions import ALLOWED, CONTRADICTIONS, WORDS
from tests.support.thin import THIN, Thin
from tests.support.world import AFTER, BEFORE, DURING, END, World

DAYS = (BEFORE, DURING, END, AFTER)


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load()


class Asked(World):
    """A world that remembers on which day a duty was last asked for."""

    day: date

    def __init__(self, shipped: Catalogue, asks: Mapping[str, Any] | None = None) -> None:
        super().__init__(shipped)
        self.asks = dict(asks or {})

    def clause(self, kind: str, *when: str, **asks: Any) -> Clause:
        """The clause of the story, which asks for ``asks`` of the world besides, as far as its kind can."""
        more = {name: value for name, value in self.asks.items() if name in parameters_of(kind)}
        return super().clause(kind, *when, **{**asks, **more})

    def duties(self, day: date) -> tuple[Duty, ...]:
        self.day = day
        return super().duties(day)

    def again(self, duty: Duty) -> Duty:
        """The same duty on the same day, as the world stands now."""
        return next(
            one
            for one in super().duties(self.day)
            if (one.annex, one.clause.key, one.kind) == (duty.annex, duty.clause.key, duty.kind)
        )

    def stored(self, kind: str, record_id: int) -> Record:
        found = self.facts().named(kind, record_id)
        assert found is not None
        return found


def satisfied(shipped: Catalogue, kind: str, asks: Mapping[str, Any] | None = None) -> tuple[Asked, Duty]:
    world = Asked(shipped, asks)
    duty = EXAMPLES[kind, State.SATISFIED](world)
    assert duty.state is State.SATISFIED
    return world, duty


KINDS = [kind for kind in EVALUATORS if (kind, State.SATISFIED) in EXAMPLES]


def test_every_kind_has_a_satisfied_example() -> None:
    assert list(EVALUATORS) == KINDS


# (a) thin ledgers


@pytest.mark.parametrize("annex", [annex.key for annex in load().annexes])
@pytest.mark.parametrize("thin", THIN, ids=[one.name for one in THIN])
def test_one_record_satisfies_nothing_but_what_it_proves(annex: str, thin: Thin, shipped: Catalogue) -> None:
    """Every clause of every annex, all options on, over a ledger that holds next to nothing."""
    world = World(shipped)
    options = tuple(option.key for option in shipped.annex(annex).options)
    world.under(annex, options=options, information=("個人情報", "特定個人情報", "機密情報"))
    thin.fill(world)
    found = {
        (annex, duty.clause.number, duty.kind)
        for day in DAYS
        for duty in world.duties(day)
        if duty.state is State.SATISFIED
    }
    assert found <= thin.proves


# (b) proofs taken away

ANOTHER: dict[tuple[str, str], str] = {}
"""Kind and record type → why the duty stays satisfied when one such record goes: what else proves it."""


def removals() -> Iterator[tuple[str, int]]:
    shipped = load()
    for kind in KINDS:
        _world, duty = satisfied(shipped, kind)
        yield from ((kind, at) for at in range(len(duty.evidence)))


@pytest.mark.parametrize(("kind", "at"), list(removals()))
def test_without_one_of_its_proofs_it_is_not_satisfied(kind: str, at: int, shipped: Catalogue) -> None:
    world, duty = satisfied(shipped, kind)
    proof = duty.evidence[at]
    world.remove(world.stored(proof.record, proof.id))
    left = world.again(duty)
    allowed = (kind, proof.record) in ANOTHER
    assert (left.state is not State.SATISFIED or bool(left.remarks)) is not allowed, (proof, left.why)


# (c) contradictions


def cells() -> Iterator[tuple[str, str]]:
    """Kind and contradiction, wherever the contradiction finds something to say of the kind's example."""
    shipped = load()
    for kind in KINDS:
        for name, told in CONTRADICTIONS.items():
            if set(told.asks) <= set(parameters_of(kind)):
                world, _duty = satisfied(shipped, kind, told.asks)
                if told.change(world, world.day):
                    yield kind, name


def test_the_table_has_a_cell_for_every_contradiction_that_can_be_tried() -> None:
    assert {(kind, name) for kind, row in ALLOWED.items() for name in row} == set(cells())


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, row in ALLOWED.items() for name in row])
def test_what_contradicts_it_is_not_overlooked(kind: str, name: str, shipped: Catalogue) -> None:
    told = CONTRADICTIONS[name]
    world, duty = satisfied(shipped, kind, told.asks)
    assert told.change(world, world.day)
    found = world.again(duty)
    word = WORDS["remark" if found.state is State.SATISFIED and found.remarks else str(found.state)]
    # Where nothing is taken from what the clause asks, a remark of another thing does no harm.
    allowed = ALLOWED[kind][name].replace("S", "SR")
    assert word in allowed, (found.state, found.why, found.remarks)
