"""Which events are one hand-over: one act between two sides, in which several things may change hands."""

from __future__ import annotations

from collections.abc import Hashable

from app.records import Event
from app.records.event import EventKind

TRANSFERS = (EventKind.RECEIVED, EventKind.COLLECTED, EventKind.RETURNED, EventKind.HANDED_OVER)
"""Kinds of event in which something goes from hand to hand."""


def handover_of(event: Event) -> Hashable:
    """What the events of one hand-over share: its number; without one, each event is one by itself."""
    return event.id, event.kind
