"""How much of each asset is where: derived from events and disposal lines, never typed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import repeat
from types import MappingProxyType
from typing import NamedTuple

from app.records import Asset, Disposal, Event, Facts, Location, Record
from app.records.disposal import LineResult
from app.records.event import GIVING_BACK, RECEIVING, EventKind
from app.records.grouping import Way

_IN = frozenset(str(kind) for kind in RECEIVING)
_BACK = frozenset(str(kind) for kind in GIVING_BACK)
_COPIED = str(EventKind.COPIED)
_TAKEN_OUT, _BROUGHT_BACK = str(EventKind.TAKEN_OUT), str(EventKind.BROUGHT_BACK)
_OUT: Mapping[str, int] = MappingProxyType({_TAKEN_OUT: 1, _BROUGHT_BACK: -1})
_HELD: Mapping[str, int] = MappingProxyType({**dict.fromkeys((*_IN, _COPIED), 1), **dict.fromkeys(_BACK, -1)})
_PLACING = _IN | {_COPIED, str(EventKind.MOVED), str(EventKind.BROUGHT_BACK)}
"""Kinds of event that bring in, hand back, take out, and after which the asset stays where they say.

Plain text, because a look-up per event by enumeration member doubles the time of 100,000 events.
"""

EVENTS = Way(Event, "asset", Asset, "contract")
"""From an event to the contract of its asset."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One change of what is held (``held``) or out of the premises (``out``), in the asset's unit.

    ``record`` and ``path`` name the event or disposal line that says so.
    """

    at: datetime
    held: int
    out: int
    record: Record
    path: str


class Balance(NamedTuple):
    """One asset on one day, in its own unit.

    ``held`` = ``received`` + ``copied`` - ``returned`` - ``disposed``, never below zero; ``taken`` is what
    was taken out less what was brought back. ``place`` is where it was put last, None where nothing says so.
    """

    asset: Asset
    received: int = 0
    copied: int = 0
    returned: int = 0
    disposed: int = 0
    taken: int = 0
    place: Location | None = None

    @property
    def held(self) -> int:
        return max(0, self.received + self.copied - self.returned - self.disposed)

    @property
    def out(self) -> int:
        """How much of what is held was taken out; what is handed over or destroyed is no longer out."""
        return min(max(0, self.taken), self.held)

    @property
    def moved(self) -> bool:
        """Whether anything was ever recorded about it."""
        return bool(self.received or self.copied or self.returned or self.disposed or self.taken)


def balance(facts: Facts, contract: int, day: date | None = None) -> tuple[Balance, ...]:
    """The balance of every asset of a contract at the end of ``day`` (None: of all that is recorded)."""
    return balances_of(facts, contract, events_by_kind(facts, contract, day), day)


def events_by_kind(facts: Facts, contract: int, day: date | None) -> Mapping[str, tuple[Event, ...]]:
    """Kind → what happened until the end of ``day`` to the assets of a contract, by ascending id.

    One look at every event; whoever asks about some kinds need not look at the others again.
    """
    until = datetime.combine(day or date.max, time.max)
    found: dict[str, list[Event]] = defaultdict(list)
    for event in facts.over(EVENTS, contract):
        if event.happened_at <= until:
            found[event.kind].append(event)
    return {str(kind): tuple(held) for kind, held in found.items()}


def balances_of(
    facts: Facts, contract: int, events: Mapping[str, Iterable[Event]], day: date | None
) -> tuple[Balance, ...]:
    """The balance of every asset of a contract after ``events`` (by kind) and its disposals until ``day``."""
    received, copied, returned = _sums(events, _IN), _sums(events, (_COPIED,)), _sums(events, _BACK)
    out, back = _sums(events, (_TAKEN_OUT,)), _sums(events, (_BROUGHT_BACK,))
    last, disposed = _places(events), _disposed(facts, contract, day)
    taken = {asset: out.get(asset, 0) - back.get(asset, 0) for asset in out.keys() | back.keys()}
    at = {number: facts.find(Location, number) for number in set(last.values())}
    places = {asset: at[number] for asset, number in last.items()}
    held = facts.of(Asset, "contract", contract)
    # Column by column: over 20,000 assets a call for each would be felt.
    ids = [asset.id for asset in held]
    numbers = (map(column.get, ids, repeat(0)) for column in (received, copied, returned, disposed, taken))
    return tuple(map(Balance, held, *numbers, map(places.get, ids)))


def _disposed(facts: Facts, contract: int, day: date | None) -> Mapping[int, int]:
    lines = disposed_lines(facts, contract)
    return {
        asset: sum(one.lines[row].quantity for one, row in held if day is None or one.done_on <= day)
        for asset, held in lines.items()
    }


def disposed_lines(facts: Facts, contract: int) -> Mapping[int, tuple[tuple[Disposal, int], ...]]:
    """Asset → the disposals of the contract and the row (from 0) of each that finished some of it."""
    found: dict[int, list[tuple[Disposal, int]]] = defaultdict(list)
    for disposal in facts.of(Disposal, "contract", contract):
        for row, line in enumerate(disposal.lines):
            if line.asset is not None and line.result == LineResult.DONE:
                found[line.asset].append((disposal, row))
    return {asset: tuple(held) for asset, held in found.items()}


def movements(events: Iterable[Event], lines: Iterable[tuple[Disposal, int]]) -> tuple[Movement, ...]:
    """All changes of one asset in the order of time.

    A disposal has a day but no hour: it counts at the end of its day, after that day's events. Events of
    one minute count with what comes in first, so that a truthful record is never refused for it.
    """
    found = [*_of_events(events), *_of_lines(lines)]
    return tuple(sorted(found, key=lambda m: (m.at, -m.held, m.record.spec.name, m.record.id)))


def _of_events(events: Iterable[Event]) -> Iterator[Movement]:
    for event in events:
        held = event.quantity * _HELD.get(event.kind, 0)
        out = event.quantity * _OUT.get(event.kind, 0)
        if held or out:
            yield Movement(event.happened_at, held, out, event, "quantity")


def _of_lines(lines: Iterable[tuple[Disposal, int]]) -> Iterator[Movement]:
    for disposal, row in lines:
        at = datetime.combine(disposal.done_on, time.max)
        yield Movement(at, -disposal.lines[row].quantity, 0, disposal, f"lines.{row + 1}.quantity")


def _sums(events: Mapping[str, Iterable[Event]], kinds: Iterable[str]) -> Mapping[int, int]:
    """Asset → how much of it the events of these kinds moved."""
    found: dict[int, int] = defaultdict(int)
    for kind in kinds:
        for event in events.get(kind, ()):
            found[event.asset] += event.quantity
    return found


def _places(events: Mapping[str, Iterable[Event]]) -> Mapping[int, int]:
    """Asset → where it was put last."""
    last: dict[int, tuple[datetime, int, int]] = {}
    for kind in _PLACING:
        for event in events.get(kind, ()):
            if event.location is None:
                continue
            here = (event.happened_at, event.id, event.location)
            if event.asset not in last or last[event.asset] < here:
                last[event.asset] = here
    return {asset: location for asset, (_at, _id, location) in last.items()}
