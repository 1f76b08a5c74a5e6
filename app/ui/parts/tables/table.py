"""The table every list is shown in: even rows, quiet lines, sorted by its headers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScrollBar, QTableView

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
_MOST_RUNS = 1000
"""Runs of rows next to each other that can be selected at once: each cell painted is looked for in all."""
_ROWS = 4
"""Rows, the head among them, that are seen at least: a lower page scrolls."""
WHOLE = 1 << 20
"""What a column keeps that is never to be cut."""


def runs_of(chosen: Iterable[bool]) -> list[range]:
    """For each row whether it is chosen, from the top → the chosen rows as runs of rows next to each other.

    Found by searching a text of bytes: of 100,000 rows it must not be felt.
    """
    marks, found, end = bytes(chosen), [], 0
    while (start := marks.find(1, end)) >= 0:
        end = marks.find(0, start)
        end = len(marks) if end < 0 else end
        found.append(range(start, end))
    return found


class _Sideways(QScrollBar):
    """The bar below a table. A turn up or down over it is the rows', or the page's: it moves no columns."""

    def __init__(self, rows: QScrollBar) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._rows = rows

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if abs(turn.x()) > abs(turn.y()):
            super().wheelEvent(event)
        elif self._rows.maximum():
            QCoreApplication.sendEvent(self._rows, event)
        else:
            event.ignore()


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
        self.setHorizontalScrollBar(_Sideways(self.verticalScrollBar()))
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
        # With the selection of the rows the head would ask every row of every column at each painting
        # whether all of it is selected: a second for 100,000, and nothing of it is shown.
        header.setSelectionModel(QItemSelectionModel(model, header))
        model.modelReset.connect(self._changed)
        model.dataChanged.connect(self._renewed)

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
        self._unmeasured = False
        self._measure(range(min(_MEASURED, self.model().rowCount())))

    def _measure(self, rows: range) -> None:
        found = [self._measured(column, rows) for column in range(self.model().columnCount())]
        held = self._needs if len(self._needs) == len(found) else [0] * len(found)
        self._needs = [max(pair) for pair in zip(found, held, strict=True)]
        self._share()

    def chosen_runs(self) -> list[range]:
        """The rows selected, from the top, as runs of rows next to each other."""
        found: list[range] = []
        for part in sorted(
            (part.top(), part.bottom() + 1) for part in self.selectionModel().selection().toList()
        ):
            if found and part[0] <= found[-1].stop:
                found[-1] = range(found[-1].start, max(found[-1].stop, part[1]))
            else:
                found.append(range(*part))
        return found

    def chosen_rows(self) -> list[int]:
        """The rows selected, from the top."""
        return list(chain.from_iterable(self.chosen_runs()))

    def choose_row(self, row: int) -> None:
        """Select one row and bring it into sight."""
        if 0 <= row < self.model().rowCount():
            self.choose_rows([row])

    def choose_rows(self, rows: Sequence[int]) -> None:
        """Select these rows, of which there may be none, and bring the first of them into sight."""
        if rows:
            self.make_current(rows[0], show=True)
        wanted = set(rows)
        self.choose_runs(runs_of(row in wanted for row in range(max(rows, default=-1) + 1)))

    def make_current(self, row: int, *, show: bool) -> None:
        """Let the keyboard stand on a row, whatever is selected; ``show`` brings it into sight."""
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if show:
            self.scrollTo(index)

    def choose_runs(self, runs: Sequence[range]) -> bool:
        """Select these rows and no others; none at all, and False, where there are too many runs to paint."""
        model, chosen = self.model(), QItemSelection()
        last = model.columnCount() - 1
        if shown := len(runs) <= _MOST_RUNS:
            for run in runs:
                chosen.append(QItemSelectionRange(model.index(run[0], 0), model.index(run[-1], last)))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        return shown

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

    def _renewed(self, first: QModelIndex, last: QModelIndex, roles: Sequence[int] = ()) -> None:
        """Other texts in some rows: those are measured, as far as the first rows are."""
        if roles and Qt.ItemDataRole.DisplayRole not in roles:
            return
        rows = range(first.row(), min(last.row() + 1, _MEASURED))
        if self._unmeasured or not self.isVisible():
            self._unmeasured = True
        elif rows:
            self._measure(rows)

    def _measured(self, column: int, rows: range) -> int:
        """The width that shows the head and these rows whole."""
        model, metrics = self.model(), self.fontMetrics()
        texts = {str(model.index(row, column).data() or "") for row in rows}
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
