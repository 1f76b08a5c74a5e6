"""Which assets should be at a place on a day, and how many of each, as the ledger has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from app.duties.holding.balance import Balance, balance
from app.records import Asset, Event, Facts, Location
from app.records.amounts import Amount
from app.records.asset import Medium
from app.records.ordering import in_order


class Holding(NamedTuple):
    """An asset and how much of it is ``here``, not taken out and with nobody else, in its unit.

    ``out``: how much was taken out. ``place``: where it was put last; None where nothing says so.
    """

    asset: Asset
    here: Amount
    out: Amount
    place: Location | None


def holdings_at(facts: Facts, place: Location, day: date, contract: int | None = None) -> tuple[Holding, ...]:
    """What should be at ``place`` at the end of ``day``, of one contract or of all, in the order of lists.

    Data are on a machine or a medium, which is looked for itself.
    """
    moved = {one.asset for one in facts.of(Event, "location", place.id)}
    assets = (asset for one in sorted(moved) if (asset := facts.find(Asset, one)) is not None)
    contracts = dict.fromkeys(one.contract for one in assets if contract in (None, one.contract))
    held = {one.asset.id: one for one in _of(facts, contracts, day)}
    kept = {number for number, one in held.items() if one.place and one.place.id == place.id and one.here}
    return tuple(held[one.id] for one in in_order(held[number].asset for number in kept))


def unplaced(facts: Facts, contracts: Iterable[int], day: date) -> tuple[Asset, ...]:
    """What is held under these contracts and of which nothing says where: it is looked for nowhere."""
    return tuple(in_order(one.asset for one in _of(facts, contracts, day) if one.here and one.place is None))


def holding_of(facts: Facts, asset: Asset, day: date) -> Holding:
    """Where one asset is at the end of ``day``."""
    return next(_holding(one) for one in balance(facts, asset.contract, day) if one.asset.id == asset.id)


def _of(facts: Facts, contracts: Iterable[int], day: date) -> Iterator[Holding]:
    for number in contracts:
        yield from (_holding(one) for one in balance(facts, number, day) if one.asset.medium != Medium.DATA)


def _holding(one: Balance) -> Holding:
    return Holding(one.asset, one.held - one.away - one.out, one.out, one.place)
