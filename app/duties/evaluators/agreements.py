"""transfer-method: persons, media, methods and record of hand-overs are agreed with the client beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from app.annexes.kinds import State
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.handling import events_of
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import TransferAgreement
from app.records.event import EventKind

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
    begun = min(one.agreed_on for one in agreed)
    satisfied = f"授受の担当者、媒体、方法、記録は、{shown(newest.agreed_on)}の取決めに定められています。"
    if first is not None and first < begun:
        satisfied = (
            f"授受方法は取り決められていますが、最初の授受（{shown(first)}）より後の{shown(begun)}でした。"
        )
    return question.judge(
        list(_unstated(question, newest)), [question.evidence(newest, newest.agreed_on)], satisfied
    )


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
    start = min(first or question.view.contract.starts_on, question.view.contract.starts_on)
    text = "授受方法の取決めがないまま、授受が記録されています。"
    return Lack(text, why, "transfer_agreement", step=step).by(question.beforehand(start))


def _unstated(question: Question, agreement: TransferAgreement) -> Iterator[Lack]:
    items = question.asks.items
    absent = [
        label
        for word, stated in _STATED.items()
        if not items or any(word in item for item in items)
        for label, state in stated
        if not state(agreement)
    ]
    if absent:
        yield Lack(
            f"{shown(agreement.agreed_on)}の授受方法の取決めに、{'、'.join(absent)}がありません。",
            f"授受方法の取決めには、{'、'.join(absent)}も定める必要があります。",
            "transfer_agreement",
            agreement.id,
            None,
            open_record(agreement),
        )


EVALUATOR = evaluator("transfer-method", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
