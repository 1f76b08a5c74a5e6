"""The clauses of a contract as a list of small cards: number, heading, summary, kinds and states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.annexes.clause import Clause
from app.annexes.kinds import State, When, kind_label
from app.duties.duty import Duty
from app.ui.parts.look import Look
from app.work.states import mark

Index = QModelIndex | QPersistentModelIndex
Key = tuple[str, int, str]
"""Annex, version and number of a clause."""
_LINES = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause, or (without one) the title of the annex above its clauses."""

    title: str
    clause: Clause | None = None
    duties: tuple[Duty, ...] = ()
    copied: bool = False
    own: str = ""
    """What the contract sets for it, in words."""

    @property
    def key(self) -> Key:
        """What the entry stands for."""
        return (self.clause.annex, self.clause.version, self.clause.number) if self.clause else ("", 0, "")

    @property
    def states(self) -> Counter[State]:
        """How many of its duties stand where."""
        return Counter(duty.state for duty in self.duties)

    @property
    def info(self) -> bool:
        """Whether there is nothing to do under it, whatever happens."""
        return self.clause is not None and When.INFO in self.clause.when

    @property
    def about(self) -> str:
        """The kinds it asks for, or what it is for."""
        if self.clause is None:
            return ""
        kinds = "、".join(kind_label(kind) for kind in self.clause.kinds)
        return f"参考　{kinds}".rstrip() if self.info else kinds

    @property
    def said(self) -> str:
        """Everything in one line, to be read out."""
        if self.clause is None:
            return self.title
        states = "、".join(f"{mark(state).word}{count}件" for state, count in _sorted(self.states))
        copied = "条文の控えあり" if self.copied else ""
        parts = (
            f"{self.clause.number} {self.clause.heading}",
            states,
            self.about,
            copied,
            self.clause.summary,
        )
        return "、".join(filter(None, parts))


def _sorted(states: Counter[State]) -> list[tuple[State, int]]:
    return [(state, states[state]) for state in State if states[state]]


class _Model(QAbstractListModel):
    """The entries."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's name and default
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.said
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.entries[index.row()].clause is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Painter(QStyledItemDelegate):
    """Draws an entry; long texts end in dots."""

    def __init__(self, look: Look, parent: QListView) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        line = self._line(option.font)
        if isinstance(model, _Model) and model.entries[index.row()].clause is None:
            return QSize(0, line + 14)
        return QSize(0, _LINES * line + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, area = index.model(), option.rect
        if not isinstance(model, _Model):
            return
        entry = model.entries[index.row()]
        painter.save()
        if entry.clause is None:
            self._heading(painter, entry, area)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(area, self._look.colour("select" if chosen else "surface"))
            painter.setPen(self._look.colour("line"))
            painter.drawLine(area.bottomLeft(), area.bottomRight())
            if chosen and self._look.few:
                painter.setPen(self._look.colour("focus"))
                painter.drawRect(area.adjusted(1, 1, -2, -2))
            self._clause(painter, entry, entry.clause, area.adjusted(10, 7, -10, -7))
        painter.restore()

    def _heading(self, painter: QPainter, entry: Entry, area: QRect) -> None:
        painter.fillRect(area, self._look.colour("window"))
        painter.setPen(self._look.colour("sub"))
        painter.setFont(_bold(painter.font()))
        self._text(painter, area.adjusted(10, 0, -10, 0), entry.title)

    def _clause(self, painter: QPainter, entry: Entry, clause: Clause, area: QRect) -> None:
        plain = QFont(painter.font())
        line = self._line(plain)
        first = QRect(area.left(), area.top(), area.width(), line)
        left = self._chips(painter, entry, first)
        painter.setFont(_bold(plain))
        painter.setPen(self._look.colour("faint" if entry.info else "text"))
        copied = "　控えあり" if entry.copied else ""
        room = first.adjusted(0, 0, left - first.right(), 0)
        self._text(painter, room, f"{clause.number}　{clause.heading}{copied}")
        painter.setFont(plain)
        painter.setPen(self._look.colour("sub"))
        self._text(painter, first.translated(0, line), clause.summary)
        painter.setPen(self._look.colour("faint"))
        self._text(painter, first.translated(0, 2 * line), entry.about or "台帳で示すものはありません")

    def _chips(self, painter: QPainter, entry: Entry, area: QRect) -> int:
        """The states from the right, the most pressing one last; where the room for the title ends."""
        painter.setFont(_bold(painter.font()))
        metrics, right = painter.fontMetrics(), area.right()
        for state, count in reversed(_sorted(entry.states)):
            shown = mark(state)
            text = f"{shown.sign}{count}"
            width = metrics.horizontalAdvance(text) + 12
            chip = QRect(right - width, area.top(), width, metrics.height() + 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour(f"{shown.tone}-soft"))
            painter.drawRoundedRect(chip, 6, 6)
            painter.setPen(self._look.colour(shown.tone))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
            right = chip.left() - 4
        return right - 4

    def _text(self, painter: QPainter, area: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _line(self, font: QFont) -> int:
        return round(QFontMetrics(font).height() * 1.3)


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made


class ClauseList(QListView):
    """``chosen(entry)`` when another clause is chosen."""

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName("条項の一覧")
        self.clauses = _Model(self)
        self.setItemDelegate(_Painter(look, self))
        self.setModel(self.clauses)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(lambda index, _former: self._tell(index))
        look.changed.connect(self.doItemsLayout)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries; the clause one was at stays, else the first is chosen."""
        held, at = self.entry, self.verticalScrollBar().value()
        self.clauses.show_entries(entries)
        self.choose(held.key if held else next((one.key for one in entries if one.clause), ("", 0, "")))
        if held is not None:
            self.verticalScrollBar().setValue(at)

    @property
    def entry(self) -> Entry | None:
        """The clause one is at."""
        index = self.currentIndex()
        return self.clauses.entries[index.row()] if index.isValid() else None

    def choose(self, key: Key) -> None:
        """Go to a clause."""
        at = next((n for n, one in enumerate(self.clauses.entries) if one.clause and one.key == key), -1)
        if at >= 0:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.clauses.index(at), flag)

    def _tell(self, index: Index) -> None:
        if index.isValid():
            self.chosen.emit(self.clauses.entries[index.row()])
