"""取込み in the window: a register, its columns decided, every row shown; then all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.exchange.tables import planning
from app.records import SPECS, Device, ImportRun
from app.ui.context import Context
from app.ui.importing.page import ImportPage
from app.ui.lists.view import RecordList
from app.ui.shell.window import MainWindow
from app.ui.targets import BringIn, ShowList
from tests.support.books import book, rows

Show = Callable[..., Any]
HEAD = ("管理番号", "種別", "所有", "製造番号", "旧番号", "備考")
NEW = ("PC-901", "ノートPC", "購入", "A1", "旧-1", "予備")
SECOND = ("PC-902", "デスクトップ", "リース", "A2", None, None)


def workbook(folder: Path, *held: Any, head: Any = HEAD) -> Path:
    path = folder / "PC台帳.xlsx"
    path.write_bytes(book(rows(("PC管理台帳",), head, *held)))
    return path


@pytest.fixture
def window(context: Context, sample: Any, shown: Show, settled: Any) -> MainWindow:
    del sample
    made: MainWindow = shown(MainWindow(context))
    settled()
    return made


@pytest.fixture
def begin(window: MainWindow, settled: Any) -> Callable[..., ImportPage]:
    def go(path: Path, kind: str = "device") -> ImportPage:
        window.open(BringIn(kind, path))
        settled()
        page = window.page
        assert isinstance(page, ImportPage)
        return page

    return go


def decide(page: ImportPage, letter: str, path: str, settled: Any) -> None:
    """Choose a column and where it goes, as with the mouse."""
    assert page.planned is not None
    (column,) = (one for one in page.planned.columns if one.letter == letter)
    page.columns.table.select(column.number)
    at = page.columns.to.findData(path)
    assert at >= 0
    page.columns.to.setCurrentIndex(at)
    page.columns.to.activated.emit(at)
    settled()


def numbers(context: Context) -> set[str]:
    return {one.control_number for one in context.facts().all(Device)}


def test_a_register_goes_in_as_one_change_and_comes_out_again(
    begin: Any, context: Context, dialogs: Any, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    before = numbers(context)
    page = begin(workbook(tmp_path, NEW, SECOND))
    # A column with values and no field: nothing is brought in before somebody decides.
    assert page.tabs.currentIndex() == 0
    assert page.notice.text.startswith("E列の取込み先が決まっていません")
    assert not page.confirm.isEnabled()
    decide(page, "E", "note+", settled)
    assert page.confirm.isEnabled(), page.notice.text
    assert page.confirm.text() == "2件を取り込む"
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    settled()
    assert numbers(context) == before | {"PC-901", "PC-902"}
    (first,) = (one for one in context.facts().all(Device) if one.control_number == "PC-901")
    assert first.note == "旧番号：旧-1\n予備"
    assert page.list_button.isVisible()
    dialogs.answers.append(True)
    qtbot.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    settled()
    assert numbers(context) == before
    assert not page.undo_button.isVisible()


def test_stopped_too_late_it_is_said_that_it_was_brought_in(
    begin: Any, context: Context, settled: Any, qtbot: QtBot, tmp_path: Path, stopped_late: Any
) -> None:
    before = numbers(context)
    page = begin(workbook(tmp_path, NEW))
    decide(page, "E", "note+", settled)
    stopped_late(planning, "apply")
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    settled()
    assert numbers(context) == before | {"PC-901"}
    assert page._end.text.plain.startswith("中止は間に合いませんでした。")
    assert page.undo_button.isVisible()


def test_a_row_that_is_wrong_keeps_all_out_until_it_is_left_out_by_hand(
    begin: Any, context: Context, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    before = numbers(context)
    page = begin(workbook(tmp_path, NEW, ("PC-903", "なぞの機械", "自社", "A3", None, None)))
    decide(page, "E", "note+", settled)
    assert not page.confirm.isEnabled()
    assert "1件も取り込めません" in page.notice.text
    page.tabs.setCurrentIndex(1)
    qtbot.mouseClick(page.rows.leave, Qt.MouseButton.LeftButton)
    settled()
    assert page.planned is not None
    assert page.planned.counts["skipped"] == 1
    page.rows.table.choose_row(1)
    assert "取り込まないことにした行" in page.rows.detail.plain
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    settled()
    assert numbers(context) == before | {"PC-901"}


def test_rows_left_out_come_back(begin: Any, settled: Any, qtbot: QtBot, tmp_path: Path) -> None:
    head = HEAD[:4]
    page = begin(workbook(tmp_path, NEW[:4], ("PC-903", "なぞの機械", "自社", "A3"), head=head))
    page.tabs.setCurrentIndex(1)
    qtbot.mouseClick(page.rows.leave, Qt.MouseButton.LeftButton)
    settled()
    assert page.confirm.isEnabled()
    qtbot.mouseClick(page.rows.back, Qt.MouseButton.LeftButton)
    settled()
    assert not page.confirm.isEnabled()


def test_what_the_whole_file_lacks_is_asked_once(
    begin: Any, dialogs: Any, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    head = ("管理番号", "種別", "製造番号")
    page = begin(workbook(tmp_path, ("PC-901", "PC", "A1"), ("PC-902", "PC", "A2"), head=head))
    assert page.tabs.currentIndex() == 0
    assert page.columns.form is not None
    owner = page.columns.form.inputs["owner"]
    owner.show_value("自社")
    owner.edited.emit()
    qtbot.waitUntil(lambda: bool(page.columns.said.constants))
    settled()
    assert page.confirm.isEnabled(), page.notice.text
    assert page.planned is not None
    assert {line.entry["owner"] for line in page.planned.lines} == {"自社"}
    # What was typed is not thrown away without a question.
    dialogs.answers.append(True)


def test_a_record_that_is_there_is_changed_only_where_that_is_chosen(
    begin: Any, context: Context, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    context.ledger.add(Device(kind="PC", owner="自社", serial="A1", control_number="PC-901"))
    head = ("管理番号", "種別", "所有", "製造番号")
    page = begin(workbook(tmp_path, ("PC-901", "PC", "自社", "B9"), head=head))
    assert not page.confirm.isEnabled()
    page.update_box.setChecked(True)
    settled()
    page.tabs.setCurrentIndex(1)
    page.rows.table.choose_row(0)
    assert "製造番号：A1 → B9" in page.rows.detail.plain
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    settled()
    (held,) = (one for one in context.facts().all(Device) if one.control_number == "PC-901")
    assert held.serial == "B9"


def test_the_plan_follows_the_ledger(begin: Any, context: Context, settled: Any, tmp_path: Path) -> None:
    page = begin(workbook(tmp_path, NEW[:4], head=HEAD[:4]))
    assert page.confirm.isEnabled()
    context.ledger.add(Device(kind="PC", owner="自社", serial="Z", control_number="PC-901"))
    settled()
    assert not page.confirm.isEnabled()


def test_filters_show_a_part_and_change_nothing(begin: Any, settled: Any, tmp_path: Path) -> None:
    page = begin(workbook(tmp_path, NEW[:4], ("合計", "1台", None, None), head=HEAD[:4]))
    page.rows.narrow("skipped")
    assert page.rows.table.model().rowCount() == 1
    assert page.confirm.text() == "1件を取り込む"
    page.rows.narrow("all")
    assert page.rows.table.model().rowCount() == 2
    QAbstractItemModelTester(page.rows.table.lines, QAbstractItemModelTester.FailureReportingMode.Fatal)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("写真.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "画像"),
        ("空.csv", b"", "空"),
        ("メモ.csv", "こんにちは".encode(), "見出し"),
    ],
)
def test_the_wrong_file_says_one_sentence_at_the_page(
    begin: Any, dialogs: Any, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    page = begin(tmp_path / name)
    assert said in page.notice.text
    assert "--" not in page.notice.text
    assert not dialogs.said
    assert not page.confirm.isEnabled()


def test_from_the_list_a_file_is_chosen_or_dropped(
    window: MainWindow, dialogs: Any, settled: Any, tmp_path: Path
) -> None:
    path = workbook(tmp_path, NEW[:4], head=HEAD[:4])
    window.open(ShowList("device"))
    settled()
    page = window.page
    held: RecordList = page.list  # type: ignore[attr-defined]
    dialogs.answers.append([path])
    held.excel.choose()
    settled()
    assert isinstance(window.page, ImportPage)
    assert window.page.confirm.isEnabled()
    window.back()
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(path))])
    copy = Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(5, 5), copy, given, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    held.dropEvent(event)
    settled()
    assert isinstance(window.page, ImportPage)


COPIED = '管理番号\t種別\t所有\t備考\r\nPC-901\tノートPC\t購入\t"一\n二"\r\n'


def copied(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def test_copied_cells_are_brought_in_like_a_file(
    window: MainWindow, context: Context, settled: Any, qtbot: QtBot
) -> None:
    window.open(BringIn("device"))
    settled()
    page = window.page
    assert isinstance(page, ImportPage)
    copied("ただの文")
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "クリップボードに表がありません" in page.notice.text
    copied(COPIED)
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert page.confirm.text() == "1件を取り込む", page.notice.text
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    settled()
    (held,) = (one for one in context.facts().all(Device) if one.control_number == "PC-901")
    assert held.note == "一\n二"
    (run,) = context.facts().all(ImportRun)
    assert (run.file_name, run.new, len(run.digest)) == ("貼り付けた表", 1, 64)


def test_what_is_copied_is_asked_for_a_kind_first(window: MainWindow, settled: Any, qtbot: QtBot) -> None:
    window.open(BringIn())
    settled()
    page = window.page
    assert isinstance(page, ImportPage)
    copied(COPIED)
    qtbot.mouseClick(page.source.paste_button, Qt.MouseButton.LeftButton)
    assert "種類を先に選んで" in page.notice.text


def test_on_a_list_what_is_copied_goes_to_its_import(window: MainWindow, settled: Any, qtbot: QtBot) -> None:
    window.open(ShowList("device"))
    settled()
    held: RecordList = window.page.list  # type: ignore[attr-defined]
    copied(COPIED)
    held.table.setFocus()
    qtbot.keyClick(held.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert isinstance(window.page, ImportPage)
    assert window.page.confirm.isEnabled(), window.page.notice.text
    window.page.bring()
    settled()
    window.open(ShowList("device"))
    settled()
    # Pasted again, it is a table to be looked at, and not what came of it before.
    again: RecordList = window.page.list  # type: ignore[attr-defined]
    again.table.setFocus()
    qtbot.keyClick(again.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert isinstance(window.page, ImportPage)
    assert window.page.planned is not None
    assert "同じ内容のファイル" in window.page.known.text


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_list_goes_out_as_shown_and_whole_and_comes_back(
    window: MainWindow, begin: Any, context: Context, dialogs: Any, settled: Any, tmp_path: Path, ending: str
) -> None:
    context.ledger.add(Device(kind="PC", owner="自社", serial="A1", control_number="PC-901"))
    window.open(ShowList("device"))
    settled()
    held: RecordList = window.page.list  # type: ignore[attr-defined]
    for name, out in (("見た目", held.excel.shown_out), ("全部", held.excel.whole_out)):
        dialogs.answers.append(tmp_path / f"{name}{ending}")
        out()
        settled()
    shown = (tmp_path / f"見た目{ending}").read_bytes()
    assert len(shown) > 50
    page = begin(tmp_path / f"全部{ending}")
    assert page.planned is not None
    assert set(page.planned.counts.values()) == {0, context.facts().count(Device)}, page.notice.text
    assert page.planned.counts["same"] == context.facts().count(Device)
    assert "取り込むものはありません" in page.notice.text


def test_what_shift_jis_lacks_is_named_before_anything_is_written(
    window: MainWindow, context: Context, dialogs: Any, settled: Any, tmp_path: Path
) -> None:
    context.ledger.add(Device(kind="PC", owner="自社", maker="𠮷田製作所", control_number="PC-901"))
    window.open(ShowList("device"))
    settled()
    held: RecordList = window.page.list  # type: ignore[attr-defined]
    held.excel.old_text.setChecked(True)
    path = tmp_path / "台帳.csv"
    for agreed in (False, True):
        dialogs.answers += [path, agreed]
        held.excel.whole_out()
        settled()
        assert "「𠮷」（U+20BB7）：PC-901のメーカー" in dialogs.asked[-1]
        assert path.exists() is agreed
    assert "〓田製作所" in path.read_bytes().decode("cp932")
    assert context.preferences.flag("csv_shift_jis")


@pytest.mark.parametrize("kind", ["person", "device", "contract"])
def test_a_form_to_be_filled_in_is_made(
    window: MainWindow, dialogs: Any, settled: Any, tmp_path: Path, kind: str
) -> None:
    window.open(ShowList(kind))
    settled()
    held: RecordList = window.page.list  # type: ignore[attr-defined]
    dialogs.answers.append(tmp_path / "ひな形")
    held.excel.blank_out()
    settled()
    assert (tmp_path / "ひな形.xlsx").read_bytes()[:2] == b"PK"


def test_only_what_people_enter_is_brought_in(context: Context, shown: Show) -> None:
    held = RecordList(context, SPECS["submission"])
    shown(held)
    assert not held.excel.able
    assert not held.excel.bring_in.isVisible()


def test_another_file_is_asked_about_where_answers_would_be_lost(
    begin: Any, dialogs: Any, settled: Any, tmp_path: Path
) -> None:
    page = begin(workbook(tmp_path, NEW))
    decide(page, "E", "note", settled)
    other = tmp_path / "別.csv"
    other.write_text("管理番号,種別,所有\nPC-777,ノートPC,購入\n", encoding="utf-8")
    dialogs.answers += [[other], False]
    page.source.choose()
    settled()
    assert [line.entry["control_number"] for line in page.planned.lines] == ["PC-901"]
    dialogs.answers += [[other], True]
    page.source.choose()
    settled()
    assert [line.entry["control_number"] for line in page.planned.lines] == ["PC-777"]


def test_a_ledger_that_is_only_read_says_why_nothing_can_be_brought_in(
    begin: Any, context: Context, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as only:
        only.setattr(type(context.ledger), "read_only", property(lambda _self: True))
        page = begin(workbook(tmp_path, NEW[:4], head=HEAD[:4]))
        assert not page.confirm.isEnabled()
        assert page.notice.text == "閲覧のみで開いているため、取り込めません。"


def test_a_column_that_is_not_decided_has_the_keyboard(begin: Any, qtbot: QtBot, tmp_path: Path) -> None:
    page = begin(workbook(tmp_path, NEW))
    qtbot.waitUntil(lambda: page.window().focusWidget() is page.columns.to)
