"""Answers to an import, given in the window: chosen or typed, by mouse or keys, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.exchange.mending.replies import Deed, Reply
from app.records import Device, ImportRun
from app.ui.context import Context
from app.ui.importing.page import ImportPage
from app.ui.shell.window import MainWindow
from app.ui.targets import BringIn
from tests.support.books import book, rows

HEAD = ("管理番号", "種別", "所有", "製造番号")
LEFT = Qt.MouseButton.LeftButton


def workbook(folder: Path, *held: Any, head: Any = HEAD, name: str = "PC台帳.xlsx") -> Path:
    path = folder / name
    path.write_bytes(book(rows(head, *held)))
    return path


@pytest.fixture
def begin(context: Context, sample: Any, shown: Any, settled: Any) -> Callable[..., ImportPage]:
    del sample
    window: MainWindow = shown(MainWindow(context))
    settled()

    def go(path: Path, kind: str = "device") -> ImportPage:
        window.open(BringIn(kind, path))
        settled()
        page = window.page
        assert isinstance(page, ImportPage)
        return page

    return go


def pick(page: ImportPage, row: int) -> None:
    """Select the row of the file in the list."""
    lines = page.rows.table.lines.lines
    page.rows.table.choose_row(next(at for at, one in enumerate(lines) if one.key.row == row))


def reply(page: ImportPage, words: str) -> None:
    """Choose the answer that says so."""
    box = page.rows.box.reply
    found = [at for at in range(box.count()) if words in box.itemText(at)]
    assert len(found) == 1, [box.itemText(at) for at in range(box.count())]
    box.setCurrentIndex(found[0])


def status(page: ImportPage) -> dict[int, str]:
    assert page.planned is not None, page.notice.text
    return {one.row: str(one.status) for one in page.planned.lines}


def numbers(context: Context) -> set[str]:
    return {one.control_number for one in context.facts().all(Device)}


ASKED = (
    ("PC-901", "箱型", "自社", "A1"),
    ("PC-902", "箱型", "自社", "A2"),
    ("PC-903", "PC", "自社", "A3"),
    ("PC-904", "筒型", "自社", "A4"),
)


def test_one_answer_for_all_alike_and_one_typed_by_keys_bring_all_in(
    begin: Any, context: Context, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    page = begin(workbook(tmp_path, *ASKED))
    assert page.tabs.currentIndex() == 1
    assert "行を選んで答えるか" in page.notice.text
    pick(page, 2)
    box = page.rows.box
    page.rows.table.setFocus()
    qtbot.keyClick(page.rows.table, Qt.Key.Key_Return)
    assert box.reply.hasFocus()
    assert "「箱型」は選択肢にありません" in box.asked.plain
    reply(page, "サーバ")
    assert box.typed.text() == "サーバ"
    box.scope.setCurrentIndex(1)
    assert box.scope.currentText() == "同じ値の2行すべて"
    qtbot.mouseClick(box.answer, LEFT)
    settled()
    assert status(page) == {2: "new", 3: "new", 4: "new", 5: "ask"}
    # The next that is asked about stands there by itself; it is typed and given by keys alone.
    assert page.rows.table.selected()[0].row == 5
    box.typed.setFocus()
    box.typed.clear()
    qtbot.keyClicks(box.typed, "PC")
    qtbot.keyClick(box.typed, Qt.Key.Key_Return)
    settled()
    assert set(status(page).values()) == {"new"}
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    assert {f"PC-90{at}" for at in (1, 2, 3, 4)} <= numbers(context)
    (run,) = context.facts().all(ImportRun)
    assert (run.new, run.file_name, len(run.digest)) == (4, "PC台帳.xlsx", 64)


def test_an_answer_is_taken_back(begin: Any, settled: Any, qtbot: QtBot, tmp_path: Path) -> None:
    page = begin(workbook(tmp_path, *ASKED))
    assert not page.rows.box.undo.isVisible()
    pick(page, 2)
    reply(page, "取り込まない")
    qtbot.mouseClick(page.rows.box.answer, LEFT)
    settled()
    assert status(page)[2] == "skipped"
    qtbot.mouseClick(page.rows.box.undo, LEFT)
    settled()
    assert status(page)[2] == "ask"
    assert not page.rows.box.undo.isVisible()


def test_nothing_is_answered_for_anybody(begin: Any, settled: Any, qtbot: QtBot, tmp_path: Path) -> None:
    page = begin(workbook(tmp_path, *ASKED))
    pick(page, 2)
    box = page.rows.box
    assert box.reply.currentData() is None
    qtbot.mouseClick(box.answer, LEFT)
    settled()
    assert "答えを選ぶか、正しい値を入力してください" in box.asked.plain
    assert status(page)[2] == "ask"


def test_a_filter_changes_nothing_of_what_is_applied(
    begin: Any, context: Context, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    page = begin(workbook(tmp_path, *ASKED))
    page.rows.narrow("ask")
    pick(page, 2)
    reply(page, "サーバ")
    qtbot.mouseClick(page.rows.box.answer, LEFT)
    settled()
    assert page.rows.table.model().rowCount() == 2
    pick(page, 3)
    reply(page, "取り込まない")
    qtbot.mouseClick(page.rows.box.answer, LEFT)
    settled()
    pick(page, 5)
    reply(page, "取り込まない")
    qtbot.mouseClick(page.rows.box.answer, LEFT)
    settled()
    page.rows.narrow("skipped")
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    assert numbers(context) >= {"PC-901", "PC-903"}
    assert not numbers(context) & {"PC-902", "PC-904"}


def test_a_row_that_answers_badly_stays_with_its_reason(
    begin: Any, dialogs: Any, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    page = begin(workbook(tmp_path, *ASKED))
    pick(page, 2)
    box = page.rows.box
    box.typed.clear()
    qtbot.keyClicks(box.typed, "XYZ")
    qtbot.keyClick(box.typed, Qt.Key.Key_Return)
    settled()
    assert page.rows.table.selected()[0].row == 2
    assert "種別「XYZ」は選べません" in box.asked.plain
    # What was answered and not brought in is not thrown away without a question.
    dialogs.answers.append(True)


def test_what_no_column_says_is_answered_by_group(
    begin: Any, dialogs: Any, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    head = ("管理番号", "種別", "備考")
    held = [
        ("PC-901", "PC", "本社"),
        ("PC-902", "PC", "本社"),
        ("PC-903", "PC", "支店"),
        ("PC-904", "PC", "支店"),
    ]
    page = begin(workbook(tmp_path, *held, head=head))
    page.tabs.setCurrentIndex(1)
    for row, owner, scope in ((2, "自社", "備考が「本社」の2行"), (4, "リース", "同じ質問の2行すべて")):
        pick(page, row)
        reply(page, owner)
        at = page.rows.box.scope.findText(scope)
        assert at > 0
        page.rows.box.scope.setCurrentIndex(at)
        qtbot.mouseClick(page.rows.box.answer, LEFT)
        settled()
    assert page.planned is not None
    assert [one.entry["owner"] for one in page.planned.lines] == ["自社", "自社", "リース", "リース"]
    dialogs.answers.append(True)


def test_a_row_is_a_record_that_is_there(
    begin: Any, context: Context, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    context.ledger.add(Device(kind="PC", owner="自社", serial="ZX-1", control_number="PC-801"))
    page = begin(
        workbook(tmp_path, ("PC", "自社", "ZX-1", "予備機"), head=("種別", "所有", "製造番号", "備考"))
    )
    page.tabs.setCurrentIndex(1)
    pick(page, 2)
    reply(page, "PC-801")
    chosen = page.rows.box.reply.currentData()
    assert isinstance(chosen, Reply)
    assert chosen.deed is Deed.SAME
    qtbot.mouseClick(page.rows.box.answer, LEFT)
    settled()
    assert status(page) == {2: "changed"}
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    (held,) = (one for one in context.facts().all(Device) if one.serial == "ZX-1")
    assert (held.control_number, held.note) == ("PC-801", "予備機")


def test_what_is_left_goes_out_with_its_reasons(
    begin: Any, context: Context, dialogs: Any, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    page = begin(workbook(tmp_path, *ASKED))
    qtbot.mouseClick(page.rows.leave, LEFT)
    settled()
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    assert page.rest_button.isVisible()
    dialogs.answers.append(tmp_path / "直す行")
    qtbot.mouseClick(page.rest_button, LEFT)
    settled()
    found = load_workbook(BytesIO((tmp_path / "直す行.xlsx").read_bytes())).worksheets[0]
    assert [found.cell(at, 1).value for at in (2, 3, 4)] == ["PC-901", "PC-902", "PC-904"]
    assert "「箱型」は選択肢にありません" in str(found.cell(2, 7).value)
    again = begin(tmp_path / "直す行.xlsx")
    assert again.planned is not None
    assert again.planned.counts["ask"] == 3


def test_the_same_file_and_the_same_columns_are_known_again(
    begin: Any, context: Context, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    head = (*HEAD, "旧番号")
    path = workbook(tmp_path, ("PC-901", "箱型", "自社", "A1", "旧-1"), head=head)
    page = begin(path)
    assert not page.known.isVisible()
    page.columns.table.select(5)
    at = page.columns.to.findData("note+")
    page.columns.to.setCurrentIndex(at)
    page.columns.to.activated.emit(at)
    settled()
    page.tabs.setCurrentIndex(1)
    pick(page, 2)
    reply(page, "サーバ")
    page.rows.box.scope.setCurrentIndex(0)
    qtbot.mouseClick(page.rows.box.answer, LEFT)
    settled()
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    assert "PC-901" in numbers(context)
    other = workbook(
        tmp_path, ("PC-902", "PC", "自社", "A2", "旧-2", "2階"), head=(*head, "階"), name="b.xlsx"
    )
    page = begin(other)
    assert "「PC台帳.xlsx」の列の対応を使っています。前回なかった列：「階」。" in page.known.text
    assert [one.letter for one in page.columns.undecided] == ["F"]
    qtbot.mouseClick(page.known.forget, LEFT)
    settled()
    assert [one.letter for one in page.columns.undecided] == ["E", "F"]
    assert not page.known.isVisible()
    page = begin(path)
    assert "同じ内容のファイルです" in page.known.text


def test_a_column_erases_only_where_that_is_chosen(
    begin: Any, context: Context, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    context.ledger.add(Device(kind="PC", owner="自社", serial="A1", control_number="PC-901"))
    page = begin(workbook(tmp_path, ("PC-901", "PC", "自社", None)))
    page.update_box.setChecked(True)
    settled()
    assert "取り込むものはありません" in page.notice.text
    page.tabs.setCurrentIndex(0)
    page.columns.table.select(1)
    assert not page.columns.erases.isVisible()
    page.columns.table.select(4)
    page.columns.erases.setChecked(True)
    settled()
    assert page.confirm.text() == "1件を取り込む（1件の値を消す）"
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    (held,) = (one for one in context.facts().all(Device) if one.control_number == "PC-901")
    assert held.serial == ""
    (run,) = context.facts().all(ImportRun)
    assert run.erased == 1
