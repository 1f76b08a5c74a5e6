"""Words typed before a window that was asked for has come to the front: they belong into its line.

A window manager hands over the keyboard in its own time. Until then the keys go to the window behind, where
they would narrow a list or press a button, or, with that window barred, be lost.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit


class EarlyWords(QObject):
    """Hands every key to ``line`` until ``dialog`` has the keyboard; afterwards the window behind ends it."""

    def __init__(self, dialog: QDialog, line: QLineEdit) -> None:
        super().__init__()
        self._dialog = dialog
        self._line = line
        self._came = False
        """Whether the dialog has had the keyboard."""

    def run(self) -> int:
        """Show the dialog until it is closed, and return what it came to.

        It is no modal one: of those Qt drops what is typed into the window behind.
        """
        loop = QEventLoop()
        self._dialog.finished.connect(loop.quit)
        watched = self._watched()
        for one in watched:
            one.installEventFilter(self)
        try:
            self._dialog.show()
            self._dialog.activateWindow()
            self._line.setFocus()
            loop.exec()
        finally:
            for one in watched:
                if shiboken6.isValid(one):
                    one.removeEventFilter(self)
        return self._dialog.result()

    def _watched(self) -> list[QObject]:
        """The dialog, and the window behind: as a widget, and as what gets its keys.

        Not the whole application: events of what is being taken down would be looked at as well.
        """
        parent = self._dialog.parentWidget()
        behind = parent.window() if parent is not None else None
        return [one for one in (self._dialog, behind, behind.windowHandle() if behind else None) if one]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and watched.isWidgetType():
            if watched is self._dialog:
                self._came = True
            elif self._came:
                self._dialog.reject()
        elif isinstance(event, QKeyEvent) and watched.isWindowType() and not self._came:
            return self._hand_over(event)
        return False

    def _hand_over(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            copy = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
            QCoreApplication.sendEvent(self._line, copy)
        event.accept()
        return True
