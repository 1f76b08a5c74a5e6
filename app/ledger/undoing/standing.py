"""Which changes stand and which were taken back: told by the journal alone, whoever wrote it.

An undo says which change it takes back. Taken back itself, it no longer does: of each pair nothing is left,
and what a record says is what the newest change that stands made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.ledger.content.history import BEFORE_IT, UNDO, undone_by
from app.ledger.file.driver import Connection, one, rows
from app.ledger.proof.journal import LEDGER

_NEVER = 2**63 - 1


class Standing(NamedTuple):
    """A change that nobody took back. ``redo``: it is an undo, and taking it back does the change again."""

    number: int
    redo: bool


class Later(NamedTuple):
    """The change that stands between a record and an earlier one. ``undo``: it took that one back."""

    number: int
    undo: bool


def standing(connection: Connection) -> Iterator[Standing]:
    """The changes of records that stand, the newest first; an undo that only did one again is none."""
    gone: set[int] = set()
    number = _before(connection, _NEVER)
    while number:
        takes = taken_back(connection, number)
        if number not in gone and _of_records(connection, number):
            if takes is None:
                yield Standing(number, redo=False)
            else:
                gone.add(takes)
                if taken_back(connection, takes) is None:
                    yield Standing(number, redo=True)
        number = _before(connection, number)


def origin(connection: Connection, number: int) -> tuple[int, bool]:
    """The change that ``number`` in the end takes back or does again (itself if it is no undo).

    And whether taking ``number`` back does it again.
    """
    again = False
    while (takes := taken_back(connection, number)) is not None:
        number, again = takes, not again
    return number, again


def taken_back(connection: Connection, number: int) -> int | None:
    """The change that ``number`` takes back, None if it is no undo."""
    first = rows(
        connection,
        "SELECT operation, record, record_id FROM journal WHERE change = ? ORDER BY sequence LIMIT 1",
        (number,),
    )
    if not first:
        return None
    operation, record, record_id = first[0]
    takes = undone_by(str(operation))
    if takes != BEFORE_IT:
        return takes
    sql = "SELECT max(change) FROM journal WHERE record = ? AND record_id = ? AND change < ?"
    return int(one(connection, sql, (record, record_id, number)) or 0)


def later(connection: Connection, record: str, record_id: int, number: int) -> Later | None:
    """The change after ``number`` on which what a record says today rests, None where it is ``number``."""
    entries = rows(
        connection,
        "SELECT DISTINCT change, operation FROM journal WHERE record = ? AND record_id = ? AND change > ?"
        " ORDER BY change DESC",
        (record, record_id, number),
    )
    gone: set[int] = set()
    for at, (change, operation) in enumerate(entries):
        if change in gone:
            continue
        takes = undone_by(str(operation))
        if takes == BEFORE_IT:
            takes = next((int(before) for before, _operation in entries[at + 1 :]), number)
        # What took back one before it made of the record something else than ``number`` did.
        if takes is None or takes <= number:
            return Later(int(change), takes == number)
        gone.add(takes)
    return None


def written_after(connection: Connection, number: int) -> frozenset[tuple[str, int]]:
    """Those of the records of change ``number`` of which anything was written since."""
    found = rows(
        connection,
        "SELECT DISTINCT record, record_id FROM journal AS own WHERE change = ? AND EXISTS (SELECT 1"
        " FROM journal AS other WHERE other.record = own.record AND other.record_id = own.record_id"
        " AND other.sequence > own.sequence AND other.change > own.change)",
        (number,),
    )
    return frozenset((str(record), int(held)) for record, held in found)


def is_last(connection: Connection, number: int) -> bool:
    """Whether any record still says what change ``number`` made of it."""
    since = (
        "EXISTS (SELECT 1 FROM journal AS other WHERE other.record = own.record"
        " AND other.record_id = own.record_id AND other.change > own.change"
    )
    if one(connection, f"SELECT 1 FROM journal AS own WHERE change = ? AND NOT {since}) LIMIT 1", (number,)):  # noqa: S608  # own words
        return True
    # Where nothing was taken back since, what was written since stands: of 100,000 none is looked at alone.
    taken = f"SELECT DISTINCT record, record_id FROM journal AS own WHERE change = ? AND {since}"  # noqa: S608  # own words
    held = rows(connection, f"{taken} AND other.operation LIKE ?)", (number, f"{UNDO}%"))
    return any(later(connection, str(record), int(at), number) is None for record, at in held)


def _before(connection: Connection, number: int) -> int:
    return int(one(connection, "SELECT max(change) FROM journal WHERE change < ?", (number,)) or 0)


def _of_records(connection: Connection, number: int) -> bool:
    sql = "SELECT 1 FROM journal WHERE change = ? AND record <> ? LIMIT 1"
    return bool(one(connection, sql, (number, LEDGER)))
