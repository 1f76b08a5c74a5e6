"""What is said to be done under an approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.records import Approval, DeviceUse, Disposal, Event, Facts, Subcontract
from app.records.status import Status


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
