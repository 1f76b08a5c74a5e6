"""What two files of one ledger do not share: their journals up to the last common entry, and after it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.ledger.content import skipped
from app.ledger.content.history import called
from app.ledger.content.skipped import Skipped
from app.ledger.file.driver import Connection, one, rows
from app.ledger.proof import journal
from app.ledger.proof.journal import Head
from app.records import SPECS
from app.records.days import fiscal_year

_SUBMISSION = "submission"
_OF_LEDGER = "台帳"
_SETTLED = "settle number"
_DEEDS = {
    "officer": "担当者の変更",
    "recovery sheet": "回復シートの確認",
    "wrong tries": "パスフレーズの誤入力の記録",
    "calendar": "予定表への書出し",
    _SETTLED: "番号の確認",
    "passphrase": "パスフレーズの変更",
    "migrate": "形式の更新",
    "create": "台帳の作成",
    "restore": "バックアップからの復元",
    journal.OTHER_KEY: "アーカイブからの作成",
    "clock set back": "時計の逆行の記録",
    "clock confirmed": "時計の確認",
}
"""What people call what was done to the ledger itself."""


@dataclass(frozen=True, slots=True)
class Gone:
    """One entry of a journal that the other has not. ``key`` is the record's, as it then was; ``title`` is
    what people call it."""

    entry: int
    record: str
    key: str
    at: str
    operation: str
    title: str = ""

    @property
    def label(self) -> str:
        """What people call the type of record."""
        if self.record == journal.LEDGER and self.operation == _SETTLED:
            return "文書番号"
        return SPECS[self.record].label if self.record in SPECS else _OF_LEDGER

    @property
    def deed(self) -> str:
        """What people call what was done."""
        if self.record == journal.LEDGER:
            return _DEEDS.get(self.operation, "設定の変更")
        return called(self.operation)


@dataclass(frozen=True, slots=True)
class Difference:
    """``common``: the last entry that both know. ``lost``: entries that only the present ledger has;
    ``gained``: that only the backup has; both in the order of their journal."""

    common: Head
    present: Head
    backup: Head
    lost: tuple[Gone, ...] = ()
    gained: tuple[Gone, ...] = ()
    papers: tuple[Skipped, ...] = ()
    """Documents issued in the lost part, and those that an earlier restore took away and the backup has not:
    their numbers are never given again."""
    returning: tuple[Skipped, ...] = ()
    """Documents that an earlier restore took away and the backup holds: they come back."""
    last_numbers: tuple[tuple[int, int], ...] = ()
    """Fiscal year and last number of the present ledger."""


def compare(present: Connection, backup: Connection, ledger: str) -> Difference:
    """Hold the present ledger's journal against the backup's. Both are of the ledger with that id."""
    common = _common(present, backup, ledger)
    earlier = list(_earlier(present, backup))
    held = {_paper(one) for one in _papers(backup, 0)}
    back = [one for one in earlier if _paper(one) in held]
    return Difference(
        common=common,
        present=journal.head(present, ledger),
        backup=journal.head(backup, ledger),
        lost=tuple(_after(present, common.sequence)),
        gained=tuple(_after(backup, common.sequence)),
        papers=(*(one for one in earlier if one not in back), *_papers(present, common.sequence)),
        returning=tuple(back),
        last_numbers=tuple(sorted(skipped.last_numbers(present).items())),
    )


def _paper(one: Skipped) -> tuple[int, str, str, str]:
    """What tells one document from another, also from one that bears the same number."""
    return one.fiscal_year, one.number, one.title, one.issued_on


def _common(present: Connection, backup: Connection, ledger: str) -> Head:
    """The last entry that both know: a chain that agrees in one entry agrees in all before it."""
    low = 0
    high = min(journal.head(present, ledger).sequence, journal.head(backup, ledger).sequence)
    while low < high:
        middle = (low + high + 1) // 2
        same = _hash(present, middle) == _hash(backup, middle) != ""
        low, high = (middle, high) if same else (low, middle - 1)
    return Head(low, _hash(present, low) if low else journal.genesis(ledger))


def _hash(connection: Connection, sequence: int) -> str:
    return str(one(connection, "SELECT hash FROM journal WHERE sequence = ?", (sequence,)) or "")


def _after(connection: Connection, sequence: int) -> Iterator[Gone]:
    settled = [one for one in skipped.read(connection) if not one.open]
    for entry, record, key, at, operation, reason, content in rows(
        connection,
        "SELECT journal.sequence, record, coalesce(record_key, ''), at, operation,"
        " coalesce(reason, ''), content FROM journal LEFT JOIN history USING (sequence)"
        " WHERE journal.sequence > ? ORDER BY journal.sequence",
        (sequence,),
    ):
        if record == journal.LEDGER:
            number = _settled(settled, str(at), str(reason)) if operation == _SETTLED else ""
            title = "　".join(part for part in (number, str(reason)) if part)
        else:
            title = _title(str(record), content) or str(key)
        yield Gone(int(entry), str(record), str(key), str(at), str(operation), title)


def _settled(settled: list[Skipped], at: str, why: str) -> str:
    """Which number the entry of ``at`` settled: the last one of which that was said by then."""
    said = [one for one in settled if one.settled_why == why and one.settled_at <= at]
    if not said:
        return ""
    return max(said, key=lambda one: one.settled_at).number or "番号不明の書類"


def _title(record: str, content: str | None) -> str:
    """The texts by which people know a record; what it refers to has its own entry."""
    try:
        told = json.loads(content or "{}")
        names = SPECS[record].titled if record in SPECS else ()
        return "　".join(told[name] for name in names if isinstance(told.get(name), str) and told[name])
    except (ValueError, TypeError, AttributeError):
        return ""


def _papers(connection: Connection, sequence: int) -> Iterator[Skipped]:
    """The documents issued after entry ``sequence``, each with what was last known of it."""
    for (content,) in rows(
        connection,
        "SELECT coalesce((SELECT content FROM history JOIN journal AS later USING (sequence)"
        "  WHERE later.record = issued.record AND later.record_id = issued.record_id"
        "  ORDER BY later.sequence DESC LIMIT 1), '')"
        " FROM journal AS issued WHERE operation = 'issue' AND record = ? AND sequence > ?"
        " ORDER BY sequence",
        (_SUBMISSION, sequence),
    ):
        told: dict[str, Any] = json.loads(content or "{}")
        if told:
            yield Skipped(
                id=0,
                fiscal_year=fiscal_year(date.fromisoformat(str(told["issued_on"]))),
                number=str(told["number"]),
                title=str(told["title"]),
                contract=_contract(connection, told.get("contract")),
                issued_on=str(told["issued_on"]),
                submitted_on=str(told.get("submitted_on") or ""),
                count=1,
                restored_at="",
            )


def _contract(connection: Connection, number: object) -> str:
    return str(one(connection, "SELECT title FROM contract WHERE id = ?", (number,)) or "")


def _earlier(present: Connection, backup: Connection) -> Iterator[Skipped]:
    """What earlier restores took away from the present ledger, as far as the backup does not know of it."""
    known = {_same(found) for found in skipped.read(backup)}
    yield from (found for found in skipped.read(present) if _same(found) not in known)


def _same(found: Skipped) -> Skipped:
    return replace(found, id=0, count=0, settled_at="", settled_by="", settled_why="")
