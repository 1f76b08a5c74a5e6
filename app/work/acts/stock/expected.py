"""Which machines, media and boxes should be at a place on a day, as the ledger has it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from app.records import Contract, Device, DeviceUse, Facts, Location
from app.records.ordering import in_order
from app.records.status import Status
from app.work.acts.devices.uses import away_on, uses_of


class Expected(NamedTuple):
    """A device that should be there, and by which of its uses; one, at least."""

    device: Device
    uses: tuple[DeviceUse, ...]


def expected_at(
    facts: Facts, place: Location, day: date, contract: int | None = None
) -> tuple[Expected, ...]:
    """What should be at ``place`` on ``day``, for one contract or for all, in the order of lists.

    A use that nobody ended is looked for even where its contract is over: the thing has to be somewhere.
    What is taken out on that day is not expected where it is kept otherwise.
    """
    found = []
    for device in in_order(facts.all(Device)):
        held = stands_on(facts, device, day)
        uses = tuple(
            one for one in held if one.location == place.id and (contract is None or one.contract == contract)
        )
        if uses:
            found.append(Expected(device, uses))
    return tuple(found)


def stands_on(facts: Facts, device: Device, day: date) -> tuple[DeviceUse, ...]:
    """The uses that say where the device is on ``day``: where it is out, only those; none once retired."""
    if device.retired_on is not None and device.retired_on < day:
        return ()
    held = tuple(one for one in uses_of(facts, device) if one.status == Status.ACTUAL and _runs(one, day))
    away = {one.id for one in away_on(facts, device, day)}
    out = tuple(one for one in held if one.id in away)
    return out or held


def places_on(facts: Facts, device: Device, day: date) -> tuple[Location, ...]:
    """Where the device is on ``day`` as the ledger has it, each place once; none where nothing says."""
    numbers = dict.fromkeys(one.location for one in stands_on(facts, device, day))
    return tuple(place for one in numbers if (place := facts.find(Location, one)) is not None)


def contracts_of(facts: Facts, numbers: Iterable[int], day: date) -> tuple[Contract, ...]:
    """The contracts for which things should be there: those not over, or all where every one is."""
    held = tuple(one for number in dict.fromkeys(numbers) if (one := facts.find(Contract, number)))
    return tuple(one for one in held if day <= one.last_day) or held


def _runs(use: DeviceUse, day: date) -> bool:
    return use.starts_on <= day and (use.ends_on is None or day <= use.ends_on)
