"""Days and times typed into the window: a year left out is shown at once, an hour left out stays out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.records import SPECS, Asset, Contract, Event, Field
from app.records.days import DayOnly
from app.records.kinds import Day, Moment
from app.ui.context import Context
from app.ui.editor.ask_dialog import AskDialog, asked
from app.ui.editor.form import RecordForm
from app.ui.editor.page import EditorPage
from app.ui.inputs.base import Making
from app.ui.inputs.day import DayInput, MomentInput
from app.ui.targets import EditRecord
from tests.ui.conftest import FakeDialogs

Show = Callable[..., Any]
"""Today is 20 April 2026."""


def compose(edit: QLineEdit, text: str) -> None:
    """Hand over what an input method made of the keys."""
    edit.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(edit, event)


def day_input(context: Context, *, past: bool = False, compact: bool = False) -> DayInput:
    field = Field("day", Day(label="日", past=past), required=False, default=None)
    return DayInput(field, Making(context), compact=compact)


@pytest.mark.parametrize(
    ("typed", "read", "text"),
    [
        ("12/1", "令和7年12月1日（月）", "令和7年12月1日"),
        ("7/1", "令和8年7月1日（水）", "令和8年7月1日"),
        ("0701", "令和8年7月1日（水）", "令和8年7月1日"),
        ("8.12.1", "令和8年12月1日（火）", "令和8年12月1日"),
        ("７・１", "令和8年7月1日（水）", "令和8年7月1日"),
        ("7月1日（木）", "この日は水曜日です", "7月1日（木）"),
        ("2026ー04ー01", "令和8年4月1日（水）", "2026ー04ー01"),
    ],
)
def test_the_year_that_was_taken_is_shown_at_once_and_stands_in_the_line_when_it_is_left(
    context: Context, shown: Show, qtbot: QtBot, typed: str, read: str, text: str
) -> None:
    made = shown(day_input(context))
    compose(made.edit, typed)
    assert made.read.text() == read
    assert made.text() == text
    assert made.edit.text() == typed
    qtbot.keyClick(made.edit, Qt.Key.Key_Return)
    assert made.edit.text() == text


def test_what_can_only_have_happened_is_not_put_ahead_of_today(context: Context, shown: Show) -> None:
    made = shown(day_input(context, past=True))
    compose(made.edit, "4/21")
    assert made.text() == "令和7年4月21日"
    made.edit.clear()
    compose(made.edit, "4/20")
    assert made.text() == "令和8年4月20日"


def test_in_a_row_the_line_itself_shows_the_year(context: Context, shown: Show, qtbot: QtBot) -> None:
    made = shown(day_input(context, compact=True))
    compose(made.edit, "7/1")
    assert made.edit.toolTip() == "令和8年7月1日（水）"
    qtbot.keyClick(made.edit, Qt.Key.Key_Return)
    assert made.edit.text() == "令和8年7月1日"


def test_the_arrows_go_on_from_a_day_without_its_year(context: Context, shown: Show, qtbot: QtBot) -> None:
    made = shown(day_input(context))
    compose(made.edit, "7/1")
    qtbot.keyClick(made.edit, Qt.Key.Key_Up)
    assert made.text() == "令和8年7月2日"


def test_what_cannot_be_read_stays_as_it_was_typed(context: Context, shown: Show, qtbot: QtBot) -> None:
    made = shown(day_input(context))
    compose(made.edit, "26/4/1")
    qtbot.keyClick(made.edit, Qt.Key.Key_Return)
    assert made.text() == "26/4/1"
    assert made.read.text() == "読めません（例：R8.4.1、12/1）"


# --- moments ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("time", "read"),
    [
        ("", "2026年4月2日（木）　時刻なし"),
        ("9:30", "2026年4月2日（木）"),
        ("午後３時半", "2026年4月2日（木）"),
        ("夕方", "時刻を読めません"),
    ],
)
def test_a_moment_says_how_its_time_is_understood(
    context: Context, shown: Show, time: str, read: str
) -> None:
    field = Field("at", Moment(label="日時"), required=True, default=None)
    made = shown(MomentInput(field, Making(context)))
    compose(made.edit, "4/2")
    compose(made.time, time)
    assert made.read.text() == read
    assert made.text() == f"令和8年4月2日 {time}".strip()


def test_an_hour_left_out_is_kept_out_and_midnight_is_an_hour(
    context: Context, sample: Any, shown: Show
) -> None:
    with context.ledger.write() as change:
        asset = change.add(
            Asset(contract=sample.contract.id, item="台帳", classification="個人情報", medium="紙", unit="枚")
        )
        change.add(
            Event(
                asset=asset.id, kind="受領", status="実績", happened_at=DayOnly(date(2026, 4, 2)), quantity=1
            )
        )
    page = shown(EditorPage(context, EditRecord("event", preset={"asset": asset.id, "kind": "使用"})))
    for name, text in (("status", "実績"), ("quantity", "1")):
        page.form.boxes[name].input.show_value(page.form.spec.field(name).kind.from_text(text))
    moment = page.form.boxes["happened_at"].input
    compose(moment.edit, "4/2")
    assert page.save()
    event = context.facts().all(Event)[-1]
    assert event.happened_at == DayOnly(date(2026, 4, 2))
    assert (moment.edit.text(), moment.time.text()) == ("令和8年4月2日", "")
    assert not page.form.dirty
    compose(moment.time, "0:00")
    assert page.form.dirty
    assert page.save()
    assert context.facts().all(Event)[-1].happened_at == datetime.fromisoformat("2026-04-02 00:00")
    assert moment.time.text() == "0:00"


def test_a_time_that_cannot_be_read_is_named_at_its_field(context: Context, sample: Any, shown: Show) -> None:
    del sample
    form = shown(RecordForm(context, SPECS["incident"]))
    found = form.boxes["found_at"]
    compose(found.input.edit, "4/2")
    compose(found.input.time, "夕方")
    assert form.check() is None
    assert "9:30、15時、午後3時半 のように入力し、分からないときは時刻を空けてください。" in found.error.plain


# --- days that are hardly meant ---------------------------------------------------------------------


@pytest.mark.parametrize(("text", "asks"), [("R18.4.19", False), ("R18.4.20", False), ("R18.4.21", True)])
def test_a_day_far_ahead_is_asked_about_once(
    context: Context, sample: Any, shown: Show, dialogs: FakeDialogs, text: str, asks: bool
) -> None:
    page = shown(EditorPage(context, EditRecord("contract", sample.contract.id)))
    ends = page.form.boxes["ends_on"].input
    ends.edit.setText(text)
    assert not page.save(), "first it is said from when the new period holds"
    page.form.since.correction.setChecked(True)
    dialogs.answers = [False, True] if asks else []
    if asks:
        assert not page.save()
        assert ends.edit.hasFocus()
        assert context.facts().get(Contract, sample.contract.id).ends_on == sample.contract.ends_on
    assert page.save()
    question = "履行期間の終期の2036年（令和18年）は10年先です。このまま保存しますか？"
    assert dialogs.asked == [question] * (2 if asks else 0)
    page.form.boxes["note"].input.edit.setPlainText("備考を改めた")
    assert page.save(), "what the ledger holds is not asked about again"


def test_the_question_names_the_act(context: Context, sample: Any, shown: Show, dialogs: FakeDialogs) -> None:
    del sample
    page = shown(
        EditorPage(context, EditRecord("person", preset={"name": "架空 花子", "employment": "社員"}))
    )
    page.form.boxes["joined_on"].input.edit.setText("S8.4.1")
    dialogs.answers = [False]
    assert not page.save()
    assert dialogs.asked == ["入社日の1933年（昭和8年）は93年前です。このまま登録しますか？"]


def test_a_small_dialog_asks_about_a_day_far_back(
    context: Context, shown: Show, dialogs: FakeDialogs
) -> None:
    dialog = AskDialog(context, "提出の記録", "", [asked("submission", "submitted_on")], {}, "記録する")
    shown(dialog)
    day: Any = dialog.form.inputs["submitted_on"]
    dialogs.answers = [False]
    day.edit.setText("H28.4.19")
    dialog.accept()
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert dialogs.asked == ["提出日の2016年（平成28年）は10年前です。このまま進めますか？"]
    day.edit.setText("H28.4.20")
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.values == {"submitted_on": date(2016, 4, 20)}
