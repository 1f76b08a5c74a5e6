"""Nothing reaches beyond the screen: windows and dialogs at every scale and size of text."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import app.ui
from app.records import SPECS
from app.ui.context import Context
from app.ui.editor.dialog import RecordDialog
from app.ui.papers.printing import PrintDialog
from app.ui.papers.printing_port import Printers
from app.ui.parts.look import SIZES
from app.ui.parts.space import screen
from app.ui.parts.space.screen import Framed, bring_inside, fit, keep_inside, stand_again
from app.ui.parts.widgets import Prose
from app.ui.search.dialog import SearchDialog
from app.ui.settings.access import SheetDialog
from app.ui.settings.page import SettingsPage
from app.ui.shell.start_window import StartWindow
from app.ui.shell.window import MainWindow
from app.ui.targets import ShowSettings
from tests.support.around import about

SCREENS = [
    *(QSize(1366, 728), QSize(1093, 566), QSize(911, 464), QSize(911, 440)),
    *(QSize(1280, 640), QSize(960, 492)),
]
"""1366×768 at scales of 100, 125 and 150 %, without the taskbar; once with a high one; 1920×1080 at 150 and
200 %, with one."""


WORN = [
    *((size, percent) for size in SCREENS[:4] for percent in (100, 150)),
    *((SCREENS[4], percent) for percent in SIZES),
    (SCREENS[5], 150),
]
"""Each screen with the sizes of text."""


@pytest.fixture(params=WORN, ids=lambda worn: f"{worn[0].width()}x{worn[0].height()}-{worn[1]}")
def free(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, context: Context) -> QSize:
    """The room on a screen, with the size of the text chosen."""
    size: QSize
    size, percent = request.param
    context.look.choose(size=percent)
    monkeypatch.setattr(screen, "room", lambda _window: size - screen._FRAME)
    return size - screen._FRAME


def test_the_windows_come_up_within_the_screen(
    context: Context, sample: Any, free: QSize, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from app.ui.shell import window as shell

    monkeypatch.setattr(shell, "room", lambda _window: free)
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.show()
    QApplication.processEvents()
    assert QRect(QPoint(), free).contains(QRect(QPoint(), made.size()))
    start = StartWindow(
        context.program, context.look, context.dialogs, context.operations, context.ledger.path.with_name("x")
    )
    qtbot.addWidget(start)
    start.show()
    assert QRect(QPoint(), free).contains(QRect(QPoint(), start.size()))


def dialogs(context: Context) -> list[QDialog]:
    page = SettingsPage(context)
    page.show_target(ShowSettings("access"))
    return [
        SearchDialog(context),
        RecordDialog(context, SPECS["client"], {}),
        PrintDialog(context, "届出書", Printers(("P",), "P"), 3),
        SheetDialog(page.section),
    ]


def test_dialogs_come_up_within_the_screen_and_reach_every_button(
    context: Context, free: QSize, qtbot: QtBot
) -> None:
    for made in dialogs(context):
        qtbot.addWidget(made)
        keep_inside(made)
        made.show()
        QApplication.processEvents()
        assert QRect(QPoint(), free).contains(QRect(QPoint(), made.size())), made.windowTitle()
        for button in made.findChildren(QPushButton):
            if not button.isVisible():
                continue
            area = next((one for one in made.findChildren(QScrollArea) if one.isAncestorOf(button)), None)
            if area is not None:
                area.ensureWidgetVisible(button)
            place = QRect(button.mapTo(made, QPoint()), button.size())
            assert made.rect().contains(place), f"{made.windowTitle()}: {button.text()}"


@pytest.mark.parametrize(("height", "scrolled"), about(300, False, False, True))
def test_a_dialog_is_scrolled_only_where_it_has_no_room(
    qtbot: QtBot, look: Any, height: int, scrolled: bool
) -> None:
    made = QDialog()
    qtbot.addWidget(made)
    held = QLabel("内容")
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(held)
    spare = screen._GROWS * made.fontMetrics().lineSpacing()
    held.setMinimumHeight(height - spare)
    keep_inside(made, QSize(400, 300))
    assert bool(made.findChildren(QScrollArea)) is scrolled


@pytest.mark.parametrize(("wanted", "got"), about(500, 499, 500, 500))
def test_a_window_is_as_large_as_wanted_or_as_the_screen(qtbot: QtBot, wanted: int, got: int) -> None:
    made = QWidget()
    qtbot.addWidget(made)
    made.setMinimumSize(700, 100)
    fit(made, QSize(wanted, wanted), QSize(500, 500))
    assert made.size() == QSize(500, got)


MAIN = QRect(0, 0, 1366, 728)
SECOND = QRect(1366, 0, 1920, 1040)


@pytest.mark.parametrize(
    ("stood", "free", "stands"),
    [
        # Where it stood, also across both screens and at their very edges.
        (QRect(100, 50, 900, 600), [MAIN], QRect(100, 50, 900, 600)),
        (QRect(1000, 50, 900, 600), [MAIN, SECOND], QRect(1000, 50, 900, 600)),
        (QRect(450, 80, 900, 600), [MAIN], QRect(450, 80, 900, 600)),
        # One dot further, to the right and below.
        (QRect(451, 80, 900, 600), [MAIN], QRect(450, 80, 900, 600)),
        (QRect(450, 81, 900, 600), [MAIN], QRect(450, 80, 900, 600)),
        # The second screen was unplugged, or the taskbar came to the left or on top.
        (QRect(1500, 200, 900, 600), [MAIN], QRect(450, 80, 900, 600)),
        (QRect(0, 0, 900, 600), [QRect(80, 40, 1286, 688)], QRect(80, 40, 900, 600)),
        # It became smaller than the window: the window does too.
        (QRect(100, 50, 1700, 900), [QRect(0, 0, 1280, 640)], QRect(0, 0, 1264, 592)),
        (QRect(1400, 50, 1700, 900), [MAIN, QRect(1366, 0, 1280, 640)], QRect(1366, 0, 1264, 592)),
    ],
)
def test_a_window_stands_where_it_stood_or_is_brought_onto_a_screen(
    stood: QRect, free: list[QRect], stands: QRect, qtbot: QtBot
) -> None:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(stood.size())
    made.move(stood.topLeft())
    bring_inside(made, free)
    assert QRect(made.pos(), made.size()) == stands


def test_place_and_size_are_remembered_and_maximised_too(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "areas", lambda: [QRect(0, 0, 700, 500)])
    made, again, large = QWidget(), QWidget(), QWidget()
    for each in (made, again, large):
        qtbot.addWidget(each)
    made.resize(600, 400)
    made.move(90, 70)
    assert stand_again(again, made.saveGeometry())
    assert QRect(again.pos(), again.size()) == QRect(84, 52, 600, 400)  # with its title bar it had no room
    made.setWindowState(Qt.WindowState.WindowMaximized)
    assert stand_again(large, made.saveGeometry())
    assert large.isMaximized()
    assert not stand_again(large, QByteArray(b"nothing"))


def test_a_page_is_scrolled_below_its_least_size_and_not_above(qtbot: QtBot) -> None:
    page = QWidget()
    held = QLabel("内容")
    held.setMinimumSize(400, 300)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(held)
    frame = Framed(page)
    qtbot.addWidget(frame)
    frame.show()
    for size, wide, high in (
        (QSize(400, 300), False, False),
        (QSize(399, 300), True, True),
        (QSize(420, 299), False, True),
    ):
        frame.resize(size)
        QApplication.processEvents()
        bars = (frame.horizontalScrollBar().isVisible(), frame.verticalScrollBar().isVisible())
        assert bars == (wide, high), size
        assert page.width() >= 400
        assert page.height() >= 300
    held.setMinimumHeight(600)  # grows while it is seen
    frame.resize(500, 500)
    QApplication.processEvents()
    QApplication.processEvents()
    assert frame.verticalScrollBar().isVisible()
    assert page.height() == 600


def test_a_page_that_is_made_where_it_is_to_stand_is_laid_out_as_any_other(qtbot: QtBot) -> None:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    frame = Framed(inside=stack)
    assert frame.place.minimumSizeHint() == QSize(0, 0)
    page = QWidget(frame.place)
    QVBoxLayout(page).addWidget(QLabel("内容"))
    page.setMinimumSize(300, 200)
    frame.hold(page)
    stack.resize(500, 400)
    stack.show()
    QApplication.processEvents()
    assert page.isVisible()
    assert page.size() == frame.viewport().size() == QSize(500, 400)
    stack.resize(250, 150)
    QApplication.processEvents()
    assert page.size() == QSize(300, 200)
    assert frame.horizontalScrollBar().isVisible()


def test_a_long_text_in_a_dialog_is_seen_in_all_its_lines(qtbot: QtBot, look: Any) -> None:
    made = QDialog()
    qtbot.addWidget(made)
    said = Prose("入力した内容を確かめてください。" * 12)
    layout = QVBoxLayout(made)
    layout.addWidget(said)
    made.setMinimumWidth(300)
    keep_inside(made, QSize(600, 700))
    made.show()
    QApplication.processEvents()
    assert said.height() >= said.heightForWidth(said.width()) > 3 * said.fontMetrics().lineSpacing()
    assert not made.findChildren(QScrollArea)


def test_what_a_dialog_says_later_is_seen_to_its_end(qtbot: QtBot, look: Any) -> None:
    made = QDialog()
    qtbot.addWidget(made)
    said = Prose("")
    layout = QVBoxLayout(made)
    layout.addWidget(said)
    made.setMinimumWidth(300)
    keep_inside(made, QSize(600, 400))
    made.show()
    QApplication.processEvents()
    said.say("紙面の内容は比べていません。" * 8)
    qtbot.waitUntil(lambda: said.height() >= said.heightForWidth(said.width()))
    assert not made.findChildren(QScrollArea)
    before = made.height()
    said.say("短い文です。")
    QApplication.processEvents()
    assert made.height() == before, "a dialog that shrinks under the mouse is pressed where nobody meant to"
    said.say("紙面の内容は比べていません。" * 80)
    qtbot.waitUntil(lambda: bool(made.findChildren(QScrollArea)))
    QApplication.processEvents()
    assert made.height() <= 400
    assert said.height() >= said.heightForWidth(said.width()) > 400


def test_nothing_asks_a_widget_for_its_screen() -> None:
    """PySide6 takes the screen down with the widget that was asked, and the program with the next window."""
    asked = [
        f"{path.name}:{node.lineno}"
        for path in Path(app.ui.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "screen"
    ]
    assert asked == []


def test_the_screen_outlives_the_windows_on_it(look: Any, qtbot: QtBot) -> None:
    del look
    gone: list[bool] = []
    QGuiApplication.primaryScreen().destroyed.connect(lambda *_: gone.append(True))
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    dialog = QDialog(parent)
    QVBoxLayout(dialog).addWidget(QLabel("あ"))
    keep_inside(dialog)
    assert (
        screen.usable(dialog) == screen.usable(parent) == QGuiApplication.primaryScreen().availableGeometry()
    )
    shiboken6.delete(dialog)
    assert not gone


def _tall(count: int, *, box: bool) -> tuple[QDialog, list[QLineEdit], list[QPushButton]]:
    """A dialog with so many fields above the buttons that end it, in a box or in a line of their own."""
    made = QDialog()
    layout = QVBoxLayout(made)
    edits = [QLineEdit(f"{at}") for at in range(count)]
    for edit in edits:
        edit.setMinimumHeight(40)
        layout.addWidget(edit)
    buttons = [QPushButton("戻る"), QPushButton("記録する")]
    if box:
        held = QDialogButtonBox()
        for one in buttons:
            held.addButton(one, QDialogButtonBox.ButtonRole.ActionRole)
        layout.addWidget(held)
    else:
        line = QHBoxLayout()
        line.addStretch(1)
        for one in buttons:
            line.addWidget(one)
        layout.addLayout(line)
    return made, edits, buttons


@pytest.mark.parametrize("box", [True, False])
@pytest.mark.parametrize("count", [1, 5, 6, 30])
def test_the_buttons_that_end_a_dialog_stay_in_sight_and_come_last(
    qtbot: QtBot, look: Any, count: int, *, box: bool
) -> None:
    made, edits, buttons = _tall(count, box=box)
    qtbot.addWidget(made)
    keep_inside(made, QSize(500, 400))
    made.show()
    QApplication.processEvents()
    for one in buttons:
        assert one.isVisible()
        assert one.visibleRegion().boundingRect() == one.rect()
        assert not any(area.isAncestorOf(one) for area in made.findChildren(QScrollArea))
    assert bool(made.findChildren(QScrollArea)) is (count > 5)
    # The keyboard begins at the first field and comes to the buttons last; what it reaches is in sight.
    reached: list[QWidget | None] = []
    for _each in (*edits, *buttons):
        here = made.focusWidget()
        reached.append(here)
        assert here is not None
        assert here.visibleRegion().boundingRect() == here.rect()
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    assert reached[: len(edits)] == edits
    assert set(reached[len(edits) :]) == set(buttons)


def test_what_stands_last_and_is_no_button_scrolls_with_the_rest(qtbot: QtBot, look: Any) -> None:
    made = QDialog()
    qtbot.addWidget(made)
    layout = QVBoxLayout(made)
    for at in range(20):
        held = QLabel(f"{at}行目")
        held.setMinimumHeight(40)
        layout.addWidget(held)
    keep_inside(made, QSize(500, 400))
    (area,) = made.findChildren(QScrollArea)
    assert area.isAncestorOf(held)
