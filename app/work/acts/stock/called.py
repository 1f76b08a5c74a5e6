"""Which machine, medium or asset a scanned or typed number means, and how many of it were counted.

``A-0001 12`` says that twelve of an asset were counted. A number that is spelled so stands before one that is
only alike without its blanks and hyphens: twelve of A-0001 must never become one of A-000112.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
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


def thing_called(facts: Facts, said: str) -> Called | None:
    """The one thing that ``said`` means, in any width; None for none or several."""
    wanted, bare = alike(said), squeezed(said)
    if not bare:
        return None
    devices, assets = facts.all(Device), facts.all(Asset)
    spelled: list[Device | Asset] = [
        *(one for one in devices if alike(one.control_number) == wanted),
        *(one for one in assets if alike(one.number) == wanted),
    ]
    if spelled:
        return _only(spelled)
    if (exactly := _counted(assets, said, alike)) is not None:
        return exactly
    device = called(devices, said)
    loosely: list[Device | Asset] = [
        *([device] if device is not None else []),
        *(one for one in assets if bare in (squeezed(one.number), squeezed(one.identifier))),
    ]
    counted = _counted(assets, said, squeezed)
    if loosely and counted is not None:
        # 12 of A-0001, or A-000112: nobody can tell.
        return None
    return _only(loosely) if loosely else counted


def _only(found: Sequence[Device | Asset]) -> Called | None:
    return Called(found[0]) if len(found) == 1 else None


def _counted(assets: Iterable[Asset], said: str, same: Callable[[str], str]) -> Called | None:
    """The asset whose number stands before a quantity, in its own unit where one is said."""
    parted = _COUNTED.fullmatch(said.strip())
    if parted is None:
        return None
    found = [one for one in assets if same(one.number) == same(parted[1])]
    if len(found) != 1 or (parted[3].strip() and alike(parted[3]) != alike(found[0].unit)):
        return None
    try:
        return Called(found[0], parse_amount(parted[2]))
    except ValueError:
        return None
