"""Whose premises a place is: what stands in the building of another client has left the vendor's places."""

from __future__ import annotations

from app.records import Approval, Contract, Facts, Location, LocationUse
from app.records.location import LocationKind

_CLIENTS = (LocationKind.CLIENT_PREMISES, LocationKind.CLIENT_SYSTEM)


def at_own_client(facts: Facts, contract: Contract, place: Location) -> bool:
    """Whether ``place`` is that of the client of ``contract``, or a system of that client's.

    A place names no client: it is another's where only contracts of others work there or may bring things.
    Otherwise nothing would ask the client whose information went into a stranger's building.
    """
    if place.kind not in _CLIENTS:
        return False
    clients = clients_of(facts, place)
    return not clients or contract.client in clients


def clients_of(facts: Facts, place: Location) -> frozenset[int]:
    """The clients for whom one works at ``place`` or may bring things there; empty where none is known."""
    served_there = {one.contract for one in facts.of(LocationUse, "location", place.id)}
    served_there |= {one.contract for one in facts.of(Approval, "premises", place.id)}
    served = (facts.find(Contract, one) for one in served_there)
    return frozenset(one.client for one in served if one is not None)


def elsewhere(facts: Facts, contract: Contract, place: Location) -> bool:
    """Whether what is at ``place`` was taken out for ``contract``: a destination, or another client's."""
    if place.kind == LocationKind.OUTSIDE:
        return True
    return place.kind in _CLIENTS and not at_own_client(facts, contract, place)
