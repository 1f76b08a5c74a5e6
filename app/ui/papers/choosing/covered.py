"""対象期間: the two days between which a document looks, where its form covers a period."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.duties.case import FormFace
from app.records import Contract
from app.records.statement import Within
from app.ui.context import Context
from app.ui.editor.ask_dialog import asked
from app.ui.inputs.base import Making
from app.ui.inputs.day import DayInput, day_of
from app.ui.parts.widgets import label, prose

_UNREADABLE = "対象期間の日付を読み取れません。日付を入力し直すか、空欄にしてください。"


class PeriodBox(QWidget):
    """Two days, shown only for a form that covers a period. Left empty: what the form covers by itself.

    ``where``: in which words the officer is told where that can be seen.
    """

    def __init__(self, context: Context, changed: Callable[[], None], where: str) -> None:
        super().__init__()
        making = Making(context)
        self.first = DayInput(asked("submission", "issued_on"), making)
        self.last = DayInput(asked("submission", "issued_on"), making)
        self.first.edit.setAccessibleName("対象期間の初日")
        self.last.edit.setAccessibleName("対象期間の末日")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addWidget(label("対象期間", "h3"))
        column.addWidget(prose(where, "hint"))
        # Below one another: beside a word the second would push the column wider than its place.
        for said, day in (("初日", self.first), ("末日", self.last)):
            column.addWidget(label(said, "hint"))
            column.addWidget(day)
        for one in (self.first, self.last):
            one.edit.textChanged.connect(lambda _text: changed())
        self.hide()

    def ask(self, form: FormFace | None) -> None:
        """Show itself for a form that covers a period; what was typed for another form is forgotten."""
        self.setVisible(form is not None and form.periodic)
        if self.isHidden():
            self.first.edit.clear()
            self.last.edit.clear()

    def days(self, contract: Contract, day: date) -> Within | None:
        """The period asked for, None where nothing was typed; only asked where there is no ``problem``."""
        typed = self._typed()
        if self.isHidden() or not any(typed):
            return None
        first, last = map(day_of, typed)
        return first or contract.starts_on, last or day

    def problem(self, contract: Contract, day: date) -> str:
        """Why what was typed is no period, in one sentence; empty where it is one."""
        typed = self._typed()
        if self.isHidden() or not any(typed):
            return ""
        if any(text and day_of(text) is None for text in typed):
            return _UNREADABLE
        first, last = self.days(contract, day) or (day, day)
        if last < first:
            return "対象期間の終わりが始まりより前です。日付を確かめてください。"
        if last > day:
            return "対象期間の終わりが発行日より後です。日付を確かめてください。"
        return ""

    def _typed(self) -> tuple[str, str]:
        return self.first.edit.text().strip(), self.last.edit.text().strip()
