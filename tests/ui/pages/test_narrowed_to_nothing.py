"""Every list that is narrowed to nothing says so, and offers the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.records import SPECS
from app.ui.annexes.kinds_dialog import KindsDialog
from app.ui.calendar.view import CalendarView
from app.ui.context import Context
from app.ui.contract.list_page import ContractsPage
from app.ui.contract.page import ContractPage
from app.ui.contract.tab_duties import DutiesTab
from app.ui.lists.view import RecordList
from app.ui.matrix.view import MatrixView
from app.ui.papers.archive_page import DocumentsPage
from app.ui.parts.narrowed import NOTHING_FITS
from app.ui.parts.widgets import Empty
from app.ui.reckoning.as_of import AsOf
from app.ui.rounds.view import RoundsView
from app.ui.targets import ShowContract, ShowToday
from app.ui.today.page import TodayPage

TODAY = date(2026, 4, 20)
NOWHERE = "どこにもない言葉"


def said(shown: QWidget) -> list[Empty]:
    return [one for one in shown.findChildren(Empty) if one.isVisible()]


def widen(shown: QWidget, qtbot: QtBot) -> None:
    """Press the one button of what stands in the place of the list."""
    qtbot.waitUntil(lambda: len(said(shown)) == 1)
    (empty,) = said(shown)
    assert empty.title.text() in (NOTHING_FITS, "見つかりません")
    (back,) = (one for one in empty.findChildren(QPushButton) if one.isVisible())
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not said(shown))


@pytest.fixture
def documents(context: Context, issued: Any, shown: Any, settled: Any, qtbot: QtBot) -> DocumentsPage:
    issued("location-notice", TODAY)
    made: DocumentsPage = shown(DocumentsPage(context))
    made.refresh()
    qtbot.waitUntil(lambda: bool(made.to_make.lines.lines))
    settled()
    return made


@pytest.mark.parametrize("how", ["state", "contract and words", "words"])
def test_documents(documents: DocumentsPage, how: str, qtbot: QtBot) -> None:
    assert not said(documents)
    if how == "state":
        documents.state.setCurrentText("無効")
    else:
        documents.search.setText(NOWHERE)
    if how.startswith("contract"):
        documents.contract.setCurrentIndex(1)
    assert not documents.issued.lines.lines
    widen(documents, qtbot)
    assert documents.issued.lines.lines
    assert (documents.state.currentIndex(), documents.contract.currentIndex()) == (0, 0)
    assert not documents.search.text()


def test_documents_to_make(documents: DocumentsPage, qtbot: QtBot) -> None:
    documents.tabs.setCurrentIndex(1)
    documents.search.setText(NOWHERE)
    widen(documents, qtbot)
    assert documents.to_make.lines.lines


def test_contracts(context: Context, work: Any, shown: Any, qtbot: QtBot) -> None:
    made: ContractsPage = shown(ContractsPage(context))
    made.refresh()
    made.search.setText(NOWHERE)
    widen(made, qtbot)
    assert [one.key for one in made.table.lines.lines] == [work.contract.id]


def test_records(context: Context, work: Any, shown: Any, qtbot: QtBot) -> None:
    del work
    made: RecordList = shown(RecordList(context, SPECS["device"]))
    qtbot.waitUntil(lambda: bool(made.model.ids))
    made.search.setText(NOWHERE)
    widen(made, qtbot)
    assert made.model.ids


def test_duties_of_a_contract(context: Context, work: Any, shown: Any, qtbot: QtBot) -> None:
    page: ContractPage = shown(ContractPage(context, ShowContract(work.contract.id, "duties")))
    page.refresh()
    (tab,) = page.findChildren(DutiesTab)
    qtbot.waitUntil(lambda: bool(tab.table.lines.lines))
    tab.search.setText(NOWHERE)
    qtbot.waitUntil(lambda: not tab.table.lines.lines)
    widen(tab, qtbot)
    assert tab.table.lines.lines


def test_matrix(context: Context, work: Any, shown: Any, reckoned: Any, qtbot: QtBot) -> None:
    del work
    made: MatrixView = shown(MatrixView(context))
    judged(context, made, reckoned)
    absent = next(
        at
        for at in range(1, made.state.count())
        if not made._grid.narrowed(made.state.itemData(at), 0).squares  # type: ignore[union-attr]
    )
    made.state.setCurrentIndex(absent)
    widen(made, qtbot)
    assert made.table.cells.contracts


def test_months(context: Context, work: Any, shown: Any, reckoned: Any, qtbot: QtBot) -> None:
    del work
    made: CalendarView = shown(CalendarView(context))
    judged(context, made, reckoned)
    made.stack.setCurrentIndex(1)
    made.go(made.day.replace(year=2090))
    qtbot.waitUntil(lambda: [one.title.text() for one in said(made)] == ["この月に期限はありません"])
    made.contract.setCurrentIndex(1)
    qtbot.waitUntil(lambda: [one.title.text() for one in said(made)] == [NOTHING_FITS])
    (back,) = (one for one in said(made)[0].findChildren(QPushButton) if one.isVisible())
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert made.contract.currentIndex() == 0


def test_rounds(context: Context, work: Any, shown: Any, qtbot: QtBot) -> None:
    del work
    page: TodayPage = shown(TodayPage(context))
    page.show_target(ShowToday("rounds"))
    page.refresh()
    view = page.view
    assert isinstance(view, RoundsView)
    qtbot.waitUntil(lambda: bool(view.shown))
    view.contract.addItem("別の契約", 99_999)
    view.contract.setCurrentIndex(view.contract.count() - 1)
    widen(view, qtbot)
    assert view.shown


def test_tasks(context: Context, work: Any, shown: Any, qtbot: QtBot) -> None:
    del work
    page: TodayPage = shown(TodayPage(context))
    page.refresh()
    view = page.tasks
    qtbot.waitUntil(lambda: AsOf.of(context).latest is not None)
    view.search.setText(NOWHERE)
    qtbot.waitUntil(lambda: any(one.title.text() == NOTHING_FITS for one in said(view)))
    widen(view, qtbot)
    assert not view.search.text()


def test_kinds_of_duty(shown: Callable[..., Any], qtbot: QtBot) -> None:
    dialog = shown(KindsDialog(()))
    dialog.search.setText(NOWHERE)
    widen(dialog, qtbot)
    assert all(box.isVisible() or box.isVisibleTo(dialog) for box in dialog.boxes.values())


def judged(context: Context, made: Any, reckoned: Any) -> None:
    as_of = AsOf.of(context)
    as_of.ready.connect(made.show_made)
    if (current := as_of.current()) is not None:
        made.show_made(current)
    reckoned()
