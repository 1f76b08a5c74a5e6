"""A backup never makes anybody wait: it has a worker of its own, and what it holds nobody else needs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.common import Progress
from app.ledger.copies import backup as making
from app.ledger.copies.manifests import backups
from app.ui.context import Context
from app.ui.operations import Lane, Operations
from app.ui.shell.progress import ProgressLine
from app.ui.shell.window import MainWindow

Show = Callable[..., Any]


class Gate:
    """Where a backup stands still, half made, until it is let go or cancelled."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.open = threading.Event()

    def __call__(self, progress: Progress) -> None:
        self.reached.set()
        while not self.open.wait(0.01):
            progress.step(0, 0)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made, prove = Gate(), making._prove

    def held(path: Path, key: bytes, now: Any, progress: Progress) -> Any:
        made(progress)
        return prove(path, key, now, progress)

    monkeypatch.setattr(making, "_prove", held)
    yield made
    made.open.set()


@pytest.fixture
def window(context: Context, sample: Any, shown: Show, gate: Gate, qtbot: QtBot) -> MainWindow:
    """The window with the backup of its day held half-way."""
    del sample
    made: MainWindow = shown(MainWindow(context))
    qtbot.waitUntil(gate.reached.is_set)
    return made


def test_lanes_run_beside_each_other_and_each_keeps_its_order(operations: Operations, qtbot: QtBot) -> None:
    gates = {lane: threading.Event() for lane in Lane}
    answers: list[tuple[Lane, int]] = []
    for lane in Lane:
        operations.run(lambda _progress, lane=lane: gates[lane].wait(5), lambda _answer: None, lane=lane)  # type: ignore[misc]  # bound now
        for number in range(3):
            operations.run(
                lambda _progress, lane=lane, number=number: (lane, number),  # type: ignore[misc]  # bound now
                answers.append,
                lane=lane,
            )
    for lane in (Lane.WORK, Lane.COPIES):
        gates[lane].set()
        qtbot.waitUntil(lambda lane=lane: (lane, 2) in answers)  # type: ignore[misc]  # bound now
    assert answers == [(lane, number) for lane in (Lane.WORK, Lane.COPIES) for number in range(3)]


def test_a_change_is_answered_while_a_backup_is_under_way(
    window: MainWindow, context: Context, gate: Gate, sample: Any, qtbot: QtBot
) -> None:
    heard: list[Any] = []
    context.changed.connect(heard.append)
    context.ledger.change(replace(sample.person, department="総務課"))
    answers: list[str] = []
    context.operations.run(
        lambda _progress: context.facts().all(type(sample.person))[0].department, answers.append
    )
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["総務課"]
    assert heard
    assert window.backing.running is not None
    assert not gate.open.is_set()


def test_the_backup_that_began_before_a_change_says_what_it_lacks(
    window: MainWindow, context: Context, gate: Gate, sample: Any, qtbot: QtBot
) -> None:
    context.ledger.change(replace(sample.person, department="総務課"))
    gate.open.set()
    qtbot.waitUntil(lambda: not context.operations.busy, timeout=10_000)
    assert window.backing.behind == 1
    assert "以後の変更 1件" in window.backing.state
    assert window.backing.wanted


def test_a_cancelled_backup_ends_at_once_and_leaves_nothing(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    line = window.statusBar().findChild(ProgressLine)
    assert line is not None
    qtbot.waitUntil(line.isVisible)
    qtbot.mouseClick(line.findChild(QPushButton), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not context.operations.busy)
    assert list(context.backups().iterdir()) == []
    assert window.backing.newest is None
    assert window.backing.running is None


def test_closing_waits_for_the_backup_under_way_and_makes_no_second(
    window: MainWindow, context: Context, gate: Gate, dialogs: Any, qtbot: QtBot
) -> None:
    def wait(dialog: Any) -> None:
        gate.open.set()
        qtbot.waitUntil(lambda: dialog.result() == 1, timeout=10_000)

    dialogs.answers.append(wait)
    with qtbot.waitSignal(window.closed, timeout=15_000):
        window.close()
    assert len(backups(context.backups())) == 1


def test_closing_makes_one_more_that_holds_the_last_change(
    window: MainWindow, context: Context, gate: Gate, sample: Any, dialogs: Any, qtbot: QtBot
) -> None:
    context.ledger.change(replace(sample.person, department="総務課"))

    def wait(dialog: Any) -> None:
        gate.open.set()
        qtbot.waitUntil(lambda: dialog.result() == 1, timeout=10_000)

    dialogs.answers += [wait, wait]
    with qtbot.waitSignal(window.closed, timeout=15_000):
        window.close()
    assert len(backups(context.backups())) == 2
    assert not window.backing.wanted


def test_closing_without_it_stops_it_and_leaves_nothing(
    window: MainWindow, context: Context, gate: Gate, dialogs: Any, qtbot: QtBot
) -> None:
    dialogs.answers.append(lambda dialog: dialog.reject())
    with qtbot.waitSignal(window.closed, timeout=15_000):
        window.close()
    qtbot.waitUntil(lambda: not context.operations.busy)
    assert not gate.open.is_set()
    assert list(context.backups().iterdir()) == []


def test_what_was_just_asked_for_is_what_can_be_stopped(operations: Operations, qtbot: QtBot) -> None:
    line = ProgressLine(operations)
    qtbot.addWidget(line)
    gates = [threading.Event(), threading.Event()]
    copy = operations.run(lambda _p: gates[0].wait(5), lambda _a: None, title="写し", lane=Lane.COPIES)
    asked = operations.run(lambda _p: gates[1].wait(5), lambda _a: None, title="書類")
    qtbot.mouseClick(line.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert asked.progress.stopped
    assert not copy.progress.stopped
    for one in gates:
        one.set()
    qtbot.waitUntil(lambda: not operations.busy)
