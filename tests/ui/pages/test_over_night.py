"""Boards and desks left open: what they say follows the day, and what other records are called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ledger.door import Ledger
from app.records import Audit, Client, Event, Improvement
from app.records.audit import Finding
from app.records.days import DayOnly
from app.ui.audits.page import AuditPage
from app.ui.context import Context
from app.ui.handovers.page import HandoversPage
from app.ui.outside.page import OutsidePage
from app.ui.parts.widgets import Prose
from app.ui.reckoning.assessor import Assessor
from app.ui.targets import ShowDesk, ShowHandovers, ShowOutside

DAY = timedelta(days=1)
NextDay = Callable[[], None]


def said(page: QWidget) -> str:
    labels = (one for one in page.findChildren(QLabel) if one.isVisibleTo(page))
    return "\n".join(one.plain if isinstance(one, Prose) else one.text() for one in labels)


@pytest.fixture
def next_day(context: Context, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> NextDay:
    """Midnight passes, and the window's minute hand sees it; nothing in the ledger changes."""
    assessor = Assessor.of(context)
    assessor.want()
    qtbot.waitUntil(lambda: assessor.latest is not None)

    def pass_midnight() -> None:
        tomorrow = context.today() + DAY
        monkeypatch.setattr(context, "today", lambda: tomorrow)
        assessor.look()

    return pass_midnight


@pytest.mark.parametrize(
    ("left", "first", "then"),
    [(0, "△ きょうまで", "✕ 期限超過1日"), (-1, "✕ 期限超過1日", "✕ 期限超過2日")],
)
def test_what_is_out_is_a_day_later_on_the_next_day(
    left: int,
    first: str,
    then: str,
    context: Context,
    ledger: Ledger,
    work: Any,
    shown: Any,
    qtbot: QtBot,
    next_day: NextDay,
) -> None:
    until = context.today() + left * DAY
    since = DayOnly(date(2026, 4, 2))
    ledger.add(
        Event(
            asset=work.asset.id,
            kind="持出",
            status="実績",
            happened_at=since,
            quantity=1,
            destination="市役所",
            return_by=until,
        )
    )
    page = shown(OutsidePage(context, ShowOutside()))
    page.refresh()
    qtbot.waitUntil(lambda: first in said(page))
    next_day()
    qtbot.waitUntil(lambda: then in said(page))
    assert first not in said(page)


def test_an_audit_whose_day_passed_says_so_on_the_next_day(
    context: Context, ledger: Ledger, work: Any, shown: Any, qtbot: QtBot, next_day: NextDay
) -> None:
    today = context.today()
    audit = ledger.add(
        Audit(
            contract=work.contract.id,
            kind="実地調査",
            announced_on=today,
            planned_on=today,
            auditor="監査課",
            findings=(Finding(number=1, finding="施錠"),),
        )
    )
    ledger.add(
        Improvement(
            contract=work.contract.id,
            source="監査・調査",
            audit=audit.id,
            finding_number=1,
            found_on=today,
            finding="施錠",
            due_on=today,
        )
    )
    page = shown(AuditPage(context, ShowDesk("audit", audit.id)))
    page.refresh()
    assert "予定日を過ぎ" not in page.state.text()
    assert "超過" not in said(page.findings)
    next_day()
    qtbot.waitUntil(lambda: "予定日を過ぎ、実施の記録なし" in page.state.text())
    qtbot.waitUntil(lambda: "1日超過" in said(page.findings))


def test_a_card_calls_things_as_the_ledger_calls_them_now(
    context: Context, ledger: Ledger, work: Any, shown: Any, qtbot: QtBot
) -> None:
    page = shown(HandoversPage(context, ShowHandovers()))
    page.refresh()
    qtbot.waitUntil(lambda: work.asset.item in said(page))
    ledger.change(replace(ledger.get(type(work.asset), work.asset.id), item="改めた名簿"))
    qtbot.waitUntil(lambda: "改めた名簿" in said(page))
    client = ledger.get(Client, work.contract.client)
    ledger.change(replace(client, name="新みなと市"))
    qtbot.waitUntil(lambda: "新みなと市" in said(page))
    ledger.undo()
    qtbot.waitUntil(lambda: "新みなと市" not in said(page))
