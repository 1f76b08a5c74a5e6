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
        self._context, self._changed, self._where = context, changed, where
        self._days: tuple[DayInput, DayInput] | None = None
        self.hide()

    @property
    def first(self) -> DayInput:
        """The first day. Made when it is asked for: most forms cover no period."""
        return self._made()[0]

    @property
    def last(self) -> DayInput:
        """The last day, as ``first``."""
        return self._made()[1]

    def _made(self) -> tuple[DayInput, DayInput]:
        if self._days is None:
            column = QVBoxLayout(self)
            column.setContentsMargins(0, 0, 0, 4)
            column.setSpacing(4)
            column.addWidget(label("対象期間", "h3"))
            column.addWidget(prose(self._where, "hint"))
            # Below one another: beside a word the second would push the column wider than its place.
            self._days = self._day(column, "初日"), self._day(column, "末日")
        return self._days

    def _day(self, column: QVBoxLayout, said: str) -> DayInput:
        made = DayInput(asked("submission", "issued_on"), Making(self._context))
        made.edit.setAccessibleName(f"対象期間の{said}")
        column.addWidget(label(said, "hint"))
        column.addWidget(made)
        made.edit.textChanged.connect(lambda _text: self._changed())
        return made

    def ask(self, form: FormFace | None) -> None:
        """Show itself for a form that covers a period; what was typed for another form is forgotten."""
        wanted = form is not None and form.periodic
        if wanted:
            self._made()
        self.setVisible(wanted)
        for one in self._days if self._days and not wanted else ():
            one.edit.clear()

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
        if self._days is None:
            return "", ""
        first, last = self._days
        return first.edit.text().strip(), last.edit.text().strip()
