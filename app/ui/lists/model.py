"""The rows of a list: an array of ids from one statement, and pages of records read when they are seen."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.records import Facts, Field, Record, Spec
from app.records.kinds import Number, Quantity
from app.records.narrowing import fits
from app.records.ordering import ordered_by
from app.records.saved_list import ListCondition
from app.ui.context import Context
from app.ui.operations import Lane

_PAGE = 64
"""Rows read at once: about what a window shows, so that one step of the wheel reads little."""
_PAGES = 128
_AT_ONCE = 2000
"""Records of a type that are listed at once; more are listed by the worker, and the rows stay meanwhile."""
_FEW = 50
"""Changed rows that are looked for one by one."""
_NOWHERE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole
_TIP = Qt.ItemDataRole.ToolTipRole
_ALIGN = Qt.ItemDataRole.TextAlignmentRole
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be listed: of which state, holding which words, in which order."""

    order: str = ""
    descending: bool = False
    text: str = ""
    retired: bool = False
    conditions: tuple[ListCondition, ...] = ()

    @property
    def narrowed(self) -> bool:
        """Whether some of what is in force may be missing because of it."""
        return bool(self.text.strip() or self.conditions)


class RecordModel(QAbstractTableModel):
    """Records of one type, sorted and searched by the ledger. One column for each listed field.

    Of a long list the worker finds the rows; until they are there the old ones stand, each with its own
    record: what one acts upon is what one sees. ``waiting`` tells when that begins and ends, ``listed``
    when the ledger has answered, whether the rows are others or not.
    """

    waiting = Signal(bool)
    listed = Signal()

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
        self._conditions: tuple[ListCondition, ...] = ()
        self._shown = Wish()
        self._asked: Wish | None = None
        self._renews = False

    @property
    def ids(self) -> array[int]:
        """The ids of the rows, from the top."""
        return self._ids

    @property
    def retired(self) -> bool:
        """Whether the rows are of what was retired."""
        return self._shown.retired

    @property
    def sorted_by(self) -> int:
        """The column by which the rows were ordered by hand, -1 for none."""
        return self._order

    @property
    def busy(self) -> bool:
        """Whether other rows are on their way."""
        return self._asked is not None

    @property
    def shown(self) -> Wish:
        """What the rows are; another may be on its way."""
        return self._shown

    def load(self, *, texts: bool = False) -> None:
        """Ask the ledger anew what there is; ``texts``: rows that stay may read otherwise by now."""
        self._renews |= texts
        ledger, name, wish = self._context.ledger, self.spec.name, self._wish()

        def listing() -> array[int]:
            found = ledger.listing(
                name, wish.order, descending=wish.descending, text=wish.text, retired=wish.retired
            )
            return self._meeting(wish, found) if wish.conditions else found

        if self._asked is None and ledger.extent(name) <= _AT_ONCE:
            self._arrive(wish, listing())
            return
        if self._asked is None:
            self.waiting.emit(True)
        self._asked = wish
        self._context.operations.run(
            lambda _progress: listing(),
            lambda found: self._arrive(wish, found),
            failed=self._fail,
            owner=self,
            key=f"list {id(self)}",
            lane=Lane.ROWS,
        )

    def _meeting(self, wish: Wish, ids: array[int]) -> array[int]:
        """Those of ``ids`` that meet the conditions."""
        facts, name, kept = self._context.facts(), self.spec.name, array("q")
        fit = fits(facts, self.spec, wish.conditions)
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            held: Iterable[Record | None] = (
                self._context.ledger.page(name, part)
                if wish.retired
                else (facts.named(name, each) for each in part)
            )
            kept.extend(one.id for one in held if one is not None and fit(one))
        return kept

    def _wish(self) -> Wish:
        chosen = 0 <= self._order < len(self.columns)
        order = self.columns[self._order].name if chosen else ordered_by(self.spec)
        return Wish(order, self._descending, self._text, self._retired, self._conditions)

    def _fail(self, error: Exception) -> None:
        self._rest()
        raise error

    def _rest(self) -> None:
        if self._asked is not None:
            self._asked = None
            self.waiting.emit(False)

    def _arrive(self, wish: Wish, found: array[int]) -> None:
        same = found == self._ids and wish.retired == self._shown.retired
        if not same:
            self.beginResetModel()
            self._ids = found
            self._pages.clear()
        self._shown = wish
        if not same:
            self.endResetModel()
        elif self._renews:
            self.renew()
        self._renews = False
        self._rest()
        self.listed.emit()

    def filter(self, text: str) -> None:
        """Keep to the records that hold ``text``."""
        self._text = text
        self.load()

    def show_retired(self, retired: bool) -> None:
        """List the retired records instead, or the others again."""
        self._retired = retired
        self.load()

    def show_all(self) -> None:
        """Forget words and conditions and list what is in force; ``load`` asks the ledger."""
        self._text, self._retired, self._conditions = "", False, ()

    def narrow(self, text: str, retired: bool, conditions: tuple[ListCondition, ...]) -> None:
        """Keep to what holds the words and meets the conditions."""
        self._text, self._retired, self._conditions = text, retired, conditions
        self.load()

    def show_columns(self, fields: Sequence[Field]) -> None:
        """Show these fields; the order of the rows stays where its field is still among them."""
        by = self.columns[self._order].name if 0 <= self._order < len(self.columns) else ""
        self.beginResetModel()
        self.columns = tuple(fields)
        self._order = next((at for at, one in enumerate(self.columns) if one.name == by), -1)
        self._pages.clear()
        self.endResetModel()
        self.load()

    def take(self, written: Collection[int]) -> None:
        """These records were written: their rows show it at once; the ledger is asked where they stand."""
        facts, name = self._context.facts(), self.spec.name
        gone = {each for each in written if (facts.named(name, each) is None) != self._shown.retired}
        if gone:
            self._drop(gone)
        if len(written) > _FEW:
            self.renew()
        else:
            for each in written:
                self._renew_row(self.row_of(each))
        self.load()

    def renew(self) -> None:
        """Read the texts of the rows again; their order is kept."""
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))

    def row_of(self, record_id: int) -> int:
        """The row of a record, -1 where it has none."""
        try:
            return self._ids.index(record_id)
        except ValueError:
            return -1

    def _renew_row(self, row: int) -> None:
        if row >= 0:
            self._pages.pop(row // _PAGE, None)
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def _drop(self, gone: Collection[int]) -> None:
        """Take rows out whose records are no longer what the list shows: nobody is to act on them."""
        if len(gone) > _FEW:
            self.beginResetModel()
            self._ids = array("q", (each for each in self._ids if each not in gone))
            self._pages.clear()
            self.endResetModel()
            return
        for row in filter(lambda row: row >= 0, map(self.row_of, gone)):
            self.beginRemoveRows(_NOWHERE, row, row)
            del self._ids[row]
            self._pages.clear()
            self.endRemoveRows()

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
        read: Mapping[int, Record | None]
        if self._shown.retired:
            read = {record.id: record for record in self._context.ledger.page(self.spec.name, ids)}
        else:
            # What is in memory waits for nobody, not even for who is writing.
            read = {each: facts.named(self.spec.name, each) for each in ids}
        blank = ("",) * len(self.columns)
        return [self._texts(facts, held) if (held := read.get(each)) else blank for each in ids]

    def _texts(self, facts: Facts, record: Record) -> tuple[str, ...]:
        return tuple(" ".join(facts.shown(record, f.name).split("\n")) for f in self.columns)
