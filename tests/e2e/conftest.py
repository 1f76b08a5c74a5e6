"""A person at the window: clicks, types as an input method does, and answers dialogs by their buttons."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ledger.secret.keys import Cost
from app.preferences import Preferences
from app.records import Facts
from app.start import Product
from app.ui.context import Context, Program
from app.ui.editor.form import RecordForm
from app.ui.editor.page import EditorPage
from app.ui.inputs.base import Input
from app.ui.inputs.checks import ChecksInput
from app.ui.inputs.day import DayInput
from app.ui.inputs.plain import AnnexInput, ChoiceInput, FlagInput, ManyInput
from app.ui.inputs.ref import RefInput
from app.ui.inputs.rows import GridInput
from app.ui.parts.dialogs import Unsaved
from app.ui.reckoning.assessor import Assessor
from app.ui.shell.app import Desk
from app.ui.shell.window import MainWindow
from app.ui.targets import EditRecord
from app.ui.today.page import TodayPage
from app.ui.today.task_row import TaskRow

LEFT = Qt.MouseButton.LeftButton
ACCEPTS = QDialogButtonBox.ButtonRole.AcceptRole
CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 20_000
"""Milliseconds that anything may take."""


@dataclass
class Day:
    """The day on the wall."""

    today: date


class Port:
    """Dialogs as they are, shown without blocking; ``next`` fills the next one in before it is confirmed."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.next: list[Callable[[Any], None]] = []
        self.said: list[str] = []
        self.saved: list[Path] = []

    def tell(self, text: str, detail: str = "") -> None:
        self.said.append(f"{text}{detail}")

    def warn(self, text: str, detail: str = "") -> None:
        raise AssertionError(f"{text}{detail}")

    def ask(self, text: str, yes: str, *, detail: str = "", no: str = "", grave: bool = False) -> bool:
        del yes, detail, no, grave
        self.said.append(text)
        return True

    def ask_text(
        self, title: str, label: str, *, text: str = "", yes: str = "", need: bool = True
    ) -> str | None:
        raise AssertionError(title)

    def ask_unsaved(self, what: str) -> Unsaved:
        raise AssertionError(what)

    def open_files(self, title: str, pattern: str = "", *, several: bool = False) -> list[Path]:
        raise AssertionError(title)

    def save_file(self, title: str, name: str, pattern: str = "") -> Path | None:
        del title, pattern
        self.saved.append(self.folder / Path(name).name)
        return self.saved[-1]

    def choose_folder(self, title: str, start: Path | None = None) -> Path | None:
        raise AssertionError(title)

    def show(self, dialog: QDialog) -> bool:
        dialog.show()
        if self.next:
            self.next.pop(0)(dialog)
            box = dialog.findChild(QDialogButtonBox)
            assert box is not None
            (act,) = (one for one in box.buttons() if box.buttonRole(one) == ACCEPTS)
            self.qtbot.mouseClick(act, LEFT)
        self.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=PATIENCE)
        return dialog.result() == QDialog.DialogCode.Accepted


class Windows(QObject):
    """Notes every window that comes up: a part that is shown before it has its place flashes as one."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self.seen: set[str] = set()
        app.installEventFilter(self)

    def stop(self) -> None:
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            name = watched.accessibleName() or getattr(watched, "text", str)()
            self.seen.add(f"{type(watched).__name__} {name}".strip())
        return False


class Person:
    """Who sits at the window."""

    def __init__(self, qtbot: QtBot, desk: Desk, port: Port, day: Day) -> None:
        self.qtbot = qtbot
        self.desk = desk
        self.port = port
        self.day = day
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.windows = Windows(app)

    @property
    def window(self) -> MainWindow:
        assert self.desk.window is not None
        return self.desk.window

    @property
    def context(self) -> Context:
        return self.window.context

    @property
    def facts(self) -> Facts:
        return self.context.facts()

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=PATIENCE)

    def rest(self) -> None:
        """Wait until nothing is going on any more."""
        QApplication.processEvents()
        self.until(lambda: not self.desk.operations.busy)
        QApplication.processEvents()

    def click(self, inside: QWidget, text: str) -> None:
        """Click the button that says ``text``."""

        def found() -> list[QAbstractButton]:
            return [
                one
                for one in inside.findChildren(QPushButton)
                if one.text().strip() == text and one.isVisible() and one.isEnabled()
            ]

        self.until(lambda: bool(found()))
        self.qtbot.mouseClick(found()[0], LEFT)

    def write(self, edit: Any, text: str) -> None:
        """Type over what stands there, as an input method commits it."""
        self.qtbot.mouseClick(edit, LEFT)
        self.until(lambda: self.in_front(edit))
        edit.selectAll()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(edit, event)

    def in_front(self, edit: QWidget) -> bool:
        """Whether the keys go to ``edit``; if not, put it in front once more, as a person clicks again.

        A list that has just closed may hand the focus back to its own line a moment later.
        """
        if not edit.hasFocus():
            edit.activateWindow()
            edit.setFocus()
        QApplication.processEvents()
        return edit.hasFocus()

    def put(self, made: Input, value: Any) -> None:
        """Enter a value as its kind of input takes it."""
        if isinstance(made, RefInput):
            self.pick(made, value)
        elif isinstance(made, AnnexInput):
            made.combo.setCurrentIndex(made.combo.findData(value))
        elif isinstance(made, ChoiceInput | FlagInput):
            made.combo.setCurrentText(value)
        elif isinstance(made, ManyInput):
            self.tick([box for box in made.boxes if box.text() in value])
        elif isinstance(made, ChecksInput):
            self.tick([made.boxes[name] for name in value])
        elif isinstance(made, GridInput):
            self.put_rows(made, value)
        elif isinstance(made, DayInput) and hasattr(made, "time"):
            day, _, time = value.partition(" ")
            self.write(made.edit, day)
            self.write(made.time, time)
        else:
            self.write(made.fields()[0], value)

    def tick(self, boxes: list[QCheckBox]) -> None:
        for box in boxes:
            box.setFocus()
            self.qtbot.keyClick(box, Qt.Key.Key_Space)
            assert box.isChecked()

    def pick(self, made: RefInput, name: str) -> None:
        """Type part of a name and take the one it finds."""
        edit, popup = made.edit, made._popup
        self.write(edit, name)

        def offered() -> bool:
            if not popup.isVisible() and not edit.hasFocus():
                self.write(edit, name)
            return popup.isVisible() and popup.model().rowCount() == 1

        self.until(offered)
        # The list comes to the front a moment after it is shown; closed before, it would take the focus then.
        QApplication.processEvents()
        self.qtbot.keyClick(popup, Qt.Key.Key_Down)
        self.qtbot.keyClick(popup, Qt.Key.Key_Return)
        assert made.id, name

    def put_rows(self, made: GridInput, rows: list[dict[str, Any]]) -> None:
        for number, values in enumerate(rows):
            if number >= len(made.lines):
                self.qtbot.mouseClick(made.more, LEFT)
            for name, value in values.items():
                self.put(made.lines[number].inputs[name], value)

    def fill(self, form: RecordForm, **values: Any) -> None:
        for name, value in values.items():
            self.put(form.boxes[name].input, value)

    def enter(self, record: str, /, **values: Any) -> None:
        """Add a record on the editor's page and save it."""
        before = self.context.ledger.counts()[record]
        self.context.navigate(EditRecord(record))
        self.finish(record, **values)
        assert self.context.ledger.counts()[record] == before + 1

    def finish(self, record: str, /, **values: Any) -> None:
        """Fill in the editor one is in, and save by its button."""
        page = self.window.page
        assert isinstance(page, EditorPage)
        assert page.spec.name == record
        self.fill(page.form, **values)
        self.qtbot.mouseClick(page.save_button, LEFT)
        problems = page.form.notice.text if self.window.page is page else ""
        assert self.window.page is not page, (record, problems)

    def go(self, room: int) -> Any:
        """Ctrl+1 … Ctrl+5."""
        self.window.raise_()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        key = Qt.Key(Qt.Key.Key_0 + room)
        self.qtbot.keyClick(self.window, key, CONTROL)
        self.rest()
        return self.window.page

    def today(self) -> TodayPage:
        """きょう, reckoned for the day on the wall."""
        page = self.go(1)
        assert isinstance(page, TodayPage)
        self.qtbot.keyClick(self.window, Qt.Key.Key_F5)
        self.rest()
        assessor = Assessor.of(self.context)
        self.until(lambda: assessor.latest is not None and assessor.latest.day == self.day.today)
        self.rest()
        self.until(lambda: not page.list._waiting)
        return page

    def row(self, contract: int, words: str, narrowed: str = "") -> TaskRow:
        """The line whose button says ``words``, with ``narrowed`` typed above the list."""
        page = self.today()
        page.search.clear()
        if narrowed:
            self.write(page.search, narrowed)

        def found() -> list[TaskRow]:
            return [
                one for one in page.list.rows() if one.task.contract == contract and words in one.step.text()
            ]

        self.until(lambda: len(found()) == 1)
        return found()[0]


@pytest.fixture
def person(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Person]:
    """Someone who starts the program for the first time."""
    monkeypatch.setenv("JUTAKU_HOME", str(tmp_path / "home"))
    day = Day(date(2026, 3, 16))
    port = Port(qtbot, tmp_path)
    program = Program(
        Product(),
        Preferences(tmp_path / "home" / "settings.json"),
        cost=Cost(memory=64, passes=1, lanes=1),
        today=lambda: day.today,
        now=lambda: datetime.combine(day.today, time(17, 30)).astimezone(),
    )
    desk = Desk(qapp, program, port)
    made = Person(qtbot, desk, port, day)
    desk.begin(None)
    yield made
    if desk.window is not None:
        qtbot.addWidget(desk.window)
    made.windows.stop()
    desk.end()
