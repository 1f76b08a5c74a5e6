"""A text of several documents: which of them is meant is asked, in the reading and in a new year's text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.annexes.catalogue import Catalogue
from app.annexes.reading.reader import read
from app.annexes.reading.review.beginning import begin
from app.annexes.reading.review.choosing import spoken
from app.annexes.reading.review.kept import read_back
from app.annexes.reading.review.model import State
from app.records import OwnAnnex
from app.ui.annexes.deeds import publish
from app.ui.annexes.reading.documents_dialog import DocumentsDialog
from app.ui.annexes.revising.page import RevisingPage
from app.ui.context import Context
from app.ui.editor.page import EditorPage
from app.ui.inputs.rows import GridInput
from app.ui.parts.space.screen import Framed
from app.ui.parts.widgets import Prose
from app.ui.shell.window import MainWindow
from app.ui.targets import EditRecord, ReviseAnnex
from tests.annexes.reading.review.test_choosing import QUIET, SECOND
from tests.annexes.reading.test_split_documents import ANNEX, CONTRACT
from tests.ui.annexes.conftest import click
from tests.ui.annexes.test_reading_page import TEXT, accept_all, doubt, pasted
from tests.ui.annexes.test_reading_page import shown as page_of
from tests.ui.conftest import FakeDialogs

Settle = Callable[[], None]


def ticking(*titles: str, seen: list[list[str]] | None = None) -> Callable[[QDialog], None]:
    """Somebody who leaves exactly the documents of these titles ticked and goes on."""

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, DocumentsDialog)
        if seen is not None:
            seen.append([box.text() for box in dialog.boxes.values() if box.isChecked()])
        for box in dialog.boxes.values():
            box.setChecked(box.text() in titles)
        assert dialog.ok.isEnabled() is bool(titles)
        dialog.done(int(bool(titles)))

    return answer


def test_of_two_annexes_the_window_asks_which_one_is_meant(
    window: MainWindow, context: Context, dialogs: FakeDialogs, settled: Settle, qtbot: QtBot
) -> None:
    seen: list[list[str]] = []
    dialogs.answers.append(ticking("情報セキュリティ特記事項", seen=seen))
    page = pasted(window, settled, qtbot, ANNEX + SECOND)
    assert seen == [[]], "which of two annexes binds the contract is nothing to guess"
    assert page.work.head.title.text() == "情報セキュリティ特記事項"
    assert [one.number for one in page.work.review.review.taken] == ["第1条", "第2条"]
    assert page.save()
    (record,) = context.facts().all(OwnAnnex)
    assert 'number = "第1条"' in record.content
    assert read_back(record.reading).raw == ANNEX + SECOND, "nothing of the text is lost"


def test_of_a_contract_with_its_annex_the_annex_is_ticked_and_the_contract_can_come_back(
    window: MainWindow, dialogs: FakeDialogs, settled: Settle, qtbot: QtBot
) -> None:
    seen: list[list[str]] = []
    dialogs.answers.append(ticking("個人情報取扱特記事項", seen=seen))
    page = pasted(window, settled, qtbot, CONTRACT + ANNEX)
    assert seen == [["個人情報取扱特記事項"]]
    states = [one.state for one in page.work.review.review.items]
    assert states[:3] == [State.SET_ASIDE] * 3
    back = next(
        one
        for one in page.work.head.findChildren(QAbstractButton)
        if one.accessibleName() == "業務委託契約書の条項をすべて戻す"
    )
    click(qtbot, back)
    assert len(page.work.review.review.taken) == 5
    assert any(
        one.accessibleName() == "業務委託契約書の条項をすべて外す"
        for one in page.work.head.findChildren(QAbstractButton)
    )


def test_documents_are_chosen_by_the_keyboard(qtbot: QtBot, shown: Callable[..., Any]) -> None:
    documents = spoken(begin(read(ANNEX + SECOND)))
    dialog = shown(DocumentsDialog(documents, ()))
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.isVisible(), "before anything is ticked Enter does nothing"
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    assert dialog.chosen == {documents[0].at}
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_the_line_of_a_document_names_all_its_paragraphs(shown: Callable[..., Any]) -> None:
    documents = spoken(begin(read(QUIET + SECOND)))
    dialog = shown(DocumentsDialog(documents, ()))
    told = [one.plain for one in dialog.findChildren(Prose)]
    for one in documents:
        (line,) = (text for text in told if f"条項{one.count}（" in text)
        counted = [int(number) for number in re.findall(r"[0-9]+", line)]
        assert sum(counted[1:]) == counted[0] == one.count


def test_who_turns_away_still_has_what_was_pasted(
    window: MainWindow, dialogs: FakeDialogs, settled: Settle, qtbot: QtBot
) -> None:
    dialogs.answers.append(ticking())
    page = pasted(window, settled, qtbot, ANNEX + SECOND)
    assert not page.working
    assert page.begin.edit.toPlainText() == ANNEX + SECOND


def test_a_new_years_text_with_its_contract_is_compared_in_what_is_meant_alone(
    window: MainWindow, context: Context, dialogs: FakeDialogs, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot, ANNEX)
    accept_all(page)
    assert page.save()
    (record,) = context.facts().all(OwnAnnex)
    dialogs.answers.append(True)
    assert publish(context, record)
    settled()
    window.open(ReviseAnnex(record.annex, 1))
    settled()
    revising = window.page
    assert isinstance(revising, RevisingPage)
    dialogs.answers.append(ticking("個人情報取扱特記事項"))
    revising.read_pasted(CONTRACT + ANNEX.replace("鍵のかかる場所", "鍵のかかる書庫"))
    settled()
    assert revising.planned is not None
    steps = [str(one.step) for one in revising.planned.revised.clauses]
    assert sorted(steps) == ["changed", "kept"], "no article of the contract is a new clause"


def test_what_is_undone_is_shown_where_it_was_decided(
    window: MainWindow, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    click(qtbot, page.work.check_button)
    review = page.work.review
    at = review.at
    review.accept()
    assert review.at != at
    review.undo()
    assert review.at == at
    assert not review.review.items[at].state.decided


def test_the_button_says_when_going_on_means_that_nothing_is_asked(
    window: MainWindow, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    click(qtbot, page.work.check_button)
    review = page.work.review
    doubt(page, 3, "worker-list")
    for at, item in enumerate(review.review.items):
        review.go(at)
        left_out = any(pick.doubtful for pick in item.picks)
        wanted = "印のないものを除いて次へ" if left_out else "このとおりで次へ"
        wanted = wanted if item.kinds else "義務なしで次へ"
        assert (review.accept_button.text(), review.accept_button.accessibleName()) == (wanted, wanted)
    doubtful = next(at for at, item in enumerate(review.review.items) if item.kinds and item.left_out)
    review.go(doubtful)
    for kind in review.review.items[doubtful].left_out:
        review.item.turn(kind)
    assert review.accept_button.text() == "このとおりで次へ"
    review.go(0)
    review.turn_aside()
    assert review.accept_button.text() == "このとおりで次へ"
    assert review.aside_button.accessibleName() == "戻す"


def test_where_all_has_no_room_what_comes_next_is_in_sight(
    window: MainWindow, context: Context, settled: Settle, qtbot: QtBot
) -> None:
    window.resize(911, 512)
    context.look.choose(size=150)
    page = pasted(window, settled, qtbot)
    frame = next(one for one in window.findChildren(Framed) if one.isAncestorOf(page))
    bar = frame.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    page.read_pasted(TEXT)
    settled()
    qtbot.waitUntil(lambda: in_sight(page.work.check_button))
    click(qtbot, page.work.check_button)
    review = page.work.review
    assert review.item.text.isVisible(), "the text stands with its proposals"
    qtbot.waitUntil(lambda: in_sight(review.accept_button) and in_sight(review.item.text))
    bar.setValue(bar.maximum())
    page.make_contract()
    qtbot.waitUntil(lambda: in_sight(page.work.notice))
    QTest.keyClick(window, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: in_sight(review.accept_button) and in_sight(review.item.text))


def in_sight(widget: QWidget) -> bool:
    """Whether all of it is seen, in whatever scrolls it."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def test_who_only_names_a_paragraph_has_not_said_that_it_asks_for_nothing(
    window: MainWindow, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    click(qtbot, page.work.check_button)
    review = page.work.review
    at = next(at for at, one in enumerate(review.review.items) if one.state is State.NOTHING)
    review.go(at)
    review.item.heading.setText("雑則")
    review.item.heading.editingFinished.emit()
    assert review.review.items[at].heading == "雑則"
    assert at in review.review.open
    review.accept()
    review.go(at)
    assert "確かめました" in " ".join(one.text() for one in review.item.picks.findChildren(Prose))


def test_what_was_typed_is_taken_back_by_itself(window: MainWindow, settled: Settle, qtbot: QtBot) -> None:
    page = pasted(window, settled, qtbot)
    click(qtbot, page.work.check_button)
    review = page.work.review
    review.accept()
    accepted = review.review
    review.item.summary.setPlainText("要")
    review.item.summary.setPlainText("要約")
    assert review.review.items[review.at].summary == "要約"
    review.undo()
    assert review.review == accepted


def test_every_proposal_parameter_and_moment_is_ticked_by_the_mouse(
    window: MainWindow, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    click(qtbot, page.work.check_button)
    review = page.work.review
    at = next(at for at, one in enumerate(review.review.items) if one.details and one.moments)
    review.go(at)

    def held() -> list[bool]:
        item = review.review.items[at]
        ticked = [one.ticked for one in item.picks] + [one.ticked for one in item.moments]
        return ticked + [one.ticked for one in item.details]

    view = review.item.picks
    boxes: tuple[Callable[[], QCheckBox], ...] = (
        lambda: next(iter(view.boxes.values())),
        lambda: view.details[0],
        lambda: next(iter(view.moments.values())),
    )
    for box in boxes:
        before, ticked = held(), box().isChecked()
        qtbot.mouseClick(box(), Qt.MouseButton.LeftButton, pos=QPoint(8, box().height() // 2))
        assert held() != before
        assert box().isChecked() is not ticked
        review.undo()
        assert held() == before


def test_a_text_that_the_ledger_has_already_is_told(
    window: MainWindow, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    assert "登録済み" not in page.work.notice.text
    assert page.save()
    settled()
    window.back()
    settled()
    again = pasted(window, settled, qtbot, TEXT + "\n")
    assert "第1版（下書き）として登録済みです" in again.work.notice.text


def test_the_contract_that_waits_carries_what_was_read_for_it(
    window: MainWindow, context: Context, dialogs: FakeDialogs, settled: Settle, qtbot: QtBot
) -> None:
    window.open(EditRecord("contract"))
    settled()
    editor = window.page
    assert isinstance(editor, EditorPage)
    editor.awaited.read()
    page = page_of(window)
    page.begin.edit.setPlainText(TEXT.replace("第２条（複写", "第２条（電磁的記録媒体を扱う場合のみ）（複写"))
    click(qtbot, page.begin.read_button)
    settled()
    accept_all(page)
    dialogs.answers.append(True)
    click(qtbot, page.work.contract_button)
    settled()
    assert window.page is editor
    (record,) = context.facts().all(OwnAnnex)
    grid = editor.form.boxes["annexes"].input
    assert isinstance(grid, GridInput)
    (row,) = grid.text()
    (option,) = _annex(context.catalogue, record).options
    assert (row["annex"], str(row["version"]), row["options"]) == (record.annex, "1", option.key)
    assert editor.form.dirty


def _annex(catalogue: Catalogue, record: OwnAnnex) -> Any:
    return catalogue.annex(record.annex, record.version)
