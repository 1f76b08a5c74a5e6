"""Where what was entrusted is kept, and where it was kept before: places in use, devices, assets, copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, pairwise
from typing import NamedTuple

from app.annexes.choices import AppliesTo, Medium
from app.duties.evaluators.backups import backups, newest_backups
from app.duties.evaluators.systems import in_use
from app.duties.holding.balance import Balance
from app.duties.verdict import Lack, open_record, shown
from app.duties.view import ContractView, carried_by, covers
from app.records import Device, DeviceUse, Event, Location, LocationUse, System
from app.records import asset as assets
from app.records.device import DeviceKind
from app.records.event import EventKind
from app.records.location import LocationKind
from app.records.status import Status

_STORING = (LocationKind.STORE, LocationKind.BACKUP)
_PUT = (
    EventKind.RECEIVED,
    EventKind.COLLECTED,
    EventKind.MADE,
    EventKind.COPIED,
    EventKind.MOVED,
    EventKind.BROUGHT_BACK,
)
"""Kinds of event after which the asset stays where they say."""


class Stay(NamedTuple):
    """A place in which something was kept, and the days of it; over by the day asked."""

    place: Location
    since: date
    until: date


def stores(view: ContractView) -> Mapping[int, Location]:
    """The places in use, or to be used, that are there for keeping things."""
    return {place.id: place for _use, place in view.location_uses if place.kind in _STORING}


def device_places(view: ContractView, media: tuple[Medium, ...] = ()) -> Iterator[Location]:
    """Where devices stand that carry what the clause speaks of; paper lies in boxes."""
    for use, device in view.device_uses:
        place = view.facts.find(Location, use.location)
        if place is not None and carried_by(media, _carrier(device)):
            yield place


def _carrier(device: Device) -> assets.Medium:
    return assets.Medium.PAPER if device.kind == DeviceKind.PAPER_BOX else assets.Medium.DATA


def asset_places(
    view: ContractView, applies_to: AppliesTo, media: tuple[Medium, ...]
) -> Mapping[int, Location]:
    """Where the assets lie that are still here, among those of which the clause speaks."""
    # Most assets lie where others of the contract do.
    found: dict[int, Location] = {}
    for one in view.balances:
        place = one.place
        if place is not None and place.id not in found and _meant(one, applies_to, media) and one.held:
            found[place.id] = place
    return found


def homeless(view: ContractView, applies_to: AppliesTo, media: tuple[Medium, ...]) -> tuple[Balance, ...]:
    """Assets that are here and of which nothing says where: neither a place nor a device that holds them."""
    held = view.once(_on_devices)
    return tuple(
        one
        for one in view.balances
        if one.place is None
        and one.held > one.out
        and one.asset.id not in held
        and _meant(one, applies_to, media)
    )


def _on_devices(view: ContractView) -> frozenset[int]:
    """Data that some event put on a device, so that it is where the device is."""
    happened = chain.from_iterable(view.happened.values())
    return frozenset(
        event.asset
        for event in happened
        if event.device is not None and view.assets[event.asset].medium == assets.Medium.DATA
    )


def _meant(one: Balance, applies_to: AppliesTo, media: tuple[Medium, ...]) -> bool:
    return carried_by(media, one.asset.medium) and covers(applies_to, one.asset.classification)


def unplaced_assets(found: tuple[Balance, ...], why: str) -> Iterator[Lack]:
    """That nobody knows where some assets are, in one sentence however many they are."""
    if found:
        asset = found[0].asset
        more = f"ほか{len(found) - 1:,}件" if len(found) > 1 else ""
        text = f"{asset.number}（{asset.item}）{more}の保管場所が記録されていません。"
        yield Lack(text, why, "asset", asset.id, step=open_record(asset))


def given_up(view: ContractView, places: Iterable[Location]) -> Iterator[Lack]:
    """Places among ``places``, where things are said to lie, that are no place of this contract any more.

    What is recorded of such a place says nothing of where the things are on the day that is asked about.
    """
    running = {place.id for _use, place in view.location_uses}
    ended = {place.id: use for use, place in view.former_location_uses if place.id not in running}
    for place in places:
        if (use := ended.get(place.id)) is not None and use.ends_on is not None:
            text = (
                f"{place.name}は{shown(use.ends_on)}に使用を終えていますが、"
                "機器又は情報がそこに置かれたままの記録になっています。"
            )
            why = "使用を終えた場所に置かれたままの記録があるため、今どこに置かれているかを確かめてください。"
            yield Lack(text, why, "location_use", use.id, step=open_record(use))


def copies_kept(view: ContractView) -> tuple[Location, ...]:
    """Where the systems in use stand, and where the newest backups lie."""
    ids = [system.location for system in view.once(in_use)]
    ids.extend(run.location for run in view.once(newest_backups))
    return tuple(place for one in ids if (place := view.facts.find(Location, one)))


def past_stays(
    view: ContractView, applies_to: AppliesTo, media: tuple[Medium, ...], *, working: bool
) -> tuple[Stay, ...]:
    """Where things were kept until some day before; with ``working`` also the places of work of that time."""
    found = [*_used(view, working=working), *_stood(view, media), *_lay(view, applies_to, media)]
    if carried_by(media, assets.Medium.DATA):
        found.extend((*_copied(view), *_ran(view)))
    return tuple(stay for stay in found if stay.until <= view.as_of)


def _used(view: ContractView, *, working: bool) -> Iterator[Stay]:
    for use in view.held(LocationUse):
        place = view.facts.find(Location, use.location)
        if place is not None and use.ends_on is not None and (working or place.kind in _STORING):
            yield Stay(place, use.starts_on, use.ends_on)


def _stood(view: ContractView, media: tuple[Medium, ...]) -> Iterator[Stay]:
    for use in view.held(DeviceUse):
        device = view.facts.find(Device, use.device)
        place = view.facts.find(Location, use.location)
        if use.ends_on is None or use.status != Status.ACTUAL or place is None or device is None:
            continue
        if carried_by(media, _carrier(device)):
            yield Stay(place, use.starts_on, use.ends_on)


def _lay(view: ContractView, applies_to: AppliesTo, media: tuple[Medium, ...]) -> Iterator[Stay]:
    """Where assets lay until they were put elsewhere, or until the last of them was gone."""
    places: dict[int, Location | None] = {}
    for number, since, until in view.once(_lain, applies_to, media):
        if number not in places:
            places[number] = view.facts.find(Location, number)
        if (place := places[number]) is not None:
            yield Stay(place, since, until)


def _lain(
    view: ContractView, applies_to: AppliesTo, media: tuple[Medium, ...]
) -> tuple[tuple[int, date, date], ...]:
    """The place of each such stay by its id, and its days: what is said of a place moves none of them."""
    return tuple(_of_placings(view, applies_to, media))


def _of_placings(
    view: ContractView, applies_to: AppliesTo, media: tuple[Medium, ...]
) -> Iterator[tuple[int, date, date]]:
    assets_of, last_seen = view.assets, view.once(_last_seen)
    held = {one.asset.id: one.held for one in view.balances}
    for number, events in view.once(_placings).items():
        asset = assets_of[number]
        if not (carried_by(media, asset.medium) and covers(applies_to, asset.classification)):
            continue
        for here, there in pairwise(events):
            if here.location != there.location:
                yield _stay(here, there.happened_at.date())
        if not held.get(number, 0):
            yield _stay(events[-1], last_seen.get(number, view.day))


def _stay(event: Event, until: date) -> tuple[int, date, date]:
    return event.location or 0, event.happened_at.date(), until


def _placings(view: ContractView) -> Mapping[int, tuple[Event, ...]]:
    found: dict[int, list[Event]] = defaultdict(list)
    for event, asset in view.events_of(*_PUT):
        if event.location is not None:
            found[asset.id].append(event)
    return {number: tuple(events) for number, events in found.items()}


def _last_seen(view: ContractView) -> Mapping[int, date]:
    """Asset → the last day on which anything happened to it or it was disposed of."""
    found: dict[int, date] = {}
    for event in chain.from_iterable(view.happened.values()):
        day = event.happened_at.date()
        found[event.asset] = max(found.get(event.asset, day), day)
    for disposal in view.disposals:
        for line in disposal.lines:
            if line.asset is not None:
                found[line.asset] = max(found.get(line.asset, disposal.done_on), disposal.done_on)
    return found


def _copied(view: ContractView) -> Iterator[Stay]:
    """Backups until the next of the same thing took their place."""
    last: dict[str, tuple[Location | None, date]] = {}
    for run in view.once(backups):
        before = last.get(run.what)
        if before is not None and before[0] is not None:
            yield Stay(before[0], before[1], run.done_on)
        last[run.what] = (view.facts.find(Location, run.location), run.done_on)


def _ran(view: ContractView) -> Iterator[Stay]:
    for system in view.covering(System):
        place = view.facts.find(Location, system.location)
        if place is not None and system.ends_on is not None:
            since = max(system.starts_on or view.contract.starts_on, view.contract.starts_on)
            yield Stay(place, since, max(since, system.ends_on))


def by_place(stays: Iterable[Stay], but: Iterable[Location]) -> Iterator[Stay]:
    """Each place once, from its first day to its last; without those still in use (``but``)."""
    still = {place.id for place in but}
    found: dict[int, Stay] = {}
    for stay in stays:
        if stay.place.id in still:
            continue
        known = found.get(stay.place.id, stay)
        found[stay.place.id] = Stay(stay.place, min(known.since, stay.since), max(known.until, stay.until))
    yield from (found[number] for number in sorted(found))
