"""基準日: where the day is chosen, and the band that says that it is not today."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.records import Field
from app.records.days import wareki
from app.records.kinds import Day
from app.ui.context import Context
from app.ui.inputs.base import Making
from app.ui.inputs.day import FRAME, DayInput
from app.ui.parts.space.ems import hold
from app.ui.parts.widgets import Notice, button, label
from app.ui.reckoning.as_of import AsOf


class DayChoice(QWidget):
    """A line for the day: typed and confirmed with Enter, or picked from a calendar."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._as_of = AsOf.of(context)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        field = Field("day", Day(label="基準日"), required=False, default=None)
        self.input = DayInput(field, Making(context), compact=True)
        hold(self.input.edit, 9.5, 10, around=FRAME)
        self.input.edit.editingFinished.connect(self._take)
        self.input.edited.connect(self._picked)
        self._as_of.moved.connect(self.refresh)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label("基準日", "sub"))
        layout.addWidget(self.input)
        self.refresh()

    def refresh(self) -> None:
        """Show the day that is on."""
        if not self.input.edit.hasFocus() or self.input.day() != self._as_of.day:
            self.input.show_value(self._as_of.day)
        self.input.mark({})

    def _picked(self) -> None:
        # Picked, or stepped with the arrow keys: then the whole day stands there at once.
        day = self.input.day()
        if day is not None and self.input.edit.text() == wareki(day):
            self._as_of.choose(day)

    def _take(self) -> None:
        text = self.input.edit.text().strip()
        day = self.input.day()
        self.input.mark({"": ["日付として読めません。例：R8.10.1"]} if text and day is None else {})
        if day is not None or not text:
            self._as_of.choose(day)
            self.input.show_value(self._as_of.day)


class AsOfNotice(Notice):
    """Shown while the day is not today, with the way back."""

    def __init__(self, context: Context) -> None:
        self._as_of = AsOf.of(context)
        super().__init__("", "warn", button("きょうに戻す", lambda: self._as_of.choose(None)))
        self._as_of.moved.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say which day is shown, if it is not today."""
        day = self._as_of.day
        self.say(
            f"{wareki(day)}現在で表示しています。いま台帳にある記録による判定です。"
            if self._as_of.elsewhere
            else "",
            "warn",
        )
