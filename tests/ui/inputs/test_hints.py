"""Grey words that nobody takes for a value, lists that wait for an answer, and Return among the fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.records import SPECS, Person, Spec
from app.ui.context import Context
from app.ui.editor.dialog import RecordDialog
from app.ui.editor.form import RecordForm
from app.ui.editor.page import EditorPage
from app.ui.inputs.base import Input
from app.ui.inputs.plain import AnnexInput, ChoiceInput
from app.ui.inputs.rows import GridInput
from app.ui.targets import EditRecord

Show = Callable[..., Any]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


def active(widget: Any, qtbot: QtBot) -> None:
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def inputs_in(form: RecordForm) -> list[Input]:
    """Every input of a form, those of a nested row too."""
    found = [box.input for box in form.boxes.values()]
    for grid in [each for each in found if isinstance(each, GridInput)]:
        grid.add_line()
        found += grid.lines[-1].inputs.values()
    return found


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_no_grey_word_looks_like_a_value_and_lists_wait_for_an_answer(
    context: Context, spec: Spec[Any], shown: Show
) -> None:
    form = shown(RecordForm(context, spec))
    for made in inputs_in(form):
        if isinstance(made, GridInput):
            continue
        for line in made.findChildren(QLineEdit):
            grey = line.placeholderText()
            asks = any(word in grey for word in ("検索", "入力", "など", "区切る"))
            assert not grey or grey.startswith("例 ") or asks or grey == made.field.kind.hint, grey
        if isinstance(made, ChoiceInput | AnnexInput) and made.text() == "":
            waiting = ("（選択）" if made.compact else "（選択してください）") if made.field.required else ""
            assert made.combo.currentText() == waiting
            assert made.combo.findText("", Qt.MatchFlag.MatchExactly) == (-1 if waiting else 0)


def test_names_given_as_examples_say_so() -> None:
    hints = {f.kind.hint for spec in SPECS.values() for f in spec.fields}
    assert {"例 代表取締役", "例 ○○市長", "例 123-4567"} <= hints


def test_return_goes_on_to_the_next_field_and_never_ends_the_entry(
    context: Context, shown: Show, qtbot: QtBot
) -> None:
    dialog = shown(
        RecordDialog(context, SPECS["person"], {"name": "新任 三郎", "employment": "社員"}), 700, 500
    )
    active(dialog, qtbot)
    boxes = dialog.form.boxes
    boxes["name"].input.edit.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert dialog.form._boxes_in_order()[1].isAncestorOf(QApplication.focusWidget())
    assert dialog.isVisible()
    assert context.facts().all(Person) == ()
    boxes["employment"].input.combo.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert not boxes["employment"].input.combo.hasFocus()
    assert dialog.made is None


def test_return_on_the_page_of_a_record_goes_on_as_well(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    page = shown(EditorPage(context, EditRecord("client", sample.client.id)))
    active(page, qtbot)
    assert page.form.boxes["name"].input.edit.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert page.form.boxes["addressee"].input.edit.hasFocus()
    note = page.form.boxes["note"].input.edit
    note.setFocus()
    qtbot.keyClick(note, Qt.Key.Key_Return)
    assert note.hasFocus()
    assert note.toPlainText() == "\n"
