"""A hand on the mouse and one on the keys, on the real window: what an act costs is driven and counted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.acts.page import ActPage
from app.ui.shell.rooms import ROOMS
from tests.support.clicks import Clicks
from tests.support.window.stage import Stage

LEFT = Qt.MouseButton.LeftButton


class Hand:
    def __init__(self, stage: Stage, qtbot: QtBot, clicks: Clicks) -> None:
        self.stage, self.qtbot, self.clicks = stage, qtbot, clicks

    @property
    def page(self) -> Any:
        return self.stage.window.page

    def press(self, button: QWidget) -> None:
        self.qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
        self.qtbot.mouseClick(button, LEFT)
        self.stage.settle()

    def room(self, target: type) -> None:
        at = next(number for number, one in enumerate(ROOMS) if one.target is target)
        self.press(self.stage.window.navigation.rooms[at])

    def row(self, table: Any, at: int, *, more: bool = False) -> None:
        keys = Qt.KeyboardModifier.ControlModifier if more else Qt.KeyboardModifier.NoModifier
        place = table.visualRect(table.model().index(at, 0)).center()
        self.qtbot.mouseClick(table.viewport(), LEFT, keys, place)

    def find(self, text: str) -> None:
        """Ctrl+K, the words, Return: what is found first is opened."""
        self.stage.window.show_search()
        dialog = self.stage.context.dialogs.shown  # type: ignore[attr-defined]
        commit(dialog.edit, text)
        dialog.find_now()
        self.stage.settle()
        dialog.open()
        self.stage.settle()

    def choose(self, button: QPushButton, text: str) -> None:
        """Press a button with a menu and a line of the menu; where it stands in a menu below, that first."""
        menu = button.menu()
        assert isinstance(menu, QMenu)
        pressed: list[str] = []

        def press(held: QMenu, act: QAction) -> None:
            QTest.mouseClick(held, LEFT, Qt.KeyboardModifier.NoModifier, held.actionGeometry(act).center())

        def pick() -> None:
            held, act = _line(menu, text)
            assert act.isEnabled()
            if held is not menu:
                press(menu, held.menuAction())
                self.qtbot.waitUntil(held.isVisible)
            pressed.append(act.text())
            press(held, act)

        QTimer.singleShot(0, menu, pick)
        self.qtbot.mouseClick(button, LEFT)
        self.qtbot.waitUntil(lambda: bool(pressed))
        self.stage.settle()

    def type(self, text: str) -> None:
        """Into whatever has the keyboard, as a person who does not look for the mouse; then Return."""
        held = self.stage.window.focusWidget()
        assert held is not None
        if text:
            commit(held, text)
        self.qtbot.keyClick(held, Qt.Key.Key_Return)
        self.stage.settle()


def _line(menu: QMenu, text: str) -> tuple[QMenu, QAction]:
    """The one line that begins so, of a menu or of those below it, and the menu in which it stands."""
    inner = [one.menu() for one in menu.actions()]
    menus = [menu, *(one for one in inner if isinstance(one, QMenu))]
    (found,) = ((held, one) for held in menus for one in held.actions() if one.text().startswith(text))
    return found


def commit(widget: QWidget, text: str) -> None:
    """What an input method hands over."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def field(page: ActPage, name: str) -> QWidget:
    assert page.form is not None
    return page.form.inputs[name].fields()[0]


def choose_kind(hand: Hand, page: ActPage, name: str, at: int) -> None:
    """With the arrow, in a list that has the keyboard; then Return."""
    assert hand.stage.window.focusWidget() is field(page, name)
    for _ in range(at):
        hand.qtbot.keyClick(field(page, name), Qt.Key.Key_Down)
    hand.qtbot.keyClick(field(page, name), Qt.Key.Key_Return)
    hand.stage.settle()
