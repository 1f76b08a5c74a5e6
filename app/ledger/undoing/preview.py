"""Working out what taking back a change would write, and what of it has to stay; nothing is written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.ledger.content import store
from app.ledger.content.contents import record_of
from app.ledger.errors import LedgerError
from app.ledger.file.driver import Connection, one, rows
from app.ledger.proof.journal import LEDGER
from app.ledger.undoing.fitting import Fitting
from app.ledger.undoing.queue import LASTING, done, name_of, titled
from app.ledger.undoing.standing import later, origin, written_after
from app.ledger.undoing.values import NOTHING, Back, Key, Stays, Undoing
from app.ledger.writing import Rule
from app.records import Facts, Record
from app.records.days import wareki


def undoing(
    connection: Connection, facts: Facts, rules: Sequence[Rule], number: int, now: datetime
) -> Undoing:
    """What taking back change ``number`` would do. Raises ``LedgerError`` where there is no such change."""
    entries = rows(
        connection,
        "SELECT record, record_id, operation, sequence FROM journal WHERE change = ? ORDER BY sequence",
        (number,),
    )
    if not entries or any(record == LEDGER for record, _, _, _ in entries):
        raise LedgerError(NOTHING)
    _root, redo = origin(connection, number)
    seen = done(connection, facts, number, redo=redo)
    first: dict[Key, int] = {}
    lasting: dict[Key, str] = {}
    for record, record_id, operation, sequence in entries:
        first.setdefault((record, record_id), sequence)
        if operation in LASTING:
            lasting[record, record_id] = str(operation)
    found = _Finding(connection, facts, number, titled(seen.name, redo=redo), now)
    # The last written goes back first: a number that a later record took is free before its owner returns.
    back, stays = found.parted(first, lasting)
    records = {key: held.before for key, held in back.items()}
    unfit = Fitting(connection, facts, rules, number).fit(back)
    stays |= {key: Stays(records[key], why) for key, why in unfit.items()}
    return Undoing(seen, tuple(back.values()), tuple(stays.values()), facts)


class _Finding:
    """Looks at each record of a change alone."""

    def __init__(self, connection: Connection, facts: Facts, number: int, title: str, now: datetime) -> None:
        self._connection, self._facts, self._number, self._title = connection, facts, number, title
        self._now = now.replace(tzinfo=None, microsecond=0)
        self._shapes = {where.table: where for where in store.shapes_in(connection)}
        self._names: dict[int, str] = {}

    def parted(
        self, first: dict[Key, int], lasting: dict[Key, str]
    ) -> tuple[dict[Key, Back], dict[Key, Stays]]:
        """What may go back, the last written first, and what stays, each with why."""
        current, touched = self._current(first), written_after(self._connection, self._number)
        earlier = self._earlier()
        back: dict[Key, Back] = {}
        stays: dict[Key, Stays] = {}
        for key in reversed(first):
            record, why = current[key], self._kept(key, lasting.get(key, ""), touched=key in touched)
            if not why:
                after, why = self._before(record, earlier.get(key, 0))
                back |= {} if why else {key: Back(record, after)}
            if why:
                stays[key] = Stays(record, why)
        return back, stays

    def _current(self, keys: dict[Key, int]) -> dict[Key, Record]:
        found: dict[Key, Record] = {}
        for kind in dict.fromkeys(kind for kind, _ in keys):
            ids = [record_id for name, record_id in keys if name == kind]
            contents = store.read(self._connection, self._shapes[kind], ids)
            found |= {(kind, held): record_of(kind, content) for held, content in contents.items()}
        return found

    def _kept(self, key: Key, lasting: str, *, touched: bool) -> str:
        """Why a record has to stay as it is; empty where the journal knows no reason.

        ``touched``: whether anything was written of it since.
        """
        if lasting:
            return "書類の発行と無効は元に戻せません。書類を無効にするか、作り直してください。"
        after = later(self._connection, *key, self._number) if touched else None
        if after is None:
            return ""
        if after.undo:
            return "既に元に戻しています。"
        how = "先にそちらを元に戻すか、個別に直してください。"
        return f"その後に変更されています（{self._named(after.number)}）。{how}"

    def _named(self, number: int) -> str:
        if number not in self._names:
            sql = "SELECT at FROM journal WHERE change = ? LIMIT 1"
            at = datetime.fromisoformat(one(self._connection, sql, (number,)))
            root, again = origin(self._connection, number)
            name = name_of(self._connection, self._facts, root)
            told = titled(name, redo=not again) if root != number else name
            self._names[number] = f"{wareki(at.date())} {at:%H:%M}　{told}"
        return self._names[number]

    def _earlier(self) -> dict[Key, int]:
        """The entry of each record that the change changed, before it; none of what was new in it."""
        found = rows(
            self._connection,
            "SELECT record, record_id, (SELECT max(before.sequence) FROM journal AS before"
            " WHERE before.record = own.record AND before.record_id = own.record_id"
            " AND before.sequence < own.first)"
            " FROM (SELECT record, record_id, min(sequence) AS first FROM journal WHERE change = ?"
            " GROUP BY record, record_id) AS own",
            (self._number,),
        )
        return {(str(record), int(held)): int(sequence) for record, held, sequence in found if sequence}

    def _before(self, record: Record, entry: int) -> tuple[Record, str]:
        """The record as ``entry`` left it (0: it was not there before); or why nobody knows."""
        if not entry:
            return replace(record, retired_at=self._now, retired_why=self._title), ""
        kept = one(self._connection, "SELECT content FROM history WHERE sequence = ?", (entry,))
        if kept is None:
            return record, "以前の内容が消去されています。"
        kind = record.spec.name
        content = store.grown(self._shapes[kind], json.loads(kept))
        return replace(record_of(kind, content), revision=record.revision), ""
