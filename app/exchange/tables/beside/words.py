"""The words of a table that may tell of records of two types: its own, and those beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from app.exchange.tables.words import Target, Words, words_of
from app.records import SPECS, Spec

USE = "device_use"
ASSET, EVENT = "asset", "event"
_FARTHER = 1
"""A title that names a field of the table's own type as nearly means that."""


@dataclass(frozen=True, slots=True)
class Other:
    """Fields of another type that a table may fill. ``made``: only where people want such records made."""

    kind: str
    names: tuple[str, ...]
    made: bool = False


OTHERS: Mapping[str, tuple[Other, ...]] = MappingProxyType(
    {
        "device": (Other(USE, ("contract", "person", "location", "starts_on", "ends_on")),),
        "disposal": (
            Other(ASSET, ("classification",), made=True),
            Other(EVENT, ("kind", "happened_at"), made=True),
        ),
    }
)
"""Type → what its registers tell beside it: who uses a machine, and what an old disposal was of."""


def path_of(kind: str, name: str) -> str:
    """How the field of the other type is called among those of the table."""
    return f"{kind}.{name}"


SAYING = ("person", "location", "contract")
"""A row that says none of these tells of a machine alone, whatever day stands in it."""
HOLDING = frozenset(path_of(USE, name) for name in SAYING)
"""The columns by which a register is seen to tell of the use of its machines."""


@cache
def words_with(spec: Spec[Any], making: frozenset[str] | None = None) -> Words:
    """The words of the type with those beside it. ``making``: the types that are to be made; None: all."""
    words = words_of(spec)
    targets, titles, values = dict(words.targets), dict(words.titles), dict(words.values)
    for other in OTHERS.get(spec.name, ()):
        if other.made and making is not None and not making:
            continue
        more = words_of(SPECS[other.kind])
        for name in other.names:
            path = path_of(other.kind, name)
            targets[path] = _beside(more.targets[name], path, other.kind)
            values[path] = more.values[name]
        for title, path, near in _titles(more, other):
            titles[title] = tuple(sorted((*titles.get(title, ()), (near, path))))
    return Words(targets, titles, values)


def without(words: Words, kind: str) -> Words:
    """The words without the titles of the other type: its fields are filled by hand alone."""
    start = path_of(kind, "")
    titles = {
        title: tuple(one for one in held if not one[1].startswith(start))
        for title, held in words.titles.items()
    }
    return replace(words, titles=titles)


def _beside(target: Target, path: str, kind: str) -> Target:
    return replace(target, path=path, beside=SPECS[kind].label)


def _titles(more: Words, other: Other) -> Iterator[tuple[str, str, int]]:
    for title, held in more.titles.items():
        for near, name in held:
            if name in other.names:
                yield title, path_of(other.kind, name), near + _FARTHER
