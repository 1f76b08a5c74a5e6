"""What a contract's year costs in presses of the mouse, on the real window and the sample ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from app.duties.holding.balance import balance
from app.records import Contract, Device, DeviceUse
from app.ui.acts.page import ActPage
from app.ui.contract.page import ContractPage
from app.ui.parts.look import Look
from app.ui.targets import ShowContracts, ShowToday
from tests.support.clicks import Clicks
from tests.support.window.hand import Hand, field
from tests.support.window.stage import DAY, Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")
NUMBER = "MK-1024"


@pytest.fixture(scope="module")
def stage(look: Look, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(look, tmp_path_factory.mktemp("year"))
    yield made
    made.close()


@pytest.fixture
def hand(stage: Stage, qtbot: QtBot, qapp: QApplication) -> Iterator[Hand]:
    """Whatever it does to the ledger is taken back."""
    stage.go(ShowToday("tasks"))
    stage.settle()
    written = list[int]()
    end = stage.ledger.on_change(lambda made: written.append(made.number))
    with Clicks(qapp) as clicks:
        yield Hand(stage, qtbot, clicks)
    end()
    for number in reversed(written):
        stage.ledger.undo(number)
    stage.settle()
    stage.leave()


def contract(hand: Hand) -> Contract:
    return next(one for one in hand.stage.context.facts().all(Contract) if one.number == NUMBER)


def open_contract(hand: Hand) -> ContractPage:
    """From きょう over the list: its room, then the row with two presses."""
    hand.room(ShowContracts)
    table = hand.page.table
    at = next(n for n, one in enumerate(table.lines.lines) if one.key == contract(hand).id)
    hand.row(table, at)
    hand.qtbot.keyClick(table, Qt.Key.Key_Return)
    hand.stage.settle()
    page = hand.page
    assert isinstance(page, ContractPage)
    return page


def act(hand: Hand, title: str) -> ActPage:
    hand.choose(hand.page.acts_button, title)
    page = hand.page
    assert isinstance(page, ActPage)
    return page


def say(hand: Hand, page: ActPage, name: str, text: str) -> None:
    """In a field that has the keyboard, with the keys alone; then Return."""
    held = field(page, name)
    assert hand.stage.window.focusWidget() is held, name
    if isinstance(held, QComboBox):
        for _ in range(held.findText(text) - held.currentIndex()):
            hand.qtbot.keyClick(held, Qt.Key.Key_Down)
        assert held.currentText() == text
        hand.qtbot.keyClick(held, Qt.Key.Key_Return)
        hand.stage.settle()
    else:
        hand.type(text)


def test_next_years_contract(hand: Hand) -> None:
    """At most 10 presses."""
    open_contract(hand)
    page = act(hand, "契約の更新")
    say(hand, page, "number", "MK-2024")
    hand.press(page.confirm)
    assert hand.clicks.count == 5
    facts = hand.stage.context.facts()
    (made,) = facts.of(Contract, "renews", contract(hand).id)
    assert (made.starts_on, made.ends_on) == (date(2027, 4, 1), date(2028, 3, 31))
    used = {facts.get(Device, one.device).control_number for one in facts.of(DeviceUse, "contract", made.id)}
    assert "PC-001" in used
    hand.press(page.close_button)
    assert isinstance(hand.page, ContractPage)


def test_everything_goes_back_or_is_erased_and_the_contract_is_closed(hand: Hand) -> None:
    """At most 15 presses for twelve assets, eight of them returned and four erased."""
    facts = hand.stage.context.facts()
    assert sum(bool(one.held) for one in balance(facts, contract(hand).id, DAY)) == 12
    open_contract(hand)
    page = act(hand, "すべて返還")
    say(hand, page, "on", "R8.11.25")
    hand.press(page.confirm)
    assert page.done is not None
    assert len(page.done.writes) == 8
    hand.press(page.close_button)
    page = act(hand, "すべて廃棄・消去")
    say(hand, page, "on", "R8.11.25")
    say(hand, page, "method", "データ消去ソフトウェアによる消去")
    # Who answered for it last is known.
    assert page.form is not None
    assert page.form.answers()["responsible"]
    hand.qtbot.keyClick(field(page, "responsible"), Qt.Key.Key_Tab)
    say(hand, page, "result", "完了")
    say(hand, page, "outcome", "合格")
    # The clause asks for an approval that nobody has: what was done all the same keeps its reason.
    while hand.stage.window.focusWidget() is not field(page, "unapproved"):
        hand.qtbot.keyClick(hand.stage.window.focusWidget(), Qt.Key.Key_Tab)
    say(hand, page, "unapproved", "至急の求めのため")
    hand.press(page.confirm)
    hand.press(page.close_button)
    assert not any(one.held for one in balance(hand.stage.context.facts(), contract(hand).id, DAY))
    page = act(hand, "契約を終える")
    say(hand, page, "on", "R8.11.25")
    say(hand, page, "why", "解除")
    hand.press(page.confirm)
    assert contract(hand).ended_on == DAY
    assert hand.clicks.count == 13
