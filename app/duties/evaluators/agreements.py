"""transfer-method: persons, media, methods and record of hand-overs are agreed with the client beforehand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from types import MappingProxyType

from app.annexes.kinds import State
from app.counting.deadlines import Deadline
from app.duties.duty import Remark
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.handling import events_of
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import Asset, Event, Person, TransferAgreement
from app.records.asset import Medium
from app.records.event import EventKind

Transfers = tuple[tuple[Event, Asset], ...]
_PAPER = ("紙", "帳票", "書類", "原票", "文書")
_ELECTRONIC = ("電子", "媒体", "データ", "USB", "HDD", "ディスク", "CD", "DVD")
"""Words by which an agreement means what is on paper, or is electronic."""
_TRANSFERS = (EventKind.RECEIVED, EventKind.HANDED_OVER, EventKind.RETURNED)
_STATED: Mapping[str, tuple[tuple[str, Callable[[TransferAgreement], object]], ...]] = MappingProxyType(
    {
        "担当": (
            ("自社の授受担当者", lambda one: one.persons),
            ("発注者の授受担当者", lambda one: one.client_persons),
        ),
        "媒体": (("授受の媒体", lambda one: one.media),),
        "方法": (("授受の方法", lambda one: one.methods),),
        "記録": (("授受の記録の方法", lambda one: one.record_kept),),
    }
)
"""Word of what the clause lists → what the agreement has to state for it."""


def judge(question: Question) -> Verdict:
    view = question.view
    agreed = view.once(_agreed)
    transfers = events_of(question, *_TRANSFERS)
    first = transfers[0][0].happened_at.date() if transfers else None
    if not agreed and first is None:
        return question.unrecorded(
            "授受方法の取決めが記録されていないため、双方の担当者と方法を示せません。", "transfer_agreement"
        )
    running = [one for one in agreed if one.ends_on is None or one.ends_on >= view.as_of]
    if not running:
        return question.judge([_absent(question, agreed, first)], (), "")
    newest = running[-1]
    satisfied = f"授受の担当者、媒体、方法、記録は、{shown(newest.agreed_on)}の取決めに定められています。"
    lacks = list(_unstated(question, agreed, newest, first))
    doubts = list(_otherwise(question, agreed, transfers))
    evidence = [question.evidence(newest, newest.agreed_on)]
    remarks = tuple(_without(agreed, transfers))
    if doubts and not lacks:
        why = "取決めと異なる授受があるため、発注者と取り決めたとおりかを確かめる必要があります。"
        return question.confirm(why, doubts, evidence, doubts[0].step)._replace(remarks=remarks)
    return question.judge((*lacks, *doubts), evidence, satisfied, remarks=remarks)


def _in_force(agreed: tuple[TransferAgreement, ...], day: date) -> TransferAgreement | None:
    """The agreement on hand-overs that was in force on a day, the newest of several."""
    held = (one for one in agreed if one.agreed_on <= day and (one.ends_on is None or day <= one.ends_on))
    return max(held, key=attrgetter("agreed_on", "id"), default=None)


def _otherwise(
    question: Question, agreed: tuple[TransferAgreement, ...], transfers: Transfers
) -> Iterator[Lack]:
    """What was handed over otherwise than agreed, as far as the words can be compared; each once."""
    told = set()
    items = question.asks.items
    asked = frozenset(word for word in _STATED if not items or any(word in item for item in items))
    for event, asset in transfers:
        agreement = _in_force(agreed, event.happened_at.date())
        for what in _differs(asked, agreement, event, asset) if agreement else ():
            if what not in told:
                told.add(what)
                text = f"{asset.number}の{event.kind}（{shown(event.happened_at.date())}）は、{what}。"
                yield Lack(text, "", "event", event.id, step=open_record(event))


def _differs(
    asked: frozenset[str], agreement: TransferAgreement, event: Event, asset: Asset
) -> Iterator[str]:
    persons = {row.person for row in agreement.persons}
    if "担当" in asked and persons and event.person is not None and event.person not in persons:
        yield "取決めの授受担当者と異なる者が行っています"
    if "方法" in asked and agreement.methods and event.method:
        agreed = [part for part in re.split(r"[、，,・／/\s]|又は|及び|または", agreement.methods) if part]
        if not any(part in event.method or event.method in part for part in agreed):
            yield f"方法（{event.method}）が取決めに見当たりません"
    if "媒体" in asked and agreement.media:
        words = _PAPER if asset.medium == Medium.PAPER else (*_ELECTRONIC, asset.medium)
        if not any(word in agreement.media for word in words):
            yield f"媒体（{asset.medium}）が取決めに見当たりません"


def _without(
    agreed: tuple[TransferAgreement, ...], transfers: tuple[tuple[Event, Asset], ...]
) -> Iterator[Remark]:
    """The hand-overs of each time in which no agreement was in force: before the first, and between two."""
    found: dict[date, list[date]] = {}
    for event, _asset in transfers:
        day = event.happened_at.date()
        if not any(one.agreed_on <= day and (one.ends_on is None or day <= one.ends_on) for one in agreed):
            next_one = min((one.agreed_on for one in agreed if one.agreed_on > day), default=None)
            if next_one is not None:
                found.setdefault(next_one, []).append(day)
    for until, days in found.items():
        record = next(one for one in agreed if one.agreed_on == until)
        more = f"ほか{len(days) - 1}件" if len(days) > 1 else ""
        text = f"{shown(days[0])}の授受{more}は、授受方法の取決め（{shown(until)}）より前に行われました。"
        yield Remark(text, "transfer_agreement", record.id, days[0], until, late=True)


def _agreed(view: ContractView) -> tuple[TransferAgreement, ...]:
    held = (one for one in view.held(TransferAgreement) if one.agreed_on <= view.day)
    return tuple(sorted(held, key=lambda one: (one.agreed_on, one.id)))


def _absent(question: Question, agreed: tuple[TransferAgreement, ...], first: date | None) -> Lack:
    """None in force: the last one has run out, or a hand-over took place without any."""
    step = add("transfer_agreement")
    why = "授受の担当者、媒体、方法、記録は、授受の前に発注者と取り決める必要があります。"
    if agreed:
        last = agreed[-1]
        text = f"授受方法の取決め（{shown(last.agreed_on)}）は効力が終わり、その後の取決めがありません。"
        return Lack(text, why, "transfer_agreement", last.id, last.ends_on, step)
    text = "授受方法の取決めがないまま、授受が記録されています。"
    return Lack(text, why, "transfer_agreement", step=step).by(_by_then(question, first))


def _by_then(question: Question, first: date | None) -> Deadline:
    """By when everything is agreed: before the contract begins, or before its first hand-over."""
    start = question.view.contract.starts_on
    return question.beforehand(min(first or start, start))


def _unstated(
    question: Question,
    agreed: tuple[TransferAgreement, ...],
    agreement: TransferAgreement,
    first: date | None,
) -> Iterator[Lack]:
    """What the newest agreement leaves open; late from the start where no earlier one has said all of it."""
    absent = _absent_from(question, agreement)
    if absent:
        lack = Lack(
            f"{shown(agreement.agreed_on)}の授受方法の取決めに、{'、'.join(absent)}がありません。",
            f"授受方法の取決めには、{'、'.join(absent)}も定める必要があります。",
            "transfer_agreement",
            agreement.id,
            None,
            open_record(agreement),
        )
        never = all(_absent_from(question, one) for one in agreed)
        yield lack.by(_by_then(question, first)) if never else lack
    yield from _gone(question, agreement)


def _absent_from(question: Question, agreement: TransferAgreement) -> list[str]:
    """What the clause lists and ``agreement`` does not state."""
    items = question.asks.items
    return [
        label
        for word, stated in _STATED.items()
        if not items or any(word in item for item in items)
        for label, state in stated
        if not state(agreement)
    ]


def _gone(question: Question, agreement: TransferAgreement) -> Iterator[Lack]:
    """Nobody of those named for the vendor is with the company any more."""
    view = question.view
    named = [person for row in agreement.persons if (person := view.facts.find(Person, row.person))]
    if named and all(person.left_on is not None and person.left_on < view.as_of for person in named):
        yield Lack(
            f"{shown(agreement.agreed_on)}の授受方法の取決めにある自社の授受担当者は、全員が退職しています。",
            "授受の担当者が替わるときは、発注者と取り決め直す必要があります。",
            "transfer_agreement",
            agreement.id,
            None,
            add("transfer_agreement"),
        )


EVALUATOR = evaluator("transfer-method", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
