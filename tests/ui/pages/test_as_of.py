"""基準日: any day is shown, past or future, and it is always plain that it is not today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.annexes.kinds import State
from app.records import Location
from app.ui.context import Context
from app.ui.contract.list_page import ContractsPage
from app.ui.contract.page import ContractPage
from app.ui.reckoning.as_of import AsOf
from app.ui.targets import ShowContract
from app.ui.today.page import TodayPage

BEFORE = date(2026, 3, 20)


@pytest.fixture
def rested(context: Context, qtbot: QtBot) -> Callable[[TodayPage], None]:
    """Waits until the list shows the newest facts as of the day that is chosen."""

    def rest(page: TodayPage) -> None:
        def listed() -> bool:
            made, whole = AsOf.of(context).latest, page.tasks._whole
            newest = made is not None and made.facts is context.facts()
            return newest and whole is not None and whole.made is made and not page.list._waiting

        qtbot.waitUntil(listed, timeout=10_000)

    return rest


@pytest.fixture
def page(context: Context, work: Any, shown: Any, rested: Any) -> Callable[[], TodayPage]:
    def make() -> TodayPage:
        made = TodayPage(context)
        shown(made)
        made.refresh()
        rested(made)
        return made

    return make


def typed(qtbot: QtBot, page: Any, text: str) -> None:
    edit = page.choice.input.edit
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def press(qtbot: QtBot, page: QWidget, text: str) -> None:
    (made,) = [one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisible()]
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def test_a_day_that_is_typed_is_reckoned_and_named(page: Any, qtbot: QtBot, rested: Any) -> None:
    made = page()
    assert made.notice.isHidden()
    typed(qtbot, made, "R8.3.20")
    rested(made)
    assert made.notice.text.startswith("令和8年3月20日現在で表示しています。")
    assert made._day.text() == "令和8年3月20日（金）"
    # Before the contract starts its notice is due, not overdue.
    assert {row.task.state for row in made.list.rows()} & {State.OVERDUE} == set()


def test_the_way_back_leads_to_today(page: Any, qtbot: QtBot, rested: Any) -> None:
    made = page()
    typed(qtbot, made, "2026-03-20")
    rested(made)
    press(qtbot, made, "きょうに戻す")
    rested(made)
    assert made.notice.isHidden()
    assert made.choice.input.text() == "令和8年4月20日"
    assert any(row.task.state is State.OVERDUE for row in made.list.rows())


def test_on_another_day_nothing_is_done_but_records_are_opened(
    page: Any, qtbot: QtBot, rested: Any, context: Context
) -> None:
    made = page()
    assert any(row.step.isVisibleTo(made) for row in made.list.rows())
    AsOf.of(context).choose(date(2026, 5, 1))
    rested(made)
    acting = {row.task.step.action.value for row in made.list.rows() if row.step.isVisibleTo(made)}
    assert acting <= {"open"}


def test_what_cannot_be_read_as_a_day_is_marked_and_changes_nothing(
    page: Any, qtbot: QtBot, context: Context
) -> None:
    made = page()
    typed(qtbot, made, "99-99")
    assert made.choice.input.edit.property("invalid") is True
    assert not AsOf.of(context).elsewhere


def test_an_emptied_day_is_today(page: Any, qtbot: QtBot, context: Context) -> None:
    made = page()
    AsOf.of(context).choose(BEFORE)
    edit = made.choice.input.edit
    edit.setFocus()
    edit.clear()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert not AsOf.of(context).elsewhere
    assert made.choice.input.text() == "令和8年4月20日"


def test_the_day_follows_to_the_contract_and_to_the_list(
    context: Context, work: Any, shown: Any, reckoned: Any, qtbot: QtBot
) -> None:
    AsOf.of(context).choose(BEFORE)
    contracts = ContractsPage(context)
    contract = ContractPage(context, ShowContract(work.contract.id, "duties"))
    for one in (contracts, contract):
        shown(one)
        one.refresh()
        reckoned()
        assert "令和8年3月20日現在" in one.notice.text
    reckoned()
    assert not any("期限超過" in one.cells[0].text for one in contract.tab.table.lines.lines)
    assert contract._issue.isHidden()
    press(qtbot, contract, "きょうに戻す")
    reckoned()
    assert any("期限超過" in one.cells[0].text for one in contract.tab.table.lines.lines)
    assert not contract._issue.isHidden()


def test_a_change_is_seen_on_the_other_day_too(page: Any, rested: Any, context: Context, work: Any) -> None:
    made = page()
    AsOf.of(context).choose(date(2026, 5, 1))
    rested(made)
    before = AsOf.of(context).latest
    context.ledger.retire(work.use, "登録誤り")
    rested(made)
    after = AsOf.of(context).latest
    assert before is not None
    assert after is not None
    assert after.day == before.day == date(2026, 5, 1)
    assert after.facts.find(Location, work.location.id) is not None
    lacking = [gap.text for duty in after.duties for gap in duty.missing]
    assert lacking != [gap.text for duty in before.duties for gap in duty.missing]
