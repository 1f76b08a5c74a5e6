"""What happens around the first paint: the worker waits for it, and a broken catalogue ends the run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NoReturn

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.common import PeopleError
from app.ledger.door import Ledger
from app.start import Product
from app.ui.context import Program
from app.ui.operations import Operations
from app.ui.shell.app import Desk
from app.ui.shell.first_paint import FirstSight


class _Painted(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def paintEvent(self, event: Any) -> None:
        self.times += 1
        super().paintEvent(event)


class _Broken(Product):
    """A product whose annexes cannot be read."""

    @property
    def catalogue(self) -> NoReturn:
        raise PeopleError("特記事項のファイルを読めません。入れ直してください。")


@pytest.fixture
def desk(qapp: QApplication, program: Program, dialogs: Any, ledger: Ledger) -> Iterator[Desk]:
    """The desk of a program with a broken product."""
    made = Desk(qapp, replace(program, product=_Broken()), dialogs)
    yield made
    if made.window is not None:
        made.window.hide()
        made.window.context.close()
        made.window.deleteLater()
    made.end()
    qapp.processEvents()


def test_it_is_told_once_and_after_the_window_is_painted(qtbot: QtBot) -> None:
    window = _Painted()
    qtbot.addWidget(window)
    told: list[int] = []
    window.show()
    FirstSight(window, lambda: told.append(window.times))
    qtbot.waitUntil(lambda: bool(told))
    window.hide()
    window.show()
    qtbot.waitUntil(lambda: window.times > told[0])
    QApplication.processEvents()
    assert len(told) == 1
    assert told[0] >= 1


def test_a_held_worker_begins_nothing_until_it_is_released(qtbot: QtBot, operations: Operations) -> None:
    began = threading.Event()
    done: list[None] = []
    operations.hold()
    operations.run(lambda _progress: began.set(), done.append)
    assert not began.wait(0.05)
    assert operations.busy
    operations.release()
    qtbot.waitUntil(lambda: bool(done))
    assert began.is_set()


def test_a_held_worker_can_be_stopped(qapp: QApplication) -> None:
    made = Operations(lambda _error: None)
    began = threading.Event()
    made.hold()
    made.run(lambda _progress: began.set(), lambda _done: None)
    made.stop()
    assert not began.is_set()
    assert not any(thread.is_alive() for thread in made._threads)


def test_a_catalogue_that_cannot_be_read_is_told_once_and_ends_the_run(
    qtbot: QtBot, desk: Desk, dialogs: Any, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(desk._app, "quit", lambda: ended.append(1))
    desk.show(ledger)
    qtbot.waitUntil(lambda: bool(ended))
    qtbot.waitUntil(lambda: not desk.operations.busy)
    assert dialogs.said == ["特記事項のファイルを読めません。入れ直してください。"]
