"""A post, a room, an address that changed: from when, or a mere correction, is asked in the form itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.records import Person
from app.records.dated import as_of
from app.ui.context import Context
from app.ui.editor.asking.since import SinceQuestion
from app.ui.editor.form import RecordForm
from app.ui.editor.page import EditorPage
from app.ui.parts.widgets import Prose
from app.ui.targets import EditRecord

Show = Callable[..., Any]


@pytest.fixture
def page(context: Context, shown: Show) -> EditorPage:
    person = context.ledger.add(Person(name="長谷川 渚", employment="社員", post="主任", department="一課"))
    made: EditorPage = shown(EditorPage(context, EditRecord("person", person.id)))
    return made


def enter(page: EditorPage, field: str, text: str) -> None:
    edit = page.form.boxes[field].input.fields()[0]
    assert isinstance(edit, QLineEdit)
    edit.setText(text)
    page.form.boxes[field].input.edited.emit()


def asked(page: EditorPage) -> SinceQuestion:
    assert page.form.since is not None
    assert page.form.since.isVisible()
    return page.form.since


def held(page: EditorPage) -> Person:
    record = page.record
    assert isinstance(record, Person)
    return page.context.ledger.get(Person, record.id)


def said(question: SinceQuestion) -> str:
    return "\n".join(one.plain for one in question.findChildren(Prose) if one.isVisible())


def press_save(page: EditorPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)


def test_a_changed_post_is_asked_about_and_kept(page: EditorPage, qtbot: QtBot) -> None:
    enter(page, "post", "課長")
    press_save(page, qtbot)
    question = asked(page)
    assert held(page).post == "主任"
    assert question.day.edit.hasFocus()
    qtbot.keyClicks(question.day.edit, "R8.6.1")
    press_save(page, qtbot)
    saved = held(page)
    assert [as_of(saved, day).post for day in (date(2026, 5, 31), date(2026, 6, 1))] == ["主任", "課長"]


def test_a_correction_keeps_nothing(page: EditorPage, qtbot: QtBot) -> None:
    enter(page, "post", "課長")
    press_save(page, qtbot)
    qtbot.mouseClick(asked(page).correction, Qt.MouseButton.LeftButton)
    press_save(page, qtbot)
    assert (held(page).post, held(page).former) == ("課長", ())


def test_without_an_answer_nothing_is_written(page: EditorPage, qtbot: QtBot) -> None:
    enter(page, "post", "課長")
    press_save(page, qtbot)
    press_save(page, qtbot)
    assert "変わった日を入力するか、訂正を選んでください。" in said(asked(page))
    assert held(page).post == "主任"


def test_a_day_that_is_none_is_said(page: EditorPage, qtbot: QtBot) -> None:
    enter(page, "post", "課長")
    press_save(page, qtbot)
    qtbot.keyClicks(asked(page).day.edit, "R8.13.1")
    press_save(page, qtbot)
    assert "日付として読めません" in said(asked(page))
    assert held(page).post == "主任"


def test_a_day_before_the_last_change_is_refused_in_one_sentence(page: EditorPage, qtbot: QtBot) -> None:
    for post, day in (("課長", "R8.6.1"), ("部長", "R8.5.1")):
        page.form.load(held(page))
        enter(page, "post", post)
        press_save(page, qtbot)
        qtbot.keyClicks(asked(page).day.edit, day)
        press_save(page, qtbot)
    assert "それより後の日まで以前の内容が登録されています" in said(asked(page))
    assert held(page).post == "課長"


def test_all_that_changed_is_asked_about_once(page: EditorPage, qtbot: QtBot) -> None:
    enter(page, "post", "課長")
    enter(page, "department", "二課")
    press_save(page, qtbot)
    assert "所属・役職を変更しました。いつからの内容ですか。" in said(asked(page))


def test_what_holds_from_no_day_is_not_asked_about(page: EditorPage, qtbot: QtBot) -> None:
    enter(page, "email", "n@example.jp")
    press_save(page, qtbot)
    assert page.form.since is None
    assert held(page).email == "n@example.jp"


def test_a_change_taken_back_is_asked_about_no_more(page: EditorPage, qtbot: QtBot) -> None:
    enter(page, "post", "課長")
    press_save(page, qtbot)
    enter(page, "post", "主任")
    enter(page, "email", "n@example.jp")
    press_save(page, qtbot)
    assert page.form.since is not None
    assert page.form.since.isHidden()
    assert held(page).former == ()


def test_of_somebody_new_nothing_is_asked(context: Context, shown: Show) -> None:
    form = shown(RecordForm(context, Person.spec, preset={"name": "長谷川 渚", "employment": "社員"}))
    assert form.save() is not None
    assert form.since is None
