"""A card with a heading, a count and lines, of which the first are shown and the rest when asked for."""

from __future__ import annotations

from PySide6.QtCore import QMargins, Signal
from PySide6.QtWidgets import QWidget

from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import button, label, row
from app.ui.today.stack import Pile

_STEP = 10
"""Lines that one more press shows."""


class Block(Pile):
    """``wanted(start, stop)`` when more lines are asked for; they go into ``lines``."""

    wanted = Signal(int, int)

    def __init__(self, title: str, count: int, shown: int, *beside: QWidget, also: str = "") -> None:
        """``shown``: how many of ``count`` lines are shown from the start; ``beside``: after the count.

        ``also``: what else is counted of the same lines.
        """
        super().__init__("card", QMargins(18, 10, 18, 10), 0)
        self._title = title
        self._count = count
        self.shown = min(shown, count)
        head = QWidget()
        head.setLayout(
            flow(label(title, "h2"), label(f"{count:,}件{f'（{also}）' if also else ''}", "sub"), *beside)
        )
        self.add(head)
        self.lines = Pile()
        self.add(self.lines)
        if self.shown < count:
            self._more = button("", self._press, kind="quiet")
            foot = QWidget()
            foot.setLayout(row(self._more, None))
            self._foot = foot
            self._say()
            self.add(foot)

    def _press(self) -> None:
        start, self.shown = self.shown, min(self._count, self.shown + _STEP)
        self._say()
        self.wanted.emit(start, self.shown)

    def _say(self) -> None:
        left = self._count - self.shown
        text = f"さらに{min(left, _STEP)}件を表示（残り{left:,}件）" if self.shown else "表示する"
        self._more.setText(text)
        self._more.setAccessibleName(f"{self._title}：{text}")
        if not left:
            self._foot.hide()
