"""How much of each asset is where: derived from events and disposal lines, never typed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from app.duties.holding.holders import Elsewhere, Holders, in_time
from app.duties.holding.parties import Parties, Who
from app.records import Asset, Disposal, Event, Facts, Location, Record
from app.records.amounts import Amount, amount_text
from app.records.days import When, end_of
from app.records.event import GIVING_BACK, RECEIVING, EventKind
from app.records.grouping import Way
from app.records.status import Status

_AT: attrgetter[When] = attrgetter("happened_at")
_IN = frozenset(str(kind) for kind in RECEIVING)
_BACK = frozenset(str(kind) for kind in GIVING_BACK)
_COPIED, _RECEIVED = str(EventKind.COPIED), str(EventKind.RECEIVED)
_TAKEN_OUT, _BROUGHT_BACK = str(EventKind.TAKEN_OUT), str(EventKind.BROUGHT_BACK)
_PLANNED = str(Status.PLANNED)
_OUT: Mapping[str, int] = MappingProxyType({_TAKEN_OUT: 1, _BROUGHT_BACK: -1})
_HELD: Mapping[str, int] = MappingProxyType(dict.fromkeys((*_IN, _COPIED), 1))
_PLACING = _IN | {_COPIED, str(EventKind.MOVED), str(EventKind.BROUGHT_BACK)}
"""Kinds of event that bring in, hand back, take out, and after which the asset stays where they say.

Plain text, because a look-up per event by enumeration member doubles the time of 100,000 events.
"""

EVENTS = Way(Event, "asset", Asset, "contract")
"""From an event to the contract of its asset."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One change of what is held (``held``), out of the premises (``out``) or with others (``away``).

    All in the asset's unit. ``record`` and ``path`` name the event or disposal line that says so.
    """

    at: When
    held: Amount
    out: Amount
    record: Record
    path: str
    away: Amount = 0


class Balance(NamedTuple):
    """One asset on one day, in its own unit.

    ``held`` = ``received`` + ``copied`` - ``returned`` - ``disposed``, never below zero: what has not ended,
    wherever it is. ``returned`` counts what the client has again and nothing else. ``taken`` is what was
    taken out less what was brought back. ``place`` is where it was put last, None where nothing says so.
    ``elsewhere``: with whom some of what is held is, as far as it was handed to anybody.
    """

    asset: Asset
    received: Amount = 0
    copied: Amount = 0
    returned: Amount = 0
    disposed: Amount = 0
    taken: Amount = 0
    place: Location | None = None
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def held(self) -> Amount:
        return max(0, self.received + self.copied - self.returned - self.disposed)

    @property
    def away(self) -> Amount:
        """How much of what is held is with others than the vendor; what is destroyed is with nobody."""
        return min(sum(one.quantity for one in self.elsewhere), self.held)

    @property
    def unclear(self) -> Amount:
        """How much of what is away may be with the client: only a person can say."""
        return min(sum(one.quantity for one in self.elsewhere if not one.known), self.held)

    @property
    def out(self) -> Amount:
        """How much of what is here was taken out; what is handed over or destroyed is no longer out."""
        return min(max(0, self.taken), self.held - self.away)

    @property
    def moved(self) -> bool:
        """Whether anything was ever recorded about it."""
        return bool(self.received or self.copied or self.returned or self.disposed or self.taken)


def whereabouts(one: Balance) -> str:
    """With whom some of an asset still is, in words: 架空運輸に渡した2枚、相手方の記録がない引渡し1枚."""
    unit = one.asset.unit
    return "、".join(
        f"{held.name}に渡した{amount_text(held.quantity)}{unit}"
        if held.name
        else f"相手方の記録がない引渡し{amount_text(held.quantity)}{unit}"
        for held in one.elsewhere
    )


def balance(facts: Facts, contract: int, day: date | None = None) -> tuple[Balance, ...]:
    """The balance of every asset of a contract at the end of ``day`` (None: of all that is recorded)."""
    return balances_of(facts, contract, events_by_kind(facts, contract, day), day)


def events_by_kind(facts: Facts, contract: int, day: date | None) -> Mapping[str, tuple[Event, ...]]:
    """Kind → what happened until the end of ``day`` to the assets of a contract, by ascending id; no plans.

    One look at every event; whoever asks about some kinds need not look at the others again.
    """
    found: dict[str, list[Event]] = defaultdict(list)
    for event in _until(facts.over(EVENTS, contract), day):
        if event.status != _PLANNED:
            found[event.kind].append(event)
    return {str(kind): tuple(held) for kind, held in found.items()}


def _until(events: tuple[Event, ...], day: date | None) -> Iterable[Event]:
    if not events or day is None or max(map(_AT, events)).date() <= day:
        # As a rule nothing lies ahead: one question instead of one for each event.
        return events
    return (event for event in events if event.happened_at.date() <= day)


def balances_of(
    facts: Facts, contract: int, events: Mapping[str, Iterable[Event]], day: date | None
) -> tuple[Balance, ...]:
    """The balance of every asset of a contract after ``events`` (by kind) and its disposals until ``day``."""
    received, copied = _sums(events, _IN), _sums(events, (_COPIED,))
    returned, elsewhere = _given(Parties(facts, contract), events, received)
    out, back = _sums(events, (_TAKEN_OUT,)), _sums(events, (_BROUGHT_BACK,))
    last, disposed = _places(events), _disposed(facts, contract, day)
    taken = {asset: out.get(asset, 0) - back.get(asset, 0) for asset in out.keys() | back.keys()}
    at = {number: facts.find(Location, number) for number in set(last.values())}
    places = {asset: at[number] for asset, number in last.items()}
    held = facts.of(Asset, "contract", contract)
    # Column by column: over 20,000 assets a call for each would be felt.
    ids = [asset.id for asset in held]
    numbers = (map(column.get, ids, repeat(0)) for column in (received, copied, returned, disposed, taken))
    return tuple(map(Balance, held, *numbers, map(places.get, ids), map(elsewhere.get, ids, repeat(()))))


def _given(
    parties: Parties, events: Mapping[str, Iterable[Event]], received: dict[int, Amount]
) -> tuple[Mapping[int, Amount], Mapping[int, tuple[Elsewhere, ...]]]:
    """Asset → what the client has again, and asset → what is with others.

    What others brought back was not received anew: it is taken off ``received``.
    """
    returned: dict[int, Amount] = defaultdict(int)
    followed: dict[int, list[Event]] = defaultdict(list)
    for kind in _BACK:
        for event in events.get(kind, ()):
            match parties.taker(event).who:
                case Who.CLIENT:
                    returned[event.asset] += event.quantity
                case Who.OTHER | Who.UNKNOWN:
                    followed[event.asset] = []
    for kind in (*_BACK, _RECEIVED) if followed else ():
        for event in events.get(kind, ()):
            if event.asset in followed:
                followed[event.asset].append(event)
    elsewhere = {}
    for asset, held in followed.items():
        holders = Holders(parties)
        for event in sorted(held, key=in_time):
            received[asset] -= holders.take(event).again
        elsewhere[asset] = holders.all
    return returned, elsewhere


def _disposed(facts: Facts, contract: int, day: date | None) -> Mapping[int, Amount]:
    lines = disposed_lines(facts, contract)
    return {
        asset: sum(one.lines[row].quantity for one, row in held if day is None or one.done_on <= day)
        for asset, held in lines.items()
    }


def disposed_lines(facts: Facts, contract: int) -> Mapping[int, tuple[tuple[Disposal, int], ...]]:
    """Asset → the disposals of the contract and the row (from 0) of each that put an end to some of it."""
    found: dict[int, list[tuple[Disposal, int]]] = defaultdict(list)
    for disposal in facts.of(Disposal, "contract", contract):
        for row, line in enumerate(disposal.lines):
            if line.asset is not None and disposal.ended(line):
                found[line.asset].append((disposal, row))
    return {asset: tuple(held) for asset, held in found.items()}


def movements(
    events: Iterable[Event], lines: Iterable[tuple[Disposal, int]], parties: Parties
) -> tuple[Movement, ...]:
    """All changes of one asset in the order of time, plans left out; ``parties``: who is who to its contract.

    A disposal has a day but no hour: it counts at the end of its day, after that day's events. Events of
    one minute count with what comes in first, so that a truthful record is never refused for it. An event
    whose hour is not known stands before the hours of its day; whoever asks what was possible asks only
    about the end of such a day.
    """
    found = [*_of_events(events, parties), *_of_lines(lines)]
    return tuple(sorted(found, key=lambda m: (m.at, -m.held, m.record.spec.name, m.record.id)))


def _of_events(events: Iterable[Event], parties: Parties) -> Iterator[Movement]:
    holders = Holders(parties)
    for event in sorted((one for one in events if one.status != _PLANNED), key=in_time):
        out = event.quantity * _OUT.get(event.kind, 0)
        held, away, _again = holders.take(event)
        if event.kind != _RECEIVED:
            held += event.quantity * _HELD.get(event.kind, 0)
        if held or out or away:
            yield Movement(event.happened_at, held, out, event, "quantity", away)


def _of_lines(lines: Iterable[tuple[Disposal, int]]) -> Iterator[Movement]:
    for disposal, row in lines:
        at = end_of(disposal.done_on)
        yield Movement(at, -disposal.lines[row].quantity, 0, disposal, f"lines.{row + 1}.quantity")


def _sums(events: Mapping[str, Iterable[Event]], kinds: Iterable[str]) -> dict[int, Amount]:
    """Asset → how much of it the events of these kinds moved."""
    found: dict[int, Amount] = defaultdict(int)
    for kind in kinds:
        for event in events.get(kind, ()):
            found[event.asset] += event.quantity
    return found


def _places(events: Mapping[str, Iterable[Event]]) -> Mapping[int, int]:
    """Asset → where it was put last; of one day, an hour that is known counts after one that is not."""
    last: dict[int, tuple[When, int, int]] = {}
    for kind in _PLACING:
        for event in events.get(kind, ()):
            if event.location is None:
                continue
            here = (event.happened_at, event.id, event.location)
            if event.asset not in last or last[event.asset] < here:
                last[event.asset] = here
    return {asset: location for asset, (_at, _id, location) in last.items()}
