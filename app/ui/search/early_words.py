"""Words typed before a window that was asked for has come to the front: they belong into its line.

A window manager hands over the keyboard in its own time. Until then the keys go to the window behind, where
they would narrow a list or press a button, or, with that window barred, be lost.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit


class EarlyWords(QObject):
    """Hands every key to ``line`` until ``dialog`` has the keyboard; afterwards the window behind ends it."""

    def __init__(self, dialog: QDialog, line: QLineEdit) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._line = line
        self._came = False
        """Whether the dialog has had the keyboard."""

    def run(self) -> int:
        """Show the dialog until it is closed, and return what it came to.

        It is no modal one: of those Qt drops what is typed into the window behind.
        """
        loop = QEventLoop(self)
        self._dialog.finished.connect(loop.quit)
        application = QCoreApplication.instance()
        assert application is not None  # noqa: S101  # a window is shown
        application.installEventFilter(self)
        try:
            self._dialog.show()
            self._dialog.activateWindow()
            self._line.setFocus()
            loop.exec()
        finally:
            application.removeEventFilter(self)
        return self._dialog.result()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._dialog.isVisible():
            return False
        parent = self._dialog.parentWidget()
        if event.type() == QEvent.Type.WindowActivate:
            if watched is self._dialog:
                self._came = True
            elif self._came and watched is parent:
                self._dialog.reject()
        elif event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and not self._came:
            return self._hand_over(watched, event)
        return False

    def _hand_over(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyPress:
            copy = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
            QCoreApplication.sendEvent(self._line, copy)
        event.accept()
        return True
