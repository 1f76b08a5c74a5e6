"""Return and Esc of a composition press nothing and close nothing in a dialog."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QDialog

from app.records import SPECS, Person
from app.ui.context import Context
from app.ui.editor.dialog import RecordDialog
from app.ui.first_run.steps import OfficerStep
from app.ui.parts.dialogs import TextDialog
from app.ui.search.dialog import SearchDialog
from app.ui.shell.window import MainWindow


@pytest.fixture
def record(context: Context, sample: Any, shown: Any) -> RecordDialog:
    """要員の登録, with 雇用区分 chosen."""
    del sample
    made: RecordDialog = shown(RecordDialog(context, SPECS["person"], {}))
    made.form.boxes["employment"].input.show_value("社員")
    return made


def test_return_hands_over_and_registers_nothing(
    record: RecordDialog, context: Context, sample: Any, typist: Any
) -> None:
    del sample
    before = len(context.facts().all(Person))
    line: Any = record.form.boxes["name"].input.fields()[0]
    typist.enter(line)
    typist.compose("tanaka", "たなか")
    typist.picture("composed")
    typist.commit()
    assert record.isVisible()
    assert line.text() == "たなか"
    assert len(context.facts().all(Person)) == before
    typist.click(record.ok)
    typist.until(lambda: not record.isVisible())
    assert [one.name for one in context.facts().all(Person)].count("たなか") == 1


def test_the_button_takes_the_word(record: RecordDialog, context: Context, typist: Any) -> None:
    typist.enter(record.form.boxes["name"].input.fields()[0])
    typist.compose("tanaka", "たなか")
    typist.convert("田中")
    typist.click(record.ok)
    typist.until(lambda: not record.isVisible())
    assert [one.name for one in context.facts().all(Person)].count("田中") == 1


def test_esc_takes_back_the_word_alone(record: RecordDialog, dialogs: Any, typist: Any) -> None:
    line: Any = record.form.boxes["name"].input.fields()[0]
    typist.enter(line)
    typist.compose("tanaka", "たなか")
    typist.key("Escape")
    typist.until(lambda: not typist.heard.composed)
    typist.compose("satou", "さとう")
    assert record.isVisible()
    assert not dialogs.asked
    dialogs.answers.append(True)  # what is entered may go with the dialog


def test_a_reason_is_given_by_its_button_or_by_return_in_two_steps(
    look: Any, shown: Any, typist: Any
) -> None:
    del look
    dialog: TextDialog = shown(TextDialog(None, "取り消す", "理由", "", "取り消す", True))
    typist.enter(dialog.edit)
    typist.compose("taisyoku", "たいしょく")
    assert dialog.ok.isEnabled()
    typist.commit()
    assert dialog.isVisible()
    typist.compose("no", "の")
    typist.key("Escape")
    typist.until(lambda: not typist.heard.composed)
    assert dialog.isVisible()
    typist.compose("node", "ので")
    typist.click(dialog.ok)
    typist.until(lambda: not dialog.isVisible())
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.edit.text().startswith("たいしょく")
    assert dialog.edit.text().endswith("ので")


def test_ctrl_k_searches_for_what_is_composed_and_return_opens_only_then(
    window: MainWindow, dialogs: Any, sample: Any, shown: Any, typist: Any
) -> None:
    del sample
    held: list[SearchDialog] = []
    dialogs.answers.append(lambda dialog: held.append(shown(dialog, 800, 600)))
    typist.enter(window)
    typist.key("ctrl+k")
    typist.until(lambda: held)
    search = held[0]
    before = window.page
    typist.enter(search.edit)
    typist.compose("takahasi", "たかはし")
    typist.until(lambda: search.hits)
    typist.picture("found")
    typist.commit()
    assert search.isVisible()
    assert search.edit.text() == "たかはし"
    assert window.page is before
    typist.compose("ha", "は")
    typist.key("Escape")
    typist.until(lambda: not typist.heard.composed)
    assert search.isVisible()


def test_the_name_of_the_first_start_is_handed_over(look: Any, shown: Any, typist: Any) -> None:
    del look
    step: OfficerStep = shown(OfficerStep())
    typist.enter(step.name)
    typist.compose("yamada", "やまだ")
    assert step.ready()
    typist.commit()
    assert step.name.text() == "やまだ"


def test_closed_by_its_frame_a_dialog_asks_about_the_word(
    record: RecordDialog, dialogs: Any, typist: Any
) -> None:
    dialogs.answers.append(True)
    typist.enter(record.form.boxes["name"].input.fields()[0])
    typist.compose("tanaka", "たなか")
    typist.key("alt+F4")
    typist.until(lambda: not record.isVisible())
    assert len(dialogs.asked) == 1
