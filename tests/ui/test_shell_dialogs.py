"""The dialogs of a real screen: a handful, answered while they are open."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.ui.parts.dialogs import QtDialogs, TextDialog, Unsaved, _closed, sentences

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def answer(qtbot: QtBot, look: Any) -> Callable[[str], list[str]]:
    """Press the button that reads so in the dialog that comes up; returns what it said."""
    del look

    def prepare(text: str) -> list[str]:
        seen: list[str] = []

        def press() -> None:
            box = QApplication.activeModalWidget()
            assert box is not None
            if isinstance(box, QMessageBox):
                seen.extend((box.text(), box.informativeText()))
            buttons = [each for each in box.findChildren(QPushButton) if each.text() == text]
            # Without the button the dialog must still end, or the whole run would wait for ever.
            if buttons:
                qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
            else:
                box.close()

        QTimer.singleShot(30, press)
        return seen

    return prepare


@pytest.mark.parametrize(("pressed", "answered"), [("取り消す", True), ("戻る", False)])
def test_a_question_is_answered_by_its_own_words(
    answer: Callable[[str], list[str]], pressed: str, answered: bool
) -> None:
    seen = answer(pressed)
    assert QtDialogs().ask("本当に？", "取り消す", detail="元に戻せます。", grave=True) is answered
    assert "本当に？" in seen[0]
    assert "元に戻せます。" in seen[1]


@pytest.mark.parametrize("wanted", list(Unsaved))
def test_unsaved_changes_have_three_answers(answer: Callable[[str], list[str]], wanted: Unsaved) -> None:
    seen = answer(str(wanted))
    assert QtDialogs().ask_unsaved("要員　佐藤") is wanted
    assert "「要員　佐藤」に保存していない変更があります。" in seen[0]


@pytest.mark.parametrize("way", ["tell", "warn"])
def test_a_message_is_closed(answer: Callable[[str], list[str]], way: str) -> None:
    seen = answer("OK")
    getattr(QtDialogs(), way)("<できました> & 終わり")
    assert "&lt;できました&gt; &amp; 終わり" in seen[0]


def test_a_needed_text_cannot_be_left_out(look: Any, qtbot: QtBot) -> None:
    del look
    dialog = TextDialog(None, "要員「佐藤」を取り消す", "理由", "", "取り消す", need=True)
    qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled()
    dialog.edit.setText("　 ")
    assert not dialog.ok.isEnabled()
    dialog.edit.setText("退職のため")
    assert dialog.ok.isEnabled()
    assert "佐藤" not in dialog.windowTitle()


def test_a_text_is_asked_for_and_may_be_refused(answer: Callable[[str], list[str]]) -> None:
    answer("戻る")
    assert QtDialogs().ask_text("題", "説明") is None
    answer("OK")
    assert QtDialogs().ask_text("題", "説明", text=" 前の値 ") == "前の値"


def test_several_problems_stand_in_lines() -> None:
    assert sentences(["一つ。"]) == "一つ。"
    assert sentences(["一つ。", "二つ。"]) == "・一つ。\n・二つ。"


@pytest.mark.parametrize("count", [1, 200])
@pytest.mark.parametrize("percent", [100, 150])
def test_many_problems_leave_the_buttons_on_the_screen(
    count: int, percent: int, look: Any, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    free = QSize(895, 416)  # 1366×768 at 150 %, without taskbar and title bar
    monkeypatch.setattr("app.ui.parts.dialogs.room", lambda _box: free)
    look.choose("light", percent)
    problems = sentences([f"{number}行目：登録されていない項目があります。" for number in range(count)])
    box = QtDialogs()._box(QMessageBox.Icon.Warning, "取り込めません。", problems)
    qtbot.addWidget(box)
    box.show()
    QApplication.processEvents()
    assert box.height() <= free.height()
    said = box.informativeText()
    assert ("ほか" in said) == (count > 1)
    assert box.detailedText() == (problems if count > 1 else "")
    names = {each.text() for each in box.findChildren(QPushButton) if each.isVisible()}
    assert names == ({"OK", "詳細を表示..."} if count > 1 else {"OK"})
    look.choose("light", 100)


def test_nothing_is_collected_while_every_widget_is_asked_for_its_font(look: Any, qtbot: QtBot) -> None:
    """A part of a closed message that was gone by then was asked, and that ended the program."""
    seen: list[bool] = []

    class Asked(QLabel):
        def font(self) -> QFont:
            seen.append(gc.isenabled())
            return super().font()

    asked = Asked("あ")
    qtbot.addWidget(asked)
    look.choose("light", 150)
    look.choose("light", 100)
    assert seen
    assert not any(seen)
    assert gc.isenabled()


@pytest.mark.parametrize("times", [1, 2])
def test_a_closed_dialog_is_read_and_then_taken_down_by_the_window_itself(
    answer: Callable[[str], list[str]], qtbot: QtBot, times: int
) -> None:
    """Left to the collector, a worker would take its widgets down while the window lays them out."""
    gone: list[bool] = []
    read: list[str] = []

    def ask() -> None:
        dialog = TextDialog(None, "題", "説明", "前の値", "OK", need=True)
        dialog.destroyed.connect(lambda *_: gone.append(True))
        for _ in range(times):
            answer("OK")
            assert QtDialogs().show(dialog)
            assert id(dialog) in _closed, "no collector may take it before the window does"
        assert not gone
        read.append(dialog.edit.text())

    QTimer.singleShot(0, ask)
    qtbot.waitUntil(lambda: bool(gone))
    assert read == ["前の値"]
    assert not _closed


def test_a_dialog_before_the_window_stands_may_be_shown_again(answer: Callable[[str], list[str]]) -> None:
    dialog = TextDialog(None, "題", "説明", "値", "OK", need=True)
    for _ in range(2):
        answer("OK")
        assert QtDialogs().show(dialog)
    assert dialog.edit.text() == "値"
    assert not _closed
