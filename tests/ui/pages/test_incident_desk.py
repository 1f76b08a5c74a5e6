"""The desk of an accident in the window: a call is one press, and everything on it follows the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.records import Client, Incident
from app.ui.context import Context
from app.ui.incidents.page import IncidentPage
from app.ui.parts.widgets import Prose
from app.ui.targets import DoAct, EditRecord, IssueForm, ShowDesk
from tests.ui.conftest import NOW, TODAY

LEFT = Qt.MouseButton.LeftButton
TELEPHONE = "000-111-2200"


def said(page: QWidget) -> str:
    labels = (one for one in page.findChildren(QLabel) if one.isVisibleTo(page))
    return "\n".join(one.plain if isinstance(one, Prose) else one.text() for one in labels)


@pytest.fixture
def incident(context: Context, work: Any) -> Incident:
    with context.ledger.write() as change:
        client = context.facts().get(Client, work.contract.client)
        change.change(replace(client, telephone=TELEPHONE, department="保険課", contact="森下"))
        return change.add(
            Incident(
                contract=work.contract.id,
                kinds=("漏えい",),
                found_at=datetime.combine(TODAY, time(8, 10)),
                circumstances="一覧の誤送付",
                recovered=False,
            )
        )


@pytest.fixture
def desk(
    context: Context, incident: Incident, shown: Callable[..., Any], reckoned: Callable[[], Any]
) -> IncidentPage:
    page: IncidentPage = shown(IncidentPage(context, ShowDesk("incident", incident.id)))
    page.refresh()
    reckoned()
    return page


def test_whom_to_telephone_stands_on_top_and_nobody_was_told(desk: IncidentPage) -> None:
    told = said(desk)
    assert TELEPHONE in told
    assert "保険課 森下" in told
    assert "まだ知らせた記録がありません。" in told
    assert "発見から1時間20分" in told
    assert "要るかどうかを決めていません" in told
    assert "まだ回収できていません。" in told


def test_a_call_is_recorded_by_one_press_and_taken_back_by_one(
    context: Context, incident: Incident, desk: IncidentPage, qtbot: QtBot
) -> None:
    card = desk.calls.cards[incident.id]
    qtbot.mouseClick(card.call, LEFT)
    qtbot.waitUntil(lambda: bool(context.facts().get(Incident, incident.id).notices))
    (row,) = context.facts().get(Incident, incident.id).notices
    assert (row.stage, row.how, row.to_whom) == ("第一報（口頭・電話）", "電話", "保険課 森下")
    assert row.notified_at == datetime.combine(TODAY, NOW.time())
    qtbot.waitUntil(lambda: "まだ知らせた記録がありません。" not in said(desk))
    qtbot.waitUntil(lambda: "9時30分" in said(desk))
    qtbot.waitUntil(lambda: "電話したことを記録しました" in card.notice.text)
    context.ledger.undo()
    qtbot.waitUntil(lambda: "まだ知らせた記録がありません。" in said(desk))
    assert card.notice.isHidden(), "what was taken back is not said to be recorded"
    assert not context.facts().get(Incident, incident.id).timeline


def test_a_call_before_it_was_found_is_refused_beside_the_button(
    context: Context, incident: Incident, desk: IncidentPage, qtbot: QtBot
) -> None:
    context.ledger.change(replace(incident, found_at=datetime.combine(TODAY, time(10))))
    desk.refresh()
    card = desk.calls.cards[incident.id]
    qtbot.mouseClick(card.call, LEFT)
    qtbot.waitUntil(lambda: "発見した日時" in card.notice.text)
    assert card.call.isEnabled()
    assert not context.facts().get(Incident, incident.id).notices


def test_a_line_of_the_course_is_added_by_return(
    context: Context, incident: Incident, desk: IncidentPage, qtbot: QtBot
) -> None:
    desk.course.line.show_value("警察に届け出た")
    qtbot.keyClick(desk.course.line.fields()[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(context.facts().get(Incident, incident.id).timeline))
    (row,) = context.facts().get(Incident, incident.id).timeline
    assert row.what == "警察に届け出た"
    qtbot.waitUntil(lambda: "警察に届け出た" in said(desk))
    assert not desk.course.line.text()


def test_an_empty_line_is_not_added(desk: IncidentPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(desk.course.add, LEFT)
    assert desk.course.notice.text == "したことを入力してください。"


def test_the_ways_on_lead_to_the_report_the_acts_and_the_editor(
    desk: IncidentPage, incident: Incident, qtbot: QtBot, wanted: list[Any]
) -> None:
    first = desk.reports.buttons["incident-first"]
    assert isinstance(first, QPushButton)
    qtbot.mouseClick(first, LEFT)
    assert wanted[-1] == IssueForm("incident-first", incident.contract, (f"incident:{incident.id}",))
    qtbot.mouseClick(desk.edit, LEFT)
    assert wanted[-1] == EditRecord("incident", incident.id)
    qtbot.mouseClick(desk.close_button, LEFT)
    assert wanted[-1] == DoAct("close-incident", (incident.id,))
    acts = set()
    for made in desk.next.buttons:
        qtbot.mouseClick(made, LEFT)
        acts.add(wanted[-1])
    assert DoAct("tell-client", (incident.id,)) in acts
    assert DoAct("contain", (incident.id,)) in acts


def test_a_closed_one_is_not_closed_again_and_what_is_open_stays(
    context: Context, incident: Incident, desk: IncidentPage, qtbot: QtBot, wanted: list[Any]
) -> None:
    assert desk.state.property("tone") == "danger"
    context.ledger.change(replace(incident, closed_on=TODAY))
    qtbot.waitUntil(lambda: desk.state.text().endswith("終結"))
    assert desk.state.property("tone") == "muted"
    assert not desk.close_button.isVisibleTo(desk)
    qtbot.waitUntil(lambda: bool(desk.next.buttons))
    qtbot.mouseClick(desk.next.buttons[0], LEFT)
    assert wanted[-1] == EditRecord("incident", incident.id)


def test_a_retired_one_is_no_longer_shown(context: Context, incident: Incident, desk: IncidentPage) -> None:
    context.ledger.retire(context.facts().get(Incident, incident.id), "誤り")
    desk.refresh()
    assert "取り消されています" in said(desk)
    assert not desk.edit.isVisibleTo(desk)
