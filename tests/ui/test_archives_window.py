"""The whole ledger out by clicks and in again: from the settings, and where there is no ledger yet."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.exchange.archive import age
from app.exchange.archive.archiving import archive
from app.exchange.archive.words import PLAIN
from app.ledger.access.opening import unlock
from app.ledger.door import Ledger
from app.ui.archives.dialog import NEW_SHEET, TITLE, UnarchiveDialog
from app.ui.context import Context, Program
from app.ui.operations import Operations
from app.ui.restoring.dialog import Around
from app.ui.settings.archives import ArchiveSection, archive_name
from app.ui.shell.app import Desk
from tests.ui.conftest import NOW, PASSPHRASE, TODAY

SEALING = "書庫の 合言葉は 青い傘"
OTHER = "べつの合言葉を決めました"


@pytest.fixture(autouse=True)
def easily_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age, "WORK", 4)


@pytest.fixture
def section(context: Context, qtbot: QtBot) -> ArchiveSection:
    made = ArchiveSection(context)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def around(context: Context) -> Around:
    return Around(context.program, context.look, context.dialogs, context.operations)


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


def press(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def wait(qtbot: QtBot, operations: Operations) -> None:
    qtbot.waitUntil(lambda: not operations.busy)


def type_twice(new: Any, text: str) -> None:
    new.first.edit.setText(text)
    new.second.edit.setText(text)


def parts(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as packed:
        return set(packed.namelist())


def test_a_passphrase_is_wanted_first(
    section: ArchiveSection, context: Context, dialogs: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    assert not section.out_button.isEnabled()
    assert "パスフレーズを入力" in section.lacking.plain
    section.new.first.edit.setText("12345678")
    assert "使えません" in section.lacking.plain
    type_twice(section.new, SEALING)
    out = tmp_path / "全体"
    dialogs.answers = [out]
    press(qtbot, section.out_button)
    wait(qtbot, context.operations)
    assert dialogs.asked == [f"アーカイブを書き出す：{archive_name(context.ledger.path, TODAY)}"]
    assert parts(out.with_suffix(".zip")) == {"README.txt", "archive.zip.age"}
    assert "暗号化して書き出し、読み直して確かめました" in section.notice.text
    assert section.new.first.text() == ""
    assert not section.out_button.isEnabled()


def test_what_anybody_can_read_is_said_and_asked(
    section: ArchiveSection, context: Context, dialogs: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    section.plain.click()
    assert section.warning.text == PLAIN
    assert not section.new.isEnabled()
    dialogs.answers = [False]
    press(qtbot, section.out_button)
    assert dialogs.asked == [PLAIN]
    dialogs.answers = [True, None]
    press(qtbot, section.out_button)
    assert not context.operations.busy
    out = tmp_path / "全体.zip"
    dialogs.answers = [True, out]
    press(qtbot, section.out_button)
    wait(qtbot, context.operations)
    assert "manifest.json" in parts(out)
    assert "暗号化せずに書き出し" in section.notice.text
    # The next one is sealed again unless somebody says otherwise again.
    assert not section.plain.isChecked()
    assert section.warning.text == ""
    assert section.new.isEnabled()


def test_what_cannot_be_written_is_one_sentence(
    section: ArchiveSection, context: Context, dialogs: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    type_twice(section.new, SEALING)
    dialogs.answers = [tmp_path / "無い" / "全体.zip"]
    press(qtbot, section.out_button)
    wait(qtbot, context.operations)
    assert "がありません" in section.notice.text
    assert section.new.text() == SEALING
    assert section.out_button.isEnabled()


@pytest.mark.parametrize("word", [PASSPHRASE, OTHER])
def test_from_the_settings_a_ledger_is_made_beside_the_open_one(
    section: ArchiveSection, context: Context, dialogs: Any, tmp_path: Path, qtbot: QtBot, word: str
) -> None:
    out = tmp_path / "全体.zip"
    archive(context.ledger, out, SEALING, clock=lambda: NOW)
    target = tmp_path / "新しい台帳.jutaku"

    def fill(dialog: UnarchiveDialog) -> None:
        assert "アーカイブを選んで" in dialog.lacking.plain
        dialogs.answers = [[out]]
        press(qtbot, dialog.file_button)
        wait(qtbot, context.operations)
        assert "アーカイブのパスフレーズを入力" in dialog.lacking.plain
        dialog.own.edit.setText(OTHER)
        dialogs.answers = [context.ledger.path]
        press(qtbot, dialog.place_button)
        assert "既にあります" in dialog.lacking.plain
        dialogs.answers = [target.with_suffix("")]
        press(qtbot, dialog.place_button)
        type_twice(dialog.new, word)
        press(qtbot, dialog.go_button)
        wait(qtbot, context.operations)
        assert "パスフレーズが違います" in dialog.notice.text
        assert not target.exists()
        dialog.own.edit.setText(SEALING)
        press(qtbot, dialog.go_button)
        wait(qtbot, context.operations)

    dialogs.answers = [fill]
    section.take_in()
    said = NEW_SHEET if word == OTHER else ""
    assert dialogs.said == [f"台帳「{target}」を作成し、検証しました。{said}"]
    head = context.ledger.head()
    with Ledger.open(target, unlock(target, word)) as made:
        assert made.check_head(head.sequence, head.hash)
        assert made.verify().ok
        assert (made.recovery_code() == context.ledger.recovery_code()) == (word == PASSPHRASE)


def test_a_sheet_of_the_former_key_is_none_of_the_new_one(
    around: Around, context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    context.ledger.prove_sheet()
    archive(context.ledger, tmp_path / "a.zip", clock=lambda: NOW)
    for number, (word, proven) in enumerate(((PASSPHRASE, True), (OTHER, False))):
        dialog = UnarchiveDialog(around, tmp_path / f"{number}.jutaku", opens=True)
        qtbot.addWidget(dialog)
        dialog.take(tmp_path / "a.zip")
        wait(qtbot, context.operations)
        type_twice(dialog.new, word)
        press(qtbot, dialog.go_button)
        wait(qtbot, context.operations)
        assert dialog.ledger is not None, dialog.notice.text
        with dialog.ledger as made:
            assert made.sheet_proven == proven
            made.prove_sheet()
            assert made.sheet_proven


def test_whoever_stops_has_no_ledger(around: Around, context: Context, tmp_path: Path, qtbot: QtBot) -> None:
    archive(context.ledger, tmp_path / "a.zip", clock=lambda: NOW)
    target = tmp_path / "b.jutaku"
    dialog = UnarchiveDialog(around, target)
    qtbot.addWidget(dialog)
    dialog.take(tmp_path / "a.zip")
    wait(qtbot, context.operations)
    type_twice(dialog.new, PASSPHRASE)
    press(qtbot, dialog.go_button)
    assert not dialog.back_button.isEnabled()
    dialog.running.stop_button.click()
    wait(qtbot, context.operations)
    assert dialog.brought is None
    assert not target.exists()
    assert dialog.go_button.isEnabled()
    assert dialog.back_button.isEnabled()


def test_on_a_computer_without_a_ledger_it_opens(
    desk: Desk, ledger: Ledger, dialogs: Any, tmp_path: Path, qtbot: QtBot, program: Program
) -> None:
    out, target = tmp_path / "全体.zip", tmp_path / "移した台帳.jutaku"
    archive(ledger, out, clock=lambda: NOW)
    ledger.close()
    desk.begin(None)
    assert desk.start is not None
    wizard = desk.start.wizard
    assert wizard is not None

    def fill(dialog: UnarchiveDialog) -> None:
        dialogs.answers = [[out], target]
        press(qtbot, dialog.file_button)
        wait(qtbot, desk.operations)
        press(qtbot, dialog.place_button)
        type_twice(dialog.new, PASSPHRASE)
        press(qtbot, dialog.go_button)
        wait(qtbot, desk.operations)

    dialogs.answers = [fill]
    press(qtbot, wizard.archive_button)
    qtbot.waitUntil(lambda: desk.window is not None)
    assert desk.window is not None
    assert desk.window.context.ledger.path == target
    assert dialogs.asked[0] == TITLE
    assert "アーカイブから台帳を作成し、検証しました。" in dialogs.said
    assert program.preferences.ledger() == target
