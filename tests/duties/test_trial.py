"""An annex is tried under a contract before it binds anyone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.annexes.annex import Annex
from app.annexes.catalogue import Catalogue
from app.annexes.files.text import starting_from
from app.annexes.kinds import State
from app.annexes.own.annexes import read_own
from app.annexes.own.drafting import Drafting, set_parameter
from app.annexes.own.overlay import Overlay, resolve
from app.duties.whatif.trial import Tried, imaginary, tried
from app.records import Contract, Facts
from app.records.contract import Option
from tests.support.sample import DAY, Sample


@pytest.fixture
def facts(shipped: Catalogue) -> Facts:
    return Sample(shipped).facts


@pytest.fixture
def draft(shipped: Catalogue) -> Drafting:
    base = shipped.annex("kimitsu-hoji")
    held = read_own(starting_from(base, "kakuu", "架空市の特記事項"), "見本")
    assert isinstance(held, Overlay)
    return Drafting(resolve(held, base), base)


def annex(draft: Drafting) -> Annex:
    made = draft.annex()
    assert made is not None
    return made


def contract(facts: Facts) -> Contract:
    return next(one for one in facts.all(Contract) if any(row.annex == "kimitsu-hoji" for row in one.annexes))


def test_unchanged_it_asks_what_its_base_asks(shipped: Catalogue, facts: Facts, draft: Drafting) -> None:
    trial = tried(facts, shipped, {}, DAY, contract(facts), annex(draft), "kimitsu-hoji")
    assert trial.compared
    assert trial.found
    assert not trial.gone
    assert all(one.before and not one.differs for one in trial.found)


def test_what_is_added_and_dropped_shows(shipped: Catalogue, facts: Facts, draft: Drafting) -> None:
    place = next(n for n, one in enumerate(draft.clauses) if "work-location" in one["kinds"])
    dropped = draft.clauses[place]["key"]
    draft.drop(place)
    made = draft.clauses[draft.add(0)]
    made |= {"number": "第90条", "heading": "規程", "summary": "規程を定める。"}
    made |= {"kinds": ["management-rules"], "when": ["standing"]}
    trial = tried(facts, shipped, {}, DAY, contract(facts), annex(draft), "kimitsu-hoji")
    assert [one.duty.clause.number for one in trial.found if one.before is None] == ["第90条"]
    assert {duty.clause.key for duty in trial.gone} == {dropped}


def test_a_contract_without_it_gets_it_besides(shipped: Catalogue, facts: Facts, draft: Drafting) -> None:
    trial = tried(facts, shipped, {}, DAY, contract(facts), annex(draft))
    assert not trial.compared
    assert trial.found
    assert all(one.before is None for one in trial.found)


def test_an_imaginary_contract_has_what_it_switches_on(shipped: Catalogue) -> None:
    minato = shipped.annex("minato")
    states: dict[tuple[str, ...], set[State]] = {}
    for options in ((), tuple(str(one) for one in Option)):
        made = imaginary(Facts(()), DAY)
        trial = tried(Facts(()).replaced((made,)), shipped, {}, DAY, made, minato, options=options)
        states[options] = {one.duty.state for one in trial.found if "特定個人情報" in one.duty.clause.options}
    off, on = states.values()
    assert off == {State.NOT_APPLICABLE}
    assert State.NOT_APPLICABLE not in on


def test_a_later_deadline_counts_as_a_difference(shipped: Catalogue, facts: Facts, draft: Drafting) -> None:
    place = next(n for n, one in enumerate(draft.clauses) if one["kinds"] == ["work-location"])
    set_parameter(draft.clauses[place], "work-location", "days_before", 30)
    trial = tried(facts, shipped, {}, DAY, contract(facts), annex(draft), "kimitsu-hoji")
    duty = trial.found[0].duty
    assert Tried(duty, replace(duty, due=date(2030, 1, 1))).differs
    assert not Tried(duty, duty).differs
    assert not Tried(duty).differs
