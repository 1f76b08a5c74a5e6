"""Which uses of a machine or medium an act touches, and in which words it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from app.duties.evaluators.devices import holds_data
from app.duties.holding.destruction import DESTROYING
from app.records import Contract, Device, DeviceUse, Disposal, Facts, Location, Record
from app.records.days import wareki
from app.records.location import LocationKind
from app.work.acts.plan import Ground, all_of

AWAY = (LocationKind.OUTSIDE, LocationKind.CLIENT_PREMISES, LocationKind.CLIENT_SYSTEM)
"""Kinds of place at which a device is taken out or brought in, and not kept for the work."""


def devices_of(records: Iterable[Record]) -> tuple[Device, ...]:
    """The devices that an act is done to. Raises ``TypeError`` for another record."""
    return all_of(records, Device)


def numbers_of(devices: Iterable[Device]) -> str:
    """What the devices are called, in one line: PC-001、PC-002."""
    return "、".join(one.control_number for one in devices)


def uses_of(facts: Facts, device: Device, contract: int | None = None) -> tuple[DeviceUse, ...]:
    """Every use of the device, of all contracts or of one, by the day on which it begins."""
    held = facts.of(DeviceUse, "device", device.id)
    meant = (one for one in held if contract is None or one.contract == contract)
    return tuple(sorted(meant, key=lambda one: (one.starts_on, one.id)))


def going_on(facts: Facts, device: Device, day: date, contract: int | None = None) -> tuple[DeviceUse, ...]:
    """The uses that hold on ``day`` or later, of contracts whose work has not ended by then."""
    return tuple(
        one
        for one in uses_of(facts, device, contract)
        if not _over(one, day) and day <= facts.get(Contract, one.contract).last_day
    )


def is_away(place: Location) -> bool:
    """Whether what is there was taken out or brought in, and is not kept there for the work."""
    return place.kind in AWAY


def away_on(facts: Facts, device: Device, day: date) -> tuple[DeviceUse, ...]:
    """The uses of the device by which it is out on ``day``: it is out for every contract then."""
    found = []
    for use in uses_of(facts, device):
        place = facts.find(Location, use.location)
        if place is not None and is_away(place) and use.starts_on <= day and not _over(use, day):
            found.append(use)
    return tuple(found)


def out_on(facts: Facts, device: Device, day: date) -> tuple[DeviceUse, ...]:
    """The uses by which the device is out on ``day`` and has not come back on that very day."""
    return tuple(one for one in away_on(facts, device, day) if not _came_back(facts, device, one, day))


def _came_back(facts: Facts, device: Device, use: DeviceUse, day: date) -> bool:
    """Whether the use ends on ``day`` with its return: it goes on where the work is done.

    Of a trip within one day the use at home begins on the day after, as it is written.
    """
    if use.ends_on != day:
        return False
    home = (one for one in uses_of(facts, device, use.contract) if one.id != use.id)
    return any(
        day <= one.starts_on <= day + timedelta(days=1)
        and (place := facts.find(Location, one.location)) is not None
        and not is_away(place)
        for one in home
    )


def retired(device: Device | None, day: date) -> Iterator[str]:
    """That the device was out of use for good before ``day``, with the way on; nothing where it was not."""
    if device is not None and device.retired_on is not None and device.retired_on < day:
        yield (
            f"{device.control_number}は{wareki(device.retired_on)}に使用を終えています。"
            "管理番号と日付を確かめ、使い続けるときは「PC・媒体」の使用終了日を消してください。"
        )


def unused(facts: Facts, device: Device, day: date, contract: int | None = None) -> str:
    """Why no use of the device goes on on ``day``, in one sentence with the way on; empty where one does."""
    number = device.control_number
    if over := next(retired(device, day), ""):
        return over
    if why := destroyed_before(facts, device, day):
        return why
    if going_on(facts, device, day, contract):
        return ""
    held = uses_of(facts, device, contract)
    where = facts.key_of("contract", contract) if contract is not None else "どの契約でも"
    if not held:
        told = f"{number}は{where}{'では' if contract is not None else ''}使われていません。"
        return f"{told}「契約のPC・媒体」に使用を登録してから行ってください。"
    open_ = [one for one in held if not _over(one, day)]
    if open_:
        last = max((facts.get(Contract, one.contract) for one in open_), key=lambda one: one.last_day)
        told = f"{number}を使う契約{last.number}は{wareki(last.last_day)}に終わっています。"
        return f"{told}日付を確かめてください。"
    ended = max(one.ends_on for one in held if one.ends_on is not None)
    return (
        f"{number}の使用は{wareki(ended)}に終わっています。"
        "日付を確かめるか、「契約のPC・媒体」に使用を登録してから行ってください。"
    )


def destroyed(facts: Facts, device: Device, day: date) -> list[Disposal]:
    """The disposals until ``day``, for whatever contract, after which the device itself is no more."""
    return [
        one
        for one in facts.of(Disposal, "lines.device", device.id)
        if one.method in DESTROYING
        and one.done_on <= day
        and any(line.device == device.id and line.asset is None and one.ended(line) for line in one.lines)
    ]


def unusable(ground: Ground, records: tuple[Record, ...]) -> Mapping[int, str]:
    """The devices that nobody moves, lends or takes out any more as they stand today: id → why.

    One that was destroyed today is gone; what happened to it before can still be asked for by name.
    """
    facts, today = ground.facts, ground.today
    told = (
        (one.id, unused(facts, one, today) or destroyed_before(facts, one, today + timedelta(days=1)))
        for one in devices_of(records)
    )
    return {number: why for number, why in told if why}


def usable(ground: Ground, one: Record) -> bool:
    """Whether a device is in use today or will be, and was not destroyed."""
    return isinstance(one, Device) and not unusable(ground, (one,))


def gone_before(facts: Facts, device: Device, day: date) -> Iterator[str]:
    """That the ledger has the device destroyed or out of use before ``day``, where it met with something."""
    number, first = device.control_number, _first_destroyed(facts, device, day)
    if first is not None:
        yield (
            f"{number}は{wareki(first.done_on)}に廃棄済みと登録されています（{first.number}）。管理番号と日時を確かめ、"
            "廃棄が済んでいなかったときは「廃棄・消去」の記録を直し、提出した証明書の訂正を発注者と協議してください。"
        )
    elif device.retired_on is not None and device.retired_on < day:
        yield (
            f"{number}は{wareki(device.retired_on)}に使用を終えたと登録されています。"
            "管理番号と日時、終えた後の置き場所と扱いを確かめてください。"
        )


def destroyed_before(facts: Facts, device: Device, day: date) -> str:
    """That a machine or medium was destroyed before ``day``: nobody looks at it, moves or lends it then.

    Its uses may go on in the ledger, for one contract of several; a check of it would be kept as a proof.
    What happened on the day itself may have been before. A box whose paper was shredded goes on being used.
    """
    first = _first_destroyed(facts, device, day)
    if first is None:
        return ""
    return (
        f"{device.control_number}は{wareki(first.done_on)}に廃棄済みです（{first.number}）。管理番号と日付を確かめてください。"
        "廃棄していないときは「廃棄・消去」の記録を直し、使用が続いたままのときは「使用終了」を登録してください。"
    )


def _first_destroyed(facts: Facts, device: Device, day: date) -> Disposal | None:
    done = destroyed(facts, device, day - timedelta(days=1)) if holds_data(device) else []
    return min(done, key=lambda one: (one.done_on, one.id), default=None)


def begun_since(facts: Facts, uses: Iterable[DeviceUse], day: date, today: date) -> str:
    """That a use had not begun by ``day`` and has since: what was before is not rewritten. Else empty.

    The way on is left to be said.
    """
    for one in uses:
        if day < one.starts_on <= today:
            number, contract = facts.key_of("device", one.device), facts.key_of("contract", one.contract)
            return f"{number}の{contract}での使用は{wareki(one.starts_on)}に始まっています。"
    return ""


def _over(use: DeviceUse, day: date) -> bool:
    return use.ends_on is not None and use.ends_on < day
