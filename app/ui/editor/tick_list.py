"""A list whose rows are ticked: by a click anywhere in one, or with Space."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Select)


class TickList(QListWidget):
    """Rows made by ``add``. The box itself is ticked by Qt; everything beside it is ticked here.

    The second press of a double click takes nothing back.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._held: tuple[QListWidgetItem, Qt.CheckState] | None = None

    def add(self, text: str, *, on: bool = False) -> QListWidgetItem:
        """Add a row, ticked or not."""
        item = QListWidgetItem(text, self)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        return item

    @property
    def ticked(self) -> list[int]:
        """The rows that are ticked, from the top."""
        on = Qt.CheckState.Checked
        return [at for at in range(self.count()) if self.item(at).checkState() == on]

    def tick_all(self) -> None:
        """Tick every row."""
        for at in range(self.count()):
            self.item(at).setCheckState(Qt.CheckState.Checked)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        self._held = (item, item.checkState()) if left and item is not None else None
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        super().mouseDoubleClickEvent(event)
        # Qt ticks the box once more when the button comes up.
        self._held = (item, _other(item.checkState())) if item is not None else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._held = self._held, None
        super().mouseReleaseEvent(event)
        if held is None or event.button() != Qt.MouseButton.LeftButton:
            return
        item, before = held
        if self.itemAt(event.position().toPoint()) is item:
            item.setCheckState(_other(before))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in _KEYS and item is not None:
            item.setCheckState(_other(item.checkState()))
            event.accept()
            return
        super().keyPressEvent(event)


def _other(state: Qt.CheckState) -> Qt.CheckState:
    return Qt.CheckState.Unchecked if state == Qt.CheckState.Checked else Qt.CheckState.Checked
