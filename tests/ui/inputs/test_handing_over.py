"""Whatever ends an entry takes the word with it that is still under composition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.records import SPECS, Person
from app.ui.context import Context
from app.ui.editor.dialog import RecordDialog
from app.ui.editor.page import EditorPage
from app.ui.parts.dialogs import Unsaved
from app.ui.shell.window import MainWindow
from app.ui.targets import EditRecord, ShowContracts

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def send(event: QInputMethodEvent) -> None:
    """To where the cursor is."""
    line = QApplication.focusWidget()
    assert line is not None
    QApplication.sendEvent(line, event)


@pytest.fixture
def method(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """An input method: has a word under composition where the cursor is, and hands it over when asked."""
    composed: list[str] = []

    class Method:
        def commit(self) -> None:
            if composed:
                event = QInputMethodEvent()
                event.setCommitString(composed.pop())
                send(event)

    def compose(word: str) -> None:
        composed.append(word)
        send(QInputMethodEvent(word, []))

    monkeypatch.setattr(QGuiApplication, "inputMethod", staticmethod(Method))
    return compose


@pytest.fixture
def window(context: Context, sample: Any, shown: Any, qtbot: QtBot, method: Callable[[str], None]) -> Any:
    """髙橋 花子 in the window, with タカハシ under composition in 印刷用の表記 and nothing else entered."""
    made: MainWindow = shown(MainWindow(context))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.open(EditRecord("person", sample.person.id))
    page = made.page
    assert isinstance(page, EditorPage)
    line = page.form.boxes["print_name"].input.fields()[0]
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    method("タカハシ")
    assert not page.form.dirty
    return made


@pytest.mark.parametrize("end", ["Ctrl+S", "Alt+S", "Alt+Left", "Ctrl+2", "closing", "elsewhere"])
def test_a_word_is_stored_however_the_entry_ends(
    window: MainWindow, context: Context, sample: Any, dialogs: Any, qtbot: QtBot, end: str
) -> None:
    asks = end not in ("Ctrl+S", "Alt+S")
    if asks:
        dialogs.answers.append(Unsaved.SAVE)
    acts: dict[str, Callable[[], object]] = {
        "Ctrl+S": lambda: qtbot.keyClick(window, Qt.Key.Key_S, CONTROL),
        "Alt+S": lambda: qtbot.keyClick(window, Qt.Key.Key_S, ALT),
        "Alt+Left": lambda: qtbot.keyClick(window, Qt.Key.Key_Left, ALT),
        "Ctrl+2": lambda: qtbot.keyClick(window, Qt.Key.Key_2, CONTROL),
        "closing": window.edits_settled,
        "elsewhere": lambda: window.open(ShowContracts()),
    }
    acts[end]()
    qtbot.waitUntil(lambda: context.facts().get(Person, sample.person.id).print_name == "タカハシ")
    assert bool(dialogs.asked) is asks


def test_a_dialog_closed_by_its_frame_asks_about_the_word(
    context: Context, shown: Any, dialogs: Any, qtbot: QtBot, method: Callable[[str], None]
) -> None:
    dialog: RecordDialog = shown(RecordDialog(context, SPECS["person"], {}))
    dialog.activateWindow()
    name = dialog.form.boxes["name"].input.fields()[0]
    name.setFocus()
    qtbot.waitUntil(name.hasFocus)
    method("たなか")
    dialogs.answers.append(False)
    dialog.close()
    assert len(dialogs.asked) == 1
    assert dialog.isVisible()
    assert dialog.form.boxes["name"].input.text() == "たなか"
    dialogs.answers.append(True)
    dialog.close()
