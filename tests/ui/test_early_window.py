"""The window stands before its ledger is open: it says so, nothing in it works, every refusal arrives."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.common import PeopleError
from app.ledger.access.opening import unlock
from app.ledger.door import Ledger
from app.ledger.errors import InUseError, LedgerError, WrongPassphraseError
from app.records import Facts
from app.start import Product
from app.ui.access.unlock import UnlockPage, remembered
from app.ui.backing import Backing
from app.ui.context import Context, Program
from app.ui.reckoning.assessor import Assessor
from app.ui.shell import app as shell
from app.ui.shell import crash
from app.ui.shell.app import Desk
from app.ui.shell.window import MainWindow
from app.ui.watching import Watching

PASSPHRASE = "ひみつの長い合言葉 2026"


class _Door:
    """Opens a ledger when the test says so."""

    def __init__(self, opening: Callable[[], Ledger]) -> None:
        self._opening = opening
        self.began = threading.Event()
        self.go = threading.Event()

    def __call__(self) -> Ledger:
        self.began.set()
        assert self.go.wait(30)
        return self._opening()


@pytest.fixture
def ended(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each time the run was to end."""
    made: list[int] = []
    monkeypatch.setattr(qapp, "quit", lambda: made.append(1))
    return made


@pytest.fixture
def desk(qapp: QApplication, look: Any, program: Program, dialogs: Any, ended: list[int]) -> Iterator[Desk]:
    del look, ended
    made = Desk(qapp, program, dialogs)
    yield made
    made.end()
    if made.start is not None:
        made.start.hide()
        made.start.deleteLater()
    if made.window is not None:
        made.window.hide()
        made.window.context.close()
        made.window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def door(ledger: Ledger, product: Product) -> Iterator[_Door]:
    """The way into a ledger that is closed for now."""
    path = ledger.path
    ledger.close()
    made = _Door(lambda: product.open(path, unlock(path, PASSPHRASE)))
    yield made
    made.go.set()


def _said(window: MainWindow) -> list[str]:
    return [one.text() for one in window.findChildren(QLabel) if one.isVisible() and one.text()]


def test_until_the_ledger_is_open_the_window_says_so_and_nothing_can_be_pressed(
    desk: Desk, door: _Door, ledger: Ledger, qtbot: QtBot, dialogs: Any
) -> None:
    desk.open(ledger.path, door)
    window = desk.window
    assert window is not None
    qtbot.waitUntil(door.began.is_set)
    assert "台帳を開いています…" in _said(window)
    assert not any(one.isEnabled() for one in window.findChildren(QPushButton) if one.isVisible())
    assert not any("ありません" in text or "0件" in text for text in _said(window))
    window.activateWindow()
    for number in range(5):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.ControlModifier)
    for key in (Qt.Key.Key_F, Qt.Key.Key_K, Qt.Key.Key_Z, Qt.Key.Key_S, Qt.Key.Key_N, Qt.Key.Key_P):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    for key in (Qt.Key.Key_F5, Qt.Key.Key_F1, Qt.Key.Key_Escape, Qt.Key.Key_Return):
        qtbot.keyClick(window, key)
    assert (dialogs.shown, dialogs.asked, dialogs.said) == ([], [], [])
    assert "台帳を開いています…" in _said(window)
    door.go.set()
    qtbot.waitUntil(lambda: window.context.is_open, timeout=10_000)
    qtbot.waitUntil(lambda: not desk.operations.busy, timeout=10_000)
    assert "台帳を開いています…" not in _said(window)
    assert window.page.title() == "きょう"
    assert all(one.isEnabled() for one in window.navigation.rooms)
    assert window.context.ledger.officer == "山田 太郎"


def test_nothing_is_known_of_a_ledger_that_is_not_open(
    program: Program, dialogs: Any, operations: Any, look: Any, ledger: Ledger
) -> None:
    context = Context(program, None, dialogs, operations, look)
    for ask in (lambda: context.ledger, lambda: context.backing, context.facts, context.backups):
        with pytest.raises(RuntimeError, match="not open yet"):
            ask()
    context.take(ledger)
    assert context.ledger is ledger
    with pytest.raises(RuntimeError, match="one ledger"):
        context.take(ledger)
    context.close()


def test_a_context_that_never_got_its_ledger_is_closed_all_the_same(
    program: Program, dialogs: Any, operations: Any, look: Any
) -> None:
    Context(program, None, dialogs, operations, look).close()


@pytest.mark.parametrize("refused", [False, True], ids=["opened", "refused"])
def test_closed_while_it_is_opened_the_window_is_gone_at_once_and_the_ledger_closed(
    desk: Desk,
    door: _Door,
    ledger: Ledger,
    product: Product,
    qtbot: QtBot,
    dialogs: Any,
    ended: list[int],
    refused: bool,
) -> None:
    path = ledger.path
    if refused:
        path.with_name(f"{path.name}-key").write_bytes(b"")
        path.with_name(f"{path.name}-key2").write_bytes(b"")
    desk.open(path, door)
    window = desk.window
    assert window is not None
    qtbot.waitUntil(door.began.is_set)
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not window.isVisible()
    assert ended == [1]
    door.go.set()
    qtbot.waitUntil(lambda: not desk.operations.busy, timeout=10_000)
    assert not window.context.is_open
    assert (desk.refusal, dialogs.said) == (None, [])
    desk.end()
    if not refused:
        # It is closed: whoever comes next finds it free.
        product.open(path, unlock(path, PASSPHRASE)).close()


def test_the_end_of_the_run_closes_a_ledger_that_nobody_was_told_of(
    desk: Desk, door: _Door, ledger: Ledger, product: Product, qtbot: QtBot
) -> None:
    path = ledger.path
    desk.open(path, door)
    qtbot.waitUntil(door.began.is_set)
    door.go.set()
    desk.end()
    product.open(path, unlock(path, PASSPHRASE)).close()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[MainWindow]:
    """Every main window that is built."""
    made: list[MainWindow] = []
    build = MainWindow.__init__

    def counting(self: MainWindow, context: Context) -> None:
        made.append(self)
        build(self, context)

    monkeypatch.setattr(MainWindow, "__init__", counting)
    return made


def _asked(desk: Desk, path: Path) -> UnlockPage:
    desk.begin(path)
    assert desk.start is not None
    return desk.start.unlock


def test_the_main_window_is_built_while_the_passphrase_is_typed_and_seen_with_its_ledger(
    desk: Desk, ledger: Ledger, counted: list[MainWindow], qtbot: QtBot, dialogs: Any
) -> None:
    path = ledger.path
    ledger.close()
    page = _asked(desk, path)
    qtbot.waitUntil(lambda: bool(counted) and not desk.operations.busy, timeout=10_000)
    (built,) = counted
    assert not built.isVisible()
    assert not built.context.is_open
    page.passphrase.edit.setText(PASSPHRASE)
    page.open()
    qtbot.waitUntil(built.isVisible, timeout=10_000)
    assert desk.window is built
    assert counted == [built]
    qtbot.waitUntil(lambda: not desk.operations.busy, timeout=10_000)
    assert built.page.title() == "きょう"
    assert "台帳を開いています…" not in _said(built)
    assert built.context.ledger.officer == "山田 太郎"
    assert dialogs.said == []


def test_whoever_is_quicker_than_that_gets_one_window_as_well(
    desk: Desk, ledger: Ledger, counted: list[MainWindow], qtbot: QtBot
) -> None:
    path = ledger.path
    ledger.close()
    page = _asked(desk, path)
    page.passphrase.edit.setText(PASSPHRASE)
    page.open()
    qtbot.waitUntil(lambda: desk.window is not None, timeout=10_000)
    qtbot.waitUntil(lambda: not desk.operations.busy, timeout=10_000)
    assert counted == [desk.window]


def test_a_window_for_the_passphrase_that_is_closed_leaves_no_other_and_no_ledger_open(
    desk: Desk,
    door: _Door,
    ledger: Ledger,
    product: Product,
    program: Program,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    dialogs: Any,
    ended: list[int],
) -> None:
    path = ledger.path
    monkeypatch.setattr(program.product, "open", lambda _path, _key: door())
    page = _asked(desk, path)
    page.passphrase.edit.setText(PASSPHRASE)
    page.open()
    qtbot.waitUntil(door.began.is_set, timeout=10_000)
    monkeypatch.undo()
    assert desk.start is not None
    with qtbot.waitSignal(desk.start.closed):
        desk.start.close()
    assert ended == [1]
    door.go.set()
    qtbot.waitUntil(lambda: page.ledger is not None, timeout=10_000)
    qtbot.waitUntil(lambda: not desk.operations.busy, timeout=10_000)
    assert desk.window is None
    assert dialogs.said == []
    desk.end()
    # It is closed: whoever comes next finds it free.
    product.open(path, unlock(path, PASSPHRASE)).close()


def test_what_the_ledger_refuses_while_it_is_opened_leaves_the_way_to_ask_again(
    desk: Desk, ledger: Ledger, product: Product, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = ledger.path
    ledger.close()

    def unreadable(_self: Ledger) -> Facts:
        raise PeopleError("台帳のファイルを読めません。")

    page = _asked(desk, path)
    with monkeypatch.context() as broken:
        broken.setattr(Ledger, "facts", unreadable)
        page.passphrase.edit.setText(PASSPHRASE)
        page.open()
        qtbot.waitUntil(lambda: page.notice.text == "台帳のファイルを読めません。", timeout=10_000)
    assert page.ledger is None
    product.open(path, unlock(path, PASSPHRASE)).close()


def test_backups_and_the_check_are_looked_at_once_what_is_due_stands(
    desk: Desk, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    known: list[bool] = []

    def look(_self: object) -> None:
        assert desk.window is not None
        known.append(Assessor.of(desk.window.context).latest is not None)

    monkeypatch.setattr(Backing, "look", look)
    monkeypatch.setattr(Watching, "look", look)
    desk.show(ledger)
    qtbot.waitUntil(lambda: len(known) == 2, timeout=10_000)
    assert known == [True, True]


def test_they_are_looked_at_even_where_what_is_due_cannot_be_reckoned(
    desk: Desk, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, dialogs: Any
) -> None:
    def broken(*_given: Any) -> Any:
        raise PeopleError("判定できません。")

    monkeypatch.setattr("app.work.assessing.assess", broken)
    desk.show(ledger)
    window = desk.window
    assert window is not None
    qtbot.waitUntil(lambda: window.watching.looked, timeout=10_000)
    qtbot.waitUntil(lambda: window.backing.newest is not None, timeout=10_000)
    assert [said for said in dialogs.said if "判定できません" in str(said)] != []


def _in_use(path: Path, product: Product) -> tuple[Ledger, Callable[[], Ledger]]:
    held = product.open(path, unlock(path, PASSPHRASE))
    return held, lambda: product.open(path, held.key)


def test_what_refuses_the_ledger_ends_the_run_and_is_handed_to_whoever_began_it(
    desk: Desk,
    ledger: Ledger,
    product: Product,
    qtbot: QtBot,
    dialogs: Any,
    nobody: None,
    ended: list[int],
) -> None:
    del nobody
    path = ledger.path
    ledger.close()
    held, opening = _in_use(path, product)
    try:
        desk.open(path, opening)
        qtbot.waitUntil(lambda: desk.refusal is not None, timeout=10_000)
    finally:
        held.close()
    assert isinstance(desk.refusal, InUseError)
    assert ended == [1]
    assert dialogs.said == []
    assert desk.window is not None
    assert not desk.window.context.is_open


HOLDING = """
import sys
from pathlib import Path
from app.start import Product

held = Product().open(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
held.close()
"""


def test_a_ledger_that_a_command_holds_is_told_before_the_passphrase(
    desk: Desk, ledger: Ledger, qtbot: QtBot
) -> None:
    path, key = ledger.path, ledger.key.hex()
    ledger.close()
    command = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(path), key],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert command.stdout is not None
    assert command.stdout.readline() == "held\n"
    page = _asked(desk, path)
    try:
        qtbot.waitUntil(lambda: "使用中です" in page.notice.text, timeout=10_000)
        assert page.passphrase.text() == ""
    finally:
        command.communicate()
    assert command.returncode == 0
    qtbot.waitUntil(lambda: not desk.operations.busy, timeout=10_000)


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """No person sits before the screen, whatever the platform of the tests is."""
    monkeypatch.setattr(shell, "looked_on", lambda: False)


@pytest.fixture
def looked_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person sits before the screen."""
    monkeypatch.setattr(shell, "looked_on", lambda: True)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _gone(path: Path) -> None:
    path.unlink()


def _replaced_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _keyless(path: Path) -> None:
    for key in path.parent.glob("*.jutaku-key*"):
        key.write_bytes(b"")


def _other_passphrase(_path: Path) -> None:
    """The file that the passphrase is read from holds another one."""


@pytest.mark.parametrize(
    ("spoil", "passphrase", "said", "rescued"),
    [
        (_other_passphrase, "ちがう合言葉です", "パスフレーズが違います", False),
        (_cut, PASSPHRASE, "", True),
        (_emptied, PASSPHRASE, "中身が空です", True),
        (_gone, PASSPHRASE, "見つかりません", True),
        (_replaced_by_a_folder, PASSPHRASE, "受託台帳のファイルではありません", False),
        (_keyless, PASSPHRASE, "回復コードで開いてください", True),
    ],
    ids=["passphrase", "cut", "empty", "missing", "folder", "keys"],
)
def test_what_refuses_the_ledger_stands_where_the_passphrase_is_asked_for(
    desk: Desk,
    ledger: Ledger,
    product: Product,
    qtbot: QtBot,
    looked_on: None,
    ended: list[int],
    dialogs: Any,
    spoil: Callable[[Path], None],
    passphrase: str,
    said: str,
    rescued: bool,
) -> None:
    del looked_on
    path = ledger.path
    ledger.close()
    spoil(path)
    desk.open(path, lambda: product.open(path, unlock(path, passphrase)))
    qtbot.waitUntil(lambda: desk.start is not None, timeout=10_000)
    start = desk.start
    assert start is not None
    page = start.unlock
    assert start.isVisible()
    assert not [
        one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()
    ]
    assert isinstance(desk.refusal, PeopleError)
    assert page.notice.text == desk.refusal.sentence
    assert said in page.notice.text
    assert page.notice.isVisible()
    assert page.rescue_button.isVisible() is rescued is desk.refusal.by_restoring
    assert (desk.at, ended, dialogs.said) == (path, [], [])
    qtbot.waitUntil(lambda: not desk.operations.busy, timeout=10_000)
    # Closed on it, the run ends with what refused.
    with qtbot.waitSignal(start.closed):
        start.close()
    assert ended == [1]
    assert desk.refusal is not None


def test_a_ledger_in_use_is_told_on_the_screen_and_opens_once_it_is_free(
    desk: Desk, ledger: Ledger, product: Product, qtbot: QtBot, looked_on: None, ended: list[int]
) -> None:
    del looked_on
    path = ledger.path
    ledger.close()
    held, opening = _in_use(path, product)
    try:
        desk.open(path, opening)
        qtbot.waitUntil(lambda: desk.start is not None, timeout=10_000)
    finally:
        held.close()
    start = desk.start
    assert start is not None
    assert "使用中です" in start.unlock.notice.text
    start.unlock.passphrase.edit.setText(PASSPHRASE)
    start.unlock.open()
    qtbot.waitUntil(lambda: desk.window is not None, timeout=10_000)
    qtbot.waitUntil(lambda: not desk.operations.busy, timeout=10_000)
    # It was opened after all: the run does not end as one that was refused.
    assert desk.refusal is None
    assert ended == []


def test_a_computer_that_remembers_the_key_does_not_talk_over_what_refused_it(
    desk: Desk, program: Program, ledger: Ledger, qtbot: QtBot, looked_on: None
) -> None:
    del looked_on
    path = ledger.path
    ledger.close()
    program.preferences.set(**{remembered(path): True})

    def opening() -> Ledger:
        raise WrongPassphraseError

    desk.open(path, opening)
    qtbot.waitUntil(lambda: desk.start is not None, timeout=10_000)
    assert desk.start is not None
    assert not desk.start.opening
    assert desk.start.unlock.notice.text == WrongPassphraseError().sentence


def test_what_nobody_foresaw_is_told_on_the_screen_as_well(
    desk: Desk, ledger: Ledger, qtbot: QtBot, looked_on: None
) -> None:
    del looked_on

    def opening() -> Ledger:
        raise ZeroDivisionError

    desk.open(ledger.path, opening)
    qtbot.waitUntil(lambda: desk.start is not None, timeout=10_000)
    assert desk.start is not None
    assert "予期しない誤り" in desk.start.unlock.notice.text
    assert isinstance(desk.refusal, ZeroDivisionError)


@pytest.mark.parametrize(
    "error",
    [
        WrongPassphraseError(),
        PeopleError("台帳のファイルが壊れています。バックアップから復元してください。"),
        LedgerError("この台帳は新しい版の受託台帳で作成されています。"),
        ZeroDivisionError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_run_raises_whatever_kept_the_ledger_from_being_opened(
    qapp: QApplication,
    program: Program,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    nobody: None,
    error: Exception,
) -> None:
    del nobody
    monkeypatch.setattr(shell, "collect_once_filled", lambda *_given: None)
    monkeypatch.setattr(crash.Faults, "install", lambda _self: None)

    def opening() -> Ledger:
        raise error

    with pytest.raises(type(error)) as raised:
        shell.run(program, tmp_path / "台帳.jutaku", opening)
    assert raised.value is error
    assert not [one for one in qapp.topLevelWidgets() if one.isVisible()]
