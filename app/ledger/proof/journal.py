"""The journal: a chain of entries, one per record written, that nothing changes or removes.

An entry hashes, with the hash of the one before it, who did what to which record when, and three
salted commitments: to the words (key and reason), to the content before and to the content after.
What they commit to stands in ``history``; erasing it there, salt and all, leaves the chain intact.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from app.ledger.content.contents import Content, canonical
from app.ledger.file.driver import Connection, one

LEDGER = "ledger"
"""The record name under which the ledger journals its own identity row, as id 1."""

COLUMNS = (
    "sequence",
    "change",
    "at",
    "officer",
    "login",
    "operation",
    "record",
    "record_id",
    "revision",
    "words",
    "before",
    "after",
    "previous",
    "hash",
)


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry: its sequence (0 before the first) and its hash."""

    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who writes: the officer's name as given, and the operating system's login."""

    officer: str
    login: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What one entry tells; ``content`` is the record after it."""

    operation: str
    record: str
    record_id: int
    revision: int
    key: str
    reason: str
    content: Content


def digest(*parts: str) -> str:
    """SHA-256 over length-prefixed parts: no two lists of parts share a hash by running together."""
    made = hashlib.sha256()
    for part in parts:
        held = part.encode("utf-8")
        made.update(len(held).to_bytes(8, "big"))
        made.update(held)
    return made.hexdigest()


def genesis(ledger: str) -> str:
    """What the first entry of a ledger names as its predecessor: chains of two ledgers never join."""
    return digest("jutaku-daicho", ledger)


def commit_content(salt: str, content: str) -> str:
    return digest("content", salt, content)


def commit_words(salt: str, key: str, reason: str) -> str:
    return digest("words", salt, key, reason)


def entry_hash(fields: tuple[object, ...]) -> str:
    """The hash of an entry from all its columns but the last."""
    return digest("entry", *map(str, fields))


def head(connection: Connection, ledger: str) -> Head:
    """The last entry of the chain."""
    found = connection.execute("SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1").fetchone()
    return Head(0, genesis(ledger)) if found is None else Head(int(found[0]), str(found[1]))


class Writer:
    """Appends the entries of one change, inside the caller's transaction."""

    def __init__(
        self,
        connection: Connection,
        ledger: str,
        actor: Actor,
        at: datetime,
        first: Deed | None = None,
    ) -> None:
        """``first``: what has to be told before anything else, as a change of its own, if anything is."""
        self._connection = connection
        self._first = first
        self._actor = actor
        self._at = at.isoformat(timespec="seconds")
        self.head = head(connection, ledger)
        self.number = self.head.sequence + 1
        """The number of the change: the sequence of its first entry."""

    def append(self, deed: Deed) -> None:
        """Add one entry and its history."""
        if self._first is not None:
            first, self._first = self._first, None
            self._put(first)
            self.number = self.head.sequence + 1
        self._put(deed)

    def _put(self, deed: Deed) -> None:
        salt = secrets.token_hex(16)
        text = canonical(deed.content)
        fields = (
            self.head.sequence + 1,
            self.number,
            self._at,
            self._actor.officer,
            self._actor.login,
            deed.operation,
            deed.record,
            deed.record_id,
            deed.revision,
            commit_words(salt, deed.key, deed.reason),
            last_commitment(self._connection, deed.record, deed.record_id),
            commit_content(salt, text),
            self.head.hash,
        )
        made = entry_hash(fields)
        marks = ", ".join("?" * len(COLUMNS))
        self._connection.execute(
            f"INSERT INTO journal ({', '.join(COLUMNS)}) VALUES ({marks})",  # noqa: S608  # own column names
            (*fields, made),
        )
        self._connection.execute(
            "INSERT INTO history (sequence, salt, record_key, reason, content) VALUES (?, ?, ?, ?, ?)",
            (fields[0], salt, deed.key, deed.reason, text),
        )
        self.head = Head(self.head.sequence + 1, made)


def last_commitment(connection: Connection, record: str, record_id: int) -> str:
    """The commitment to a record's content as the chain last knew it, empty for a new record."""
    found = one(
        connection,
        "SELECT after FROM journal WHERE record = ? AND record_id = ? ORDER BY sequence DESC LIMIT 1",
        (record, record_id),
    )
    return str(found or "")
