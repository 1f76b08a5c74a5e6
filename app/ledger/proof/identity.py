"""The ledger's identity row: which ledger this is, of which format, and whose officer writes in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.ledger.content import calendar, skipped, wrap
from app.ledger.content.contents import Content
from app.ledger.file.driver import Connection, rows
from app.ledger.file.migrating import fingerprint, format_of
from app.ledger.proof.journal import LEDGER, Deed

COLUMNS = ("id", "ledger", "created_at", "officer", "format", "layout")


@dataclass(frozen=True, slots=True)
class Identity:
    """``layout`` is the fingerprint of everything the file declared when its format was last set."""

    ledger: str
    created_at: str
    officer: str
    format: int
    layout: str


def new_ledger_id() -> str:
    import uuid

    return str(uuid.uuid4())


def read(connection: Connection) -> Identity | None:
    """The identity row, or None in a file that is no ledger."""
    found = connection.execute("SELECT ledger, created_at, officer, format, layout FROM meta").fetchone()
    if found is None or not re.fullmatch(r"[0-9a-f-]{36}", str(found[0])):
        return None
    return Identity(str(found[0]), str(found[1]), str(found[2]), int(found[3]), str(found[4]))


def create(connection: Connection, ledger: str, created_at: str, officer: str) -> Identity:
    """Write the identity row of a new ledger."""
    made = Identity(ledger, created_at, officer, format_of(connection), fingerprint(connection))
    connection.execute(
        "INSERT INTO meta (id, ledger, created_at, officer, format, layout) VALUES (1, ?, ?, ?, ?, ?)",
        (made.ledger, made.created_at, made.officer, made.format, made.layout),
    )
    return made


def set_officer(connection: Connection, officer: str) -> None:
    connection.execute("UPDATE meta SET officer = ?", (officer,))


def settle_format(connection: Connection) -> None:
    """Note the format and what is declared, after migrations have run."""
    connection.execute(
        "UPDATE meta SET format = ?, layout = ?", (format_of(connection), fingerprint(connection))
    )


def content(connection: Connection) -> Content:
    """What the journal knows of the identity: the row itself, the migrations that were run, and, once there
    is any, what was written for the user's calendar, which document numbers restores took away, and which
    key file counts."""
    row = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM meta").fetchone()  # noqa: S608  # own column names
    steps = rows(connection, "SELECT number, name, applied_at FROM migration ORDER BY number")
    held = {**dict(zip(COLUMNS, row, strict=True)), "migrations": [list(step) for step in steps]}
    beside = {
        "calendar": calendar.told(connection),
        "skipped": skipped.told(connection),
        "key_file": wrap.told(connection),
    }
    return held | {name: told for name, told in beside.items() if told}


def has_deed(connection: Connection, operation: str, *, since: str = "") -> bool:
    """Whether the journal tells of such a deed about the ledger itself, and of no deed ``since`` after it."""
    found = connection.execute(
        "SELECT operation FROM journal WHERE record = ? AND operation IN (?, ?)"
        " ORDER BY sequence DESC LIMIT 1",
        (LEDGER, operation, since or operation),
    ).fetchone()
    return found is not None and found[0] == operation


def deed(connection: Connection, operation: str, reason: str = "") -> Deed:
    """A journal entry about the ledger itself."""
    held = content(connection)
    return Deed(operation, LEDGER, 1, int(held["format"]), str(held["ledger"]), reason, held)
