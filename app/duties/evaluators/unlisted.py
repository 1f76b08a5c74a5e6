"""Devices and places that some record of the contract names as used, and that nobody recorded as in use.

What a clause says of every device or place in use is said of these as well: taken for unused, a private
telephone or a second office would never be seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple

from app.annexes.choices import AppliesTo
from app.duties.evaluators.backups import backups
from app.duties.evaluators.keeping import asset_places, device_places
from app.duties.verdict import Lack, add, shown
from app.duties.view import ContractView
from app.records import Device, DeviceUse, Location
from app.records.location import LocationKind
from app.records.status import Status

_CLIENTS = (LocationKind.CLIENT_PREMISES, LocationKind.CLIENT_SYSTEM)


class Named(NamedTuple):
    """A device that a record names: when it did so first, and in words what was done with it."""

    device: Device
    on: date
    what: str


def unlisted_devices(view: ContractView) -> tuple[Named, ...]:
    """Devices used until the day by an event or for a backup, without any use on this contract; by id."""
    return view.once(_unlisted_devices)


def _unlisted_devices(view: ContractView) -> tuple[Named, ...]:
    known = {use.device for use in view.held(DeviceUse) if use.status == Status.ACTUAL}
    found: dict[int, Named] = {}
    for number, on, what in _named(view):
        device = view.facts.find(Device, number) if number not in known else None
        if device is not None and (number not in found or on < found[number].on):
            found[number] = Named(device, on, what)
    return tuple(found[number] for number in sorted(found))


def _named(view: ContractView) -> Iterator[tuple[int, date, str]]:
    for event in chain.from_iterable(view.happened.values()):
        if event.device is not None:
            asset = view.assets[event.asset]
            yield event.device, event.happened_at.date(), f"{asset.number}の{event.kind}"
    for run in view.once(backups):
        if run.device is not None:
            yield run.device, run.done_on, f"{run.what}のバックアップ"


def device_lack(one: Named, why: str) -> Lack:
    """That the use of a device which a record names is not recorded."""
    used = f"{one.device.control_number}は{one.what}（{shown(one.on)}）に使われています"
    text = f"{used}が、使用の記録がありません。"
    step = add("device_use", device=one.device.id, starts_on=one.on)
    return Lack(text, why, "device", one.device.id, step=step)


def unlisted_places(view: ContractView) -> Iterator[Lack]:
    """The vendor's places where devices stand or assets lie now, without any use of the place recorded."""
    known = {place.id for _use, place in view.location_uses}
    found = {place.id: place for place in device_places(view)} | dict(asset_places(view, AppliesTo.ALL, ()))
    for number, place in sorted(found.items()):
        if number not in known and place.kind not in _CLIENTS and place.kind != LocationKind.OUTSIDE:
            yield _place_lack(place)


def _place_lack(place: Location) -> Lack:
    why = "機器又は情報資産が置かれている場所が、この契約の作業場所に当たるかを確かめてください。"
    text = f"{place.name}に機器又は情報資産が置かれていますが、場所の使用の記録がありません。"
    return Lack(text, why, "location", place.id, step=add("location_use", location=place.id))
