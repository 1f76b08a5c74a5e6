"""transport: whatever is carried outside goes in a locked case, or is protected as well as by one."""

from __future__ import annotations

from app.annexes.clause import AppliesTo, Medium
from app.annexes.kinds import State
from app.duties.evaluators.evaluator import evaluator
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import ContractView, carried_by, covers
from app.records import Approval, Asset, Event
from app.records import asset as assets
from app.records.event import EventKind

_HAND_OVERS = (EventKind.RECEIVED, EventKind.RETURNED, EventKind.HANDED_OVER)
_OTHER_CARRIERS = ("郵送", "書留", "郵便", "宅配", "配送", "送信", "回線", "ネットワーク", "メール")
_NAMED = 20
"""So many carriages are named one by one, missing or as evidence; nobody reads a thousand lines."""


def judge(question: Question) -> Verdict:
    asks = question.asks
    carried = question.view.once(_carried, asks.applies_to, asks.media)
    what = "・".join(asks.media) or "情報資産"
    if not carried:
        return question.not_due(f"{what}を外へ運んだ記録はまだありませんが、運ぶときは保護の措置が必要です。")
    bare = [(event, asset) for event, asset in carried if not _protected(question, event)]
    lacks = [_bare(event, asset, _how(question)) for event, asset in bare[:_NAMED]]
    if rest := bare[_NAMED:]:
        lacks.append(_more(rest, _how(question)))
    evidence = []
    if not bare:
        latest = carried[-_NAMED:]
        evidence = [question.evidence(event, event.happened_at.date()) for event, _asset in latest]
    return question.judge(
        lacks, evidence, f"{what}の搬送{len(carried)}件のすべてに、保護の措置が記録されています。"
    )


def _carried(
    view: ContractView, applies_to: AppliesTo, media: tuple[Medium, ...]
) -> tuple[tuple[Event, Asset], ...]:
    """Take-outs, and hand-overs by the vendor's own people; not what a carrier or a line brought."""
    found = view.events_of(EventKind.TAKEN_OUT, *_HAND_OVERS)
    methods = {event.method for event, _asset in found}
    others = {method for method in methods if any(word in method for word in _OTHER_CARRIERS)}
    return tuple(
        (event, asset)
        for event, asset in found
        if (
            event.kind == EventKind.TAKEN_OUT
            or (asset.medium != assets.Medium.DATA and event.method not in others)
        )
        and covers(applies_to, asset.classification)
        and carried_by(media, asset.medium)
    )


def _protected(question: Question, event: Event) -> bool:
    """Stated with the event, or with the approval under which it was carried."""
    if event.protection:
        return True
    approval = question.view.facts.find(Approval, event.approval)
    return approval is not None and bool(approval.protection)


def _how(question: Question) -> str:
    return "、".join(question.asks.items) or "施錠した容器の使用など"


def _bare(event: Event, asset: Asset, how: str) -> Lack:
    day = event.happened_at.date()
    return Lack(
        f"{asset.number}の{event.kind}（{shown(day)}）に、搬送の保護の措置が記録されていません。",
        f"運ぶとき（{shown(day)}）は、{how}の措置をとって記録する必要があります。",
        "event",
        event.id,
        None,
        open_record(event),
    )


def _more(rest: list[tuple[Event, Asset]], how: str) -> Lack:
    event, _asset = rest[0]
    text = f"ほか{len(rest):,}件の搬送にも、保護の措置が記録されていません。"
    why = f"運ぶときは、{how}の措置をとって記録する必要があります。"
    return Lack(text, why, "event", event.id, None, open_record(event))


EVALUATOR = evaluator("transport", judge, State.NOT_DUE, State.DUE, State.SATISFIED)
