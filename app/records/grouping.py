"""Groups of records by what they refer to: built once, then changed only where a record did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

from app.records.spec import Record

R = TypeVar("R", bound=Record)

Groups = Mapping[int, tuple[Any, ...]]
"""Id referred to → the records that refer to it, by ascending id."""
Change = tuple[Record | None, Record | None]
"""One record before and after; None where it was not there yet or is there no longer."""

_ID = attrgetter("id")


class Way(NamedTuple, Generic[R]):
    """From a record over its owner to what the owner names: an event, its asset, the asset's contract.

    ``path``: the field of ``cls`` that names the owner; ``of``: the field of the owner. No nested rows.
    """

    cls: type[R]
    path: str
    owner: type[Record]
    of: str

    @property
    def name(self) -> str:
        """The way as one path; no field has a name like it."""
        return f"{self.path}>{self.owner.spec.name}.{self.of}"

    def owner_of(self, record: Record) -> int:
        """The id of the owner; 0 for none."""
        return getattr(record, self.path) or 0

    def end(self, owner: Record | None) -> int:
        """What the owner of a record names; 0 where the owner is not there or names nothing."""
        return 0 if owner is None else getattr(owner, self.of) or 0


def group_over(way: Way[Any], records: Iterable[Any], owners: Mapping[int, Record]) -> Groups:
    """Group ``records`` (by ascending id) by what their owners name; under 0 those that lead nowhere."""
    of_owner = attrgetter(way.of)
    ends = {number: of_owner(owner) or 0 for number, owner in owners.items()}
    # Over 100,000 records a call for each would be felt.
    read = attrgetter(way.path)
    found: dict[int, list[Any]] = defaultdict(list)
    for record in records:
        found[ends.get(read(record), 0)].append(record)
    return {value: tuple(held) for value, held in found.items()}


def regroup_over(
    way: Way[Any],
    groups: Groups,
    before: Mapping[int, Record],
    owners: Mapping[int, Record],
    changes: Iterable[Change],
    of_owners: Iterable[Change],
) -> Groups:
    """The groups after ``changes`` of the records and of their owners (``before`` → ``owners``).

    Only the groups that a changed record leaves or enters are made anew. A record whose owner comes only
    now was under 0, which is therefore looked through whenever an owner comes or goes.
    """
    ends: set[int] = set()
    pool: dict[int, Record] = {}
    gone: set[int] = set()
    for old, new in of_owners:
        ends.update((way.end(old), way.end(new)))
    for old, new in changes:
        if old is not None:
            ends.add(way.end(before.get(way.owner_of(old))))
            gone.add(old.id)
        if new is not None:
            ends.add(way.end(owners.get(way.owner_of(new))))
            pool[new.id] = new
    pool |= {record.id: record for end in ends for record in groups.get(end, ()) if record.id not in gone}
    found = {end: held for end, held in groups.items() if end not in ends}
    named = {way.owner_of(record) for record in pool.values()}
    known = {number: owner for number in named if (owner := owners.get(number)) is not None}
    return {**found, **group_over(way, sorted(pool.values(), key=_ID), known)}


def group(records: Iterable[Any], path: str) -> Groups:
    """Group ``records`` (by ascending id) by the field or by the field of nested rows at ``path``.

    A record without a value is in no group; one whose rows repeat a value is in its group once.
    """
    if "." in path:
        return group_by(records, values_at(path))
    found: dict[Any, list[Any]] = defaultdict(list)
    # Over 100,000 records a call for each would be felt.
    read = attrgetter(path)
    for record in records:
        found[read(record)].append(record)
    found.pop(None, None)
    return {value: tuple(held) for value, held in found.items()}


def regroup(groups: Groups, path: str, changes: Iterable[Change]) -> Groups:
    """The groups after ``changes``; those without a change are shared."""
    return regroup_by(groups, values_at(path), changes)


def group_by(records: Iterable[Any], values: Callable[[Any], Iterable[Any]]) -> Mapping[Any, tuple[Any, ...]]:
    """Group ``records`` (by ascending id) by each of the values that ``values`` reads from them."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for record in records:
        for value in values(record):
            found[value].append(record)
    return {value: tuple(held) for value, held in found.items()}


def regroup_by(
    groups: Mapping[Any, tuple[Any, ...]],
    values: Callable[[Any], Iterable[Any]],
    changes: Iterable[Change],
) -> Mapping[Any, tuple[Any, ...]]:
    """As ``regroup``, of groups that ``values`` made."""
    gone: dict[Any, set[int]] = defaultdict(set)
    come: dict[Any, list[Record]] = defaultdict(list)
    for before, after in changes:
        if before is not None:
            for value in values(before):
                gone[value].add(before.id)
        if after is not None:
            for value in values(after):
                come[value].append(after)
    found = dict(groups)
    for value in gone.keys() | come.keys():
        kept = [record for record in groups.get(value, ()) if record.id not in gone[value]]
        if held := sorted((*kept, *come[value]), key=_ID):
            found[value] = tuple(held)
        else:
            found.pop(value, None)
    return found


def values_at(path: str) -> Callable[[Any], Iterable[int]]:
    """What reads the ids that a record names at ``path`` (``asset``, ``contracts.contract``), each once."""
    name, _, inner = path.partition(".")
    read = attrgetter(name)
    if not inner:
        return lambda record: () if (value := read(record)) is None else (value,)
    of_row = attrgetter(inner)
    return lambda record: {value: None for row in read(record) if (value := of_row(row)) is not None}
