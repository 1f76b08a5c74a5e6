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
from functools import lru_cache

from app.ledger.content.contents import Content, canonical
from app.ledger.file.driver import Connection, one

LEDGER = "ledger"
"""The record name under which the ledger journals its own identity row, as id 1."""

OTHER_KEY = "unarchive"
"""A ledger got a key of its own when it was made of an archive: no recovery sheet of before opens it."""

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


_INTO_JOURNAL = f"INSERT INTO journal ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608  # own column names
_INTO_HISTORY = "INSERT INTO history (sequence, salt, record_key, reason, content) VALUES (?, ?, ?, ?, ?)"


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
    return hashlib.sha256(b"".join(map(_sized, parts))).hexdigest()


_SIZES = tuple(size.to_bytes(8, "big") for size in range(256))


def _sized(part: str) -> bytes:
    held = part.encode("utf-8")
    size = len(held)
    return (_SIZES[size] if size < 256 else size.to_bytes(8, "big")) + held


_CONTENT, _WORDS, _ENTRY = _sized("content"), _sized("words"), _sized("entry")


def genesis(ledger: str) -> str:
    """What the first entry of a ledger names as its predecessor: chains of two ledgers never join."""
    return digest("jutaku-daicho", ledger)


def commit_content(salt: str, content: str) -> str:
    held = content.encode("utf-8")
    joined = b"".join((_CONTENT, _sized(salt), len(held).to_bytes(8, "big"), held))
    return hashlib.sha256(joined).hexdigest()


def commit_words(salt: str, key: str, reason: str) -> str:
    return hashlib.sha256(b"".join((_WORDS, _sized(salt), _sized(key), _sized(reason)))).hexdigest()


def entry_hash(fields: tuple[object, ...]) -> str:
    """The hash of an entry from all its columns but the last."""
    joined = _short(fields) if len(fields) == len(COLUMNS) - 1 else None
    if joined is None:
        joined = b"".join([_sized(str(field)) for field in fields])
    return hashlib.sha256(_ENTRY + joined).hexdigest()


_PREFIXES = tuple("\0" * 7 + chr(size) for size in range(128))
"""The eight bytes of a length as text: below 128 a character is the one byte of its number."""


def _short(fields: tuple[object, ...]) -> bytes | None:
    """The columns of an entry as length-prefixed parts, made in few steps, as verification makes them of
    every entry; None where one is longer or other than the program writes."""
    sequence, change, at, officer, login, operation, record, *rest = map(str, fields)
    record_id, revision, words, before, after, previous = rest
    sizes = _PREFIXES
    try:
        first = f"{sizes[len(sequence)]}{sequence}{sizes[len(change)]}{change}{sizes[len(at)]}{at}"
        last = (
            f"{sizes[len(record_id)]}{record_id}{sizes[len(revision)]}{revision}{sizes[len(words)]}{words}"
            f"{sizes[len(before)]}{before}{sizes[len(after)]}{after}{sizes[len(previous)]}{previous}"
        )
    except IndexError:
        return None
    if not (first.isascii() and last.isascii()):
        return None
    return first.encode("ascii") + _repeated(officer, login, operation, record) + last.encode("ascii")


@lru_cache(maxsize=512)
def _repeated(*parts: str) -> bytes:
    """What is the same in many entries."""
    return b"".join(map(_sized, parts))


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
        self._entries: list[tuple[object, ...]] = []
        self._histories: list[tuple[object, ...]] = []
        self._waiting: dict[tuple[str, int], str] = {}
        """What the entries that are not written yet commit their records to."""
        self._told: dict[str, int] = {}
        self.head = head(connection, ledger)
        self.number = self.head.sequence + 1
        """The number of the change: the sequence of its first entry."""

    def append(self, deed: Deed) -> None:
        """Add one entry and its history."""
        self.add(deed)
        self.write()

    def add(self, deed: Deed) -> None:
        """As ``append``, but for the writing, which ``write`` does for many entries at once."""
        if self._first is not None:
            first, self._first = self._first, None
            self._put(first)
            self.number = self.head.sequence + 1
        self._put(deed)

    def write(self) -> None:
        """Write the entries that were added, in their order, each with its history."""
        entries, self._entries = self._entries, []
        histories, self._histories = self._histories, []
        self._waiting.clear()
        if entries:
            self._connection.executemany(_INTO_JOURNAL, entries)
            self._connection.executemany(_INTO_HISTORY, histories)

    def _put(self, deed: Deed) -> None:
        salt = secrets.token_hex(16)
        text = canonical(deed.content)
        after = commit_content(salt, text)
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
            self._before(deed),
            after,
            self.head.hash,
        )
        made = entry_hash(fields)
        self._entries.append((*fields, made))
        self._histories.append((fields[0], salt, deed.key, deed.reason, text))
        self._waiting[deed.record, deed.record_id] = after
        self.head = Head(self.head.sequence + 1, made)

    def _before(self, deed: Deed) -> str:
        """The commitment to what the record said before; of one that no entry ever named there is none."""
        if deed.record not in self._told:
            sql = "SELECT max(record_id) FROM journal WHERE record = ?"
            self._told[deed.record] = int(one(self._connection, sql, (deed.record,)) or 0)
        if deed.record_id > self._told[deed.record]:
            self._told[deed.record] = deed.record_id
            return ""
        waiting = self._waiting.get((deed.record, deed.record_id))
        return waiting or last_commitment(self._connection, deed.record, deed.record_id)


_NEVER = 2**63 - 1


def last_commitment(connection: Connection, record: str, record_id: int, before: int = _NEVER) -> str:
    """The commitment to a record's content as the chain last knew it, empty for a new record.

    ``before``: as it was before that entry.
    """
    found = one(
        connection,
        "SELECT after FROM journal WHERE record = ? AND record_id = ? AND sequence < ?"
        " ORDER BY sequence DESC LIMIT 1",
        (record, record_id, before),
    )
    return str(found or "")
