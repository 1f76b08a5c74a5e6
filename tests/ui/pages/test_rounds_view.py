"""定期作業 on きょう: what is late stands first, and several machines are two clicks away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.records import DeviceCheck
from app.ui.context import Context
from app.ui.rounds.view import RoundsView
from app.ui.targets import DoAct, ShowContract, ShowToday
from app.ui.today.page import TodayPage


def test_what_is_late_is_two_clicks_away(
    context: Context, shown: Callable[..., Any], qtbot: QtBot, wanted: list[Any], work: Any
) -> None:
    with context.ledger.write() as change:
        on = context.today() - timedelta(days=90)
        change.add(
            DeviceCheck(
                device=work.device.id, checked_on=on, patches=True, anti_malware=True, forbidden=False
            )
        )
    page: TodayPage = shown(TodayPage(context))
    page.show_target(ShowToday("rounds"))
    page.refresh()
    view = page.view
    assert isinstance(view, RoundsView)
    qtbot.waitUntil(lambda: bool(view.shown))
    view.work.setCurrentText("ソフトウェア点検")
    assert {one.work for one in view.shown} == {"ソフトウェア点検"}
    (line,) = view.table.lines.lines
    assert line.cells[1].text[0] in "×△"
    assert view.go.text() == "ソフトウェア点検を登録（1件）…"
    qtbot.mouseClick(view.go, Qt.MouseButton.LeftButton)
    assert wanted == [DoAct("check-devices", (work.device.id,))]
    view.table.picked.emit(view.shown[0])
    assert wanted[-1] == ShowContract(work.contract.id, "duties", "software-hygiene")


def test_works_of_several_kinds_are_not_written_down_as_one(
    context: Context, shown: Callable[..., Any], qtbot: QtBot, work: Any
) -> None:
    page: TodayPage = shown(TodayPage(context))
    page.show_target(ShowToday("rounds"))
    page.refresh()
    view = page.view
    assert isinstance(view, RoundsView)
    qtbot.waitUntil(lambda: bool(view.shown))
    assert len({one.way.act for one in view.shown if one.way}) > 1
    view.table.selectAll()
    assert not view.go.isEnabled()
    view.table.clearSelection()
    view.wait()
    assert not view.shown
    assert not view.go.isEnabled()
