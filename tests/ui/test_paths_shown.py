"""Where something lies is told in the writing of Windows too: it breaks into lines, and is copied whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from app.ui.parts.copied import broken, whole
from app.ui.parts.dialogs import QtDialogs
from app.ui.parts.widgets import Prose

PLACE = "C:\\Users\\yamada.taro\\AppData\\Local\\jutaku-daicho\\backups\\of\\an\\earlier\\pc\\log\\errors.txt"
SCREEN = QSize(911, 512)
"""1366×768 at 150 %."""


@pytest.fixture
def large(look: Any) -> Any:
    """Text as large as it can be chosen."""
    look.choose("light", 150)
    yield look
    look.choose("light", 100)


@given(st.text(alphabet="C:\\ab 台\n"))
def test_a_text_that_is_broken_is_whole_again(text: str) -> None:
    assert whole(broken(text)) == text


def test_a_path_of_windows_needs_no_more_width_than_one_of_another_system(qtbot: QtBot, look: Any) -> None:
    theirs, ours = Prose(PLACE), Prose(PLACE.replace("\\", "/"))
    qtbot.addWidget(theirs)
    qtbot.addWidget(ours)
    assert theirs.minimumSizeHint().width() == ours.minimumSizeHint().width()
    assert theirs.minimumSizeHint().width() < theirs.fontMetrics().horizontalAdvance(PLACE) / 2


def test_a_message_with_a_long_path_stays_on_the_screen(qtbot: QtBot, large: Any) -> None:
    box = QtDialogs()._box(QMessageBox.Icon.Warning, f"「{PLACE * 2}」に保存できません。", f"{PLACE * 2}")
    qtbot.addWidget(box)
    box.show()
    QApplication.processEvents()
    assert box.width() <= SCREEN.width()
    for said in box.findChildren(QLabel):
        assert said.minimumSizeHint().width() <= said.width(), "the end of a line is cut off"


def test_a_path_is_copied_by_the_keyboard_as_it_is(qtbot: QtBot, look: Any) -> None:
    said = Prose(f"台帳：\n{PLACE}")
    qtbot.addWidget(said)
    said.show()
    said.setSelection(0, len(broken(said.plain)))
    qtbot.keyClick(said, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"台帳：\n{PLACE}"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_path_is_copied_by_the_menu_as_it_is(qtbot: QtBot, look: Any) -> None:
    said = Prose(PLACE)
    qtbot.addWidget(said)
    said.show()
    for selected in (False, True):
        if selected:
            said.setSelection(0, len(broken(PLACE)))
        asked = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, QPoint(5, 5), said.mapToGlobal(QPoint(5, 5))
        )
        QApplication.sendEvent(said, asked)
        (menu,) = said.findChildren(QMenu)
        (copy,) = menu.actions()
        assert (copy.text(), copy.isEnabled()) == ("コピー", selected)
        copy.trigger()
        menu.close()
        qtbot.waitUntil(lambda: not said.findChildren(QMenu))
    assert QGuiApplication.clipboard().text() == PLACE


def test_a_message_is_copied_as_it_reads(qtbot: QtBot, look: Any) -> None:
    box = QtDialogs()._box(QMessageBox.Icon.Warning, f"「{PLACE}」を開けません。", "場所を確かめてください。")
    qtbot.addWidget(box)
    box.show()
    qtbot.keyClick(box, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"「{PLACE}」を開けません。\n場所を確かめてください。"
