"""The records of one type by id: a change makes another table, which shares what did not change."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from itertools import chain
from typing import TypeVar

from app.records.spec import Record

R_co = TypeVar("R_co", bound=Record, covariant=True)

_PART = 10
"""Bits of an id within its part: to copy 100,000 records for each change would be felt, 1,024 are not."""


class Table(Mapping[int, R_co]):
    """Never changed once made; goes by ascending id whatever the order in which records came."""

    __slots__ = ("_count", "_parts")

    def __init__(self, records: Mapping[int, R_co] | None = None) -> None:
        parts: dict[int, dict[int, R_co]] = {}
        for record_id, record in sorted((records or {}).items()):
            parts.setdefault(record_id >> _PART, {})[record_id] = record
        self._take(parts)

    def _take(self, parts: dict[int, dict[int, R_co]]) -> None:
        self._parts = parts
        self._count = sum(map(len, parts.values()))

    def put(self, wanted: Mapping[int, Record | None]) -> Table[R_co]:
        """Another table with ``wanted`` in place; None takes a record out."""
        parts = dict(self._parts)
        by_part: dict[int, dict[int, Record | None]] = {}
        for record_id, record in wanted.items():
            by_part.setdefault(record_id >> _PART, {})[record_id] = record
        for number, changed in by_part.items():
            held = {**parts.pop(number, {}), **changed}
            if kept := {
                record_id: held[record_id] for record_id in sorted(held) if held[record_id] is not None
            }:
                parts[number] = kept  # type: ignore[assignment]  # whoever puts files each by its own type
        made: Table[R_co] = Table()
        made._take({number: parts[number] for number in sorted(parts)})
        return made

    def unshared(self, older: Table[R_co]) -> Iterator[tuple[Mapping[int, R_co], Mapping[int, R_co]]]:
        """The parts, before and after, that this table does not share with an older one."""
        for number in dict.fromkeys((*older._parts, *self._parts)):
            before, after = older._parts.get(number, {}), self._parts.get(number, {})
            if before is not after:
                yield before, after

    def get(self, record_id: int, default: object = None) -> R_co | None:  # type: ignore[override]  # None alone stands for none
        """The record with that id, None where there is none."""
        del default
        part = self._parts.get(record_id >> _PART)
        return None if part is None else part.get(record_id)

    def __getitem__(self, record_id: int) -> R_co:
        return self._parts[record_id >> _PART][record_id]

    def __contains__(self, record_id: object) -> bool:
        return isinstance(record_id, int) and self.get(record_id) is not None

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(self._parts.values())

    def values(self) -> Values[R_co]:
        return Values(self)

    def items(self) -> ItemsView[int, R_co]:
        return _Items(self)


class Values(ValuesView[R_co]):
    """The records of a table; without a call for each, since they are gone through many times."""

    _mapping: Table[R_co]

    def __iter__(self) -> Iterator[R_co]:
        return chain.from_iterable(map(dict.values, self._mapping._parts.values()))

    def __reversed__(self) -> Iterator[R_co]:
        return chain.from_iterable(
            reversed(part.values()) for part in reversed(self._mapping._parts.values())
        )


class _Items(ItemsView[int, R_co]):
    _mapping: Table[R_co]

    def __iter__(self) -> Iterator[tuple[int, R_co]]:
        return chain.from_iterable(map(dict.items, self._mapping._parts.values()))
