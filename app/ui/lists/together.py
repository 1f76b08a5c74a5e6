"""選択した○件をまとめて変更: fields are given one value each, what becomes of every record is seen before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.common import PeopleError
from app.records import Record
from app.records.dated import changed
from app.records.plausible import doubtful
from app.ui.context import Context
from app.ui.editor.ask_dialog import read_input
from app.ui.editor.asking.since import Since, SinceQuestion
from app.ui.editor.box import FieldBox
from app.ui.inputs.base import Combo, Making
from app.ui.inputs.by_kind import make_input
from app.ui.parts.dialogs import sentences
from app.ui.parts.space.screen import usable
from app.ui.parts.tables.lines_table import Column, LazyLines, LinesTable, line
from app.ui.parts.widgets import Notice, Prose, button, em, label, row
from app.work.together import DAY_OF_CHANGE, Changed, change_together, changes

_DAY_OF_CHANGE = (DAY_OF_CHANGE, "change_reason")
"""Offered with every other field of a record that has them; left empty, they stay as they are."""
_EDGE = 60
"""Logical pixels of the screen that the dialog leaves free, its frame among them."""
_COLUMNS = (
    Column("記録", 12, stretch=True),
    Column("欄", 8),
    Column("今の値", 10),
    Column("新しい値", 10),
)


class TogetherDialog(QDialog):
    """Gives ``records``, all of one type, the same value in the fields that are chosen."""

    def __init__(self, context: Context, records: Sequence[Record]) -> None:
        super().__init__()
        self._context = context
        self._records = list(records)
        self._spec = records[0].spec
        self._making = Making(context)
        self.boxes: dict[str, FieldBox] = {}
        self.setWindowTitle(f"{self._spec.label}をまとめて変更")
        self.choice = Combo()
        self.choice.setAccessibleName("変更する欄")
        self.add_button = button("この欄を変更する", self._add_chosen)
        self.notice = Notice("", "danger")
        self.since = SinceQuestion(self._making)
        self._said = Prose("", "sub")
        self.preview = LinesTable(context.look, "変更の前と後", _COLUMNS)
        self.ok = button("変更する", self.accept, kind="primary")
        self._build()
        self._offer()
        self._look_again()

    def add_field(self, name: str) -> None:
        """Let a field be given a value; it begins with the one that all records have, if they do."""
        if name in self.boxes:
            return
        field = self._spec.field(name)
        made = make_input(field, self._making)
        common = {getattr(record, name) for record in self._records}
        if len(common) == 1:
            made.show_value(common.pop())
        made.edited.connect(self._look_again)
        box = self.boxes[name] = FieldBox(field, made)
        drop = button(
            "この欄は変更しない", lambda: self._drop(name), kind="quiet", name=f"{field.label}は変更しない"
        )
        box.head.addWidget(drop)
        self._fields.addWidget(box)
        box.show()
        self._offer()
        self._look_again()

    @property
    def planned(self) -> tuple[Changed, ...]:
        """What the values given so far would change."""
        values = self._values()
        return changes(self._records, values) if values else ()

    def accept(self) -> None:
        values = self._read()
        if values is None or not self._meant():
            return
        answer = self._since()
        if answer is None:
            return
        ledger, catalogue = self._context.ledger, self._context.catalogue
        try:
            count = change_together(ledger, catalogue, self._records, values, answer.day)
        except PeopleError as error:
            self.notice.say(sentences(error.problems), "danger")
            return
        self._context.say(f"{self._spec.label}{count}件を変更しました。")
        super().accept()

    def _since(self) -> Since | None:
        """From when the changed values hold; None until it is answered, where any holds from a day."""
        planned = {one.record: one.before for one in self.planned}
        names = dict.fromkeys(name for made, held in planned.items() for name in changed(held, made))
        if not names:
            self.since.reset()
            return Since(None)
        if self.since.asks([self._spec.field(name).label for name in names]):
            return None
        return self.since.answer()

    def _meant(self) -> bool:
        """Whether every day far from today is meant as it was entered."""
        today = self._context.today()
        found = (doubtful(one.record, today, one.before) for one in self.planned)
        said = "".join(
            dict.fromkeys(sentence for each in found for told in each.values() for sentence in told)
        )
        return not said or self._context.dialogs.ask(
            f"{said}このまま変更しますか？", "変更する", no="戻る", grave=True
        )

    def _build(self) -> None:
        holder = QWidget()
        holder.setProperty("role", "page")
        self._fields = QVBoxLayout(holder)
        self._fields.setContentsMargins(0, 0, 8, 0)
        self._fields.setSpacing(10)
        self._fields.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName("変更する欄")
        scroll.setWidget(holder)
        count = len(self._records)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(label(f"選択した{self._spec.label}{count}件をまとめて変更", "h2"))
        layout.addWidget(self.notice)
        layout.addWidget(self.since)
        layout.addLayout(row(self.choice, self.add_button, None))
        layout.addWidget(scroll, 2)
        layout.addWidget(self._said)
        layout.addWidget(self.preview, 3)
        layout.addLayout(row(None, button("戻る", self.reject), self.ok))
        room = usable(self).size()
        self.resize(min(em(self, 62), room.width() - _EDGE), min(em(self, 42), room.height() - _EDGE))

    def _offer(self) -> None:
        """What may still be chosen; the days of change come along by themselves."""
        self.choice.clear()
        for field in self._spec.alike:
            if field.name not in self.boxes:
                self.choice.addItem(field.label, field.name)
        self.add_button.setEnabled(self.choice.count() > 0)

    def _add_chosen(self) -> None:
        name = str(self.choice.currentData())
        self.add_field(name)
        if name not in _DAY_OF_CHANGE:
            for each in _DAY_OF_CHANGE:
                if any(field.name == each for field in self._spec.alike):
                    self.add_field(each)
        self.boxes[name].input.focus()

    def _drop(self, name: str) -> None:
        box = self.boxes.pop(name)
        self._fields.removeWidget(box)
        box.hide()
        box.deleteLater()
        self._offer()
        self._look_again()

    def _entered(self) -> dict[str, tuple[Any, str]]:
        """By field its value and what is wrong with it; what is left empty and need not be given is out."""
        found = {}
        for name, box in self.boxes.items():
            text = str(box.input.text()) if not isinstance(box.input.text(), list) else ""
            if text.strip() or name not in _DAY_OF_CHANGE or len(self.boxes) == 1:
                found[name] = read_input(box.input, text)
        return found

    def _values(self) -> dict[str, Any]:
        return {name: value for name, (value, wrong) in self._entered().items() if not wrong}

    def _read(self) -> dict[str, Any] | None:
        entered = self._entered()
        for name, box in self.boxes.items():
            wrong = entered.get(name, (None, ""))[1]
            box.mark({"": [wrong]} if wrong else {})
        first = next((name for name, (_value, wrong) in entered.items() if wrong), "")
        if first:
            self.boxes[first].input.focus()
            return None
        return {name: value for name, (value, _wrong) in entered.items()}

    def _look_again(self) -> None:
        facts, planned = self._context.facts(), self.planned
        self.notice.say("")

        def shown(one: Changed) -> Any:
            texts = (facts.shown(held, one.field) or "（空）" for held in (one.before, one.record))
            return line(None, facts.title(one.before), self._spec.field(one.field).label, *texts)

        self.preview.show_lines(LazyLines(planned, shown))
        count = len({one.before.id for one in planned})
        same = len(self._records) - count
        rest = f"ほかの{same}件は、今の値と同じです。" if count and same else ""
        self._said.say(
            f"{count}件が次のとおり変わります。{rest}"
            if count
            else "変更する欄を選び、新しい値を入力すると、変わるところをここに示します。"
            "空のままの欄は、空欄になります。"
        )
        # What cannot be read is told by pressing, at its box.
        self.ok.setEnabled(count > 0 or any(wrong for _value, wrong in self._entered().values()))
        self.ok.setText(f"{count}件を変更する" if count else "変更する")
