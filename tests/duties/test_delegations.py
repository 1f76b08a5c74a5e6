"""Work that is delegated: the client's approval, the agreement, and who watches over it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.annexes.choices import Exempt, Further
from app.annexes.kinds import State
from app.duties.duty import Action, Duty
from app.records import Check, Subcontract
from app.records.for_contract import ForContract
from tests.support.world import BEFORE, DURING, EVE, START, World

DAY = timedelta(days=1)
LATER = DURING + timedelta(days=30)


def approval_duty(world: World, **asks: Any) -> Duty:
    given = {"exception": (Exempt.APPROVAL,), **asks}
    return world.duty(DURING, "subcontract-approval", "each-time", **given)


def flowdown_duty(world: World, *items: str, **asks: Any) -> Duty:
    return world.duty(DURING, "subcontract-flowdown", "each-time", items=items, **asks)


def checked(world: World, delegation: Subcontract, on: Any = START) -> None:
    contracts = (ForContract(contract=world.contract.id),)
    world.add(Check(kind="再委託先", contracts=contracts, done_on=on, subcontract=delegation.id))


def below(world: World, parent: Subcontract, **values: Any) -> Subcontract:
    return world.delegate(world.subcontractor("架空印刷"), parent=parent.id, tier=2, **values)


# 承諾


def test_a_delegation_planned_later_is_due_the_day_before_its_start(world: World) -> None:
    world.delegate(world.subcontractor(), starts=LATER)
    duty = approval_duty(world)
    assert (duty.state, duty.due) == (State.DUE, LATER - DAY)
    assert (duty.next.action, duty.next.target) == (Action.ADD, "approval")


def test_no_answer_by_the_start_is_no_waiting_any_more(world: World) -> None:
    approval = world.approval("再委託", granted=None, applied_on=BEFORE)
    world.delegate(world.subcontractor(), approval=approval.id)
    duty = approval_duty(world)
    assert (duty.state, duty.due) == (State.OVERDUE, EVE)
    assert "回答前" in duty.missing[0].text


def test_each_tier_needs_its_own_where_the_clause_says_so(world: World) -> None:
    first = world.delegate(world.subcontractor(), approval=world.approval("再委託", serves="1回限り").id)
    below(world, first)
    assert approval_duty(world).state is State.SATISFIED
    duty = approval_duty(world, tiers=True)
    assert duty.state is State.OVERDUE
    assert "架空印刷への2次の再委託" in duty.missing[0].text


def test_an_approval_made_out_to_a_company_is_found_by_its_name(world: World) -> None:
    world.approval("再委託", destination="架空データ 株式会社")
    world.approval("再委託", destination="架空印刷")
    world.delegate(world.subcontractor("架空データ株式会社"))
    assert approval_duty(world).state is State.SATISFIED


def test_the_client_is_told_what_the_clause_lists(world: World) -> None:
    world.under("besshi-44")
    approval = world.approval("再委託")
    one = world.delegate(world.subcontractor(), approval=approval.id, control="月例の報告")
    duty = world.under_clause(DURING, "20", "subcontract-approval")
    assert duty.state is State.DUE
    assert "含まれる情報" in duty.missing[0].text
    world.change(one, information="氏名、住所")
    assert world.under_clause(DURING, "20", "subcontract-approval").state is State.SATISFIED


def test_workers_of_a_company_to_which_nothing_is_delegated_are_named(world: World) -> None:
    company = world.subcontractor("架空印刷")
    world.delegate(world.subcontractor(), approval=world.approval("再委託").id)
    world.worker("髙橋次郎", employment="再委託先", subcontractor=company.id)
    duty = approval_duty(world)
    assert duty.state is State.DUE
    assert "架空印刷の髙橋次郎" in duty.missing[0].text
    assert duty.next.given == (("subcontractor", company.id),)


def test_a_ban_without_exception_is_not_lifted(world: World) -> None:
    world.delegate(world.subcontractor(), approval=world.approval("再委託").id)
    duty = approval_duty(world, exception=(Exempt.NONE,))
    assert (duty.state, duty.due) == (State.DUE, None)
    assert "承諾があっても認められません" in duty.why


# 義務付けと監督


def test_equal_duties_are_those_that_the_annex_puts_on_the_vendor(world: World) -> None:
    world.clause("secrecy")
    world.clause("copy-approval")
    one = world.delegate(world.subcontractor(), "秘密保持")
    checked(world, one)
    duty = flowdown_duty(world, "乙と同等の義務")
    assert duty.state is State.DUE
    assert "「複写・複製の制限」が入っていません" in duty.missing[0].text
    world.change(one, duties=(*one.duties, type(one.duties[0])(duty="複写・複製の制限")))
    assert flowdown_duty(world, "乙と同等の義務").state is State.SATISFIED


def test_what_the_client_instructs_is_passed_on(world: World) -> None:
    one = world.delegate(world.subcontractor())
    checked(world, one)
    assert "指示した事項" in flowdown_duty(world, "発注者が指示する事項").missing[0].text
    world.change(one, instructed="施錠して保管する")
    assert flowdown_duty(world, "発注者が指示する事項").state is State.SATISFIED


def test_an_agreement_made_after_the_start_satisfies_and_says_so(world: World) -> None:
    checked(world, world.delegate(world.subcontractor(), agreed=START + DAY))
    duty = flowdown_duty(world)
    assert duty.state is State.SATISFIED
    assert [(one.record, one.since, one.until) for one in duty.remarks] == [("subcontract", EVE, START + DAY)]


def test_a_check_lapses_after_its_period(world: World) -> None:
    checked(world, world.delegate(world.subcontractor()), START)
    assert flowdown_duty(world, period_months=3).state is State.SATISFIED
    duty = flowdown_duty(world, period_months=1)
    assert duty.state is State.OVERDUE
    assert "令和8年4月1日が最後" in duty.missing[0].text


def test_further_delegation_is_a_violation_where_it_is_forbidden(world: World) -> None:
    world.under("kawaguchi")
    first = world.delegate(
        world.subcontractor(), "さらに委託することの禁止", approval=world.approval("再委託").id
    )
    assert world.under_clause(DURING, "特記事項 第7第4項", "subcontract-flowdown").state is State.SATISFIED
    second = below(world, first, approval=world.approval("再委託").id)
    duty = world.under_clause(DURING, "特記事項 第7第4項", "subcontract-flowdown")
    assert duty.state is State.DUE
    assert second.id in [gap.id for gap in duty.missing]
    assert "承諾があっても認められません" in duty.why


def test_further_delegation_is_bound_in_the_same_way_where_it_is_allowed(world: World) -> None:
    first = world.delegate(world.subcontractor(), "さらに委託することの禁止")
    checked(world, first)
    assert flowdown_duty(world, further=Further.SAME_DUTIES).state is State.SATISFIED
    checked(world, below(world, first, agreed=BEFORE))
    duty = flowdown_duty(world, further=Further.SAME_DUTIES)
    assert "「同等の義務を課したうえでの再々委託」が入っていません" in duty.missing[0].text


def test_the_sub_contractors_workers_are_trained_and_have_sworn(world: World) -> None:
    world.under("kawaguchi")
    company = world.subcontractor()
    world.delegate(company, "従事者の研修", "従事者の誓約書")
    worker = world.worker("髙橋次郎", employment="再委託先", subcontractor=company.id)
    duty = world.under_clause(DURING, "特記事項 第14第2項", "subcontract-flowdown")
    assert (duty.state, duty.due) == (State.OVERDUE, EVE)
    assert "研修の受講と署名済みの誓約書" in duty.missing[0].text
    world.training(worker)
    world.oath(worker)
    duty = world.under_clause(DURING, "特記事項 第14第2項", "subcontract-flowdown")
    assert duty.state is State.SATISFIED
