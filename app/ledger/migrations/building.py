"""What migrations from the third on build with, over sqlite-utils.

As frozen as the migrations themselves: a ledger that once ran one must get the same tables for ever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

Columns = Mapping[str, type]
"""Column → ``str`` or ``int``, in the order of the table."""

_KEPT: Columns = {
    "id": int,
    "revision": int,
    "recorded_at": str,
    "recorded_by": str,
    "retired_at": str,
    "retired_why": str,
}
_ALWAYS = frozenset({"revision", "recorded_at", "recorded_by", "retired_why"})
_NEW = "new_table"
_NEW_TABLE = f'CREATE TABLE "{_NEW}"'
_ID = '"id" INTEGER PRIMARY KEY'


def record(
    db: Database,
    name: str,
    columns: Columns,
    *,
    always: Set[str] = frozenset(),
    refers: Mapping[str, str] | None = None,
    key: tuple[str, ...] = (),
) -> None:
    """The table of a record type. ``always``: columns that hold something in every row; ``refers``: column
    → the record type it names; ``key``: what no two records in force may share."""
    refers = refers or {}
    sql = db.create_table_sql(
        name,
        {**_KEPT, **columns},
        pk="id",
        not_null=_ALWAYS | always,
        foreign_keys=[(column, to, "id") for column, to in refers.items()],
        strict=True,
    )
    if sql.count(_ID) != 1:
        raise RuntimeError(f"{name} would get no id of its own")
    # An id that was given once never means another record; sqlite-utils has no word for that.
    db.execute(sql.replace(_ID, f"{_ID} AUTOINCREMENT"))
    if key:
        unique(db, name, key)


def unique(db: Database, name: str, key: tuple[str, ...], *, late: bool = False) -> None:
    """No two records in force may share ``key``; in the place of the key that the record type had.

    ``late``: rows written before have none, and stand beside each other. Not ``create_index``: it has no word
    for "in force".
    """
    given = "".join(f" AND \"{column}\" <> ''" for column in key) if late else ""
    listed = ", ".join(f'"{column}"' for column in key)
    db.execute(f'DROP INDEX IF EXISTS "{name}_key"')
    db.execute(f'CREATE UNIQUE INDEX "{name}_key" ON "{name}" ({listed}) WHERE retired_at IS NULL{given}')


def rows(
    db: Database,
    name: str,
    field: str,
    columns: Columns,
    *,
    always: Set[str] = frozenset(),
    refers: Mapping[str, str] | None = None,
) -> None:
    """The table of the nested rows that ``field`` of the record type ``name`` holds."""
    refers = {"parent": name, **(refers or {})}
    db.table(f"{name}_{field}").create(
        {"parent": int, "position": int, **columns},
        pk=("parent", "position"),
        not_null={"parent", "position", *always},
        foreign_keys=[(column, to, "id") for column, to in refers.items()],
        strict=True,
    )


def reference(db: Database, table: str, column: str, to: str) -> None:
    """A column that names a record of type ``to``, or none; rows written before name none.

    Not ``add_column(fk=…)``: that copies the whole table into a new one and drops its triggers.
    """
    db.execute(f'ALTER TABLE "{table}" ADD COLUMN "{column}" INTEGER REFERENCES "{to}" ("id")')


def take_any(db: Database, table: str, column: str) -> None:
    """Let a column of whole numbers hold texts beside them; what the rows hold stays as it is.

    Not sqlite-utils' transform: that cannot copy a table without rowids, and forgets that it was one.
    """
    (declared,) = db.query("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    head = re.compile(rf'^CREATE TABLE "?{table}"?')
    sql, count = re.subn(rf'("?\b{column}"?) INTEGER', r"\1 ANY", head.sub(_NEW_TABLE, declared["sql"]))
    if count != 1:
        raise RuntimeError(f"{table}.{column} is no column of whole numbers")
    beside = list(db.query("SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type != 'table'", (table,)))
    db.execute(sql)
    db.execute(f'INSERT INTO "{_NEW}" SELECT * FROM "{table}"')  # noqa: S608  # names of this module's callers
    db.execute(f'DROP TABLE "{table}"')
    db.execute(f'ALTER TABLE "{_NEW}" RENAME TO "{table}"')
    for one in beside:
        if one["sql"]:
            db.execute(one["sql"])


def transform(db: Database, table: str, **changes: Any) -> None:
    """Build a table anew with ``changes`` as sqlite-utils takes them (``drop``, ``rename``, ``not_null`` …).

    By itself it drops the triggers of the table without a word, and refuses one with a key of records in
    force; both are put back as they were. What the rows hold changes with it, so verification takes from it
    only columns that went: whoever changes what a row says writes that through the door.
    """
    kept = [
        (row["type"], row["name"], row["sql"])
        for row in db.query(
            "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = ?"
            " AND (type = 'trigger' OR (type = 'index' AND sql LIKE '% WHERE %'))",
            (table,),
        )
    ]
    for kind, name, _sql in kept:
        db.execute(f'DROP {kind} "{name}"')
    db.table(table).transform(**changes)
    for _kind, _name, sql in kept:
        db.execute(sql)
