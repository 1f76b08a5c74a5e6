"""The part of verification that knows what records mean: documents, files, numbers, search text."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from app.common import Progress
from app.ledger.content import search, skipped, store
from app.ledger.content.contents import content_of, files_in, record_of
from app.ledger.file.driver import Connection, one, rows
from app.ledger.file.migrating import format_of
from app.ledger.migrations import FORMAT
from app.ledger.proof import journal
from app.ledger.proof.chain import Problem, Walk
from app.ledger.proof.document_codes import verification_code
from app.records import SPECS, Record, Submission
from app.records.days import fiscal_year
from app.records.ordering import same_key


def faults(connection: Connection, ledger: str, walk: Walk, progress: Progress) -> Iterator[Problem]:
    """Everything that does not agree, in no particular order."""
    live = list(_live(connection))
    submissions = [record for record in live if isinstance(record, Submission)]
    for submission in submissions:
        yield from _document_faults(connection, ledger, walk, submission)
    yield from _number_faults(connection, submissions)
    yield from _id_faults(connection, walk)
    yield from _file_faults(connection, walk, live, progress)
    if format_of(connection) == FORMAT:
        yield from _search_faults(connection, walk, live)


def _live(connection: Connection) -> Iterator[Record]:
    """The records that can still be read; one that cannot is no longer what the journal knew, and told so."""
    for shape in store.shapes_in(connection):
        if shape.table in SPECS:
            for content in store.read_all(connection, shape):
                try:
                    yield record_of(shape.table, content)
                except (ValueError, TypeError, KeyError):
                    continue


def _document_faults(
    connection: Connection, ledger: str, walk: Walk, submission: Submission
) -> Iterator[Problem]:
    code = verification_code(ledger, submission.number, submission.statement, submission.head)
    if code != submission.code:
        yield _about(walk, submission, "書類の照合コードが内容と合いません。")
    held = one(connection, "SELECT hash FROM journal WHERE sequence = ?", (submission.head_sequence,))
    if (held or journal.genesis(ledger)) != submission.head:
        yield _about(walk, submission, "書類に印字した台帳の先頭値が記録と合いません。")


def _number_faults(connection: Connection, submissions: list[Submission]) -> Iterator[Problem]:
    issued = Counter(fiscal_year(submission.issued_on) for submission in submissions)
    issued.update(skipped.counts(connection))
    told = dict(rows(connection, "SELECT fiscal_year, last FROM number_sequence"))
    for year in sorted(issued.keys() | told.keys()):
        if issued.get(year, 0) != told.get(year, 0):
            yield Problem(0, "submission", str(year), f"{year}年度の文書番号の数が発行した書類と合いません。")


def _id_faults(connection: Connection, walk: Walk) -> Iterator[Problem]:
    highest: dict[str, int] = {}
    for name, record_id in walk.last:
        highest[name] = max(highest.get(name, 0), record_id)
    told = dict(rows(connection, "SELECT name, seq FROM sqlite_sequence"))
    for name in sorted({shape.table for shape in store.shapes_in(connection)} | told.keys()):
        if told.get(name, 0) != highest.get(name, 0):
            yield Problem(0, name, "", "次に付く番号が書き換えられています。")


def _file_faults(
    connection: Connection, walk: Walk, live: list[Record], progress: Progress
) -> Iterator[Problem]:
    owners = {digest: record for record in live for digest in files_in(record.spec.name, content_of(record))}
    sound: set[str] = set()
    told = [str(digest) for (digest,) in rows(connection, "SELECT sha256 FROM blob")]
    for number, digest in enumerate(told):
        progress.step(number, len(told), "保管したファイルを確かめています")
        data = one(connection, "SELECT data FROM blob WHERE sha256 = ?", (digest,))
        if isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == digest:
            sound.add(digest)
        if digest not in walk.files:
            yield Problem(0, "blob", digest[:12], "記録にないファイルが加えられています。")
        elif digest not in sound:
            yield _file_fault(walk, owners.get(digest), digest)
    # A file that only history names must still be there: history shows it.
    for digest in sorted((owners.keys() | walk.files) - set(told)):
        yield _file_fault(walk, owners.get(digest), digest)


def _file_fault(walk: Walk, owner: Record | None, digest: str) -> Problem:
    sentence = "保管したファイルが失われたか、書き換えられています。"
    if owner is None:
        return Problem(0, "blob", digest[:12], sentence)
    return _about(walk, owner, sentence)


def _search_faults(connection: Connection, walk: Walk, live: list[Record]) -> Iterator[Problem]:
    told = {
        (name, record_id): (body, key)
        for name, record_id, body, key in rows(connection, "SELECT record, record_id, body, key FROM search")
    }
    for record in live:
        held = told.pop((record.spec.name, record.id), None)
        if held != ((search.body_of(record), same_key(record)) if record.retired_at is None else None):
            yield _about(walk, record, "検索の本文が登録内容と合いません。")
    for name, record_id in told:
        yield Problem(0, str(name), str(record_id), "検索に登録のない本文があります。")


def _about(walk: Walk, record: Record, sentence: str) -> Problem:
    last = walk.last.get((record.spec.name, record.id))
    return Problem(last.sequence if last else 0, record.spec.name, last.key if last else "", sentence)
