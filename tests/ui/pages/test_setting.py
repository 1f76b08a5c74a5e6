"""「この契約で定める」: from the grounds of a duty to a value of the contract's own, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.records import Contract
from app.records.contract import ContractParameter
from app.ui.clauses.parameter_inputs import CountInput, OneInput
from app.ui.context import Context
from app.ui.contract.tab_clauses import ClausesTab
from app.ui.duties.why import WhyPanel
from app.ui.overrides.dialog import SettingDialog
from app.ui.reckoning.assessor import Assessor
from app.ui.today.page import TodayPage
from app.ui.today.task_row import TaskRow
from app.work.asks_words import SET_BY_CONTRACT

TODAY = date(2026, 4, 20)
CLAUSE = "第6条第4項"


def words(widget: QWidget) -> str:
    return " ".join(one.accessibleName() or one.text() for one in widget.findChildren(QLabel))


def clause_of(context: Context, number: str = CLAUSE) -> Any:
    annex = context.catalogue.annex("kimitsu-hoji")
    return next(one for one in annex.clauses if one.number == number)


def enter(qtbot: QtBot, dialog: SettingDialog, name: str, text: str) -> None:
    made = dialog.rows[name].input
    assert isinstance(made, CountInput)
    made.edit.clear()
    qtbot.keyClicks(made.edit, text)


def choose(dialog: SettingDialog, name: str, text: str) -> None:
    made = dialog.rows[name].input
    assert isinstance(made, OneInput)
    made.combo.setCurrentIndex(made.combo.findText(text))
    made.combo.activated.emit(made.combo.currentIndex())


def own(context: Context, work: Any) -> list[tuple[str, str, str]]:
    held = context.facts().get(Contract, work.contract.id)
    return [(row.clause, row.name, row.value) for row in held.parameters]


@pytest.fixture
def opened(context: Context, work: Any, shown: Any, settled: Any) -> Callable[..., SettingDialog]:
    def make(number: str = CLAUSE) -> SettingDialog:
        held = context.facts().get(Contract, work.contract.id)
        made = SettingDialog(context, held, clause_of(context, number), TODAY)
        shown(made)
        settled()
        return made

    return make


def notice(page: TodayPage, qtbot: QtBot) -> TaskRow:
    def found() -> list[TaskRow]:
        return [one for one in page.list.rows() if "作業場所届出書を作成" in one.step.text()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def grounds(page: TodayPage, qtbot: QtBot) -> WhyPanel:
    row = notice(page, qtbot)
    row.open(True)
    return row.findChildren(WhyPanel)[0]


def test_from_the_grounds_to_a_number_of_the_contract_and_back(
    context: Context, work: Any, shown: Any, settled: Any, qtbot: QtBot, dialogs: Any
) -> None:
    page = TodayPage(context)
    shown(page)
    page.refresh()
    qtbot.waitUntil(lambda: Assessor.of(context).latest is not None)
    settled()

    def seven(dialog: SettingDialog) -> None:
        shown(dialog)
        enter(qtbot, dialog, "days_before", "7")
        qtbot.waitUntil(lambda: "令和8年3月24日" in words(dialog.preview))
        said = words(dialog.preview)
        assert "令和8年3月31日　→　令和8年3月24日" in said
        assert "令和8年4月1日との間に7日を置く令和8年3月24日" in said
        qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)

    dialogs.answers.append(seven)
    buttons = grounds(page, qtbot).findChildren(QPushButton)
    (press,) = [one for one in buttons if one.text() == SET_BY_CONTRACT]
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    assert own(context, work) == [(CLAUSE, "何日前までか", "7")]
    qtbot.waitUntil(lambda: notice(page, qtbot).task.due == date(2026, 3, 24))
    settled()
    said = words(grounds(page, qtbot))
    assert "この契約の定め 何日前までか 7日前まで" in said
    assert "令和8年4月1日との間に7日を置く令和8年3月24日" in said
    assert "想定）" not in said
    context.ledger.undo()
    assert own(context, work) == []
    qtbot.waitUntil(lambda: notice(page, qtbot).task.due == date(2026, 3, 31))
    settled()


def test_what_holds_and_whose_it_is_stands_beside_each_item(opened: Any, qtbot: QtBot) -> None:
    dialog = opened()
    seen = {name for name, one in dialog.rows.items() if one.isVisible()}
    assert seen == {"submit", "urgency", "days_before", "roll", "applies_to"}
    days = dialog.rows["days_before"]
    assert "条項どおりなら　前日まで（本ソフトの想定）" in words(days)
    assert not days.back.isVisible()
    assert "条項どおりなら　事前に提出（条項）" in words(dialog.rows["submit"])
    enter(qtbot, dialog, "days_before", "7")
    assert "この契約" in words(days)
    qtbot.mouseClick(days.back, Qt.MouseButton.LeftButton)
    assert days.text == ""
    assert "この契約" not in words(days)


def test_another_time_of_submission_offers_what_it_is_counted_by(opened: Any, qtbot: QtBot) -> None:
    dialog = opened()
    choose(dialog, "submit", "行った後に速やかに提出")
    assert not dialog.rows["days_before"].isVisible()
    assert dialog.rows["within_business_days"].isVisible()
    enter(qtbot, dialog, "within_business_days", "5")
    qtbot.waitUntil(lambda: "開庁日で数えて5日目" in words(dialog.preview))


def test_what_has_not_happened_yet_is_shown_by_example(opened: Any, qtbot: QtBot) -> None:
    dialog = opened("第16条第1項")
    assert "速やかに（条項）、翌日までとみなす（本ソフトの想定）" in words(dialog.rows["urgency"])
    assert "（例）令和8年4月20日から数えるときの期限　令和8年4月21日" in words(dialog.preview)
    enter(qtbot, dialog, "within_days", "2")
    qtbot.waitUntil(lambda: "令和8年4月22日" in words(dialog.preview))


def test_nothing_changed_writes_nothing(opened: Any, context: Context, work: Any, qtbot: QtBot) -> None:
    before = context.facts().get(Contract, work.contract.id)
    dialog = opened()
    enter(qtbot, dialog, "days_before", "7")
    qtbot.mouseClick(dialog.rows["days_before"].back, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert dialog.result()
    assert context.facts().get(Contract, work.contract.id) is before


def test_what_cannot_be_read_keeps_the_dialog_open(
    opened: Any, context: Context, work: Any, qtbot: QtBot
) -> None:
    dialog = opened()
    enter(qtbot, dialog, "days_before", "0")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    error = dialog.rows["days_before"].error
    assert "「0」は「何日前までか」の値として読めません" in error.plain
    assert error.isVisible()
    assert dialog.focusWidget() is dialog.rows["days_before"].input.focusProxy()
    assert own(context, work) == []


def test_one_deadline_is_set_in_one_unit(opened: Any, context: Context, work: Any, qtbot: QtBot) -> None:
    dialog = opened("第16条第1項")
    enter(qtbot, dialog, "within_days", "3")
    enter(qtbot, dialog, "within_months", "1")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "うち1つで定めてください" in dialog.rows["within_months"].error.plain
    assert own(context, work) == []


def test_all_rows_of_the_clause_are_written_in_one_change_and_others_stay(
    opened: Any, context: Context, work: Any, qtbot: QtBot, settled: Any
) -> None:
    other = ContractParameter(annex="kimitsu-hoji", clause="第15条", name="within_days", value="5")
    former = ContractParameter(annex="kimitsu-hoji", clause=CLAUSE, name="days_before", value="3")
    context.ledger.change(replace(work.contract, parameters=(former, other)))
    settled()
    dialog = opened()
    assert dialog.rows["days_before"].text == "3"
    enter(qtbot, dialog, "days_before", "7")
    choose(dialog, "roll", "前の開庁日に早まる")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert own(context, work) == [
        ("第15条", "within_days", "5"),
        (CLAUSE, "何日前までか", "7"),
        (CLAUSE, "期限が閉庁日のとき", "前の開庁日に早まる"),
    ]
    context.ledger.undo()
    assert own(context, work) == [(CLAUSE, "days_before", "3"), ("第15条", "within_days", "5")]
    settled()


def test_the_clause_view_leads_there_and_tells_what_is_set(
    context: Context, work: Any, shown: Any, settled: Any, qtbot: QtBot, dialogs: Any
) -> None:
    tab = ClausesTab(context, work.contract.id)
    shown(tab)

    def refreshed() -> None:
        made = Assessor.of(context)
        made.want()
        with qtbot.waitSignal(made.ready):
            pass
        tab.refresh(made.latest)
        settled()

    refreshed()
    tab.clauses.choose(("kimitsu-hoji", 1, CLAUSE))

    def earlier(dialog: SettingDialog) -> None:
        choose(dialog, "roll", "前の開庁日に早まる")
        dialog.accept()

    dialogs.answers.append(earlier)
    (press,) = [one for one in tab.findChildren(QPushButton) if one.text() == SET_BY_CONTRACT]
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    refreshed()
    assert "この契約の定め 期限が閉庁日のとき 前の開庁日に早まる" in words(tab.area)
