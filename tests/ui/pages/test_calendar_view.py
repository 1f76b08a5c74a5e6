"""予定表: deadlines by day, by month and by list, for the mouse and for the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.annexes.catalogue import load
from app.annexes.kinds import State
from app.duties.duty import Action, Duty, Gap, Step
from app.ui.calendar.month import told
from app.ui.calendar.view import CalendarView
from app.ui.context import Context
from app.ui.reckoning.as_of import AsOf
from app.ui.targets import IssueForm, ShowContract
from app.work.calendar_days import FIRST, LAST, deadlines, month_of, moved, squares
from app.work.tasks import Task, coming

DUE = date(2026, 3, 31)
TODAY = date(2026, 4, 20)
DAYS = st.dates(FIRST, LAST)


@pytest.fixture
def view(context: Context, work: Any, shown: Any, reckoned: Any) -> Callable[[], CalendarView]:
    def make() -> CalendarView:
        made = CalendarView(context)
        shown(made)
        as_of = AsOf.of(context)
        as_of.ready.connect(made.show_made)
        current = as_of.current()
        if current is not None:
            made.show_made(current)
        reckoned()
        return made

    return make


def text_of(made: CalendarView) -> str:
    return " ".join(one.accessibleName() or one.text() for one in made.panel.findChildren(QLabel))


def pressed(made: CalendarView, name: str) -> QPushButton:
    return next(one for one in made.findChildren(QPushButton) if one.accessibleName().startswith(name))


def test_a_day_shows_what_falls_due_and_the_button_that_does_it(
    view: Any, qtbot: QtBot, work: Any, wanted: list[Any]
) -> None:
    made = view()
    assert made.heading.text() == "令和8年4月"
    made.go(DUE)
    place = made.month.visualRect(made.month.month.place(DUE)).center()
    qtbot.mouseClick(made.month.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "令和8年3月31日（火）" in text_of(made)
    step = pressed(made, "作業場所届出書を作成")
    qtbot.mouseClick(step, Qt.MouseButton.LeftButton)
    assert wanted == [IssueForm("location-notice", work.contract.id)]


def test_the_grounds_are_one_press_away(view: Any, qtbot: QtBot, work: Any, wanted: list[Any]) -> None:
    made = view()
    made.go(DUE)
    qtbot.mouseClick(pressed(made, "根拠を見る"), Qt.MouseButton.LeftButton)
    (target,) = wanted
    assert isinstance(target, ShowContract)
    assert (target.id, target.tab) == (work.contract.id, "duties")
    assert target.kind


@pytest.mark.parametrize(
    ("key", "day"),
    [
        (Qt.Key.Key_Left, date(2026, 4, 19)),
        (Qt.Key.Key_Right, date(2026, 4, 21)),
        (Qt.Key.Key_Up, date(2026, 4, 13)),
        (Qt.Key.Key_Down, date(2026, 4, 27)),
        (Qt.Key.Key_PageUp, date(2026, 3, 20)),
        (Qt.Key.Key_PageDown, date(2026, 5, 20)),
    ],
)
def test_the_keyboard_moves_the_day(view: Any, qtbot: QtBot, key: Qt.Key, day: date) -> None:
    made = view()
    made.month.setFocus()
    qtbot.keyClick(made.month, key)
    assert made.day == day
    assert made.month.month.at(made.month.currentIndex()).day == day


def test_arrows_go_on_into_the_next_month_and_enter_to_the_first_button(view: Any, qtbot: QtBot) -> None:
    made = view()
    made.go(date(2026, 4, 1))
    made.month.setFocus()
    qtbot.keyClick(made.month, Qt.Key.Key_Left)
    assert made.day == DUE
    assert made.heading.text() == "令和8年3月"
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.keyClick(made.month, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QPushButton))
    assert made.panel.isAncestorOf(QApplication.focusWidget())


def test_the_month_turns_and_comes_back(view: Any, qtbot: QtBot) -> None:
    made = view()
    made._turn(1)
    assert made.heading.text() == "令和8年5月"
    qtbot.mouseClick(pressed(made, "今月"), Qt.MouseButton.LeftButton)
    assert made.day == TODAY


def test_the_list_shows_the_month_and_its_rows_choose_the_day(view: Any, qtbot: QtBot) -> None:
    made = view()
    made.go(date(2026, 3, 1))
    qtbot.mouseClick(pressed(made, "一覧で表示"), Qt.MouseButton.LeftButton)
    assert made.lines.isVisible()
    assert len(made.lines.lines.lines)
    assert {one.cells[0].text for one in made.lines.lines.lines} == {"R8.3.31"}
    made.lines.choose_row(0)
    assert made.day == DUE
    assert "令和8年3月31日" in text_of(made)


def test_the_calendar_is_kept_to_one_contract(view: Any, others: Any, work: Any, reckoned: Any) -> None:
    made = view()
    made.go(DUE)
    reckoned()
    every = made.month.month.at(made.month.month.place(DUE)).deadlines
    made.contract.setCurrentIndex(made.contract.findData(others[0].id))
    own = made.month.month.at(made.month.month.place(DUE)).deadlines
    assert 0 < len(own) < len(every)
    assert {one.task.contract for one in own} == {others[0].id}


def test_a_day_is_read_out_with_its_holiday_and_its_deadlines(view: Any) -> None:
    made = view()
    made.go(date(2026, 4, 29))
    index = made.month.month.place(date(2026, 4, 29))
    said = made.month.month.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "令和8年4月29日（水）　昭和の日\n期限はありません"
    made.go(DUE)
    assert "期限超過：" in told(made.month.month.at(made.month.month.place(DUE)))


def duty(state: State, due: date | None, *gaps: Gap) -> Duty:
    clause = load().annex("kimitsu-hoji").clauses[1]
    return Duty(1, "kimitsu-hoji", clause, "oath", state, due, gaps, why="第2条：必要です。")


def test_each_missing_thing_stands_on_its_own_day() -> None:
    late, soon = Gap("甲が未提出です。", due=DUE), Gap("乙が未提出です。", due=TODAY + timedelta(days=9))
    step = Step("作成", Action.ISSUE, "oath")
    task = Task(1, step, (duty(State.OVERDUE, DUE, late, soon, Gap("丙が未提出です。")),))
    found = deadlines([task], TODAY)
    assert {day: [(one.state, one.text) for one in held] for day, held in found.items()} == {
        DUE: [(State.OVERDUE, "甲が未提出です。")],
        date(2026, 4, 29): [(State.DUE, "乙が未提出です。")],
    }


def test_a_duty_without_a_day_is_not_on_the_calendar() -> None:
    assert deadlines([Task(1, Step(), (duty(State.DUE, None, Gap("甲が未提出です。")),))], TODAY) == {}


def test_what_is_done_stands_on_the_day_on_which_it_comes_round_again() -> None:
    held = replace(duty(State.SATISFIED, None), again=DUE)
    found = deadlines(coming([held]), TODAY)
    assert {day: [one.state for one in shown] for day, shown in found.items()} == {DUE: [State.SATISFIED]}


@given(DAYS)
def test_a_month_is_six_whole_weeks_from_a_sunday_with_all_its_days(day: date) -> None:
    shown = [square.day for square in squares(month_of(day), {})]
    assert len(shown) == 42
    assert shown[0].isoweekday() == 7
    assert day in shown
    assert [square.day.month for square in squares(month_of(day), {}) if square.inside][-1] == day.month


@given(DAYS, st.integers(-40, 40))
def test_turning_months_keeps_to_the_calendar_and_to_the_day(day: date, months: int) -> None:
    there = moved(day, months)
    assert FIRST <= there <= LAST
    assert there.day == day.day or (there + timedelta(days=1)).day == 1 or there.month in (1, 12)
