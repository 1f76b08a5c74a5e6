"""Document numbers that a restore took the documents of: perhaps handed in somewhere, so never given again.

One line a number whose document is known. A line without a number stands for what nobody can tell: the ledger
that was replaced could not be read. Every line is a warning until the officer has said what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.ledger.errors import LedgerError
from app.ledger.file.driver import Connection, one, rows

TABLE = "skipped_number"
COLUMNS = (
    "id",
    "fiscal_year",
    "number",
    "title",
    "contract",
    "issued_on",
    "submitted_on",
    "count",
    "restored_at",
    "settled_at",
    "settled_by",
    "settled_why",
)


@dataclass(frozen=True, slots=True)
class Skipped:
    """``count``: how many numbers of the year it takes; 0 where another document bears the same number.

    ``contract`` is the title of the contract as it then was; days are ISO texts, empty where there is none.
    """

    id: int
    fiscal_year: int
    number: str
    title: str
    contract: str
    issued_on: str
    submitted_on: str
    count: int
    restored_at: str
    settled_at: str = ""
    settled_by: str = ""
    settled_why: str = ""

    @property
    def open(self) -> bool:
        return not self.settled_at

    @property
    def unknown(self) -> bool:
        """Whether it stands for documents of which nobody knows whether there were any."""
        return not self.number


def read(connection: Connection) -> list[Skipped]:
    """Every line, the oldest first; none in a ledger of a format that had no such table."""
    if not rows(connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (TABLE,)):
        return []
    return [
        Skipped(*found)
        for found in rows(connection, f"SELECT {', '.join(COLUMNS)} FROM {TABLE} ORDER BY id")  # noqa: S608  # own names
    ]


def told(connection: Connection) -> list[list[str | int]]:
    """What the journal is told of all lines."""
    return [[getattr(found, name) for name in COLUMNS] for found in read(connection)]


def counts(connection: Connection) -> dict[int, int]:
    """How many numbers of each fiscal year are skipped."""
    found: dict[int, int] = {}
    for one_ in read(connection):
        found[one_.fiscal_year] = found.get(one_.fiscal_year, 0) + one_.count
    return {year: count for year, count in found.items() if count}


def last_numbers(connection: Connection) -> dict[int, int]:
    """The last number of each fiscal year that was given or is skipped."""
    return dict(rows(connection, "SELECT fiscal_year, last FROM number_sequence"))


def skip(connection: Connection, lost: Iterable[Skipped], last: dict[int, int]) -> list[Skipped]:
    """Write down ``lost`` and go on behind ``last``, the last numbers of the ledger that was replaced."""
    own = last_numbers(connection)
    free = {year: max(0, count - own.get(year, 0)) for year, count in last.items()}
    made = list(_counted(list(lost), free))
    for found in made:
        _put(connection, found)
    for year, count in last.items():
        if count > own.get(year, 0):
            _go_on(connection, year, count)
    return made


def settle(connection: Connection, number: int, at: str, by: str, why: str, last: int = 0) -> Skipped:
    """Note what became of line ``number``; ``last``, of an unknown one: the last number of its year in use.

    Raises ``LedgerError`` for a blank ``why`` or a line that is settled or not there.
    """
    if not why.strip():
        raise LedgerError("番号をどう確かめたかを入力してください。")
    held = next((found for found in read(connection) if found.id == number and found.open), None)
    if held is None:
        raise LedgerError("この番号は確認済みです。一覧を開き直してください。")
    more = max(0, last - last_numbers(connection).get(held.fiscal_year, 0)) if held.unknown else 0
    if more:
        _go_on(connection, held.fiscal_year, last)
    made = replace(held, count=held.count + more, settled_at=at, settled_by=by, settled_why=why.strip())
    connection.execute(
        f"UPDATE {TABLE} SET count = ?, settled_at = ?, settled_by = ?, settled_why = ? WHERE id = ?",  # noqa: S608  # own name
        (made.count, made.settled_at, made.settled_by, made.settled_why, made.id),
    )
    return made


def _counted(lost: list[Skipped], free: dict[int, int]) -> Iterator[Skipped]:
    """``lost`` with the counts that add up to what is free: the newest first, the others are double."""
    counted: list[Skipped] = []
    for found in reversed(lost):
        taken = min(found.count, free.get(found.fiscal_year, 0))
        free[found.fiscal_year] = free.get(found.fiscal_year, 0) - taken
        counted.append(replace(found, count=taken))
    yield from reversed(counted)


def _put(connection: Connection, found: Skipped) -> None:
    names = COLUMNS[1:]
    marks = ", ".join("?" for _ in names)
    connection.execute(
        f"INSERT INTO {TABLE} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608  # own names
        tuple(getattr(found, name) for name in names),
    )


def _go_on(connection: Connection, year: int, last: int) -> None:
    if one(connection, "SELECT 1 FROM number_sequence WHERE fiscal_year = ?", (year,)):
        connection.execute("UPDATE number_sequence SET last = ? WHERE fiscal_year = ?", (last, year))
    else:
        connection.execute("INSERT INTO number_sequence (fiscal_year, last) VALUES (?, ?)", (year, last))
