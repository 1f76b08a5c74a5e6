"""The list of tasks fills itself turn by turn; what is seen in between is whole, and stays where it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QMargins, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.annexes.kinds import State
from app.duties.duty import Duty, Step
from app.records import Location, LocationUse
from app.ui.calendar.month import broken
from app.ui.calendar.view import CalendarView
from app.ui.context import Context
from app.ui.parts.widgets import em
from app.ui.reckoning.as_of import AsOf
from app.ui.shell.shots import settle
from app.ui.targets import EditRecord, IssueForm
from app.ui.today import task_list
from app.ui.today.page import TodayPage
from app.ui.today.passage import Passage
from app.ui.today.stack import Pile
from app.ui.today.task_list import TaskList
from app.ui.today.task_row import TaskRow
from app.work.calendar_days import deadlines
from app.work.tasks import Group, Task, planned_tasks

TODAY = date(2026, 4, 20)


@pytest.fixture
def page(context: Context, others: Any, shown: Any) -> Callable[[], TodayPage]:
    def make() -> TodayPage:
        made = TodayPage(context)
        shown(made)
        made.refresh()
        return made

    return make


def squeezed(widget: QWidget) -> list[str]:
    """Texts that are seen and have less room than they need."""
    return [
        one.text()
        for one in widget.findChildren(QLabel)
        if one.isVisible() and one.text() and one.height() < one.heightForWidth(one.width())
    ]


def test_the_lines_past_their_day_say_how_many_duties_the_number_above_counts_of_them(
    context: Context, others: Any, shown: Any, qtbot: QtBot
) -> None:
    """Above, duties are counted; one line of the list may be several, and not all of them late."""
    made = TaskList(context)
    shown(made)
    clause = context.catalogue.annex("kimitsu-hoji").clauses[0]
    late, due = (
        Duty(others[0].id, "kimitsu-hoji", clause, "secrecy", state, date(2026, 4, 1))
        for state in (State.OVERDUE, State.DUE)
    )
    contract = others[0].id

    def heads(*held: Task) -> list[str]:
        made.show_groups([(Group.OVERDUE, list(held)), (Group.SOON, [Task(contract, Step(), (due,))])])
        qtbot.waitUntil(lambda: made.filled)
        found = [one for one in made._content.findChildren(QLabel) if one.text().endswith(("件", "）"))]
        return [one.text() for one in found if "件" in one.text()]

    one, two = Task(contract, Step(), (late, due)), Task(contract, Step(), (late, late))
    assert heads(one, two)[:2] == ["2件（期限超過の義務3件）", "1件"]
    assert heads(one)[:2] == ["1件", "1件"]


def test_where_the_window_is_low_numbers_and_filters_scroll_away_with_the_list(
    page: Any, qtbot: QtBot
) -> None:
    made = page()
    qtbot.waitUntil(lambda: bool(made.list.rows()) and made.list.filled)
    view = made.tasks
    assert not made.list.isAncestorOf(view.search)
    view.search.setFocus()
    made.resize(640, 420)
    qtbot.waitUntil(lambda: made.list.isAncestorOf(view.search))
    assert made.focusWidget() is view.search, "one goes on typing"
    bar, seen = made.list.verticalScrollBar(), made.list.viewport()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    assert view._numbers.mapTo(seen, view._numbers.rect().topLeft()).y() == 0
    bar.setValue(200)
    assert view._numbers.mapTo(seen, view._numbers.rect().bottomLeft()).y() < 0
    assert squeezed(made.list) == []
    made.resize(1100, 720)
    qtbot.waitUntil(lambda: not made.list.isAncestorOf(view.search))
    assert view.search.isVisible()
    assert view.search.y() + view._filters.y() < made.list.y()


@pytest.mark.parametrize(("ems", "above"), [(39, True), (40, False), (41, False)])
def test_where_a_row_is_tight_its_day_stands_above_the_text(
    page: Any, qtbot: QtBot, ems: int, above: bool
) -> None:
    made = page()
    qtbot.waitUntil(lambda: bool(made.list.rows()))
    row = next(one for one in made.list.rows() if one.task.due)
    width = em(row, ems)
    row.resize(width, row.heightForWidth(width))
    row.layout().activate()
    text = row.findChildren(Passage)[0]
    day = row._day_box
    beside = text.mapTo(row, text.rect().topLeft()).x() > day.geometry().right()
    assert beside is not above


def test_no_turn_makes_the_whole_list_and_none_shows_a_squeezed_line(
    page: Any, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(task_list, "_TURN", 0.0)
    made = page()
    qtbot.waitUntil(lambda: not made.list.filled)
    seen = []
    while not made.list.filled:
        QCoreApplication.processEvents()
        made.grab()
        rows = made.list.rows()
        seen.append(len(rows))
        assert [row.height() - row.heightForWidth(row.width()) for row in rows] == [0] * len(rows)
        assert squeezed(made.list) == []
    assert len(seen) > len(made.list.rows()) > 10, "one line at a time"
    assert max(after - before for before, after in pairwise(seen)) == 1


def test_the_lines_stand_below_each_other_in_the_order_of_urgency(page: Any, context: Context) -> None:
    made = page()
    settle(context)
    tops = [row.mapTo(made.list.widget(), row.rect().topLeft()).y() for row in made.list.rows()]
    assert tops == sorted(tops)
    order = list(Group)
    ranks = [order.index(row.task.group(context.today())) for row in made.list.rows()]
    assert ranks == sorted(ranks)


def test_a_picture_waits_for_the_last_line(
    page: Any, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task_list, "_TURN", 0.0)
    made = page()
    settle(context)
    assert made.list.filled
    assert made.list.rows()


def test_a_change_elsewhere_leaves_the_list_where_it_was(
    page: Any, context: Context, work: Any, monkeypatch: pytest.MonkeyPatch, reckoned: Any, qtbot: QtBot
) -> None:
    made = page()
    settle(context)
    bar = made.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    at = bar.value()
    assert at > made.list.viewport().height()
    monkeypatch.setattr(task_list, "_TURN", 0.0)
    former = made.list.rows()[0]
    context.ledger.change(replace(context.facts().get(Location, work.location.id), lock="シリンダー錠"))
    seen = set()
    qtbot.waitUntil(lambda: made.list.rows()[:1] != [former])
    while not made.list.filled:
        QCoreApplication.processEvents()
        seen.add(bar.value())
    reckoned()
    assert seen == {at}
    assert bar.value() == at


def test_a_narrower_window_gives_the_lines_more_height(page: Any, context: Context, qtbot: QtBot) -> None:
    made = page()
    settle(context)
    before = made.list.widget().height()
    made.resize(620, 600)
    qtbot.waitUntil(lambda: made.list.widget().height() > before)
    assert squeezed(made.list) == []


def test_opened_grounds_push_down_what_stands_below(page: Any, context: Context, qtbot: QtBot) -> None:
    made = page()
    settle(context)
    first, second = made.list.rows()[:2]
    before = second.y()
    qtbot.mouseClick(first._why, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: second.y() > before + 100)
    assert second.y() >= first.y() + first.height()
    qtbot.mouseClick(first._why, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: second.y() == before)


@pytest.fixture
def ahead(context: Context, work: Any, issued: Any) -> LocationUse:
    """The notice of places was handed in; from June a second place is used."""
    issued("location-notice", date(2026, 3, 31), date(2026, 3, 31))
    place = context.ledger.add(
        replace(context.facts().get(Location, work.location.id), id=0, revision=0, name="第二作業室")
    )
    return context.ledger.add(
        LocationUse(
            location=place.id, contract=work.contract.id, purpose="入力作業", starts_on=date(2026, 6, 1)
        )
    )


def planned_row(made: TodayPage) -> TaskRow:
    (row,) = [one for one in made.list.rows() if one.task.planned]
    return row


def test_what_will_change_stands_in_what_is_coming_with_the_notice_that_tells_it(
    context: Context, work: Any, ahead: LocationUse, shown: Any, qtbot: QtBot, wanted: list[Any]
) -> None:
    made = TodayPage(context)
    shown(made)
    made.refresh()
    settle(context)
    row = planned_row(made)
    assert row.task.group(context.today()) is Group.COMING
    said = " ".join(one.accessibleName() or one.text() for one in row.findChildren(QLabel))
    assert "要対応" in said
    assert "第二作業室を令和8年6月1日から使います" in said
    assert work.contract.title in said
    qtbot.mouseClick(row.step, Qt.MouseButton.LeftButton)
    assert wanted == [IssueForm("location-notice", work.contract.id)]


def test_a_change_whose_day_of_notice_is_near_or_gone_stands_with_what_presses(
    context: Context, ahead: LocationUse, reckoned: Any
) -> None:
    AsOf.of(context).current()
    (task,) = planned_tasks(reckoned().planned)
    assert task.planned is not None
    assert task.planned.id == ahead.id
    due = task.due
    assert due is not None
    assert task.group(TODAY) is Group.COMING
    assert task.group(due) is Group.SOON
    assert task.group(date(2026, 6, 2)) is Group.OVERDUE
    assert [(one.title, one.task) for one in deadlines([task], TODAY)[due]] == [("変更の届出", task)]


def test_the_calendar_leads_to_the_record_of_a_planned_change(
    context: Context, ahead: LocationUse, shown: Any, reckoned: Any, qtbot: QtBot, wanted: list[Any]
) -> None:
    AsOf.of(context).current()
    made = reckoned()
    view = CalendarView(context)
    shown(view)
    view.show_made(made)
    reckoned()
    view.go(made.planned[0].due)
    text = made.planned[0].text
    opened = next(
        one for one in view.panel.findChildren(QPushButton) if one.accessibleName() == f"根拠を見る：{text}"
    )
    qtbot.mouseClick(opened, Qt.MouseButton.LeftButton)
    assert wanted == [EditRecord("location_use", ahead.id)]


def test_a_pile_needs_exactly_the_height_of_what_is_seen(qtbot: QtBot) -> None:
    pile = Pile("", QMargins(5, 7, 5, 11), 3)
    qtbot.addWidget(pile)
    parts = [Passage("従事者の誓約書が提出されていません。" * count) for count in (1, 4, 2)]
    for part in parts:
        pile.add(part)
    width = 210
    heights = [part.heightForWidth(200) for part in parts]
    assert heights[1] > heights[0]
    assert pile.heightForWidth(width) == sum(heights) + 7 + 11 + 2 * 3
    pile.stale.connect(lambda: pile.resize(width, pile.lay_out(width)))
    pile.show()
    assert [(one.x(), one.y(), one.width(), one.height()) for one in parts] == [
        (5, 7, 200, heights[0]),
        (5, 10 + heights[0], 200, heights[1]),
        (5, 13 + heights[0] + heights[1], 200, heights[2]),
    ]
    parts[1].hide()
    qtbot.waitUntil(lambda: parts[2].y() == 10 + heights[0])
    assert pile.heightForWidth(width) == pile.height() == heights[0] + heights[2] + 7 + 11 + 3


def test_a_pile_that_changed_unseen_comes_up_as_it_is(qtbot: QtBot) -> None:
    pile = Pile()
    qtbot.addWidget(pile)
    pile.stale.connect(lambda: pile.resize(200, pile.lay_out(200)))
    parts = [Passage("従事者の誓約書が提出されていません。" * 4) for _each in range(3)]
    for part in parts:
        pile.add(part)
    pile.show()
    height = parts[0].heightForWidth(200)
    assert pile.height() == 3 * height
    pile.hide()
    parts[0].hide()
    QCoreApplication.processEvents()
    pile.show()
    assert (parts[1].y(), pile.height()) == (0, 2 * height)


WORDS = st.text(st.sampled_from("従事者の誓約書、。（）𠮷髙a b1･"), max_size=60)


@given(text=WORDS, width=st.integers(1, 600))
def test_a_passage_loses_no_character_and_keeps_to_its_width(qapp: Any, text: str, width: int) -> None:
    lines = Passage(text)._lines(width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    metrics = Passage("").fontMetrics()
    assert all(metrics.horizontalAdvance(line) <= width + 1 or len(line.strip()) == 1 for line in lines)


@given(text=WORDS.filter(bool), width=st.integers(20, 400))
def test_a_title_in_a_square_is_broken_once_and_whole(qapp: Any, text: str, width: int) -> None:
    metrics = QLabel().fontMetrics()
    lines = broken(metrics, text, width)
    assert "".join(lines) == text
    assert len(lines) == (1 if metrics.horizontalAdvance(text) <= width else 2)
    assert metrics.horizontalAdvance(lines[0]) <= width
