"""purpose-limit and collection-limit: a person confirms them, and every exception rests on its ground."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from app.annexes.kinds import State
from app.duties.duty import Remark
from app.duties.evaluators.approvals import described, findings_of, matched, none_yet, use_of
from app.duties.evaluators.attested import attestation, attested, doubted, renewal, told, unattested
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.granting import Subject
from app.duties.evaluators.ground import Ground
from app.duties.evaluators.handling import events_of
from app.duties.evaluators.matching import Matching, match
from app.duties.evaluators.scope import stands, unasked
from app.duties.evaluators.strayed import given_to_strangers, other_ends
from app.duties.verdict import Lack, Question, Verdict, open_record
from app.duties.view import ContractView, covers
from app.records import Approval, Asset, Event, stated_key
from app.records.approval import ApprovalKind
from app.records.event import EventKind

_OTHERWISE = (ApprovalKind.OTHER_USE, ApprovalKind.THIRD_PARTY)


def judge_purpose(question: Question) -> Verdict:
    """What was allowed beyond the purpose must rest on what the clause admits; the rest a person confirms."""
    lacks, evidence = attested(question)
    confirmed = bool(lacks or evidence)
    for approval in question.view.held(Approval) if question.asks.exception else ():
        if approval.kind not in _OTHERWISE or not _meant(question, approval):
            continue
        if lack := _beyond(question, approval):
            lacks.append(lack)
        elif stands(approval, question.view.day):
            evidence.append(question.evidence(approval, approval.granted_on))
    strayed, settled = other_ends(question)
    lacks.extend(strayed)
    remarks = (*_used(question, lacks), *settled)
    if not confirmed and all(lack.waiting for lack in lacks):
        return unattested(question, evidence)._replace(remarks=remarks)
    satisfied = "承諾のない目的外の利用や提供がないことを確かめています。"
    said = attestation(question)
    doubts = [*doubted(question), *given_to_strangers(question, said.confirmed_on if said else None)]
    over = [*told(question), *remarks]
    return question.judge(lacks, evidence, satisfied, *renewal(question), remarks=over, doubts=doubts)


def _used(question: Question, lacks: list[Lack]) -> tuple[Remark, ...]:
    """Add what was done beyond the purpose on an approval that does not cover it, or came after it."""
    view = question.view
    asked = question.asks.exception and not Ground(question.asks).absolute
    if not asked or not any(one.kind in _OTHERWISE for one in view.held(Approval)):
        return ()
    findings = findings_of(question, BEYOND)
    uses = (view.facts.get(Event, number) for number in BEYOND.matching(view, "").claims)
    applies_to = question.asks.applies_to
    findings.look_at(use for use in uses if covers(applies_to, view.assets[use.asset].classification))
    lacks.extend((*findings.lacks, *findings.doubts))
    return tuple(findings.remarks)


def _meant(question: Question, approval: Approval) -> bool:
    """Whether it may be about what the clause speaks of; one that lists other assets only is not."""
    rows = approval.subjects
    if not rows or any(row.asset is None for row in rows):
        return True
    listed = (question.view.facts.find(Asset, row.asset) for row in rows)
    applies_to = question.asks.applies_to
    return any(asset is None or covers(applies_to, asset.classification) for asset in listed)


def _beyond(question: Question, approval: Approval) -> Lack | None:
    """What is wrong with an exception that was allowed or asked for; None where nothing is."""
    ground = Ground(question.asks)
    what = f"{approval.number}（{approval.kind}）"
    rule = "例外なく禁じられています" if ground.absolute else f"{ground.words}による場合に限られます"
    why = f"目的外の利用や第三者への提供は、{rule}。"
    reasons = "、".join(_reasons(question, ground, approval))
    if stands(approval, question.view.day) and reasons:
        text = f"{what}は、この条項が認める例外に当たりません（{reasons}）。"
        return Lack(text, why, "approval", approval.id, step=open_record(approval))
    if approval.pending(question.view.day) and not reasons:
        text = f"{what}は、発注者の回答を待っています。"
        return Lack(text, why, "approval", approval.id, step=open_record(approval), waiting=True)
    if unasked(approval, question.view.day) and not reasons:
        text = f"{what}は、まだ発注者に申請していません。"
        return Lack(text, why, "approval", approval.id, step=question.issue(stated_key(approval)))
    return None


def _reasons(question: Question, ground: Ground, approval: Approval) -> Iterator[str]:
    """Why it is no exception that the clause admits; an exception reaches no further than the clause says."""
    lifts = question.asks.lifts
    if lifts and approval.kind not in lifts:
        yield f"{approval.kind}には例外がない"
    yield from (fault.words for fault in ground.offended(approval))


def judge_collection(question: Question) -> Verdict:
    """Where the clause wants the client's word for each collection, each has it; else a person confirms."""
    if not question.asks.exception:
        lacks, evidence = attested(question)
        if not lacks and not evidence:
            return unattested(question)
        satisfied = "必要な範囲を適正な手段で取得していることを確かめています。"
        over, doubts = told(question), doubted(question)
        return question.judge(lacks, evidence, satisfied, *renewal(question), remarks=over, doubts=doubts)
    events = events_of(question, EventKind.COLLECTED)
    findings = findings_of(question, COLLECTING)
    findings.look_at(event for event, _asset in events)
    if not events and not findings.lacks:
        return none_yet(findings)
    return findings.verdict(
        f"{findings.act}{len(events)}件は、いずれも先に得た{findings.ground.words}によるものです"
    )


def _beyond_purpose(view: ContractView, basis: str) -> Matching:
    named = {one.id for one in view.held(Approval) if one.kind in _OTHERWISE}
    happened = chain.from_iterable(view.happened.values())
    events = view.in_time(event for event in happened if event.approval in named)
    uses = (use_of(event) for event, _asset in events)
    return Matching(match(view, _OTHERWISE, uses, basis).claims, ())


BEYOND = Subject(
    "目的外の利用・提供", _OTHERWISE, lambda view, basis: view.once(_beyond_purpose, basis), described
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
