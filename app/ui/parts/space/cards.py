"""Cards below each other, of which so many are made at once as nobody feels; a press makes the next ones."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.parts.widgets import Empty, button, clear

AT_ONCE = 30
"""Cards made at once: more would be felt, and the most urgent are among them."""


class Cards:
    """What stands in ``layout``: a card for each thing. ``make``: the place of a thing → its card."""

    def __init__(self, layout: QVBoxLayout, make: Callable[[int], QWidget]) -> None:
        self._layout, self._make = layout, make
        self._count = 0

    def show(self, count: int, none: str, why: str) -> None:
        """Show the cards of ``count`` things and no others; of none, say ``none`` and ``why``."""
        clear(self._layout)
        self._count = count
        self._put(0)
        if not count:
            self._layout.addWidget(Empty(none, why))
        self._layout.addStretch(1)

    def _put(self, start: int) -> None:
        end = start + AT_ONCE
        for at in range(start, min(end, self._count)):
            self._layout.addWidget(self._make(at))
        if end < self._count:
            more = button(f"ほか{self._count - end}件を表示", kind="quiet")
            more.clicked.connect(lambda: self._go_on(more, end))
            self._layout.addWidget(more)

    def _go_on(self, more: QWidget, start: int) -> None:
        more.hide()
        more.deleteLater()
        self._layout.takeAt(self._layout.count() - 1)
        self._put(start)
        self._layout.addStretch(1)
