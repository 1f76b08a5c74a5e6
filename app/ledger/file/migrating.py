"""Brings a ledger to today's format: all steps, and what the ledger says of them, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from app.ledger.file import driver
from app.ledger.file.driver import Connection, one, rows
from app.ledger.migrations import FORMAT, MIGRATIONS, Migration

Clock = Callable[[], datetime]
"""Now, with the offset of the local time zone."""

_OWN_TABLE = """CREATE TABLE migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT"""

SchemaEntry = tuple[str, str, str, str]
"""Type, name, table and SQL of one ``sqlite_master`` row."""


def format_of(connection: Connection) -> int:
    """The format number in the file header; 0 in a file that no migration has touched."""
    return int(one(connection, "PRAGMA user_version"))


def _nothing() -> None:
    pass


def migrate(
    connection: Connection,
    clock: Clock,
    steps: Sequence[Migration] = MIGRATIONS,
    *,
    settle: Callable[[], None] = _nothing,
) -> list[int]:
    """Run what is missing, then ``settle``, all or nothing; return the numbers of the steps run.

    Whoever opens the file after a crash must never find a format that its identity row and its journal
    do not know of: ``settle`` writes both in the transaction of the steps. Foreign keys are off meanwhile,
    since a step may rebuild a table that others name, and all of them are checked after each step.
    """
    database = driver.sqlite_utils().Database(connection, execute_plugins=False)
    pending = [step for step in steps if step.number > format_of(connection)]
    connection.execute("PRAGMA foreign_keys=OFF")
    try:
        with driver.transaction(connection):
            for step in pending:
                _run(connection, database, step, clock)
            settle()
    finally:
        connection.execute("PRAGMA foreign_keys=ON")
    return [step.number for step in pending]


def _run(connection: Connection, database: Any, step: Migration, clock: Clock) -> None:
    if step.number == 1:
        connection.execute(_OWN_TABLE)
        connection.execute(f"PRAGMA application_id={driver.APPLICATION_ID}")
    step.apply(database)
    connection.execute(
        "INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)",
        (step.number, step.name, clock().isoformat(timespec="seconds")),
    )
    connection.execute(f"PRAGMA user_version={step.number}")
    if rows(connection, "PRAGMA foreign_key_check"):
        raise RuntimeError(f"migration {step.number} leaves references to nothing")


def schema_entries(connection: Connection) -> set[SchemaEntry]:
    """What the file declares: every table, index and trigger with its text."""
    found = rows(connection, "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
    return {(str(kind), str(name), str(table), str(sql)) for kind, name, table, sql in found}


def fingerprint(connection: Connection) -> str:
    """SHA-256 over everything the file declares; a dropped trigger changes it."""
    digest = hashlib.sha256()
    for entry in sorted(schema_entries(connection)):
        for part in entry:
            held = part.encode("utf-8")
            digest.update(len(held).to_bytes(8, "big") + held)
    return digest.hexdigest()


def expected_entries(upto: int = FORMAT) -> frozenset[SchemaEntry]:
    """What a fresh ledger of format ``upto`` declares."""
    return _declared(tuple(step for step in MIGRATIONS if step.number <= upto))


@cache
def _declared(steps: tuple[Migration, ...]) -> frozenset[SchemaEntry]:
    """What ``steps`` build, made once: every one of them is run for it."""
    connection = driver.scratch()
    try:
        migrate(connection, lambda: datetime.now().astimezone(), steps)
        return frozenset(schema_entries(connection))
    finally:
        connection.close()
