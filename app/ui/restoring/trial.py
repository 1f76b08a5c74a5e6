"""復元試験: a backup is restored beside the ledger, proven and thrown away; the officer records it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QDialog, QVBoxLayout

from app.common import PeopleError, Progress
from app.ledger.copies import marks
from app.ledger.copies.listing import Listed
from app.ledger.restoring.restoration import Restoration
from app.records.backup_run import RestoreResult
from app.ui.context import Context
from app.ui.parts.widgets import Notice, button, em, label, prose, row
from app.ui.restoring.table import when
from app.ui.targets import EditRecord

WHAT = "受託台帳（この台帳）"
"""What a backup of the ledger is a backup of, as its record names it."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How a trial ended; ``problem`` is empty if the backup could be restored."""

    backup: Listed
    problem: str
    entries: int = 0
    records: int = 0


def trial_of(context: Context, backup: Listed) -> Callable[[Progress], Tried]:
    """What the worker does for a trial: nothing is left beside the ledger, however it ends."""
    ledger, now = context.ledger, context.program.now

    def work(progress: Progress) -> Tried:
        made = Restoration(backup.path, ledger.key, ledger.path, clock=now, held=True)
        try:
            copied = made.prepare(progress).copied
        except PeopleError as error:
            return Tried(backup, error.sentence)
        finally:
            made.close()
        known = backup.entries
        if known is not None and known != copied.head.sequence:
            said = f"記録の件数が作成時（{known:,}件）と違います（{copied.head.sequence:,}件）。"
            marks.put(backup.path, said)
            return Tried(backup, said)
        return Tried(backup, "", copied.head.sequence, copied.records)

    return work


class TriedDialog(QDialog):
    """What came out; accepted: it is to be recorded."""

    def __init__(self, tried: Tried) -> None:
        super().__init__()
        self.setWindowTitle("復元試験の結果")
        self.notice = Notice()
        if tried.problem:
            self.notice.say(f"復元できませんでした。{tried.problem}", "danger")
        else:
            self.notice.say(
                f"復元できました。写しを開き、記録{tried.entries:,}件（登録{tried.records:,}件）を"
                "すべて検証しました。写しは削除しました。",
                "ok",
            )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(label("復元試験の結果", "h2"))
        layout.addWidget(prose(f"{tried.backup.path.name}（{when(tried.backup.made)}に作成）", "sub"))
        layout.addWidget(self.notice)
        layout.addWidget(
            prose(
                "バックアップの記録に登録すると、試験をした根拠になります。次の画面で対象の契約を選んでください。"
                "委託された情報そのもののバックアップは含みません。",
                "hint",
            )
        )
        self.record_button = button("記録に登録…", self.accept, kind="primary")
        layout.addStretch(1)
        layout.addLayout(row(None, button("閉じる", self.reject), self.record_button))
        self.setMinimumWidth(em(self, 40))


def record_of(tried: Tried, context: Context) -> EditRecord:
    """The record of the trial, to be looked through and entered by the officer."""
    made = tried.backup.made
    preset: dict[str, object] = {
        "what": WHAT,
        "encrypted": True,
        "restore_tested_on": context.today(),
        "restore_result": str(RestoreResult.BAD if tried.problem else RestoreResult.GOOD),
    }
    if made is not None:
        preset["done_on"] = made.date()
    preset["note"] = _note(tried)
    return EditRecord("backup_run", 0, preset)


def _note(tried: Tried) -> str:
    name = Path(tried.backup.path).name
    if tried.problem:
        return f"復元試験：{name}。{tried.problem}"
    return f"復元試験：{name}の写しを開き、記録{tried.entries:,}件をすべて検証した。"
