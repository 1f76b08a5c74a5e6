"""列と項目: which sheet, which head, where each column goes, and what is the same in all rows."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.exchange.sheets.book import Book, Sheet
from app.exchange.tables.answers import erasing
from app.exchange.tables.answers.answers import Answers
from app.exchange.tables.beside.words import words_with
from app.exchange.tables.columns import INTO_NOTE, MAKER_AND_MODEL
from app.exchange.tables.columns import Column as Found
from app.exchange.tables.mapping import Said
from app.exchange.tables.own import ID
from app.exchange.tables.planned import TablePlan
from app.records import Spec
from app.ui.context import Context
from app.ui.editor.ask_dialog import FieldsForm
from app.ui.importing import wording
from app.ui.importing.constants_view import ConstantsView
from app.ui.inputs.base import Combo
from app.ui.parts.space.flow import flow
from app.ui.parts.tables.lines_table import Cell, Column, Line, LinesTable, line
from app.ui.parts.widgets import button, label

_HEADS = 30
_LONGEST = 24
_COLUMNS = (
    Column("列", 2),
    Column("見出し", 6),
    Column("例", 6, stretch=True),
    Column("値のある行", 4, right=True),
    Column("取り込む項目", 7),
)
_UNUSED, _UNDECIDED = "-", "?"
"""What stands in the list for 取り込まない, and for a column of which nothing is said."""


class ColumnsView(QWidget):
    """``decided`` when something else is said of the table."""

    decided = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.said = Said()
        self._earlier: list[Said] = []
        """What was said before each answer, the last one at the end."""
        self._spec: Spec[Any] | None = None
        self._book = Book(())
        self._planned: TablePlan | None = None
        self.sheet = _combo("取り込むシート", 8)
        self.head = _combo("見出しの行", 10)
        self.table = LinesTable(context.look, "列と取り込む項目", _COLUMNS)
        self.table.setSortingEnabled(False)
        self.table.chosen.connect(lambda _keys: self._offer())
        self.to = _combo("選んだ列を取り込む項目", 12)
        self.erases = QCheckBox("空欄の行は、登録済みの値を消す")
        self.erases.setAccessibleName("空欄の行は、登録済みの値を消す")
        self.next = button("次の決まっていない列へ", self._go_on, kind="link")
        self.constants = ConstantsView(context)
        self._build()

    def _build(self) -> None:
        self._which = label("", "h3")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(flow(label("シート"), self.sheet, label("見出し"), self.head))
        layout.addWidget(self.table, 1)
        layout.addLayout(flow(self._which, self.to, self.erases, self.next))
        layout.addWidget(self.constants)
        self.sheet.activated.connect(lambda _at: self._choose_sheet())
        self.head.activated.connect(lambda _at: self._choose_head())
        self.to.activated.connect(lambda _at: self._choose_target())
        self.constants.said.connect(lambda held: self._say(constants=held))
        self.constants.made.connect(lambda kinds: self._say(making=kinds))
        self.erases.toggled.connect(self._choose_erasing)

    @property
    def form(self) -> FieldsForm | None:
        """The fields for what no column says; None before something is asked."""
        return self.constants.form

    @property
    def undecided(self) -> list[Found]:
        """The columns with values of which nobody said what becomes of them."""
        return [] if self._planned is None else [one for one in self._planned.columns if one.undecided]

    def show_book(self, spec: Spec[Any], book: Book) -> None:
        """Another file: nothing is said of it yet."""
        self._spec, self._book, self._planned = spec, book, None
        self.said, self._earlier = Said(), []
        self.constants.begin(spec)
        self.sheet.clear()
        for one in self._sheets():
            self.sheet.addItem(one.name or "（シート名なし）", one.name)
        self.sheet.setCurrentIndex(0 if self.sheet.count() == 1 else -1)
        self._list_heads()
        self.table.show_lines([])
        self._offer()

    def show_plan(self, planned: TablePlan) -> None:
        """What was found out of the file with what is said of it."""
        self._planned = planned
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(planned.sheet)))
        self._list_heads()
        self.table.show_lines([self._line(one) for one in planned.columns])
        if not self.table.selected() and planned.columns:
            first = self.undecided or planned.columns
            self.table.expect([first[0].number])
            self.table.show_lines([self._line(one) for one in planned.columns])
        self.constants.ask(planned, self.said)
        self._offer()

    def asked_first(self) -> QWidget | None:
        """Where the first thing that keeps all rows out is said: a column, or what no column says."""
        form = self.constants.form
        if self.undecided:
            return self.to
        if form is None or not form.inputs:
            return None
        return next(iter(form.inputs.values())).fields()[0]

    def _sheets(self) -> list[Sheet]:
        return [one for one in self._book.sheets if one.cells and not one.hidden]

    def _list_heads(self) -> None:
        """The first rows of the sheet, one of which is the head; at first the one that was found."""
        name = self.sheet.currentData()
        held = next((one for one in self._sheets() if one.name == name), None)
        self.head.clear()
        found = self._planned.head if self._planned and not self.said.head else ()
        self.head.addItem(f"自動（{'・'.join(map(str, found))}行目）" if found else "自動で探す", ())
        for number, cells in islice(held.rows() if held else (), _HEADS):
            text = "・".join(" ".join(cell.shown.split()) for cell in cells)
            self.head.addItem(f"{number}行目　{text[:_LONGEST]}", (number,))
        rows = [self.head.itemData(at) for at in range(self.head.count())]
        self.head.setCurrentIndex(rows.index(self.said.head) if self.said.head in rows else 0)

    def _line(self, column: Found) -> Line:
        spec = self._spec
        if spec is None:
            return line(column.number)
        tone = "danger" if column.undecided else ""
        erased = "（空欄は消す）" if column.number in self.said.erases else ""
        return line(
            column.number,
            column.letter,
            " ".join(column.title.split()) or "（見出しなし）",
            "、".join(" ".join(text.split()) for text in column.samples),
            Cell(f"{column.filled:,}", column.filled),
            Cell(f"{wording.target_label(spec, column)}{erased}", None, tone),
        )

    def _column(self) -> Found | None:
        chosen = self.table.selected()
        columns = self._planned.columns if self._planned else ()
        return next((one for one in columns if chosen and one.number == chosen[0]), None)

    def _offer(self) -> None:
        """The fields that the chosen column may go to."""
        column, spec = self._column(), self._spec
        self.to.clear()
        self.to.setEnabled(column is not None)
        self._which.setText(f"{column.letter}列の取込み先" if column else "列を選んでください")
        self.next.setVisible(bool(self.undecided))
        able = column is not None and spec is not None and erasing.erasable(spec, column.path)
        self.erases.setVisible(able)
        with QSignalBlocker(self.erases):
            self.erases.setChecked(column is not None and column.number in self.said.erases)
        if column is None or spec is None:
            return
        taken = {one.path: one for one in (self._planned.columns if self._planned else ()) if one.path}
        if column.undecided:
            self.to.addItem("（選択してください）", _UNDECIDED)
        self.to.addItem("取り込まない", _UNUSED)
        known = words_with(spec).targets
        if "note" in known:
            self.to.addItem(wording.path_label(spec, INTO_NOTE), INTO_NOTE)
        both = (MAKER_AND_MODEL,) if {"maker", "model"} <= known.keys() else ()
        for path in (*known, *both):
            if path != ID or column.path == ID:
                other = taken.get(path)
                used = (
                    f"（今は{other.letter}列）" if other is not None and other.number != column.number else ""
                )
                self.to.addItem(f"{wording.path_label(spec, path)}{used}", path)
        now = column.path or (_UNUSED if column.left else _UNDECIDED)
        self.to.setCurrentIndex(max(0, self.to.findData(now)))

    def _choose_target(self) -> None:
        column, wanted = self._column(), self.to.currentData()
        if column is None or wanted == _UNDECIDED:
            return
        path = None if wanted == _UNUSED else str(wanted)
        said = dict(self.said.columns)
        for other in self._planned.columns if self._planned else ():
            if path not in (None, INTO_NOTE) and other.path == path and other.number != column.number:
                # It goes to one column alone: the other one has to be decided anew.
                said.pop(other.number, None)
        said[column.number] = path
        self._say(columns=said, erases=self.said.erases - {column.number})

    def _choose_erasing(self, on: bool) -> None:
        if (column := self._column()) is not None:
            chosen = {column.number}
            self._say(erases=self.said.erases | chosen if on else self.said.erases - chosen)

    def _go_on(self) -> None:
        if self.undecided:
            self.table.select(self.undecided[0].number)
            self.to.setFocus()

    def _choose_sheet(self) -> None:
        self.constants.drop()
        self.said, self._earlier = Said(sheet=str(self.sheet.currentData() or "")), []
        self._planned = None
        self._list_heads()
        self.decided.emit()

    def _choose_head(self) -> None:
        self._earlier = []
        self._say(
            head=tuple(self.head.currentData() or ()),
            columns={},
            without=frozenset(),
            erases=frozenset(),
            answers=Answers(),
        )

    @property
    def answered(self) -> bool:
        """Whether an answer can be taken back."""
        return bool(self._earlier)

    def answer(self, said: Said) -> None:
        """Somebody answered a question: it is part of what is said now."""
        self._earlier.append(self.said)
        self._say(answers=said.answers, without=said.without)

    def take_back(self) -> None:
        """Forget the last answer; what was said of the columns since stays."""
        if self._earlier:
            before = self._earlier.pop()
            self._say(answers=before.answers, without=before.without)

    def recall(self, said: Said) -> None:
        """Show what was said of such a table before, without planning it anew."""
        self.said, self._earlier = said, []
        self.constants.recall(said)

    def forget(self) -> None:
        """Say nothing of the table but where it stands."""
        self.constants.drop()
        self.recall(Said(sheet=self.said.sheet, head=self.said.head))
        self.decided.emit()

    def leave_out(self, rows: frozenset[int]) -> None:
        """These rows are not brought in, with those that were left out before; none: all are again."""
        self._say(without=self.said.without | rows if rows else rows)

    def _say(self, **said: Any) -> None:
        self.said = replace(self.said, **said)
        self.decided.emit()


def _combo(name: str, width: int) -> Combo:
    made = Combo()
    made.setAccessibleName(name)
    made.setMinimumContentsLength(width)
    made.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made
