"""A round in the window: whom it concerns is ticked already, and one tick leaves somebody out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from app.records import Training
from app.ui.acts.page import ActPage
from app.ui.context import Context
from app.ui.targets import DoAct, MakeHandout


def boxes(page: ActPage, name: str) -> list[QCheckBox]:
    assert page.form is not None
    return [one for one in page.form.inputs[name].fields() if isinstance(one, QCheckBox)]


def test_who_was_absent_is_one_tick(
    context: Context, shown: Callable[..., Any], qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("train", (work.contract.id,))))
    assert page.form is not None
    lacking = {one.text() for one in boxes(page, "people") if one.isChecked()}
    page.form.inputs["on"].show_value(context.today())
    page.form.inputs["topics"].show_value(("遵守事項",))
    people = {one.text(): one for one in boxes(page, "people")}
    (chosen,) = (one for text, one in people.items() if work.worker.name in text)
    if chosen.text() not in lacking:
        chosen.click()
    (absent,) = (one for one in boxes(page, "absent") if one.text() == chosen.text())
    absent.click()
    qtbot.waitUntil(lambda: page.confirm.isEnabled())
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.done is not None)
    (made,) = (one for one in context.facts().all(Training) if one.held_on == context.today())
    outcomes = {row.person: row.outcome for row in made.attendance}
    assert outcomes[work.worker.id] == "欠席"
    context.ledger.undo()
    assert not [one for one in context.facts().all(Training) if one.held_on == context.today()]


def planned(context: Context, shown: Callable[..., Any], qtbot: QtBot, work: Any) -> ActPage:
    page: ActPage = shown(ActPage(context, DoAct("train", (work.contract.id,))))
    assert page.form is not None
    page.form.inputs["topics"].show_value(("遵守事項",))
    page.form.inputs["on"].show_value(context.today() + timedelta(days=7))
    page.form.inputs["on"].edited.emit()
    qtbot.waitUntil(lambda: page.confirm.isEnabled())
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.done is not None)
    return page


def test_the_sheet_to_sign_is_one_click_from_the_session_that_was_planned(
    context: Context, shown: Callable[..., Any], qtbot: QtBot, wanted: list[Any], work: Any
) -> None:
    page = planned(context, shown, qtbot, work)
    (sheet,) = (one for one in page.findChildren(QPushButton) if one.text() == "出席簿を印刷…")
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton)
    (made,) = (one for one in context.facts().all(Training) if one.held_on > context.today())
    assert wanted[-1] == MakeHandout("attendance", (made.id,))


def test_no_sheet_is_offered_for_a_session_at_which_all_were_present(
    context: Context, shown: Callable[..., Any], qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("train", (work.contract.id,))))
    assert page.form is not None
    page.form.inputs["on"].show_value(context.today())
    page.form.inputs["topics"].show_value(("遵守事項",))
    (chosen,) = (one for one in boxes(page, "people") if work.worker.name in one.text())
    if not chosen.isChecked():
        chosen.click()
    qtbot.waitUntil(lambda: page.confirm.isEnabled())
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.done is not None)
    assert "出席簿を印刷…" not in [one.text() for one in page.findChildren(QPushButton)]
