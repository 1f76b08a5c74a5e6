"""設定: every section does what it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.common import PeopleError
from app.ledger.access.opening import unlock
from app.ledger.copies.manifests import backups
from app.ledger.errors import WrongPassphraseError
from app.ledger.proof.verifying import Verification
from app.ledger.secret import keyring_store
from app.ui.access.unlock import remembered
from app.ui.context import Context, Program
from app.ui.manual import chapters
from app.ui.papers.printing_port import NO_PRINTER, Printers
from app.ui.parts.look import Look
from app.ui.settings.manual import notices
from app.ui.settings.page import SettingsPage
from app.ui.targets import EditRecord, ShowSettings
from app.ui.today.page import TodayPage

Show = Callable[..., Any]
Settle = Callable[[], None]
PASSPHRASE = "ひみつの長い合言葉 2026"
NEW = "あたらしい合言葉です 99"


@pytest.fixture
def page(context: Context, shown: Show, settled: Settle) -> SettingsPage:
    made: SettingsPage = shown(SettingsPage(context))
    settled()
    return made


def section(page: SettingsPage, name: str) -> Any:
    page.show_target(ShowSettings(name))
    assert page.section.name == name
    return page.section


def test_another_officer_writes_from_then_on(
    page: SettingsPage, context: Context, sample: Any, dialogs: Any, qtbot: QtBot
) -> None:
    owner = section(page, "owner")
    owner.refresh()
    assert sample.vendor.name in owner.vendor.plain
    assert not owner.save_button.isEnabled()
    owner.officer.setText("佐藤 次郎")
    qtbot.mouseClick(owner.save_button, Qt.MouseButton.LeftButton)
    assert context.ledger.officer == "佐藤 次郎"
    assert dialogs.said == ["担当者を変更しました。"]


def test_the_own_company_is_opened_or_begun(
    page: SettingsPage, context: Context, sample: Any, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(context.wanted) as asked:
        section(page, "owner").open_vendor()
    assert asked.args == [EditRecord("vendor", sample.vendor.id)]


def test_the_passphrase_is_changed_after_the_present_one_is_proven(
    page: SettingsPage, context: Context, settled: Settle, qtbot: QtBot
) -> None:
    access = section(page, "access")
    assert not access.change_button.isEnabled()
    access.current.edit.setText("ちがう合言葉です")
    access.new.first.edit.setText(NEW)
    access.new.second.edit.setText(NEW)
    qtbot.mouseClick(access.change_button, Qt.MouseButton.LeftButton)
    settled()
    assert access.notice.text == "現在のパスフレーズが違います。入力し直してください。"
    here: Any = page.window().focusWidget()
    assert here is access.current.edit, "the next Return opens nothing"
    assert here.selectedText() == "ちがう合言葉です"
    access.current.edit.setText(PASSPHRASE)
    access.change()
    settled()
    assert "パスフレーズを変更しました" in access.notice.text
    assert "前のパスフレーズで開きます" in access.notice.text
    saved = backups(context.backups())
    assert [one.manifest.ledger for one in saved] == [context.ledger.id]
    assert unlock(saved[0].path, PASSPHRASE) == context.ledger.key
    assert access.current.text() == access.new.first.text() == ""
    assert unlock(context.ledger.path, NEW) == context.ledger.key
    with pytest.raises(WrongPassphraseError):
        unlock(context.ledger.path, PASSPHRASE)


def test_without_its_backup_the_passphrase_is_not_changed(
    page: SettingsPage, context: Context, settled: Settle
) -> None:
    context.backups().write_bytes(b"a file in the place of the folder")
    access = section(page, "access")
    access.current.edit.setText(PASSPHRASE)
    access.new.first.edit.setText(NEW)
    access.new.second.edit.setText(NEW)
    access.change()
    settled()
    assert "バックアップを作成できないため、パスフレーズは変更していません。" in access.notice.text
    assert unlock(context.ledger.path, PASSPHRASE) == context.ledger.key


def test_the_recovery_sheet_is_made_again_after_the_passphrase_is_proven(
    page: SettingsPage, context: Context, dialogs: Any, settled: Settle, tmp_path: Path
) -> None:
    access = section(page, "access")
    path = tmp_path / "シート.pdf"

    def fill(dialog: Any) -> None:
        dialog.passphrase.edit.setText("ちがう合言葉です")
        dialog.prove()
        settled()
        assert "パスフレーズが違います" in dialog.notice.text
        assert not dialog.sheet.isVisibleTo(dialog)
        dialog.passphrase.edit.setText(PASSPHRASE)
        dialog.prove()
        settled()
        assert dialog.sheet.isVisibleTo(dialog)
        assert not dialog.done_button.isEnabled()
        dialogs.answers.append(path)
        dialog.sheet.save_sheet()
        settled()
        dialog.sheet.code.fill(context.ledger.recovery_code())
        dialog.done_button.click()

    dialogs.answers.append(fill)
    access.make_sheet()
    assert path.read_bytes().startswith(b"%PDF")


def sheet_printed_by(
    page: SettingsPage, dialogs: Any, settled: Settle, answers: list[Any], look_at: Callable[[Any], None]
) -> None:
    def fill(dialog: Any) -> None:
        dialog.passphrase.edit.setText(PASSPHRASE)
        dialog.prove()
        settled()
        dialogs.answers.extend(answers)
        dialog.sheet.print_button.click()
        settled()
        look_at(dialog)
        dialog.reject()

    dialogs.answers.append(fill)
    section(page, "access").make_sheet()


class Queue:
    """Printers as a test wants them."""

    def __init__(self, *, none: bool = False, refuses: bool = False) -> None:
        self.none, self.refuses = none, refuses
        self.sent: list[tuple[bytes, str]] = []

    def printers(self) -> Printers:
        if self.none:
            raise PeopleError(NO_PRINTER)
        return Printers(("受付",), "受付")

    def send(self, pdf: bytes, title: str, order: Any, progress: Any) -> None:
        del order, progress
        if self.refuses:
            raise PeopleError("プリンターが印刷を受け付けません。")
        self.sent.append((pdf, title))


def press_print(dialog: Any) -> None:
    dialog.accept()


@pytest.mark.parametrize(
    ("queue", "answer", "given", "said"),
    [
        (Queue(), press_print, True, "プリンターに送りました。印刷された用紙を手元に"),
        (Queue(), False, False, ""),
        (Queue(none=True), None, False, "使えるプリンターが見つかりません"),
        (Queue(refuses=True), press_print, False, "プリンターが印刷を受け付けません"),
    ],
    ids=["printed", "turned away", "no printer", "refused"],
)
def test_a_sheet_counts_as_printed_once_the_printer_took_it(
    page: SettingsPage,
    program: Program,
    dialogs: Any,
    settled: Settle,
    queue: Queue,
    answer: Any,
    given: bool,
    said: str,
) -> None:
    assert isinstance(program.services, dict)
    program.services["printer"] = queue

    def look_at(dialog: Any) -> None:
        assert dialog.sheet.given is given
        assert dialog.sheet.notice.text.startswith(said)
        assert bool(dialog.sheet.notice.text) is bool(said)
        assert dialog.sheet.notice.property("tone") == ("ok" if given else "danger") or not said
        if "PDF" in said:
            assert f"「{dialog.sheet.save_button.text()}」" in dialog.sheet.notice.text

    sheet_printed_by(page, dialogs, settled, [] if answer is None else [answer], look_at)
    assert bool(queue.sent) is given


def test_the_sheet_is_asked_for_until_it_is_typed_back(
    page: SettingsPage, context: Context, dialogs: Any, settled: Settle, tmp_path: Path, shown: Any
) -> None:
    today = shown(TodayPage(context))
    today.refresh()
    assert "回復シートを確かめた記録がありません" in today.sheet.text
    before = context.ledger.head().sequence

    def make(*, to_the_end: bool) -> None:
        def fill(dialog: Any) -> None:
            dialog.passphrase.edit.setText(PASSPHRASE)
            dialog.prove()
            settled()
            dialogs.answers.append(tmp_path / "シート.pdf")
            dialog.sheet.save_sheet()
            settled()
            if to_the_end:
                dialog.sheet.code.fill(context.ledger.recovery_code())
            dialog.accept()
            if not to_the_end:
                assert dialog.result() == 0
                dialog.reject()

        dialogs.answers.append(fill)
        section(page, "access").make_sheet()

    make(to_the_end=False)
    today.refresh()
    assert today.sheet.isVisible()
    assert (context.ledger.sheet_proven, context.ledger.head().sequence) == (False, before)
    make(to_the_end=True)
    today.refresh()
    assert not today.sheet.isVisible()
    assert (context.ledger.sheet_proven, context.ledger.head().sequence) == (True, before + 1)
    assert not context.ledger.verify().problems


@pytest.mark.parametrize("works", [True, False])
def test_the_computers_memory_is_switched_on_and_off(
    page: SettingsPage,
    context: Context,
    monkeypatch: pytest.MonkeyPatch,
    settled: Settle,
    dialogs: Any,
    works: bool,
) -> None:
    monkeypatch.setattr(keyring_store, "remember", lambda _ledger, _key: works)
    monkeypatch.setattr(keyring_store, "forget", lambda _ledger: True)
    access = section(page, "access")
    access.remember.click()
    settled()
    name = remembered(context.ledger.path)
    assert context.preferences.flag(name) is works
    assert access.remember.isChecked() is works
    assert bool(dialogs.said) is not works
    if works:
        access.remember.click()
        settled()
        assert not context.preferences.flag(name)


def test_theme_and_size_take_effect_at_once_and_are_remembered(
    page: SettingsPage, context: Context, look: Look, qtbot: QtBot
) -> None:
    appearance = section(page, "appearance")
    qtbot.mouseClick(appearance.modes["dark"], Qt.MouseButton.LeftButton, pos=_left(appearance.modes["dark"]))
    qtbot.mouseClick(appearance.sizes["125"], Qt.MouseButton.LeftButton, pos=_left(appearance.sizes["125"]))
    assert (look.dark, look.size) == (True, 125)
    assert context.preferences.text("theme") == "dark"
    assert context.preferences.number("text_size") == 125
    assert appearance.modes["dark"].isChecked()


def _left(widget: Any) -> Any:

    return QPoint(12, widget.height() // 2)


def test_a_backup_is_made_and_listed(
    page: SettingsPage, context: Context, settled: Settle, qtbot: QtBot
) -> None:
    backup = section(page, "backup")
    settled()
    assert backup.table.texts() == []
    qtbot.mouseClick(backup.now_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(backup.table.texts()) == 1, timeout=10_000)
    settled()
    (held,) = backups(context.backups())
    assert backup.table.texts()[0][-1] == held.path.name
    assert backup.now_button.isEnabled()


def test_another_folder_for_backups(
    page: SettingsPage, context: Context, dialogs: Any, tmp_path: Path, settled: Settle
) -> None:
    backup = section(page, "backup")
    folder = tmp_path / "Dropbox" / "控え"
    folder.mkdir(parents=True)
    dialogs.answers.append(folder)
    backup.choose()
    settled()
    assert context.backups() == folder
    assert "同期" in backup.notice.text
    assert len(backups(folder)) == 1
    assert "以後の変更なし" in backup.standing.plain


def test_where_ledger_and_backups_lie_is_said_and_shown(
    page: SettingsPage, dialogs: Any, monkeypatch: pytest.MonkeyPatch, settled: Settle, context: Context
) -> None:
    backup = section(page, "backup")
    settled()
    assert "台帳とバックアップが同じドライブにあります。" in backup.together.text
    assert backup.place.text == ""
    opened: list[str] = []

    def show(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", show)
    backup.open_ledger()
    assert [Path(one) for one in opened] == [context.ledger.path.parent]
    context.preferences.set(backups=str(context.ledger.path.parent / "ない"))
    backup.open_backups()
    assert "見つかりません" in dialogs.said[0]
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    backup.open_ledger()
    assert "表示できません" in dialogs.said[1]
    monkeypatch.setattr("app.ui.settings.backups.one_drive", lambda _ledger, _backups: False)
    backup.refresh()
    settled()
    assert backup.together.text == ""


def test_a_sound_ledger_is_verified(
    page: SettingsPage, context: Context, sample: Any, settled: Settle, qtbot: QtBot
) -> None:
    check = section(page, "check")
    qtbot.mouseClick(check.run_button, Qt.MouseButton.LeftButton)
    assert not check.run_button.isEnabled()
    settled()
    assert "問題はありません" in check.notice.text
    assert str(context.ledger.head().sequence) in check.notice.text
    assert check.run_button.isEnabled()
    del sample


def test_what_verification_finds_is_named(
    page: SettingsPage, context: Context, settled: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.ledger.proof.problems import Problem

    problem = Problem(7, "person", "E-001", "内容が書き換えられています。")
    monkeypatch.setattr(context.ledger, "verify", lambda _progress: Verification(False, 9, (problem,)))
    check = section(page, "check")
    check.run()
    settled()
    assert "1件の問題" in check.notice.text
    assert check.details.plain == "記録番号 7　要員「E-001」：内容が書き換えられています。"


def test_a_verification_can_be_stopped(
    page: SettingsPage, context: Context, settled: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(progress: Any) -> None:
        while True:
            progress.step(0, 0)

    monkeypatch.setattr(context.ledger, "verify", endless)
    check = section(page, "check")
    check.run()
    check._job.cancel()
    settled()
    assert check.run_button.isEnabled()
    assert check.notice.text == ""


def test_the_manual_is_read_without_a_network(page: SettingsPage) -> None:
    manual = section(page, "manual")
    titles = [one.title for one in chapters()]
    assert manual.chapters.count() == len(titles) >= 1
    for at, text in enumerate(one.text for one in chapters()):
        manual.chapters.setCurrentRow(at)
        assert titles[at] in manual.text.toPlainText()
        assert "http" not in text


def test_every_licence_can_be_read_in_full(page: SettingsPage) -> None:
    about = section(page, "about")
    names = [about.licences.itemText(at) for at in range(about.licences.count())]
    assert {"LGPL-3.0", "GPL-3.0", "pikepdf", "OFL-BIZUD", "Python"} <= set(names)
    about.licences.setCurrentIndex(names.index("LGPL-3.0"))
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in about.whole.toPlainText()
    about.licences.setCurrentIndex(names.index("OFL-Noto"))
    assert "SIL OPEN FONT LICENSE" in about.whole.toPlainText()


def test_about_names_version_and_licences(page: SettingsPage) -> None:
    about = section(page, "about")
    shown = about.text.toPlainText()
    assert "PySide6" in notices()
    assert "PySide6" in shown
    assert "LGPL" in shown


def test_the_section_one_sees_is_marked_in_the_list(page: SettingsPage, settled: Settle) -> None:
    before = page.side.list.grab().toImage()
    page.show_target(ShowSettings("backup"))
    settled()
    item = page.side.list.currentItem()
    middle = page.side.list.visualItemRect(item).center()
    left = QPoint(8, middle.y())
    assert page.side.list.grab().toImage().pixelColor(left) != before.pixelColor(left)


def test_the_new_passphrase_is_called_so(page: SettingsPage) -> None:
    access = section(page, "access")
    assert access.new.first.edit.accessibleName() == "新しいパスフレーズ"
    assert "新しいパスフレーズ" in [one.text() for one in access.new.findChildren(QLabel)]


def test_a_switched_off_button_hands_the_keyboard_to_no_other(
    page: SettingsPage, settled: Settle, qtbot: QtBot
) -> None:
    """Return, pressed again, must not do what stands beside it."""
    backup = section(page, "backup")
    settled()
    page.activateWindow()
    backup.now_button.setFocus()
    backup.now_button.setEnabled(False)
    assert page.window().focusWidget() is None
    backup.now_button.setEnabled(True)
    assert page.window().focusWidget() is backup.now_button
    backup.now_button.setEnabled(False)
    backup.table.setFocus()
    backup.now_button.setEnabled(True)
    assert page.window().focusWidget() is backup.table
    del qtbot


def test_a_turn_of_the_wheel_below_a_table_moves_no_columns(page: SettingsPage, settled: Settle) -> None:
    table = section(page, "backup").table
    settled()
    bar = table.horizontalScrollBar()
    bar.setRange(0, 500)
    for rows in (0, 300):
        table.verticalScrollBar().setRange(0, rows)
        table.verticalScrollBar().setValue(0)
        assert turned(bar, QPoint(0, -120)) is bool(rows), "without hidden rows it is the page's"
        assert bar.value() == 0
        assert bool(table.verticalScrollBar().value()) is bool(rows)
    turned(bar, QPoint(-120, 0))
    assert bar.value() > 0


def turned(widget: QWidget, by: QPoint) -> bool:
    """A turn of the wheel over ``widget``; whether it took it."""
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(),
        by,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    widget.event(event)
    return event.isAccepted()
