"""Whatever takes the keyboard has a name to be read out, and nothing is cut at 1366 × 768 and 150 %."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.ui.context import Context
from app.ui.contract.list_page import ContractsPage
from app.ui.contract.page import ContractPage
from app.ui.duties.signing import SigningDialog, unsigned
from app.ui.page import Page
from app.ui.papers.archive_page import DocumentsPage
from app.ui.papers.issue_page import IssuePage
from app.ui.papers.paper_page import DocumentPage
from app.ui.parts.tables.lines_table import LinesTable
from app.ui.targets import IssueForm, ShowContract, ShowDocument, ShowToday
from app.ui.today.page import TodayPage

START = date(2026, 4, 1)
NARROW = QSize(855, 455)
"""What a page has of a screen of 1366 × 768 at 150 %, beside the strip and above the line of progress."""


Opening = Callable[[Context, int, int], Page]
"""Makes a page: a contract and a document are there to be shown."""


def looking(view: str) -> Opening:
    """きょう in one of its views."""

    def make(context: Context, _contract: int, _document: int) -> TodayPage:
        made = TodayPage(context)
        made.show_target(ShowToday(view))
        return made

    return make


def at_tab(tab: str) -> Opening:
    """A contract at one of its tabs."""
    return lambda context, contract, _document: ContractPage(context, ShowContract(contract, tab))


PAGES: dict[str, Opening] = {
    "today": lambda context, _contract, _document: TodayPage(context),
    **{f"today-{view}": looking(view) for view in ("calendar", "matrix")},
    "contracts": lambda context, _contract, _document: ContractsPage(context),
    **{
        f"contract-{tab}": at_tab(tab)
        for tab in ("tasks", "clauses", "duties", "people", "places", "devices", "assets", "trainings")
    },
    "documents": lambda context, _contract, _document: DocumentsPage(context),
    "document": lambda context, _contract, document: DocumentPage(context, ShowDocument(document)),
    "issue": lambda context, contract, _document: IssuePage(context, IssueForm("oath", contract)),
}


@pytest.fixture
def page(
    context: Context, work: Any, issued: Any, shown: Any, settled: Any, qtbot: QtBot
) -> Callable[[str], Page]:
    document = issued("location-notice", START, START)

    def make(name: str) -> Page:
        made = PAGES[name](context, work.contract.id, document.id)
        shown(made, NARROW.width(), NARROW.height())
        made.refresh()
        qtbot.wait(60)
        settled()
        qtbot.wait(60)
        settled()
        return made

    return make


def nameless(widget: QWidget) -> list[str]:
    """What takes the keyboard without a name; the inner parts of a scroll area go by its own."""
    return [
        f"{type(one).__name__} in {type(one.parentWidget()).__name__}"
        for one in widget.findChildren(QWidget)
        if one.isVisible()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not one.accessibleName()
        and not (isinstance(one, QPushButton) and one.text())
        and one.objectName() not in ("qt_scrollarea_viewport", "ScrollLeftButton", "ScrollRightButton")
    ]


@pytest.mark.parametrize("name", PAGES)
def test_everything_that_takes_the_keyboard_has_a_name(name: str, page: Any) -> None:
    made = page(name)
    assert nameless(made) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_button_is_cut_on_a_small_screen_at_150_percent(name: str, page: Any) -> None:
    made = page(name)
    assert made.width() == NARROW.width(), "the page asks for more room than the screen has"
    for one in made.findChildren(QPushButton):
        if one.isVisible():
            assert one.width() >= one.minimumSizeHint().width(), one.text()
            assert one.height() >= one.minimumSizeHint().height() - 1, one.text()


@pytest.mark.parametrize("name", PAGES)
def test_no_page_must_be_pushed_sideways_to_be_read(name: str, page: Any) -> None:
    made = page(name)
    for area in made.findChildren(QScrollArea):
        if area.isVisible():
            assert area.horizontalScrollBar().maximum() == 0, area.accessibleName()


SHORT = ("文書番号", "発行日", "状態", "期限", "条項", "従事期間", "使用期間", "履行期間", "番号", "残")


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("today", "issue", "document")])
def test_numbers_days_and_states_are_never_cut(name: str, page: Any) -> None:
    for table in page(name).findChildren(LinesTable):
        lines = table.lines
        for at, column in enumerate(lines.columns):
            for one in lines.lines if column.title in SHORT else ():
                text = one.cells[at].text
                assert table.fontMetrics().horizontalAdvance(text) + 12 <= table.columnWidth(at), text


def test_open_grounds_fit_the_small_screen_too(page: Any, qtbot: QtBot) -> None:
    made = page("today")
    for row in made.list.rows():
        row.open(True)

    def cut() -> list[str]:
        return [
            one.accessibleName()
            for one in made.findChildren(QLabel)
            if one.isVisible() and one.wordWrap() and one.height() < one.heightForWidth(one.width()) - 2
        ]

    qtbot.waitUntil(lambda: cut() == [])
    assert made.list.horizontalScrollBar().maximum() == 0
    assert nameless(made) == []


def test_all_tabs_of_a_contract_are_in_sight(page: Any) -> None:
    bar = page("contract-tasks").findChild(QTabBar)
    assert bar.tabRect(bar.count() - 1).right() <= bar.width()


def test_the_dialog_of_signatures_is_named(context: Context, work: Any, qtbot: QtBot) -> None:
    waiting = unsigned(context.facts(), work.contract.id, date(2026, 4, 20))
    dialog = SigningDialog(context, work.contract.id, waiting)
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == []
    assert len(dialog.boxes) == 2
