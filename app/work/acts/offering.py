"""Which acts are offered where a person looks: for what is chosen there, one record or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from app.records import (
    Assignment,
    Device,
    DeviceUse,
    Facts,
    Location,
    LocationUse,
    Person,
    Record,
)
from app.work.acts.catalogue import ACTS
from app.work.acts.plan import Act, Ground


class _Stands(NamedTuple):
    field: str
    cls: type[Record]


_STANDS_FOR: Mapping[type[Record], _Stands] = MappingProxyType(
    {
        Assignment: _Stands("person", Person),
        DeviceUse: _Stands("device", Device),
        LocationUse: _Stands("location", Location),
    }
)
"""Record type → the field that names what a row of it is read as: who works, which machine is used."""


class Offer(NamedTuple):
    """An act, with the ids of what it would be done to. ``alone``: it takes one, and several are chosen."""

    act: Act
    ids: tuple[int, ...]
    alone: bool = False


def has_acts(cls: type[Record]) -> bool:
    """Whether anything can be done to records of a type, or to what they stand for."""
    held = _STANDS_FOR[cls].cls if cls in _STANDS_FOR else cls
    return any(issubclass(held, one.about) for one in ACTS.values())


def offers(ground: Ground, chosen: Iterable[Record]) -> tuple[Offer, ...]:
    """The acts that can be done to all of ``chosen`` as they stand, in the order of the catalogue."""
    subjects = meant(ground.facts, chosen)
    return tuple(_offered(ground, subjects))


def _offered(ground: Ground, subjects: tuple[Record, ...]) -> Iterator[Offer]:
    ids = tuple(one.id for one in subjects)
    for act in ACTS.values() if subjects else ():
        if not all(isinstance(one, act.about) for one in subjects):
            continue
        barred = len(act.barred(ground, subjects))
        if len(subjects) > 1 and not act.many:
            if barred < len(subjects):
                yield Offer(act, ids, alone=True)
        elif not barred:
            yield Offer(act, ids)


def urgent() -> tuple[Act, ...]:
    """The acts that cannot wait, one for each kind of thing to which it happens."""
    return tuple(one for one in ACTS.values() if one.urgent)


def meant(facts: Facts, chosen: Iterable[Record]) -> tuple[Record, ...]:
    """What is chosen, each once: a row that only says who or what is used stands for that."""
    found: dict[tuple[str, int], Record] = {}
    for one in chosen:
        held = _meant(facts, one)
        found.setdefault((held.spec.name, held.id), held)
    return tuple(found.values())


def _meant(facts: Facts, record: Record) -> Record:
    stands = _STANDS_FOR.get(type(record))
    held = facts.find(stands.cls, getattr(record, stands.field)) if stands else None
    return held or record
