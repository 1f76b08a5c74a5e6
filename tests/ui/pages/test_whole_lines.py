"""Whatever one does on the way, every line of a list that is seen has the height it needs, and is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from app.annexes.catalogue import load
from app.annexes.kinds import State
from app.duties.duty import Action, Duty, Gap, Step
from app.duties.finding import Finding, Severity
from app.records import Location
from app.ui.context import Context
from app.ui.shell.shots import settle
from app.ui.shell.window import MainWindow
from app.ui.targets import ShowSettings, ShowToday
from app.ui.today import task_list
from app.ui.today.page import TodayPage
from app.ui.today.stack import Pile
from app.ui.today.task_list import TaskList
from app.work.tasks import Group, Task

CLAUSE = next(one for one in load().annex("kimitsu-hoji").clauses if one.kinds)
KIND = CLAUSE.kinds[0]
LENGTHS = (0, 1, 2, 10, 30, 100)
TURNS = (0.0, 0.001, 5.0)
"""Seconds of one turn: a line at a time, a few, all at once (a fast machine)."""


def seen(widget: QWidget) -> list[QWidget]:
    return [one for one in widget.findChildren(QWidget) if one.isVisible()]


def cut(listed: TaskList) -> list[str]:
    """What is seen in less room than it needs, or reaches out of what holds it."""
    found = []
    for one in seen(listed.widget() or listed):
        around = one.parentWidget() or listed
        name = f"{type(one).__name__} {one.accessibleName()[:20]} {one.geometry()}"
        if not around.rect().contains(one.geometry()):
            found.append(f"reaches out: {name} of {around.rect()}")
        if isinstance(one, QLabel | QPushButton) and one.height() < one.minimumSizeHint().height():
            found.append(f"low: {name}")
        if one.hasHeightForWidth() and one.height() < one.heightForWidth(one.width()):
            found.append(f"lines cut: {name}, needs {one.heightForWidth(one.width())}")
    return found


def blank(listed: TaskList) -> bool:
    """Whether nothing is seen where one looks."""
    port = QRect(QPoint(0, 0), listed.viewport().size())
    held = [one for one in seen(listed.viewport()) if isinstance(one, QLabel | QPushButton)]
    return not any(port.intersects(QRect(one.mapTo(listed.viewport(), QPoint()), one.size())) for one in held)


def assert_whole(listed: TaskList) -> None:
    for _turn in range(4):  # a line tells its holder in the turn after it changed, and so on outwards
        QCoreApplication.processEvents()
    assert cut(listed) == []
    assert not blank(listed)
    stage = listed.widget()
    assert isinstance(stage, Pile)
    assert stage.height() == stage.heightForWidth(stage.width())


def many(count: int, state: State, first: int = 1) -> list[Task]:
    text = "記録がありません。"
    return [
        Task(
            1,
            Step("要員を開く", Action.OPEN, "person", at),
            (Duty(1, "kimitsu-hoji", CLAUSE, KIND, state, missing=(Gap(text * (1 + at % 9), "person"),)),),
        )
        for at in range(first, first + count)
    ]


def groups(count: int) -> list[tuple[Group, list[Task]]]:
    shares = {
        Group.OVERDUE: (State.OVERDUE, count - count // 2 - count // 4),
        Group.LATER: (State.DUE, count // 2),
        Group.CONFIRM: (State.CONFIRM, count // 4),
    }
    made = [
        (group, many(held, state, 1000 * at)) for at, (group, (state, held)) in enumerate(shares.items(), 1)
    ]
    return [(group, held) for group, held in made if held]


def findings(count: int) -> Sequence[Finding]:
    step = Step("記録を開く", Action.OPEN, "person", 1)
    text = "記録が互いに食い違っています。"
    return [
        Finding("check", Severity.WARNING, text * (1 + at % 5), "person", 1, 1, next=step)
        for at in range(count)
    ]


def nothing() -> QWidget:
    made = QLabel("ありません")
    made.setMinimumHeight(200)
    return made


@pytest.fixture
def listed(context: Context, shown: Callable[..., Any], sample: Any) -> tuple[TaskList, QStackedWidget]:
    """A list on a stack beside another page, as in the window."""
    del sample
    stack = QStackedWidget()
    made = TaskList(context, contract=False)
    stack.addWidget(made)
    stack.addWidget(QLabel("別の画面"))
    shown(stack)
    return made, stack


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("count", LENGTHS)
def test_every_line_has_its_height_however_the_list_came_to_be(
    listed: tuple[TaskList, QStackedWidget],
    count: int,
    turn: float,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(task_list, "_TURN", turn)
    made, stack = listed

    def show(number: int, *, odd: int = 0, anew: bool = False) -> None:
        made.show_groups(groups(number), nothing, findings=findings(odd), anew=anew)

    def filled() -> None:
        qtbot.waitUntil(lambda: made.filled)
        assert_whole(made)

    show(count, odd=3)
    filled()
    show(count)  # again, over one that stands there
    filled()
    bar = made.verticalScrollBar()
    bar.setValue(bar.maximum())
    show(1, anew=True)  # a filter, far down
    filled()
    assert bar.value() == 0
    show(count, odd=30, anew=True)  # the filter taken away
    filled()
    stack.setCurrentIndex(1)
    show(min(count, 3), odd=1)  # filled while nobody looks
    qtbot.waitUntil(lambda: made.filled)
    stack.setCurrentIndex(0)
    filled()
    stack.setCurrentIndex(1)
    stack.setCurrentIndex(0)
    filled()


@pytest.mark.parametrize("turn", TURNS)
def test_what_changes_while_nobody_looks_comes_up_whole(
    listed: tuple[TaskList, QStackedWidget], turn: float, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(task_list, "_TURN", turn)
    made, stack = listed
    made.show_groups(groups(8))
    qtbot.waitUntil(lambda: made.filled)
    for at in (0, 4):
        stack.setCurrentIndex(1)
        for row in made.rows()[at : at + 3]:
            row.open(True)
        stack.resize(900 + 10 * at, 700)
        stack.setCurrentIndex(0)
        assert_whole(made)
    for row in made.rows():
        row.open(False)
    assert_whole(made)


def test_unfolding_shows_the_lines_asked_for(
    listed: tuple[TaskList, QStackedWidget], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(task_list, "_TURN", 5.0)
    made, _stack = listed
    made.show_groups(groups(100))
    before = len(made.rows())
    more = next(one for one in made.findChildren(QPushButton) if one.text().startswith("さらに"))
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert len(made.rows()) == before + 10
    assert_whole(made)


def test_a_walk_over_today_never_meets_a_line_cut_off(
    context: Context,
    others: Any,
    work: Any,
    shown: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(task_list, "_TURN", TURNS[-1])
    window = shown(MainWindow(context), 1366, 768)
    settle(context)
    page = window.page
    assert isinstance(page, TodayPage)

    def whole() -> None:
        settle(context)
        shown_now = window.page
        assert isinstance(shown_now, TodayPage)
        assert_whole(shown_now.list)

    whole()
    for number in (*page.numbers.values(), page.tasks.odd):
        for _on_and_off in range(2):
            qtbot.mouseClick(number, Qt.MouseButton.LeftButton)
            whole()
    bar = page.list.verticalScrollBar()
    for word in ("研修", "入力", "zz"):
        bar.setValue(bar.maximum() // 2)
        page.search.setText(word)
        whole()
        page.search.clear()
        whole()
    page.contract.setCurrentIndex(1)
    whole()
    page.contract.setCurrentIndex(0)
    page.search.setText("入力")
    whole()
    window.open(ShowSettings("owner"))
    context.ledger.change(replace(context.facts().get(Location, work.location.id), lock="シリンダー錠"))
    window.open(ShowToday())
    whole()
    for view in (1, 2, 0):
        page.tabs.setCurrentIndex(view)
        settle(context)
    whole()
    window.open(ShowSettings("owner"))
    context.look.choose(size=150)
    window.open(ShowToday())
    whole()
    context.look.choose(size=100)
    whole()
