"""The keyboard: Esc, Return, letters with Alt, Tab in the order of reading, F1 where one is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.records import SPECS
from app.records.kinds import Rows
from app.ui.context import Context
from app.ui.editor.page import EditorPage
from app.ui.inputs.rows import GridInput
from app.ui.manual import TOPICS, passages
from app.ui.parts.keyboard import focused, reached
from app.ui.parts.widgets import Keyed, button
from app.ui.settings.page import SECTIONS, SettingsPage
from app.ui.shell.window import MainWindow
from app.ui.targets import (
    EditRecord,
    IssueForm,
    IssueMany,
    ShowContract,
    ShowContracts,
    ShowDocuments,
    ShowList,
    ShowSettings,
    ShowToday,
    Target,
)
from app.ui.today.page import TodayPage
from tests.support.window.on_screen import on_screen

Settle = Callable[[], None]
TABS = ("tasks", "clauses", "duties", "people", "places", "assets", "documents")


@pytest.fixture
def window(context: Context, sample: Any, settled: Settle, qtbot: QtBot) -> Iterator[MainWindow]:
    del sample
    with on_screen(context, settled, qtbot, 1366, 728) as made:
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        settled()
        yield made


def places(sample: Any) -> list[Target]:
    """A page of every kind."""
    return [
        *(ShowToday(view) for view in ("tasks", "calendar", "rounds", "matrix")),
        ShowContracts(),
        *(ShowContract(sample.contract.id, tab) for tab in TABS),
        ShowList("person"),
        ShowDocuments(),
        IssueForm("", sample.contract.id),
        IssueMany("", sample.contract.id),
        *(ShowSettings(section.name) for section in SECTIONS),
        EditRecord("person", sample.person.id),
        EditRecord("contract", sample.contract.id),
    ]


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    qtbot.keyClick(focused(window) or window, key)


def test_escape_clears_the_filter_and_then_stays_in_the_room(
    window: MainWindow, qtbot: QtBot, settled: Settle
) -> None:
    today = window.page
    assert isinstance(today, TodayPage)
    today.search.setText("入力")
    today.numbers[next(iter(today.numbers))].click()
    settled()
    press(qtbot, window, Qt.Key.Key_Escape)
    settled()
    assert (today.search.text(), today.tasks.narrowed_to) == ("", "")
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.page is today
    window.open(ShowList("person"))
    settled()
    (search,) = [one for one in window.page.findChildren(QLineEdit) if one.isVisible()]
    search.setText("花子")
    press(qtbot, window, Qt.Key.Key_Escape)
    assert search.text() == ""
    lists: Any = window.page
    qtbot.waitUntil(lambda: not lists.list._timer.isActive())


def test_escape_goes_back_and_asks_about_what_is_not_saved(
    window: MainWindow, sample: Any, dialogs: Any, qtbot: QtBot, settled: Settle
) -> None:
    window.open(ShowList("person"))
    window.open(EditRecord("person", sample.person.id))
    settled()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not isinstance(window.page, EditorPage)
    window.open(EditRecord("person", sample.person.id))
    page = window.page
    assert isinstance(page, EditorPage)
    page.form.boxes["department"].input.show_value("情報課")
    dialogs.answers += ["戻る", "保存しない"]
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.page is page
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.page is not page


def test_return_presses_the_button_that_has_the_keyboard(
    window: MainWindow, qtbot: QtBot, settled: Settle
) -> None:
    window.open(ShowList("device"))
    settled()
    new = next(one for one in window.page.findChildren(QPushButton) if one.text() == "PC・媒体を登録")
    new.setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    settled()
    assert window.page.title() == "PC・媒体の登録"


def test_what_a_key_cannot_do_here_is_said(window: MainWindow, qtbot: QtBot) -> None:
    for key, said in ((Qt.Key.Key_N, "登録するものはありません"), (Qt.Key.Key_P, "印刷するものはありません")):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert said in window.statusBar().currentMessage()


def test_a_passing_sentence_has_the_line_for_itself(
    window: MainWindow, qtbot: QtBot, settled: Settle
) -> None:
    settled()
    line, long = window.statusBar(), "途中まで確かめた分は、暗号化してこのPCに残しました。" * 9
    (backup,) = [one for one in line.findChildren(QLabel) if one.text() == window.backing.state]
    assert backup.isVisible()
    window.say("登録しました。")
    assert line.currentMessage() == "登録しました。"
    assert not backup.isVisible()
    window.say(long)
    assert line.currentMessage().endswith("…")
    assert line.fontMetrics().horizontalAdvance(line.currentMessage()) < line.width()
    assert line.toolTip() == long
    line.clearMessage()
    assert backup.isVisible()
    assert not line.toolTip()


def test_a_letter_stands_behind_the_text_and_presses_with_alt(qtbot: QtBot, look: Any) -> None:
    pressed = []
    made = button("保存", lambda: pressed.append(1), key="S")
    qtbot.addWidget(made)
    assert isinstance(made, Keyed)
    assert (made.text(), QPushButton.text(made), made.accessibleName()) == ("保存", "保存(&S)", "保存")
    assert made.shortcut() == QKeySequence("Alt+S")
    made.setText("登録")
    assert (made.text(), made.shortcut()) == ("登録", QKeySequence("Alt+S"))


def test_no_letter_presses_two_buttons_of_one_page(window: MainWindow, sample: Any, settled: Settle) -> None:
    keyed = 0
    for target in [*places(sample), EditRecord("person")]:
        window.open(target)
        settled()
        letters = [one.key for one in window.findChildren(Keyed) if one.isVisible()]
        assert [one for one, count in Counter(letters).items() if count > 1] == [], target
        keyed += len(letters)
    assert keyed > 20


def out_of_order(page: QWidget) -> list[str]:
    """Steps of Tab that lead up or to the left of where one was, other than into a column at the right."""
    order = {id(one): at for at, one in enumerate(_chain(page))}
    found = sorted((one for one in reached(page) if id(one) in order), key=lambda one: order[id(one)])
    wrong = []
    for one, other in pairwise(found):
        here, there = _place(one, page), _place(other, page)
        above = there.bottom() <= here.top() and there.left() < here.right()
        before = there.right() <= here.left() and there.top() < here.bottom() and there.bottom() > here.top()
        if above or before:
            wrong.append(f"{_called(one)} {here} → {_called(other)} {there}")
    return wrong


def _chain(page: QWidget) -> Iterator[QWidget]:
    one = page.nextInFocusChain()
    while one is not None and one is not page:
        yield one
        one = one.nextInFocusChain()


def _place(widget: QWidget, page: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint()), widget.size())


def _called(widget: QWidget) -> str:
    return f"{type(widget).__name__}「{widget.accessibleName()}」"


def test_tab_goes_as_one_reads(window: MainWindow, sample: Any, settled: Settle) -> None:
    wrong = {}
    for target in places(sample):
        window.open(target)
        settled()
        QApplication.processEvents()
        page = window.page
        # The acts of an editor stand above its fields and come after them.
        if found := out_of_order(page.form if isinstance(page, EditorPage) else page):
            wrong[str(target)] = found
    assert wrong == {}


def test_tab_goes_as_one_reads_through_every_record_with_rows(window: MainWindow, context: Context) -> None:
    wrong = {}
    for spec in SPECS.values():
        if not any(isinstance(one.kind, Rows) for one in spec.fields):
            continue
        page = EditorPage(context, EditRecord(spec.name))
        window.stack.addWidget(page)
        window.stack.setCurrentWidget(page)
        for grid in page.form.findChildren(GridInput):
            for _twice in range(2):
                grid.add_line()
        QApplication.processEvents()
        if found := out_of_order(page.form):
            wrong[spec.name] = found
        page.deleteLater()
    assert wrong == {}


@pytest.mark.parametrize(
    ("target", "chapter"),
    [
        (ShowToday("tasks"), "毎日の使い方"),
        (ShowList("event"), "毎日の使い方"),
        (ShowDocuments(), "書類の作成と提出"),
        (ShowSettings("backup"), "鍵とバックアップ"),
        (EditRecord("approval"), "期限と遵守確認"),
    ],
)
def test_f1_opens_the_manual_where_it_tells_of_the_page(
    window: MainWindow, settled: Settle, qtbot: QtBot, target: Target, chapter: str
) -> None:
    window.open(target)
    settled()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    settled()
    page = window.page
    assert isinstance(page, SettingsPage)
    assert page.section.name == "manual"
    shown: Any = page.section
    assert shown.chapters.currentItem().text() == chapter


def test_every_topic_stands_in_the_manual(window: MainWindow, sample: Any, settled: Settle) -> None:
    known = {one.topic for one in passages()} | {""}
    assert set(TOPICS) <= set(SPECS)
    assert set(TOPICS.values()) <= known
    assert {section.topic for section in SECTIONS} <= known
    for target in places(sample):
        window.open(target)
        assert window.page.topic in known, target
    settled()
