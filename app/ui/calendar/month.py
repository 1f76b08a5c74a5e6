"""A month as a grid of days: number, holiday, how much falls due and, where there is room, what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.ui.parts.look import Look
from app.ui.parts.tables.painted_table import DISPLAY, SAID, TIP, Index, PaintedTable
from app.work.calendar_days import WEEK, Square, moved
from app.work.states import long_day, mark

_NAMES = "日月火水木金土"
_TOLD = 6
"""Deadlines told when a day is pointed at or read out; the rest is counted."""


class MonthModel(QAbstractTableModel):
    """Six weeks."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self.squares: tuple[Square, ...] = ()

    def show_squares(self, squares: Sequence[Square]) -> None:
        """Show other days."""
        self.beginResetModel()
        self.squares = tuple(squares)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's name and default
        return 0 if parent.isValid() else len(self.squares) // WEEK

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's name and default
        return 0 if parent.isValid() else WEEK

    def at(self, index: Index) -> Square:
        """The day at a place of the grid."""
        return self.squares[index.row() * WEEK + index.column()]

    def place(self, day: date) -> QModelIndex:
        """Where a day stands; an invalid place if it is not shown."""
        found = next((at for at, square in enumerate(self.squares) if square.day == day), -1)
        return self.index(found // WEEK, found % WEEK) if found >= 0 else QModelIndex()

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid() or role not in (DISPLAY, TIP, SAID):
            return None
        square = self.at(index)
        return str(square.day.day) if role == DISPLAY else told(square)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == DISPLAY:
            return _NAMES[section]
        return None


def told(square: Square) -> str:
    """A day in words: date, holiday, and what falls due."""
    head = long_day(square.day) + (f"　{square.holiday}" if square.holiday else "")
    if not square.deadlines:
        return f"{head}\n期限はありません"
    lines = [f"{mark(one.state).word}：{one.text}" for one in square.deadlines[:_TOLD]]
    more = len(square.deadlines) - len(lines)
    rest = [f"ほか{more}件"] if more else []
    return "\n".join([head, f"期限{len(square.deadlines)}件", *lines, *rest])


class _Painter(QStyledItemDelegate):
    """Draws a day; what does not fit is left out, never squeezed."""

    def __init__(self, look: Look, today: date, parent: QTableView) -> None:
        super().__init__(parent)
        self._look = look
        self.today = today

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, MonthModel):
            return
        square, area = model.at(index), option.rect
        painter.save()
        self._ground(painter, square, option, area)
        inner = area.adjusted(7, 5, -6, -4)
        line = self._head(painter, square, inner)
        self._what(painter, square, inner.adjusted(0, line, 0, 0))
        painter.restore()

    def _ground(self, painter: QPainter, square: Square, option: QStyleOptionViewItem, area: QRect) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        name = "select" if chosen else "surface" if square.inside else "window"
        if square.closed and not chosen and square.inside:
            name = "stripe"
        painter.fillRect(area, self._look.colour(name))
        painter.setPen(self._look.colour("line"))
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        if chosen:
            painter.setPen(self._look.colour("focus"))
            painter.drawRect(area.adjusted(1, 1, -2, -2))

    def _head(self, painter: QPainter, square: Square, inner: QRect) -> int:
        """The number of the day, marked if it is today, and the holiday beside it; the height used."""
        font = QFont(painter.font())
        font.setBold(True)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        tone = "text"
        if square.closed:
            tone = "info" if square.closed == "土曜日" else "danger"
        if not square.inside:
            tone = "faint"
        text = str(square.day.day)
        width = metrics.horizontalAdvance(text)
        if square.day == self.today:
            disc = QRect(
                inner.left() - 3, inner.top() - 1, max(width, metrics.height()) + 8, metrics.height() + 3
            )
            painter.setBrush(self._look.colour("primary"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(disc, 6, 6)
            tone, width = "on-primary", disc.width()
            painter.setPen(self._look.colour(tone))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, text)
        else:
            painter.setPen(self._look.colour(tone))
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)
        font.setBold(False)
        painter.setFont(font)
        self._beside(painter, square, inner.adjusted(width + 8, 0, 0, 0))
        return metrics.height() + 4

    def _beside(self, painter: QPainter, square: Square, area: QRect) -> None:
        metrics = painter.fontMetrics()
        if not square.holiday or area.width() < metrics.horizontalAdvance("あ" * 3):
            return
        painter.setPen(self._look.colour("danger" if square.inside else "faint"))
        text = metrics.elidedText(square.holiday, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)

    def _what(self, painter: QPainter, square: Square, area: QRect) -> None:
        metrics = painter.fontMetrics()
        height = metrics.height() + 3
        lines = area.height() // height
        if not square.deadlines or lines < 1:
            return
        full = area.width() >= metrics.horizontalAdvance("あ" * 5)
        titles = min(len(square.deadlines), lines if lines >= len(square.deadlines) else lines - 1)
        shown = titles if full else 0
        rest = len(square.deadlines) - shown
        spare, top = lines - shown - (1 if rest else 0), 0
        for one in square.deadlines[:shown]:
            shape = mark(one.state)
            said = broken(metrics, f"{shape.sign} {one.title}", area.width())
            if len(said) > 1 + spare:
                said = ["".join(said)]
            spare -= len(said) - 1
            for text in said:
                self._line(painter, area, top * height, text, shape.tone, square.inside)
                top += 1
        if rest:
            worst = mark(square.deadlines[0].state)
            said_rest = f"ほか{rest}件" if shown else f"{worst.sign} {rest}件"
            self._line(painter, area, top * height, said_rest, worst.tone, square.inside)

    def _line(self, painter: QPainter, area: QRect, top: int, text: str, tone: str, inside: bool) -> None:
        metrics = painter.fontMetrics()
        place = QRect(area.left(), area.top() + top, area.width(), metrics.height())
        painter.setPen(self._look.colour(tone if inside else "faint"))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def broken(metrics: QFontMetrics, text: str, width: int) -> list[str]:
    """A title in one line, or in two where it needs them."""
    fits = next((at for at in range(len(text), 0, -1) if metrics.horizontalAdvance(text[:at]) <= width), 1)
    return [text] if fits == len(text) else [text[:fits], text[fits:]]


class MonthTable(PaintedTable):
    """``moved(day)`` when another day is chosen, by click or arrow keys; ``opened(day)`` on Enter."""

    moved = Signal(object)
    opened = Signal(object)

    def __init__(self, look: Look, today: date) -> None:
        super().__init__()
        self.month = MonthModel(self)
        self._painter = _Painter(look, today, self)
        self.dress("月の予定表", self.month, self._painter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(12)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        self.clicked.connect(lambda index: self.moved.emit(self.month.at(index).day))
        self.doubleClicked.connect(lambda index: self.opened.emit(self.month.at(index).day))
        look.changed.connect(self.viewport().update)

    def show_squares(self, squares: Sequence[Square], day: date, today: date) -> None:
        """Show a month with ``day`` chosen."""
        self._painter.today = today
        self.month.show_squares(squares)
        place = self.month.place(day)
        self.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def enter(self, index: QModelIndex) -> None:
        self.opened.emit(self.month.at(index).day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if not index.isValid():
            super().keyPressEvent(event)
            return
        key, day = Qt.Key(event.key()), self.month.at(index).day
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -WEEK, Qt.Key.Key_Down: WEEK}.get(
            key
        )
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(key)
        if days is not None:
            self.moved.emit(day + timedelta(days=days))
        elif months is not None:
            self.moved.emit(moved(day, months))
        else:
            super().keyPressEvent(event)
