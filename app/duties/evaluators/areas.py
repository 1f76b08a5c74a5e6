"""Out of the area (持出し): whether a place lies outside of what a clause lets information leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.annexes.choices import Within
from app.duties.view import ContractView
from app.records import Event, Location, LocationUse
from app.records.dated import as_of
from app.records.location import Area, LocationKind

_AREAS = (Area.MANAGED, Area.HANDLING)
_OWN = (LocationKind.WORK, LocationKind.STORE, LocationKind.BACKUP)


def outside(view: ContractView, place: Location, within: Within, day: date) -> bool | None:
    """Whether ``place`` lies outside on ``day``; None where the ledger does not say.

    What is not known is never taken for inside: a place that says nothing of its area, one of a kind in free
    words, an office that the contract does not use.
    """
    place = as_of(place, day)
    if place.kind == LocationKind.OUTSIDE:
        return True
    match within:
        case Within.AREA:
            return _out_of_area(place, client=place.kind == LocationKind.CLIENT_PREMISES)
        case Within.DESIGNATED:
            return _out_of_area(place, client=False)
        case Within.HANDLING:
            return place.kind != LocationKind.CLIENT_SYSTEM and not _used(view, place, day)
        case Within.PREMISES:
            return _off_premises(view, place, day)


def _out_of_area(place: Location, *, client: bool) -> bool | None:
    if client:
        return True
    if place.area in _AREAS:
        return False
    return True if place.area == Area.NONE else None


def _off_premises(view: ContractView, place: Location, day: date) -> bool | None:
    if place.kind == LocationKind.CLIENT_PREMISES:
        return True
    if place.kind == LocationKind.CLIENT_SYSTEM:
        return False
    return False if place.kind in _OWN and _used(view, place, day) else None


def _used(view: ContractView, place: Location, day: date) -> bool:
    """Whether the place is in use for the contract on the day."""
    return any(
        use.starts_on <= day and (use.ends_on is None or day <= use.ends_on)
        for use in view.once(_uses).get(place.id, ())
    )


def _uses(view: ContractView) -> Mapping[int, tuple[LocationUse, ...]]:
    found: dict[int, tuple[LocationUse, ...]] = {}
    for use in view.held(LocationUse):
        found[use.location] = (*found.get(use.location, ()), use)
    return found


def never_outside(view: ContractView, within: Within) -> frozenset[int | None]:
    """The places of which ``moved_out`` says of no event that it put anything outside."""
    return view.once(_never, within)


def _never(view: ContractView, within: Within) -> frozenset[int | None]:
    return frozenset({None, *(number for number, side in view.once(_sides, within).items() if not side)})


def _sides(view: ContractView, within: Within) -> Mapping[int | None, bool | None]:
    """The places of all that happened, each with its side where that was the same on every day of it."""
    if view.spread is None:
        return {}
    first, last = view.spread
    found: dict[int | None, bool | None] = {}
    for number in view.once(_places):
        place = view.facts.find(Location, number)
        if place is None:
            found[number] = None
        elif not any(_comes_or_goes(use, first, last) for use in view.once(_uses).get(number, ())):
            found[number] = outside(view, place, within, first)
    return found


def _places(view: ContractView) -> tuple[int, ...]:
    happened = view.happened.values()
    return tuple({number for held in happened for event in held if (number := event.location) is not None})


def _comes_or_goes(use: LocationUse, first: date, last: date) -> bool:
    """Whether a use holds on some of the days from ``first`` to ``last`` and not on others."""
    return first < use.starts_on <= last or (use.ends_on is not None and first <= use.ends_on < last)


def moved_out(view: ContractView, event: Event, within: Within) -> bool | None:
    """Whether an event that ``happened`` put its asset outside; None where the place does not tell."""
    sides = view.once(_sides, within)
    if event.location in sides:
        return sides[event.location]
    place = view.facts.find(Location, event.location)
    return None if place is None else outside(view, place, within, event.happened_at.date())
