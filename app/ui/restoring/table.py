"""The table of the backups in a folder, and of what a restore would take away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView

from app.ledger.copies.listing import Listed
from app.ledger.restoring.difference import Gone
from app.ui.parts.look import Look
from app.ui.parts.tables.table import WHOLE, Table

_BACKUPS = ("作成日時", "状態", "記録", "大きさ", "ファイル名")
_FILE = 4
_GONE = ("記録番号", "日時", "種類", "名称", "操作")
MOST = 500
"""Entries shown; how many there are in all is said beside them."""


class Rows(Table):
    """A table of plain texts, one row chosen at a time; column ``eager`` takes the room that is left."""

    def __init__(self, look: Look, name: str, heads: Sequence[str], eager: int) -> None:
        super().__init__(look, name)
        self._eager = eager
        self._rows = QStandardItemModel(0, len(heads), self)
        self._rows.setHorizontalHeaderLabels(list(heads))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.use(self._rows, sortable=False)

    def eager(self, column: int) -> bool:
        return column == self._eager

    def least(self, column: int) -> int:
        return super().least(column) if column == self._eager else WHOLE

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows instead of the former ones."""
        self._rows.setRowCount(0)
        for row in rows:
            items = [QStandardItem(text) for text in row]
            for item in items:
                item.setEditable(False)
                item.setToolTip(item.text())
            self._rows.appendRow(items)
        self.fit_columns()

    def texts(self) -> list[list[str]]:
        """What is shown, row by row."""
        columns = range(self._rows.columnCount())
        return [
            [str(self._rows.index(row, column).data()) for column in columns]
            for row in range(self._rows.rowCount())
        ]


class BackupTable(Rows):
    """Backups, the newest first, each with whether it can be counted on and why not."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "作成済みのバックアップ", _BACKUPS, _FILE)
        self.listed: list[Listed] = []

    def show_backups(self, found: Sequence[Listed]) -> None:
        """Show these, with the one that was chosen still chosen."""
        former = self.chosen
        self.listed = list(found)
        self.fill(
            [(when(one.made), state(one), _count(one), megabytes(one.size), one.path.name) for one in found]
        )
        if former is not None:
            self.choose(former.path)

    @property
    def chosen(self) -> Listed | None:
        """The one selected."""
        rows = [row for row in self.chosen_rows() if row < len(self.listed)]
        return self.listed[rows[0]] if rows else None

    def choose(self, path: Path) -> None:
        """Select the backup ``path`` if it is there."""
        for row, one in enumerate(self.listed):
            if one.path == path:
                self.choose_row(row)


class GoneTable(Rows):
    """Entries of a journal that would be gone."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name, _GONE, 3)

    def show_entries(self, found: Sequence[Gone]) -> None:
        """Show the first of these."""
        self.fill(
            [
                (f"{one.entry:,}", when(datetime.fromisoformat(one.at)), one.label, one.title, one.deed)
                for one in found[:MOST]
            ]
        )


def when(moment: datetime | None) -> str:
    """A moment as the window writes it."""
    if moment is None:
        return "不明"
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"


def state(one: Listed) -> str:
    """Whether a backup can be counted on, in a word."""
    return "検証済み" if one.verified else "要確認"


def told(one: Listed | None) -> str:
    """Where the one chosen lies, and why it can or cannot be counted on."""
    if one is None:
        return "バックアップを選んでください。"
    why = one.problem or "作成したときに開いて検証し、その後も変わった様子はありません。"
    return f"{one.path}\n{why}"


def megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:,.1f} MB"


def _count(one: Listed) -> str:
    return "不明" if one.entries is None else f"{one.entries:,}件"
