"""The moment at which a window has first been seen: until then, nothing else should take its time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_LATEST = 1000
"""Milliseconds after which work begins even if nobody sees the window (it was started minimised)."""


class FirstSight(QObject):
    """Calls ``then`` once, after ``window`` (already shown) has been painted for the first time."""

    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then = then
        self._told = False
        window.windowHandle().installEventFilter(self)
        QTimer.singleShot(_LATEST, self, self._tell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Expose:
            watched.removeEventFilter(self)
            # Not yet: the window is painted while it takes this very event.
            QTimer.singleShot(0, self, self._tell)
        return False

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self._then()
