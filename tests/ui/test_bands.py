"""What stands above every page of a ledger that can only be read, or whose clock is behind."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ledger.access import connecting
from app.ledger.door import Ledger
from app.ledger.errors import ReadOnlyError
from app.records import Person
from app.start import Product
from app.ui.context import Context, Program
from app.ui.editor.page import EditorPage
from app.ui.operations import Operations
from app.ui.parts.look import Look
from app.ui.parts.widgets import Notice
from app.ui.shell.window import MainWindow
from app.ui.targets import EditRecord, ShowSettings

YEAR = timedelta(days=365)


@pytest.fixture
def moved(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Set the ledger's clock by so much against the machine's."""

    def move(by: timedelta) -> None:
        monkeypatch.setattr(ledger, "_clock", lambda: datetime.now().astimezone() + by)

    return move


@pytest.fixture
def opened(settled: Callable[[], None], qtbot: QtBot) -> Iterator[Callable[[Context], MainWindow]]:
    made: list[MainWindow] = []

    def show(context: Context) -> MainWindow:
        window = MainWindow(context)
        made.append(window)
        window.resize(1200, 760)
        with qtbot.waitExposed(window):
            window.show()
        settled()
        return window

    yield show
    settled()
    for window in made:
        window.hide()
        window.deleteLater()


def come_back(window: MainWindow) -> None:
    QApplication.sendEvent(window.bands, QEvent(QEvent.Type.WindowActivate))


def test_nothing_stands_there_where_nothing_is_wrong(
    context: Context, opened: Callable[[Context], MainWindow]
) -> None:
    window = opened(context)
    assert not window.bands.look_only.isVisible()
    assert not window.bands.clock.isVisible()
    assert window.bands.height() == 0


@pytest.mark.usefixtures("sample")
def test_a_clock_set_back_is_said_until_it_is_right(
    context: Context,
    opened: Callable[[Context], MainWindow],
    moved: Callable[[timedelta], None],
    ledger: Ledger,
) -> None:
    moved(-YEAR)
    window = opened(context)
    band = window.bands.clock
    assert band.isVisible()
    assert re.match(r"PCの日付と時刻（.+）が、台帳の最後の記録（.+）より前です。", band.text)
    ledger.add(Person(name="従事者", employment="社員"))
    assert band.isVisible()
    moved(timedelta(0))
    come_back(window)
    assert not band.isVisible()


@pytest.mark.usefixtures("sample")
def test_a_clock_set_back_while_the_window_is_open_is_said_at_the_next_write(
    context: Context,
    opened: Callable[[Context], MainWindow],
    moved: Callable[[timedelta], None],
    ledger: Ledger,
) -> None:
    window = opened(context)
    moved(-YEAR)
    ledger.add(Person(name="従事者", employment="社員"))
    assert window.bands.clock.isVisible()


def test_the_officer_says_that_the_clock_is_right(
    context: Context,
    opened: Callable[[Context], MainWindow],
    moved: Callable[[timedelta], None],
    ledger: Ledger,
    dialogs: Any,
    qtbot: QtBot,
) -> None:
    moved(10 * YEAR)
    ledger.add(Person(name="従事者", employment="社員"))
    moved(timedelta(0))
    window = opened(context)
    dialogs.answers = [False]
    qtbot.mouseClick(window.bands.right, Qt.MouseButton.LeftButton)
    assert window.bands.clock.isVisible()
    dialogs.answers = [True]
    qtbot.mouseClick(window.bands.right, Qt.MouseButton.LeftButton)
    assert not window.bands.clock.isVisible()
    assert ledger.clock_behind() == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows holds an open file")
@pytest.mark.usefixtures("sample")
def test_a_ledger_that_is_gone_takes_nothing_and_says_so_on_the_page(
    context: Context, opened: Callable[[Context], MainWindow], ledger: Ledger, qtbot: QtBot
) -> None:
    window = opened(context)
    ledger.path.rename(ledger.path.with_name("他.jutaku"))
    window.open(EditRecord("person", context.facts().all(Person)[0].id))
    page = window.page
    assert isinstance(page, EditorPage)
    page.form.boxes["telephone"].input.show_value("03-0000-0001")
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(page.form.notice.text))
    assert "いまの内容は保存していません" in page.form.notice.text
    assert page.form.dirty, "what was typed stays"
    assert context.facts().all(Person)[0].telephone == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows holds an open file")
def test_leaving_a_ledger_that_is_gone_does_not_call_it_saved(
    context: Context,
    opened: Callable[[Context], MainWindow],
    ledger: Ledger,
    dialogs: Any,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = opened(context)
    ledger.add(Person(name="従事者", employment="社員"))
    ledger.path.rename(ledger.path.with_name("他.jutaku"))
    dialogs.answers = [lambda _dialog: qtbot.waitUntil(lambda: bool(window.backing.problem), timeout=10_000)]
    details: list[str] = []

    def ask(text: str, _yes: str, *, detail: str = "", grave: bool = False) -> bool:
        details.append(text + detail)
        return grave

    monkeypatch.setattr(dialogs, "ask", ask)
    with qtbot.waitSignal(window.closed):
        window.close()
    (said,) = details
    assert "元の場所にないか" in said
    assert "保存されています" not in said


@pytest.fixture
def looked_at(
    ledger: Ledger,
    sample: Any,
    program: Program,
    product: Product,
    dialogs: Any,
    operations: Operations,
    look: Look,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Context]:
    """The sample on a medium where nothing can be written."""
    del sample
    ledger.close()

    def locked(_path: Path, _now: datetime) -> None:
        raise ReadOnlyError

    monkeypatch.setattr(connecting, "LedgerLock", locked)
    with Ledger.open(ledger.path, ledger.key, rules=product.rules) as again:
        made = Context(program, again, dialogs, operations, look)
        yield made
        made.close()


def test_a_ledger_that_can_only_be_read_says_so_and_refuses_each_write(
    looked_at: Context, opened: Callable[[Context], MainWindow], qtbot: QtBot
) -> None:
    window = opened(looked_at)
    assert "閲覧のみ" in window.bands.look_only.text
    assert window.bands.look_only.isVisible()
    assert window.banner.text == "", "no backup is tried, and none is missed"
    window.open(EditRecord("person", looked_at.facts().all(Person)[0].id))
    page = window.page
    assert isinstance(page, EditorPage)
    assert not page.save_button.isEnabled()
    assert not page.retire_button.isEnabled()
    assert any(one.isVisible() and "登録も保存もできません" in one.text for one in page.findChildren(Notice))
    page.form.boxes["telephone"].input.show_value("03-0000-0001")
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(page.form.notice.text))
    assert "閲覧だけができます。保存していません" in page.form.notice.text
    assert looked_at.facts().all(Person)[0].telephone == ""


def test_a_ledger_that_can_only_be_read_is_left_without_a_backup(
    looked_at: Context, opened: Callable[[Context], MainWindow], qtbot: QtBot
) -> None:
    window = opened(looked_at)
    window.open(ShowSettings("backup"))
    assert not looked_at.backing.wanted
    with qtbot.waitSignal(window.closed):
        window.close()
