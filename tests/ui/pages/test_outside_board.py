"""持出しの状況: what is out stands there most urgent first, and is back by one press and one confirmation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.ledger.door import Ledger
from app.records import Event
from app.records.days import DayOnly
from app.ui.acts.page import ActPage
from app.ui.context import Context
from app.ui.offers.menu import AllActsMenu
from app.ui.outside.line import OutsideLine
from app.ui.outside.page import OutsidePage
from app.ui.search.acts import acts, matching
from app.ui.targets import DoAct, EditRecord, ShowOutside

LEFT = Qt.MouseButton.LeftButton
DAY = timedelta(days=1)
SINCE = date(2026, 4, 2)

Made = Callable[..., OutsidePage]


def taken(ledger: Ledger, work: Any, until: date | None = None, **values: Any) -> Event:
    out = {"kind": "持出", "status": "実績", "destination": "市役所", "return_by": until, **values}
    return ledger.add(Event(asset=work.asset.id, happened_at=DayOnly(SINCE), quantity=1, **out))


@pytest.fixture
def board(context: Context, shown: Any, qtbot: QtBot) -> Made:
    def make(contract: int = 0) -> OutsidePage:
        page: OutsidePage = shown(OutsidePage(context, ShowOutside(contract)))
        page.refresh()
        qtbot.waitUntil(lambda: page.shown is not None)
        return page

    return make


def test_what_is_out_is_back_by_one_press_and_one_confirmation(
    board: Made, ledger: Ledger, work: Any, context: Context, wanted: list[Any], shown: Any, qtbot: QtBot
) -> None:
    taken(ledger, work, context.today() - DAY, person=work.worker.id)
    page = board()
    (one,) = page.cards
    assert one.back is not None
    qtbot.mouseClick(one.back, LEFT)
    assert wanted == [DoAct("check-in-asset", (work.asset.id,))]
    act = shown(ActPage(context, wanted[0]))
    qtbot.waitUntil(act.confirm.isEnabled)
    qtbot.mouseClick(act.confirm, LEFT)
    qtbot.waitUntil(lambda: act.done is not None)
    (back,) = (one for one in context.facts().all(Event) if one.kind == "持帰")
    assert (back.happened_at, back.person, back.quantity) == (DayOnly(context.today()), work.worker.id, 1)
    qtbot.waitUntil(lambda: page.cards == [])


def test_what_was_moved_out_is_moved_back(
    board: Made, ledger: Ledger, work: Any, context: Context, wanted: list[Any], qtbot: QtBot
) -> None:
    place = ledger.add(replace(work.location, id=0, name="現地本部", kind="持出し先"))
    taken(ledger, work, kind="保管場所変更", destination="", location=place.id)
    (one,) = board().cards
    assert one.back is not None
    qtbot.mouseClick(one.back, LEFT)
    (target,) = wanted
    assert isinstance(target, EditRecord)
    assert target.preset["kind"] == "保管場所変更"


def test_of_another_contract_nothing_is_shown(board: Made, ledger: Ledger, work: Any) -> None:
    taken(ledger, work)
    assert len(board(work.contract.id).cards) == 1
    assert board(work.contract.id + 999).cards == []


@pytest.mark.parametrize(("days", "tone"), [(-1, "danger"), (0, "warn"), (1, "")])
def test_today_tells_what_is_out_in_one_line(
    ledger: Ledger,
    work: Any,
    context: Context,
    shown: Any,
    qtbot: QtBot,
    wanted: list[Any],
    days: int,
    tone: str,
) -> None:
    line = shown(OutsideLine(context))
    shown(line.calm)
    line.look(context.facts(), context.today())
    taken(ledger, work, context.today() + days * DAY)
    line.look(context.facts(), context.today())
    qtbot.waitUntil(lambda: bool(line.calm.text()))
    assert (line.isVisible(), line.calm.isVisible()) == (bool(tone), not tone)
    if tone:
        assert line.notice.property("tone") == tone
    qtbot.mouseClick(line.button if tone else line.calm, LEFT)
    assert wanted == [ShowOutside()]


def test_of_another_day_today_says_nothing(
    ledger: Ledger, work: Any, context: Context, shown: Any, qtbot: QtBot
) -> None:
    taken(ledger, work)
    line = shown(OutsideLine(context))
    shown(line.calm)
    line.look(context.facts(), context.today())
    qtbot.waitUntil(line.calm.isVisible)
    line.look(context.facts(), context.today() + DAY)
    assert not line.isVisible()
    assert not line.calm.isVisible()


def test_it_is_found_below_the_acts(context: Context, wanted: list[Any], qtbot: QtBot) -> None:
    parent = QMenu()
    qtbot.addWidget(parent)
    menu = AllActsMenu(context, parent)
    menu.fill()
    (found,) = (one for one in menu.actions() if one.text() == "持出しの状況…")
    found.trigger()
    assert wanted == [ShowOutside()]


@pytest.mark.parametrize("word", ["持出し", "持ち出し", "持ち帰り", "返却", "持出し中"])
def test_it_is_found_by_the_officers_words(context: Context, word: str) -> None:
    assert ShowOutside() in [one.target for one in matching(acts(context.forms), word)[:6]]
