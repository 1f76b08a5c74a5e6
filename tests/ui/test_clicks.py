"""What an act of a working day costs in presses of the mouse, driven through the real window on the sample.

Typed fields are no presses; every press of the mouse is one. The manual's table says the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.common import Progress
from app.records import Asset, Assignment, Audit, Device, DeviceUse, Event, Incident, Person, Submission
from app.records.days import DayOnly
from app.ui.acts.page import ActPage
from app.ui.audits.page import AuditPage
from app.ui.incidents.page import IncidentPage
from app.ui.lists.page import RecordsPage
from app.ui.papers.issue_page import IssuePage
from app.ui.papers.many.page import ManyPage
from app.ui.papers.printing import PrintDialog
from app.ui.papers.printing_port import PaperPort, Printers, PrintOrder
from app.ui.parts.look import Look
from app.ui.targets import ShowList, ShowToday
from tests.support.clicks import Clicks
from tests.support.window.hand import LEFT, Hand, choose_kind
from tests.support.window.stage import Stage, StillDialogs

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture(scope="module")
def stage(look: Look, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(look, tmp_path_factory.mktemp("clicks"))
    yield made
    made.close()


@pytest.fixture
def hand(stage: Stage, qtbot: QtBot, qapp: QApplication) -> Iterator[Hand]:
    """A hand on the mouse and one on the keys; whatever can be taken back of what it does, is."""
    stage.go(ShowToday("tasks"))
    stage.settle()
    written = list[int]()
    end = stage.ledger.on_change(lambda made: written.append(made.number))
    with Clicks(qapp) as clicks:
        yield Hand(stage, qtbot, clicks)
    end()
    for number in reversed(written):
        # A document that was issued stays issued.
        if not stage.ledger.undoing(number).stays:
            stage.ledger.undo(number)
    stage.settle()
    stage.leave()


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
    assert hand.clicks.count == 4
    facts = hand.stage.context.facts()
    assert {one.ends_on for one in facts.of(Assignment, "person", person.id)} == {date(2026, 11, 30)}
    assert not [one for one in facts.of(DeviceUse, "person", person.id) if one.ends_on is None]
    hand.press(page.papers)
    assert isinstance(hand.page, ManyPage)
    assert wished(hand.page) == [(one.contract, one.form) for one in page.done.papers]
    assert hand.clicks.count == 5


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


def test_the_client_is_telephoned_from_the_desk_of_the_accident(hand: Hand) -> None:
    """From the lost stick to the call that is written down."""
    hand.press(hand.stage.window.navigation._accident)
    hand.type("UM-001")
    page = hand.page
    choose_kind(hand, page, "kind", 1)
    hand.type("R8.11.25")
    hand.press(page.confirm)
    hand.press(page.desk_button)
    desk = hand.page
    assert isinstance(desk, IncidentPage)
    call = desk.calls.cards[desk.id].call
    hand.press(call)
    hand.qtbot.waitUntil(lambda: bool(hand.stage.context.facts().get(Incident, desk.id).notices))
    assert hand.clicks.count == 4


def test_an_audit_of_tomorrow_to_a_printed_binder(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """At most 5 presses."""
    port, stage = Port(), hand.stage
    monkeypatch.setitem(stage.program.services, "printer", port)
    monkeypatch.setattr(stage.context, "dialogs", Pressed(hand))
    hand.find("監査")
    hand.type("MK-1024")
    page = hand.page
    hand.type("")  # 監査
    hand.type("R8.11.26")
    hand.press(page.confirm)
    hand.press(page.desk_button)
    desk = hand.page
    assert isinstance(desk, AuditPage)
    hand.press(desk.papers.bind)
    hand.qtbot.waitUntil(lambda: bool(port.sent), timeout=30_000)
    (made,) = (one for one in stage.context.facts().all(Submission) if one.number in port.sent[0])
    assert made.form == "evidence-binder"
    assert made.contract == stage.context.facts().get(Audit, desk.id).contract
    assert hand.clicks.count == 5
    assert stage.context.facts().get(Audit, desk.id).planned_on == date(2026, 11, 26)


class Port(PaperPort):
    """A printer that remembers what it was sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def printers(self) -> Printers:
        return Printers(("複合機",), "複合機")

    def send(self, pdf: bytes, title: str, order: PrintOrder, progress: Progress) -> None:
        del order, progress
        assert pdf.startswith(b"%PDF")
        self.sent.append(title)


class Pressed(StillDialogs):
    """Dialogs whose button is pressed by the mouse, as a person does; each is one press."""

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand

    def ask(self, text: str, yes: str, *, detail: str = "", no: str = "戻る", grave: bool = False) -> bool:
        del text, detail, no, grave
        made = QPushButton(yes)
        made.show()
        self._hand.qtbot.mouseClick(made, LEFT)
        made.deleteLater()
        return True

    def show(self, dialog: QDialog) -> bool:
        super().show(dialog)
        if isinstance(dialog, PrintDialog):
            self._hand.qtbot.mouseClick(dialog.ok, LEFT)
        return dialog.result() == QDialog.DialogCode.Accepted


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
