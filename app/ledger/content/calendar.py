"""What was last written for the user's own calendar, which keeps it until it is taken back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.ledger.file.driver import Connection, rows

TABLE = "calendar_event"
_COLUMNS = ("uid", "day", "summary", "description", "contract", "sequence", "cancelled")


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline. ``uid`` is the same whenever the same duty is written, so that calendars replace it.

    ``sequence`` counts what became of it: a calendar takes a higher one in the place of a lower one.
    ``cancelled``: it was taken back.
    """

    uid: str
    day: date
    summary: str
    description: str
    contract: int = 0
    sequence: int = 0
    cancelled: bool = False


def read(connection: Connection) -> dict[str, Entry]:
    """Every entry as it was last written, by its uid, for a change of them that is to follow.

    Raises the driver's error for a ledger that cannot be written: it begins to write only when it has to,
    and by then the file would be out in the world.
    """
    connection.execute(f"UPDATE {TABLE} SET uid = uid WHERE 0")  # noqa: S608  # own name
    found = rows(connection, f"SELECT {', '.join(_COLUMNS)} FROM {TABLE}")  # noqa: S608  # own names
    return {
        str(uid): Entry(
            str(uid),
            date.fromisoformat(str(day)),
            str(summary),
            str(description),
            int(contract),
            int(sequence),
            bool(cancelled),
        )
        for uid, day, summary, description, contract, sequence, cancelled in found
    }


def told(connection: Connection) -> str:
    """What the journal is told of all entries: their hash, empty for a ledger without any."""
    if not rows(connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (TABLE,)):
        return ""
    found = rows(connection, f"SELECT {', '.join(_COLUMNS)} FROM {TABLE} ORDER BY uid")  # noqa: S608  # own names
    return hashlib.sha256(json.dumps(found, ensure_ascii=True).encode("ascii")).hexdigest() if found else ""


def put(connection: Connection, entries: Iterable[Entry]) -> None:
    """Remember entries as they are written."""
    marks = ", ".join("?" for _ in _COLUMNS)
    connection.executemany(
        f"INSERT OR REPLACE INTO {TABLE} ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608  # own names
        [
            (
                one.uid,
                one.day.isoformat(),
                one.summary,
                one.description,
                one.contract,
                one.sequence,
                int(one.cancelled),
            )
            for one in entries
        ],
    )
