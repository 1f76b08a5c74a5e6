"""Inputs for days and moments: typed freely in either calendar, read back at once, or picked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QSpinBox, QToolButton, QVBoxLayout, QWidget

from app.eras import WEEKDAYS
from app.records import Field
from app.records.days import wareki, wareki_weekday
from app.records.kinds import Day, Moment
from app.records.typed_days import WeekdayError, parse_day, parse_moment
from app.ui.inputs.base import Input, Making
from app.ui.inputs.plain import filled
from app.ui.parts.space.ems import hold
from app.ui.parts.space.screen import usable
from app.ui.parts.widgets import button, label, row, tool

_NO_DAY = "読めません（例：R8.4.1、12/1）"
_NO_TIME = "時刻を読めません"
FRAME = 24
"""Logical pixels of the frame of a line, with the room before and after its text."""
_DAY, _SHORT_DAY = 11.2, 9.5
"""Full-width characters of the hint, and of the longest day: 令和28年12月28日."""


def day_of(text: str, near: date | None = None, *, past: bool = False) -> date | None:
    """The day that ``text`` names, None if it names none; ``near`` and ``past`` as for ``parse_day``."""
    try:
        return parse_day(text, near, past=past)
    except ValueError:
        return None


def reading(text: str, near: date | None = None, *, past: bool = False) -> str:
    """How a typed day is understood, with its weekday; empty for an empty text."""
    if not text.strip():
        return ""
    try:
        day = parse_day(text, near, past=past)
    except WeekdayError as error:
        return f"この日は{WEEKDAYS[error.day.weekday()]}曜日です"
    except ValueError:
        return _NO_DAY
    if re.match(r"\s*[^\d\s]", text):
        return f"{day.year}年{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"
    return wareki_weekday(day)


class DayEdit(QLineEdit):
    """A line for a day. Up and Down go to the next or the former day, as ``read`` understands the text."""

    def __init__(self, read: Callable[[], date | None]) -> None:
        super().__init__()
        self._day = read

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        day = self._day()
        if step is None or day is None or self.isReadOnly():
            super().keyPressEvent(event)
            return
        self.setText(wareki(day + timedelta(days=step)))
        self.textEdited.emit(self.text())


class DayInput(Input):
    """A day with its reading and a calendar.

    A year that is left out is filled in from today, as the reading beside it says at once; when the line is
    left, the whole day stands in it.
    """

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self._past = isinstance(field.kind, Day | Moment) and field.kind.past
        self.edit = DayEdit(self.day)
        self.edit.setPlaceholderText("例 R8.4.1")
        self.read = label("", "hint")
        self.pick = tool(f"{field.label}をカレンダーで選ぶ", self._open)
        making.context.look.dress(self.pick, "calendar")
        self.pick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.edit.textChanged.connect(lambda _text: self._read())
        self.edit.textEdited.connect(self.edited)
        self.edit.editingFinished.connect(self._complete)
        self.name(self.edit)
        layout = filled(self, self.edit, self.pick)
        if compact:
            self.edit.setPlaceholderText("例 R8.4.1")
            hold(self.edit, _SHORT_DAY, around=FRAME)
            self.read.setParent(self)
            self.read.hide()
        else:
            hold(self.edit, _DAY, 14, around=FRAME)
            layout.addWidget(self.read)
            layout.addStretch(1)

    def day(self) -> date | None:
        """The day that is entered, its year filled in; None if it is none."""
        return day_of(self.edit.text(), self.making.context.today(), past=self._past)

    def text(self) -> str:
        return self._whole()

    def show_value(self, value: Any) -> None:
        self.edit.setText(wareki(value) if value else "")

    def fields(self) -> Sequence[QWidget]:
        return (self.edit,)

    def freeze(self) -> None:
        self.edit.setReadOnly(True)
        self.pick.hide()

    def choose(self, day: date) -> None:
        """Take a day picked by hand."""
        self.edit.setText(wareki(day))
        self.edit.setFocus()
        self.edited.emit()

    def _whole(self) -> str:
        """The line as it stands, or the whole day where its year was left out."""
        text = self.edit.text()
        day = self.day() if day_of(text) is None else None
        return text if day is None else wareki(day)

    def _complete(self) -> None:
        if not self.edit.isReadOnly() and self._whole() != self.edit.text():
            self.edit.setText(self._whole())

    def _reading(self) -> str:
        return reading(self.edit.text(), self.making.context.today(), past=self._past)

    def _read(self) -> None:
        said = self._reading()
        self.read.setText(said)
        self.edit.setToolTip(said)

    def _open(self) -> None:
        popup = Calendar(self, self.day(), self.making.context.today())
        popup.show_below(self.edit)


class MomentInput(DayInput):
    """A day and a time of day; the time stays empty where nobody knows it."""

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self.time = QLineEdit()
        self.time.setPlaceholderText("例 9:30")
        self.time.setToolTip("時刻が分からないときは、空欄のままにします")
        hold(self.time, 3.8, 5, around=FRAME)
        self.time.textChanged.connect(lambda _text: self._read())
        self.time.textEdited.connect(self.edited)
        self.name(self.edit, suffix="（日）")
        self.name(self.time, suffix="（時刻）")
        layout = self.layout()
        if layout is not None and hasattr(layout, "insertWidget"):
            layout.insertWidget(2, self.time)

    def text(self) -> str:
        return f"{self._whole().strip()} {self.time.text().strip()}".strip()

    def show_value(self, value: Any) -> None:
        super().show_value(value.date() if value else None)
        at = value.time() if isinstance(value, datetime) else None
        self.time.setText(f"{at.hour}:{at.minute:02}" if at is not None else "")

    def fields(self) -> Sequence[QWidget]:
        return (self.edit, self.time)

    def freeze(self) -> None:
        super().freeze()
        self.time.setReadOnly(True)

    def _reading(self) -> str:
        day, said = self.day(), super()._reading()
        if day is None:
            return said
        if not self.time.text().strip():
            return f"{said}　時刻なし"
        try:
            parse_moment(self.text())
        except ValueError:
            return _NO_TIME
        return said


class Calendar(QFrame):
    """A month to pick a day from, below its input; Escape closes it."""

    def __init__(self, into: DayInput, day: date | None, today: date) -> None:
        super().__init__(into, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._into = into
        self.month = QCalendarWidget()
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        chosen = day or today
        self.month.setSelectedDate(QDate(chosen.year, chosen.month, chosen.day))
        self.month.activated.connect(self._take)
        self.month.clicked.connect(self._take)
        name_parts(self.month)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.month)
        layout.addLayout(
            row(None, button("きょう", lambda: self._take(QDate(today.year, today.month, today.day))))
        )

    def show_below(self, widget: QWidget) -> None:
        """Open under ``widget``, inside the screen."""
        self.adjustSize()
        place = widget.mapToGlobal(widget.rect().bottomLeft())
        area = usable(widget)
        place.setX(min(place.x(), area.right() - self.width()))
        if place.y() + self.height() > area.bottom():
            place.setY(widget.mapToGlobal(widget.rect().topLeft()).y() - self.height())
        self.move(place)
        self.show()
        self.month.setFocus()

    def _take(self, chosen: QDate) -> None:
        self._into.choose(date(chosen.year(), chosen.month(), chosen.day()))
        self.close()


_PARTS = {
    "qt_calendar_prevmonth": "前の月",
    "qt_calendar_nextmonth": "次の月",
    "qt_calendar_monthbutton": "月を選ぶ",
    "qt_calendar_yearbutton": "年を選ぶ",
    "qt_calendar_yearedit": "年",
    "qt_calendar_calendarview": "日を選ぶ",
}


def name_parts(calendar: QCalendarWidget) -> None:
    """Give the parts of a calendar, which Qt leaves nameless, the names they are read out by."""
    calendar.setAccessibleName("カレンダー")
    for name, said in _PARTS.items():
        for part in calendar.findChildren(QWidget, name):
            part.setAccessibleName(said)
            if isinstance(part, QToolButton | QSpinBox):
                part.setToolTip(said)
