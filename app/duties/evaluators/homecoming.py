"""What was taken out, and the day on which it was back: worked out from the events, never typed in."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from app.annexes.choices import Within
from app.duties.evaluators.areas import moved_out, never_outside
from app.duties.view import ContractView
from app.records import Approval, Event
from app.records.amounts import Amount
from app.records.event import EventKind


class BackBy(NamedTuple):
    """The last day on which something may be out. ``word``: what sets it; ``counted``: the same in full."""

    day: date
    word: str
    counted: str


def back_by(
    promised: date | None, approvals: Iterable[Approval], promise: str = "持帰り予定日"
) -> BackBy | None:
    """By when what is out has to be back: as was promised, or as it is allowed, whichever comes first.

    Where it rests on several approvals the last of them allows it. None where neither sets a day.
    """
    allowed = max((one.last_day for one in approvals if one.last_day), default=None)
    if promised is not None and (allowed is None or promised < allowed):
        return BackBy(promised, promise, f"持出しの記録の{promise}")
    return BackBy(allowed, "承諾の期限", "承諾の有効期間の終期") if allowed is not None else None


def brought_back(view: ContractView, within: Within = Within.PREMISES) -> Mapping[int, date | None]:
    """Take-out → the day on which all of it was back; None where it ended otherwise. What is out is absent.

    What was taken out first comes back first. What was handed over or destroyed is no longer out. Brought to
    another place outside, it is not back.
    """
    return {**view.once(_of_take_outs), **dict(_of_moves(view, within))}


def _of_take_outs(view: ContractView) -> Mapping[int, date | None]:
    back: dict[int, list[Event]] = defaultdict(list)
    astray: dict[int, Amount] = defaultdict(int)
    inside = never_outside(view, Within.PREMISES)
    for event, asset in view.events_of(EventKind.BROUGHT_BACK):
        if event.location not in inside and moved_out(view, event, Within.PREMISES):
            astray[asset.id] += event.quantity
        else:
            back[asset.id].append(event)
    taken: dict[int, list[Event]] = defaultdict(list)
    for event, asset in view.events_of(EventKind.TAKEN_OUT):
        taken[asset.id].append(event)
    out = {
        one.asset.id: min(one.out + astray[one.asset.id], one.held)
        for one in view.balances
        if one.asset.id in taken
    }
    found: dict[int, date | None] = {}
    for number, trips in taken.items():
        found.update(_settled(trips, back.get(number, []), out.get(number, 0)))
    return found


def _settled(trips: list[Event], back: list[Event], out: Amount) -> Iterator[tuple[int, date | None]]:
    left = list(accumulate(event.quantity for event in trips))
    reached = list(accumulate(event.quantity for event in back))
    for trip, quantity in zip(trips, left, strict=True):
        arrival = bisect_left(reached, quantity)
        if arrival < len(back):
            yield trip.id, back[arrival].happened_at.date()
        elif quantity <= left[-1] - out:
            yield trip.id, None


def _of_moves(view: ContractView, within: Within) -> Iterator[tuple[int, date | None]]:
    """What was moved out is back with the next event that puts it inside again."""
    open_moves: dict[int, list[Event]] = defaultdict(list)
    for event, asset in view.events_of(EventKind.MOVED, EventKind.BROUGHT_BACK):
        away = moved_out(view, event, within)
        if away is False:
            for one in open_moves.pop(asset.id, ()):
                yield one.id, event.happened_at.date()
        elif away:
            open_moves[asset.id].append(event)
    held = {one.asset.id for one in view.balances if one.held} if open_moves else ()
    for number, moves in open_moves.items():
        if number not in held:
            yield from ((one.id, None) for one in moves)
