"""Which machine, medium or asset a scanned or typed number means, and how many of it were counted.

``A-0001 12`` says that twelve of an asset were counted. A number that is spelled so stands before one that is
only alike without its blanks and hyphens: twelve of A-0001 must never become one of A-000112.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.records import Asset, Device, Facts
from app.records.amounts import Amount, parse_amount
from app.records.spelling.fold import alike, squeezed
from app.work.acts.stock.labelled import called

_COUNTED = re.compile(r"(.+?)[ \u3000]+([\d.．，,]+)(\D{0,10})")


class Called(NamedTuple):
    """What a number means; ``quantity``: how many were counted, None where only the number was said."""

    thing: Device | Asset
    quantity: Amount | None = None

    @property
    def number(self) -> str:
        """By which number the ledger calls it."""
        return self.thing.number if isinstance(self.thing, Asset) else self.thing.control_number


class Names:
    """Every number of a ledger, looked at once: a scanner asks for hundreds of them."""

    def __init__(self, facts: Facts) -> None:
        self._devices = facts.all(Device)
        self._spelled: dict[str, list[Device | Asset]] = defaultdict(list)
        self._loose: dict[str, list[Asset]] = defaultdict(list)
        self._identified: dict[str, list[Asset]] = defaultdict(list)
        for device in self._devices:
            self._spelled[alike(device.control_number)].append(device)
        for asset in facts.all(Asset):
            self._spelled[alike(asset.number)].append(asset)
            self._loose[squeezed(asset.number)].append(asset)
            if asset.identifier:
                self._identified[squeezed(asset.identifier)].append(asset)

    def called(self, said: str) -> Called | None:
        """The one thing that ``said`` means, in any width; None for none or several."""
        bare = squeezed(said)
        if not bare:
            return None
        if spelled := self._spelled.get(alike(said)):
            return _only(spelled)
        if (exactly := self._counted(said, self._alike)) is not None:
            return exactly
        device = called(self._devices, said)
        loosely: dict[tuple[str, int], Device | Asset] = {}
        for one in (device, *self._loose.get(bare, ()), *self._identified.get(bare, ())):
            if one is not None:
                loosely[one.spec.name, one.id] = one
        counted = self._counted(said, lambda number: self._loose.get(squeezed(number), ()))
        if loosely and counted is not None:
            # 12 of A-0001, or A-000112: nobody can tell.
            return None
        return _only(list(loosely.values())) if loosely else counted

    def _alike(self, number: str) -> Sequence[Asset]:
        return [one for one in self._spelled.get(alike(number), ()) if isinstance(one, Asset)]

    def _counted(self, said: str, found: Callable[[str], Sequence[Asset]]) -> Called | None:
        """The asset whose number stands before a quantity, in its own unit where one is said."""
        parted = _COUNTED.fullmatch(said.strip())
        held = found(parted[1]) if parted else ()
        if parted is None or len(held) != 1:
            return None
        if parted[3].strip() and alike(parted[3]) != alike(held[0].unit):
            return None
        try:
            return Called(held[0], parse_amount(parted[2]))
        except ValueError:
            return None


def _only(found: Sequence[Device | Asset]) -> Called | None:
    return Called(found[0]) if len(found) == 1 else None
