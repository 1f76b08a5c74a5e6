"""The page of an act while it is filled in: what it shows is always of what is said by now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.acts.page import MAKING, MAKING_ANEW, ActPage, _Made
from app.ui.context import Context
from app.ui.parts.widgets import Prose
from app.ui.targets import DoAct

Shown = Callable[..., Any]


def said(page: QWidget) -> str:
    return "\n".join(one.plain for one in page.findChildren(Prose) if one.isVisibleTo(page))


def enter(page: ActPage, **values: object) -> None:
    assert page.form is not None
    for name, value in values.items():
        page.form.inputs[name].show_value(value)
        page.form.inputs[name].edited.emit()


def test_a_plan_of_former_answers_is_dimmed_until_the_new_one_stands(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("leave", (work.worker.id,))))
    assert page.veil.text in (MAKING, "")
    qtbot.waitUntil(lambda: "退職日" in said(page.view))
    assert page.veil.text == ""
    enter(page, on=context.today())
    assert page.veil.text == MAKING_ANEW
    qtbot.waitUntil(lambda: page.veil.text == "")
    assert "退職日を入力してください" not in said(page.view)


def test_another_one_is_chosen_and_the_plan_of_the_former_is_dimmed(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("leave", (work.worker.id,))))
    qtbot.waitUntil(lambda: "退職日" in said(page.view))
    assert page.form is not None
    told: list[str] = []
    page.renewed.connect(lambda: told.append(page.veil.text))
    page.form.chosen.emit((work.manager.id,))
    qtbot.waitUntil(lambda: told == [MAKING_ANEW])
    qtbot.waitUntil(lambda: not page.veil.text)


def test_a_plan_that_comes_after_the_answer_changed_cannot_be_confirmed(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("lose", (work.device.id,))))
    found = datetime.combine(context.today(), time(9))
    enter(page, kind="紛失", found=found, by="業務部 佐藤")
    qtbot.waitUntil(lambda: page.confirm.isEnabled())
    assert page._doing is not None
    late = _Made(page._doing.plan, None)
    enter(page, kind="盗難")
    page._planned(late)
    assert not page.confirm.isEnabled()
    assert page.veil.text == MAKING_ANEW
