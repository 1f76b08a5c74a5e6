"""From when a changed value holds: one small question in the form itself, asked when one saves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QVBoxLayout

from app.records import Field
from app.records.kinds import Day
from app.ui.inputs.base import Making
from app.ui.inputs.day import DayInput
from app.ui.parts.widgets import Prose, card, row


class Since(NamedTuple):
    """The answer: the first day of the new value; None for a correction, which holds from the beginning."""

    day: date | None


class SinceQuestion(QFrame):
    """Hidden until it is asked. Nothing is chosen for the officer: either answer changes old papers."""

    def __init__(self, making: Making) -> None:
        super().__init__()
        self._asked: tuple[str, ...] = ()
        frame, inside = card()
        self._said = Prose("", "")
        self.from_day = QRadioButton("この日から変わった")
        self.correction = QRadioButton("入力の誤りの訂正（はじめからこの内容として扱う）")
        self._choices = QButtonGroup(self)
        for choice in (self.from_day, self.correction):
            self._choices.addButton(choice)
        self.day = DayInput(Field("since", Day(label="いつから"), required=False, default=None), making)
        self.day.edited.connect(lambda: self.from_day.setChecked(True))
        self._wrong = Prose("", "error")
        self._wrong.hide()
        inside.addWidget(self._said)
        inside.addLayout(row(self.from_day, self.day))
        inside.addWidget(self.correction)
        inside.addWidget(
            Prose(
                "変わる前の内容は残り、その日より前の日付の書類に印刷されます。訂正では残りません。", "hint"
            )
        )
        inside.addWidget(self._wrong)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        self.setHidden(True)

    def asks(self, labels: Sequence[str]) -> bool:
        """Ask about fields of these labels; False where that is asked already."""
        if self._asked == tuple(labels):
            return False
        self._asked = tuple(labels)
        self._said.say(f"{'・'.join(labels)}を変更しました。いつからの内容ですか。")
        self.tell("")
        self.setVisible(True)
        self.day.edit.setFocus()
        return True

    def answer(self) -> Since | None:
        """What was answered; None with the reason shown where it cannot be read, or nothing was chosen."""
        if self.correction.isChecked():
            return Since(None)
        if not self.from_day.isChecked():
            self.tell("変わった日を入力するか、訂正を選んでください。")
            return None
        self.day.settle()
        try:
            return Since(Day(label="いつから").from_text(self.day.text()))
        except ValueError as error:
            self.tell("変わった日を入力してください。" if not self.day.text().strip() else str(error))
            return None

    def tell(self, wrong: str) -> None:
        """Say what is wrong with the answer; empty: nothing."""
        self._wrong.say(f"✕ {wrong}" if wrong else "")
        self._wrong.setVisible(bool(wrong))
        self.day.mark({"": [wrong]} if wrong else {})
        if wrong:
            self.day.edit.setFocus()

    def reset(self) -> None:
        """Ask nothing, and forget what was answered."""
        self._asked = ()
        self._choices.setExclusive(False)
        for choice in (self.from_day, self.correction):
            choice.setChecked(False)
        self._choices.setExclusive(True)
        self.day.show_value(None)
        self.tell("")
        self.setVisible(False)
