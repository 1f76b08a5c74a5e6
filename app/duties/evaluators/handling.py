"""handling-ledger and transfer-record: the history of each asset, and what changed hands with the client."""

from __future__ import annotations

from collections.abc import Iterator

from app.annexes.clause import AppliesTo
from app.annexes.kinds import State
from app.duties.balance import Balance
from app.duties.duty import Evidence
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.on_request import answers
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView, covers
from app.records import Asset, Event, stated_key
from app.records.event import EventKind
from app.records.instruction import Matter

_TRANSFERS = (EventKind.RECEIVED, EventKind.HANDED_OVER, EventKind.RETURNED)


def judge_ledger(question: Question) -> Verdict:
    balances = concerned(question)
    if not balances:
        return question.unrecorded("情報資産が登録されていないため、取扱いの経過を示せません。", "asset")
    lacks = [lack for one in balances for lack in incomplete(one)]
    evidence = [question.evidence(one.asset) for one in balances if one.moved]
    satisfied = f"情報資産{len(balances)}件の取扱いの経過がつながり、数量が合っています。"
    return question.judge(lacks, evidence, satisfied)


def incomplete(one: Balance) -> Iterator[Lack]:
    asset = one.asset
    why = "情報資産は、受け取りから廃棄までの取扱いを数量とともに記録する必要があります。"
    if not one.received and not one.copied:
        text = f"{asset.number}（{asset.item}）を受け取った、又は作った記録がありません。"
        yield Lack(text, why, "asset", asset.id, None, add("event"))
    elif one.received + one.copied < one.returned + one.disposed:
        text = f"{asset.number}（{asset.item}）は、受け取った数量より多く返還・廃棄されたことになっています。"
        yield Lack(text, why, "asset", asset.id, None, open_record(asset))


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
    return tuple((event, asset) for event, asset in found if covers(applies_to, asset.classification))


def judge_transfer(question: Question) -> Verdict:
    transfers = events_of(question, *_TRANSFERS)
    why = "授受及び返還の記録は、発注者の求めがあったときは提出する必要があります。"
    asked = answers(question, Matter.TRANSFERS, "授受及び返還の記録の提出", why)
    if not transfers and not asked.lacks:
        return question.not_due("受領や返還の記録がまだないため、提出する授受の記録はありません。")
    lacks = [*(lack for event, asset in transfers for lack in _unclear(event, asset)), *asked.lacks]
    evidence: list[Evidence] = []
    if question.reported:
        lacks.extend(_unsubmitted(question, transfers, evidence))
    else:
        evidence = [question.evidence(event, event.happened_at.date()) for event, _asset in transfers]
    which = "発注者が指定した" if question.asks.designated else ""
    satisfied = f"受領・返還{len(transfers)}件の記録がそろい、提出済みの記録と一致しています。"
    if not question.reported:
        satisfied = f"{which}情報資産の受領・返還{len(transfers)}件の記録がそろっています。"
    return question.judge(lacks, [*evidence, *asked.evidence], satisfied, remarks=asked.remarks)


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


def _unsubmitted(
    question: Question, transfers: tuple[tuple[Event, Asset], ...], evidence: list[Evidence]
) -> Iterator[Lack]:
    """The last submitted record must show every transfer that the ledger holds now.

    The deadline is counted from the oldest transfer that it does not show.
    """
    view = question.view
    which = "発注者が指定した" if question.asks.designated else ""
    why = f"{which}情報資産の授受及び返還の記録は、発注者に提出する必要があります。"
    slips = {event.id: view.proof_apart(question.kind, stated_key(event)) for event, _asset in transfers}
    evidence.extend(question.evidence(one, one.submitted_on) for one in slips.values() if one)
    open_ = [event for event, _asset in transfers if slips[event.id] is None]
    lacks = []
    for document in view.speaking(question.kind):
        apart = {stated_key(event) for event, _asset in transfers if slips[event.id]}
        drift = view.drift(view.forms[document.form], document)
        if not drift.missing and {difference.key for difference in drift.differences} <= apart:
            evidence.append(question.evidence(document, document.submitted_on))
            return
        step = question.renew(view.forms[document.form], document)
        text = f"提出済みの{document.number}の後に、授受の記録が増えたか変わっています。"
        untold = [event for event in open_ if not view.names(document, stated_key(event))]
        lacks.append(_by_oldest(question, Lack(text, why, "submission", document.id, step=step), untold))
    if open_ and not lacks:
        # Of one hand-over a paper of its own may tell, unless the clause asks for the contract's record.
        single = len(open_) == 1
        step = question.issue(*(map(stated_key, open_) if single else ()), single=single)
        nothing = Lack("授受・返還の記録が提出されていません。", why, step=step)
        lacks.append(_by_oldest(question, nothing, open_))
    yield from lacks


def _by_oldest(question: Question, lack: Lack, untold: list[Event]) -> Lack:
    days = [event.happened_at.date() for event in untold]
    return lack.by(question.told_by(min(days))) if days else lack


LEDGER = evaluator("handling-ledger", judge_ledger, State.DUE, State.CONFIRM, State.SATISFIED)
TRANSFER = evaluator(
    "transfer-record", judge_transfer, State.NOT_DUE, State.DUE, State.OVERDUE, State.SATISFIED
)
