"""What a stock-take looks for: machines, media and boxes, and the assets that can be counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.records import Facts, Location
from app.work.acts.stock.expected import Expected, expected_at
from app.work.acts.stock.holdings import Holding, holdings_at


class Scope(StrEnum):
    """What is looked for at a place."""

    BOTH = "PC・媒体と情報資産"
    DEVICES = "PC・媒体だけ"
    ASSETS = "情報資産だけ"

    @property
    def things(self) -> str:
        """What it is about, in words."""
        return self.removesuffix("だけ")


class Sought(NamedTuple):
    """Everything that should be there."""

    devices: tuple[Expected, ...]
    assets: tuple[Holding, ...]

    def __bool__(self) -> bool:
        return bool(self.devices or self.assets)

    @property
    def contracts(self) -> Iterator[int]:
        """For which contracts, by their ids."""
        yield from (use.contract for one in self.devices for use in one.uses)
        yield from (one.asset.contract for one in self.assets)


def sought_at(
    facts: Facts, place: Location, day: date, contract: int | None = None, scope: str = Scope.BOTH
) -> Sought:
    """What should be at ``place`` on ``day``, for one contract or for all."""
    return Sought(
        () if scope == Scope.ASSETS else expected_at(facts, place, day, contract),
        () if scope == Scope.DEVICES else holdings_at(facts, place, day, contract),
    )


def sought_on(facts: Facts, place: Location, day: date) -> bool:
    """Whether anything should be at ``place``; assets are asked for only where nothing else is."""
    return bool(expected_at(facts, place, day)) or bool(holdings_at(facts, place, day))
