"""takeout-approval: each take-out had its approval, and what was taken out came back in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from app.annexes.choices import Within
from app.annexes.kinds import State
from app.duties.duty import Remark
from app.duties.evaluators.approvals import described, findings_of, none_yet, use_of
from app.duties.evaluators.areas import moved_out, never_outside
from app.duties.evaluators.devices import holds_data
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.granting import Findings, Subject, none_left
from app.duties.evaluators.handling import events_of
from app.duties.evaluators.homecoming import BackBy, back_by, brought_back
from app.duties.evaluators.matching import Matching, match
from app.duties.evaluators.scope import Use
from app.duties.holding.premises import at_own_client, elsewhere
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import Asset, Device, DeviceUse, Event, Location
from app.records.amounts import amount_text
from app.records.approval import ApprovalKind
from app.records.event import EventKind
from app.records.status import Status

_STAYING = (
    EventKind.RECEIVED,
    EventKind.COLLECTED,
    EventKind.MADE,
    EventKind.USED,
    EventKind.COPIED,
)
"""Kinds of event that happen at a place, or leave the asset there, without moving it out."""
_STATED: Mapping[str, str] = {"目的": "purpose", "内容": "subjects", "対策": "protection"}


def judge(question: Question) -> Verdict:
    within = question.asks.within or Within.PREMISES
    subject = _SUBJECTS[within]
    moves = events_of(question, EventKind.TAKEN_OUT, EventKind.MOVED, EventKind.BROUGHT_BACK)
    out = {one.record.id for one in question.view.once(_uses, within)}
    events = [(event, asset) for event, asset in moves if event.id in out]
    findings = findings_of(question, subject)
    findings.doubts.extend(_somewhere(question, moves, within))
    findings.doubts.extend(_along_with_devices(findings, moves))
    back = question.view.once(brought_back, within)
    findings.doubts.extend(_there_without(question, events, back, within))
    findings.look_at((event for event, _asset in events), over=back)
    if not findings.ground.absolute:
        _come_back(findings, events, back)
    if not events and not findings.lacks and not findings.doubts:
        return none_yet(findings)
    if findings.ground.absolute and not findings.lacks and not findings.doubts:
        return none_left(findings)
    return findings.verdict(
        f"{findings.act}{len(events)}件は、いずれも先に得た{findings.ground.words}によるものです"
    )


def _come_back(
    findings: Findings, events: Sequence[tuple[Event, Asset]], back: Mapping[int, date | None]
) -> None:
    """Add what was to be back by a day and is not, and remark what came back after that day."""
    claims = findings.subject.matching(findings.question.view, "").claims
    for event, asset in events:
        limit = back_by(event.return_by, claims[event.id].approvals)
        if limit is None:
            continue
        if event.id not in back:
            findings.lacks.append(_still_out(event, asset, limit))
        elif (on := back[event.id]) and on > limit.day:
            findings.remarks.append(_late(event, asset, limit, on))


def _late(event: Event, asset: Asset, limit: BackBy, on: date) -> Remark:
    taken = shown(event.happened_at.date())
    text = (
        f"{asset.number}の{event.kind}（{taken}）は、{limit.word}（{shown(limit.day)}）の後の"
        f"{shown(on)}に持ち帰られました。"
    )
    return Remark(text, "event", event.id, limit.day, on)


def _still_out(event: Event, asset: Asset, limit: BackBy) -> Lack:
    taken = shown(event.happened_at.date())
    return Lack(
        f"{asset.number}の{event.kind}（{taken}、{amount_text(event.quantity)}{asset.unit}）の持帰りの記録がありません。",
        f"持ち出したものは、{limit.word}（{shown(limit.day)}）までに持ち帰る必要があります。",
        "event",
        event.id,
        limit.day,
        add("event", asset=asset.id, kind=str(EventKind.BROUGHT_BACK)),
        limit.counted,
    )


def _somewhere(question: Question, moves: Sequence[tuple[Event, Asset]], within: Within) -> Iterator[Lack]:
    """What was moved to a place of which the ledger does not say on which side of the boundary it lies."""
    for event, asset in moves:
        if event.kind == EventKind.MOVED and moved_out(question.view, event, within) is None:
            place = question.view.facts.find(Location, event.location)
            where = place.name if place else "場所の記録がないところ"
            yield Lack(
                f"{asset.number}は{shown(event.happened_at.date())}に{where}へ移されましたが、"
                f"{within}の外か（持出しに当たるか）が記録から分かりません。",
                "",
                *(("location", place.id) if place else ("event", event.id)),
                step=open_record(place or event),
            )


def _there_without(
    question: Question,
    taken: Sequence[tuple[Event, Asset]],
    back: Mapping[int, date | None],
    within: Within,
) -> Iterator[Lack]:
    """What was used, copied or kept at a place outside though nothing says that it had been taken there."""
    view = question.view
    trips: dict[int, list[tuple[date, date]]] = {}
    for event, asset in taken:
        until = back[event.id] or event.happened_at.date() if event.id in back else date.max
        trips.setdefault(asset.id, []).append((event.happened_at.date(), until))
    # Nearly all that happens, happens inside: over 100,000 events a closer look at each would be felt.
    inside = never_outside(view, within)
    staying = (
        (event, asset) for event, asset in events_of(question, *_STAYING) if event.location not in inside
    )
    for event, asset in staying:
        place, day = view.facts.find(Location, event.location), event.happened_at.date()
        if place is None or at_own_client(view.facts, view.contract, place):
            continue
        if not moved_out(view, event, within):
            continue
        known = (*trips.get(asset.id, ()), *trips.get(asset.copy_of or 0, ()))
        if not any(since <= day <= until for since, until in known):
            text = (
                f"{asset.number}の{event.kind}（{shown(day)}）の場所は{within}の外の{place.name}ですが、"
                "持出しの記録がありません。"
            )
            why = "外で扱われたものが持ち出されたものかを確かめてください。"
            yield Lack(text, why, "event", event.id, step=open_record(event))


def _along_with_devices(findings: Findings, moves: Sequence[tuple[Event, Asset]]) -> Iterator[Lack]:
    """Devices used in a place outside: what is on them is out as well, unless nothing is.

    One that a take-out names is told of there; one that the client let go is out with the client's word.
    """
    view = findings.question.view
    named = {event.device for event, _asset in moves if event.kind == EventKind.TAKEN_OUT}
    for use in view.held(DeviceUse):
        device = view.facts.find(Device, use.device)
        place = view.facts.find(Location, use.location)
        if device is None or place is None or use.device in named:
            continue
        if not elsewhere(view.facts, view.contract, place):
            continue
        approved = use.approval is not None and not findings.ground.absolute
        if use.status == Status.ACTUAL and use.starts_on <= view.day and holds_data(device) and not approved:
            text = (
                f"{device.control_number}が{place.name}で使われています（{shown(use.starts_on)}から）が、"
                "情報の持出しの記録がないため、情報が入っていないかを確かめてください。"
            )
            yield Lack(text, "", "device_use", use.id, step=open_record(use))


def _uses(view: ContractView, within: Within) -> tuple[Use, ...]:
    """Every take-out in the order of time: what says so, and what was moved out of the area."""
    return tuple(_found(view, within))


def _found(view: ContractView, within: Within) -> Iterator[Use]:
    inside = never_outside(view, within)
    for event, _asset in view.events_of(EventKind.TAKEN_OUT, EventKind.MOVED, EventKind.BROUGHT_BACK):
        if event.kind == EventKind.TAKEN_OUT:
            yield use_of(event)
        elif event.location not in inside and moved_out(view, event, within):
            yield use_of(event, destination=view.facts.get(Location, event.location or 0).name)


def _taken_out(view: ContractView, within: Within, basis: str) -> Matching:
    return match(view, (ApprovalKind.TAKE_OUT,), view.once(_uses, within), basis)


def _out_of_any(view: ContractView, basis: str) -> Matching:
    """The take-outs out of any area that some clause may mean."""
    found = [view.once(_taken_out, within, basis) for within in Within]
    claims = {number: claim for one in reversed(found) for number, claim in one.claims.items()}
    return Matching(claims, found[0].pending, found[0].unasked)


def _subject(matching: Callable[[ContractView, str], Matching]) -> Subject:
    return Subject("持出し", (ApprovalKind.TAKE_OUT,), matching, described, _STATED)


_SUBJECTS: Mapping[Within, Subject] = {
    within: _subject(lambda view, basis, within=within: view.once(_taken_out, within, basis))  # type: ignore[misc]  # bound as it is made
    for within in Within
}
TAKING_OUT = _SUBJECTS[Within.PREMISES]
"""Take-outs out of the vendor's own premises: what every annex means at least."""
ANY_TAKE_OUT = _subject(lambda view, basis: view.once(_out_of_any, basis))
"""For those who look at what the clauses found, whichever area each of them means."""

EVALUATOR = evaluator(
    "takeout-approval",
    judge,
    State.NOT_DUE,
    State.DUE,
    State.OVERDUE,
    State.WAITING,
    State.CONFIRM,
    State.SATISFIED,
)
