"""Writes a plan of taking another ledger in: as one change, which is taken back as one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.common import PeopleError, Progress
from app.exchange.merging.mapping import mapped
from app.exchange.merging.plans import PROVISIONAL, MergePlan, MergeRow, Outcome
from app.ledger.content.contents import content_of, files_in
from app.ledger.door import Ledger
from app.ledger.writing import Change
from app.records import Record


class AskedError(PeopleError):
    """Something still wants an answer; nothing was written."""

    def __init__(self, asked: tuple[MergeRow, ...]) -> None:
        super().__init__(
            f"{len(asked)}件が要確認のため、統合していません（「{asked[0].name}」：{asked[0].why}）。"
            "--dry-run で見比べ、--keep（この台帳のまま）、--take（相手の台帳のとおり）、"
            "--both（番号を変えて両方を残す）のどれかで答えてください。",
            [f"{row.name}：{row.why}" for row in asked],
        )


def merge(
    ledger: Ledger, other: Ledger, planned: MergePlan, backups: Path | None, progress: Progress | None = None
) -> None:
    """Write exactly what was planned, after a proven backup into ``backups``.

    Raises ``PeopleError``, ``AskedError`` where something still wants an answer, or ``Cancelled``; nothing is
    written then.
    """
    progress = progress or Progress()
    if planned.asked:
        raise AskedError(planned.asked)
    if (ledger.head().sequence, other.head()) != (planned.here, planned.there):
        raise PeopleError("確かめた後に台帳が変わったため、統合していません。もう一度確かめてください。")
    rows = [row for row in planned.rows if row.outcome.writes]
    if not rows:
        return
    if backups is not None:
        ledger.secure(backups, progress)
    with ledger.write(reason_of(planned)) as change:
        writing = _Writing(change, other, rows)
        for done, row in enumerate(rows):
            progress.step(done, len(rows), "統合しています")
            writing.write(row)


def reason_of(planned: MergePlan) -> str:
    """What the journal tells of where the records come from."""
    held = planned.origin
    since = f"、記録{held.common}件までは同じ台帳" if held.common else ""
    return f"台帳の統合（識別番号 {held.ledger}、記録{held.sequence}件、先頭値 {held.head}{since}）"


class _Writing:
    """The rows of one merge, each after those that it names."""

    def __init__(self, change: Change, other: Ledger, rows: list[MergeRow]) -> None:
        self._change = change
        self._other = other
        self._new = {
            (row.kind, PROVISIONAL + row.theirs.id): row
            for row in rows
            if row.outcome is Outcome.NEW and row.theirs.spec.name == row.kind
        }
        self._ids: dict[tuple[str, int], int] = {}
        self._done: set[int] = set()

    def write(self, row: MergeRow) -> None:
        """Write one row, unless it was written because another names it."""
        if id(row) in self._done:
            return
        self._done.add(id(row))
        if row.outcome is Outcome.RETIRED:
            self._change.retire(row.record, row.theirs.retired_why)
            return
        record = mapped(row.record, self._place)
        if row.outcome is Outcome.CHANGED and row.ours is not None:
            self._change.change(_as(record, row.ours), self._files(record))
            return
        made = self._change.add(_as(record, None), self._files(record))
        if row.theirs.spec.name == row.kind:
            self._ids[row.kind, PROVISIONAL + row.theirs.id] = made.id

    def _place(self, kind: str, record_id: int) -> int:
        if record_id < PROVISIONAL:
            return record_id
        if (kind, record_id) not in self._ids:
            self.write(self._new[kind, record_id])
        return self._ids[kind, record_id]

    def _files(self, record: Record) -> dict[str, bytes]:
        return {digest: self._other.blob(digest) for digest in files_in(record.spec.name, content_of(record))}


def _as(record: Record, ours: Record | None) -> Record:
    """What people entered of ``record``, under the id that ``ours`` has, or as a new record."""
    if ours is None:
        return replace(
            record, id=0, revision=0, recorded_at=None, recorded_by="", retired_at=None, retired_why=""
        )
    return replace(
        record,
        id=ours.id,
        revision=ours.revision,
        recorded_at=ours.recorded_at,
        recorded_by=ours.recorded_by,
        retired_at=None,
        retired_why="",
    )
