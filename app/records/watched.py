"""What a change alters of what was asked: which answers, worked out from watched facts, no longer stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from app.records.facts import ALL, ID, Asked, Facts
from app.records.grouping import Change, Way, values_at
from app.records.spec import Record


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
            found[cls, ALL].add(0)
            found[cls, ID].add(record.id)
            found[cls.spec.name, ID].add(record.id)
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
