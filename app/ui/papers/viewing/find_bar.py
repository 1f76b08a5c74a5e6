"""The line in which one types what is looked for in a document (Ctrl+F)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.papers.viewing.finding import Finder
from app.ui.parts.live_line import LiveLine
from app.ui.parts.look import Look
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import em, label, retone, tool


class FindBar(QWidget):
    """Hidden until it is asked for; ``closed`` when it is put away."""

    closed = Signal()

    def __init__(self, look: Look, finder: Finder) -> None:
        super().__init__()
        self._finder = finder
        self.line = LiveLine("書類の文字を探す", "書類の文字を探す")
        self.line.setMinimumWidth(em(self, 12))
        self.said = label("", "sub")
        self.previous = tool("前の一致（Shift+F3）", lambda: finder.step(-1))
        self.next = tool("次の一致（F3）", lambda: finder.step(1))
        close = tool("検索を閉じる（Esc）", self.close_bar)
        for made, icon in ((self.previous, "up"), (self.next, "down"), (close, "close")):
            look.dress(made, icon)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.addLayout(flow(self.line, self.previous, self.next, close, self.said, spacing=4))
        self.line.followed.connect(finder.look_for)
        self.line.returnPressed.connect(lambda: finder.step(1))
        finder.changed.connect(self._tell)
        self.hide()
        self._tell()

    def open_bar(self) -> None:
        """Show the line with the keyboard in it; what stood there is looked for again."""
        self.show()
        self.line.setFocus()
        self.line.selectAll()
        self._finder.look_for(self.line.seen())

    def close_bar(self) -> None:
        """Put the line away, and the marks with it."""
        self.hide()
        self._finder.look_for("")
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        finder = self._finder
        nothing = bool(finder.wanted) and finder.complete and not finder.total
        # While pages are still being read, nobody is told that there are no more.
        more = "" if finder.complete else "（検索中…）"
        counted = f"{finder.number:,}／{finder.total:,}件{more}"
        self.said.setText("見つかりません" if nothing else counted if finder.wanted else "")
        retone(self.said, role="error" if nothing else "sub")
        for made in (self.previous, self.next):
            made.setEnabled(bool(finder.total))
