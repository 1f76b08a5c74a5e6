"""What tells records of one kind apart where one chooses among them by their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.records import Device, DeviceUse, Facts, Location, Person, Record
from app.records.spelling.fold import squeezed
from app.records.status import Status

_BESIDE = frozenset(one.spec.name for one in (DeviceUse, Location, Person))


def called(facts: Facts, device: Device) -> str:
    """Number and kind of a device, the kind once: not again where the number tells it (PC-001)."""
    kind, number = facts.shown(device, "kind"), device.control_number
    return number if squeezed(kind) in squeezed(number) else f"{number}　{kind}"


def told_apart(facts: Facts, record: Record, today: date) -> str:
    """Maker and model of a device, where it stands and who keeps it; empty for every other kind.

    Twenty machines of one kind differ in nothing else that people know.
    """
    if not isinstance(record, Device):
        return ""
    made = " ".join(filter(None, (record.maker, record.model)))
    return "　".join(filter(None, (made, *_kept(facts, record, today))))


def telling_apart(kind: str) -> frozenset[str]:
    """The record types, besides its own, whose change may change what is told of a ``kind``."""
    return _BESIDE if kind == Device.spec.name else frozenset()


def _kept(facts: Facts, device: Device, today: date) -> Iterator[str]:
    """Each place and each custodian once, of the uses that hold today."""
    uses = [
        one
        for one in facts.of(DeviceUse, "device", device.id)
        if one.status != Status.PLANNED and one.starts_on <= today <= (one.ends_on or today)
    ]
    places = (facts.find(Location, one.location) for one in uses)
    people = (facts.find(Person, one.person) for one in uses)
    yield "・".join(dict.fromkeys(facts.title(one) for one in places if one is not None))
    yield "・".join(dict.fromkeys(one.name for one in people if one is not None))
