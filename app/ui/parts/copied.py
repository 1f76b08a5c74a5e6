"""Running text that has places to break its lines, and is copied as it was said."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QWidget

_PLACE = "\u200b"
"""A place to break a line, of no width."""
_STROKE = re.compile(r"\\(?=\S)")
_LINE_ENDS = re.compile("[\u2028\u2029]")
"""What Qt has for the ends of lines in a text that is selected."""


def broken(text: str) -> str:
    """``text`` with a place to break its line behind each stroke of a path of Windows.

    By the rules of Unicode there is none: a path of many folders pushed its page and its message wider than
    the screen, and what stood beside it out of sight. Behind the stroke of other systems there is one.
    """
    return _STROKE.sub(lambda stroke: stroke[0] + _PLACE, text)


def whole(text: str) -> str:
    """Text that is shown, as it was before it was ``broken``: nothing opens a path with more in it."""
    return _LINE_ENDS.sub("\n", text.replace(_PLACE, ""))


class Copied(QLabel):
    """A label whose text may be ``broken``; with Ctrl+C and in its menu it is copied ``whole``."""

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        QGuiApplication.clipboard().setText(whole(self.selectedText()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if _PLACE not in self.text():
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction("コピー", self.copy).setEnabled(self.hasSelectedText())
        menu.popup(event.globalPos())


class CopiedBox(QObject):
    """Ctrl+C on a message copies what it says: on Windows Qt would copy the markup that it is set with."""

    def __init__(self, box: QWidget, said: str) -> None:
        super().__init__(box)
        self._said = said
        box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._said)
            return True
        return super().eventFilter(watched, event)
