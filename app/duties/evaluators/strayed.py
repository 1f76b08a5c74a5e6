"""What the ledger says against a confirmed purpose or secrecy: use for other ends, hand-overs to others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.duties.breaches import afterwards_approved, handle_step, handled
from app.duties.duty import Remark
from app.duties.evaluators.handling import events_of
from app.duties.holding.parties import Parties
from app.duties.verdict import Lack, Question, open_record, shown
from app.duties.view import ContractView
from app.records import Approval, Asset, Event
from app.records.approval import ApprovalKind
from app.records.breach_handling import Handled
from app.records.event import GIVING_BACK, EventKind

_OTHERWISE = (ApprovalKind.OTHER_USE, ApprovalKind.THIRD_PARTY)


def other_ends(question: Question) -> tuple[list[Lack], list[Remark]]:
    """Events that their own record says were not for the work, and that no approval speaks of.

    Told the client, or allowed by it afterwards, such a use stays as a remark.
    """
    lacks, remarks = [], []
    for event, asset in events_of(question, *EventKind):
        if event.for_work is not False or _asked(question.view, event):
            continue
        day = event.happened_at.date()
        text = f"{asset.number}の{event.kind}（{shown(day)}）は、委託業務以外のためのものとされています。"
        breach = Remark(text, "event", event.id, day, day, late=False)
        told = handled(question.view, question.clause, breach)
        if (told is not None and told.handled != Handled.NEEDLESS) or afterwards_approved(
            question.view, event, written=question.asks.written
        ):
            remarks.append(breach)
            continue
        why = "委託業務以外のための利用は認められないため、事情を確かめて発注者に報告する必要があります。"
        lacks.append(Lack(text, why, "event", event.id, step=handle_step(question.clause, breach)))
    return lacks, remarks


def _asked(view: ContractView, event: Event) -> bool:
    """Whether it rests on an approval for other ends, which is then judged by itself."""
    approval = view.facts.find(Approval, event.approval)
    return approval is not None and approval.kind in _OTHERWISE


def given_to_strangers(question: Question, confirmed_on: date | None) -> Iterator[Lack]:
    """Hand-overs, later than the confirmation, to somebody who has no part in the work.

    A confirmation of that day or later was given with the hand-over in sight.
    """
    for event, asset, name in question.view.once(_strangers):
        day = event.happened_at.date()
        if (event, asset) not in events_of(question, *GIVING_BACK):
            continue
        if (confirmed_on is None or confirmed_on < day) and not _asked(question.view, event):
            text = f"{asset.number}が{shown(day)}に{name}へ渡されています。"
            why = f"{name}への{event.kind}（{shown(day)}）が、認められた提供又は開示かを確かめてください。"
            yield Lack(text, why, "event", event.id, step=open_record(event))


def _strangers(view: ContractView) -> tuple[tuple[Event, Asset, str], ...]:
    parties = Parties(view.facts, view.contract.id)
    return tuple(
        (event, asset, name)
        for event, asset in view.events_of(*GIVING_BACK)
        if (name := parties.stranger(event))
    )
