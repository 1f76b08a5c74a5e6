"""A lost PC in the window: from its page to the incident and its first report, the telephone in sight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.records import Incident
from app.ui.acts.page import ActPage
from app.ui.context import Context
from app.ui.editor.page import EditorPage
from app.ui.parts.link import Link
from app.ui.parts.widgets import Prose
from app.ui.targets import DoAct, EditRecord, IssueForm


def said(page: QWidget) -> str:
    return "\n".join(one.plain for one in page.findChildren(Prose) if one.isVisibleTo(page))


def test_a_lost_pc_is_told_from_its_own_page(
    context: Context, shown: Callable[..., Any], qtbot: QtBot, wanted: list[Any], work: Any
) -> None:
    device = work.device
    editor: EditorPage = shown(EditorPage(context, EditRecord("device", device.id)))
    (press,) = (one for one in editor.findChildren(QPushButton) if one.text() == "紛失・盗難などの事故…")
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    assert wanted == [DoAct("lose", (device.id,))]

    page: ActPage = shown(ActPage(context, wanted[0]))
    assert page.form is not None
    found = datetime.combine(context.today(), time(9))
    for name, value in (("kind", "紛失"), ("found", found), ("by", "業務部 佐藤")):
        page.form.inputs[name].show_value(value)
        page.form.inputs[name].edited.emit()
    qtbot.waitUntil(lambda: page.confirm.isEnabled())
    qtbot.waitUntil(lambda: "すぐに電話する相手：" in said(page))
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.done is not None)
    # Whom to telephone is needed now that it is written, more than before.
    qtbot.waitUntil(lambda: "すぐに電話する相手：" in said(page))
    (incident,) = context.facts().all(Incident)
    assert (incident.kinds, incident.assets[0].device) == (("滅失", "おそれ"), device.id)
    (report,) = (one for one in page.findChildren(Link) if "速報" in one.text() and one.isVisibleTo(page))
    report.linkActivated.emit("#")
    assert wanted[-1] == IssueForm("incident-first", work.contract.id, (f"incident:{incident.id}",))
    context.ledger.undo()
    assert not context.facts().all(Incident)


def test_an_hour_of_today_that_lies_ahead_is_refused_in_the_plan(
    context: Context, shown: Callable[..., Any], qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("lose", (work.device.id,))))
    assert page.form is not None

    def enter(name: str, value: object) -> None:
        assert page.form is not None
        page.form.inputs[name].show_value(value)
        page.form.inputs[name].edited.emit()

    enter("kind", "紛失")
    enter("found", context.moment() + timedelta(minutes=1))
    qtbot.waitUntil(lambda: "9時31分）がいま（9時30分）より後です" in said(page))
    assert not page.confirm.isEnabled()
    enter("found", context.moment())
    qtbot.waitUntil(lambda: page.confirm.isEnabled())
