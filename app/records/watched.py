"""What a change alters of what was asked: which answers, worked out from watched facts, no longer stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from app.records.facts import ALL, ID, Asked, Facts
from app.records.grouping import Change, Way, values_at
from app.records.spec import Record
from app.records.today import Holding

T = TypeVar("T")


class Part(Holding):
    """What one answer asked of the facts itself, and the parts of other answers that it rests on, in order.

    Of the day it notes on which others what it did itself comes out the same.

    ``key``: under which its answer is kept. ``steady``: whether an answer that comes out the same again is
    as good as the former one to whatever rests on it.
    """

    __slots__ = ("asked", "key", "parts", "steady")

    def __init__(self, key: object = (), *, steady: bool = False) -> None:
        super().__init__()
        self.key = key
        self.steady = steady
        self.asked: defaultdict[tuple[type[Record] | str, str], set[int]] = defaultdict(set)
        self.parts: dict[Part, None] = {}

    def take(self, other: Part) -> None:
        """Note what ``other`` noted, and nothing else."""
        self.asked, self.parts = other.asked, other.parts
        self.first, self.last = other.first, other.last


class Watched(Facts):
    """Facts that note apart, for each answer that is worked out from them, what was asked for it.

    ``part`` notes for the answer that is being worked out. They can move on to newer facts: whoever keeps
    answers has to leave out those that ``touched`` meets.
    """

    def __init__(self, facts: Facts) -> None:
        super().__init__(())
        self._tables = facts._tables
        self._take(Part())

    @property
    def mark(self) -> object:
        """Stands for the facts that are shown."""
        return self._tables.mark

    def shows(self, facts: Facts) -> bool:
        """Whether these are the facts that are shown."""
        return self._tables is facts._tables

    def _take(self, part: Part) -> None:
        self.part = part
        self._asked = part.asked

    def apart(self, part: Part, work_out: Callable[..., T], *args: Any) -> T:
        """What ``work_out`` answers; ``part`` notes what it asks, and whoever is being answered rests on it.

        Also where it raises: that was an answer too.
        """
        outer = self.part
        self._take(part)
        try:
            return work_out(*args)
        finally:
            self._take(outer)
            part.close()
            outer.parts[part] = None

    def move_on(self, newer: Facts) -> None:
        """Show ``newer`` facts from here on."""
        self._tables = newer._tables
        self._take(Part())
        # Worked out from the tables, and asked through what is noted each time.
        self.__dict__.pop("_types", None)


class Changes:
    """What leads to ``newer`` facts from older ones, worked out once for all who come from the same."""

    def __init__(self, newer: Facts) -> None:
        self._newer = newer
        self._found: dict[object, Asked] = {}

    def since(self, older: Watched) -> Asked:
        """All that was ``touched`` since."""
        if older.mark not in self._found:
            self._found[older.mark] = touched(self._newer, older)
        return self._found[older.mark]


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
