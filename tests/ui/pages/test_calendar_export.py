"""Saving the deadlines for another calendar: where it goes, what is in it, what is said when it fails."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.ledger.content.calendar import Entry
from app.ledger.door import Ledger
from app.records import Contract
from app.ui.calendar.export import save_calendar
from app.ui.calendar.view import CalendarView
from app.ui.context import Context
from app.ui.reckoning.as_of import AsOf


def saved(path: Path) -> str:
    return path.read_bytes().decode("utf-8").replace("\r\n ", "")


def told(context: Context, qtbot: QtBot, contract: int = 0) -> str:
    """Save, and wait for the sentence at the bottom of the window."""
    with qtbot.waitSignal(context.said, timeout=20_000) as said:
        save_calendar(context, contract)
    return str(said.args[0])


def test_the_deadlines_are_saved_where_the_person_chose(
    context: Context, dialogs: Any, work: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "予定.ics"
    dialogs.answers = [path]
    said = told(context, qtbot)
    assert dialogs.asked == ["期限を予定表のファイルに保存：受託台帳の期限.ics"]
    text = saved(path)
    assert said == f"期限{text.count('BEGIN:VEVENT')}件を「予定.ics」に保存しました。"
    assert f"SUMMARY:{work.contract.title}　作業場所の特定・届出" in text
    assert "DTSTAMP:20260420T003000Z" in text
    assert work.manager.name not in text


def test_a_name_without_ending_gets_one(
    context: Context, dialogs: Any, work: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    assert work
    dialogs.answers = [tmp_path / "予定"]
    assert "「予定.ics」" in told(context, qtbot)
    assert (tmp_path / "予定.ics").exists()


def test_one_contract_can_be_saved_alone(
    context: Context, dialogs: Any, work: Any, ledger: Ledger, qtbot: QtBot, tmp_path: Path
) -> None:
    with ledger.write() as change:
        other = change.add(replace(work.contract, id=0, number="R8-99", title="別の契約"))
    assert isinstance(other, Contract)
    dialogs.answers = [tmp_path / "all.ics", tmp_path / "one.ics"]
    told(context, qtbot)
    told(context, qtbot, other.id)
    assert "SUMMARY:別の契約" in saved(tmp_path / "all.ics")
    assert f"SUMMARY:{work.contract.title}" in saved(tmp_path / "all.ics")
    assert f"SUMMARY:{work.contract.title}" not in saved(tmp_path / "one.ics")


def test_a_deadline_that_fell_away_is_taken_back_and_told(
    context: Context, dialogs: Any, work: Any, ledger: Ledger, qtbot: QtBot, tmp_path: Path
) -> None:
    gone = Entry("gone", context.today(), "済んだ期限", "", work.contract.id)
    ledger.renew_calendar(lambda _held: [gone])
    dialogs.answers = [tmp_path / "a.ics", tmp_path / "b.ics"]
    assert "と、済んだか無くなった期限1件の取消しを「a.ics」に保存しました。" in told(context, qtbot)
    assert "UID:gone" in saved(tmp_path / "a.ics")
    assert "STATUS:CANCELLED" in saved(tmp_path / "a.ics")
    assert "取消し" not in told(context, qtbot)
    assert "UID:gone" not in saved(tmp_path / "b.ics")


def test_turning_away_saves_nothing(context: Context, dialogs: Any, tmp_path: Path) -> None:
    dialogs.answers = [None]
    save_calendar(context)
    assert not context.operations.busy
    assert not list(tmp_path.glob("*.ics"))


def test_a_folder_that_is_not_there_is_named(context: Context, dialogs: Any, tmp_path: Path) -> None:
    dialogs.answers = [tmp_path / "none" / "予定.ics"]
    save_calendar(context)
    assert "がありません" in dialogs.said[0]
    assert not context.operations.busy


def test_the_calendar_has_a_button_that_saves_what_it_shows(
    context: Context, dialogs: Any, work: Any, shown: Any, reckoned: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    AsOf.of(context).current()
    made = reckoned()
    view = CalendarView(context)
    shown(view)
    view.show_made(made)
    reckoned()
    view.contract.setCurrentIndex(view.contract.findData(work.contract.id))
    path = tmp_path / "契約.ics"
    dialogs.answers = [path]
    (button,) = [one for one in view.findChildren(QPushButton) if one.text() == "カレンダーに書き出す…"]
    with qtbot.waitSignal(context.said, timeout=20_000):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert f"SUMMARY:{work.contract.title}" in saved(path)
