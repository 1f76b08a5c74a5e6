"""退職 in the window: said once, shown whole, confirmed once; what changes meanwhile is shown first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.records import Assignment, DeviceUse, Person
from app.ui.acts.page import ActPage
from app.ui.context import Context
from app.ui.editor.page import EditorPage
from app.ui.inputs.day import DayInput
from app.ui.parts.widgets import Prose
from app.ui.targets import DoAct, EditRecord, IssueForm
from app.work.acts.people.leave import Handing

DAY = date(2026, 4, 30)


@pytest.fixture
def page(context: Context, shown: Callable[..., Any], work: Any, settled: Callable[[], None]) -> ActPage:
    """退職 of a worker, who uses PC-001."""
    made: ActPage = shown(ActPage(context, DoAct("leave", (work.worker.id,))))
    made.refresh()
    settled()
    return made


def enter(page: ActPage, qtbot: QtBot, name: str, value: Any) -> None:
    assert page.form is not None
    made = page.form.inputs[name]
    if isinstance(made, DayInput):
        made.edit.setFocus()
        qtbot.keyClicks(made.edit, str(value))
    else:
        made.show_value(value)
        made.edited.emit()


def said(page: QWidget) -> str:
    return "\n".join(one.plain for one in page.findChildren(Prose) if one.isVisibleTo(page))


def ready(page: ActPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.confirm.isEnabled())


def leave(page: ActPage, qtbot: QtBot) -> None:
    enter(page, qtbot, "on", "R8.4.30")
    enter(page, qtbot, "devices", Handing.BACK)
    ready(page, qtbot)
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)


def test_it_asks_before_it_can_be_confirmed(page: ActPage, qtbot: QtBot, context: Context, work: Any) -> None:
    assert not page.confirm.isEnabled()
    qtbot.waitUntil(lambda: "退職日を入力してください。" in said(page))
    enter(page, qtbot, "on", "R8.4.30")
    qtbot.waitUntil(lambda: "をどうするかを選んでください" in said(page))
    assert not page.confirm.isEnabled()
    assert context.facts().get(Person, work.worker.id).left_on is None


def test_everything_shown_is_written_at_once_and_taken_back_at_once(
    page: ActPage, qtbot: QtBot, context: Context, work: Any
) -> None:
    leave(page, qtbot)
    qtbot.waitUntil(lambda: page.done is not None)
    facts = context.facts()
    assert facts.get(Person, work.worker.id).left_on == DAY
    assert {one.ends_on for one in facts.of(Assignment, "person", work.worker.id)} == {DAY}
    assert {one.ends_on for one in facts.of(DeviceUse, "person", work.worker.id)} <= {DAY}
    assert "を登録しました" in page.notice.text
    assert not page.confirm.isVisible()
    context.ledger.undo()
    assert context.facts().get(Person, work.worker.id).left_on is None
    assert {one.ends_on for one in context.facts().of(Assignment, "person", work.worker.id)} == {None}


def test_the_papers_it_calls_for_are_one_press_away(
    page: ActPage, qtbot: QtBot, wanted: list[Any], work: Any
) -> None:
    leave(page, qtbot)
    qtbot.waitUntil(lambda: page.done is not None)
    qtbot.mouseClick(page.papers, Qt.MouseButton.LeftButton)
    assert page.done is not None
    (paper,) = page.done.papers
    assert wanted == [IssueForm(paper.form, work.contract.id)]


def test_what_changed_meanwhile_is_shown_before_it_is_written(
    page: ActPage, qtbot: QtBot, context: Context, work: Any
) -> None:
    enter(page, qtbot, "on", "R8.4.30")
    enter(page, qtbot, "devices", Handing.BACK)
    ready(page, qtbot)
    plan = page._doing
    context.ledger.change(replace(context.facts().get(Person, work.worker.id), kana="ベツノカナ"))
    page._doing = plan  # As though the press had come before the page heard of it.
    page._confirm()
    qtbot.waitUntil(lambda: "まだ登録していません" in page.notice.text)
    assert context.facts().get(Person, work.worker.id).left_on is None
    qtbot.waitUntil(lambda: "表示したあとに変わりました" in said(page))
    ready(page, qtbot)
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.done is not None)
    left = context.facts().get(Person, work.worker.id)
    assert (left.left_on, left.kana) == (DAY, "ベツノカナ")


def test_whoever_has_left_is_refused_in_one_sentence(
    page: ActPage, qtbot: QtBot, context: Context, work: Any
) -> None:
    context.ledger.change(replace(context.facts().get(Person, work.worker.id), left_on=date(2026, 4, 20)))
    enter(page, qtbot, "on", "R8.4.30")
    qtbot.waitUntil(lambda: "令和8年4月20日に退職したと登録されています" in said(page))
    assert not page.confirm.isEnabled()


def test_without_a_person_one_is_asked_for(
    context: Context, shown: Callable[..., Any], qtbot: QtBot, work: Any
) -> None:
    made: ActPage = shown(ActPage(context, DoAct("leave")))
    qtbot.waitUntil(lambda: made._say.title.text() == "要員を選んでください")
    assert made.form is not None
    enter(made, qtbot, "about", work.worker.id)
    qtbot.waitUntil(lambda: made.form is not None and "on" in made.form.inputs)
    assert made.title() == f"退職　{work.worker.name}"


def test_it_is_offered_on_the_person(
    context: Context, shown: Callable[..., Any], qtbot: QtBot, wanted: list[Any], work: Any
) -> None:
    page: EditorPage = shown(EditorPage(context, EditRecord("person", work.worker.id)))
    (press,) = (one for one in page.findChildren(QPushButton) if one.text() == "退職…")
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    assert wanted == [DoAct("leave", (work.worker.id,))]


def test_what_is_typed_and_not_registered_is_not_left_without_a_question(
    page: ActPage, qtbot: QtBot, dialogs: Any
) -> None:
    assert page.can_leave()
    enter(page, qtbot, "on", "R8.4.30")
    dialogs.answers += [False, True]
    assert not page.can_leave()
    assert page.can_leave()
    assert dialogs.asked[0].endswith("はまだ登録していません。登録せずに離れますか？")


def test_nothing_typed_is_lost_by_f5_or_by_a_change_of_the_ledger(
    page: ActPage, qtbot: QtBot, context: Context, work: Any, settled: Callable[[], None]
) -> None:
    enter(page, qtbot, "on", "R8.4.")
    enter(page, qtbot, "why", "家庭の事情")
    page.refresh()
    context.ledger.change(replace(context.facts().get(Person, work.manager.id), kana="ベツノカナ"))
    settled()
    assert page.form is not None
    made = page.form.inputs["on"]
    assert isinstance(made, DayInput)
    assert made.edit.text() == "R8.4."
    assert page.form.inputs["why"].text() == "家庭の事情"


def test_what_the_ledger_now_asks_is_asked_and_what_was_said_stays(
    page: ActPage, qtbot: QtBot, context: Context, work: Any
) -> None:
    """The last machine goes meanwhile: what becomes of it is not asked any more."""
    enter(page, qtbot, "on", "R8.4.30")
    for use in context.facts().of(DeviceUse, "person", work.worker.id):
        context.ledger.retire(use, "誤り")
    qtbot.waitUntil(lambda: page.form is not None and "devices" not in page.form.inputs)
    assert page.form is not None
    assert page.form.answers()["on"] == DAY
    assert page.form.dirty


def test_taken_back_it_stands_there_as_it_was_said(
    page: ActPage, qtbot: QtBot, context: Context, work: Any
) -> None:
    leave(page, qtbot)
    qtbot.waitUntil(lambda: page.done is not None)
    context.ledger.undo()
    assert page.done is None
    assert page.notice.text == "元に戻しました。台帳は、登録する前の内容です。"
    assert not page.papers.isVisible()
    assert page.form is not None
    assert page.form.answers()["on"] == DAY
    ready(page, qtbot)


def test_a_paper_that_was_issued_is_not_offered_again(
    page: ActPage, qtbot: QtBot, context: Context, work: Any, issued: Callable[..., Any]
) -> None:
    leave(page, qtbot)
    qtbot.waitUntil(lambda: page.done is not None)
    assert page.papers.isVisible()
    issued("personnel-report", context.today())
    page.refresh()
    assert not page.papers.isVisible()


def test_return_goes_from_field_to_field_and_then_to_what_is_lacking(
    page: ActPage, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    assert page.form is not None
    enter(page, qtbot, "on", "R8.4.30")
    seen = []
    for _ in page.form.inputs:
        held = page.window().focusWidget()
        assert held is not None
        qtbot.keyClick(held, Qt.Key.Key_Return)
        settled()
        seen.append(page.window().focusWidget())
    assert len(set(seen)) == len(seen) - 1
    assert seen[-1] is page.form.last_stop()
    # What becomes of the machines has to be said.
    qtbot.waitUntil(lambda: page.window().focusWidget() is fields(page, "devices"))
    page.form.inputs["devices"].show_value(Handing.BACK)
    page.form.inputs["devices"].edited.emit()
    ready(page, qtbot)
    page.form.focus("user")
    qtbot.keyClick(fields(page, "user"), Qt.Key.Key_Return)
    assert page.confirm.hasFocus()


def fields(page: ActPage, name: str) -> QWidget:
    assert page.form is not None
    return page.form.inputs[name].fields()[0]
