"""A backup put back by clicks: from the settings, from a refusal, on a computer that has no ledger yet."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ledger.access.opening import unlock
from app.ledger.copies.backup import backup
from app.ledger.door import Ledger
from app.ledger.errors import DamagedError
from app.ledger.file.lock import LedgerLock
from app.ledger.secret import keys
from app.records import BackupRun, Person, Statement
from app.start import Product
from app.ui.context import Context, Program
from app.ui.operations import Lane, Operations
from app.ui.restoring.dialog import Around, RestoreDialog
from app.ui.restoring.numbers import GIVEN, NumbersDialog, warning
from app.ui.restoring.trial import WHAT
from app.ui.settings.page import SettingsPage
from app.ui.shell.app import Desk
from app.ui.shell.start_window import StartWindow
from app.ui.targets import EditRecord, ShowSettings
from tests.ui.conftest import CHEAP, NOW

PASSPHRASE = "ひみつの長い合言葉 2026"
OTHER = "べつの合言葉を決めました"


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


@pytest.fixture
def saved(ledger: Ledger, sample: Any, tmp_path: Path) -> Path:
    """A backup, after which a person was entered and a document was issued and handed in."""
    made = backup(ledger.path, ledger.key, tmp_path / "台帳-backup", clock=lambda: NOW)
    ledger.add(Person(name="後から入った人", employment="社員"))
    what = Statement(
        form="location-notice", contract=sample.contract.id, on=date(2026, 4, 10), facts={"a": "b"}
    )
    paper = ledger.issue(ledger.reserve(what), "作業場所届出書", b"%PDF-1.7 later")
    ledger.submit(paper, date(2026, 4, 11), "持参")
    return made


def press(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


class Officer:
    """Goes through the dialog as a person would, and says yes."""

    def __init__(self, qtbot: QtBot, operations: Operations, *, agree: bool = True) -> None:
        self.qtbot, self.operations, self.agree = qtbot, operations, agree
        self.seen: list[str] = []

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.operations.busy)

    def __call__(self, dialog: RestoreDialog) -> None:
        self.wait()
        self.look_through(dialog)
        if self.agree:
            self.confirm(dialog)
        else:
            press(self.qtbot, dialog.consent.back_button)
            press(self.qtbot, dialog.back_button)
            self.wait()

    def confirm(self, dialog: RestoreDialog) -> None:
        """Tick that the losses were read where there are any, and do it."""
        if not dialog.consent.tick.isHidden():
            dialog.consent.tick.click()
        self.qtbot.waitUntil(dialog.consent.restore_button.isEnabled)
        press(self.qtbot, dialog.consent.restore_button)
        self.wait()

    def look_through(self, dialog: RestoreDialog) -> None:
        press(self.qtbot, dialog.go_button)
        self.wait()
        assert dialog.agreeing, dialog.notice.text
        held = dialog.agreement
        self.seen = [part.text for part in (held.loss, held.papers, held.gain, held.notes)]
        self.seen += ["、".join(row) for row in held.lost_table.texts()]


def left(path: Path) -> list[str]:
    return [one.name for one in path.parent.iterdir() if ".restoring" in one.name]


def open_backups(desk: Desk, qtbot: QtBot) -> Any:
    window = desk.window
    assert window is not None
    qtbot.waitUntil(lambda: not desk.operations.busy)
    window.open(ShowSettings("backup"))
    page = window.page
    assert isinstance(page, SettingsPage)
    qtbot.waitUntil(lambda: not desk.operations.busy)
    return page.section


def test_from_the_settings_the_backup_takes_the_ledgers_place(
    desk: Desk, ledger: Ledger, saved: Path, dialogs: Any, qtbot: QtBot
) -> None:
    desk.show(ledger)
    section = open_backups(desk, qtbot)
    section.table.choose(saved)
    person = Officer(qtbot, desk.operations)
    dialogs.answers = [person]
    press(qtbot, section.restore_button)
    qtbot.waitUntil(lambda: desk.window is not None and desk.window.context.ledger is not ledger)
    qtbot.waitUntil(lambda: not desk.operations.busy)
    assert "2026-0001" in person.seen[1]
    assert "うち1件は提出済み" in person.seen[1]
    assert any("後から入った人" in line for line in person.seen)
    assert desk.window is not None
    restored = desk.window.context.ledger
    assert [one.name for one in restored.facts().all(Person)] == ["髙橋 花子", "𠮷田 次郎"]
    assert "復元前の台帳は「台帳-復元前-" in dialogs.said[-1]
    assert "2026-0001" in desk.window.bands.numbers.text
    assert not desk.window.bands.numbers.isHidden()
    assert left(restored.path) == []
    desk._ledger = restored


def test_turned_away_nothing_changes(
    desk: Desk, ledger: Ledger, saved: Path, dialogs: Any, qtbot: QtBot
) -> None:
    head = ledger.head()
    desk.show(ledger)
    section = open_backups(desk, qtbot)
    section.table.choose(saved)
    dialogs.answers = [Officer(qtbot, desk.operations, agree=False)]
    press(qtbot, section.restore_button)
    qtbot.waitUntil(lambda: not desk.operations.busy)
    assert desk.window is not None
    assert desk.window.context.ledger is ledger
    assert ledger.head() == head
    assert left(ledger.path) == []


def test_a_restore_that_fails_goes_on_with_the_ledger_as_it_was(
    desk: Desk, ledger: Ledger, saved: Path, dialogs: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = ledger.head()
    desk.show(ledger)
    section = open_backups(desk, qtbot)
    section.table.choose(saved)
    dialogs.answers = [Officer(qtbot, desk.operations)]
    monkeypatch.setattr("app.ledger.restoring.candidate.sync", broken)
    press(qtbot, section.restore_button)
    qtbot.waitUntil(lambda: desk.window is not None and desk.window.context.ledger is not ledger)
    assert desk.window is not None
    assert "元のままです" in dialogs.said[-1]
    assert desk.window.context.ledger.head() == head
    assert left(ledger.path) == []


def test_what_is_queued_asks_nothing_of_a_ledger_that_was_closed(
    desk: Desk, ledger: Ledger, qtbot: QtBot
) -> None:
    """A fault seen on a busy machine: the window was put away between the judgement and what follows it."""
    desk.show(ledger)
    window = desk.window
    assert window is not None
    qtbot.waitUntil(lambda: not desk.operations.busy)
    window.context.operations.idle.connect(window._look_behind)
    window._look_behind()  # queues the looks at copies, ledger and undo
    desk.end()
    assert not window.context.is_open
    window.context._wrote.emit(window.context.ledger)  # as from the worker, too late: nothing looks at it
    QApplication.processEvents()


def test_what_an_answer_asks_for_is_ended_before_the_ledger_is_closed(
    desk: Desk, ledger: Ledger, qtbot: QtBot
) -> None:
    """The judgement of the window that goes comes in late, and is to be kept by what the ledger says."""
    desk.show(ledger)
    window = desk.window
    assert window is not None
    done: list[str] = []

    def after(_none: None) -> None:
        desk.operations.run(lambda _progress: done.append("asked by an answer"), lambda _none: None)

    def end() -> None:
        desk.operations.run(lambda _progress: done.append("closed"), lambda _none: None, lane=Lane.COPIES)

    desk.operations.run(lambda _progress: done.append("before"), after, lane=Lane.REST)
    desk._after_all([], end)
    qtbot.waitUntil(lambda: "closed" in done and not desk.operations.busy)
    assert done == ["before", "asked by an answer", "closed"]


def test_a_window_that_is_put_away_asks_for_nothing_more(desk: Desk, ledger: Ledger, qtbot: QtBot) -> None:
    desk.show(ledger)
    window = desk.window
    assert window is not None
    told: list[str] = []
    desk.operations.run(lambda _progress: None, lambda _none: told.append("heard"))
    assert [timer for timer in window.context.findChildren(QTimer) if timer.isActive()]
    desk.change_to(ledger.path)
    assert not [
        timer
        for timer in (*window.findChildren(QTimer), *window.context.findChildren(QTimer))
        if timer.isActive()
    ]
    qtbot.waitUntil(lambda: desk.start is not None or desk.window is not None)
    assert told == []


def broken(_path: Path) -> None:
    raise DamagedError


@pytest.mark.parametrize("harm", ["empty", "cut"])
def test_from_a_refusal_to_the_open_ledger(
    harm: str, desk: Desk, ledger: Ledger, saved: Path, dialogs: Any, qtbot: QtBot
) -> None:
    ledger.close()
    ledger.path.write_bytes(b"" if harm == "empty" else ledger.path.read_bytes()[:-1])
    desk.begin(ledger.path)
    start = desk.start
    assert isinstance(start, StartWindow)
    start.unlock.passphrase.edit.setText(PASSPHRASE)
    press(qtbot, start.unlock.open_button)
    qtbot.waitUntil(lambda: not start.unlock.rescue_button.isHidden())
    assert "バックアップから復元" in start.unlock.notice.text

    def restore(dialog: RestoreDialog) -> None:
        person = Officer(qtbot, desk.operations)
        person.wait()
        assert dialog.choice.source == saved, "the newest that can be counted on is chosen already"
        dialog.choice.passphrase.edit.setText(PASSPHRASE)
        person(dialog)
        assert "失われる記録は分かりません" in person.seen[0]

    dialogs.answers = [restore]
    press(qtbot, start.unlock.rescue_button)
    qtbot.waitUntil(lambda: desk.window is not None)
    assert desk.window is not None
    assert len(desk.window.context.ledger.facts().all(Person)) == 2
    assert "見比べてください" in desk.window.bands.numbers.text


def test_on_another_computer_a_file_and_the_recovery_sheet_are_enough(
    desk: Desk,
    ledger: Ledger,
    saved: Path,
    dialogs: Any,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code = ledger.recovery_code()
    ledger.close()
    stick, home = tmp_path / "USB", tmp_path / "home"
    stick.mkdir()
    home.mkdir()
    alone = shutil.copyfile(saved, stick / "写し.jutaku")
    monkeypatch.setenv("JUTAKU_HOME", str(home))
    desk.begin(None)
    assert desk.start is not None
    assert desk.start.wizard is not None

    def restore(dialog: RestoreDialog) -> None:
        person = Officer(qtbot, desk.operations)
        press(qtbot, dialog.choice.file_button)
        assert "作成時の記録" in dialog.choice.taken.plain
        assert not dialog.go_button.isEnabled()
        press(qtbot, dialog.choice.way_button)
        dialog.choice.code.fill(code)
        for each in (dialog.choice.new.first, dialog.choice.new.second):
            each.edit.setText(OTHER)
        person(dialog)

    dialogs.answers = [restore, [alone]]
    press(qtbot, desk.start.wizard.restore_button)
    qtbot.waitUntil(lambda: desk.window is not None)
    assert desk.window is not None
    path = desk.window.context.ledger.path
    assert path == home / "受託台帳.jutaku"
    assert unlock(path, OTHER) == keys.key_from_code(code)
    assert [one.name for one in stick.iterdir()] == ["写し.jutaku"]


def test_a_backup_chosen_to_be_opened_leads_to_the_restore(
    desk: Desk, ledger: Ledger, saved: Path, dialogs: Any, qtbot: QtBot
) -> None:
    ledger.close()
    desk.begin(saved)
    start = desk.start
    assert start is not None
    start.unlock.passphrase.edit.setText(PASSPHRASE)
    press(qtbot, start.unlock.open_button)
    qtbot.waitUntil(lambda: not start.unlock.rescue_button.isHidden())
    assert "直接は開けません" in start.unlock.notice.text

    def look(dialog: RestoreDialog) -> None:
        assert dialog.choice.source == saved
        assert not dialog.choice.replaces
        dialog.reject()

    dialogs.answers = [look]
    press(qtbot, start.unlock.rescue_button)
    assert dialogs.asked == ["バックアップから復元"]


@pytest.fixture
def around(context: Context) -> Around:
    return Around(context.program, context.look, context.dialogs, context.operations)


def test_a_backup_of_another_ledger_is_offered_as_a_file_of_its_own(
    around: Around, context: Context, sample: Any, product: Product, tmp_path: Path, qtbot: QtBot
) -> None:
    del sample
    (tmp_path / "他社").mkdir()
    other, _code = product.create(tmp_path / "他社" / "他社.jutaku", OTHER, "鈴木", CHEAP)
    with other:
        theirs = backup(other.path, other.key, tmp_path / "他社", clock=lambda: NOW)
    dialog = RestoreDialog(around, context.ledger.path, None, context.ledger)
    qtbot.addWidget(dialog)
    person = Officer(qtbot, context.operations)
    dialog.take(theirs)
    press(qtbot, dialog.go_button)
    person.wait()
    assert "鍵では開けません" in dialog.notice.text
    assert not dialog.choice.passphrase.isHidden(), "the open ledger's key does not fit: its own is asked for"
    dialog.choice.passphrase.edit.setText(OTHER)
    press(qtbot, dialog.go_button)
    person.wait()
    assert "別の台帳" in dialog.notice.text
    assert "株式会社みほん情報" in dialog.notice.text
    assert not dialog.beside_button.isHidden()
    press(qtbot, dialog.beside_button)
    person.wait()
    assert dialog.agreeing
    person.confirm(dialog)
    assert dialog.outcome is not None
    assert dialog.outcome.path == tmp_path / "台帳-2.jutaku"
    with product.open(dialog.outcome.path, unlock(dialog.outcome.path, OTHER)) as made:
        assert made.officer == "鈴木"
    assert context.ledger.verify().ok


@pytest.mark.parametrize("way", ["stop", "escape"])
def test_called_off_while_it_works_nothing_is_left(
    way: str, around: Around, context: Context, saved: Path, qtbot: QtBot
) -> None:
    dialog = RestoreDialog(around, context.ledger.path, None, context.ledger)
    qtbot.addWidget(dialog)
    dialog.take(saved)
    context.operations.hold()
    press(qtbot, dialog.go_button)
    assert not dialog.pages.isEnabled()
    if way == "stop":
        dialog.running.stop_button.click()
    else:
        dialog.reject()
    context.operations.release()
    qtbot.waitUntil(lambda: not context.operations.busy)
    assert left(context.ledger.path) == []
    assert not dialog.agreeing
    assert dialog.pages.isEnabled()


def test_put_away_after_it_was_prepared_nothing_is_left(
    around: Around, context: Context, saved: Path, qtbot: QtBot
) -> None:
    dialog = RestoreDialog(around, context.ledger.path, None, context.ledger)
    qtbot.addWidget(dialog)
    dialog.take(saved)
    Officer(qtbot, context.operations).look_through(dialog)
    assert left(context.ledger.path)
    dialog.reject()
    qtbot.waitUntil(lambda: not context.operations.busy)
    assert left(context.ledger.path) == []


def place_of(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def test_no_second_click_replaces_the_ledger_unread(
    around: Around, context: Context, saved: Path, qtbot: QtBot
) -> None:
    dialog = RestoreDialog(around, context.ledger.path, None, context.ledger)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.take(saved)
    former = place_of(dialog.go_button)
    Officer(qtbot, context.operations).look_through(dialog)
    QApplication.processEvents()
    consent = dialog.consent
    assert not former.intersects(place_of(consent.restore_button))
    consent.tick.click()
    assert not consent.restore_button.isEnabled(), "not within a moment of the click before"
    qtbot.waitUntil(consent.restore_button.isEnabled)
    consent.tick.click()
    assert not consent.restore_button.isEnabled(), "not with losses that nobody ticked"
    qtbot.keyClick(consent.tick, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.agreeing
    press(qtbot, consent.back_button)
    assert dialog.go_button.isVisible()
    assert not consent.isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: not context.operations.busy)


def test_where_nothing_is_lost_no_tick_is_asked_for(
    around: Around, context: Context, sample: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    del sample
    made = backup(context.ledger.path, context.ledger.key, tmp_path / "台帳-backup", clock=lambda: NOW)
    dialog = RestoreDialog(around, context.ledger.path, None, context.ledger)
    qtbot.addWidget(dialog)
    dialog.take(made)
    Officer(qtbot, context.operations).look_through(dialog)
    assert dialog.consent.tick.isHidden()
    qtbot.waitUntil(dialog.consent.restore_button.isEnabled)
    dialog.reject()
    qtbot.waitUntil(lambda: not context.operations.busy)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_another_row_leaves_nothing_of_a_broken_one(
    around: Around, context: Context, saved: Path, qtbot: QtBot
) -> None:
    newer = backup(context.ledger.path, context.ledger.key, saved.parent, clock=lambda: NOW.replace(hour=18))
    flip(newer)
    dialog = RestoreDialog(around, context.ledger.path, saved.parent, context.ledger)
    qtbot.addWidget(dialog)
    person = Officer(qtbot, context.operations)
    person.wait()
    assert dialog.choice.source == newer
    with qtbot.waitSignal(dialog.broken):
        press(qtbot, dialog.go_button)
    person.wait()
    assert "壊れています" in dialog.notice.text
    assert [row[1] for row in dialog.choice.table.texts()] == ["要確認", "検証済み"]
    assert dialog.choice.passphrase.isHidden(), "no key mends it"
    dialog.choice.table.choose(saved)
    assert dialog.notice.text == ""
    assert dialog.choice.passphrase.isHidden()
    person.look_through(dialog)
    dialog.reject()
    person.wait()


def test_the_recovery_code_is_shown_where_it_is_typed_and_what_lacks_is_said(
    around: Around, ledger: Ledger, context: Context, saved: Path, qtbot: QtBot
) -> None:
    code = ledger.recovery_code()
    ledger.close()
    dialog = RestoreDialog(around, ledger.path, None)
    qtbot.addWidget(dialog)
    dialog.resize(760, 420)
    dialog.show()
    dialog.take(saved)
    choice = dialog.choice
    assert "パスフレーズを入力" in dialog.lacking.plain
    choice.passphrase.edit.setText("違う合言葉です 2026")
    qtbot.keyClick(choice.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not context.operations.busy)
    assert "パスフレーズが違います" in dialog.notice.text
    qtbot.waitUntil(lambda: not choice.way_button.visibleRegion().isEmpty())
    press(qtbot, choice.way_button)
    assert dialog.notice.text == ""
    qtbot.waitUntil(lambda: not choice.code.groups[0].visibleRegion().isEmpty())
    assert dialog.focusWidget() is choice.code.groups[0]
    assert dialog.lacking.plain == "回復コードを入力してください。"
    choice.code.fill(code[:-1])
    assert dialog.lacking.plain == "回復コードの8組目を7文字にしてください。"
    slip = code[:-1] + ("0" if code[-1] != "0" else "1")
    choice.code.fill(slip)
    assert dialog.lacking.plain == "新しいパスフレーズを入力してください。"
    choice.new.first.edit.setText(OTHER)
    assert "もう一度" in dialog.lacking.plain
    choice.new.second.edit.setText(OTHER)
    assert dialog.lacking.plain == ""
    qtbot.keyClick(choice.new.second.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not context.operations.busy)
    assert "8組目" in dialog.notice.text
    assert choice.code.groups[7].property("invalid")
    assert dialog.focusWidget() is choice.code.groups[7]
    dialog.reject()


def test_a_place_that_is_taken_is_said_before_anything_is_typed(
    around: Around, ledger: Ledger, context: Context, saved: Path, qtbot: QtBot, dialogs: Any
) -> None:
    ledger.close()
    dialog = RestoreDialog(around, ledger.path, None)
    qtbot.addWidget(dialog)
    dialog.take(saved)
    dialog.choice.beside_instead()
    dialogs.answers = [saved]
    press(qtbot, dialog.choice.place_button)
    assert "既にあります" in dialog.lacking.plain
    assert not dialog.go_button.isEnabled()
    del context


def test_where_only_the_key_files_are_left_the_ledger_is_put_back(
    desk: Desk, ledger: Ledger, saved: Path, dialogs: Any, qtbot: QtBot
) -> None:
    ledger.close()
    ledger.path.unlink()
    desk.begin(ledger.path)
    assert desk.start is not None

    def restore(dialog: RestoreDialog) -> None:
        person = Officer(qtbot, desk.operations)
        person.wait()
        assert dialog.choice.target == ledger.path
        dialog.choice.table.choose(saved)
        dialog.choice.passphrase.edit.setText(PASSPHRASE)
        person(dialog)

    dialogs.answers = [restore]
    desk.start.restore(ledger.path)
    qtbot.waitUntil(lambda: desk.window is not None)
    assert desk.window is not None
    assert desk.window.context.ledger.path == ledger.path


@pytest.mark.skipif(os.name == "nt", reason="Windows holds an open file")
def test_the_own_ledger_that_is_gone_is_put_back_from_this_window(
    desk: Desk, ledger: Ledger, saved: Path, dialogs: Any, qtbot: QtBot
) -> None:
    desk.show(ledger)
    section = open_backups(desk, qtbot)
    section.table.choose(saved)
    ledger.path.unlink()
    person = Officer(qtbot, desk.operations)
    dialogs.answers = [person]
    press(qtbot, section.restore_button)
    qtbot.waitUntil(lambda: desk.window is not None and desk.window.context.ledger is not ledger)
    qtbot.waitUntil(lambda: not desk.operations.busy)
    assert "失われる記録は分かりません" in person.seen[0]
    assert desk.window is not None
    assert len(desk.window.context.ledger.facts().all(Person)) == 2
    assert "見比べてください" in desk.window.bands.numbers.text
    desk._ledger = desk.window.context.ledger


def test_a_trial_that_finds_the_newest_broken_is_told_everywhere(
    desk: Desk, ledger: Ledger, saved: Path, dialogs: Any, qtbot: QtBot
) -> None:
    del saved
    desk.show(ledger)
    section = open_backups(desk, qtbot)
    window = desk.window
    assert window is not None
    press(qtbot, section.now_button)
    qtbot.waitUntil(lambda: not desk.operations.busy)
    assert not window.backing.wanted
    newest = section.table.listed[0].path
    flip(newest)
    section.table.choose(newest)
    dialogs.answers = [False]
    press(qtbot, section.try_button)
    qtbot.waitUntil(lambda: bool(dialogs.shown))
    qtbot.waitUntil(lambda: not desk.operations.busy)
    told = {one.path: one.problem for one in section.table.listed}
    assert told[newest], "the list says what the trial found"
    made = window.backing.newest
    assert made is not None
    assert made.path != newest, "a new one is made, and the foot tells of that"


def test_a_folder_without_backups_says_so(
    around: Around, context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "空").mkdir()
    dialog = RestoreDialog(around, context.ledger.path, tmp_path / "空", context.ledger)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: not context.operations.busy)
    assert "バックアップ（.jutaku）はありません" in dialog.notice.text
    assert not dialog.go_button.isEnabled()


def test_a_ledger_in_use_elsewhere_is_not_replaced(
    around: Around, ledger: Ledger, context: Context, saved: Path, qtbot: QtBot
) -> None:
    ledger.close()
    held = LedgerLock(ledger.path, NOW)
    dialog = RestoreDialog(around, ledger.path, None)
    qtbot.addWidget(dialog)
    dialog.take(saved)
    dialog.choice.passphrase.edit.setText(PASSPHRASE)
    press(qtbot, dialog.go_button)
    qtbot.waitUntil(lambda: not context.operations.busy)
    assert "使用中" in dialog.notice.text
    held.release()


# The list and the trial


@pytest.fixture
def page(context: Context, shown: Callable[..., Any], saved: Path) -> Iterator[Any]:
    del saved
    made = SettingsPage(context)
    shown(made)
    made.show_target(ShowSettings("backup"))
    yield made.section
    # Held until here: what nobody holds goes with all that is in it.
    made.hide()


def test_every_backup_is_listed_with_what_is_wrong(
    page: Any, context: Context, saved: Path, settled: Callable[[], None]
) -> None:
    later = backup(context.ledger.path, context.ledger.key, saved.parent, clock=lambda: NOW.replace(hour=18))
    saved.write_bytes(b"")
    page.refresh()
    settled()
    newest, oldest = page.table.texts()
    assert newest[:2] == ["2026年4月20日 18:30", "検証済み"]
    assert newest[4] == later.name
    assert oldest[1] == "要確認"
    page.table.choose(saved)
    assert "中身が空" in page.chosen.plain
    assert "1件は要確認" in page.state.plain


def test_a_trial_is_one_click_and_becomes_a_record(
    page: Any, context: Context, dialogs: Any, qtbot: QtBot, settled: Callable[[], None], sample: Any
) -> None:
    settled()
    wanted: list[Any] = []
    context.wanted.connect(wanted.append)
    dialogs.answers = [True]
    press(qtbot, page.try_button)
    qtbot.waitUntil(lambda: bool(wanted))
    assert left(context.ledger.path) == []
    assert "復元できました" in dialogs.shown[-1].notice.text
    (target,) = wanted
    assert isinstance(target, EditRecord)
    preset = dict(target.preset)
    assert (preset["what"], preset["restore_result"]) == (WHAT, "復元できた")
    record = BackupRun(**{**preset, "contracts": ()})
    assert list(record.spec.check(replace(record))) == ["contracts"], "the officer chooses only the contracts"
    del sample


def test_a_trial_that_fails_is_recorded_as_that(
    page: Any, context: Context, dialogs: Any, qtbot: QtBot, settled: Callable[[], None], saved: Path
) -> None:
    settled()
    data = bytearray(saved.read_bytes())
    data[4096 * 5 : 4096 * 6] = bytes(4096)
    saved.write_bytes(data)
    wanted: list[Any] = []
    context.wanted.connect(wanted.append)
    dialogs.answers = [True]
    press(qtbot, page.try_button)
    qtbot.waitUntil(lambda: bool(wanted))
    assert "復元できませんでした" in dialogs.shown[-1].notice.text
    assert wanted[0].preset["restore_result"] == "復元できなかった"
    assert left(context.ledger.path) == []


# The numbers that went with it


def test_the_numbers_stay_a_warning_until_each_is_settled(
    ledger: Ledger, saved: Path, product: Product, look: Any, qtbot: QtBot
) -> None:
    from app.ledger.restoring.restoration import Restoration

    key = ledger.key
    ledger.close()
    made = Restoration(saved, key, ledger.path, clock=lambda: NOW)
    made.prepare()
    made.finish()
    with product.open(ledger.path, key) as restored:
        dialog = NumbersDialog(look, restored)
        qtbot.addWidget(dialog)
        assert [row[:2] for row in dialog.table.texts()] == [["2026-0001", "要確認"]]
        assert "2026-0001" in warning(restored.skipped())
        assert not dialog.settle_button.isEnabled(), "nothing is taken as said"
        dialog.fate.setCurrentText(GIVEN)
        dialog.why.setText("4月11日に総務課へ")
        press(qtbot, dialog.settle_button)
        assert warning(restored.skipped()) == ""
        assert "4月11日に総務課へ" in dialog.table.texts()[0][1]
        assert not dialog.settle_button.isEnabled()
        assert restored.verify().ok


def test_what_only_a_backup_mends_leads_to_the_backups(context: Context, dialogs: Any) -> None:
    wanted: list[Any] = []
    context.wanted.connect(wanted.append)
    for answer in (False, True):
        dialogs.answers = [answer]
        assert not context.attempt(fail)
    assert wanted == [ShowSettings("backup")]


def fail() -> None:
    raise DamagedError
