"""Another ledger taken in, in the window: looked at, answered side by side by the keyboard, one change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.exchange.archive import age
from app.exchange.archive.archiving import archive
from app.exchange.merging import applying
from app.exchange.merging.plans import Answer
from app.ledger.door import Ledger
from app.ledger.secret.keys import key_paths
from app.records import Client, Person
from app.start import Product
from app.ui.context import Context
from app.ui.merging.page import MergePage
from app.ui.settings.archives import ArchiveSection
from app.ui.settings.page import SettingsPage
from app.ui.shell.window import MainWindow
from app.ui.targets import MergeLedger, ShowSettings
from tests.ui.conftest import CHEAP, NOW, Sample

OTHERS = "支店の長い合言葉 2026"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def easily_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age, "WORK", 4)


@pytest.fixture
def window(context: Context, sample: Sample, shown: Callable[..., Any], settled: Any) -> MainWindow:
    del sample
    made: MainWindow = shown(MainWindow(context))
    settled()
    return made


@pytest.fixture
def page(window: MainWindow, settled: Any) -> MergePage:
    window.open(MergeLedger())
    settled()
    made = window.page
    assert isinstance(made, MergePage)
    return made


@pytest.fixture
def branch(tmp_path: Path, product: Product, sample: Sample) -> Path:
    """A ledger that never was the other's: a client of the same name, and two people of the same numbers."""
    path = tmp_path / "支店.jutaku"
    made, _code = product.create(path, OTHERS, "支店 太郎", CHEAP)
    with made, made.write() as change:
        change.add(Client(name=sample.client.name, addressee="みなと北市 市長"))
        change.add(Client(name="はま南町", addressee="はま南町長"))
        for name in ("支店 一子", "支店 二郎"):
            change.add(Person(name=name, employment="社員"))
    return path


def look(page: MergePage, path: Path, phrase: str, dialogs: Any, settled: Any, qtbot: QtBot) -> None:
    """Choose the file and type its passphrase, as a person would."""
    dialogs.answers.append([path])
    qtbot.mouseClick(page.choice.file_button, LEFT)
    settled()
    page.choice.passphrase.edit.setText(phrase)
    if page.choice.go_button.isEnabled():
        qtbot.mouseClick(page.choice.go_button, LEFT)
    settled()


def names(context: Context) -> set[str]:
    return {one.name for one in context.facts().all(Person)}


def test_a_branch_is_taken_in_once_everything_is_answered(
    page: MergePage, branch: Path, context: Context, dialogs: Any, settled: Any, qtbot: QtBot
) -> None:
    before, head = names(context), context.ledger.head()
    look(page, branch, OTHERS, dialogs, settled, qtbot)
    assert page.planned is not None, page.choice.file_error.plain
    asked = [row.name for row in page.planned.asked]
    assert len(asked) == 3
    assert not page.confirm.isEnabled()
    assert page.notice.text.startswith("要確認が3件あります")
    # The client, side by side; kept by the keyboard.
    assert page.rows.chosen is not None
    assert page.rows.chosen.kind == "client"
    sides = [tuple(cell.text for cell in one.cells) for one in page.rows.sides.lines.lines]
    assert ("宛名", "みなと北市長", "みなと北市 市長") in sides
    assert not page.rows.answers[Answer.BOTH].isEnabled()
    page.rows.table.setFocus()
    qtbot.keyClick(page.rows.table, Qt.Key.Key_1)
    settled()
    assert not page.confirm.isEnabled()
    # The two people, in one answer.
    assert page.rows.chosen is not None
    assert page.rows.chosen.kind == "person"
    page.rows.alike.setChecked(True)
    qtbot.keyClick(page.rows.table, Qt.Key.Key_3)
    settled()
    assert page.confirm.isEnabled(), page.notice.text
    assert page.confirm.text() == "3件を統合する"
    assert context.ledger.head() == head
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    assert names(context) == before | {"支店 一子", "支店 二郎"}
    clients = {one.name: one.addressee for one in context.facts().all(Client)}
    assert clients == {"みなと北市": "みなと北市長", "はま南町": "はま南町長"}
    assert list(context.backups().glob("*.jutaku"))
    assert "まとめて元に戻せます" in page._end.text.plain
    dialogs.answers.append(True)
    qtbot.mouseClick(page.undo_button, LEFT)
    settled()
    assert names(context) == before
    assert not page.undo_button.isVisible()


def test_stopped_too_late_it_is_said_that_it_was_merged(
    page: MergePage,
    branch: Path,
    context: Context,
    dialogs: Any,
    settled: Any,
    qtbot: QtBot,
    stopped_late: Any,
) -> None:
    look(page, branch, OTHERS, dialogs, settled, qtbot)
    while page.rows.chosen is not None and not page.confirm.isEnabled():
        page.rows.table.setFocus()
        qtbot.keyClick(page.rows.table, Qt.Key.Key_1)
        settled()
    stopped_late(applying, "merge")
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    assert page._end.text.plain.startswith("中止は間に合いませんでした。")
    assert page.undo_button.isVisible()


def test_what_the_other_says_is_taken_and_an_answer_is_changed(
    page: MergePage, branch: Path, context: Context, dialogs: Any, settled: Any, qtbot: QtBot
) -> None:
    look(page, branch, OTHERS, dialogs, settled, qtbot)
    qtbot.mouseClick(page.rows.answers[Answer.KEEP], LEFT)
    settled()
    qtbot.mouseClick(page.rows.filters["answered"], LEFT)
    page.rows.table.choose_row(0)
    assert page.rows.chosen is not None
    assert page.rows.chosen.outcome == "kept"
    qtbot.mouseClick(page.rows.answers[Answer.TAKE], LEFT)
    settled()
    page.rows.narrow("ask")
    page.rows.table.choose_row(0)
    page.rows.alike.setChecked(True)
    qtbot.mouseClick(page.rows.answers[Answer.KEEP], LEFT)
    settled()
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    assert {one.addressee for one in context.facts().all(Client)} == {"みなと北市 市長", "はま南町長"}
    assert "支店 一子" not in names(context)


def test_the_wrong_passphrase_is_said_at_its_field(
    page: MergePage, branch: Path, dialogs: Any, settled: Any, qtbot: QtBot
) -> None:
    look(page, branch, "まちがい", dialogs, settled, qtbot)
    assert page.choice.phrase_error.isVisible()
    assert page.choice.phrase_error.plain.startswith("✕ パスフレーズが違います")
    assert "回復コード" not in page.choice.phrase_error.plain
    assert not page.choice.file_error.isVisible()
    assert page.planned is None
    page.choice.passphrase.edit.setText(OTHERS)
    qtbot.keyClick(page.choice.passphrase.edit, Qt.Key.Key_Return)
    settled()
    assert page.planned is not None


def test_the_open_ledger_itself_is_refused_at_the_file(
    page: MergePage, context: Context, dialogs: Any, settled: Any, qtbot: QtBot
) -> None:
    look(page, context.ledger.path, OTHERS, dialogs, settled, qtbot)
    assert "いま開いている台帳です" in page.choice.file_error.plain
    assert not page.choice.go_button.isEnabled()


@pytest.mark.parametrize("name", ["写真.jutaku", "写真.zip"])
def test_a_foreign_file_is_named_at_the_file(
    page: MergePage, name: str, dialogs: Any, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(4096))
    look(page, path, OTHERS, dialogs, settled, qtbot)
    assert name in page.choice.file_error.plain
    assert page.choice.isEnabled()
    assert page.planned is None


def test_a_copy_that_nobody_went_on_with_brings_nothing(
    page: MergePage, ledger: Ledger, dialogs: Any, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    ledger.secure(tmp_path / "copies")
    from tests.ui.conftest import PASSPHRASE

    (copy,) = (tmp_path / "copies").glob("*.jutaku")
    twin = tmp_path / "別のPC.jutaku"
    shutil.copy(copy, twin)
    for held, wanted in zip(key_paths(ledger.path), key_paths(twin), strict=True):
        shutil.copy(held, wanted)
    look(page, twin, PASSPHRASE, dialogs, settled, qtbot)
    assert page.notice.text.startswith("統合する記録はありません"), page.choice.file_error.plain
    assert not page.confirm.isEnabled()


def test_an_archive_asks_for_its_own_passphrase_or_none(
    page: MergePage, branch: Path, product: Product, dialogs: Any, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    from app.ledger.access.opening import unlock

    with product.open(branch, unlock(branch, OTHERS)) as made:
        head = made.head()
        archive(made, tmp_path / "開く.zip", clock=lambda: NOW)
        archive(made, tmp_path / "封.zip", "書庫の 合言葉は 青い傘", clock=lambda: NOW)
    look(page, tmp_path / "封.zip", OTHERS, dialogs, settled, qtbot)
    assert page.choice.phrase_error.isVisible()
    look(page, tmp_path / "開く.zip", "", dialogs, settled, qtbot)
    assert page.planned is not None
    assert len(page.planned.asked) == 3
    assert (page.planned.origin.sequence, page.planned.origin.head) == (head.sequence, head.hash)


def test_a_change_meanwhile_is_planned_anew(
    page: MergePage, branch: Path, context: Context, dialogs: Any, settled: Any, qtbot: QtBot
) -> None:
    look(page, branch, OTHERS, dialogs, settled, qtbot)
    qtbot.mouseClick(page.rows.answers[Answer.KEEP], LEFT)
    settled()
    (client,) = context.facts().all(Client)
    context.ledger.change(replace(client, addressee="みなと北市 市長"))
    settled()
    # What was answered is not asked any more.
    assert page.notice.text.startswith("確かめている間に台帳が変わった")
    assert page.planned is not None
    assert len(page.planned.asked) == 2


def test_whoever_answered_is_asked_before_leaving_and_the_file_is_let_go(
    page: MergePage, window: MainWindow, branch: Path, dialogs: Any, settled: Any, qtbot: QtBot
) -> None:
    look(page, branch, OTHERS, dialogs, settled, qtbot)
    qtbot.mouseClick(page.rows.answers[Answer.KEEP], LEFT)
    settled()
    dialogs.answers.append(False)
    window.back()
    assert window.page is page
    dialogs.answers.append(True)
    window.back()
    assert window.page is not page
    settled()
    other = page._made
    assert other is not None
    from tests.ui.conftest import sweep

    holding = page._holding
    sweep()
    assert holding._gone


def test_the_settings_lead_there(window: MainWindow, settled: Any, qtbot: QtBot) -> None:
    window.open(ShowSettings("archive"))
    settled()
    page = window.page
    assert isinstance(page, SettingsPage)
    section = page.section
    assert isinstance(section, ArchiveSection)
    assert isinstance(section.merge_button, QPushButton)
    section.ensureWidgetVisible(section.merge_button)
    qtbot.mouseClick(section.merge_button, LEFT)
    settled()
    assert isinstance(window.page, MergePage)
