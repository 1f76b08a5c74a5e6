"""The list at the left of a page: what one can go to, with numbers, under headings or without."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.parts.look import Look
from app.ui.parts.widgets import label

_KEY = Qt.ItemDataRole.UserRole
_NUMBER = Qt.ItemDataRole.UserRole + 1
_AROUND = 56
"""Logical pixels beside the widest line."""
_MOST = 0.4
"""The most that the list takes of the width of its page."""


class _Painter(QStyledItemDelegate):
    """A line with a name at the left and a number at the right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self._look.row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area: QRect = option.rect.adjusted(4, 1, -4, -1)
        state = option.state
        if index.data(_KEY) is None:
            self._paint_heading(painter, area, str(index.data()))
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("soft" if chosen else "window"))
            painter.drawRoundedRect(area, 6, 6)
        if chosen and (state & QStyle.StateFlag.State_HasFocus or self._look.few):
            painter.setPen(self._look.colour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, 6, 6)
        font = painter.font()
        font.setBold(chosen)
        painter.setFont(font)
        inside = area.adjusted(10, 0, -10, 0)
        painter.setPen(self._look.colour("primary" if chosen else "text"))
        metrics, number = painter.fontMetrics(), str(index.data(_NUMBER) or "")
        room = inside.width() - (metrics.horizontalAdvance(f"　{number}") if number else 0)
        name = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), name)
        painter.setPen(self._look.colour("sub"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inside, int(right), number)
        painter.restore()

    def _paint_heading(self, painter: QPainter, area: QRect, text: str) -> None:
        painter.save()
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        painter.setFont(font)
        painter.setPen(self._look.colour("sub"))
        low = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area.adjusted(4, 0, -4, -2), int(low), text)
        painter.restore()


class SideList(QFrame):
    """``chosen(key)`` when another line is chosen. A line has a key; a heading has none."""

    chosen = Signal(str)

    def __init__(self, look: Look, title: str, name: str, widest: str) -> None:
        """``title`` stands above, ``name`` is read out; ``widest`` is the line that must fit."""
        super().__init__()
        self._widest = widest
        self.setProperty("role", "panel")
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(name)
        self.list.setItemDelegate(_Painter(look))
        self.list.itemDelegate().setParent(self.list)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 14, 6, 8)
        layout.addWidget(label(f"　{title}", "h2"))
        layout.addWidget(self.list, 1)
        self.list.currentItemChanged.connect(lambda *_: self.chosen.emit(self.key))
        look.changed.connect(self._fit)
        self._fit()

    def add_heading(self, text: str) -> None:
        """A line that is no choice, above those that follow."""
        QListWidgetItem(text, self.list).setFlags(Qt.ItemFlag.NoItemFlags)

    def add(self, key: str, text: str) -> None:
        """A line to choose."""
        QListWidgetItem(text, self.list).setData(_KEY, key)

    @property
    def key(self) -> str:
        """The key of the line that is chosen."""
        return str(self.list.currentItem().data(_KEY))

    def choose(self, key: str) -> None:
        """Go to the line with that key. Raises ``KeyError`` where there is none: nobody may be led astray."""
        found = next((item for item in self._items() if item.data(_KEY) == key), None)
        if found is None:
            raise KeyError(key)
        self.list.setCurrentItem(found)

    def number(self, numbers: dict[str, int]) -> None:
        """Show a number beside each line whose key is in ``numbers``."""
        for item in self._items():
            if item.data(_KEY) in numbers:
                number = numbers[item.data(_KEY)]
                item.setData(_NUMBER, f"{number:,}")
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()} {number}件")

    def beside(self, right: QWidget, page: QWidget) -> None:
        """Lay ``page`` out: this list at the left, ``right`` beside it."""
        layout = QHBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self)
        layout.addWidget(right, 1)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def _fit(self) -> None:
        wide = self.fontMetrics().horizontalAdvance(self._widest) + _AROUND
        page = self.parentWidget()
        # In a narrow window the names give way, so that what is beside them keeps its room.
        self.setFixedWidth(wide if page is None else min(wide, round(page.width() * _MOST)))
        self.list.scheduleDelayedItemsLayout()
