"""Walks the journal: every link, every commitment, and what the chain last knew of each record."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.common import Progress
from app.ledger.content.contents import files_in, names_files
from app.ledger.file.driver import Connection, one, rows
from app.ledger.proof import journal
from app.ledger.proof.known import Known, Last
from app.ledger.proof.problems import Finding, Problem

_EVERY = 2000
"""Entries between two reports of progress."""


@dataclass(slots=True)
class Walk:
    """What a walk along the chain found: the last entry of each record, and every file ever named."""

    entries: int = 0
    known: defaultdict[str, Known] = field(default_factory=lambda: defaultdict(Known))
    files: set[str] = field(default_factory=set)
    """SHA-256 each."""
    whole: bool = False
    """Whether the last entry was reached: else what stands in the rows cannot be held against anything."""


_SQL = (
    "SELECT journal.sequence, change, at, officer, login, operation, record, record_id, revision,"
    " words, before, after, previous, hash, salt, record_key, reason, content"
    " FROM journal LEFT JOIN history USING (sequence) WHERE journal.sequence >= ? ORDER BY journal.sequence"
)


_WIDTH = len(journal.COLUMNS)


class Walker:
    """Follows the chain from entry ``start``, whose predecessor is taken on trust unless it is the first."""

    def __init__(self, connection: Connection, ledger: str, start: int = 1) -> None:
        self._connection = connection
        self._ledger = ledger
        self._start = start
        self.found = Walk()

    def walk(self, progress: Progress) -> Iterator[Problem]:
        """Everything that does not agree along the way, which is noted in ``found``."""
        connection, found, start = self._connection, self.found, self._start
        total = int(one(connection, "SELECT count(*) FROM journal WHERE sequence >= ?", (start,)) or 0)
        known = one(connection, "SELECT hash FROM journal WHERE sequence = ?", (start - 1,))
        previous = journal.genesis(self._ledger) if start == 1 else str(known or "")
        expected = start
        for row in connection.execute(_SQL, (start,)):
            entry, told = row[:_WIDTH], row[_WIDTH:]
            before = self._before(entry)
            if not _sound(entry, told, expected, previous, before):
                for sentence in _faults(entry, told, expected, previous, before):
                    yield Problem(entry[0], str(entry[6]), str(told[1] or ""), sentence)
            previous, expected = str(entry[13]), int(entry[0]) + 1
            self._note(entry, told)
            found.entries += 1
            if found.entries % _EVERY == 0:
                progress.step(found.entries, total, "記録の連なりを確かめています")
        found.whole = True

    def _before(self, entry: tuple[Any, ...]) -> str:
        """The commitment to the record's content as the chain knew it before this entry."""
        record, record_id = str(entry[6]), int(entry[7])
        if (last := self.found.known[record].get(record_id)) is not None:
            return last.after
        if self._start == 1:
            return ""
        return journal.last_commitment(self._connection, record, record_id, before=self._start)

    def _note(self, entry: tuple[Any, ...], told: tuple[Any, ...]) -> None:
        record = str(entry[6])
        self.found.known[record].put(int(entry[7]), Last(int(entry[0]), str(told[0]), str(entry[11])))
        if names_files(record):
            self.found.files.update(_files(record, str(told[3] or "")))


def _sound(entry: tuple[Any, ...], told: tuple[Any, ...], expected: int, previous: str, before: str) -> bool:
    """Whether ``_faults`` would find nothing, asked in one step of every entry."""
    salt, key, reason, content = told
    return bool(
        entry[0] == expected
        and entry[12] == previous
        and entry[10] == before
        and None not in told
        and entry[13] == journal.entry_hash(entry[:13])
        and entry[9] == journal.commit_words(salt, key, reason)
        and entry[11] == journal.commit_content(salt, content)
    )


def _faults(
    entry: tuple[Any, ...], told: tuple[Any, ...], expected: int, previous: str, before: str
) -> Iterator[str]:
    salt, key, reason, content = told
    if entry[0] != expected:
        yield f"記録番号{expected}が欠けています。"
    if entry[12] != previous:
        yield "一つ前の記録とつながりません。"
    if entry[13] != journal.entry_hash(entry[:13]):
        yield "記録が書き換えられています。"
    if entry[10] != before:
        yield "変更前の内容が前の記録と合いません。"
    if None in told:
        yield "記録された内容が失われています。"
        return
    if entry[9] != journal.commit_words(salt, key, reason):
        yield "記録の名称か理由が書き換えられています。"
    if entry[11] != journal.commit_content(salt, content):
        yield "記録された内容が書き換えられています。"


def key_of(connection: Connection, sequence: int) -> str:
    """The key under which an entry tells of its record, empty where nothing is left of it."""
    return str(one(connection, "SELECT record_key FROM history WHERE sequence = ?", (sequence,)) or "")


def about(connection: Connection, name: str, last: Last | None, sentence: str) -> Problem:
    """A problem of the record that ``last`` tells of."""
    if last is None:
        return Problem(0, name, "", sentence)
    return Problem(last.sequence, name, key_of(connection, last.sequence), sentence)


def last_of(connection: Connection, name: str, record_id: int) -> Last | None:
    """The last entry of one record, read from the journal itself."""
    found = rows(
        connection,
        "SELECT sequence, coalesce(salt, ''), after FROM journal JOIN history USING (sequence)"
        " WHERE record = ? AND record_id = ? ORDER BY sequence DESC LIMIT 1",
        (name, record_id),
    )
    return Last(*found[0]) if found else None


def walked(connection: Connection, ledger: str, finding: Finding, progress: Progress, start: int = 1) -> Walk:
    """What the chain knows from entry ``start`` on; what does not agree along it goes into ``finding``."""
    walker = Walker(connection, ledger, start)
    finding.take(walker.walk(progress), "journal")
    return walker.found


def _files(record: str, text: str) -> Iterator[str]:
    try:
        yield from files_in(record, json.loads(text))
    except (ValueError, TypeError, AttributeError):
        # Text that is no content any more does not hash to its commitment either, and is told so.
        return
