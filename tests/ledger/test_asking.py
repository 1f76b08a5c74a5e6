"""An application that is handed in asks for its approvals; one that comes back asks for nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import load
from app.ledger.door import Ledger
from app.ledger.errors import LedgerError
from app.records import Approval, Contract, Statement, Submission, stated_key
from app.work.acts.doing import Doing
from app.work.acts.plan import Ground
from app.work.acts.planning import plan_of
from app.work.acts.rounds.answer import ANSWER
from tests.support.papers import FORMS

ON = date(2026, 4, 2)
DAY = timedelta(days=1)
Issued = Callable[..., Any]


@pytest.fixture
def approval(full: Ledger) -> Approval:
    contract = full.facts().all(Contract)[0].id
    return full.add(Approval(contract=contract, kind="複写", basis="承諾"))


@pytest.fixture
def application(full: Ledger, approval: Approval, issued: Issued) -> Submission:
    made: Submission = issued(full, asking_for(approval))
    return made


def asking_for(*approvals: Approval, variant: str = "") -> Statement:
    keys = tuple(stated_key(one) for one in approvals)
    stated = {key: {"目的": "試し刷り"} for key in keys}
    return Statement(
        form="copy-application",
        contract=approvals[0].contract,
        on=ON,
        variant=variant,
        stated=stated,
        subjects=keys,
    )


def asked_on(ledger: Ledger, approval: Approval) -> date | None:
    return ledger.get(Approval, approval.id).applied_on


def test_the_day_of_the_paper_is_the_day_of_the_application(
    full: Ledger, approval: Approval, application: Submission
) -> None:
    assert asked_on(full, approval) is None
    full.submit(application, ON + 3 * DAY, "郵送")
    assert asked_on(full, approval) == ON
    assert full.get(Approval, approval.id).pending(ON)
    assert full.verify().ok


def test_handing_in_is_undone_as_one(full: Ledger, approval: Approval, application: Submission) -> None:
    full.submit(application, ON, "持参")
    full.undo()
    assert asked_on(full, approval) is None
    assert full.get(Submission, application.id).submitted_on is None


def test_several_applied_for_on_one_paper_are_all_asked_for(full: Ledger, issued: Issued) -> None:
    contract = full.facts().all(Contract)[0].id
    both = [full.add(Approval(contract=contract, kind="複写", basis="承諾")) for _ in range(2)]
    full.submit(issued(full, asking_for(*both)), ON, "持参")
    assert [asked_on(full, one) for one in both] == [ON, ON]


def test_the_same_day_typed_before_is_no_contradiction(
    full: Ledger, approval: Approval, application: Submission
) -> None:
    full.change(replace(approval, applied_on=ON))
    full.submit(application, ON, "持参")
    assert asked_on(full, approval) == ON


@pytest.mark.parametrize("other", [ON - DAY, ON + DAY])
def test_another_day_typed_before_is_said_and_nothing_is_written(
    other: date, full: Ledger, approval: Approval, application: Submission
) -> None:
    full.change(replace(approval, applied_on=other))
    with pytest.raises(LedgerError) as caught:
        full.submit(application, ON, "持参")
    assert str(caught.value).startswith(f"承諾「{approval.number}」の申請日は令和8年4月{other.day}日と")
    assert asked_on(full, approval) == other
    assert full.get(Submission, application.id).submitted_on is None


@pytest.mark.parametrize("field", ["granted_on", "refused_on"])
def test_an_answer_from_before_the_paper_is_a_contradiction(
    field: str, full: Ledger, approval: Approval, application: Submission
) -> None:
    answer: dict[str, Any] = {field: ON - DAY}
    full.change(replace(approval, **answer))
    with pytest.raises(LedgerError, match="より前の令和8年4月1日に回答があります"):
        full.submit(application, ON, "持参")
    assert full.get(Submission, application.id).submitted_on is None


def test_an_answer_of_the_same_day_is_none(full: Ledger, approval: Approval, application: Submission) -> None:
    full.change(replace(approval, granted_on=ON))
    full.submit(application, ON, "持参")
    assert asked_on(full, approval) == ON


def test_what_is_handed_in_once_more_asks_for_nothing_again(
    full: Ledger, approval: Approval, issued: Issued
) -> None:
    full.change(replace(approval, applied_on=ON - DAY))
    full.submit(issued(full, asking_for(approval, variant="再提出")), ON, "持参")
    assert asked_on(full, approval) == ON - DAY


def test_a_paper_that_comes_back_waits_for_no_answer(
    full: Ledger, approval: Approval, application: Submission, issued: Issued
) -> None:
    sent = full.submit(application, ON, "持参")
    full.send_back(sent, ON + DAY, "期間が長い")
    assert asked_on(full, approval) is None
    full.undo()
    assert asked_on(full, approval) == ON
    full.send_back(full.get(Submission, sent.id), ON + DAY, "期間が長い")
    full.submit(issued(full, asking_for(approval)), ON, "持参")
    assert asked_on(full, approval) == ON


def test_a_paper_that_is_void_waits_for_no_answer_either(
    full: Ledger, approval: Approval, application: Submission
) -> None:
    full.void(full.submit(application, ON, "持参"), ON + DAY, "宛名の誤り")
    assert asked_on(full, approval) is None
    assert full.verify().ok


def test_what_was_answered_keeps_its_day(full: Ledger, approval: Approval, application: Submission) -> None:
    sent = full.submit(application, ON, "持参")
    full.change(replace(full.get(Approval, approval.id), granted_on=ON + DAY))
    full.void(sent, ON + 2 * DAY, "控えの汚れ")
    assert asked_on(full, approval) == ON


def test_a_paper_never_handed_in_takes_nothing_away(
    full: Ledger, approval: Approval, application: Submission
) -> None:
    full.change(replace(approval, applied_on=ON))
    full.void(application, ON, "刷り直し")
    assert asked_on(full, approval) == ON


def test_an_approval_taken_out_of_the_facts_stops_nothing(
    full: Ledger, approval: Approval, application: Submission
) -> None:
    full.retire(approval, "二重の登録")
    assert full.submit(application, ON, "持参").submitted_on == ON


@pytest.mark.parametrize(
    ("said", "operation", "left"), [("書類の差戻し", "send back", None), ("書類の受理", "accept", ON)]
)
def test_the_client_s_word_does_to_it_what_its_own_page_does(
    said: str, operation: str, left: date | None, full: Ledger, approval: Approval, application: Submission
) -> None:
    full.submit(application, ON, "持参")
    facts = full.facts()
    ground, contract = Ground(facts, load(), FORMS, ON + DAY), facts.get(Contract, approval.contract)
    (to,) = (one.kind for one in ANSWER.fields_for(ground, (contract,)) if one.name == "to")
    answers = {"said": said, "on": ON + DAY, "by": "書面", "words": "期間が長い"}
    answers["to"] = to.from_text(application.number)
    seen: list[str] = []
    end = full.on_change(lambda made: seen.append(made.operation))
    doing = Doing(full, plan_of(ANSWER, ground, (contract,), answers))
    assert doing.plan.ready
    assert doing.confirm() is doing.confirm()
    end()
    assert seen == [operation]
    assert asked_on(full, approval) == left
    assert full.verify().ok
    full.undo()
    sent = full.get(Submission, application.id)
    assert (asked_on(full, approval), sent.sent_back_on, sent.accepted_on) == (ON, None, None)
