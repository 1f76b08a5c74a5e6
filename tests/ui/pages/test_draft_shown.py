"""A draft comes up at once, is drawn once, never looks valid when it is not, and is proof-read there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.exchange.documents import issuing
from app.exchange.documents.composing import get_ready
from app.exchange.documents.issuing import Sketch
from app.printing import render as rendering
from app.printing.proof import reading
from app.printing.proof.reading import Finding, ProofError
from app.records import Location
from app.ui.context import Context
from app.ui.papers.issue_page import IssuePage
from app.ui.papers.making.paper_side import MAKING_ANEW
from app.ui.papers.viewing.page_view import Pages
from app.ui.papers.viewing.pictures import Shown
from app.ui.parts.space.upright import Upright
from app.ui.shell.window import MainWindow
from app.ui.targets import IssueForm


@pytest.fixture
def page(context: Context, shown: Any, work: Any, qtbot: QtBot) -> IssuePage:
    made = IssuePage(context, IssueForm("location-notice", work.contract.id))
    shown(made)
    qtbot.waitUntil(made.issue.isEnabled)
    return made


class Counted:
    """How often something is done."""

    def __init__(self, patched: pytest.MonkeyPatch, owner: Any, name: str) -> None:
        self.times = 0
        self._done = getattr(owner, name)
        held = self

        def counted(*given: Any, **named: Any) -> Any:
            held.times += 1
            return held._done(*given, **named)

        patched.setattr(owner, name, counted)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Callable[[], threading.Event]:
    """From the call on, a draft is made only once the event is set."""

    def closed() -> threading.Event:
        opened, sketch = threading.Event(), issuing.sketch

        def waiting(*given: Any, **named: Any) -> Sketch:
            opened.wait()
            return sketch(*given, **named)

        monkeypatch.setattr(issuing, "sketch", waiting)
        return opened

    return closed


def test_a_page_that_comes_up_is_printed_and_drawn_once(
    context: Context,
    shown: Any,
    work: Any,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    settled: Callable[[], None],
) -> None:
    get_ready()
    window = shown(MainWindow(context))
    window.resize(1366, 768)
    printed = Counted(monkeypatch, rendering, "render")
    drawn = Counted(monkeypatch, Shown, "seen")
    window.open(IssueForm("location-notice", work.contract.id))
    qtbot.waitUntil(window.page.issue.isEnabled)
    qtbot.waitUntil(lambda: window.page.preview.pages.drawn(0))
    settled()
    QApplication.processEvents()
    seen = len(window.page.preview.pages.seen())
    assert (printed.times, drawn.times) == (1, seen)


def test_the_paper_has_its_last_width_from_the_first_moment_it_is_seen(
    context: Context, shown: Any, work: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However soon the draft is there: one drawn for another width is drawn twice."""
    window = shown(MainWindow(context))
    window.resize(1366, 768)
    widths, resized = [], Pages.resizeEvent

    def seen(pages: Pages, event: QResizeEvent) -> None:
        if pages.isVisible():
            widths.append(pages.viewport().width())
        resized(pages, event)

    monkeypatch.setattr(Pages, "resizeEvent", seen)
    window.open(IssueForm("location-notice", work.contract.id))
    at_once = window.page.preview.pages.viewport().width()
    qtbot.waitUntil(window.page.issue.isEnabled)
    qtbot.waitUntil(lambda: window.page.preview.pages.drawn(0))
    assert {*widths, window.page.preview.pages.viewport().width()} == {at_once}


def test_the_draft_is_begun_before_what_is_chosen_is_laid_out(context: Context, work: Any) -> None:
    begun = []
    before = context.operations.run

    def run(*given: Any, **named: Any) -> Any:
        begun.append(named["owner"].findChild(Upright).widget() is None)
        return before(*given, **named)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(context.operations, "run", run)
        made = IssuePage(context, IssueForm("location-notice", work.contract.id))
    assert begun[0]
    made.deleteLater()


def test_what_was_made_of_other_choices_never_looks_valid(
    page: IssuePage, qtbot: QtBot, gate: Callable[[], threading.Event]
) -> None:
    assert page._right.veil.text == ""
    opened = gate()
    page.day.edit.setText("R8.4.3")
    assert page._right.veil.text == MAKING_ANEW
    assert page._right.veil.geometry() == page._right.rect()
    assert not page.issue.isEnabled()
    qtbot.waitUntil(lambda: "作成しています" in page.choices.state.text())
    assert page._right.veil.isVisible()
    assert "令和8年4月3日" not in page.preview.pages.text(0)
    opened.set()
    qtbot.waitUntil(page.issue.isEnabled)
    assert page._right.veil.text == ""
    assert "令和8年4月3日" in page.preview.pages.text(0)


def test_what_another_choice_lacked_does_not_look_valid_either(
    page: IssuePage, qtbot: QtBot, context: Context, gate: Callable[[], threading.Event], work: Any
) -> None:
    place = context.facts().get(Location, work.location.id)
    context.ledger.change(replace(place, lock=""))
    qtbot.waitUntil(lambda: page._right.currentWidget() is page._right.missing)
    assert page.preview.pages.count == 0
    opened = gate()
    context.ledger.change(replace(context.facts().get(Location, work.location.id), lock="電子錠"))
    assert page._right.veil.text == MAKING_ANEW
    opened.set()
    qtbot.waitUntil(page.issue.isEnabled)
    assert page._right.veil.text == ""


def test_a_draft_that_comes_too_late_is_not_shown(
    page: IssuePage, qtbot: QtBot, gate: Callable[[], threading.Event], settled: Callable[[], None]
) -> None:
    opened = gate()
    page.day.edit.setText("R8.4.3")
    qtbot.waitUntil(lambda: "作成しています" in page.choices.state.text())
    page.day.edit.setText("いつか")
    opened.set()
    settled()
    qtbot.waitUntil(lambda: page._right.currentWidget() is page._right.nothing)
    assert page.preview.pages.count == 0
    assert not page.issue.isEnabled()
    assert page.choices.state.text() == ""


def test_a_draft_is_proof_read_once_it_stands_there(
    page: IssuePage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, settled: Callable[[], None]
) -> None:
    settled()
    shown_before: list[bool] = []

    def read(*_given: Any) -> None:
        shown_before.append(page.preview.pages.drawn(0))

    monkeypatch.setattr(reading, "proof_read", read)
    page.day.edit.setText("R8.4.3")
    qtbot.waitUntil(lambda: bool(shown_before))
    settled()
    assert shown_before == [True]


def test_a_fault_that_the_proof_finds_is_said_and_the_paper_is_put_down(
    page: IssuePage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, settled: Callable[[], None]
) -> None:
    settled()

    def read(*_given: Any) -> None:
        raise ProofError([Finding("text", 1, "string 3 of the sheet is missing")])

    monkeypatch.setattr(reading, "proof_read", read)
    with qtbot.captureExceptions() as raised:
        page.day.edit.setText("R8.4.3")
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ProofError
    assert page._right.currentWidget() is page._right.nothing
    assert page.preview.pages.count == 0
    assert not page.issue.isEnabled()
    assert "表示をやめました" in page.notice.text
    monkeypatch.undo()
    page.day.edit.setText("R8.4.4")
    qtbot.waitUntil(page.issue.isEnabled)
    assert page.notice.text == ""
