"""A table whose cells are painted by hand, such as a month or a matrix of states; one is chosen at a time."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QTableView

Index = QModelIndex | QPersistentModelIndex
DISPLAY, TIP, SAID = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
"""What a cell shows, what it tells when pointed at, and what is read out."""


class PaintedTable(QTableView):
    """No frame of its own, no editing; Enter on a cell is handed to ``enter``."""

    def dress(self, name: str, model: QAbstractItemModel, painter: QStyledItemDelegate) -> None:
        """Show ``model`` with cells drawn by ``painter``; ``name`` is read out."""
        self.setAccessibleName(name)
        self.setItemDelegate(painter)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)

    def enter(self, index: QModelIndex) -> None:
        """Enter was pressed on a cell."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.enter(self.currentIndex())
            return
        super().keyPressEvent(event)
