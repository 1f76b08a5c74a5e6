"""The tables of a ledger as the parts of an archive, whatever its format: which there are, and their rows.

A record is the text that the journal commits to (``streaming.Streamed``), a row of any other table its
columns by name. Nothing here knows what they mean, so that an archive of an older format is read by what
that format built.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from app.ledger.content import store
from app.ledger.content.store import Shape
from app.ledger.content.streaming import Streamed
from app.ledger.file.driver import Connection, rows

_APART = ("journal", "history")
"""Parts of their own, outside the folder of what the program keeps besides records."""
_FILES = "blob"
_LATE = "sqlite_sequence"
"""Written by SQLite with the rows that it counts, so that it comes last."""
_AT_ONCE = 500


class Part(NamedTuple):
    """One part: the name under which it stands, and its rows as lines of JSON, made when asked for."""

    name: str
    lines: Callable[[], Iterator[str]]


def parts(connection: Connection) -> Iterator[Part]:
    """Every part, in the order in which they are read again."""
    for where in store.shapes_in(connection):
        yield Part(f"records/{where.table}.jsonl", lambda where=where: _records(connection, where))  # type: ignore[misc]  # bound at once
    for table in plain_tables(connection):
        yield Part(part_of(table), lambda table=table: _plain(connection, table))  # type: ignore[misc]  # bound at once


def part_of(table: str) -> str:
    """The name of the part of a table that holds no records."""
    return f"{table}.jsonl" if table in _APART else f"ledger/{table}.jsonl"


def plain_tables(connection: Connection) -> list[str]:
    """The tables of one row a line: all but records with their nested rows, files, and SQLite's indexes."""
    shapes = list(store.shapes_in(connection))
    taken = {shape.table for shape in shapes} | {_FILES}
    taken |= {table for shape in shapes for table, _columns in shape.children.values()}
    found = rows(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    modules = tuple(f"{name}_" for name, sql in found if str(sql).startswith("CREATE VIRTUAL"))
    names = [
        str(name)
        for name, sql in found
        if name not in taken
        and not str(sql).startswith("CREATE VIRTUAL")
        and not str(name).startswith(modules)
    ]
    return sorted(names, key=lambda name: name == _LATE)


def fill(connection: Connection, part: str, lines: Iterable[str]) -> None:
    """Write the rows of a part into the table it was made of, in the caller's transaction.

    Raises ``ValueError`` for lines that are not those of the table, ``KeyError`` for a part of none.
    """
    shapes = {f"records/{shape.table}.jsonl": shape for shape in store.shapes_in(connection)}
    if part in shapes:
        _fill_records(connection, shapes[part], lines)
        return
    tables = {part_of(table): table for table in plain_tables(connection)}
    table = tables[part]
    columns = _columns(connection, table)
    # What building the file wrote of itself gives way to what the archived ledger says.
    if table != "journal":
        connection.execute(f'DELETE FROM "{table}"')  # noqa: S608  # the file's own names
    for some in _portions(lines):
        _insert(connection, table, columns, [_values(_object(line), columns) for line in some])


def _records(connection: Connection, where: Shape) -> Iterator[str]:
    streamed = Streamed(where)
    return map(streamed.text, streamed.rows(connection))


def _plain(connection: Connection, table: str) -> Iterator[str]:
    columns = _columns(connection, table)
    listed = ", ".join(f'"{name}"' for name in columns)
    for row in connection.execute(f'SELECT {listed} FROM "{table}" ORDER BY rowid'):  # noqa: S608  # the file's own names
        yield json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, separators=(",", ":"))


def _fill_records(connection: Connection, where: Shape, lines: Iterable[str]) -> None:
    for some in _portions(lines):
        contents = [_object(line) for line in some]
        if any(content.keys() != {*where.columns, *where.children} for content in contents):
            raise ValueError("columns")
        own = [
            _values({name: content[name] for name in where.columns}, where.columns) for content in contents
        ]
        _insert(connection, where.table, where.columns, own)
        for name, (table, columns) in where.children.items():
            nested = [
                [content["id"], position, *_values(row, columns)]
                for content in contents
                for position, row in enumerate(_listed(content[name]), 1)
            ]
            _insert(connection, table, ("parent", "position", *columns), nested)


def _insert(connection: Connection, table: str, columns: tuple[str, ...], values: list[list[Any]]) -> None:
    listed, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    connection.executemany(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', values)  # noqa: S608  # the file's own names


def _columns(connection: Connection, table: str) -> tuple[str, ...]:
    return tuple(str(row[1]) for row in rows(connection, f'PRAGMA table_info("{table}")'))


def _portions(lines: Iterable[str]) -> Iterator[list[str]]:
    held = iter(lines)
    while some := list(islice(held, _AT_ONCE)):
        yield some


def _object(line: str) -> dict[str, Any]:
    made = json.loads(line)
    if not isinstance(made, dict):
        raise ValueError("row")  # noqa: TRY004  # what a file says is a value of it
    return made


def _listed(held: Any) -> list[Any]:
    if not isinstance(held, list):
        raise ValueError("nested rows")  # noqa: TRY004  # as above
    return held


def _values(held: Any, columns: tuple[str, ...]) -> list[Any]:
    """The values of a row in the order of its columns: nothing, texts and whole numbers, as stored."""
    if not isinstance(held, dict) or held.keys() != set(columns):
        raise ValueError("columns")
    values = [held[name] for name in columns]
    if any(value is not None and type(value) not in (str, int) for value in values):
        raise ValueError("value")
    return values
