"""A whole run: from the start window to the closed ledger, and pictures of the screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.common import Cancelled, PeopleError, Progress
from app.ledger.access.opening import unlock
from app.ledger.door import Ledger
from app.ledger.proof import identity
from app.ledger.secret.keys import Cost, key_paths
from app.start import Product
from app.ui.access.tries import FREE, Tries
from app.ui.context import Context, Program
from app.ui.shell.app import Desk, last_used
from app.ui.shell.shots import save_screens, targets
from app.ui.shell.start_window import StartWindow
from app.ui.shell.window import MainWindow

Settle = Callable[[], None]
PASSPHRASE = "ひみつの長い合言葉 2026"


@pytest.fixture
def desk(qapp: QApplication, look: Any, program: Program, dialogs: Any) -> Iterator[Desk]:
    del look
    made = Desk(qapp, program, dialogs)
    yield made
    made.end()
    for window in (made.start, made.window):
        if window is not None:
            window.hide()
            window.deleteLater()


def test_from_the_passphrase_to_the_closed_ledger(
    desk: Desk, ledger: Ledger, product: Product, dialogs: Any, qtbot: QtBot, program: Program
) -> None:
    path = ledger.path
    ledger.close()
    desk.begin(path)
    start = desk.start
    assert isinstance(start, StartWindow)
    start.unlock.passphrase.edit.setFocus()
    qtbot.waitUntil(start.unlock.passphrase.edit.hasFocus)
    qtbot.keyClick(start.unlock.passphrase.edit, "q", Qt.KeyboardModifier.AltModifier)
    assert start.unlock.passphrase.edit.text() == ""
    start.unlock.passphrase.edit.setText(PASSPHRASE)
    start.unlock.open()
    qtbot.waitUntil(lambda: desk.window is not None, timeout=10_000)
    window = desk.window
    assert isinstance(window, MainWindow)
    assert desk.start is None
    qtbot.waitUntil(lambda: window.context.backing.newest is not None, timeout=10_000)
    qtbot.waitUntil(lambda: not desk.operations.busy, timeout=10_000)
    with qtbot.waitSignal(window.closed, timeout=10_000):
        window.close()
    desk.end()
    with product.open(path, unlock(path, PASSPHRASE)) as again:
        assert again.officer == "山田 太郎"
    assert last_used(program) == path
    assert dialogs.said == []


def test_what_was_found_on_the_way_in_is_said(
    desk: Desk, ledger: Ledger, dialogs: Any, qtbot: QtBot, product: Product
) -> None:
    path, paths = ledger.path, key_paths(ledger.path)
    old = [file.read_bytes() for file in paths]
    ledger.change_passphrase("あたらしい 青い 自転車", cost=Cost(memory=64, passes=1, lanes=1))
    ledger.close()
    for file, held in zip(paths, old, strict=True):
        file.write_bytes(held)
    tries = Tries(desk.program.preferences, path, desk.program.now)
    for _ in range(FREE):
        tries.wrong()
    desk.show(product.open(path, unlock(path, PASSPHRASE)))
    qtbot.waitUntil(lambda: len(dialogs.said) == 2, timeout=10_000)
    assert "最後に決めたパスフレーズの鍵ファイルに戻しました" in dialogs.said[0]
    assert "3回入力されました" in dialogs.said[1]
    opened = desk.window.context.ledger if desk.window else None
    assert opened is not None
    assert identity.has_deed(opened._connection, "wrong tries")
    assert opened.verify().ok
    qtbot.waitUntil(lambda: not desk.operations.busy, timeout=10_000)


def test_without_a_ledger_the_first_run_begins(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program
) -> None:
    monkeypatch.setenv("JUTAKU_HOME", str(tmp_path / "home"))
    assert last_used(program) is None
    desk.begin(None)
    assert desk.start is not None
    assert desk.start.wizard is not None
    assert desk.start.wizard.step.heading == "担当者"


def test_a_ledger_that_was_moved_away_is_missing_and_no_reason_to_make_a_new_one(
    desk: Desk, program: Program, tmp_path: Path
) -> None:
    program.preferences.set(ledger=str(tmp_path / "ない.jutaku"))
    desk.begin(last_used(program))
    assert desk.start is not None
    assert desk.start.wizard is None
    assert desk.start.unlock.notice.text == (
        "台帳「ない.jutaku」が見つかりません。保存場所を確かめて選び直してください。"
    )


def test_a_failure_for_people_is_told_and_a_fault_is_raised(desk: Desk, dialogs: Any) -> None:
    desk._failed(PeopleError("ディスクの空きが足りません。"))
    assert dialogs.said == ["ディスクの空きが足りません。"]
    with pytest.raises(ZeroDivisionError):
        desk._failed(ZeroDivisionError())


def test_every_main_screen_has_its_picture(context: Context, sample: Any, tmp_path: Path) -> None:
    paths = save_screens(context, tmp_path, (1000, 640), mark="-test")
    assert len(paths) == len(list(targets(context)))
    for path in paths:
        assert path.name.endswith("-test.png")
        image = QImage(str(path))
        assert (image.width(), image.height()) == (1000, 640)
        colours = {image.pixel(x, y) for x in range(0, 1000, 9) for y in range(0, 640, 9)}
        assert len(colours) > 3
    del sample


def test_taking_pictures_can_be_stopped(context: Context, sample: Any, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        save_screens(context, tmp_path, progress=progress)
    assert list(tmp_path.glob("*.png")) == []
    del sample


def test_a_place_that_takes_no_pictures_is_one_sentence(
    context: Context, sample: Any, tmp_path: Path
) -> None:
    with pytest.raises(PeopleError, match="保存できません"):
        save_screens(context, tmp_path / "ない")
    del sample
