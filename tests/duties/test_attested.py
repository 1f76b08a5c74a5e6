"""What only a person can say: how long it counts, for which clause, and what stands in for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.annexes.kinds import State
from app.duties.checks import findings
from app.duties.duty import Action
from app.duties.finding import Finding, Severity
from app.duties.view import ContractView
from app.records import Contract
from app.records.contract import ContractAnnex
from tests.support.world import AFTER, BEFORE, DURING, END, START, World

CONFIRMED = date(2026, 4, 10)


def test_it_counts_for_a_year_and_says_how_that_was_counted(world: World) -> None:
    world.change(world.contract, ends_on=date(2028, 3, 31))
    world.attest(on=CONFIRMED)
    clause = world.clause("secrecy", "standing")

    def state(day: date) -> State:
        return next(duty.state for duty in world.duties(day) if duty.clause is clause)

    assert state(date(2027, 4, 10)) is State.SATISFIED
    assert state(date(2027, 4, 11)) is State.OVERDUE
    (duty,) = world.duties(date(2027, 4, 11))
    assert duty.due == date(2027, 4, 10)
    assert "令和9年4月10日" in duty.counted
    assert "想定" in duty.counted


def test_its_own_last_day_comes_before_the_period(world: World) -> None:
    world.attest(on=START, valid_until=DURING)
    assert world.duty(DURING, "secrecy", "standing", period_months=1).state is State.SATISFIED
    (duty,) = world.duties(DURING + timedelta(days=1))
    assert (duty.state, duty.due, duty.counted) == (State.OVERDUE, DURING, "")


def test_before_it_was_said_nothing_is_known(world: World) -> None:
    world.attest(on=DURING)
    assert world.duty(DURING - timedelta(days=1), "secrecy", "standing").state is State.CONFIRM
    assert world.duties(DURING)[0].state is State.SATISFIED


def test_the_newest_word_counts(world: World) -> None:
    world.attest(on=DURING, kept=False, remark="窓口で口外があった。")
    world.attest(on=START)
    duty = world.duty(DURING, "secrecy", "standing")
    assert (duty.state, duty.evidence) == (State.DUE, ())
    assert "窓口で口外があった" in duty.missing[0].text
    world.attest(on=DURING)
    assert world.duties(DURING)[0].state is State.SATISFIED


@pytest.mark.parametrize(
    ("clause", "state"), [("第１条", State.SATISFIED), (" 第1条", State.SATISFIED), ("第2条", State.CONFIRM)]
)
def test_the_clause_is_found_however_it_is_typed(world: World, clause: str, state: State) -> None:
    world.attest(clause)
    assert world.duty(DURING, "secrecy", "standing").state is state


def test_the_word_for_one_contract_says_nothing_of_another(world: World) -> None:
    said = world.attest()
    other = world.add(
        Contract(
            client=world.contract.client,
            number="R8-002",
            title="別の業務",
            signed_on=BEFORE,
            starts_on=START,
            ends_on=END,
            annexes=(ContractAnnex(annex="own"),),
        )
    )
    world.change(said, contract=other.id)
    assert world.duty(DURING, "secrecy", "standing").state is State.CONFIRM


def test_the_next_step_is_the_confirmation_of_just_this_clause(world: World) -> None:
    step = world.duty(DURING, "secrecy", "standing").next
    assert (step.action, step.target) == (Action.ADD, "attestation")
    assert dict(step.given) == {"annex": "own", "clause": "第1条"}


def test_after_the_end_only_a_clause_that_lasts_asks_again(world: World) -> None:
    world.attest("第1条", on=START)
    world.attest("第2条", on=START)
    world.clause("secrecy", "standing")
    world.clause("secrecy", "standing", "after-end")
    much_later = AFTER + timedelta(days=400)
    assert [duty.state for duty in world.duties(AFTER - timedelta(days=10))] == [State.SATISFIED] * 2
    assert [duty.state for duty in world.duties(much_later)] == [State.SATISFIED, State.OVERDUE]


def test_oaths_of_all_stand_in_for_a_confirmation_that_has_lapsed(world: World) -> None:
    world.attest(on=date(2025, 5, 1))
    person = world.worker()
    assert world.duty(DURING, "secrecy", "standing").state is State.OVERDUE
    oath = world.oath(person)
    (duty,) = world.duties(DURING)
    assert [one.id for one in duty.evidence] == [oath.id]
    world.worker("𠮷田一郎", starts=DURING + timedelta(days=1))
    assert world.duties(DURING)[0].state is State.SATISFIED
    assert world.duties(DURING + timedelta(days=1))[0].state is State.OVERDUE


# 法令・規程の一覧


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, State.SATISFIED),
        ({"starts_on": DURING + timedelta(days=1)}, State.DUE),
        ({"ends_on": START}, State.DUE),
    ],
)
def test_only_a_rule_in_force_is_on_the_list(world: World, values: dict[str, date], state: State) -> None:
    world.attest()
    world.rule("発注者情報セキュリティポリシー", "発注者のポリシー", **values)
    assert world.duty(DURING, "law", "standing").state is state


def test_a_missing_list_is_named_with_what_the_clause_lists(world: World) -> None:
    world.attest()
    duty = world.duty(DURING, "law", "standing", items=("個人情報の保護に関する法律",))
    assert "「個人情報の保護に関する法律」がありません" in duty.missing[0].text
    assert (duty.next.action, duty.next.target) == (Action.ADD, "rule")
    assert dict(duty.next.given) == {"title": "個人情報の保護に関する法律"}


def test_a_check_of_the_law_serves_every_clause_on_it(world: World) -> None:
    world.rule("個人情報の保護に関する法律", "法令・指針")
    check = world.check("法令等の遵守")
    world.clause("law", "standing")
    world.clause("law", "standing")
    found = world.duties(DURING)
    assert [duty.state for duty in found] == [State.SATISFIED] * 2
    assert all(("check", check.id) in {(one.record, one.id) for one in duty.evidence} for duty in found)


def test_a_check_does_not_outweigh_a_person_who_says_no(world: World) -> None:
    world.rule("個人情報の保護に関する法律", "法令・指針")
    world.check("法令等の遵守")
    world.attest(kept=False, remark="届出の遅れ")
    assert world.duty(DURING, "law", "standing").state is State.DUE


# 規程の提出


def test_rules_asked_for_are_due_on_the_day_the_client_named(world: World) -> None:
    world.under("besshi-44")
    world.rule()
    asked = world.instruction("規程の提出の求め", DURING, due_on=DURING + timedelta(days=7))
    duty = world.under_clause(DURING, "24", "management-rules")
    assert (duty.state, duty.due, duty.missing[0].id) == (State.DUE, asked.due_on, asked.id)
    assert world.under_clause(DURING - timedelta(days=1), "24", "management-rules").state is State.NOT_DUE
    assert world.under_clause(DURING + timedelta(days=8), "24", "management-rules").state is State.OVERDUE
    world.change(asked, answered_on=DURING)
    assert world.under_clause(DURING, "24", "management-rules").state is State.SATISFIED


def test_measures_are_discussed_when_the_client_asks(world: World) -> None:
    world.under("besshi-44")
    assert world.under_clause(DURING, "14", "security-measures").state is State.NOT_DUE
    asked = world.instruction("協議", DURING)
    assert world.under_clause(DURING, "14", "security-measures").state is State.DUE
    world.change(asked, answered_on=DURING, result="別紙のとおり合意")
    assert world.under_clause(DURING, "14", "security-measures").state is State.SATISFIED


def test_what_is_not_kept_is_a_violation_until_it_is_found_kept(world: World) -> None:
    clause = world.clause("secrecy", "standing")

    def seen(day: date) -> list[Finding]:
        view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, day)
        return [one for one in findings(view) if one.check == "attested-not-kept"]

    world.attest(on=START)
    bad = world.attest(on=DURING, kept=False, remark="口外があった。", clause=" 第１条")
    assert seen(DURING - timedelta(days=1)) == []
    (one,) = seen(DURING)
    assert (one.severity, one.record, one.id, one.clause) == (
        Severity.VIOLATION,
        "attestation",
        bad.id,
        clause.number,
    )
    assert "第１条" in one.text
    assert "令和8年6月1日" in one.text
    assert dict(one.next.given)["clause"] == clause.number
    world.attest(on=DURING + timedelta(days=1), clause="第2条")
    assert len(seen(END)) == 1, "the word on another clause says nothing of this one"
    world.attest(on=DURING + timedelta(days=1))
    assert len(seen(DURING)) == 1
    assert seen(DURING + timedelta(days=1)) == []
