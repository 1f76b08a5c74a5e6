"""The table every list is shown in: even rows, quiet lines, sorted by its headers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui.parts.look import Look
from app.ui.parts.space.columns import Want, shares
from app.ui.parts.widgets import em

_MEASURED = 60
"""Rows that are measured: a list of 100,000 must not be read to set a width."""
_BESIDE = 20
"""Logical pixels that the style keeps free beside the text of a cell."""
_ARROW = 24
"""Logical pixels of the arrow that shows the order of the rows."""
_LEAST = 8
"""Full-width characters that a column of text keeps where there is no room for all of it."""
_ROWS = 4
"""Rows, the head among them, that are seen at least: a lower page scrolls."""
WHOLE = 1 << 20
"""What a column keeps that is never to be cut."""


class Table(QTableView):
    """``opened(row)`` on a double click or Return."""

    opened = Signal(int)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._needs: list[int] = []
        self._set_by_hand: dict[int, int] = {}
        self._sharing = False
        self._unmeasured = True
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
        header.sectionResized.connect(self._resized)
        header.sortIndicatorChanged.connect(lambda *_: self._changed())
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
        model.modelReset.connect(self._changed)
        model.dataChanged.connect(lambda *_: self._changed())

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

    def least(self, column: int) -> int:
        """What a column keeps where there is no room for all, in logical pixels."""
        del column
        return em(self, _LEAST)

    def need(self, column: int) -> int:
        """What shows a column whole, as far as it was measured."""
        return self._needs[column] if column < len(self._needs) else 0

    def eager(self, column: int) -> bool:
        """Whether a column takes what room is left; if none does, the last one."""
        del column
        return False

    def fit_columns(self) -> None:
        """Measure the first rows, and share the width out among the columns.

        While one narrows a list down, its columns keep the width that they needed before.
        """
        model = self.model()
        self._unmeasured = False
        found = [self._measured(column) for column in range(model.columnCount())]
        held = self._needs if len(self._needs) == len(found) else [0] * len(found)
        self._needs = [max(pair) for pair in zip(found, held, strict=True)]
        self._share()

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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._unmeasured:
            self.fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.row_height)
        self.setMinimumHeight(_ROWS * self._look.row_height)
        self._needs, self._set_by_hand = [], {}
        self._changed()

    def _changed(self) -> None:
        self._unmeasured = True
        if self.isVisible():
            self.fit_columns()

    def _measured(self, column: int) -> int:
        """The width that shows the head and the first rows whole."""
        model, metrics = self.model(), self.fontMetrics()
        texts = (
            str(model.index(row, column).data() or "") for row in range(min(_MEASURED, model.rowCount()))
        )
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        return max(self._head(column), widest + _BESIDE)

    def _head(self, column: int) -> int:
        """The width of the title, with the arrow where the rows are in the order of this column."""
        header, bold = self.horizontalHeader(), QFont(self.font())
        bold.setBold(True)
        title = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        arrow = _ARROW if self.isSortingEnabled() and header.sortIndicatorSection() == column else 0
        return QFontMetrics(bold).horizontalAdvance(title) + _BESIDE + arrow

    def _share(self) -> None:
        if not self._needs:
            return
        wants = [self._want(column, need) for column, need in enumerate(self._needs)]
        self._sharing = True
        for column, width in enumerate(shares(wants, self.viewport().width())):
            self.setColumnWidth(column, width)
        self._sharing = False

    def _want(self, column: int, need: int) -> Want:
        chosen = self._set_by_hand.get(column)
        if chosen is not None:
            return Want(chosen, chosen)
        return Want(need, max(self._head(column), self.least(column)), self.eager(column))

    def _resized(self, column: int, _former: int, width: int) -> None:
        # What a person chose stays: only the other columns are set anew when the table is resized.
        if not self._sharing and QGuiApplication.mouseButtons():
            self._set_by_hand[column] = width
