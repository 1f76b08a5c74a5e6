"""Where a text comes in: pasted or typed, or from a file that is chosen or dragged here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.context import Context
from app.ui.parts.dropping import TakesFiles
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Notice, button, label, prose

OPENED = "文書 (*.docx *.pdf *.txt *.xlsx *.xlsm);;すべてのファイル (*)"
_HINT = "ここに、特記事項の文章を貼り付けてください（Ctrl+V）。"
_ABOUT = (
    "発注者の特記事項の文章を条項に分け、条項ごとに何を求めているかを提案します。"
    "文章はこのPCの中だけで読み取り、外部に送りません。"
)


class BeginView(TakesFiles, QWidget):
    """``pasted(text)`` and ``chosen(path)`` when something is to be read."""

    pasted = Signal(str)
    chosen = Signal(Path)

    def __init__(self, context: Context, heading: str = "特記事項の読取り", about: str = _ABOUT) -> None:
        super().__init__()
        self._context = context
        self.notice = Notice()
        self.edit = _Paste()
        self.edit.setAccessibleName("特記事項の文章")
        self.edit.setPlaceholderText(_HINT)
        self.edit.setTabChangesFocus(True)
        self.edit.textChanged.connect(self._allow)
        self.read_button = button("読み取る", self.read, kind="primary", key="R")
        self.open_button = button("ファイルを選ぶ…", self.choose, key="O")
        self.open_button.setToolTip("Word（.docx）、PDF、テキスト、Excelから読み取ります")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(flow(label(heading, "h1"), None, self.open_button, self.read_button))
        layout.addWidget(prose(about, "sub"))
        layout.addWidget(self.notice)
        layout.addWidget(self.edit, 1)
        self.setAcceptDrops(True)
        self._allow()

    def read(self) -> None:
        """Read what was pasted."""
        self.pasted.emit(self.edit.toPlainText())

    def choose(self) -> None:
        """Ask for a file and read it."""
        for path in self._context.dialogs.open_files("特記事項の文書を選ぶ", OPENED)[:1]:
            self.chosen.emit(path)

    def refuse(self, sentence: str) -> None:
        """Say why nothing was read, and what to do: where it goes by pasting, the field waits for it."""
        self.notice.say(sentence, "danger")
        self.edit.setFocus()

    def takes(self, files: tuple[Path, ...]) -> bool:
        return len(files) == 1

    def drop(self, files: tuple[Path, ...]) -> None:
        self.chosen.emit(files[0])

    def _allow(self) -> None:
        self.read_button.setEnabled(not self.edit.document().isEmpty())


class _Paste(QPlainTextEdit):
    """Plain text; what is dragged here goes to the view around it, which reads files."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(False)
