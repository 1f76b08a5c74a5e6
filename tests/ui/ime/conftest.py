"""Real keys, through the input method of the session that ``dev.py test ime`` makes; skipped without one."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.ui.context import Context
from app.ui.editor.page import EditorPage
from app.ui.parts.dialogs import Unsaved
from app.ui.shell.window import MainWindow
from app.ui.targets import EditRecord

PATIENCE = 10_000
"""Milliseconds that an input method may take for what it was given."""


@pytest.fixture(autouse=True)
def _session_only() -> None:
    if "JUTAKU_IME" not in os.environ:
        pytest.skip("real keys need the session that dev.py test ime makes")


class Heard(QObject):
    """Hears what the input method says: ``composed`` is the word under composition now, empty for none."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.composed = ""
        self.count = 0
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if isinstance(event, QInputMethodEvent):
            self.composed = event.preeditString()
            self.count += 1
        return False


class Typist:
    """Somebody at the keyboard and the mouse of the display."""

    def __init__(self, qtbot: QtBot, app: QApplication) -> None:
        self.qtbot = qtbot
        self.heard = Heard(app)
        self._shots = count(1)
        self._name = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition("::")[2].partition(" ")[0]

    def until(self, true: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=PATIENCE)

    def _tool(self, *command: str) -> None:
        with subprocess.Popen(command) as running:
            self.until(lambda: running.poll() is not None)
            assert running.returncode == 0, command

    def key(self, *names: str) -> None:
        """Press keys as xdotool names them."""
        self._tool("xdotool", "key", "--delay", "40", *names)

    def type(self, keys: str) -> None:
        """Press the keys of these letters, whatever comes of it."""
        self._tool("xdotool", "type", "--delay", "40", keys)

    def compose(self, romaji: str, seen: str) -> None:
        """Type until ``seen`` stands under composition."""
        self.type(romaji)
        self.until(lambda: self.heard.composed == seen)

    def convert(self, seen: str) -> None:
        """Space, until ``seen`` is what the method offers."""
        self.key("space")
        self.until(lambda: self.heard.composed == seen)

    def commit(self) -> None:
        """Return, until nothing is under composition any more."""
        self.key("Return")
        self.until(lambda: not self.heard.composed)

    def commit_whatever(self) -> None:
        """Return, once it has ended the composition that keys before it may have changed."""
        before = self.heard.count
        self.key("Return")
        self.until(lambda: self.heard.count > before and not self.heard.composed)

    def rest(self) -> None:
        """Let what waits for the last key, such as a search, have its turn."""
        self.qtbot.wait(400)

    def see(self, widget: QWidget) -> None:
        """Scroll to a widget."""
        parent = widget.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        assert parent is not None
        parent.ensureWidgetVisible(widget)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Press the left button of the mouse on a widget."""
        place = widget.mapToGlobal(at or widget.rect().center())
        self._tool("xdotool", "mousemove", str(place.x()), str(place.y()), "click", "1")

    def save_as_correction(self, page: EditorPage) -> None:
        """Save, answer that what was changed was an error, and save."""
        self.click(page.save_button)
        question = page.form.since
        assert question is not None
        self.until(question.isVisible)
        self.see(question.correction)
        self.click(question.correction)
        self.until(question.correction.isChecked)
        self.click(page.save_button)

    def enter(self, line: QWidget) -> None:
        """Put the cursor into a line, with everything in it marked."""
        window = line.window()
        window.activateWindow()
        self.until(window.isActiveWindow)
        line.setFocus()
        self.until(line.hasFocus)
        if isinstance(line, QLineEdit | QPlainTextEdit):
            line.selectAll()

    def picture(self, of: str) -> None:
        """Keep what the screen shows, where pictures are wanted."""
        if folder := os.environ.get("JUTAKU_IME_PICTURES"):
            name = re.sub(r"[^\w]+", "-", f"{self._name}-{next(self._shots)}-{of}")
            QApplication.processEvents()
            # Of the whole screen: the candidates have a window of the input method's own.
            assert QGuiApplication.primaryScreen().grabWindow(0).save(str(Path(folder) / f"{name}.png"))


@pytest.fixture
def typist(qtbot: QtBot, qapp: QApplication, _session_only: None) -> Any:
    made = Typist(qtbot, qapp)
    yield made
    qapp.removeEventFilter(made.heard)


@pytest.fixture
def window(context: Context, sample: Any, qtbot: QtBot) -> MainWindow:
    """The program's window on a small ledger, in front of everything."""
    del sample
    made = MainWindow(context)
    qtbot.addWidget(
        made, before_close_func=lambda _window: setattr(context.dialogs, "answers", [Unsaved.DISCARD])
    )
    made.resize(1200, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not context.operations.busy, timeout=PATIENCE)
    return made


@pytest.fixture
def edit(window: MainWindow, typist: Typist) -> Callable[..., EditorPage]:
    """Open a record's page in the window."""

    def opened(kind: str, number: int = 0) -> EditorPage:
        window.open(EditRecord(kind, number))
        page = window.page
        assert isinstance(page, EditorPage)
        typist.until(page.form.isVisible)
        return page

    return opened
