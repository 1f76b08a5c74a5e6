"""授受: what was handed over at once, and the number by which papers call it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from itertools import combinations

from app.records.asset import Asset
from app.records.event import Event
from app.records.facts import Facts

_SECTION = re.compile(r".{2,}(市|区|町|村|都|道|府|県|局|部|課|室|係|班|所|館|庁|センター|窓口)")
"""A word that is a section or a body, and with three characters no surname (服部, 中村)."""


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


def sections(party: str) -> frozenset[str]:
    """The sections and bodies that ``party`` names, also where several are written as one word."""
    words = party.split()
    runs = combinations(range(len(words) + 1), 2)
    return frozenset(run for start, end in runs if _SECTION.fullmatch(run := "".join(words[start:end])))


def without_sections(person: str, said: Iterable[str]) -> str:
    """``person`` without the words before the name that are ``said`` already; never without the name."""
    words, known = person.split(), frozenset(said)
    while len(words) > 1 and words[0] in known:
        words = words[1:]
    return " ".join(words) if len(words) < len(person.split()) else person
