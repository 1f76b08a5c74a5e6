"""How much of each asset is where: derived from events and disposal lines, never typed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType

from app.records import Asset, Disposal, Event, Facts, Location, Record
from app.records.disposal import LineResult
from app.records.event import GIVING_BACK, RECEIVING, EventKind

_IN = frozenset(str(kind) for kind in RECEIVING)
_BACK = frozenset(str(kind) for kind in GIVING_BACK)
_COPIED = str(EventKind.COPIED)
_OUT: Mapping[str, int] = MappingProxyType({str(EventKind.TAKEN_OUT): 1, str(EventKind.BROUGHT_BACK): -1})
_HELD: Mapping[str, int] = MappingProxyType({**dict.fromkeys((*_IN, _COPIED), 1), **dict.fromkeys(_BACK, -1)})
_PLACING = _IN | {_COPIED, str(EventKind.MOVED), str(EventKind.BROUGHT_BACK)}
"""Kinds of event that bring in, hand back, take out, and after which the asset stays where they say.

Plain text, because a look-up per event by enumeration member doubles the time of 100,000 events.
"""


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


@dataclass(frozen=True, slots=True)
class Balance:
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
    lines = disposed_lines(facts, contract)
    return tuple(
        _balance(facts, asset, lines.get(asset.id, ()), day)
        for asset in facts.of(Asset, "contract", contract)
    )


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


def _balance(facts: Facts, asset: Asset, lines: Iterable[tuple[Disposal, int]], day: date | None) -> Balance:
    received = copied = returned = taken = 0
    place: tuple[datetime, int, int] | None = None
    for event in facts.of(Event, "asset", asset.id):
        if day is not None and event.happened_at.date() > day:
            continue
        kind = event.kind
        if kind in _IN:
            received += event.quantity
        elif kind == _COPIED:
            copied += event.quantity
        elif kind in _BACK:
            returned += event.quantity
        taken += event.quantity * _OUT.get(kind, 0)
        if event.location is not None and kind in _PLACING:
            here = (event.happened_at, event.id, event.location)
            place = max(place, here) if place else here
    disposed = sum(d.lines[row].quantity for d, row in lines if day is None or d.done_on <= day)
    return Balance(
        asset=asset,
        received=received,
        copied=copied,
        returned=returned,
        disposed=disposed,
        taken=taken,
        place=facts.find(Location, place[2]) if place else None,
    )
