"""transport: whatever is carried outside has the measures of the clause, out of a closed list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from app.annexes.choices import AppliesTo, Carriage, Medium
from app.annexes.kinds import State
from app.duties.evaluators.evaluator import evaluator
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import ContractView, carried_by, covers
from app.records import Approval, Asset, Event
from app.records import asset as assets
from app.records.event import EventKind
from app.records.safeguard import Safeguard

_HAND_OVERS = (EventKind.RECEIVED, EventKind.RETURNED, EventKind.HANDED_OVER)
_OTHER_CARRIERS = ("郵送", "書留", "郵便", "宅配", "配送", "送信", "回線", "ネットワーク", "メール")
_NAMED = 20
"""So many carriages are named one by one, missing or as evidence; nobody reads a thousand lines."""
_BY: Mapping[Carriage, frozenset[str]] = MappingProxyType(
    {
        Carriage.CASE: frozenset({Safeguard.CASE, Safeguard.LOCKED_CASE}),
        Carriage.LOCK: frozenset({Safeguard.LOCKED_CASE}),
        Carriage.FURTHER: frozenset(Safeguard) - {Safeguard.CASE, Safeguard.LOCKED_CASE},
    }
)
"""What a clause asks for → the measures of which any one is that."""

Carried = tuple[Event, Asset]
_Lack = Callable[[Question, Event, Asset], Lack]


def judge(question: Question) -> Verdict:
    asks = question.asks
    carried = question.view.once(_carried, asks.applies_to, asks.media)
    what = "・".join(asks.media) or "情報資産"
    if not carried:
        return question.not_due(f"{what}を外へ運んだ記録はまだありませんが、運ぶときは保護の措置が必要です。")
    bare, unclear = _sorted_out(question, carried)
    lacks = [*_listed(question, bare, _bare), *_listed(question, unclear, _unclear)]
    evidence = []
    if not lacks:
        latest = carried[-_NAMED:]
        evidence = [question.evidence(event, event.happened_at.date()) for event, _asset in latest]
    if unclear and not bare:
        why = "搬送の措置が文章だけで記録されているため、求められる措置に当たるかを確かめる必要があります。"
        return question.confirm(why, lacks, step=lacks[0].step)
    done = "、".join(str(one.words) for one in asks.carriage) or "保護の措置"
    return question.judge(
        lacks, evidence, f"{what}の搬送{len(carried)}件のすべてに、{done}が記録されています。"
    )


def _sorted_out(question: Question, carried: tuple[Carried, ...]) -> tuple[list[Carried], list[Carried]]:
    """Carriages that lack a measure asked for, and those of which only a person can tell from their words."""
    bare: list[Carried] = []
    unclear: list[Carried] = []
    for event, asset in carried:
        if _absent(question, event):
            (unclear if _told(question, event) else bare).append((event, asset))
    return bare, unclear


def _carried(view: ContractView, applies_to: AppliesTo, media: tuple[Medium, ...]) -> tuple[Carried, ...]:
    """Take-outs, and hand-overs of what can be held in the hand; not what somebody else sent here.

    What the vendor itself sends off is carried for it: by post or by a carrier it stays the vendor's care.
    """
    found = view.events_of(EventKind.TAKEN_OUT, *_HAND_OVERS)
    return tuple(
        (event, asset)
        for event, asset in found
        if (
            event.kind == EventKind.TAKEN_OUT
            or (asset.medium != assets.Medium.DATA and not _sent_here(event))
        )
        and covers(applies_to, asset.classification)
        and carried_by(media, asset.medium)
    )


def _sent_here(event: Event) -> bool:
    return event.kind == EventKind.RECEIVED and any(word in event.method for word in _OTHER_CARRIERS)


def safeguards_of(view: ContractView, event: Event) -> frozenset[str]:
    """The measures stated with the event, or with the approval under which it was carried."""
    approval = view.facts.find(Approval, event.approval)
    return frozenset(event.safeguards) | frozenset(approval.safeguards if approval else ())


def _absent(question: Question, event: Event) -> tuple[Carriage, ...]:
    """What the clause asks for and is not recorded; where it lists nothing, any one known measure will do."""
    held = safeguards_of(question.view, event)
    if not question.asks.carriage:
        return () if held else (Carriage.FURTHER,)
    return tuple(one for one in question.asks.carriage if not held & _BY[one])


def _told(question: Question, event: Event) -> str:
    """What is said of it in free words."""
    approval = question.view.facts.find(Approval, event.approval)
    return event.protection or (approval.protection if approval else "")


def _how(question: Question) -> str:
    return "、".join(str(one.words) for one in question.asks.carriage) or "施錠した容器の使用など"


def _listed(question: Question, held: list[Carried], lack: _Lack) -> Iterator[Lack]:
    yield from (lack(question, event, asset) for event, asset in held[:_NAMED])
    if rest := held[_NAMED:]:
        event, _asset = rest[0]
        text = f"ほか{len(rest):,}件の搬送にも、求められる措置が記録されていません。"
        yield Lack(text, _rule(question), "event", event.id, None, open_record(event))


def _bare(question: Question, event: Event, asset: Asset) -> Lack:
    day = shown(event.happened_at.date())
    absent = "保護の措置"
    if question.asks.carriage:
        absent = "、".join(str(one.words) for one in _absent(question, event))
    return Lack(
        f"{asset.number}の{event.kind}（{day}）に、搬送の措置（{absent}）が記録されていません。",
        _rule(question),
        "event",
        event.id,
        None,
        open_record(event),
    )


def _unclear(question: Question, event: Event, asset: Asset) -> Lack:
    day = shown(event.happened_at.date())
    text = (
        f"{asset.number}の{event.kind}（{day}）の措置は「{_told(question, event)}」という文章だけのため、"
        "「搬送・持出しの措置」から当てはまるものを選んでください。"
    )
    return Lack(text, _rule(question), "event", event.id, None, open_record(event))


def _rule(question: Question) -> str:
    return f"運ぶときは、{_how(question)}の措置をとって記録する必要があります。"


EVALUATOR = evaluator("transport", judge, State.NOT_DUE, State.DUE, State.CONFIRM, State.SATISFIED)
