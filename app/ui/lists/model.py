"""The rows of a list: an array of ids from one statement, and pages of records read when they are seen."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.records import Facts, Field, Record, Spec
from app.records.kinds import Number, Quantity
from app.records.ordering import ordered_by
from app.ui.context import Context

_PAGE = 200
_PAGES = 40
_NOWHERE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole
_TIP = Qt.ItemDataRole.ToolTipRole
_ALIGN = Qt.ItemDataRole.TextAlignmentRole
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

Index = QModelIndex | QPersistentModelIndex


class RecordModel(QAbstractTableModel):
    """Records of one type, sorted and searched by the ledger. One column for each listed field."""

    def __init__(self, context: Context, spec: Spec[Any]) -> None:
        super().__init__()
        self._context = context
        self.spec = spec
        self.columns: tuple[Field, ...] = spec.listed
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[tuple[str, ...]]] = OrderedDict()
        self._order = -1
        self._descending = False
        self._text = ""
        self._retired = False

    @property
    def ids(self) -> array[int]:
        """The ids of the rows, from the top."""
        return self._ids

    @property
    def retired(self) -> bool:
        """Whether the list shows what was retired."""
        return self._retired

    def load(self) -> None:
        """Ask the ledger anew what there is."""
        chosen = 0 <= self._order < len(self.columns)
        order = self.columns[self._order].name if chosen else ordered_by(self.spec)
        found = self._context.ledger.listing(
            self.spec.name, order, descending=self._descending, text=self._text, retired=self._retired
        )
        self.beginResetModel()
        self._ids = found
        self._pages.clear()
        self.endResetModel()

    def filter(self, text: str) -> None:
        """Keep to the records that hold ``text``."""
        self._text = text
        self.load()

    def show_retired(self, retired: bool) -> None:
        """List the retired records instead, or the others again."""
        self._retired = retired
        self.load()

    def show_all(self) -> None:
        """Forget the words searched for and list what is in force; ``load`` asks the ledger."""
        self._text, self._retired = "", False

    def renew(self) -> None:
        """Read the texts of the rows again; their order is kept."""
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role in (_DISPLAY, _TIP):
            return self._row(index.row())[index.column()] if index.isValid() else None
        if role == _ALIGN and index.isValid():
            return _RIGHT if isinstance(self.columns[index.column()].kind, Number | Quantity) else _LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            return self.columns[section].label
        if role == _ALIGN:
            return _RIGHT if isinstance(self.columns[section].kind, Number | Quantity) else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        wanted = (column, order == Qt.SortOrder.DescendingOrder)
        if wanted != (self._order, self._descending):
            self._order, self._descending = wanted
            self.load()

    def _row(self, number: int) -> tuple[str, ...]:
        page, at = divmod(number, _PAGE)
        held = self._pages.get(page)
        if held is None:
            held = self._pages[page] = self._read(page)
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return held[at]

    def _read(self, page: int) -> list[tuple[str, ...]]:
        ids = self._ids[page * _PAGE : (page + 1) * _PAGE]
        facts = self._context.facts()
        read = {record.id: record for record in self._context.ledger.page(self.spec.name, ids)}
        blank = ("",) * len(self.columns)
        return [self._texts(facts, read[each]) if each in read else blank for each in ids]

    def _texts(self, facts: Facts, record: Record) -> tuple[str, ...]:
        return tuple(facts.shown(record, f.name) for f in self.columns)
