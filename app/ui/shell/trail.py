"""The line above a page that was opened from another: the way back, and where one is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.parts.elide import Eliding
from app.ui.parts.look import Look
from app.ui.parts.widgets import button


class TrailBar(QWidget):
    """``back`` was pressed; hidden in a room."""

    back = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._back = button(
            "戻る", self.back.emit, kind="quiet", hint="前の画面に戻ります（Esc、Alt+←）", key="B"
        )
        look.dress(self._back, "back", "primary")
        self._where = Eliding("sub")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 20, 0)
        layout.addWidget(self._back)
        layout.addWidget(self._where, 1)
        self.hide()

    def show_trail(self, room: str, titles: Sequence[str]) -> None:
        """Show the names of the pages that lie above the room."""
        self._where.say("　›　".join([room, *(title for title in titles if title)]))
        self.setVisible(bool(titles))
