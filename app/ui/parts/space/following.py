"""What is longer than its place and follows the keyboard: whatever it comes to is brought into sight."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from app.ui.parts.keyboard import focused

_LINES = 2
"""Lines below what has the keyboard that are seen with it: what is wrong there is said there."""


class Following(QScrollArea):
    """Scrolls to what the keyboard comes to, also where a problem is told there; never under the mouse."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(inner)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def focusNextPrevChild(self, on: bool) -> bool:
        moved = super().focusNextPrevChild(on)
        self._bring()
        return moved

    def _moved(self, _left: QWidget | None, now: QWidget | None) -> None:
        # What is being clicked must not move away from under the pointer.
        if now is not None and self.isAncestorOf(now) and not QApplication.mouseButtons():
            # Later: what is said below it has no place yet.
            QTimer.singleShot(0, self, self._bring)

    def _bring(self) -> None:
        here, inner = focused(self.window()), self.widget()
        if here is None or inner is None or not inner.isAncestorOf(here):
            return
        # Qt's own way is content with the cursor in a field.
        place = QRect(here.mapTo(inner, QPoint()), here.size())
        below = _LINES * self.fontMetrics().lineSpacing()
        self.ensureVisible(place.left(), place.bottom(), 0, below)
        self.ensureVisible(place.left(), place.top(), 0, 0)
