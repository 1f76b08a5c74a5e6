"""授受の状況: the hand-overs of which nobody holds a paper that both sides signed.

A hand-over is over when its signed copy is in: what the ledger says of it by itself proves nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from app.records import Asset, Attachment, Contract, Event, Facts, Submission, stated_key
from app.records.attachment import AttachmentKind
from app.records.days import When
from app.records.event import EventKind
from app.records.handover import handovers
from app.records.status import Status

SLIP, RECORD = "transfer-slip", "transfer-record"
"""The forms that tell hand-overs: the slip that both sign, and the record of many that is handed in."""
_KINDS = (EventKind.RECEIVED, EventKind.RETURNED, EventKind.HANDED_OVER)
_SIGNED = (AttachmentKind.SIGNED, AttachmentKind.STAMPED, AttachmentKind.RECEIPT)


class Wanting(Enum):
    """What a hand-over still lacks; what only waits to be signed is asked for first."""

    SIGNATURE = "署名済みの控え待ち"
    SLIP = "授受票なし"


@dataclass(frozen=True, slots=True)
class OpenHandover:
    """One hand-over without a signed copy; ``slip``: the paper that waits for it, if there is one."""

    number: str
    contract: Contract
    kind: str
    at: When
    events: tuple[Event, ...]
    slip: Submission | None

    @property
    def wanting(self) -> Wanting:
        """What it lacks first."""
        return Wanting.SLIP if self.slip is None else Wanting.SIGNATURE

    @property
    def keys(self) -> tuple[str, ...]:
        """By what papers call its events."""
        return tuple(stated_key(one) for one in self.events)


def open_handovers(facts: Facts, contract: int = 0) -> tuple[OpenHandover, ...]:
    """Every open hand-over (of one contract; 0: of all): those with a slip first, then by their day."""
    meant = (one for one in facts.all(Contract) if contract in (0, one.id))
    found = [one for held in meant for one in _of(facts, held)]
    return tuple(sorted(found, key=_urgency))


def _urgency(one: OpenHandover) -> tuple[int, date, int, str]:
    return list(Wanting).index(one.wanting), one.at.date(), one.contract.id, one.number


def _of(facts: Facts, contract: Contract) -> Iterator[OpenHandover]:
    papers = _papers(facts, contract)
    for number, events in handovers(facts, _events(facts, contract)).items():
        told = [papers.get(stated_key(one), []) for one in events]
        if all(any(_closed(facts, paper) for paper in held) for held in told):
            continue
        if all(_signed(facts, Event.spec.name, one.id) for one in events):
            continue
        slips = [paper for held in told for paper in held if paper.form == SLIP]
        first = min(events, key=lambda one: (one.happened_at, one.id))
        last = max(slips, key=lambda one: (one.issued_on, one.id), default=None)
        whole = last if last is not None and all(last in held for held in told) else None
        yield OpenHandover(number, contract, first.kind, first.happened_at, events, whole)


def _events(facts: Facts, contract: Contract) -> Iterator[Event]:
    for asset in facts.of(Asset, "contract", contract.id):
        for event in facts.of(Event, "asset", asset.id):
            if event.kind in _KINDS and event.status != Status.PLANNED:
                yield event


def _papers(facts: Facts, contract: Contract) -> dict[str, list[Submission]]:
    """Event → the papers that tell it, of those that were neither voided nor sent back."""
    found: dict[str, list[Submission]] = defaultdict(list)
    for paper in facts.of(Submission, "contract", contract.id):
        told = facts.told(paper) if paper.form in (SLIP, RECORD) else None
        if told is not None and paper.voided_on is None and paper.sent_back_on is None:
            for key in told.subjects:
                found[key].append(paper)
    return found


def _closed(facts: Facts, paper: Submission) -> bool:
    """Whether a paper settles what it tells: with a signed copy; the record also once it is accepted."""
    accepted = paper.form == RECORD and paper.accepted_on is not None
    return accepted or _signed(facts, Submission.spec.name, paper.id)


def _signed(facts: Facts, kind: str, record: int) -> bool:
    """Whether a signed or stamped copy is kept with a record."""
    held = facts.of(Attachment, "record_id", record)
    return any(one.record_kind == kind and one.kind in _SIGNED for one in held)
