"""What happened to each asset of a contract, act by act, with the quantity that was left after each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.duties.case import Case
from app.duties.holding.balance import EVENTS, disposed_lines, movements
from app.duties.holding.parties import Parties
from app.records import Asset, Disposal, Event
from app.records.amounts import Amount
from app.records.days import When, end_of
from app.records.disposal import DisposalLine
from app.records.spelling.collation import order
from app.records.status import Status
from forms.parts.disposed import done_by


class Act(NamedTuple):
    """One event, or one line of a disposal, on one asset.

    ``change``: what it adds to what the vendor holds; ``left``: what is held after it. Both in the asset's
    unit. ``line`` is None for an event.
    """

    asset: Asset
    record: Event | Disposal
    line: DisposalLine | None
    at: When
    change: Amount
    left: Amount


class _Bare(NamedTuple):
    """An act of which the quantity left is not reckoned yet; ``path``: where its record says how much."""

    record: Event | Disposal
    line: DisposalLine | None
    at: When
    path: str


def assets_of(case: Case) -> list[Asset]:
    """The assets of the contract by their numbers."""
    held = case.facts.of(Asset, "contract", case.contract.id)
    return sorted(held, key=lambda one: (order(one.number), one.id))


def acts_of(case: Case) -> Iterator[Act]:
    """All that was done to the assets of the contract by the day, asset by asset, in time; no plans.

    A disposal has a day and no hour: it stands after the events of its day. A line that did not succeed is
    told too, and changes nothing.
    """
    parties = Parties(case.facts, case.contract.id)
    events, lines = _events(case), _lines(case)
    ended = disposed_lines(case.facts, case.contract.id)
    done = {disposal.id for disposal in done_by(case)}
    for asset in assets_of(case):
        own = events.get(asset.id, ())
        gone = [pair for pair in ended.get(asset.id, ()) if pair[0].id in done]
        moved = {(m.record.spec.name, m.record.id, m.path): m.held for m in movements(own, gone, parties)}
        bare = [*(_Bare(one, None, one.happened_at, "quantity") for one in own), *lines.get(asset.id, ())]
        yield from _reckoned(asset, bare, moved)


def _reckoned(
    asset: Asset, bare: Sequence[_Bare], moved: Mapping[tuple[str, int, str], Amount]
) -> Iterator[Act]:
    def change(act: _Bare) -> Amount:
        return moved.get((act.record.spec.name, act.record.id, act.path), 0)

    left: Amount = 0
    for act in sorted(bare, key=lambda one: (one.at, -change(one), one.record.spec.name, one.record.id)):
        left += change(act)
        yield Act(asset, act.record, act.line, act.at, change(act), left)


def _events(case: Case) -> Mapping[int, Sequence[Event]]:
    found: dict[int, list[Event]] = defaultdict(list)
    for event in case.facts.over(EVENTS, case.contract.id):
        if event.status != Status.PLANNED and event.happened_at.date() <= case.day:
            found[event.asset].append(event)
    return found


def _lines(case: Case) -> Mapping[int, Sequence[_Bare]]:
    found: dict[int, list[_Bare]] = defaultdict(list)
    for disposal in done_by(case):
        for row, line in enumerate(disposal.lines, 1):
            if line.asset is not None:
                act = _Bare(disposal, line, end_of(disposal.done_on), f"lines.{row}.quantity")
                found[line.asset].append(act)
    return found
