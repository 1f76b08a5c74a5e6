"""The table of the matrix: contracts stay at the left, kinds stand upright above, states are painted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.annexes.kinds import State, kind_label
from app.records import Contract
from app.ui.parts.look import Look
from app.ui.parts.tables.painted_table import DISPLAY, SAID, TIP, Index, PaintedTable
from app.ui.parts.widgets import em
from app.work.matrix_cells import Grid, grounds, said
from app.work.states import mark, named

_QUIET = (State.NOT_DUE, State.NOT_APPLICABLE)
"""States without a ground of their own: the eye shall find what presses."""
_HIGH = 7
"""Characters of an upright title before it goes on in a second line."""


class MatrixModel(QAbstractTableModel):
    """The squares that are shown."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self.grid: Grid | None = None
        self.contracts: tuple[Contract, ...] = ()
        self.kinds: tuple[str, ...] = ()

    def show_grid(self, grid: Grid) -> None:
        """Show another matrix."""
        self.beginResetModel()
        self.grid, self.contracts, self.kinds = grid, grid.contracts, grid.kinds
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's name and default
        return 0 if parent.isValid() else len(self.contracts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's name and default
        return 0 if parent.isValid() else len(self.kinds)

    def at(self, index: Index) -> tuple[Contract, str]:
        """Contract and kind of a square."""
        return self.contracts[index.row()], self.kinds[index.column()]

    def state(self, index: Index) -> State | None:
        """The state of a square; None where no clause asks for anything."""
        contract, kind = self.at(index)
        square = self.grid.squares.get((contract.id, kind)) if self.grid else None
        return square.state if square else None

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid() or self.grid is None:
            return None
        if role == DISPLAY:
            state = self.state(index)
            return mark(state).sign if state else ""
        if role in (TIP, SAID):
            return self.told(index) if role == TIP else said(self.grid, *self.at(index))
        return None

    def told(self, index: Index) -> str:
        """A square with its grounds."""
        if self.grid is None:
            return ""
        contract, kind = self.at(index)
        square = self.grid.squares.get((contract.id, kind))
        head = said(self.grid, contract, kind)
        return f"{head}\n{grounds(square)}" if square else head

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if role not in (DISPLAY, TIP, SAID) or self.grid is None:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return kind_label(self.kinds[section])
        return named(self.grid.facts, self.contracts[section])


class _Painter(QStyledItemDelegate):
    """A state as a coloured tile with its sign."""

    def __init__(self, look: Look, parent: QTableView) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        area: QRect = option.rect
        flags = option.state
        if not isinstance(model, MatrixModel):
            return
        state = model.state(index)
        painter.save()
        painter.setPen(self._look.colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if state is not None:
            shown = mark(state)
            tile = area.adjusted(2, 3, -2, -4)
            if state not in _QUIET:
                painter.fillRect(tile, self._look.colour(f"{shown.tone}-soft"))
            font = QFont(painter.font())
            font.setBold(state not in _QUIET)
            painter.setFont(font)
            painter.setPen(self._look.colour(shown.tone if state not in _QUIET else "faint"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown.sign)
        if flags & QStyle.StateFlag.State_Selected:
            painter.setPen(self._look.colour("focus"))
            for inset in (0, 1):
                painter.drawRect(area.adjusted(inset, inset, -1 - inset, -1 - inset))
        painter.restore()


class _Upright(QHeaderView):
    """Titles of kinds, written from top to bottom and on to the left."""

    def __init__(self, look: Look, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(10)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        look.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Give each title room for two upright lines."""
        self.setDefaultSectionSize(2 * self._pitch() + 8)
        self.setFixedHeight(_HIGH * self._pitch() + 14)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _HIGH * self._pitch() + 14)

    def paintSection(self, painter: QPainter, area: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(area, self._look.colour("surface"))
        painter.setPen(self._look.colour("border"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(self._look.colour("line"))
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.setPen(self._look.colour("sub"))
        painter.setFont(self._small())
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        columns = _upright(text)
        pitch = self._pitch()
        right = area.center().x() + pitch * len(columns) // 2
        for at, column in enumerate(columns):
            for down, sign in enumerate(column):
                place = QRect(right - (at + 1) * pitch, area.top() + 7 + down * pitch, pitch, pitch)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, sign)
        painter.restore()

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(self._look.points * 0.92)
        font.setBold(False)
        return font

    def _pitch(self) -> int:
        """The square that one character takes."""
        return QFontMetrics(self._small()).horizontalAdvance("あ") + 1


def _upright(text: str) -> list[str]:
    """A title in one upright line, or in two that are parted where one would pause, near the middle."""
    if len(text) <= _HIGH:
        return [text]
    pauses = [at for at in range(1, len(text)) if text[at - 1] in "の・等へ" and text[at] not in "の・"]
    fitting = [at for at in pauses if at <= _HIGH and len(text) - at <= _HIGH]
    middle = min(fitting, key=lambda at: abs(2 * at - len(text)), default=(len(text) + 1) // 2)
    return [text[:middle], text[middle:]]


class MatrixTable(PaintedTable):
    """``picked(contract id, kind)`` on a click or Enter; ``shown(text)`` tells the square one is on."""

    picked = Signal(int, str)
    shown = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.cells = MatrixModel(self)
        self.setHorizontalHeader(_Upright(look, self))
        self.dress("契約ごとの義務の一覧表", self.cells, _Painter(look, self))
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows.setHighlightSections(False)
        rows.setSectionsClickable(True)
        rows.sectionClicked.connect(lambda row: self.picked.emit(self.cells.contracts[row].id, ""))
        self.clicked.connect(self._pick)
        self.selectionModel().currentChanged.connect(lambda index, _former: self._show(index))
        self.cells.modelReset.connect(lambda: self._show(self.currentIndex()))
        look.changed.connect(self._fit)
        self._fit()

    def show_grid(self, grid: Grid) -> None:
        """Show another matrix; the square one was on stays, if it is still there."""
        held = self.cells.at(self.currentIndex()) if self.currentIndex().isValid() else None
        self.cells.show_grid(grid)
        if held is not None:
            ids = [one.id for one in grid.contracts]
            if held[0].id in ids and held[1] in grid.kinds:
                self.setCurrentIndex(self.cells.index(ids.index(held[0].id), grid.kinds.index(held[1])))

    def enter(self, index: QModelIndex) -> None:
        self._pick(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_names()

    def _pick(self, index: Index) -> None:
        contract, kind = self.cells.at(index)
        self.picked.emit(contract.id, kind)

    def _show(self, index: Index) -> None:
        self.shown.emit(self.cells.told(index) if index.isValid() else "")

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.row_height)
        self._fit_names()

    def _fit_names(self) -> None:
        """A third of the width for the names, neither cut to nothing nor wider than they need."""
        width = min(em(self, 22), max(em(self, 10), self.width() * 3 // 10))
        if self.verticalHeader().width() != width:
            self.verticalHeader().setFixedWidth(width)
