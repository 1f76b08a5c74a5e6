"""Inputs for days and moments: typed freely in either calendar, read back at once, or picked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QSpinBox, QToolButton, QVBoxLayout, QWidget

from app.records import Field
from app.records.days import parse_day, wareki
from app.ui.inputs.base import Input, Making
from app.ui.inputs.plain import filled
from app.ui.parts.widgets import button, em, label, row, tool

WEEKDAYS = "月火水木金土日"


def day_of(text: str) -> date | None:
    """The day that ``text`` names, None if it names none."""
    try:
        return parse_day(text)
    except ValueError:
        return None


def reading(text: str) -> str:
    """How a typed day is understood, with its weekday; empty for an empty text."""
    if not text.strip():
        return ""
    day = day_of(text)
    if day is None:
        return "日付として読めません"
    era = wareki(day)
    weekday = WEEKDAYS[day.weekday()]
    western = f"{day.year}年{day.month}月{day.day}日"
    return f"{western}（{weekday}）" if re.match(r"\s*[^\d\s]", text) else f"{era}（{weekday}）"


class DayEdit(QLineEdit):
    """A line for a day. Up and Down go to the next or the former day."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        day = day_of(self.text())
        if step is None or day is None or self.isReadOnly():
            super().keyPressEvent(event)
            return
        self.setText(wareki(day + timedelta(days=step)))
        self.textEdited.emit(self.text())


class DayInput(Input):
    """A day with its reading and a calendar."""

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self.edit = DayEdit()
        self.edit.setPlaceholderText("R8.4.1　2026-04-01")
        self.read = label("", "hint")
        self.pick = tool(f"{field.label}をカレンダーで選ぶ", self._open)
        making.context.look.dress(self.pick, "calendar")
        self.pick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.edit.textChanged.connect(self._read)
        self.edit.textEdited.connect(self.edited)
        self.name(self.edit)
        layout = filled(self, self.edit, self.pick)
        if compact:
            self.edit.setPlaceholderText("R8.4.1")
            self.read.setParent(self)
            self.read.hide()
        else:
            self.edit.setMinimumWidth(em(self, 12.5))
            self.edit.setMaximumWidth(em(self, 15))
            layout.addWidget(self.read)
            layout.addStretch(1)

    def text(self) -> str:
        return self.edit.text()

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

    def _read(self, text: str) -> None:
        self.read.setText(reading(text))
        self.edit.setToolTip(reading(text))

    def _open(self) -> None:
        popup = Calendar(self, day_of(self.edit.text()), self.making.context.today())
        popup.show_below(self.edit)


class MomentInput(DayInput):
    """A day and a time of day."""

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self.time = QLineEdit()
        self.time.setPlaceholderText("9:30")
        self.time.setMaximumWidth(em(self, 5.5))
        self.time.textEdited.connect(self.edited)
        self.name(self.edit, suffix="（日）")
        self.name(self.time, suffix="（時刻）")
        layout = self.layout()
        if layout is not None and hasattr(layout, "insertWidget"):
            layout.insertWidget(2, self.time)

    def text(self) -> str:
        return f"{self.edit.text().strip()} {self.time.text().strip()}".strip()

    def show_value(self, value: Any) -> None:
        super().show_value(value.date() if value else None)
        self.time.setText(f"{value:%H:%M}".removeprefix("0") if value else "")

    def fields(self) -> Sequence[QWidget]:
        return (self.edit, self.time)

    def freeze(self) -> None:
        super().freeze()
        self.time.setReadOnly(True)


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
        area = widget.screen().availableGeometry()
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
