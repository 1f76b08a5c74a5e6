"""A second start: the first window comes up, and says what becomes of the ledger that was named."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.common import PeopleError
from app.ledger.door import Ledger
from app.ui.context import Program
from app.ui.shell import app as shell
from app.ui.shell.app import Desk
from app.ui.system.first import SILENT, First
from app.ui.system.summons import summon


@pytest.fixture
def first(tmp_path: Path, qapp: Any) -> Iterator[First]:
    del qapp
    made = First(tmp_path / "設定")
    assert made.take()
    yield made
    made.release()


def later(folder: Path, path: Path | None, patience: float = 10.0) -> list[PeopleError]:
    """Hand over as a second start does, in a thread of its own; what it was refused with."""
    refused: list[PeopleError] = []

    def run() -> None:
        try:
            First(folder).hand_over(path, patience)
        except PeopleError as error:
            refused.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    threads.append(thread)
    return refused


threads: list[threading.Thread] = []


@pytest.mark.parametrize("named", [None, "C:/Users/髙橋 𠮷子/受託台帳.jutaku"])
def test_the_first_window_is_asked_for_and_told_which_ledger(
    first: First, tmp_path: Path, named: str | None, qtbot: QtBot
) -> None:
    path = Path(named) if named else None
    second = First(tmp_path / "設定")
    assert not second.take()
    assert second._holder() == os.getpid()  # whom Windows lets come up
    first.listen()
    with qtbot.waitSignal(first.wanted, timeout=10_000) as asked:
        refused = later(tmp_path / "設定", path)
    threads.pop().join()
    assert asked.args == [path]
    assert refused == []
    assert [each.name for each in (tmp_path / "設定").iterdir()] == ["window.lock"]


def test_who_was_there_before_the_first_listened_is_heard(first: First, tmp_path: Path, qtbot: QtBot) -> None:
    refused = later(tmp_path / "設定", None)
    qtbot.waitUntil((tmp_path / "設定" / "window.wanted").exists, timeout=10_000)
    with qtbot.waitSignal(first.wanted, timeout=10_000):
        first.listen()
    threads.pop().join()
    assert refused == []


def test_a_first_window_that_does_not_answer_is_told_and_nothing_stays_behind(
    first: First, tmp_path: Path
) -> None:
    with pytest.raises(PeopleError) as told:
        First(tmp_path / "設定").hand_over(None, patience=0)
    assert told.value.sentence == SILENT
    assert [each.name for each in (tmp_path / "設定").iterdir()] == ["window.lock"]
    del first


def test_a_first_window_that_is_just_ending_leaves_its_place_to_the_second(
    first: First, tmp_path: Path
) -> None:
    """Closed and opened again at once: neither a hint at a window that is gone, nor nothing at all."""
    second = First(tmp_path / "設定")
    assert not second.take()
    first.release()
    assert not second.hand_over(Path("x.jutaku"))
    assert [each.name for each in (tmp_path / "設定").iterdir()] == ["window.lock"]
    assert not First(tmp_path / "設定").take()
    second.release()


def test_another_person_and_another_folder_have_a_window_of_their_own(first: First, tmp_path: Path) -> None:
    assert First(tmp_path / "別の人").take()
    del first


@pytest.mark.qt_log_ignore(
    "Got unexpected locking error"
)  # what Qt says on Windows of a path that leads nowhere
def test_where_no_settings_can_be_written_the_window_opens_all_the_same(tmp_path: Path, qapp: Any) -> None:
    (tmp_path / "設定").write_text("no folder", encoding="utf-8")
    made = First(tmp_path / "設定")
    assert made.take()
    made.listen()  # nobody can be heard, and nothing fails
    del qapp


def test_after_the_first_has_ended_the_next_is_the_first(first: First, tmp_path: Path) -> None:
    first.release()
    first.release()
    assert First(tmp_path / "設定").take()


def test_a_note_that_is_none_opens_nothing(first: First, tmp_path: Path) -> None:
    note = tmp_path / "設定" / "window.wanted"
    note.write_text('["x"]', encoding="utf-8")
    heard: list[object] = []
    first.wanted.connect(heard.append)
    first.listen()
    assert not note.exists()
    assert heard == []


HOLD = """
import sys
from pathlib import Path
from app.ui.system.first import First

held = First(Path(sys.argv[1]))
assert held.take()
print("taken", flush=True)
sys.stdin.read()
"""


def test_a_first_that_was_killed_keeps_nobody_away(tmp_path: Path, qapp: Any) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"taken"
        assert not First(tmp_path).take()
        process.kill()
        process.wait()
    assert First(tmp_path).take()
    del qapp


def test_the_second_start_hands_over_and_ends(
    program: Program, monkeypatch: pytest.MonkeyPatch, qapp: Any
) -> None:
    handed: list[Path | None] = []

    def taken(_self: First, path: Path | None) -> bool:
        handed.append(path)
        return True

    monkeypatch.setattr(First, "hand_over", taken)
    held = First(program.preferences.path.parent)
    assert held.take()
    assert shell.run(program, Path("x.jutaku")) == 0
    assert handed == [Path("x.jutaku")]
    held.release()
    del qapp


@pytest.fixture
def desk(qapp: Any, look: Any, program: Program, dialogs: Any) -> Iterator[Desk]:
    del look
    made = Desk(qapp, program, dialogs)
    yield made
    made.end()
    for window in (made.start, made.window):
        if window is not None:
            window.hide()
            window.deleteLater()


@pytest.fixture
def opened(desk: Desk, ledger: Ledger, qtbot: QtBot) -> Desk:
    """A desk with its ledger open and its first backup made."""
    desk.show(ledger)
    window = desk.window
    assert window is not None
    qtbot.waitUntil(lambda: window.context.backing.newest is not None, timeout=10_000)
    qtbot.waitUntil(lambda: not desk.operations.busy, timeout=10_000)
    return desk


@pytest.fixture
def other(tmp_path: Path, product: Any) -> Path:
    from app.ledger.secret.keys import Cost

    made, _code = product.create(
        tmp_path / "他市.jutaku", "ちがう 長い 合言葉 77", "山田 太郎", Cost(64, 1, 1)
    )
    made.close()
    path: Path = made.path
    return path


def test_the_same_ledger_only_comes_to_the_front(opened: Desk, dialogs: Any) -> None:
    window = opened.window
    assert window is not None
    window.showMinimized()
    summon(opened, None)
    assert not window.isMinimized()
    summon(opened, opened.at)
    summon(opened, opened.at.parent / "." / opened.at.name if opened.at else None)
    assert dialogs.asked == []
    assert dialogs.said == []


def test_another_ledger_is_opened_if_one_says_so(
    opened: Desk, other: Path, dialogs: Any, qtbot: QtBot
) -> None:
    before = opened._ledger
    dialogs.answers = [False]
    summon(opened, other)
    assert dialogs.asked == ["「他市.jutaku」を開きますか？"]
    assert opened._ledger is before
    dialogs.answers = [True]
    summon(opened, other)
    qtbot.waitUntil(lambda: opened.start is not None, timeout=10_000)
    assert opened.window is None
    assert opened.at == other
    assert opened.start is not None
    assert opened.start.unlock.path == other


def test_while_a_key_is_asked_for_another_ledger_takes_its_place(
    desk: Desk, ledger: Ledger, other: Path, dialogs: Any
) -> None:
    ledger.close()
    desk.begin(ledger.path)
    dialogs.answers = [True]
    summon(desk, other)
    assert desk.at == other


def test_a_ledger_that_is_being_opened_is_not_taken_for_another(
    desk: Desk, ledger: Ledger, other: Path, dialogs: Any
) -> None:
    """Else the settings would name one ledger and hold what was said of the other."""
    ledger.close()
    desk.begin(ledger.path)
    assert desk.start is not None
    desk.start.unlock._busy(True)
    dialogs.answers = [True]
    summon(desk, other)
    assert desk.at == ledger.path
    assert "いま開いている台帳を待って" in dialogs.said[0]
    desk.start.unlock._busy(False)


def test_a_new_ledger_under_way_is_not_left_for_another(desk: Desk, other: Path, dialogs: Any) -> None:
    desk.begin(None)
    summon(desk, other)
    assert dialogs.asked == []
    assert len(dialogs.said) == 1
    assert "新しい台帳の作成を終えてから" in dialogs.said[0]


def test_a_question_is_answered_before_another_ledger_is_opened(
    opened: Desk, other: Path, dialogs: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = QDialog()
    qtbot.addWidget(box)
    monkeypatch.setattr("app.ui.system.summons.QApplication.activeModalWidget", lambda: box)
    summon(opened, other)
    assert dialogs.asked == []
    assert "まだ開いていません" in dialogs.said[0]


class Manager:
    """What the system says of the end of the session."""

    def __init__(self, *, interaction: bool) -> None:
        self.allowsInteraction = lambda: interaction
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


@pytest.mark.parametrize(("settled", "cancelled"), [(True, False), (False, True)])
def test_the_end_of_the_session_waits_for_what_is_not_saved(
    opened: Desk, settled: bool, cancelled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened.window, "edits_settled", lambda: settled)
    manager: Any = Manager(interaction=True)
    opened.saving_session(manager)
    assert manager.cancelled is cancelled


def test_a_session_that_takes_no_answer_ends_without_a_question(
    opened: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened.window, "edits_settled", lambda: pytest.fail("asked"))
    manager: Any = Manager(interaction=False)
    opened.saving_session(manager)
    assert not manager.cancelled


def test_at_the_end_of_the_session_nothing_stays_beside_the_ledger(opened: Desk, ledger: Ledger) -> None:
    opened.end()
    opened.end()
    beside = {each.name for each in ledger.path.parent.iterdir()}
    assert not {f"{ledger.path.name}.user", f"{ledger.path.name}-wal"} & beside
    assert opened.program.preferences.text("window")
