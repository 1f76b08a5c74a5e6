"""バックアップ: where they go, which there are, and a new one now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from app.ledger.copies.manifests import Backup, backups
from app.ledger.file.places import cloud_warning
from app.ui.parts.widgets import Notice, Prose, button, em, prose, row
from app.ui.settings.section import Section

_COLUMNS = ("作成日時", "大きさ", "ファイル名")


class BackupSection(Section):
    """Backups stay encrypted and carry the key file; each was opened and verified when it was made."""

    name = "backup"
    heading = "バックアップ"
    topic = "04-keys-and-backups/バックアップ"

    def build(self) -> None:
        self.notice = Notice()
        self.column.addWidget(self.notice)
        inside = self.card("保存先")
        self.folder = Prose()
        inside.addWidget(self.folder)
        inside.addLayout(row(button("保存先を変更…", self.choose), None))
        inside.addWidget(
            prose(
                "その日に初めて開いたときと、変更して終了するときに自動で作成し、開けることを確かめます。",
                "hint",
            )
        )
        inside = self.card("作成済みのバックアップ")
        self.now_button = button("今すぐ作成", self.make, kind="primary")
        self.context.look.dress(self.now_button, "backup", "on-primary")
        self.state = Prose("", "sub")
        inside.addLayout(row(self.now_button, None))
        inside.addWidget(self.state)
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setAccessibleName("作成済みのバックアップ")
        self.table.setHorizontalHeaderLabels(list(_COLUMNS))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.verticalHeader().hide()
        self.table.setMinimumHeight(self.fontMetrics().lineSpacing() * 12)
        inside.addWidget(self.table)
        self.context.backing.told.connect(self.refresh)

    def refresh(self) -> None:
        folder = self.context.backups()
        self.folder.say(str(folder))
        problem = self.context.backing.problem
        self.notice.say(problem or cloud_warning(folder / "x"), "danger" if problem else "warn")
        self.now_button.setEnabled(True)
        self.context.operations.run(
            lambda _progress: self._read(folder), self._show, owner=self, key="backups"
        )

    def make(self) -> None:
        """Make a backup now."""
        self.now_button.setEnabled(False)
        self.context.backing.now()

    def choose(self) -> None:
        """Choose another folder; it is kept for this computer."""
        folder = self.context.dialogs.choose_folder("バックアップの保存先", self.context.backups())
        if folder is not None:
            self.context.preferences.set(backups=str(folder))
            self.refresh()

    def _read(self, folder: Path) -> list[Backup]:
        return [held for held in backups(folder) if held.manifest.ledger == self.context.ledger.id]

    def _show(self, found: list[Backup]) -> None:
        self.table.setRowCount(len(found))
        for line, held in enumerate(found):
            made = held.manifest.moment
            when = f"{made.year}年{made.month}月{made.day}日 {made:%H:%M}"
            texts = (when, f"{held.manifest.size / 1024 / 1024:,.1f} MB", held.path.name)
            for column, text in enumerate(texts):
                self.table.setItem(line, column, QTableWidgetItem(text))
        self.table.resizeColumnsToContents()
        for column in range(len(_COLUMNS)):
            self.table.setColumnWidth(column, self.table.columnWidth(column) + em(self))
        self.state.say(
            "まだ作成されていません。"
            if not found
            else f"{len(found)}件あります。古いものから順に整理されます。"
        )
