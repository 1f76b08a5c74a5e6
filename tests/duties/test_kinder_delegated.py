"""Work that is delegated: whose approval it was, who does the work, and what came after the start."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.choices import Exempt, Further, Submit, Workers
from app.annexes.kinds import State
from app.duties.duty import Duty
from tests.support.world import BEFORE, DURING, END, EVE, START, World

DAY = timedelta(days=1)
SUBS: dict[str, Any] = {"workers": (Workers.SUBCONTRACTOR,)}
APPROVAL: dict[str, Any] = {"exception": (Exempt.APPROVAL,)}

# 再委託先の従事者


@pytest.mark.parametrize("kind", ["oath", "training", "supervision", "worker-list"])
@pytest.mark.parametrize("asks", [SUBS, {}])
def test_delegated_work_that_nobody_is_registered_for_is_for_a_person_to_confirm(
    world: World, kind: str, asks: dict[str, Any]
) -> None:
    own = world.worker()
    world.oath(own)
    world.training(own)
    world.check("周知", own)
    world.delegate(world.subcontractor())
    duty = world.duty(DURING, kind, "before-start", **asks)
    assert (duty.state, duty.missing[0].record) == (State.CONFIRM, "subcontract")


def test_a_clause_on_the_vendors_own_workers_does_not_ask_for_them(world: World) -> None:
    world.oath(world.worker())
    world.delegate(world.subcontractor())
    asks: dict[str, Any] = {"workers": (Workers.OWN, Workers.TEMPORARY)}
    assert world.duty(DURING, "oath", "before-start", **asks).state is State.SATISFIED


@pytest.mark.parametrize("number", ["特記事項 第14第2項", "特記事項 第14第3項"])
def test_the_clauses_of_kawaguchi_on_their_oaths_are_never_not_applicable_then(
    world: World, number: str
) -> None:
    world.under("kawaguchi")
    world.worker()
    assert world.under_clause(DURING, number, "oath").state is State.NOT_APPLICABLE
    world.delegate(world.subcontractor())
    assert world.under_clause(DURING, number, "oath").state is State.CONFIRM


def test_the_people_of_one_company_do_not_stand_for_those_of_another(world: World) -> None:
    first, second = world.subcontractor("架空印刷"), world.subcontractor("架空封入")
    world.delegate(first)
    world.training(world.worker(employment="再委託先", subcontractor=first.id))
    assert world.duty(DURING, "training", "each-time", **SUBS).state is State.SATISFIED
    other = world.delegate(second)
    duty = world.duties(DURING)[0]
    assert (duty.state, [gap.id for gap in duty.missing]) == (State.CONFIRM, [other.id])


def test_a_worker_of_no_named_company_belongs_to_one_only_where_there_is_one(world: World) -> None:
    world.delegate(world.subcontractor("架空印刷"))
    world.training(world.worker(employment="再委託先"))
    assert world.duty(DURING, "training", "each-time", **SUBS).state is State.SATISFIED
    world.delegate(world.subcontractor("架空封入"))
    assert world.duties(DURING)[0].state is State.CONFIRM


def test_a_delegation_that_is_over_still_had_somebody_who_did_the_work(world: World) -> None:
    world.worker()
    world.delegate(world.subcontractor(), ends_on=START + DAY)
    assert world.duty(DURING, "oath", "each-time", **SUBS).state is State.CONFIRM


def test_their_training_is_confirmed_in_the_agreement_clause_too(world: World) -> None:
    world.delegate(world.subcontractor(), "従事者の研修")
    asks: dict[str, Any] = {"items": ("従事者の研修",), **SUBS}
    assert world.duty(DURING, "subcontract-flowdown", "each-time", **asks).state is State.CONFIRM


def test_secrecy_is_not_promised_by_all_while_nobody_of_the_sub_contractor_is_known(world: World) -> None:
    world.oath(world.worker())
    assert world.duty(DURING, "secrecy", "standing").state is State.SATISFIED
    world.delegate(world.subcontractor())
    assert world.duties(DURING)[0].state is State.CONFIRM


# 承諾


def approval_duty(world: World, **asks: Any) -> Duty:
    return world.duty(DURING, "subcontract-approval", "each-time", **{**APPROVAL, **asks})


@pytest.mark.parametrize("named", [True, False])
def test_an_approval_that_names_no_company_serves_no_second_one(world: World, named: bool) -> None:
    given = world.approval("再委託")
    world.delegate(world.subcontractor("架空印刷"), approval=given.id if named else None)
    assert approval_duty(world).state is State.SATISFIED
    second = world.delegate(world.subcontractor("架空封入"), approval=given.id if named else None)
    duty = approval_duty(world)
    assert duty.state is State.CONFIRM
    assert [gap.id for gap in duty.missing] == [second.id]


def test_an_approval_that_names_no_company_serves_no_second_tier(world: World) -> None:
    given = world.approval("再委託")
    company = world.subcontractor("架空印刷")
    first = world.delegate(company, approval=given.id)
    world.delegate(company, approval=given.id, tier=2, parent=first.id)
    assert approval_duty(world).state is State.SATISFIED
    assert approval_duty(world, tiers=True).state is State.CONFIRM


def test_whoever_names_it_comes_before_those_it_was_found_for(world: World) -> None:
    given = world.approval("再委託")
    found = world.delegate(world.subcontractor("架空印刷"))
    world.delegate(world.subcontractor("架空封入"), starts=START + DAY, approval=given.id)
    duty = approval_duty(world)
    assert (duty.state, [gap.id for gap in duty.missing]) == (State.CONFIRM, [found.id])


def test_one_made_out_to_each_company_serves_each(world: World) -> None:
    for name in ("架空印刷", "架空封入"):
        world.approval("再委託", destination=name)
        world.delegate(world.subcontractor(name))
    assert approval_duty(world).state is State.SATISFIED


# 選定と契約


def selecting(world: World, day: date = DURING) -> Duty:
    world.under("minato")
    return world.under_clause(day, "第5条", "subcontract-flowdown")


def able(world: World, **values: Any) -> None:
    one = world.delegate(world.subcontractor(), "安全管理措置", **values)
    world.check("再委託先", on=START, subcontract=one.id)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"selection": "施錠と研修の記録を確認", "selected_on": BEFORE}, State.SATISFIED),
        ({"selection": "施錠と研修の記録を確認"}, State.OVERDUE),
        ({"selected_on": BEFORE}, State.OVERDUE),
        ({}, State.OVERDUE),
    ],
)
def test_the_sub_contractor_was_found_able_before_it_was_chosen(
    world: World, values: dict[str, Any], state: State
) -> None:
    able(world, **values)
    duty = selecting(world)
    assert (duty.state, duty.due) == (state, EVE if state is State.OVERDUE else None)


@pytest.mark.parametrize(("on", "late"), [(EVE - DAY, False), (EVE, False), (START, True)])
def test_found_able_only_after_the_start(world: World, on: date, late: bool) -> None:
    able(world, selection="施錠を確認", selected_on=on)
    duty = selecting(world)
    assert duty.state is State.SATISFIED
    assert [(one.since, one.until) for one in duty.remarks] == ([(EVE, START)] if late else [])


@pytest.mark.parametrize(("on", "late"), [(EVE, False), (START, True), (START + DAY, True)])
def test_an_agreement_after_the_eve_of_the_start_came_late(world: World, on: date, late: bool) -> None:
    one = world.delegate(world.subcontractor(), agreed=on)
    world.check("再委託先", on=START, subcontract=one.id)
    duty = world.duty(DURING, "subcontract-flowdown", "each-time")
    assert duty.state is State.SATISFIED
    assert [(one.record, one.since, one.until) for one in duty.remarks] == (
        [("subcontract", EVE, on)] if late else []
    )


@pytest.mark.parametrize(("second", "late"), [(date(2026, 7, 1), False), (date(2026, 7, 2), True)])
def test_a_check_of_the_sub_contractor_that_was_let_go_by(world: World, second: date, late: bool) -> None:
    one = world.delegate(world.subcontractor())
    for day in (START, second):
        world.check("再委託先", on=day, subcontract=one.id)
    duty = world.duty(date(2026, 8, 1), "subcontract-flowdown", "each-time", period_months=3)
    assert duty.state is State.SATISFIED
    assert [(one.since, one.until) for one in duty.remarks] == ([(date(2026, 7, 1), second)] if late else [])


def test_the_list_of_the_vendors_people_leaves_out_nobody_who_is_delegated_to(world: World) -> None:
    world.worker()
    world.issue("personnel-report")
    world.delegate(world.subcontractor(), ends_on=END)
    duty = world.duty(DURING, "worker-list", "before-start", submit=Submit.BEFOREHAND)
    assert duty.state is State.CONFIRM


# 契約の方式と、さらなる委託


@pytest.mark.parametrize(
    ("written", "state"), [(True, State.SATISFIED), (None, State.CONFIRM), (False, State.DUE)]
)
def test_an_agreement_that_has_to_be_in_writing(world: World, written: bool | None, state: State) -> None:
    one = world.delegate(world.subcontractor(), agreement_written=written)
    world.check("再委託先", on=START, subcontract=one.id)
    assert world.duty(DURING, "subcontract-flowdown", "each-time", written=True).state is state
    assert world.duty(DURING, "subcontract-flowdown", "each-time").state is State.SATISFIED


@pytest.mark.parametrize(
    ("exception", "granted", "state"),
    [
        ((Exempt.APPROVAL,), BEFORE, State.SATISFIED),
        ((Exempt.APPROVAL,), None, State.DUE),
        ((Exempt.NONE,), BEFORE, State.DUE),
        ((), BEFORE, State.DUE),
    ],
)
def test_a_ban_on_further_delegation_is_lifted_only_as_the_clause_says(
    world: World, exception: tuple[Exempt, ...], granted: date | None, state: State
) -> None:
    first = world.delegate(world.subcontractor())
    given = world.approval("再委託", granted=granted, applied_on=BEFORE)
    world.delegate(world.subcontractor("架空運送"), tier=2, parent=first.id, approval=given.id)
    asks: dict[str, Any] = {"further": Further.FORBIDDEN, "exception": exception}
    assert world.duty(DURING, "subcontract-flowdown", "each-time", **asks).state is state
