"""紙・PDFと照合: is what lies on the desk what the ledger keeps, and does its journal still hold it?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout

from app.common import PeopleError, Progress
from app.ui.context import Context
from app.ui.papers.dropping import Dropping
from app.ui.parts.live_line import LiveLine
from app.ui.parts.widgets import Notice, button, clear, em, label, prose, row
from app.ui.targets import ShowDocument

if TYPE_CHECKING:
    from app.exchange.proof.looking import Looked

_HOW = (
    "文書番号、照合コード、先頭値（267 : 1a2b…）のどれかを、書類に印字されたとおりに入力するか、"
    "PDF、スキャンした画像、発注者の様式に記入して発行したファイルを選びます。ここへドラッグしても照合できます。"
)
_FILES = (
    "PDF・画像・Word・Excel (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.gif *.webp *.docx *.xlsx);;"
    "すべてのファイル (*)"
)


class CompareDialog(QDialog):
    """Asks for a number, a code or a file, and says below how it stands."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setWindowTitle("紙・PDFと照合")
        self._context = context
        self.line = LiveLine("文書番号か照合コード", "2026-0003")
        self.go = button("照合", self.look_up, key="S")
        self.go.setEnabled(False)
        self.line.followed.connect(lambda seen: self.go.setEnabled(bool(seen.strip())))
        self.pick = button("ファイルを選ぶ…", self._pick, key="F")
        self.found = QVBoxLayout()
        self.found.setSpacing(8)
        self.notices: list[Notice] = []
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText("閉じる")
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(label("紙・PDFと照合", "h2"))
        layout.addWidget(prose(_HOW, "sub"))
        layout.addLayout(row(self.line, self.go))
        layout.addLayout(row(self.pick, None))
        layout.addLayout(self.found)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.go.setDefault(True)
        self.setMinimumWidth(em(self, 40))
        Dropping(self, self.look_at)

    def look_up(self) -> None:
        """What was typed."""
        context, text = self._context, self.line.text()
        folder = context.backups()

        def work(_progress: Progress) -> list[Looked]:
            from app.exchange.proof.looking import look_up

            return [look_up(context.ledger, folder, text)]

        self._run(work)

    def _pick(self) -> None:
        self.look_at(self._context.dialogs.open_files("照合するファイルを選ぶ", _FILES))

    def look_at(self, paths: list[Path]) -> None:
        """Files, the answers of all of them below each other."""
        context = self._context

        def work(progress: Progress) -> list[Looked]:
            from app.exchange.proof.looking import look_at

            return [one for path in paths for one in look_at(context.ledger, path, progress)]

        if paths:
            self._run(work)

    def _run(self, work: Callable[[Progress], list[Looked]]) -> None:
        self._say([])
        self._context.operations.run(work, self._show, failed=self._failed, owner=self, key=f"{id(self)}")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        self._say([Notice(error.sentence, "danger")])

    def _show(self, found: list[Looked]) -> None:
        self._say([self._answer(one) for one in found])

    def _answer(self, one: Looked) -> Notice:
        told = [one.sentence, *one.where, *([one.head] if one.submission else [])]
        paper = one.submission
        shown = None
        if paper is not None:
            target = ShowDocument(paper.id)
            shown = button("控えを開く", lambda: self._open(target), name=f"{paper.number}の控えを開く")
            shown.setAutoDefault(False)
        tone = "danger" if not one.good else "ok" if one.verdict.value == "same" else "info"
        return Notice("\n".join(told), tone, shown)

    def _open(self, target: ShowDocument) -> None:
        self.accept()
        self._context.navigate(target)

    def _say(self, notices: list[Notice]) -> None:
        clear(self.found)
        self.notices = notices
        for one in notices:
            self.found.addWidget(one)
