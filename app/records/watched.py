"""Facts that note what is asked of them, so that it is known which answers a change may alter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from app.records.facts import Facts
from app.records.grouping import Change, Way, values_at
from app.records.spec import Record

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_ID, _ALL = "id", ""
_NONE: Mapping[int, Record] = MappingProxyType({})
Asked = Mapping[tuple[type[Record] | str, str], set[int]]
"""Record type (or its name) and path → the ids asked for there.

The path is that of ``Facts.of``, ``id`` for a record itself, and empty, with the id 0, for all of the type.
"""


class WatchedFacts(Facts):
    """The same records; ``asked`` holds what was asked for, found or not.

    Whatever is worked out from these facts alone stays as it is until something of ``asked`` is ``touched``.
    A way of asking that is not noted here would leave an old answer standing.
    """

    def __init__(self, facts: Facts, asked: dict[tuple[type[Record] | str, str], set[int]] | None = None):
        super().__init__(())
        self._by_type, self._groups, self._over = facts._by_type, facts._groups, facts._over
        self._worked_out, self._told = facts._worked_out, facts._told
        self._mark, self._steps = facts._mark, facts._steps
        self._asked = defaultdict(set) if asked is None else asked

    @property
    def asked(self) -> Asked:
        """What was asked for so far."""
        return self._asked

    def replaced(self, changed: Iterable[Record], removed: Iterable[tuple[type[Record], int]] = ()) -> Facts:
        """As ``Facts.replaced``; what is asked of the new view is noted here as well."""
        return WatchedFacts(super().replaced(changed, removed), self._asked)

    def all(self, cls: type[R]) -> tuple[R, ...]:
        """As ``Facts.all``, noted."""
        self._asked[cls, _ALL].add(0)
        return super().all(cls)

    def find(self, cls: type[R], record_id: int | None) -> R | None:
        """As ``Facts.find``, noted."""
        # Asked tens of thousands of times: a record of this type is looked up here and not by another call.
        if record_id is None:
            return None
        self._asked[cls, _ID].add(record_id)
        return self._by_type.get(cls, _NONE).get(record_id)  # type: ignore[return-value]  # filed by its own type

    def of(self, cls: type[R], path: str, record_id: int) -> tuple[R, ...]:
        """As ``Facts.of``, noted."""
        self._asked[cls, path].add(record_id)
        return super().of(cls, path, record_id)

    def over(self, way: Way[R], record_id: int) -> tuple[R, ...]:
        """As ``Facts.over``, noted."""
        self._asked[way.cls, way.name].add(record_id)
        return super().over(way, record_id)

    def once(self, cls: type[R], work_out: Callable[[dict[int, R]], T]) -> T:
        """As ``Facts.once``, noted."""
        self._asked[cls, _ALL].add(0)
        return super().once(cls, work_out)

    def named(self, kind: str, record_id: int | None) -> Record | None:
        """As ``Facts.named``, noted; by name, since a type without records is not known by its class."""
        if record_id is not None:
            self._asked[kind, _ID].add(record_id)
        return super().named(kind, record_id)


def touched(newer: Facts, older: Facts) -> Asked:
    """All that could have been asked of ``older`` and has another answer in ``newer``."""
    found: dict[tuple[type[Record] | str, str], set[int]] = defaultdict(set)
    changes = newer.changed_since(older)
    for way in older.ways():
        found[way.cls, way.name].update(_over(way, newer, older, changes))
    for change in changes:
        for record in change:
            if record is None:
                continue
            cls = type(record)
            found[cls, _ALL].add(0)
            found[cls, _ID].add(record.id)
            found[cls.spec.name, _ID].add(record.id)
            for path in older.paths(cls):
                found[cls, path].update(values_at(path)(record))
    return found


def _over(way: Way[Any], newer: Facts, older: Facts, changes: Iterable[Change]) -> Iterator[int]:
    """What is at the end of ``way`` for every record that changed, and for every owner that did."""
    for change in changes:
        for facts, record in zip((older, newer), change, strict=True):
            if isinstance(record, way.cls):
                yield way.end(facts.find(way.owner, way.owner_of(record)))
            elif isinstance(record, way.owner):
                yield way.end(record)


def meet(asked: Asked, changed: Asked) -> bool:
    """Whether anything of ``changed`` was asked for."""
    return any(not ids.isdisjoint(asked.get(key, ())) for key, ids in changed.items())
