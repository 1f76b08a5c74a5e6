"""A number with its word, to be pressed: what stands in one state."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from app.ui.parts.widgets import Button, label
from app.ui.reckoning.waiting import UNKNOWN, WAITING
from app.work.states import Mark


class Headline(Button):
    """How many things stand in a state; pressed, it keeps the list to them."""

    def __init__(self, mark: Mark, counted: str = "") -> None:
        """``counted``: what is counted, where the word is its state alone (義務)."""
        super().__init__()
        self.setCheckable(True)
        self._said = f"{mark.word}の{counted}" if counted else mark.word
        self._mark = mark
        self._number = label("", "h1")
        self._chip = label(mark.text, "chip", tone=mark.tone)
        for part in (self._number, self._chip):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 4, 8, 4)
        layout.setSpacing(4)
        layout.addWidget(self._chip)
        layout.addStretch(1)
        layout.addWidget(self._number)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.say(None)

    @property
    def word(self) -> str:
        """What it counts."""
        return self._mark.word

    def say(self, count: int | None) -> None:
        """Show another number; None while it is not known."""
        self._number.setText(UNKNOWN if count is None else f"{count:,}")
        self.setAccessibleName(f"{self._said} {WAITING if count is None else f'{count}件'}")
        self.setToolTip(f"{self._said}だけを表示します")

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
