"""takeout-approval: each take-out had its approval, and what was taken out came back in time."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate

from app.annexes.kinds import State
from app.duties.evaluators.approvals import described, findings_of, matched, none_yet
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.granting import Findings, Subject
from app.duties.evaluators.handling import events_of
from app.duties.evaluators.matching import Matching
from app.duties.verdict import Lack, Question, Verdict, add, shown
from app.duties.view import ContractView
from app.records import Asset, Event
from app.records.approval import ApprovalKind
from app.records.event import EventKind


def judge(question: Question) -> Verdict:
    events = events_of(question, EventKind.TAKEN_OUT)
    findings = findings_of(question, TAKING_OUT)
    findings.look_at(event for event, _asset in events)
    if not events and not findings.lacks:
        return none_yet(findings)
    late = 0 if findings.ground.absolute else _come_back(findings, events)
    satisfied = f"{findings.act}{len(events)}件は、いずれも先に得た{findings.ground.words}によるものです"
    if late:
        satisfied = f"{satisfied}が、{late}件は承諾の期限の後に持ち帰られました"
    return findings.verdict(satisfied)


def _come_back(findings: Findings, events: Sequence[tuple[Event, Asset]]) -> int:
    """Add what an approval with an end let out and is not back; the number of those that came back late."""
    view = findings.question.view
    claims = view.once(_taken_out, "").claims
    late = 0
    for event, asset in events:
        until = max((one.ends_on for one in claims[event.id].approvals if one.ends_on), default=None)
        if until is None:
            continue
        back = view.once(brought_back)
        if event.id not in back:
            findings.lacks.append(_still_out(event, asset, until))
        elif (on := back[event.id]) and on > until:
            late += 1
    return late


def _still_out(event: Event, asset: Asset, until: date) -> Lack:
    taken = shown(event.happened_at.date())
    return Lack(
        f"{asset.number}の持出（{taken}、{event.quantity:,}{asset.unit}）の持帰りの記録がありません。",
        f"持ち出したものは、承諾の期限（{shown(until)}）までに持ち帰る必要があります。",
        "event",
        event.id,
        until,
        add("event", asset=asset.id, kind=str(EventKind.BROUGHT_BACK)),
        "承諾の有効期間の終期",
    )


def brought_back(view: ContractView) -> Mapping[int, date | None]:
    """Take-out → the day on which all of it was back; None where it ended otherwise. What is out is absent.

    What was taken out first comes back first. What was handed over or destroyed is no longer out.
    """
    back: dict[int, list[Event]] = defaultdict(list)
    for event, asset in view.events_of(EventKind.BROUGHT_BACK):
        back[asset.id].append(event)
    taken: dict[int, list[Event]] = defaultdict(list)
    for event, asset in view.events_of(EventKind.TAKEN_OUT):
        taken[asset.id].append(event)
    out = {one.asset.id: one.out for one in view.balances if one.taken}
    found: dict[int, date | None] = {}
    for number, trips in taken.items():
        found.update(_settled(trips, back.get(number, []), out.get(number, 0)))
    return found


def _settled(trips: list[Event], back: list[Event], out: int) -> Iterator[tuple[int, date | None]]:
    left = list(accumulate(event.quantity for event in trips))
    reached = list(accumulate(event.quantity for event in back))
    for trip, quantity in zip(trips, left, strict=True):
        arrival = bisect_left(reached, quantity)
        if arrival < len(back):
            yield trip.id, back[arrival].happened_at.date()
        elif quantity <= left[-1] - out:
            yield trip.id, None


def _taken_out(view: ContractView, basis: str) -> Matching:
    return matched(view, TAKING_OUT.kinds, EventKind.TAKEN_OUT, basis)


TAKING_OUT = Subject(
    "持出し",
    (ApprovalKind.TAKE_OUT,),
    lambda view, basis: view.once(_taken_out, basis),
    described,
    {"目的": "purpose", "内容": "subjects", "対策": "protection"},
)

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
