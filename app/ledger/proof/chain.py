"""Walks the journal: every link, every commitment, and what the chain last knew of each record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.common import Progress
from app.ledger.content.contents import files_in, names_files
from app.ledger.file.driver import Connection, one
from app.ledger.proof import journal

_EVERY = 2000
"""Entries between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What does not agree: the journal entry that knew it last, and the record it concerns."""

    entry: int
    record: str
    key: str
    problem: str


@dataclass(frozen=True, slots=True)
class Last:
    """What the chain last knew of one record. ``content`` is the hash of its canonical text."""

    sequence: int
    operation: str
    key: str
    content: bytes


@dataclass(slots=True)
class Walk:
    """What a walk along the chain found."""

    entries: int = 0
    last: dict[tuple[str, int], Last] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    """The SHA-256 of every file that any content ever named."""


_SQL = (
    "SELECT journal.sequence, change, at, officer, login, operation, record, record_id, revision,"
    " words, before, after, previous, hash, salt, record_key, reason, content"
    " FROM journal LEFT JOIN history USING (sequence) WHERE journal.sequence >= ? ORDER BY journal.sequence"
)


def walk(connection: Connection, ledger: str, progress: Progress, start: int = 1) -> Walk:
    """Follow the chain from entry ``start``, whose predecessor is taken on trust unless it is the first."""
    found = Walk()
    total = int(one(connection, "SELECT count(*) FROM journal") or 0)
    known = one(connection, "SELECT hash FROM journal WHERE sequence = ?", (start - 1,))
    previous = journal.genesis(ledger) if start == 1 else str(known or "")
    commitments: dict[tuple[str, int], str] = {}
    expected = start
    for row in connection.execute(_SQL, (start,)):
        entry, told = row[: len(journal.COLUMNS)], row[len(journal.COLUMNS) :]
        sequence, record, record_id = int(entry[0]), str(entry[6]), int(entry[7])
        key = str(told[1] or "")
        before = commitments.get((record, record_id), "" if start == 1 else None)
        for sentence in _faults(entry, told, expected, previous, before):
            found.problems.append(Problem(sequence, record, key, sentence))
        previous, expected = str(entry[13]), sequence + 1
        commitments[record, record_id] = str(entry[11])
        text = str(told[3] or "")
        found.last[record, record_id] = Last(sequence, str(entry[5]), key, _digest(text))
        found.files.update(_files(record, text))
        found.entries += 1
        if found.entries % _EVERY == 0:
            progress.step(found.entries, total, "記録の連なりを確かめています")
    return found


def _faults(
    entry: tuple[Any, ...], told: tuple[Any, ...], expected: int, previous: str, before: str | None
) -> Iterator[str]:
    salt, key, reason, content = told
    if entry[0] != expected:
        yield f"記録番号{expected}が欠けています。"
    if entry[12] != previous:
        yield "一つ前の記録とつながりません。"
    if entry[13] != journal.entry_hash(entry[:13]):
        yield "記録が書き換えられています。"
    if before is not None and entry[10] != before:
        yield "変更前の内容が前の記録と合いません。"
    if None in told:
        yield "記録された内容が失われています。"
        return
    if entry[9] != journal.commit_words(salt, key, reason):
        yield "記録の名称か理由が書き換えられています。"
    if entry[11] != journal.commit_content(salt, content):
        yield "記録された内容が書き換えられています。"


def content_digest(content: str) -> bytes:
    """What ``Last.content`` holds for a canonical text."""
    return _digest(content)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _files(record: str, text: str) -> Iterator[str]:
    if not names_files(record):
        return
    try:
        yield from files_in(record, json.loads(text))
    except (ValueError, TypeError, AttributeError):
        # Text that is no content any more does not hash to its commitment either, and is told so.
        return
