"""Promises that every cross-check keeps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from app.annexes.catalogue import Catalogue, load
from app.annexes.kinds import KINDS
from app.duties.checks import CHECKS, LEDGER_CHECKS, findings, ledger_findings
from app.duties.duty import Action
from app.duties.finding import Finding, Severity
from app.duties.view import ContractView
from app.records import SPECS
from tests.support.check_examples import EXAMPLES, LEDGER_EXAMPLES
from tests.support.world import AFTER, BEFORE, DURING, END, World

TABLE = {check.name: check for check in CHECKS}
LEDGER_TABLE = {check.name: check for check in LEDGER_CHECKS}


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load()


@pytest.fixture
def world(shipped: Catalogue) -> World:
    return World(shipped)


def seen(world: World, day: date) -> tuple[Finding, ...]:
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, day)
    return findings(view)


def named(found: Iterable[Finding], name: str) -> list[Finding]:
    return [one for one in found if one.check == name]


def test_every_check_has_a_name_of_its_own_a_label_and_known_kinds() -> None:
    names = [*(check.name for check in CHECKS), *(check.name for check in LEDGER_CHECKS)]
    labels = [*(check.label for check in CHECKS), *(check.label for check in LEDGER_CHECKS)]
    assert len(set(names)) == len(names)
    assert len(set(labels)) == len(labels)
    assert all(labels)
    assert {kind for check in CHECKS for kind in check.kinds} <= set(KINDS)


def test_every_check_has_an_example() -> None:
    assert set(EXAMPLES) == set(TABLE)
    assert set(LEDGER_EXAMPLES) == set(LEDGER_TABLE)


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_sees_what_is_wrong_and_says_what_to_do(name: str, world: World) -> None:
    found = named(seen(world, EXAMPLES[name](world, True)), name)
    assert found
    check = TABLE[name]
    for one in found:
        assert one.contract == world.contract.id
        assert one.severity is check.severity
        assert bool(one.clause) >= bool(check.kinds), "the clause that asks is named"
        _promises(world, one)


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_is_silent_where_nothing_is_wrong(name: str, world: World) -> None:
    assert not named(seen(world, EXAMPLES[name](world, False)), name)


@pytest.mark.parametrize("name", LEDGER_EXAMPLES)
def test_what_no_contract_owns_is_seen_as_well(name: str, world: World) -> None:
    today = LEDGER_EXAMPLES[name](world, True)
    (one,) = named(ledger_findings(world.facts(), today), name)
    assert (one.contract, one.severity) == (0, LEDGER_TABLE[name].severity)
    _promises(world, one)


@pytest.mark.parametrize("name", LEDGER_EXAMPLES)
def test_and_is_not_seen_where_nothing_is_wrong(name: str, world: World) -> None:
    today = LEDGER_EXAMPLES[name](world, False)
    assert not named(ledger_findings(world.facts(), today), name)


def _promises(world: World, one: Finding) -> None:
    assert one.text.endswith("。")
    assert one.text.count("。") == 1
    assert world.facts().named(one.record, one.id) is not None
    assert one.next.action is not Action.NONE
    assert one.next.text
    match one.next.action:
        case Action.ISSUE:
            assert one.next.target in world.forms
        case Action.ADD:
            assert {name for name, _value in one.next.given} <= {
                f.name for f in SPECS[one.next.target].fields
            }
        case _:
            assert world.facts().named(one.next.target, one.next.id) is not None


def test_without_a_clause_that_asks_it_weighs_less(world: World) -> None:
    world.worker()
    (one,) = named(seen(world, DURING), "worker-without-training")
    assert (one.severity, one.annex, one.clause) == (Severity.WARNING, "", "")


def test_an_oath_is_missed_only_where_a_clause_wants_one_of_those_at_work(world: World) -> None:
    world.worker()
    world.clause("oath", "on-leaving")
    assert named(seen(world, DURING), "worker-without-oath") == []
    asked = world.clause("oath", "before-start")
    (one,) = named(seen(world, DURING), "worker-without-oath")
    assert one.clause == asked.number


def test_the_first_clause_that_asks_is_named(world: World) -> None:
    world.clause("training", options=("派遣",))
    second = world.clause("training", "before-start")
    world.clause("training", "before-start")
    world.worker()
    (one,) = named(seen(world, DURING), "worker-without-training")
    assert (one.annex, one.clause) == ("own", second.number)


def test_each_thing_is_told_once_however_many_clauses_ask(world: World) -> None:
    world.clause("copy-approval", "each-time")
    world.clause("copy-approval", "each-time")
    world.event(world.received(), "複写", day=DURING)
    assert len(named(seen(world, DURING), "copy-unapproved")) == 1


def test_what_lies_ahead_is_no_finding(world: World) -> None:
    for kind in ("oath", "training", "copy-approval", "subcontract-approval", "equipment-takeout"):
        world.clause(kind, "each-time")
    world.worker(starts=END)
    world.device_use(world.device(), starts=END, location=world.place(kind="持出し先").id)
    found = {one.check for one in seen(world, DURING)}
    assert not found & {"worker-without-oath", "worker-without-training", "device-take-out-unapproved"}


def test_an_answer_that_is_awaited_is_no_finding(world: World) -> None:
    world.clause("copy-approval", "each-time")
    world.approval("複写", granted=None, applied_on=DURING)
    assert not named(seen(world, DURING), "copy-unapproved")
    assert not named(seen(world, DURING), "copy-misused")


def test_a_named_approval_that_does_not_fit_is_told_even_where_no_clause_asks(world: World) -> None:
    held = world.approval("複写", granted=DURING, ends_on=DURING)
    world.event(world.received(), "複写", day=END, approval=held.id)
    (one,) = named(seen(world, END), "copy-misused")
    assert one.severity is Severity.WARNING
    assert held.number in one.text


def test_the_clock_is_left_out_where_another_day_is_asked_about(world: World) -> None:
    LEDGER_EXAMPLES["clock-set-back"](world, True)
    assert not named(ledger_findings(world.facts(), None), "clock-set-back")


@pytest.mark.parametrize("day", [BEFORE, DURING, END, AFTER])
def test_an_empty_contract_has_nothing_but_blank_fields(world: World, day: date) -> None:
    assert {one.check for one in seen(world, day)} == {"fields-blank"}
