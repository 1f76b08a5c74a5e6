"""What is on a machine or medium on a day, and how it was protected: read from the ledger, never assumed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from app.duties.evaluators.devices import holds_data
from app.duties.holding.balance import Balance, balance
from app.records import Asset, Device, Event, Facts, Location
from app.records.amounts import Amount, amount_text
from app.records.asset import Medium
from app.records.dated import as_of
from app.records.device import Encryption, Storage
from app.records.event import EventKind
from app.records.status import Status

_ENCRYPTED = {
    Encryption.FULL: "全体を暗号化",
    Encryption.PARTIAL: "一部だけを暗号化",
    Encryption.NONE: "暗号化なし",
}


class Content(NamedTuple):
    """One asset that was put on a device, and how much of it is held.

    ``sure``: the ledger says that it is there; else it was used there, and only a person can say whether
    anything of it stayed. ``place``: where the ledger says that it is kept.
    """

    asset: Asset
    quantity: Amount
    sure: bool
    place: Location | None

    @property
    def named(self) -> str:
        """The asset in words: A-0021（調査票入力データ、1,800件）."""
        return f"{self.asset.number}（{self.asset.item}、{amount_text(self.quantity)}{self.asset.unit}）"


def contents(facts: Facts, device: Device, day: date) -> tuple[Content, ...]:
    """What is held on ``day`` and was ever recorded on the device, by the number of the asset.

    What is held no more, because it was returned or destroyed, is nowhere. What was put on another device
    since may still be on this one: it is told as not sure, and never left out.
    """
    touched = {one.asset for one in facts.of(Event, "device", device.id) if _done(one, day)}
    found = []
    for line in balances_of(facts, touched, day):
        if line.held:
            last = _last_on_device(facts, line.asset, day)
            sure = last is not None and last.device == device.id and _stored(line.asset, last)
            taken = last is not None and last.kind == EventKind.TAKEN_OUT and last.device == device.id
            quantity = min(line.held, last.quantity) if taken and last is not None else line.held
            found.append(Content(line.asset, quantity, sure, line.place))
    return tuple(sorted(found, key=lambda one: one.asset.number))


def device_of(facts: Facts, asset: Asset, day: date) -> Device | None:
    """The device on which the asset was put last by ``day``; None where it is on none."""
    last = _last_on_device(facts, asset, day)
    return facts.find(Device, last.device) if last is not None and _stored(asset, last) else None


class Trip(NamedTuple):
    """One take-out of an asset, and how much of it is not back."""

    event: Event
    quantity: Amount


def trips(facts: Facts, asset: Asset, day: date) -> tuple[Trip, ...]:
    """The take-outs from which something was not back by the end of ``day``, the first of them first.

    What was taken out first comes back first, as the duties count it.
    """
    held = (
        one
        for one in facts.of(Event, "asset", asset.id)
        if one.kind == EventKind.TAKEN_OUT and _done(one, day)
    )
    rest, found = balance_of(facts, asset, day).out, list[Trip]()
    for event in sorted(held, key=lambda one: (one.happened_at, one.id), reverse=True):
        if rest > 0:
            found.append(Trip(event, min(rest, event.quantity)))
            rest -= event.quantity
    return tuple(reversed(found))


def coming_back(out: Iterable[Trip], quantity: Amount) -> Iterator[Event]:
    """The take-outs of ``out`` to which a return of so much belongs: the first comes back first."""
    for event, left in out:
        if quantity > 0:
            yield event
        quantity -= left


def balance_of(facts: Facts, asset: Asset, day: date) -> Balance:
    """The balance of one asset at the end of ``day``."""
    return next(iter(balances_of(facts, {asset.id}, day)))


def protected(device: Device, day: date) -> str:
    """How each storage of the device was protected on ``day``, in words; where nothing says so, that.

    A lost medium is reported as it was on the day of the loss: what was encrypted since was not then.
    """
    then = as_of(device, day)
    number = then.control_number
    if not holds_data(then):
        return f"{number}：紙を入れる箱のため暗号化の対象なし"
    if not then.storages:
        return f"{number}：記憶装置の暗号化は未確認（登録なし）"
    return f"{number}：{'、'.join(_storage(one) for one in then.storages)}"


def _storage(one: Storage) -> str:
    how = "、".join(text for text in (one.tool, one.method) if text)
    state = _ENCRYPTED.get(Encryption(one.encryption), one.encryption)
    return f"{one.name}は{state}{f'（{how}）' if how else ''}"


def balances_of(facts: Facts, assets: Iterable[int], day: date) -> Iterator[Balance]:
    """The balances of several assets (ids) at the end of ``day``: one reckoning for each contract."""
    wanted = set(assets)
    contracts = dict.fromkeys(asset.contract for one in sorted(wanted) if (asset := facts.find(Asset, one)))
    for contract in contracts:
        yield from (one for one in balance(facts, contract, day) if one.asset.id in wanted)


def _done(event: Event, day: date) -> bool:
    return event.status != Status.PLANNED and event.happened_at.date() <= day


def _last_on_device(facts: Facts, asset: Asset, day: date) -> Event | None:
    held = (one for one in facts.of(Event, "asset", asset.id) if one.device is not None and _done(one, day))
    return max(held, key=lambda one: (one.happened_at.date(), one.id), default=None)


def _stored(asset: Asset, event: Event) -> bool:
    """Whether the event left the asset on the device; paper or a disc is only read there when it is used."""
    return event.kind != EventKind.USED or asset.medium == Medium.DATA
