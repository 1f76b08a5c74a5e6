"""A table in which rows are ticked: by a click anywhere in one, or with Space or Return."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStyle

from app.ui.parts.look import Look
from app.ui.parts.tables.lines_table import Column, Index, LinesModel, LinesTable

_DISPLAY, _TICK, _SAID = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.CheckStateRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)
_BESIDE = 10
"""Logical pixels that a tick needs besides itself."""


class TicksModel(LinesModel):
    """Rows with a tick in the first column. ``ticked``: what the ticked ones stand for, seen or not."""

    def __init__(self, look: Look, columns: Sequence[Column]) -> None:
        super().__init__(look, columns)
        self.ticked: set[Any] = set()

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if index.isValid() and index.column() == 0 and role in (_TICK, _SAID):
            on = self.lines[index.row()].key in self.ticked
            if role == _TICK:
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            return f"{'選択済み' if on else '未選択'}　{super().data(index, role)}"
        return super().data(index, role)

    def tick(self, keys: Iterable[Any], *, on: bool) -> None:
        """Tick rows, or take their ticks away."""
        changed = set(keys)
        self.ticked = self.ticked | changed if on else self.ticked - changed
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, 0), [_TICK, _SAID])


class TicksTable(LinesTable):
    """``turned`` after every change of the ticks."""

    turned = Signal()
    model_of = TicksModel
    lines: TicksModel

    def __init__(self, look: Look, name: str, columns: Sequence[Column]) -> None:
        super().__init__(look, name, columns)
        self._twice = False
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._double)

    @property
    def seen(self) -> list[Any]:
        """What the rows stand for, from the top."""
        return [one.key for one in self.lines.lines]

    def tick(self, keys: Iterable[Any], *, on: bool = True) -> None:
        """Tick rows, or take their ticks away."""
        self.lines.tick(keys, on=on)
        self.turned.emit()

    def turn(self, row: int) -> None:
        """Tick a row, or take its tick away."""
        key = self.lines.lines[row].key
        self.tick((key,), on=key not in self.lines.ticked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS and self.currentIndex().isValid():
            self.turn(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.tick(self.seen)
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        # Qt tells of both presses of a double click: the second would take back what the first did.
        if not self._twice:
            self.turn(index.row())
        self._twice = False

    def _double(self, _index: QModelIndex) -> None:
        self._twice = True

    def _measured(self, column: int, rows: range) -> int:
        box = self.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, self) + _BESIDE
        return super()._measured(column, rows) + (0 if column else box)
