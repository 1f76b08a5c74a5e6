"""The part of verification that knows what records mean: documents, files, numbers, search text."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from app.common import Progress
from app.ledger.content import skipped, store
from app.ledger.content.bodies import Bodies
from app.ledger.content.contents import files_in, names_files
from app.ledger.content.streaming import Row, Streamed
from app.ledger.file.driver import Connection, one, rows
from app.ledger.proof import journal
from app.ledger.proof.chain import Walk, about
from app.ledger.proof.document_codes import verification_code
from app.ledger.proof.known import Last
from app.ledger.proof.problems import Problem
from app.records import SPECS, Submission
from app.records.days import fiscal_year

_SUBMISSION = Submission.spec.name


def _nothing(_row: Row) -> dict[str, Any]:
    return {}


class Documents:
    """The code and the head that each document printed, and that numbers were given without a gap."""

    def __init__(self, connection: Connection, ledger: str) -> None:
        self._connection = connection
        self._ledger = ledger
        self._issued: Counter[int] = Counter()
        self._read: Callable[[Row], dict[str, Any]] = _nothing

    def begin(self, streamed: Streamed) -> bool:
        self._read = streamed.content
        return streamed.where.table == _SUBMISSION

    def take(self, row: Row, last: Last | None) -> Iterator[Problem]:
        held = self._read(row)
        code = verification_code(self._ledger, str(held["number"]), str(held["statement"]), str(held["head"]))
        if code != held["code"]:
            yield about(self._connection, _SUBMISSION, last, "書類の照合コードが内容と合いません。")
        if hash_of(self._connection, self._ledger, held["head_sequence"]) != held["head"]:
            yield about(self._connection, _SUBMISSION, last, "書類に印字した台帳の先頭値が記録と合いません。")
        try:
            self._issued[fiscal_year(date.fromisoformat(held["issued_on"]))] += 1
        except (ValueError, TypeError):
            yield about(self._connection, _SUBMISSION, last, "発行日を読めません。")

    def end(self) -> Iterator[Problem]:
        self._issued.update(skipped.counts(self._connection))
        told = dict(rows(self._connection, "SELECT fiscal_year, last FROM number_sequence"))
        for year in sorted(self._issued.keys() | told.keys()):
            if self._issued.get(year, 0) != told.get(year, 0):
                yield Problem(
                    0, _SUBMISSION, str(year), f"{year}年度の文書番号の数が発行した書類と合いません。"
                )


def hash_of(connection: Connection, ledger: str, sequence: int) -> str:
    """The hash of an entry, that of the ledger's beginning for 0; empty for one that is not there."""
    if sequence == 0:
        return journal.genesis(ledger)
    return str(one(connection, "SELECT hash FROM journal WHERE sequence = ?", (sequence,)) or "")


class Files:
    """Every kept file, and who names it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._owners: dict[str, tuple[str, Last | None]] = {}
        self._name = ""
        self._read: Callable[[Row], dict[str, Any]] = _nothing

    def begin(self, streamed: Streamed) -> bool:
        self._name, self._read = streamed.where.table, streamed.content
        return names_files(self._name)

    def take(self, row: Row, last: Last | None) -> Iterator[Problem]:
        for digest in files_in(self._name, self._read(row)):
            self._owners[digest] = (self._name, last)
        yield from ()

    def end(self) -> Iterator[Problem]:
        return iter(())

    def faults(self, walk: Walk, progress: Progress) -> Iterator[Problem]:
        """What is wrong with the kept files, once every row was taken."""
        told = {str(digest) for (digest,) in rows(self._connection, "SELECT sha256 FROM blob")}
        for number, digest in enumerate(sorted(told)):
            progress.step(number, len(told), "保管したファイルを確かめています")
            if digest not in walk.files:
                yield Problem(0, "blob", digest[:12], "記録にないファイルが加えられています。")
            elif not self._sound(digest):
                yield self._fault(digest)
        # A file that only history names must still be there: history shows it.
        for digest in sorted((self._owners.keys() | walk.files) - told):
            yield self._fault(digest)

    def _sound(self, digest: str) -> bool:
        data = one(self._connection, "SELECT data FROM blob WHERE sha256 = ?", (digest,))
        return isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == digest

    def _fault(self, digest: str) -> Problem:
        sentence = "保管したファイルが失われたか、書き換えられています。"
        owner = self._owners.get(digest)
        if owner is None:
            return Problem(0, "blob", digest[:12], sentence)
        return about(self._connection, *owner, sentence)


class SearchText:
    """The text and the key that search holds of each record."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._name = ""
        self._told: Iterator[tuple[int, str, str]] = iter(())
        self._next: tuple[int, str, str] | None = None

    def begin(self, streamed: Streamed) -> bool:
        self._name = streamed.where.table
        if self._name not in SPECS:
            return False
        self._bodies = Bodies(streamed)
        self._retired = streamed.reader("retired_at")
        self._told = iter(
            self._connection.execute(
                "SELECT record_id, body, key FROM search WHERE record = ? ORDER BY record_id", (self._name,)
            )
        )
        self._next = next(self._told, None)
        return True

    def take(self, row: Row, last: Last | None) -> Iterator[Problem]:
        yield from self._without_record(row.id)
        held = None
        if self._next is not None and self._next[0] == row.id:
            held, self._next = self._next[1:], next(self._told, None)
        try:
            wanted = self._bodies.of(row) if self._retired(row) is None else None
        except (ValueError, TypeError, AttributeError):
            yield about(self._connection, self._name, last, "登録内容に読めない値があります。")
            return
        if held != wanted:
            yield about(self._connection, self._name, last, "検索の本文が登録内容と合いません。")

    def end(self) -> Iterator[Problem]:
        return self._without_record(None)

    def _without_record(self, before: int | None) -> Iterator[Problem]:
        while self._next is not None and (before is None or self._next[0] < before):
            yield Problem(0, self._name, str(self._next[0]), "検索に登録のない本文があります。")
            self._next = next(self._told, None)

    def faults(self) -> Iterator[Problem]:
        """Texts of record types that there are not."""
        for (name,) in rows(self._connection, "SELECT DISTINCT record FROM search"):
            if name not in SPECS:
                yield Problem(0, "search", str(name), "検索に登録のない本文があります。")


def id_faults(connection: Connection, walk: Walk) -> Iterator[Problem]:
    """The numbers that records get next, against the highest that the chain ever gave."""
    told = dict(rows(connection, "SELECT name, seq FROM sqlite_sequence"))
    for name in sorted({shape.table for shape in store.shapes_in(connection)} | told.keys()):
        if told.get(name, 0) != (walk.known[name].highest if name in walk.known else 0):
            yield Problem(0, name, "", "次に付く番号が書き換えられています。")
