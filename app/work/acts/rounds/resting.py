"""What waits for the client's word, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

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
from app.records.days import wareki
from app.records.status import Status
from app.work.acts.rounds.listed import Option, option


class Waiting(NamedTuple):
    """Something that the client can answer."""

    record: Approval | Submission
    choice: Option


def waiting(facts: Facts, contract: Contract) -> tuple[Waiting, ...]:
    """The approvals without an answer, and the papers handed in of which the client has said nothing."""
    found: list[Waiting] = []
    for one in facts.of(Approval, "contract", contract.id):
        if one.granted_on is None and one.refused_on is None:
            when = f"{wareki(one.applied_on)}申請" if one.applied_on else "申請日なし"
            found.append(
                Waiting(one, option(len(found), f"承諾　{one.number}　{one.kind}（{when}）", one.number))
            )
    for paper in facts.of(Submission, "contract", contract.id):
        if paper.stands and paper.accepted_on is None and paper.submitted_on is not None:
            label = f"書類　{paper.number}　{paper.title}（{wareki(paper.submitted_on)}提出）"
            found.append(Waiting(paper, option(len(found), label, paper.number)))
    return tuple(found)


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
