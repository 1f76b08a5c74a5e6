"""履歴: who changed what in a record, when, and from what to what."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.ledger.content.history import Entry
from app.records.days import wareki
from app.ui.context import Context
from app.ui.parts.widgets import card, clear, label, prose, row

_TONES = {"登録": "ok", "取消し": "danger", "無効": "danger", "差戻し": "warn"}


class HistoryView(QScrollArea):
    """Every entry of one record, the newest first."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setWidgetResizable(True)
        self.setAccessibleName("履歴")
        holder = QWidget()
        holder.setProperty("role", "page")
        self._layout = QVBoxLayout(holder)
        self._layout.setContentsMargins(2, 14, 10, 14)
        self._layout.setSpacing(10)
        self.setWidget(holder)
        self.entries: list[Entry] = []

    def load(self, kind: str, record_id: int) -> None:
        """Show the history of a record."""
        self.entries = self._context.ledger.history(kind, record_id)
        clear(self._layout)
        for entry in self.entries:
            self._layout.addWidget(_entry(entry))
        self._layout.addStretch(1)


def _entry(entry: Entry) -> QWidget:
    frame, layout = card()
    layout.setSpacing(3)
    when = f"{wareki(entry.at.date())} {entry.at:%H:%M}"
    head = row(
        label(entry.operation, "chip", tone=_TONES.get(entry.operation, "info")),
        label(when, "h3"),
        label(f"{entry.officer}（{entry.login}）", "sub"),
        None,
    )
    layout.addLayout(head)
    if entry.reason:
        layout.addWidget(prose(f"理由：{entry.reason}"))
    for change in entry.changes:
        before, after = change.before or "（空）", change.after or "（空）"
        text = (
            f"{change.label}：{after}" if entry.operation == "登録" else f"{change.label}：{before} → {after}"
        )
        layout.addWidget(prose(text, "sub"))
    return frame
