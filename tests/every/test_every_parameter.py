"""Promises of every clause parameter: it says something to each kind that it belongs to, and to no other.

What an evaluator does not read would be offered to whoever writes an annex, shown beside the clause, and
change nothing: a clause that asks for writing would be fulfilled by word of mouth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from app.annexes.asks import NOTHING, PARAMETERS, parameters_of
from app.annexes.catalogue import Annex, Catalogue, load
from app.annexes.choices import Submit
from app.annexes.clause import Clause
from app.duties.duty import Duty
from app.duties.evaluators import EVALUATORS
from app.records import Contract
from app.records.contract import ContractAnnex
from forms import all_forms
from tests.every.test_every_kind import EXAMPLES
from tests.support import sample_applications
from tests.support.asked import values_of
from tests.support.examples import Story
from tests.support.parameter_examples import STORIES
from tests.support.sample import KAWAGUCHI, Sample
from tests.support.world import World

OF_ALL = ("applies_to", "assumed")
"""What the engine itself looks at, or, of assumptions, the sentence that counts the deadline.

``workers`` is looked at by the engine too, whatever the kind; what reads an annex keeps it where it belongs.
"""

_SPANS = tuple({"within_days": days} for days in range(1, 8))
_PROMPTLY = {"submit": Submit.PROMPTLY}
BESIDE: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "urgency": (_PROMPTLY,),
    "within_days": (_PROMPTLY,),
    "within_business_days": (_PROMPTLY,),
    "within_months": (_PROMPTLY,),
    "first_day": (*_SPANS, *({**_PROMPTLY, **one} for one in _SPANS), {"period_months": 1}),
    "roll": ({"days_before": 3}, *_SPANS, *({**_PROMPTLY, **one} for one in _SPANS)),
    "cycle": ({"period_months": 6},),
    "then": ({"stages": 2},),
    "then_days": ({"stages": 2},),
}
"""What has to be asked as well, so that a parameter bears on anything: a roll on a deadline, for one."""

Change = Mapping[str, Any]


class Altered(World):
    """A world whose clauses of one kind ask for something else than the story says."""

    def __init__(self, shipped: Catalogue, kind: str, change: Change) -> None:
        self._kind, self._change = kind, change
        super().__init__(shipped)

    def clause(
        self, kind: str, *when: str, options: tuple[str, ...] = (), also: tuple[str, ...] = (), **asks: Any
    ) -> Clause:
        if self._kind in (kind, *also):
            asks = {name: value for name, value in {**asks, **self._change}.items() if value is not None}
        return super().clause(kind, *when, options=options, also=also, **asks)


def told(story: Story, shipped: Catalogue, kind: str, change: Change) -> tuple[Any, ...]:
    """All that people see of the duty in which the story ends."""
    duty: Duty = story(Altered(shipped, kind, change))
    return (
        duty.state,
        duty.due,
        duty.missing,
        duty.evidence,
        duty.next,
        duty.why,
        duty.counted,
        duty.again,
        duty.remarks,
    )


def stories(kind: str) -> Iterator[Story]:
    """The small stories about a kind: those of its states, and those that a parameter needed besides."""
    yield from (story for (of, _state), story in EXAMPLES.items() if of == kind)
    yield from STORIES.get(kind, ())


def changed(
    shipped: Catalogue, kind: str, name: str, beside: Iterable[Change] = ({},)
) -> tuple[Change, Any] | None:
    """What was asked besides, and the value of ``name`` that changed the end of some story; None: nothing."""
    for story in stories(kind):
        for others in beside:
            before = told(story, shipped, kind, others)
            for value in (None, *values_of(name), *spoken(shipped, kind, name)):
                if told(story, shipped, kind, {**others, name: value}) != before:
                    return others, value
    return None


def spoken(shipped: Catalogue, kind: str, name: str) -> set[Any]:
    """What the annexes of the product say: words of their own, of which an evaluator may know some."""
    clauses = (clause for annex in shipped.annexes for clause in annex.with_kind(kind))
    return {getattr(clause.asks(kind), name) for clause in clauses} - {getattr(NOTHING, name)}


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load()


PAIRS = [(kind, name) for kind in EVALUATORS for name in parameters_of(kind) if name not in OF_ALL]


@pytest.mark.parametrize(("kind", "name"), PAIRS, ids=[f"{kind}-{name}" for kind, name in PAIRS])
def test_a_parameter_changes_the_verdict_of_each_kind_it_belongs_to(
    kind: str, name: str, shipped: Catalogue
) -> None:
    found = changed(shipped, kind, name, ({}, *BESIDE.get(name, ())))
    assert found is not None or PARAMETERS[name].forms


@pytest.mark.parametrize("kind", EVALUATORS)
def test_what_does_not_belong_to_a_kind_changes_nothing_of_it(kind: str, shipped: Catalogue) -> None:
    others = [name for name in PARAMETERS if name not in (*parameters_of(kind), *OF_ALL, "workers")]
    found = {name: changed(shipped, kind, name) for name in others}
    assert {name: how for name, how in found.items() if how} == {}


@pytest.mark.parametrize(
    ("name", "form"), [(name, form) for name, one in PARAMETERS.items() for form in one.forms]
)
def test_a_parameter_changes_the_document_that_is_said_to_print_it(
    name: str, form: str, shipped: Catalogue
) -> None:
    sample = Sample(shipped)
    sample_applications.extend(sample)
    if annex := sample_applications.UNDER.get(form):
        sample.change(Contract, KAWAGUCHI, annexes=(ContractAnnex(annex=annex),))
    case = sample.case(KAWAGUCHI)
    made = all_forms()[form]
    printed = [
        made.gather(replace(case, catalogue=asking(shipped, name, value))).facts
        for value in (getattr(NOTHING, name), *values_of(name))
    ]
    assert all(facts != printed[0] for facts in printed[1:])


def asking(shipped: Catalogue, name: str, value: Any) -> Catalogue:
    """The catalogue with this value of the parameter wherever it belongs."""
    return replace(shipped, annexes=tuple(_asking(annex, name, value) for annex in shipped.annexes))


def _asking(annex: Annex, name: str, value: Any) -> Annex:
    return replace(
        annex,
        clauses=tuple(
            replace(
                clause,
                asked={
                    kind: replace(asks, **{name: value}) if PARAMETERS[name].belongs_to(kind) else asks
                    for kind, asks in clause.asked.items()
                },
            )
            for clause in annex.clauses
        ),
    )
