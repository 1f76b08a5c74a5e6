"""The table every list is shown in: even rows, quiet lines, sorted by its headers."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui.parts.look import Look
from app.ui.parts.widgets import em

_MEASURED = 60
"""Rows that are measured: a list of 100,000 must not be read to set a width."""


class Table(QTableView):
    """``opened(row)`` on a double click or Return."""

    opened = Signal(int)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.hide()
        look.changed.connect(self._fit)
        self._fit()
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def use(self, model: QAbstractItemModel, *, sortable: bool = True) -> None:
        """Show a model, with the order of its rows as it is until a header is pressed."""
        self.setModel(model)
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(sortable)
        self.selectionModel().setProperty("accessibleName", self.accessibleName())

    def fit_columns(self, most: int = 20) -> None:
        """Make the columns as wide as the first rows need, at most ``most`` characters."""
        model, metrics = self.model(), self.fontMetrics()
        rows = range(min(_MEASURED, model.rowCount()))
        for column in range(model.columnCount()):
            title = str(model.headerData(column, Qt.Orientation.Horizontal))
            # The header is bold and carries the arrow of the order.
            texts = [f"{title}　　", *(str(model.index(row, column).data() or "") for row in rows)]
            width = max(metrics.horizontalAdvance(text) for text in texts) + em(self, 1.8)
            self.setColumnWidth(column, min(em(self, most), width))

    def chosen_rows(self) -> list[int]:
        """The rows selected, from the top."""
        parts = self.selectionModel().selection().toList()
        return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})

    def choose_row(self, row: int) -> None:
        """Select one row and bring it into sight."""
        model = self.model()
        if 0 <= row < model.rowCount():
            index = model.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.row_height)
