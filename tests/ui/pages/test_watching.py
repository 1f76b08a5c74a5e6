"""The check at every start, and the page on which paper is held to the ledger."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.exchange.documents.composing import get_ready
from app.ledger.door import Ledger
from app.records import Submission
from app.ui.context import Context
from app.ui.settings.checking import CheckSection
from app.ui.settings.page import SettingsPage
from app.ui.shell.window import MainWindow
from app.ui.targets import ShowSettings
from tests.support.forging import forge_whole, unguarded

Settle = Callable[[], None]
START = date(2026, 4, 1)


@pytest.fixture
def window(
    context: Context, sample: Any, qtbot: QtBot, settled: Settle
) -> Iterator[Callable[[], MainWindow]]:
    """Opens the window, and waits until all that it does at a start is done."""
    made: list[MainWindow] = []
    del sample

    def opened() -> MainWindow:
        made.append(MainWindow(context))
        made[0].resize(1200, 760)
        with qtbot.waitExposed(made[0]):
            made[0].show()
        settled()
        return made[0]

    yield opened
    settled()
    for one in made:
        one.hide()
        one.deleteLater()


def test_of_a_sound_ledger_nothing_is_said(window: Callable[[], MainWindow], qtbot: QtBot) -> None:
    shown = window()
    qtbot.waitUntil(lambda: shown.watching.looked, timeout=10_000)
    assert not shown.alarm.isVisible()


def test_once_the_window_stands_the_first_paper_is_got_ready(
    window: Callable[[], MainWindow], qtbot: QtBot, settled: Settle
) -> None:
    get_ready.cache_clear()
    shown = window()
    qtbot.waitUntil(lambda: shown.watching.looked, timeout=10_000)
    settled()
    assert get_ready.cache_info().currsize == 1


def test_what_is_wrong_stands_above_every_page_and_leads_to_the_verification(
    window: Callable[[], MainWindow], context: Context, sample: Any, qtbot: QtBot
) -> None:
    with unguarded(context.ledger.path, context.ledger.key) as connection:
        connection.execute("UPDATE person SET post = '部長' WHERE id = ?", (sample.person.id,))
    shown = window()
    qtbot.waitUntil(shown.alarm.isVisible, timeout=10_000)
    assert shown.alarm.text == "台帳に異常が見つかりました。要員「E-001」：登録内容が記録と合いません。"
    qtbot.mouseClick(shown.alarm.findChild(QAbstractButton), Qt.MouseButton.LeftButton)
    assert isinstance(shown.page, SettingsPage)
    assert isinstance(shown.page.section, CheckSection)


def test_nobody_waits_for_the_check(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has a connection of its own: whoever reads or writes meanwhile is not held up."""
    from app.ledger.proof import verifying

    free: list[bool] = []

    def ask() -> None:
        free.append(context.ledger._lock.acquire(blocking=False))
        context.ledger._lock.release()

    def look(*_args: Any) -> None:
        other = threading.Thread(target=ask)
        other.start()
        other.join()

    monkeypatch.setattr(verifying, "quick", look)
    context.ledger.quick_check()
    assert free == [True]


@pytest.fixture
def document(issued: Callable[..., Submission]) -> Submission:
    return issued("location-notice", START)


@pytest.fixture
def check(context: Context, shown: Callable[..., Any], settled: Settle) -> Iterator[CheckSection]:
    page: SettingsPage = shown(SettingsPage(context))
    page.show_target(ShowSettings("check"))
    settled()
    assert isinstance(page.section, CheckSection)
    yield page.section
    settled()


@pytest.mark.parametrize("typed", ["{0}:{1}", "台帳 {0} : {1}", "{0}：{1}"])
def test_a_head_typed_from_paper_is_held_to_the_journal(
    check: CheckSection, context: Context, settled: Settle, qtbot: QtBot, typed: str
) -> None:
    last = context.ledger.head()
    assert not check.head_button.isEnabled()
    check.head.setText(typed.format(last.sequence, last.hash.upper()))
    qtbot.mouseClick(check.head_button, Qt.MouseButton.LeftButton)
    settled()
    called = f"「{last.sequence:,} : {last.hash[:8]}…」"
    said = f"{called}：記録{last.sequence:,}番の値は、この台帳の記録簿と一致しています。"
    assert check.head_notice.text == said
    check.head.setText(f"{last.sequence + 1}:{last.hash}")
    assert check.head_notice.text == "", "beside another value the answer would be taken for that one's"
    assert not check.head_notice.isVisible()
    qtbot.keyClick(check.head, Qt.Key.Key_Return)
    settled()
    assert check.head_notice.text.startswith(f"「{last.sequence + 1:,} : ")
    assert "打ち間違いでも別の台帳の値でもなければ" in check.head_notice.text
    assert "終わりの記録が取り除かれています" in check.head_notice.text
    check.head.setText("267")
    qtbot.mouseClick(check.head_button, Qt.MouseButton.LeftButton)
    assert "先頭値を読めません" in check.head_notice.text
    assert check.head.text() == "267", "what was typed stays"


def test_an_answer_that_comes_after_the_value_was_changed_is_not_shown(
    check: CheckSection, context: Context, settled: Settle, qtbot: QtBot
) -> None:
    last = context.ledger.head()
    check.head.setText(f"{last.sequence}:{last.hash}")
    qtbot.keyClick(check.head, Qt.Key.Key_Return)
    check.head.setText(f"{last.sequence}:{'0' * 64}")
    settled()
    assert check.head_notice.text == ""


def test_a_pdf_is_held_to_its_copy_and_to_the_journal(
    check: CheckSection,
    context: Context,
    document: Submission,
    dialogs: Any,
    settled: Settle,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    copy = tmp_path / "控え.pdf"
    copy.write_bytes(context.ledger.document_bytes(document))
    dialogs.answers = [[copy], [], [copy]]
    qtbot.mouseClick(check.pdf_button, Qt.MouseButton.LeftButton)
    settled()
    assert check.pdf_notice.text == f"「控え.pdf」：書類「{document.number}」の控えと一致しました。"
    check.check_pdf()
    assert check.pdf_notice.text == ""
    forge(context.ledger)
    check.check_pdf()
    settled()
    assert "控えと同じファイルですが" in check.pdf_notice.text
    assert "書き換えられています" in check.pdf_notice.text


def forge(ledger: Ledger) -> None:
    def rewrite(record: str, _number: int, content: dict[str, Any]) -> None:
        if record == "client":
            content["note"] = "前からこうだった"

    forge_whole(ledger.path, ledger.key, rewrite)
    ledger._facts = None


def test_every_head_is_shown_with_its_source_and_those_that_do_not_hold_first(
    check: CheckSection, context: Context, document: Submission, settled: Settle, qtbot: QtBot
) -> None:
    context.ledger.backup(context.backups())
    check.run()
    settled()
    assert "問題はありません" in check.notice.text
    assert "台帳の外に残る先頭値2件も一致しました" in check.notice.text
    assert not check.restore_button.isVisible()
    rows = [[cell.text for cell in line.cells] for line in check.heads.lines.lines]
    assert [(row[0].partition("「")[0], row[2]) for row in rows] == [
        ("バックアップ", "一致"),
        ("書類", "一致"),
    ]
    forge(context.ledger)
    context.ledger.backup(context.backups())
    check.run()
    settled()
    rows = [[cell.text for cell in line.cells] for line in check.heads.lines.lines]
    assert [row[2].startswith("不一致") for row in rows] == [True, True, False]
    assert "2件の問題が見つかりました" in check.notice.text
    with qtbot.waitSignal(context.wanted) as asked:
        qtbot.mouseClick(check.restore_button, Qt.MouseButton.LeftButton)
    assert asked.args == [ShowSettings("backup")]
    assert f"提出書類「{document.number}」" in check.details.plain


def test_what_could_not_be_looked_at_is_no_full_proof(
    check: CheckSection, context: Context, settled: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.exchange.proof import proving

    def unreadable(_folder: Path) -> Any:
        raise PermissionError

    monkeypatch.setattr(proving, "backups", unreadable)
    check.run()
    settled()
    assert "バックアップの先頭値とは突き合わせていません" in check.notice.text
    del context
