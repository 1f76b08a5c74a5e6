"""The table every list is shown in: even rows, quiet lines, sorted by its headers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
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

    def offer(self, text: str, press: Callable[[], object], keys: str = "") -> QAction:
        """Put an act for the selected rows into the menu of the right button, with its key."""
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        act = QAction(text, self)
        act.triggered.connect(lambda: press())
        if keys:
            act.setShortcut(QKeySequence(keys))
            act.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addAction(act)
        return act

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
        if 0 <= row < self.model().rowCount():
            self.choose_rows([row])

    def choose_rows(self, rows: Sequence[int]) -> None:
        """Select these rows, of which there may be none, and bring the first of them into sight."""
        model, chosen = self.model(), QItemSelection()
        for row in rows:
            chosen.merge(
                QItemSelection(model.index(row, 0), model.index(row, 0)),
                QItemSelectionModel.SelectionFlag.Select,
            )
        if rows:
            first = model.index(rows[0], 0)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(first)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().select(chosen, flags)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.row_height)
