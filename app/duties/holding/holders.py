"""With whom what was handed over is, until the client has it again or it comes back."""

from __future__ import annotations

from typing import NamedTuple

from app.duties.holding.parties import Parties, Who, folded, same
from app.records import Event
from app.records.amounts import Amount
from app.records.days import When
from app.records.event import GIVING_BACK, EventKind

_BACK = frozenset(str(kind) for kind in GIVING_BACK)
_RECEIVED = str(EventKind.RECEIVED)


class Elsewhere(NamedTuple):
    """What was handed to somebody and has not come back: not ended, and to be asked for.

    ``name``: as it was typed, empty where nobody is named. ``known``: certainly not the client.
    """

    name: str
    quantity: Amount
    known: bool


class Effect(NamedTuple):
    """What one hand-over changes: held, with others, and how much of a receipt was here before."""

    held: Amount = 0
    away: Amount = 0
    again: Amount = 0


class Holders:
    """With whom how much of one asset is, followed event by event in the order of time."""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties
        self._with: dict[str, Elsewhere] = {}

    @property
    def all(self) -> tuple[Elsewhere, ...]:
        return tuple(one for one in self._with.values() if one.quantity)

    def take(self, event: Event) -> Effect:
        """Follow a receipt, a return or a hand-over; any other event changes nothing here."""
        if event.kind == _RECEIVED:
            again = self._off(event.from_party or event.counterpart, event.quantity)
            return Effect(event.quantity - again, -again, again)
        if event.kind not in _BACK:
            return Effect()
        party = self._parties.taker(event)
        moved = self._off(event.from_party, event.quantity)
        if party.who is Who.CLIENT:
            return Effect(-event.quantity, -moved)
        if party.who is Who.OWN:
            return Effect(0, -moved)
        before = self._with.get(folded(party.name), Elsewhere(party.name, 0, party.who is Who.OTHER))
        self._with[folded(party.name)] = before._replace(quantity=before.quantity + event.quantity)
        return Effect(0, event.quantity - moved)

    def _off(self, name: str, quantity: Amount) -> Amount:
        """Take what ``name`` gives from what it has; the quantity that it had."""
        text, left = folded(name), quantity
        for key, one in self._with.items():
            if left and key and same(key, text):
                given = min(left, one.quantity)
                self._with[key] = one._replace(quantity=one.quantity - given)
                left -= given
        return quantity - left


def in_time(event: Event) -> tuple[When, bool, int]:
    """The order in which events of one asset are followed: of one minute, what comes in first.

    What has no hour comes before the hours of its day: what came back without one may be counted as come
    anew and is then asked for, never the other way round.
    """
    return event.happened_at, event.kind in _BACK, event.id
