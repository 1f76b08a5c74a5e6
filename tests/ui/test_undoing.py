"""元に戻す in the window: what would be taken back is said, asked and done; of a part, both lists first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.records import Client, Person, Statement, Submission
from app.ui.context import Context
from app.ui.parts.widgets import Prose
from app.ui.shell.window import MainWindow
from app.ui.targets import ShowDone
from app.ui.undo import asking
from app.ui.undo.page import UndoPage
from app.ui.undo.partial_dialog import PartialDialog
from tests.support.window.leaving import leave
from tests.support.window.on_screen import on_screen

NAME = "退職　髙橋 花子（2件）"


@pytest.fixture
def window(context: Context, sample: Any, settled: Callable[[], None], qtbot: QtBot) -> Iterator[MainWindow]:
    del sample
    with on_screen(context, settled, qtbot, 1366, 728) as made:
        made.activateWindow()
        settled()
        yield made


@pytest.fixture
def left(context: Context, sample: Any) -> int:
    """Both people left, as one act; its number."""
    return leave(context.ledger, (sample.person, sample.other_person))


def days(context: Context) -> list[date | None]:
    return [one.left_on for one in context.facts().all(Person)]


def said(widget: QDialog | UndoPage) -> str:
    return "\n".join(one.plain for one in widget.findChildren(Prose))


def test_the_button_says_what_would_be_taken_back(
    window: MainWindow, context: Context, left: int, qtbot: QtBot, dialogs: Any
) -> None:
    button = window.navigation._undo
    qtbot.waitUntil(lambda: button.toolTip() == f"元に戻す：{NAME}（Ctrl+Z）")
    assert button.accessibleDescription() == f"元に戻す：{NAME}"
    assert button.text().strip().startswith("元に戻す：退職")
    dialogs.answers.append(True)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dialogs.asked == [f"「{NAME}」を元に戻しますか？"]
    assert days(context) == [None, None]
    assert window.statusBar().currentMessage() == f"「{NAME}」を元に戻しました。"
    assert NAME not in button.toolTip()
    del left


def test_ctrl_z_twice_takes_back_two_acts_and_ctrl_y_does_them_again(
    window: MainWindow, context: Context, sample: Any, dialogs: Any, qtbot: QtBot
) -> None:
    held = context.ledger.change(replace(sample.person, department="総務課"))
    context.ledger.change(replace(held, department="情報課"))
    dialogs.answers += [True] * 4
    found = []
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_Y):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        found.append(context.facts().get(Person, held.id).department)
    assert found == ["総務課", "", "総務課", "情報課"]
    assert dialogs.asked[0] == "「要員 髙橋 花子」の変更を元に戻しますか？"
    assert dialogs.asked[2] == "「要員 髙橋 花子」の変更をやり直しますか？"


def test_declined_it_changes_nothing(window: MainWindow, context: Context, left: int, dialogs: Any) -> None:
    head = context.ledger.head()
    dialogs.answers.append(False)
    window.undo()
    assert context.ledger.head() == head
    del left


def test_what_another_window_did_is_taken_back_as_well(
    context: Context, program: Any, ledger: Any, left: int, dialogs: Any, look: Any, operations: Any
) -> None:
    """The queue is the ledger's: a window that was opened later knows what was done before."""
    other = Context(program, ledger, dialogs, operations, look)
    dialogs.answers.append(True)
    asking.undo_newest(other)
    assert days(context) == [None, None]
    other.close()
    del left


def test_a_new_ledger_has_nothing_to_take_back(context: Context, dialogs: Any) -> None:
    asking.undo_newest(context)
    asking.undo_newest(context, redo=True)
    assert "元に戻せる操作がありません" in dialogs.said[0]
    assert "やり直せる操作がありません" in dialogs.said[1]


def test_of_a_part_both_lists_are_shown_before_anything_is_written(
    window: MainWindow, context: Context, sample: Any, left: int, dialogs: Any
) -> None:
    context.ledger.change(replace(context.ledger.get(Person, sample.person.id), post="次長"))
    head = context.ledger.head()
    found = []

    def read(dialog: PartialDialog) -> None:
        found.append(said(dialog))
        assert context.ledger.head() == head
        dialog.go.click()

    dialogs.answers.append(read)
    asking.undo(context, next(one for one in context.ledger.done(9) if one.number == left))
    assert "要員 𠮷田 次郎\n退職日　令和8年4月30日 → （空欄）" in found[0]
    assert "要員 髙橋 花子\nその後に変更されています" in found[0]
    assert days(context) == [date(2026, 4, 30), None]
    assert (
        window.statusBar().currentMessage().endswith("のうち1件を元に戻しました。1件は今のまま残っています。")
    )


def test_return_does_not_take_back_a_part_by_mistake(
    context: Context, sample: Any, left: int, qtbot: QtBot
) -> None:
    context.ledger.change(replace(context.ledger.get(Person, sample.person.id), post="次長"))
    dialog = PartialDialog(context.ledger.undoing(left))
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    assert dialog.go.text() == "1件を元に戻す"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_what_cannot_go_back_at_all_is_said_with_the_way_to_others(
    window: MainWindow, context: Context, sample: Any, dialogs: Any
) -> None:
    made = context.ledger.add(Client(name="みなと南市", addressee="みなと南市長"))
    contract = context.facts().all(type(sample.contract))[0]
    context.ledger.change(replace(contract, client=made.id))
    number = next(one for one in context.ledger.done(9) if one.name.endswith("の登録"))
    dialogs.answers.append(True)
    asking.undo(context, number)
    assert dialogs.asked[-1] == "「発注者 みなと南市」の登録は元に戻せません。"
    assert isinstance(window.page, UndoPage)


def test_what_moved_on_while_it_was_asked_is_not_written(
    context: Context, left: int, dialogs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*_given: Any, **_more: Any) -> bool:
        context.ledger.add(Person(name="鈴木", employment="社員"))
        return True

    monkeypatch.setattr(dialogs, "ask", meanwhile)
    asking.undo_newest(context)
    assert "表示したあとに台帳の内容が変わったため" in dialogs.said[-1]
    assert days(context)[:2] == [date(2026, 4, 30)] * 2
    del left


def test_an_issued_paper_is_not_taken_back_and_that_is_said(
    context: Context, sample: Any, left: int, monkeypatch: pytest.MonkeyPatch, dialogs: Any
) -> None:
    statement = Statement(form="oath", contract=sample.contract.id, on=date(2026, 4, 1))
    context.ledger.issue(context.ledger.reserve(statement), "誓約書", b"%PDF")
    details = []

    def ask(text: str, yes: str, *, detail: str = "", **_more: Any) -> bool:
        details.append((text, yes, detail))
        return True

    monkeypatch.setattr(dialogs, "ask", ask)
    asking.undo_newest(context)
    text, yes, detail = details[0]
    assert (text, yes) == (f"「{NAME}」を元に戻しますか？", "元に戻す")
    assert "これより後に、元に戻せない操作（書類の発行など）があります" in detail
    assert context.facts().count(Submission) == 1
    del left


def test_an_older_change_is_chosen_from_the_list(
    window: MainWindow, context: Context, sample: Any, left: int, dialogs: Any, qtbot: QtBot
) -> None:
    context.ledger.add(Client(name="みなと南市", addressee="みなと南市長"))
    window.open(ShowDone())
    page = window.page
    assert isinstance(page, UndoPage)
    assert page.shown is not None
    assert [one.name for one in page.shown][:2] == ["「発注者 みなと南市」の登録", NAME]
    assert "令和8年" in said(page)
    assert "2件　山田 太郎" in said(page)
    go = next(one for one in page.findChildren(QPushButton) if one.accessibleName() == f"元に戻す：{NAME}")
    dialogs.answers.append(True)
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    assert days(context) == [None, None]
    assert context.facts().count(Client) == 2
    assert page.shown[0].title == f"やり直し：{NAME}"
    del left, sample


def test_the_list_is_found_by_its_word(context: Context) -> None:
    from app.ui.search.acts import acts, matching

    for word in ("元に戻す", "もとにもどす", "間違えた"):
        assert any(one.target == ShowDone() for one in matching(acts(context.forms), word)[:3])


def test_a_large_change_is_taken_back_by_the_worker(
    context: Context, left: int, dialogs: Any, settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "AT_ONCE", 1)
    titles: list[str] = []
    context.operations.started.connect(lambda job: titles.append(job.title))
    dialogs.answers.append(True)
    asking.undo_newest(context)
    settled()
    assert days(context) == [None, None]
    assert titles == [f"元に戻す：{NAME}：内容を確かめています", f"元に戻す：{NAME}"]
    del left
