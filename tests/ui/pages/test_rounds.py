"""A round in the window: whom it concerns is ticked already, and one tick leaves somebody out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from app.records import Training
from app.ui.acts.page import ActPage
from app.ui.context import Context
from app.ui.targets import DoAct


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
