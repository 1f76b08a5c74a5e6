"""After a dialog the keyboard stays on the page: elsewhere, Return would leave it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.records import Audit
from app.ui.acts.page import ActPage
from app.ui.audits.papers import AuditPapers
from app.ui.context import Context
from app.ui.inputs.picking.dialog import PickDialog
from app.ui.papers.printing_port import Printers
from app.ui.parts.dialogs import QtDialogs
from app.ui.parts.widgets import Prose
from app.ui.targets import DoAct
from tests.ui.conftest import TODAY, FakeDialogs

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


class NoPrinter:
    def printers(self) -> Printers:
        return Printers((), "")


def below_a_way_out(page: QWidget) -> QWidget:
    """A window in which something else comes first, as the navigation does."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.addWidget(QPushButton("きょう"))
    layout.addWidget(page)
    return made


def test_what_was_chosen_in_a_dialog_hands_the_keyboard_to_the_first_field(
    context: Context, shown: Callable[..., Any], qtbot: QtBot, work: Any
) -> None:
    del work
    context.dialogs = QtDialogs()
    page = ActPage(context, DoAct("move"))
    window = shown(below_a_way_out(page))
    seen: list[bool] = []

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PickDialog)
        dialog.all.click()
        qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)

    def held() -> None:
        """What Qt gives the keyboard back to, should the window come up again right now."""
        now = window.focusWidget()
        seen.append(
            now is not None and page.form is not None and page.form.isAncestorOf(now) and now.isVisible()
        )

    page.renewed.connect(held)
    assert page.form is not None
    page.form.pick.setFocus()
    QTimer.singleShot(0, page, lambda: QTimer.singleShot(0, page, choose))
    page.form.pick.click()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [True]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert page.form.focusWidget() is not None
    assert page.form.focusWidget() is QApplication.focusWidget()


def test_the_keyboard_is_back_on_the_binder_once_it_is_issued(
    context: Context, shown: Callable[..., Any], qtbot: QtBot, work: Any, dialogs: FakeDialogs
) -> None:
    context.program = replace(context.program, services={"printer": NoPrinter()})
    audit = context.ledger.add(Audit(contract=work.contract.id, kind="監査", announced_on=TODAY))
    papers = AuditPapers(context)
    papers.show_audit(audit)
    window = shown(below_a_way_out(papers))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    papers.bind.setFocus()
    dialogs.answers = [True, False]
    papers.bind.click()
    assert not papers.bind.isEnabled()
    other = shown(QWidget(), 100, 100)
    for one in (other, window):
        # As the question and the progress do, which come up above it and go.
        one.activateWindow()
        qtbot.waitUntil(one.isActiveWindow)
    qtbot.waitUntil(lambda: len(dialogs.asked) == 2, timeout=20_000)
    assert QApplication.focusWidget() is papers.bind


def test_a_day_that_cannot_be_read_is_told_as_soon_as_its_field_is_left(
    context: Context, shown: Callable[..., Any], qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("train", (work.contract.id,))))
    assert page.form is not None
    day, after = page.form.inputs["on"].fields()[0], page.form.inputs["title"].fields()[0]
    day.setFocus()
    qtbot.keyClicks(day, "R8.13.3")
    assert "読めません" not in told(page), "nothing is said while it is being typed"
    after.setFocus()
    qtbot.waitUntil(lambda: "実施日「R8.13.3」は日付として読めません" in told(page))
    assert not page.confirm.isEnabled()
    day.setFocus()
    assert isinstance(day, QLineEdit)
    day.clear()
    qtbot.keyClicks(day, "R8.9.24")
    qtbot.waitUntil(lambda: "読めません" not in told(page))


def test_nothing_moves_away_from_under_a_mouse_button_that_is_held(
    context: Context,
    shown: Callable[..., Any],
    qtbot: QtBot,
    work: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The sentence moves what is below it: the click that left the field would miss what it was meant for."""
    page: ActPage = shown(ActPage(context, DoAct("train", (work.contract.id,))))
    assert page.form is not None
    asked: list[bool] = []
    pressed = [Qt.MouseButton.LeftButton]

    def held() -> Qt.MouseButton:
        asked.append(True)
        return pressed[0]

    monkeypatch.setattr(QApplication, "mouseButtons", held)
    day = page.form.inputs["on"].fields()[0]
    day.setFocus()
    qtbot.keyClicks(day, "R8.13.3")
    page.form.inputs["title"].fields()[0].setFocus()
    qtbot.waitUntil(lambda: len(asked) >= 2)
    assert "読めません" not in told(page)
    pressed[0] = Qt.MouseButton.NoButton
    qtbot.waitUntil(lambda: "読めません" in told(page))


def test_an_empty_field_is_not_told_off_when_it_is_left(
    context: Context, shown: Callable[..., Any], qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("train", (work.contract.id,))))
    assert page.form is not None
    for name in ("on", "title", "more"):
        page.form.inputs[name].fields()[0].setFocus()
    qtbot.waitUntil(lambda: "実施日を入力してください" in told(page.view))
    assert "入力してください" not in told(page.form)


def told(page: QWidget) -> str:
    return "\n".join(one.plain for one in page.findChildren(Prose) if one.isVisibleTo(page))
