"""台帳: every record type with its number, and the list of the one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from app.ledger.writing import ChangeSet
from app.records import SPECS
from app.records.spec import Section
from app.ui.context import Context
from app.ui.lists.view import RecordList
from app.ui.page import Page
from app.ui.parts.look import Look
from app.ui.parts.widgets import label
from app.ui.targets import ShowList, Target

_NUMBER = Qt.ItemDataRole.UserRole + 1
_KIND = Qt.ItemDataRole.UserRole
_FIRST = "person"


class KindDelegate(QStyledItemDelegate):
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
        if index.data(_KIND) is None:
            self._paint_heading(painter, area, str(index.data()))
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("soft" if chosen else "window"))
            painter.drawRoundedRect(area, 6, 6)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._look.colour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, 6, 6)
        font = painter.font()
        font.setBold(chosen)
        painter.setFont(font)
        inside = area.adjusted(10, 0, -10, 0)
        painter.setPen(self._look.colour("primary" if chosen else "text"))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), str(index.data()))
        painter.setPen(self._look.colour("sub"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inside, int(right), str(index.data(_NUMBER) or ""))
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


class RecordsPage(Page):
    """The room of lists. The numbers of all record types are in sight."""

    shows = frozenset(SPECS)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._lists: dict[str, RecordList] = {}
        self._old: set[str] = set()
        self.kinds = QListWidget()
        self.kinds.setProperty("role", "plain")
        self.kinds.setAccessibleName("記録の種類")
        self.kinds.setItemDelegate(KindDelegate(context.look))
        self.kinds.itemDelegate().setParent(self.kinds)
        self.kinds.setMouseTracking(True)
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for section in Section:
            head = QListWidgetItem(section, self.kinds)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            for spec in SPECS.values():
                if spec.section is section:
                    item = QListWidgetItem(spec.label, self.kinds)
                    item.setData(_KIND, spec.name)
        self.stack = QStackedWidget()
        side = QFrame()
        side.setProperty("role", "panel")
        side_layout = QVBoxLayout(side)
        side_layout.setContentsMargins(6, 14, 6, 8)
        side_layout.addWidget(label("　台帳", "h2"))
        side_layout.addWidget(self.kinds, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addWidget(self.stack, 1)
        self._side = side
        self.kinds.currentItemChanged.connect(lambda *_: self._show())
        context.look.changed.connect(self._fit)
        self._fit()
        self.choose(_FIRST)

    def title(self) -> str:
        return "台帳"

    def show_target(self, target: Target) -> None:
        if isinstance(target, ShowList) and target.kind:
            self.choose(target.kind)

    def choose(self, kind: str) -> None:
        """Show the list of a record type."""
        for at in range(self.kinds.count()):
            if self.kinds.item(at).data(_KIND) == kind:
                self.kinds.setCurrentRow(at)

    @property
    def list(self) -> RecordList:
        """The list one sees."""
        shown = self.stack.currentWidget()
        if not isinstance(shown, RecordList):
            raise TypeError(type(shown))
        return shown

    def refresh(self) -> None:
        self._count()
        self.list.load()
        self._old.discard(self.list.spec.name)

    def add(self) -> None:
        self.list.add()

    def _show(self) -> None:
        item = self.kinds.currentItem()
        kind = str(item.data(_KIND))
        if kind not in self._lists:
            self._lists[kind] = RecordList(self.context, SPECS[kind])
            self.stack.addWidget(self._lists[kind])
        elif kind in self._old:
            self._lists[kind].load()
        self._old.discard(kind)
        self.stack.setCurrentWidget(self._lists[kind])

    def take(self, changes: ChangeSet) -> None:
        touched = {kind for kind, _ in changes.changed}
        self._old |= {kind for kind, held in self._lists.items() if touched & held.shows}
        if self.isVisible():
            self._count()
            shown = self.list.spec.name
            if shown in touched:
                self.list.load()
            elif shown in self._old:
                # It names other records as well, and those names may have changed.
                self.list.renew()
            self._old.discard(shown)

    def _count(self) -> None:
        numbers = self.context.ledger.counts()
        for at in range(self.kinds.count()):
            item = self.kinds.item(at)
            if item.data(_KIND) in numbers:
                number = numbers[item.data(_KIND)]
                item.setData(_NUMBER, f"{number:,}")
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()} {number}件")

    def _fit(self) -> None:
        self._side.setFixedWidth(
            self.fontMetrics().horizontalAdvance("発注者の指示・求め・協議　 9,999") + 56
        )
        self.kinds.scheduleDelayedItemsLayout()
