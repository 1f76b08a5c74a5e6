"""A plain table for the short lists of a contract: sign and word in a cell, sorting, opening by Enter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, overload

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QAbstractItemView

from app.records.amounts import Amount, amount_text
from app.records.spelling.collation import order
from app.ui.parts.look import Look
from app.ui.parts.tables.table import WHOLE, Table, runs_of
from app.ui.parts.widgets import em

Index = QModelIndex | QPersistentModelIndex
_DISPLAY, _TIP, _ALIGN, _COLOUR, _SAID = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.TextAlignmentRole,
    Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


_SHORT = 12
"""Full-width characters up to which a column is shown whole, unless it takes what room is left."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the full-width characters that it keeps at least, where its text stands.

    ``stretch``: it takes what room is left.
    """

    title: str
    width: int = 12
    stretch: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, what it is sorted by if not itself, and its tone."""

    text: str
    order: Any = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it stands for, and its cells."""

    key: Any
    cells: tuple[Cell, ...]


class LazyLines(Sequence[Line]):
    """Rows made when they are looked at: ten thousand at once would stop the window to collect garbage."""

    def __init__(self, things: Sequence[Any], make: Callable[[Any], Line]) -> None:
        self._things = things
        self._make = make

    def __len__(self) -> int:
        return len(self._things)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        if isinstance(at, slice):
            return LazyLines(self._things[at], self._make)
        return self._make(self._things[at])


def line(key: Any, *cells: Cell | str) -> Line:
    """A row of cells or plain texts."""
    return Line(key, tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in cells))


def number(value: Amount) -> Cell:
    """A number, grouped by thousands; nothing where it is zero."""
    return Cell(amount_text(value) if value else "", value)


class LinesModel(QAbstractTableModel):
    """The rows of one table."""

    def __init__(self, look: Look, columns: Sequence[Column]) -> None:
        super().__init__()
        self._look = look
        self.columns = tuple(columns)
        self._given: Sequence[Line] = ()
        self.lines: Sequence[Line] = ()
        self._sorted: tuple[int, bool] | None = None
        self._last: tuple[int, Line] | None = None
        self._brushes: dict[str, QBrush] = {}
        look.changed.connect(self._forget)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's name and default
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's name and default
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        if role == _ALIGN:
            right = self.columns[index.column()].right
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        cell = self._line(index.row()).cells[index.column()]
        if role in (_DISPLAY, _TIP, _SAID):
            return cell.text
        if role == _COLOUR and cell.tone:
            return self._brush(cell.tone)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _DISPLAY:
            return self.columns[section].title
        if role == _ALIGN:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted = None if column < 0 else (column, order == Qt.SortOrder.DescendingOrder)
        self.show_lines(self._given)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other rows, in the order chosen in the head."""
        self.beginResetModel()
        self._last = None
        self._given = self.lines = lines
        if self._sorted is not None:
            column, descending = self._sorted
            found = sorted(
                range(len(lines)), key=lambda at: _order(lines[at].cells[column]), reverse=descending
            )
            self.lines = LazyLines(found, lines.__getitem__)
        self.endResetModel()

    def _line(self, at: int) -> Line:
        """One row; a row is painted cell by cell, so the last one is kept."""
        if self._last is None or self._last[0] != at:
            self._last = (at, self.lines[at])
        return self._last[1]

    def _forget(self) -> None:
        self._brushes.clear()

    def _brush(self, tone: str) -> QBrush:
        if tone not in self._brushes:
            self._brushes[tone] = QBrush(self._look.colour(tone))
        return self._brushes[tone]


def _order(cell: Cell) -> tuple[bool, Any]:
    """Empty cells stand last; a column holds values of one kind."""
    if cell.order is None:
        return (not cell.text, order(cell.text))
    return (False, cell.order)


class LinesTable(Table):
    """``picked(key)`` on Enter or a double click; ``chosen(keys)`` when the selection changes."""

    picked = Signal(object)
    chosen = Signal(list)
    model_of: type[LinesModel] = LinesModel

    def __init__(self, look: Look, name: str, columns: Sequence[Column], *, several: bool = False) -> None:
        super().__init__(look, name)
        self.lines = self.model_of(look, columns)
        self.lines.setParent(self)
        self._kept: list[Any] = []
        self._expected: frozenset[Any] = frozenset()
        self.lines.modelAboutToBeReset.connect(self._remember)
        self.use(self.lines)
        # After the view's own: a reset forgets the selection, in sorting too.
        self.lines.modelReset.connect(self._restore)
        if not several:
            self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self.horizontalHeader()
        head.setSortIndicatorClearable(True)
        self.opened.connect(lambda at: self.picked.emit(self.lines.lines[at].key))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other rows; what was selected stays so as far as it is still there."""
        self.lines.show_lines(lines)
        if self._expected:
            self._choose_expected()
        self.chosen.emit(self.selected())

    def expect(self, keys: Iterable[Any]) -> None:
        """Select the rows that stand for ``keys`` and bring them into sight once they are there."""
        self._expected |= frozenset(keys)

    def _choose_expected(self) -> None:
        rows = [at for at, held in enumerate(self.lines.lines) if held.key in self._expected]
        if rows:
            self._expected = frozenset()
            self.choose_rows(rows)

    def _remember(self) -> None:
        self._kept = self.selected()

    def _restore(self) -> None:
        self.select(*self._kept)

    def selected(self) -> list[Any]:
        """What the selected rows stand for, from top to bottom."""
        return [self.lines.lines[at].key for at in self.chosen_rows() if at < len(self.lines.lines)]

    def select(self, *keys: Any) -> None:
        """Select the rows that stand for ``keys``, as far as they are there."""
        self.choose_runs(runs_of(one.key in keys for one in self.lines.lines) if keys else [])

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen.emit(self.selected())

    def least(self, column: int) -> int:
        held = self.lines.columns[column]
        # Half of a number, a day or a period reads as another one.
        short = not held.stretch and self.need(column) <= em(self, _SHORT)
        return WHOLE if short else em(self, held.width)

    def eager(self, column: int) -> bool:
        return self.lines.columns[column].stretch
