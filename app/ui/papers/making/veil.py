"""What is laid over something that is out of date, for as long as it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.parts.look import Look
from app.ui.parts.widgets import label

_THICK = 0.72
"""How much of what lies under it is hidden: it can be told apart, and never taken for what is valid."""


class Veil(QWidget):
    """Dims a widget and says why. What lies under it can still be scrolled."""

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._look = look
        self._over = over
        self._said = label("", "chip", tone="warn")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(self)
        layout.addSpacing(self.fontMetrics().height() * 4)
        layout.addWidget(self._said, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        over.installEventFilter(self)
        look.changed.connect(self.update)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is lifted."""
        return "" if self.isHidden() else self._said.text()

    def lay(self, text: str) -> None:
        """Lay it over the widget, saying ``text``."""
        self._said.setText(text)
        self._said.setAccessibleName(text)
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()

    def lift(self) -> None:
        """What lies under it is valid again."""
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self._look.colour("muted-soft")
        colour.setAlphaF(_THICK)
        QPainter(self).fillRect(event.rect(), colour)
