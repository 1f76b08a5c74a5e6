"""Undo: a new recorded change that puts back what an earlier one changed."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime

from app.ledger.content import store
from app.ledger.content.contents import record_of
from app.ledger.errors import LedgerError
from app.ledger.file.driver import Connection, one, rows
from app.ledger.proof.journal import LEDGER
from app.ledger.writing import Change
from app.records import Record

_LASTING = frozenset({"issue", "void"})
"""What others outside may already hold in their hands is not taken back but recorded anew."""

UNDONE = "元に戻す操作"


@dataclass(frozen=True, slots=True)
class _Span:
    """The first and last entry of one record within a change."""

    first: int
    last: int


def last_change(connection: Connection) -> int:
    """The number of the newest change of records, 0 if there is none."""
    return int(one(connection, "SELECT max(change) FROM journal WHERE record <> ?", (LEDGER,)) or 0)


def undo(change: Change, connection: Connection, number: int, now: datetime) -> None:
    """Put back every record that change ``number`` wrote. Raises ``LedgerError`` if that cannot be."""
    entries = rows(
        connection,
        "SELECT sequence, operation, record, record_id FROM journal WHERE change = ? ORDER BY sequence",
        (number,),
    )
    if not entries or any(record == LEDGER for _, _, record, _ in entries):
        raise LedgerError("元に戻せる変更がありません。")
    if any(operation in _LASTING for _, operation, _, _ in entries):
        raise LedgerError("書類の発行と無効は元に戻せません。書類を無効にするか、作り直してください。")
    spans: dict[tuple[str, int], _Span] = {}
    for sequence, _operation, record, record_id in entries:
        known = spans.get((record, record_id))
        spans[record, record_id] = _Span(known.first if known else sequence, sequence)
    for (record, record_id), span in spans.items():
        change.put_back(_before(connection, record, record_id, span, now))


def _before(connection: Connection, name: str, record_id: int, span: _Span, now: datetime) -> Record:
    newest = one(
        connection, "SELECT max(sequence) FROM journal WHERE record = ? AND record_id = ?", (name, record_id)
    )
    if newest != span.last:
        raise LedgerError("その後に変更された記録が含まれるため、元に戻せません。個別に直してください。")
    current = _recorded(connection, name, span.last)
    earlier = one(
        connection,
        "SELECT max(sequence) FROM journal WHERE record = ? AND record_id = ? AND sequence < ?",
        (name, record_id, span.first),
    )
    if earlier is None:
        when = now.replace(tzinfo=None, microsecond=0)
        return replace(current, retired_at=when, retired_why=UNDONE)
    return replace(_recorded(connection, name, earlier), revision=current.revision)


def _recorded(connection: Connection, name: str, sequence: int) -> Record:
    content = one(connection, "SELECT content FROM history WHERE sequence = ?", (sequence,))
    if content is None:
        raise LedgerError("以前の内容が消去されているため、元に戻せません。")
    return record_of(name, store.grown(store.shape_in(connection, name), json.loads(content)))
