"""授受: what was handed over at once, and the number by which papers call it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from app.records.asset import Asset
from app.records.event import Event
from app.records.facts import Facts


def handovers(facts: Facts, events: Iterable[Event]) -> dict[str, tuple[Event, ...]]:
    """Number of each hand-over → its events in the order in which they are given; others are left out.

    One that was written down before hand-overs had numbers is told by the people, the moment and the place,
    and called by its first event: the number is no other's, and no later event ever gets it.
    """
    groups: dict[Hashable, list[Event]] = {}
    for event in events:
        if event.wants_number():
            groups.setdefault(event.handover or (_contract(facts, event), event.numbered_with()), []).append(
                event
            )
    return {_called(held): tuple(held) for held in groups.values()}


def _contract(facts: Facts, event: Event) -> int:
    asset = facts.find(Asset, event.asset)
    return asset.contract if asset else 0


def _called(events: list[Event]) -> str:
    first = min(events, key=lambda event: event.id)
    return first.handover or f"H-旧{first.id:04}"
