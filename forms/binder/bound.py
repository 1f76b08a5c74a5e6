"""What is bound behind the registers: the contract's documents as they were issued, and what is attached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from app.duties.case import Case
from app.printing.type.wareki import wareki
from app.records import Attachment, Record, Submission
from app.records.for_contract import ForContracts
from app.records.statement import Within
from forms.parts.texts import or_none

BINDER = "evidence-binder"
DOCUMENT, ATTACHMENT = "書", "添"
"""With which letter the tags of documents and of attachments begin."""


class Filed(NamedTuple):
    """One document: its tag in the binder, what stands in the index, and the hash of its file."""

    tag: str
    number: str
    title: str
    issued: str
    became: str
    digest: str


class Added(NamedTuple):
    """One attachment: its tag, to which record it belongs, what it is called, and the hash of its file."""

    tag: str
    owner: str
    title: str
    received: str
    file_name: str
    digest: str


def _period(case: Case) -> Within:
    """The period of the case. One from the start of the contract takes in what was done before it began."""
    first, last = case.within or (case.contract.starts_on, case.day)
    return date.min if first <= case.contract.starts_on else first, last


def filed(case: Case) -> Iterator[Filed]:
    """The contract's documents that were issued in the period of the case, void and sent back ones included.

    A binder is no part of another one.
    """
    first, last = _period(case)
    held = case.facts.of(Submission, "contract", case.contract.id)
    wanted = [one for one in held if first <= one.issued_on <= last and one.form != BINDER]
    ordered = sorted(wanted, key=lambda one: (one.issued_on, one.id))
    for tag, one in zip(_tags(DOCUMENT, len(ordered)), ordered, strict=True):
        yield Filed(tag, one.number, one.title, wareki(one.issued_on), _became(one), one.pdf)


def _became(one: Submission) -> str:
    """What became of a document, in the order in which it happened; never only its best."""
    days = (
        (one.submitted_on, "提出"),
        (one.accepted_on, "受理"),
        (one.sent_back_on, "差戻し"),
        (one.voided_on, "無効"),
    )
    told = [f"{wareki(day)}{word}" for day, word in days if day]
    if one.voided_on and one.voided_why:
        told[-1] += f"（{one.voided_why}）"
    return "、".join(told) or "未提出"


def added(case: Case) -> Iterator[Added]:
    """What is attached to the records of the contract and was received in the period, or on no day known."""
    first, last = _period(case)
    held = [
        (one, owner)
        for one in case.facts.all(Attachment)
        if one.received_on is None or first <= one.received_on <= last
        for owner in (case.facts.named(one.record_kind, one.record_id),)
        if owner is not None and _belongs(owner, case.contract.id)
    ]
    for tag, (one, owner) in zip(_tags(ATTACHMENT, len(held)), held, strict=True):
        name = f"{owner.spec.label}　{case.facts.title(owner)}"
        day = wareki(one.received_on) if one.received_on else ""
        yield Added(tag, name, one.title, or_none(day), one.file_name, one.data)


def _belongs(owner: Record, contract: int) -> bool:
    if isinstance(owner, ForContracts):
        return contract in owner.contract_ids
    own = owner.id if owner.spec.name == "contract" else getattr(owner, "contract", 0)
    return bool(own == contract)


def _tags(letter: str, count: int) -> Iterator[str]:
    """Of one width: no tag is the beginning of another, so that each is found by its text."""
    width = max(3, len(str(count)))
    return (f"{letter}{at:0{width}}" for at in range(1, count + 1))
