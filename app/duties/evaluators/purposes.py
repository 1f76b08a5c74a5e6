"""purpose-limit and collection-limit: a person confirms them, and every exception rests on its ground."""

from __future__ import annotations

from app.annexes.kinds import State
from app.duties.evaluators.approvals import described, findings_of, matched, none_yet
from app.duties.evaluators.attested import attested, renewal, unattested
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.granting import Subject
from app.duties.evaluators.ground import Ground
from app.duties.evaluators.handling import events_of
from app.duties.evaluators.matching import Matching
from app.duties.evaluators.scope import stands
from app.duties.verdict import Lack, Question, Verdict, open_record
from app.duties.view import ContractView
from app.records import Approval
from app.records.approval import ApprovalKind
from app.records.event import EventKind

_OTHERWISE = (ApprovalKind.OTHER_USE, ApprovalKind.THIRD_PARTY)


def judge_purpose(question: Question) -> Verdict:
    """What was allowed beyond the purpose must rest on what the clause admits; the rest a person confirms."""
    lacks, evidence = attested(question)
    confirmed = bool(lacks or evidence)
    for approval in question.view.held(Approval) if question.asks.exception else ():
        if approval.kind not in _OTHERWISE:
            continue
        if lack := _beyond(question, approval):
            lacks.append(lack)
        elif stands(approval, question.view.day):
            evidence.append(question.evidence(approval, approval.granted_on))
    if not confirmed and all(lack.waiting for lack in lacks):
        return unattested(question, evidence)
    satisfied = "目的外の利用や提供がないことを確かめています。"
    return question.judge(lacks, evidence, satisfied, *renewal(question))


def _beyond(question: Question, approval: Approval) -> Lack | None:
    """What is wrong with an exception that was allowed or asked for; None where nothing is."""
    ground = Ground(question.asks)
    what = f"{approval.number}（{approval.kind}）"
    rule = "例外なく禁じられています" if ground.absolute else f"{ground.words}による場合に限られます"
    why = f"目的外の利用や第三者への提供は、{rule}。"
    reasons = "、".join(fault.words for fault in ground.offended(approval))
    if stands(approval, question.view.day) and reasons:
        text = f"{what}は、この条項が認める例外に当たりません（{reasons}）。"
        return Lack(text, why, "approval", approval.id, step=open_record(approval))
    if approval.pending(question.view.day) and not reasons:
        text = f"{what}は、発注者の回答を待っています。"
        return Lack(text, why, "approval", approval.id, step=open_record(approval), waiting=True)
    return None


def judge_collection(question: Question) -> Verdict:
    """Where the clause wants the client's word for each collection, each has it; else a person confirms."""
    if not question.asks.exception:
        lacks, evidence = attested(question)
        if not lacks and not evidence:
            return unattested(question)
        satisfied = "必要な範囲を適正な手段で取得していることを確かめています。"
        return question.judge(lacks, evidence, satisfied, *renewal(question))
    events = events_of(question, EventKind.COLLECTED)
    findings = findings_of(question, COLLECTING)
    findings.look_at(event for event, _asset in events)
    if not events and not findings.lacks:
        return none_yet(findings)
    return findings.verdict(
        f"{findings.act}{len(events)}件は、いずれも先に得た{findings.ground.words}によるものです"
    )


def _collected(view: ContractView, basis: str) -> Matching:
    return matched(view, COLLECTING.kinds, EventKind.COLLECTED, basis)


COLLECTING = Subject(
    "取得",
    (ApprovalKind.COLLECTION,),
    lambda view, basis: view.once(_collected, basis),
    described,
    {"目的": "purpose"},
)

_ALL = (State.OVERDUE, State.DUE, State.WAITING, State.CONFIRM, State.SATISFIED)
PURPOSE = evaluator("purpose-limit", judge_purpose, *_ALL)
COLLECTION = evaluator("collection-limit", judge_collection, *_ALL, State.NOT_DUE)
