"""Live rows: content into tables and back. Knows tables and columns, nothing of what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Any

from app.ledger.content.contents import Content
from app.ledger.content.schema import KEPT, layout
from app.ledger.file.driver import Connection, one, rows

Cursor = Any
"""The driver's answer to one statement; it ships no types."""

AT_ONCE = 500
"""Ids per statement: well below SQLite's limit of bound values."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Columns of a record's table, and of its child tables by the field they hold."""

    table: str
    columns: tuple[str, ...]
    children: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    given: Mapping[tuple[str, str], str | int | None] = field(default_factory=dict)
    """Table and column → what rows written before that column hold, where it is not nothing."""


@cache
def shape(name: str) -> Shape:
    """The shape of a record type as declared."""
    place = layout(name)
    return Shape(name, place.columns, {c.field: (c.table, c.columns) for c in place.children})


def shapes_in(connection: Connection) -> Iterator[Shape]:
    """The shapes that the file itself has, whatever its format: what verification compares."""
    columns: dict[str, tuple[str, ...]] = {}
    nested: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {}
    given: dict[tuple[str, str], str | int | None] = {}
    # What a module keeps by itself (search) is no table of records, and may refuse even to tell its columns.
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    for (table,) in rows(connection, f"{sql} ORDER BY rowid"):
        declared = rows(connection, f'PRAGMA table_info("{table}")')
        held = tuple(str(row[1]) for row in declared)
        given.update({(table, row[1]): _literal(row[4]) for row in declared if row[4] is not None})
        if held[: len(KEPT)] == KEPT:
            columns[table] = held
        elif held[:2] == ("parent", "position"):
            keys = rows(connection, f'PRAGMA foreign_key_list("{table}")')
            parent = next(str(key[2]) for key in keys if key[3] == "parent")
            nested.setdefault(parent, {})[table.removeprefix(f"{parent}_")] = (table, held[2:])
    for table, held in columns.items():
        yield Shape(table, held, nested.get(table, {}), given)


def shape_in(connection: Connection, name: str) -> Shape:
    """The shape that the file itself gives a record type. Raises ``StopIteration`` for one it has not."""
    return next(where for where in shapes_in(connection) if where.table == name)


def grown(where: Shape, told: Content) -> Content:
    """A content as its row stands today, when no change but migrations came after it was written.

    Columns that came later hold what their migration gave; columns that went are gone.
    """
    found = _grown(where, where.table, where.columns, told)
    for name, (table, columns) in where.children.items():
        found[name] = [_grown(where, table, columns, row) for row in told.get(name, [])]
    return found


def _grown(where: Shape, table: str, columns: Sequence[str], told: Content) -> Content:
    return {name: told[name] if name in told else where.given.get((table, name)) for name in columns}


def _literal(default: str) -> str | int | None:
    """The value of a column's default as ``table_info`` spells it: a quoted text or a whole number.

    None for anything else: no migration writes that, so a row that rests on it is not vouched for.
    """
    if default.startswith("'"):
        return default[1:-1].replace("''", "'")
    return int(default) if default.isdecimal() else None


def next_id(connection: Connection, where: Shape) -> int:
    """The id of the next new record: as SQLite counts them itself, so that none is ever given twice."""
    given = one(connection, "SELECT seq FROM sqlite_sequence WHERE name = ?", (where.table,))
    held = one(connection, f"SELECT max(id) FROM {_quoted(where.table)}")  # noqa: S608  # names come from declarations
    return max(int(given or 0), int(held or 0)) + 1


def insert(connection: Connection, where: Shape, contents: Sequence[Content]) -> None:
    """Write new records under the ids that they name, in this order."""
    connection.executemany(
        f"INSERT INTO {_quoted(where.table)} ({_list(where.columns)}) VALUES ({_marks(where.columns)})",  # noqa: S608  # names come from declarations, values are bound
        list(map(_values(where.columns), contents)),
    )
    _insert_children(connection, where, contents)


def update(connection: Connection, where: Shape, contents: Sequence[Content]) -> None:
    """Write records anew, nested rows and all; none of them twice."""
    names = where.columns[1:]
    settings = ", ".join(f"{_quoted(name)} = ?" for name in names)
    connection.executemany(
        f"UPDATE {_quoted(where.table)} SET {settings} WHERE id = ?",  # noqa: S608  # names come from declarations
        list(map(_values((*names, "id")), contents)),
    )
    for table, _columns in where.children.values():
        parents = [(content["id"],) for content in contents]
        connection.executemany(f"DELETE FROM {_quoted(table)} WHERE parent = ?", parents)  # noqa: S608  # as above
    _insert_children(connection, where, contents)


def _insert_children(connection: Connection, where: Shape, contents: Sequence[Content]) -> None:
    for name, (table, columns) in where.children.items():
        nested = [
            [content["id"], position, *(row[column] for column in columns)]
            for content in contents
            for position, row in enumerate(content[name], 1)
        ]
        if nested:
            connection.executemany(
                f"INSERT INTO {_quoted(table)} (parent, position, {_list(columns)})"  # noqa: S608  # as above
                f" VALUES (?, ?, {_marks(columns)})",
                nested,
            )


@cache
def _values(names: tuple[str, ...]) -> Callable[[Content], tuple[Any, ...]]:
    """What reads so many columns (two at least) of a content in one step."""
    return itemgetter(*names)


def read(connection: Connection, where: Shape, ids: Sequence[int]) -> dict[int, Content]:
    """The contents of those ids that exist."""
    found: dict[int, Content] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = list(ids[start : start + AT_ONCE])
        found.update(
            _read(connection, where, (f"id IN ({_marks(some)})", f"parent IN ({_marks(some)})"), some)
        )
    return found


def read_all(connection: Connection, where: Shape, *, retired: bool = True) -> Iterable[Content]:
    """Every content of a table by ascending id."""
    conditions = ("1", "1") if retired else _in_force(where)
    return _read(connection, where, conditions, ()).values()


def rows_in_force(connection: Connection, where: Shape) -> Cursor:
    """The rows of all records that are not retired, as the columns of ``where``, by ascending id."""
    return _own(connection, where, _in_force(where)[0], ())


def nested_in_force(connection: Connection, where: Shape, name: str) -> Cursor:
    """Likewise the rows that they hold under ``name``, each behind the id of its record, in their order."""
    return _nested(connection, where.children[name], _in_force(where)[1], ())


def _in_force(where: Shape) -> tuple[str, str]:
    """What is asked of a table and of its child tables to leave out what is retired."""
    living = f"parent IN (SELECT id FROM {_quoted(where.table)} WHERE retired_at IS NULL)"  # noqa: S608  # as above
    return "retired_at IS NULL", living


def _read(
    connection: Connection, where: Shape, conditions: tuple[str, str], values: Sequence[int]
) -> dict[int, Content]:
    own, nested = conditions
    found: dict[int, Content] = {}
    blank: dict[str, Any] = dict.fromkeys(where.children)
    for row in _own(connection, where, own, values):
        content = dict(zip(where.columns, row, strict=True))
        content.update({name: [] for name in blank})
        found[content["id"]] = content
    for name, child in where.children.items():
        for parent, *held in _nested(connection, child, nested, values):
            if parent in found:
                found[parent][name].append(dict(zip(child[1], held, strict=True)))
    return found


def _own(connection: Connection, where: Shape, condition: str, values: Sequence[int]) -> Cursor:
    return connection.execute(
        f"SELECT {_list(where.columns)} FROM {_quoted(where.table)} WHERE {condition} ORDER BY id",  # noqa: S608  # as above
        list(values),
    )


def _nested(
    connection: Connection, child: tuple[str, tuple[str, ...]], condition: str, values: Sequence[int]
) -> Cursor:
    table, columns = child
    return connection.execute(
        f"SELECT parent, {_list(columns)} FROM {_quoted(table)}"  # noqa: S608  # as above
        f" WHERE {condition} ORDER BY parent, position",
        list(values),
    )


def _quoted(name: str) -> str:
    return f'"{name}"'


def _list(names: Sequence[str]) -> str:
    return ", ".join(map(_quoted, names))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
