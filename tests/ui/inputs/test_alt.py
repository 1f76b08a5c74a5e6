"""A letter with Alt means a button, and never enters what is typed into."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.keyboard import AltAlone
from app.ui.parts.widgets import button

ALT, CTRL, NONE = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.NoModifier,
)


class Form(QWidget):
    """One field of each kind beside a button for Alt+S."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed = 0
        self.save = button("登録", self._press, key="S")
        self.line, self.text, self.open = QLineEdit(), QPlainTextEdit(), QComboBox()
        self.open.setEditable(True)
        self.closed = QComboBox()
        self.closed.addItems(["a", "s", "4"])
        layout = QVBoxLayout(self)
        for one in (self.save, self.line, self.text, self.open, self.closed):
            layout.addWidget(one)

    def all(self) -> tuple[str, ...]:
        return (
            self.line.text(),
            self.text.toPlainText(),
            self.open.currentText(),
            self.closed.currentText(),
        )

    def _press(self) -> None:
        self.pressed += 1


@pytest.fixture
def form(qapp: QApplication, qtbot: QtBot) -> Iterator[Form]:
    holder = QObject(qapp)
    AltAlone(holder, qapp)
    made = Form()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    holder.deleteLater()


def test_it_enters_nothing_while_its_button_is_disabled(form: Form, qtbot: QtBot) -> None:
    form.save.setEnabled(False)
    before = form.all()
    for field in (form.line, form.text, form.open, form.closed):
        field.setFocus()
        for key in (Qt.Key.Key_S, Qt.Key.Key_4):
            qtbot.keyClick(field, key, ALT)
            qtbot.keyClick(field, key, ALT | Qt.KeyboardModifier.ShiftModifier)
    assert form.all() == before


def test_it_presses_its_button_where_that_is_enabled(form: Form, qtbot: QtBot) -> None:
    form.line.setFocus()
    qtbot.keyClick(form.line, Qt.Key.Key_S, ALT)
    qtbot.waitUntil(lambda: form.pressed == 1)
    assert form.line.text() == ""


def test_plain_keys_and_those_with_altgr_are_typed(form: Form, qtbot: QtBot) -> None:
    form.line.setFocus()
    qtbot.keyClick(form.line, "s", NONE)
    qtbot.keyClick(form.line, "@", ALT | CTRL)
    assert form.line.text() == "s@"
