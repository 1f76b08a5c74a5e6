"""What an act of a working day costs in presses of the mouse, driven through the real window on the sample.

Typed fields are no presses; every press of the mouse is one. The manual's table says the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.records import Asset, Assignment, Device, DeviceUse, Event, Person
from app.records.days import DayOnly
from app.ui.acts.page import ActPage
from app.ui.lists.page import RecordsPage
from app.ui.papers.issue_page import IssuePage
from app.ui.papers.many.page import ManyPage
from app.ui.parts.look import Look
from app.ui.shell.rooms import ROOMS
from app.ui.targets import ShowList, ShowToday
from tests.support.clicks import Clicks
from tests.support.window.stage import Stage

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture(scope="module")
def stage(look: Look, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(look, tmp_path_factory.mktemp("clicks"))
    yield made
    made.close()


@pytest.fixture
def hand(stage: Stage, qtbot: QtBot, qapp: QApplication) -> Iterator[Hand]:
    """A hand on the mouse and one on the keys; whatever it does to the ledger is taken back."""
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


class Hand:
    def __init__(self, stage: Stage, qtbot: QtBot, clicks: Clicks) -> None:
        self.stage, self.qtbot, self.clicks = stage, qtbot, clicks

    @property
    def page(self) -> Any:
        return self.stage.window.page

    def press(self, button: QWidget) -> None:
        self.qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
        self.qtbot.mouseClick(button, LEFT)
        self.stage.settle()

    def room(self, target: type) -> None:
        at = next(number for number, one in enumerate(ROOMS) if one.target is target)
        self.press(self.stage.window.navigation.rooms[at])

    def row(self, table: Any, at: int, *, more: bool = False) -> None:
        keys = Qt.KeyboardModifier.ControlModifier if more else Qt.KeyboardModifier.NoModifier
        place = table.visualRect(table.model().index(at, 0)).center()
        self.qtbot.mouseClick(table.viewport(), LEFT, keys, place)

    def choose(self, button: QPushButton, text: str) -> None:
        """Press a button with a menu and a line of the menu."""
        menu = button.menu()
        assert isinstance(menu, QMenu)
        pressed: list[str] = []

        def pick() -> None:
            (act,) = (one for one in menu.actions() if one.text().startswith(text))
            assert act.isEnabled()
            pressed.append(act.text())
            place = menu.actionGeometry(act).center()
            QTest.mouseClick(menu, LEFT, Qt.KeyboardModifier.NoModifier, place)

        QTimer.singleShot(0, menu, pick)
        self.qtbot.mouseClick(button, LEFT)
        self.qtbot.waitUntil(lambda: bool(pressed))
        self.stage.settle()

    def type(self, text: str) -> None:
        """Into whatever has the keyboard, as a person who does not look for the mouse; then Return."""
        held = self.stage.window.focusWidget()
        assert held is not None
        if text:
            commit(held, text)
        self.qtbot.keyClick(held, Qt.Key.Key_Return)
        self.stage.settle()


def commit(widget: QWidget, text: str) -> None:
    """What an input method hands over."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def field(page: ActPage, name: str) -> QWidget:
    assert page.form is not None
    return page.form.inputs[name].fields()[0]


def choose_kind(hand: Hand, page: ActPage, name: str, at: int) -> None:
    """With the arrow, in a list that has the keyboard; then Return."""
    assert hand.stage.window.focusWidget() is field(page, name)
    for _ in range(at):
        hand.qtbot.keyClick(field(page, name), Qt.Key.Key_Down)
    hand.qtbot.keyClick(field(page, name), Qt.Key.Key_Return)
    hand.stage.settle()


def wished(page: ManyPage) -> list[tuple[int, str]]:
    assert page._looked is not None
    assert page._looked.found is not None
    return [(one.wish.case.contract.id, one.wish.form.id) for one in page._looked.found]


def test_a_worker_of_three_contracts_leaves(hand: Hand) -> None:
    """At most 8 presses, and the papers."""
    facts = hand.stage.context.facts()
    (person,) = (one for one in facts.all(Person) if one.employee_number == "E-006")
    held = {one.contract for one in facts.of(Assignment, "person", person.id) if one.ends_on is None}
    assert len(held) == 3
    hand.choose(hand.page.acts_button, "退職")
    hand.type("小林 翔")
    page = hand.page
    hand.type("R8.11.30")
    hand.type("")  # 変更の理由 stands there already.
    hand.type("")  # No successor is known yet.
    choose_kind(hand, page, "devices", 2)
    hand.press(page.confirm)
    assert hand.clicks.count == 3
    facts = hand.stage.context.facts()
    assert {one.ends_on for one in facts.of(Assignment, "person", person.id)} == {date(2026, 11, 30)}
    assert not [one for one in facts.of(DeviceUse, "person", person.id) if one.ends_on is None]
    hand.press(page.papers)
    assert isinstance(hand.page, ManyPage)
    assert wished(hand.page) == [(one.contract, one.form) for one in page.done.papers]
    assert hand.clicks.count == 4


def test_two_machines_move(hand: Hand) -> None:
    """At most 8 presses."""
    hand.room(ShowList)
    page = hand.page
    assert isinstance(page, RecordsPage)
    (item,) = page.side.list.findItems("PC・媒体", Qt.MatchFlag.MatchStartsWith)[:1]
    hand.qtbot.mouseClick(page.side.list.viewport(), LEFT, pos=page.side.list.visualItemRect(item).center())
    hand.stage.settle()
    shown = [hand.stage.context.facts().get(Device, one).control_number for one in page.list.model.ids]
    hand.row(page.list.table, shown.index("PC-001"))
    hand.row(page.list.table, shown.index("PC-002"), more=True)
    hand.choose(page.list.acts_button, "移動")
    act = hand.page
    hand.type("浜手作業センター")
    hand.type("R8.11.30")
    hand.press(act.confirm)
    assert hand.clicks.count == 7
    facts = hand.stage.context.facts()
    moved = [one for one in facts.all(DeviceUse) if one.starts_on == date(2026, 11, 30)]
    assert {facts.key_of("device", one.device) for one in moved} == {"PC-001", "PC-002"}


def test_a_lost_stick_to_the_first_report(hand: Hand) -> None:
    """At most 12 presses until the first report is seen."""
    hand.press(hand.stage.window.navigation._accident)
    hand.type("UM-001")
    page = hand.page
    choose_kind(hand, page, "kind", 1)
    hand.type("R8.11.25")
    hand.press(page.confirm)
    (made,) = (write.record for write in page.done.writes)
    hand.press(page.papers)
    report = hand.page
    assert isinstance(report, IssuePage)
    hand.qtbot.waitUntil(lambda: report._drawn is not None)
    assert report.choices.subjects.boxes.keys() == {f"incident:{made.id}"}
    assert hand.clicks.count == 3


def test_an_accident_is_one_key_away_from_what_is_chosen(hand: Hand) -> None:
    hand.room(ShowList)
    hand.page.choose("device")
    hand.stage.settle()
    hand.row(hand.page.list.table, 0)
    chosen = tuple(hand.page.list.chosen)
    hand.stage.window.activateWindow()
    hand.qtbot.waitUntil(hand.stage.window.isActiveWindow)
    hand.qtbot.keyClick(hand.stage.window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(hand.page, ActPage)
    assert hand.page.act.urgent
    assert hand.page._ids == chosen


def test_what_is_out_is_back(hand: Hand) -> None:
    """From きょう: the line that says it is late, the way back, one confirmation."""
    context = hand.stage.context
    asset = next(one for one in context.facts().all(Asset) if one.number == "A-0006")
    hand.stage.ledger.add(
        Event(
            asset=asset.id,
            kind="持出",
            status="実績",
            happened_at=DayOnly(date(2026, 11, 20)),
            quantity=1,
            destination="市役所",
            return_by=date(2026, 11, 24),
        )
    )
    hand.press(hand.page.tasks.out.button)
    hand.qtbot.waitUntil(lambda: bool(hand.page.cards))
    hand.press(hand.page.cards[0].back)
    hand.press(hand.page.confirm)
    hand.qtbot.waitUntil(lambda: hand.page.done is not None)
    assert hand.clicks.count == 3
    events = context.facts().of(Event, "asset", asset.id)
    assert [one.quantity for one in events if one.kind == "持帰"] == [1]
