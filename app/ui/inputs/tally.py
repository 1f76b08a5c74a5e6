"""The input for a stock-take: a line into which a scanner types, and the list of what should be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.records import Facts, Field, Location
from app.records.spelling.fold import alike
from app.ui.inputs.base import Input, Making
from app.ui.inputs.plain import column
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.tables.lines_table import Cell, Column, LinesTable, line
from app.ui.parts.widgets import Notice, Prose, button
from app.work.acts.stock.called import Names
from app.work.acts.stock.rows import LEFT, Row, Seen
from app.work.acts.stock.sought import Scope, Sought, sought_at
from app.work.acts.stock.stocktake import Tally
from app.work.acts.stock.tally import Entry, entries, tally, unknown, written

_COLUMNS = (
    Column("番号", 6),
    Column("内容", 9, stretch=True),
    Column("数量", 5, right=True),
    Column("結果", 7),
)
_TONES: Mapping[Seen, str] = {Seen.FOUND: "ok", **dict.fromkeys(LEFT, "warn")}
_SIGNS: Mapping[Seen, str] = {Seen.FOUND: "✓", **dict.fromkeys(LEFT, "△")}
_LINES = 9
"""Rows of the list that are seen at once."""


class ScanLine(QLineEdit):
    """One number at a time; Enter ends it, and the next one follows at once.

    Nothing is composed in it: a scanner types faster than an input method asks back.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # The page would go on to its next field, and the next number into that.
            event.accept()


class TallyInput(Input):
    """Numbers said so far, shown as what became of each thing that should be there."""

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self._said: dict[str, Entry] = {}
        self._beside: Mapping[str, Any] = {}
        self._sought: tuple[tuple[Any, ...], Sought] | None = None
        """What should be there, and for which facts, day, contract and things it was asked."""
        self._known: tuple[Facts, Names] | None = None
        self.rows: tuple[Row, ...] = ()
        self.scan = ScanLine()
        self.scan.setPlaceholderText("番号（数量は続けて）を入力しEnter")
        self.scan.returnPressed.connect(self._scanned)
        self.name(self.scan)
        self.notice = Notice("")
        self.counts = Prose("", "sub")
        look = making.context.look
        self.table = LinesTable(look, "確かめるものの一覧", _COLUMNS, several=True)
        self.table.picked.connect(lambda key: self._turn([key]))
        self.table.chosen.connect(lambda _keys: self._enable())
        self.table.setMinimumHeight(self.fontMetrics().lineSpacing() * 2 * _LINES)
        hold(self.table, 25)
        self.here = button("あり", lambda: self._say(absent=False))
        self.gone = button("なし", lambda: self._say(absent=True))
        self.back = button("未確認に戻す", self._unsay, kind="quiet")
        layout = column(self)
        for widget in (self.scan, self.notice, self.counts, self.table):
            layout.addWidget(widget)
        layout.addLayout(flow(self.here, self.gone, self.back))
        self._show()

    def text(self) -> str:
        return written(self._said.values())

    def show_value(self, value: Any) -> None:
        self._said = {}
        for one in entries(str(value or "")):
            self._put(one)
        self._show()

    def hear(self, said: Mapping[str, Any]) -> None:
        self._beside = said
        self._show()

    def fields(self) -> Sequence[QWidget]:
        return (self.scan, self.table, self.here, self.gone, self.back)

    def settle(self) -> None:
        self._scanned()

    def _scanned(self) -> None:
        said = self.scan.text().strip()
        self.scan.clear()
        for one in entries(said):
            known = self._said.get(self._key(one.number)) == self._named(one)
            self._put(one)
            self._show()
            self._tell(one, known=known)
        if said:
            self.edited.emit()

    def _tell(self, one: Entry, *, known: bool) -> None:
        """What became of the last number, where the eye is."""
        row = self._row_of(one.number)
        if row is None:
            self.notice.say(unknown(one.number, self._names()).told, "danger")
            return
        again = "（読み取り済み）" if known else ""
        tone = "ok" if row.seen == Seen.FOUND else "danger"
        self.notice.say(row.told or f"{row.number}　{row.seen}{again}", tone)

    def _row_of(self, said: str) -> Row | None:
        key = self._key(said)
        return next((one for one in self.rows if self._key(one.number) == key), None)

    def _key(self, number: str) -> str:
        """One key for all spellings of a number; of one that means no device, how it is compared."""
        return alike(self._named(Entry(number)).number)

    def _named(self, one: Entry) -> Entry:
        """By the number that the ledger has, with the quantity that was said behind it."""
        held = self._names().called(one.number)
        if held is None:
            return one
        quantity = held.quantity if one.quantity is None else one.quantity
        return Entry(held.number, one.absent, None if one.absent else quantity)

    def _put(self, one: Entry) -> None:
        named = self._named(one)
        self._said[alike(named.number)] = named

    def _say(self, *, absent: bool) -> None:
        """Who says of an asset that it is there has counted all that the row names."""
        due = {one.number: one.due for one in self.rows}
        for number in self.table.selected():
            self._put(Entry(number, absent, None if absent else due.get(number)))
        self._show()
        self.edited.emit()

    def _unsay(self) -> None:
        for number in self.table.selected():
            self._said.pop(self._key(number), None)
        self._show()
        self.edited.emit()

    def _turn(self, numbers: Sequence[str]) -> None:
        """Enter in the list: what is open is there, all of it."""
        due = {one.number: one.due for one in self.rows}
        for number in numbers:
            self._put(Entry(number, quantity=due.get(number)))
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        """Hold what was said against the ledger as it is now."""
        kind, facts = self.field.kind, self.making.context.facts()
        place = facts.find(Location, kind.place) if isinstance(kind, Tally) else None
        day = self._beside.get("on")
        if place is None or not isinstance(day, date):
            self.rows = ()
        else:
            contract, sought = self._beside.get("contract"), self._looked_for(facts, place, day)
            self.rows = tally(facts, place, day, self.text(), contract, sought, self._names())
        self.table.show_lines(
            [
                line(
                    one.number,
                    one.number,
                    one.what,
                    one.amount,
                    Cell(f"{_SIGNS.get(one.seen, '✕')} {one.seen}", tone=_TONES.get(one.seen, "danger")),
                )
                for one in self.rows
            ]
        )
        counted = ((seen, sum(one.seen == seen for one in self.rows)) for seen in reversed(Seen))
        self.counts.say("　／　".join(f"{seen} {count}件" for seen, count in counted if count))
        self._enable()

    def _names(self) -> Names:
        """What numbers mean, worked out once for these facts."""
        facts, known = self.making.context.facts(), self._known
        if known is None or known[0] is not facts:
            known = self._known = facts, Names(facts)
        return known[1]

    def _looked_for(self, facts: Facts, place: Location, day: date) -> Sought:
        """What should be there, worked out once: every number that is read asks for it."""
        contract = self._beside.get("contract")
        scope = str(self._beside.get("scope") or Scope.BOTH)
        asked = (facts, place.id, day, contract, scope)
        known = self._sought
        if known is None or known[0][0] is not facts or known[0][1:] != asked[1:]:
            known = self._sought = asked, sought_at(facts, place, day, contract, scope)
        return known[1]

    def _enable(self) -> None:
        some = bool(self.table.selected())
        for made in (self.here, self.gone, self.back):
            made.setEnabled(some)
