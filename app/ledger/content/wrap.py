"""The sealed master key as it was last made, kept in the ledger as well as in the key files beside it.

Which passphrase opens is decided here, in the transaction that changes it: key files that say otherwise are
old ones, or left by a change that was cut short. It tells nothing to whoever can read it: they have the key.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from app.ledger.file.driver import one

if TYPE_CHECKING:
    from app.ledger.file.driver import Connection

TABLE = "key_file"


def read(connection: Connection) -> str:
    """The text of the key file, empty where none was noted (a ledger of an older format)."""
    if one(connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (TABLE,)) is None:
        return ""
    return str(one(connection, f"SELECT sealed FROM {TABLE} WHERE id = 1") or "")  # noqa: S608  # own name


def put(connection: Connection, text: str) -> None:
    """Note the key file that counts from here on, in the place of the one before."""
    connection.execute(f"INSERT OR REPLACE INTO {TABLE} (id, sealed) VALUES (1, ?)", (text,))  # noqa: S608  # own name


def told(connection: Connection) -> str:
    """What the journal is told of it: its hash, empty where there is none. Rows beside it are told as well:
    the program writes none."""
    text = read(connection)
    if not text:
        return ""
    others = int(one(connection, f"SELECT count(*) FROM {TABLE} WHERE id <> 1"))  # noqa: S608  # own name
    return hashlib.sha256(text.encode("utf-8")).hexdigest() + f"+{others}" * bool(others)
