"""transfer-record: what changed hands with the client, and of which assets a clause speaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from app.annexes.choices import AppliesTo
from app.annexes.kinds import State
from app.duties.duty import Evidence, Remark, Step
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.on_request import answers
from app.duties.holding.balance import Balance
from app.duties.holding.handovers import handover_of
from app.duties.papers.claims import Whole
from app.duties.verdict import NO_STEP, Lack, Question, Verdict, open_record, shown
from app.duties.view import ContractView, covers
from app.records import Asset, Event, Submission, stated_key
from app.records.event import EventKind
from app.records.instruction import Matter

Transfers = tuple[tuple[Event, Asset], ...]
"""Events with their assets, in the order of time."""
TRANSFERS = (EventKind.RECEIVED, EventKind.HANDED_OVER, EventKind.RETURNED)


def concerned(question: Question) -> tuple[Balance, ...]:
    """The assets that carry the information of which the clause speaks."""
    return question.view.once(_concerned, question.asks.applies_to)


def _concerned(view: ContractView, applies_to: AppliesTo) -> tuple[Balance, ...]:
    return tuple(one for one in view.balances if covers(applies_to, one.asset.classification))


def events_of(question: Question, *kinds: str) -> tuple[tuple[Event, Asset], ...]:
    """The events of some kinds on the assets of which the clause speaks."""
    return question.view.once(_events_of, question.asks.applies_to, kinds)


def _events_of(
    view: ContractView, applies_to: AppliesTo, kinds: tuple[str, ...]
) -> tuple[tuple[Event, Asset], ...]:
    found = view.events_of(*kinds)
    if applies_to is AppliesTo.ALL:
        return found
    classes = {asset.classification for asset in view.assets.values()}
    meant = {one for one in classes if covers(applies_to, one)}
    if meant == classes:
        return found
    return tuple(pair for pair in found if pair[1].classification in meant)


def designated(question: Question, asset: Asset) -> bool | None:
    """Whether the clause means an asset by what the client designated; None where the ledger does not say."""
    return asset.designated if question.asks.designated else True


def judge_transfer(question: Question) -> Verdict:
    every = events_of(question, *TRANSFERS)
    transfers = tuple(pair for pair in every if designated(question, pair[1]) is not False)
    which = "発注者が指定した" if question.asks.designated else ""
    why = "授受及び返還の記録は、発注者の求めがあったときは提出する必要があります。"
    asked = answers(question, Matter.TRANSFERS, "授受及び返還の記録の提出", why)
    if not transfers and not asked.lacks:
        return question.not_due(
            f"{which}情報資産の受領や返還の記録がまだないため、提出する授受の記録はありません。"
        )
    sure = tuple(pair for pair in transfers if designated(question, pair[1]))
    lacks = [*(lack for event, asset in sure for lack in _unclear(event, asset)), *asked.lacks]
    doubts: list[Lack] = []
    evidence: list[Evidence] = []
    if question.reported:
        for untold in _unsubmitted(question, transfers, sure, evidence):
            (lacks if untold.certain else doubts).append(untold.lack)
    else:
        evidence = [question.evidence(event, event.happened_at.date()) for event, _asset in transfers]
    remarks = (*(_told_late(question, sure) if question.reported else ()), *asked.remarks)
    if doubts and not lacks:
        why = "発注者の指定の有無が分からない受領・返還があるため、記録の提出が必要かを確かめてください。"
        return question.confirm(why, doubts, evidence, _designate(transfers))._replace(remarks=remarks)
    satisfied = f"受領・返還{len(transfers)}件の記録がそろい、提出済みの記録と一致しています。"
    if not question.reported:
        satisfied = f"{which}情報資産の受領・返還{len(transfers)}件の記録がそろっています。"
    return question.judge(lacks, [*evidence, *asked.evidence], satisfied, remarks=remarks)


def _designate(transfers: Transfers) -> Step:
    """The step of saying whether the first asset that leaves it open was designated."""
    return next((open_record(asset) for _event, asset in transfers if asset.designated is None), NO_STEP)


def _told_late(question: Question, transfers: Transfers) -> Iterator[Remark]:
    """The records that told of a transfer after its deadline, each once with the oldest of them."""
    late: dict[int, tuple[Submission, date, list[Event]]] = {}
    for event, _asset in transfers:
        day = event.happened_at.date()
        proof = question.view.proof(question.kind, stated_key(event))
        deadline = question.told_by(day)
        if proof is not None and deadline is not None and question.told_late(day, proof):
            held = late.setdefault(proof.id, (proof, deadline.day, []))
            held[2].append(event)
    for proof, due, events in late.values():
        first = events[0]
        more = f"ほか{len(events) - 1}件" if len(events) > 1 else ""
        on = f"、提出{shown(proof.submitted_on)}" if proof.submitted_on else ""
        text = (
            f"{shown(first.happened_at.date())}の{first.kind}{more}の記録{proof.number}は、期限の後に提出しました"
            f"（期限{shown(due)}{on}）。"
        )
        yield Remark(text, "submission", proof.id, due, proof.submitted_on)


def _unclear(event: Event, asset: Asset) -> Iterator[Lack]:
    absent = [
        label
        for label, text in (
            ("渡した者", event.from_party),
            ("受け取った者", event.to_party),
            ("授受の方法", event.method),
        )
        if not text
    ]
    if absent:
        yield Lack(
            f"{asset.number}の{event.kind}（{shown(event.happened_at.date())}）に{'、'.join(absent)}がありません。",
            "授受の記録には、双方の者と授受の方法を残す必要があります。",
            "event",
            event.id,
            None,
            open_record(event),
        )


class _Untold(NamedTuple):
    """What was not submitted; ``certain``: some of it was certainly designated."""

    lack: Lack
    certain: bool


def _unsubmitted(
    question: Question, transfers: Transfers, sure: Transfers, evidence: list[Evidence]
) -> Iterator[_Untold]:
    """The last submitted record, or papers of single hand-overs, must show all that the ledger holds now.

    The deadline is counted from the oldest transfer that is not shown, of the designated ones where any is.
    """
    view = question.view
    which = "発注者が指定した" if question.asks.designated else ""
    why = f"{which}情報資産の授受及び返還の記録は、発注者に提出する必要があります。"
    slips = {event.id: view.proof_apart(question.kind, stated_key(event)) for event, _asset in transfers}
    evidence.extend(question.evidence(one, one.submitted_on) for one in slips.values() if one)
    open_ = [event for event, _asset in transfers if slips[event.id] is None]
    meant = [event for event, _asset in sure if slips[event.id] is None] or open_
    apart = {stated_key(event) for event, _asset in transfers if slips[event.id]}
    found = []
    for document in view.speaking(question.kind):
        drift = view.drift(view.forms[document.form], document)
        off = {difference.key for difference in drift.differences} - apart
        meant_off = any(stated_key(event) in off for event in open_)
        if not drift.missing and (not off or (question.asks.designated and not meant_off)):
            evidence.append(question.evidence(document, document.submitted_on))
            return
        step = _slip(question, open_, off) or question.renew(view.forms[document.form], document)
        text = f"提出済みの{document.number}の後に、授受の記録が増えたか変わっています。"
        untold = [event for event in meant if not view.names(document, stated_key(event))]
        lack = Lack(text, why, "submission", document.id, step=step)
        certain = not question.asks.designated or any(stated_key(event) in off for event, _asset in sure)
        found.append(_Untold(_by_oldest(question, lack, untold), certain))
    if open_ and not found:
        # Of one hand-over a paper of its own may tell, unless the clause asks for the contract's record.
        single = len(set(map(handover_of, open_))) == 1
        step = question.issue(*(map(stated_key, open_) if single else ()), single=single)
        nothing = Lack("授受・返還の記録が提出されていません。", why, step=step)
        certain = any(event in open_ for event, _asset in sure)
        found.append(_Untold(_by_oldest(question, nothing, meant), certain))
    yield from found


def _slip(question: Question, open_: list[Event], off: set[str]) -> Step | None:
    """The paper about one hand-over that alone came after the record of the contract.

    None where several did, where what the record told has changed, or where the clause asks for the record.
    """
    told = [event for event in open_ if stated_key(event) in off]
    keys = [stated_key(event) for event in told]
    first = next(iter(question.forms(single=True)), None)
    if off != set(keys) or len(set(map(handover_of, told))) != 1 or first is None:
        return None
    known = any(
        question.view.names(one, key) for one in question.view.speaking(question.kind) for key in keys
    )
    whole = first in question.view.forms_for(question.kind, Whole)
    return None if known or whole else question.issue(*keys, single=True)


def _by_oldest(question: Question, lack: Lack, untold: list[Event]) -> Lack:
    days = [event.happened_at.date() for event in untold]
    return lack.by(question.told_by(min(days))) if days else lack


TRANSFER = evaluator(
    "transfer-record",
    judge_transfer,
    State.NOT_DUE,
    State.DUE,
    State.OVERDUE,
    State.CONFIRM,
    State.SATISFIED,
)
