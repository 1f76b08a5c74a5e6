"""Every record of a type that is not retired, made column by column: what fills the facts at each start.

The same records as ``record_of`` makes of the same rows, one by one, and several times as fast: a call for
each value of 100,000 records would be felt. Values that are alike are one object, which is most of the
memory that so many records take.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import repeat
from typing import Any, Generic, TypeVar

from app.ledger.content import store
from app.ledger.content.contents import moment_of
from app.ledger.content.schema import Child, layout
from app.ledger.file.driver import Connection
from app.records import Field, Record
from app.records.kinds import Kind

T = TypeVar("T")
Convert = Callable[[Sequence[Any]], Iterable[Any]]
"""A column as stored → its values."""

_AT_ONCE = 500
"""Rows that are held as rows at one time."""
_EXACT = frozenset({"TEXT", "INTEGER"})
"""Columns in which values that compare equal are the same: in ``ANY``, 1 and 1.0 would be taken for one."""


class _Once(dict[Any, Any]):
    """What ``read`` makes of a value, made once."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, stored: Any) -> Any:
        made = self[stored] = self._read(stored)
        return made


class _Maker(Generic[T]):
    """Makes objects of one slotted dataclass from columns, as its ``__init__`` would from values."""

    def __init__(self, cls: type[T], names: Sequence[str]) -> None:
        if {f.name for f in fields(cls)} != set(names):  # type: ignore[arg-type]  # records and rows are dataclasses
            raise TypeError(f"{cls.__name__} has other fields than {', '.join(names)}")
        self._cls = cls
        # The slot itself: an object that is not seen by anybody yet is not frozen.
        self._setters = [getattr(cls, name).__set__ for name in names]

    def make(self, columns: Sequence[Iterable[Any]], many: int) -> list[T]:
        made: list[T] = list(map(object.__new__, repeat(self._cls, many)))
        for fill, column in zip(self._setters, columns, strict=True):
            deque(map(fill, made, column), maxlen=0)
        return made


def living(connection: Connection, name: str) -> Iterator[Record]:
    """The records of a type that are not retired, by ascending id.

    Raises what ``record_of`` would for a value that cannot be read.
    """
    place = layout(name)
    nested = [_nested(connection, name, child) for child in place.children]
    held = store.rows_in_force(connection, store.shape(name))
    kept: list[Convert] = [_same, _same, _once(moment_of), _shared(), _once(moment_of), _shared()]
    ways = [*kept, *map(_way, place.fields)]
    names = [*place.columns, *(child.field for child in place.children)]
    maker: _Maker[Record] = _Maker(place.spec.cls, names)
    for rows in _portions(held):
        columns = [way(column) for way, column in zip(ways, zip(*rows, strict=True), strict=True)]
        ids = [row[0] for row in rows]
        columns.extend(map(of_parent.get, ids, repeat(())) for of_parent in nested)
        yield from maker.make(columns, len(rows))


def _nested(connection: Connection, name: str, child: Child) -> dict[int, tuple[Any, ...]]:
    """The nested rows of one field by the id of their record."""
    maker: _Maker[Any] = _Maker(layout(name).spec.field(child.field).kind.of, child.columns)  # type: ignore[attr-defined]  # a child is made of a Rows field only
    ways = list(map(_way, child.fields))
    found: dict[int, list[Any]] = defaultdict(list)
    for rows in _portions(store.nested_in_force(connection, store.shape(name), child.field)):
        parents, *columns = zip(*rows, strict=True)
        made = maker.make([way(column) for way, column in zip(ways, columns, strict=True)], len(rows))
        for parent, row in zip(parents, made, strict=True):
            found[parent].append(row)
    return {parent: tuple(held) for parent, held in found.items()}


def _portions(held: store.Cursor) -> Iterator[list[tuple[Any, ...]]]:
    while rows := held.fetchmany(_AT_ONCE):
        yield rows


def _way(field: Field) -> Convert:
    kind = field.kind
    plain = type(kind).from_stored is Kind.from_stored
    if kind.sql not in _EXACT:
        return lambda column: map(kind.from_stored, column)
    return _shared() if plain else _once(kind.from_stored)


def _same(column: Sequence[Any]) -> Iterable[Any]:
    return column


def _once(read: Callable[[Any], Any]) -> Convert:
    known = _Once(read)
    return lambda column: map(known.__getitem__, column)


def _shared() -> Convert:
    known: dict[Any, Any] = {}
    return lambda column: map(known.setdefault, column, column)
