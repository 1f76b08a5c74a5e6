"""Before anything is judged nothing looks judged: no nought, no －, no calm word, and it is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QProgressBar, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from app.annexes.kinds import State
from app.records import Submission
from app.ui.context import Context
from app.ui.parts.tables.lines_table import LinesTable
from app.ui.reckoning.as_of import AsOf
from app.ui.reckoning.assessor import Assessor
from app.ui.reckoning.waiting import UNKNOWN, WAITING
from app.ui.shell.window import MainWindow
from app.ui.targets import ShowContract, ShowContracts, ShowDocument, ShowDocuments, ShowToday, Target
from app.ui.today.headline import Headline
from app.work.states import URGENT, mark

Show = Callable[..., Any]
Settle = Callable[[], None]
CALM = re.compile(r"まだありません|[ともの務]はありません|不要|\b0件|－|○")
TABS = ("tasks", "clauses", "duties", "people", "places", "devices", "assets", "trainings", "documents")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """No assessment is made until the patch is taken back."""
    with monkeypatch.context() as patched:
        patched.setattr(Assessor, "_reckon", lambda *_given: None)
        patched.setattr(AsOf, "_reckon", lambda *_given: None)
        yield patched


@pytest.fixture
def paper(issued: Callable[..., Submission]) -> Submission:
    """A document that was handed in: it may no longer say what the ledger says."""
    return issued("oath", date(2026, 4, 3), date(2026, 4, 3))


@pytest.fixture
def window(held: Any, paper: Submission, context: Context, shown: Show, settled: Settle) -> MainWindow:
    del held, paper
    made: MainWindow = shown(MainWindow(context))
    settled()
    return made


def places(context: Context, contract: int, paper: int) -> Iterator[tuple[str, Target]]:
    """Every place where something judged stands."""
    for view in ("calendar", "matrix", "tasks"):
        yield f"today {view}", ShowToday(view)
    yield "contracts", ShowContracts()
    for tab in TABS:
        yield f"contract {tab}", ShowContract(contract, tab)
    yield "documents", ShowDocuments()
    yield "document", ShowDocument(paper)


def said(window: MainWindow) -> list[str]:
    """What is read on the page and in its tables; not what its buttons and columns are called."""
    page = window.page
    texts = [
        getattr(one, "plain", one.text())
        for one in page.findChildren(QLabel)
        if one.isVisible() and one.text() and not isinstance(one.parent(), QPushButton)
    ]
    for table in (one for one in page.findChildren(LinesTable) if one.isVisible()):
        texts += [cell.text for line in table.lines.lines for cell in line.cells]
    return texts


def named(button: QPushButton) -> bool:
    """Whether something stands on a button: an empty one is a stray white box."""
    return bool(button.text()) or not button.icon().isNull() or isinstance(button, Headline)


def asks(window: MainWindow) -> bool:
    return any(word in text for text in said(window) for word in ("確認しています", "確認中"))


def test_nothing_looks_judged_before_it_is(
    window: MainWindow, work: Any, paper: Submission, settled: Settle, held: Any, qtbot: QtBot
) -> None:
    context, found = window.context, list(places(window.context, work.contract.id, paper.id))
    for name, target in found:
        window.open(target)
        settled()
        QApplication.processEvents()
        assert asks(window), name
        for number in window.page.findChildren(Headline):
            assert number._number.text() == UNKNOWN, name
            assert WAITING in number.accessibleName()
        assert not any(one.isVisible() for one in window.page.findChildren(QProgressBar)), name
        boxes = [one for one in window.page.findChildren(QComboBox) if one.isVisible()]
        assert all(one.currentText() for one in boxes), name
        assert all(named(one) for one in window.page.findChildren(QPushButton) if one.isVisible()), name
        legend = {mark(state).text for state in State} if name == "today matrix" else set()
        judged = [text for text in said(window) if CALM.search(text) and text not in legend]
        if not name.startswith("contract ") or name.split()[1] in ("tasks", "clauses", "duties", "documents"):
            assert not judged, name
    held.undo()
    Assessor.of(context)._reckon()
    qtbot.waitUntil(lambda: Assessor.of(context).latest is not None, timeout=15_000)
    for name, target in found:
        window.open(target)
        settled()
        QApplication.processEvents()
        assert not asks(window), name


def test_the_list_of_contracts_says_of_each_that_it_is_not_known_yet(
    window: MainWindow, held: Any, settled: Settle, qtbot: QtBot
) -> None:
    window.open(ShowContracts())
    table = window.page.findChild(LinesTable)
    assert table is not None
    (line,) = table.lines.lines
    assert [cell.text for cell in line.cells[2:-2]] == [UNKNOWN] * (len(URGENT) + 1)
    held.undo()
    Assessor.of(window.context)._reckon()
    qtbot.waitUntil(lambda: Assessor.of(window.context).latest is not None, timeout=15_000)
    settled()
    (line,) = table.lines.lines
    assert UNKNOWN not in [cell.text for cell in line.cells]
    assert line.cells[-3].text.isdecimal()


def test_documents_to_be_made_are_not_called_needless_before_that_is_known(
    window: MainWindow, settled: Settle
) -> None:
    window.open(ShowDocuments())
    tabs = window.page.findChild(QTabBar)
    assert tabs is not None
    tabs.setCurrentIndex(1)
    settled()
    assert [text for text in said(window) if CALM.search(text)] == []
    assert asks(window)


def test_a_document_not_judged_yet_is_found_under_every_state(window: MainWindow, settled: Settle) -> None:
    window.open(ShowDocuments())
    page: Any = window.page
    for word in ("受理済み", "提出済み", "現況と相違"):
        page.state.setCurrentIndex(page.state.findData(word))
        settled()
        assert len(page.issued.lines.lines) == 1


@pytest.mark.parametrize("view", ["tasks", "calendar", "rounds", "matrix"])
def test_another_day_takes_away_what_was_judged_for_the_former(
    view: str,
    context: Context,
    work: Any,
    shown: Show,
    settled: Settle,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else the numbers of today would stand under the date of another day."""
    window: MainWindow = shown(MainWindow(context))
    qtbot.waitUntil(lambda: Assessor.of(context).latest is not None, timeout=15_000)
    window.open(ShowToday(view))
    settled()
    assert not asks(window)
    later = context.today() + timedelta(days=400)
    with monkeypatch.context() as patched:
        patched.setattr(AsOf, "_reckon", lambda *_given: None)
        AsOf.of(context).choose(later)
        settled()
        assert asks(window)
        assert all(
            one._number.text() == UNKNOWN for one in window.page.findChildren(Headline) if one.isVisible()
        )
        window.open(ShowContract(work.contract.id))
        settled()
        assert asks(window)
    AsOf.of(context)._reckon()
    settled()
    assert not asks(window)
    window.back()
    settled()
    assert not asks(window)
