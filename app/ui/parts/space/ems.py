"""Widths in characters that follow the size of the text, also when it is changed while the window is open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.ui.parts.widgets import em


class _Keeper(QObject):
    """Sets the widths of one widget now and whenever its font changes; dies with the widget."""

    def __init__(self, widget: QWidget, least: float, most: float, around: int) -> None:
        super().__init__(widget)
        self._widget, self._least, self._most, self._around = widget, least, most, around
        widget.installEventFilter(self)
        self._set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._widget and event.type() == QEvent.Type.FontChange:
            self._set()
        return False

    def _set(self) -> None:
        if self._least:
            self._widget.setMinimumWidth(em(self._widget, self._least) + self._around)
        if self._most:
            self._widget.setMaximumWidth(em(self._widget, self._most) + self._around)


def hold(widget: QWidget, least: float = 0, most: float = 0, *, around: int = 0) -> None:
    """Keep ``widget`` between ``least`` and ``most`` full-width characters wide; 0: as it likes.

    ``around``: logical pixels that its frame takes beside the text.
    """
    _Keeper(widget, least, most, around)
