"""Heads kept outside the ledger, and whether its chain still holds them.

A head is the number of an entry and its hash, as every document prints them and every manifest keeps them.
Whoever has the key can write the whole chain anew, put an older file back or take off the end: all of it
agrees with itself then, and no longer with what was kept outside.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from app.common import PeopleError
from app.ledger.file.driver import Connection, rows
from app.ledger.proof import identity, journal
from app.ledger.proof.meaning import hash_of

LEAST = 8
"""Digits of a hash that must be given: fewer would be met by chance."""
_WIDTH = 64
_LOST = re.compile(r"記録(\d{1,18})[〜～](\d{1,18})（先頭値 ([0-9a-f]{64})）はこの台帳にない")
"""How the entry of a restore names the end of what it took away."""
_RESTORE = "restore"
_NOTATION = re.compile(r"(?:台帳)?(\d{1,18}):([0-9a-f]+)(?:\.{2,}|…+)?")
"""A value is often written with dots behind it, as the sign that it goes on: they say nothing of it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A head that was kept: the entry, and how its hash begins in small letters, ``LEAST`` or more."""

    entry: int
    start: str


@dataclass(frozen=True, slots=True)
class Held:
    """What the chain says to a head. ``last``: the number of its last entry."""

    holds: bool
    last: int
    beyond: bool
    """Whether the head is of an entry later than the last."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What a restore took away, as the journal's own entry of the restore tells it."""

    at: datetime
    first: int
    last: int
    hash: str
    """Of entry ``last`` as it was before the restore."""

    def is_end(self, kept: Kept) -> bool:
        """Whether ``kept`` is the very head that the restore names."""
        return kept.entry == self.last and len(kept.start) >= LEAST and self.hash.startswith(kept.start)


def parse_head(text: str) -> Kept:
    """Read a head as it is printed or typed: ``267:ab12…`` in any width and case, with blanks
    anywhere and dots behind.

    Raises ``PeopleError`` with one sentence for anything else.
    """
    bare = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    match = _NOTATION.fullmatch(bare)
    if match is None:
        raise PeopleError(
            "先頭値を読めません。書類の下端に印字された「台帳」の後の「記録番号 : 値」を、"
            "267:1a2b3c4d… のように入力してください。"
        )
    if not LEAST <= len(match[2]) <= _WIDTH:
        raise PeopleError(
            f"先頭値の値が{len(match[2])}桁です。{LEAST}桁以上{_WIDTH}桁以下で、印字のとおりに入力してください。"
        )
    return Kept(int(match[1]), match[2])


def hold(connection: Connection, kept: Kept) -> Held:
    """Hold one head against the chain."""
    known = identity.read(connection)
    ledger = known.ledger if known else ""
    last = journal.head(connection, ledger).sequence
    held = hash_of(connection, ledger, kept.entry) if known and kept.entry <= last else ""
    good = len(kept.start) >= LEAST and held.startswith(kept.start)
    return Held(good, last, kept.entry > last)


def check_head(connection: Connection, sequence: int, start: str) -> bool:
    """Whether entry ``sequence`` has the hash that begins with ``start``."""
    return hold(connection, Kept(sequence, start)).holds


def lost(connection: Connection) -> list[Lost]:
    """What restores took away, the newest first."""
    told = rows(
        connection,
        "SELECT at, reason FROM journal JOIN history USING (sequence)"
        " WHERE record = ? AND operation = ? ORDER BY sequence DESC",
        (journal.LEDGER, _RESTORE),
    )
    found = ((at, _LOST.search(str(reason))) for at, reason in told)
    return [
        Lost(datetime.fromisoformat(str(at)), int(match[1]), int(match[2]), match[3])
        for at, match in found
        if match
    ]
