"""What waits for the client's word, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from app.duties.questions import asked
from app.records import (
    Approval,
    Contract,
    DeviceUse,
    Disposal,
    Event,
    Facts,
    Subcontract,
    Submission,
)
from app.records.approval import ApprovalKind, Basis
from app.records.days import wareki
from app.records.status import Status
from app.work.acts.plan import Ground
from app.work.acts.rounds.asking import view_of
from app.work.acts.rounds.listed import Option, option


class Waiting(NamedTuple):
    """Something that the client can answer."""

    record: Approval | Submission
    choice: Option


def waiting(ground: Ground, contract: Contract) -> tuple[Waiting, ...]:
    """The approvals without an answer, and the papers handed in of which the client has said nothing.

    An approval by word or mail where a clause wants it in writing waits for the paper.
    """
    facts, found = ground.facts, list[Waiting]()
    for one in facts.of(Approval, "contract", contract.id):
        state = _state(ground, one)
        if state:
            found.append(
                Waiting(one, option(len(found), f"承諾　{one.number}　{one.kind}（{state}）", one.number))
            )
    for paper in facts.of(Submission, "contract", contract.id):
        if paper.stands and paper.accepted_on is None and paper.submitted_on is not None:
            label = f"書類　{paper.number}　{paper.title}（{wareki(paper.submitted_on)}提出）"
            found.append(Waiting(paper, option(len(found), label, paper.number)))
    return tuple(found)


def _state(ground: Ground, approval: Approval) -> str:
    """What is awaited of an approval, in words; empty where nothing is."""
    if approval.refused_on is not None:
        return ""
    if approval.granted_on is None:
        return f"{wareki(approval.applied_on)}申請" if approval.applied_on else "申請日なし"
    by_word = not approval.written and approval.basis in (Basis.APPROVAL, Basis.INSTRUCTION)
    return "書面待ち" if by_word and in_writing(ground, approval) else ""


_ASKED_BY: Mapping[str, str] = MappingProxyType(
    {
        ApprovalKind.TAKE_OUT: "takeout-approval",
        ApprovalKind.DEVICE_TAKE_OUT: "equipment-takeout",
        ApprovalKind.COPY: "copy-approval",
        ApprovalKind.BRING_IN: "bringin-approval",
        ApprovalKind.SUBCONTRACT: "subcontract-approval",
        ApprovalKind.DISPOSAL: "disposal-approval",
        ApprovalKind.OTHER_USE: "purpose-limit",
        ApprovalKind.THIRD_PARTY: "purpose-limit",
        ApprovalKind.COLLECTION: "collection-limit",
    }
)
"""What is allowed → the kind of duty whose clause asks for the approval."""


def in_writing(ground: Ground, approval: Approval) -> tuple[str, ...]:
    """The clauses of the contract, as they are cited, that want such an approval in writing."""
    kind = _ASKED_BY.get(approval.kind)
    view = view_of(ground, ground.facts.get(Contract, approval.contract))
    wanting = (one.clause for one in asked(view, kind) if one.asks.written) if kind else ()
    return tuple(dict.fromkeys(ground.catalogue.cite(one) for one in wanting))


def rests_on(facts: Facts, approval: Approval) -> Iterator[tuple[str, date]]:
    """What is said to be done under an approval, in words, with its first day; not what is only planned."""
    for event in facts.of(Event, "approval", approval.id):
        if event.status != Status.PLANNED:
            yield f"{facts.key_of('asset', event.asset)}の{event.kind}", event.happened_at.date()
    for use in facts.of(DeviceUse, "approval", approval.id):
        if use.status != Status.PLANNED:
            yield f"{facts.key_of('device', use.device)}の使用", use.starts_on
    for delegated in facts.of(Subcontract, "approval", approval.id):
        yield f"再委託「{facts.title(delegated)}」", delegated.starts_on
    for disposal in facts.of(Disposal, "approval", approval.id):
        if disposal.status != Status.PLANNED:
            yield f"廃棄・消去「{facts.title(disposal)}」", disposal.done_on
