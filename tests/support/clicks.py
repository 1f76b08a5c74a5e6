"""How often somebody presses the mouse: what an act costs is driven and counted, never estimated."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class Clicks(QObject):
    """Counts every press of a button of the mouse on any widget while it is used as a context."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._down = False
        self.count = 0

    def __enter__(self) -> Clicks:
        self._app.installEventFilter(self)
        return self

    def __exit__(self, *_error: object) -> None:
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A press that a widget leaves alone is handed to those around it: it is one press all the same.
        if isinstance(watched, QWidget) and event.type() in _PRESSES and not self._down:
            self._down = True
            self.count += 1
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._down = False
        return False
