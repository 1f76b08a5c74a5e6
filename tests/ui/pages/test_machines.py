"""What PCs tell of themselves, in the window: read, shown cell by cell, asked about, one change."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.common import PeopleError, Progress
from app.exchange.coming_in import importing
from app.exchange.machine import here
from app.exchange.machine.machine import UNTOLD, Disk, Machine
from app.exchange.machine.script import NAMES
from app.records import Device
from app.records.device import Encryption
from app.ui.context import Context
from app.ui.editor.page import EditorPage
from app.ui.lists.page import RecordsPage
from app.ui.machines.page import MachinesPage
from app.ui.shell.window import MainWindow
from app.ui.targets import EditRecord, ReadMachines, ShowList

DAY = date(2026, 4, 20)
LEFT = Qt.MouseButton.LeftButton
PC = Machine(
    on=DAY,
    name="SOUMU-03",
    maker="架空電機",
    model="KD-1400",
    serial="KD14-0033",
    os="Windows 11 Pro 24H2",
    capacity="512GB",
    disks=(Disk("Cドライブ", Encryption.FULL, "BitLocker"), Disk("Dドライブ", None)),
    anti_malware="Windows Defender",
    patched="KB5046617",
)


@pytest.fixture(autouse=True)
def this_pc(monkeypatch: pytest.MonkeyPatch) -> list[Machine]:
    """What the PC tells that the window runs on."""
    told = [PC]

    def tell(_on: date, _progress: Progress) -> Machine:
        return told[0]

    monkeypatch.setattr(here, "this_pc", tell)
    return told


@pytest.fixture
def window(context: Context, sample: Any, shown: Callable[..., Any], settled: Any) -> MainWindow:
    del sample
    made: MainWindow = shown(MainWindow(context))
    settled()
    return made


@pytest.fixture(autouse=True)
def leaves(monkeypatch: pytest.MonkeyPatch, dialogs: Any) -> None:
    """A window that is closed at the end is left, whatever was said on its page."""
    asked = dialogs.ask

    def ask(text: str, *given: Any, **more: Any) -> bool:
        return bool(asked(text, *given, **more)) if dialogs.answers else "登録せずに離れますか" in text

    monkeypatch.setattr(dialogs, "ask", ask)


@pytest.fixture
def page(window: MainWindow, settled: Any) -> MachinesPage:
    window.open(ReadMachines())
    settled()
    made = window.page
    assert isinstance(made, MachinesPage)
    return made


def shown_lines(page: MachinesPage) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in one.cells) for one in page.table.lines.lines]


def own(page: MachinesPage, text: str, settled: Any) -> None:
    """Choose whose it is, as with the mouse."""
    made: Any = page.asked.boxes["owner"].input
    made.show_value(text)
    made.edited.emit()
    settled()


def number(page: MachinesPage, text: str, settled: Any) -> None:
    made: Any = page.asked.boxes["control_number"].input
    made.show_value(text)
    made.edited.emit()
    settled()


def devices(context: Context) -> dict[str, Device]:
    return {one.control_number: one for one in context.facts().all(Device)}


def left_by_script(folder: Path, name: str, **told: Any) -> Path:
    path = folder / f"{name}.pc.json"
    held = {"format": "jutaku-pc", "version": 1, "on": "2026-04-18", "name": name, "kind": 1, **told}
    path.write_text(json.dumps(held), encoding="utf-8-sig")
    return path


def test_stopped_too_late_it_is_said_that_it_was_registered(
    page: MachinesPage, context: Context, settled: Any, qtbot: QtBot, stopped_late: Any
) -> None:
    own(page, "リース", settled)
    stopped_late(importing, "apply")
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    assert page._end.text.plain.startswith("中止は間に合いませんでした。")
    assert page.undo_button.isVisible()


def test_this_pc_is_shown_asked_about_and_written_as_one_change(
    page: MachinesPage, context: Context, dialogs: Any, settled: Any, qtbot: QtBot
) -> None:
    before = devices(context)
    # Whose it is no PC tells: nothing is written before somebody says so, and it is said at the field.
    assert not page.confirm.isEnabled()
    assert "所有" in page.asked.boxes["owner"].error.plain
    own(page, "リース", settled)
    assert page.confirm.text() == "1台を登録する"
    lines = shown_lines(page)
    assert ("SOUMU-03", "＋ 新規", "製造番号", "", "KD14-0033") in lines
    assert ("SOUMU-03", "＋ 新規", "所有", "", "リース") in lines
    # One drive that did not tell: no storage unit is registered as the only one.
    assert ("SOUMU-03", "＋ 新規", "記憶装置 Dドライブの暗号化", "", UNTOLD) in lines
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    (made,) = (one for key, one in devices(context).items() if key not in before)
    assert (made.serial, made.owner, made.storages) == ("KD14-0033", "リース", ())
    dialogs.answers.append(True)
    qtbot.mouseClick(page.undo_button, LEFT)
    settled()
    assert devices(context) == before
    assert not page.undo_button.isVisible()


def test_what_changed_of_a_known_pc_is_shown_before_and_after(
    page: MachinesPage, context: Context, this_pc: list[Machine], settled: Any, qtbot: QtBot
) -> None:
    (known,) = devices(context).values()
    disks = (Disk("Cドライブ", Encryption.NONE),)
    this_pc[0] = replace(PC, on=date(2026, 4, 10), serial=known.serial, disks=disks, anti_malware="")
    qtbot.mouseClick(page.here_button, LEFT)
    settled()
    assert page.confirm.isEnabled(), page.notice.text
    # Whose a known PC is stays as it is: nothing is asked whose answer would change nothing.
    assert not any(box.isVisible() for box in page.asked.boxes.values())
    lines = shown_lines(page)
    assert ("SOUMU-03", "△ 変更", "OS", "", "Windows 11 Pro 24H2") in lines
    assert ("SOUMU-03", "△ 変更", "記憶装置", "", "Cドライブ　なし") in lines
    assert ("SOUMU-03", "△ 変更", "マルウェア対策ソフト", "", UNTOLD) in lines
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    assert devices(context)[known.control_number].os == "Windows 11 Pro 24H2"
    disks = (Disk("Cドライブ", Encryption.FULL, "BitLocker"),)
    this_pc[0] = replace(this_pc[0], on=DAY, os="Windows 11 Pro 25H2", disks=disks)
    qtbot.mouseClick(page.here_button, LEFT)
    settled()
    # The number of the rows is the same: what they hold is not.
    assert ("SOUMU-03", "△ 変更", "記憶装置", "Cドライブ　なし", "Cドライブ　全体　BitLocker") in shown_lines(
        page
    )
    assert "以前の内容" in page.told.plain


def test_the_editor_says_which_device_this_pc_is(
    window: MainWindow, context: Context, this_pc: list[Machine], sample: Any, settled: Any, qtbot: QtBot
) -> None:
    known = context.ledger.add(Device(kind="PC", owner="自社"))
    this_pc[0] = replace(PC, serial="")
    window.open(EditRecord("device", known.id))
    settled()
    assert isinstance(window.page, EditorPage)
    (asks,) = (
        one for one in window.page.findChildren(QWidget) if one.property("text") == "このPCの情報を読み取る"
    )
    qtbot.mouseClick(asks, LEFT)
    settled()
    page = window.page
    assert isinstance(page, MachinesPage)
    assert page.confirm.isEnabled(), page.notice.text
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    assert context.facts().get(Device, known.id).model == "KD-1400"


def test_a_pc_without_a_serial_number_asks_for_the_control_number(
    page: MachinesPage, context: Context, this_pc: list[Machine], settled: Any, qtbot: QtBot
) -> None:
    (known,) = devices(context).values()
    this_pc[0] = replace(PC, serial="")
    qtbot.mouseClick(page.here_button, LEFT)
    settled()
    said = page.asked.boxes["control_number"].error.plain
    assert "管理番号を指定してください" in said
    assert "--" not in said
    number(page, known.control_number, settled)
    assert page.confirm.isEnabled(), page.notice.text
    assert shown_lines(page)[0][1] == "△ 変更"


def test_the_files_of_several_pcs_make_one_plan(
    window: MainWindow, context: Context, dialogs: Any, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    before = devices(context)
    files = [left_by_script(tmp_path, name, serial=f"S-{name}") for name in ("EIGYO-01", "EIGYO-02", "SV-01")]
    window.open(ShowList("device"))
    settled()
    listed = window.page
    assert isinstance(listed, RecordsPage)
    (way,) = listed.list.machines
    menu = way.menu()
    assert isinstance(menu, QMenu)
    dialogs.answers.append(files)
    next(one for one in menu.actions() if one.text() == "ほかのPCのファイルを開く…").trigger()
    settled()
    page = window.page
    assert isinstance(page, MachinesPage)
    assert page.planned is not None
    assert page.planned.counts["error"] == 3
    own(page, "自社", settled)
    assert page.confirm.text() == "3台を登録する"
    # One of them is another's: said of it alone.
    page.table.choose_row(len(shown_lines(page)) - 1)
    assert page.asked.whom.currentText() == "SV-01"
    own(page, "リース", settled)
    number(page, "SV-901", settled)
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    made = {one.serial: one.owner for key, one in devices(context).items() if key not in before}
    assert made == {"S-EIGYO-01": "自社", "S-EIGYO-02": "自社", "S-SV-01": "リース"}
    assert devices(context)["SV-901"].serial == "S-SV-01"


def drop(widget: Any, *paths: Path) -> None:
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, given, LEFT, Qt.KeyboardModifier.NoModifier)
    widget.dropEvent(event)


def test_files_are_dragged_onto_the_list_and_the_page(
    window: MainWindow, settled: Any, tmp_path: Path
) -> None:
    files = [left_by_script(tmp_path, name, serial=f"S-{name}") for name in ("A-1", "A-2")]
    window.open(ShowList("device"))
    settled()
    listed = window.page
    assert isinstance(listed, RecordsPage)
    drop(listed.list, *files)
    settled()
    page = window.page
    assert isinstance(page, MachinesPage)
    assert {one[0] for one in shown_lines(page)} == {"A-1", "A-2"}
    drop(page, files[0])
    settled()
    assert {one[0] for one in shown_lines(page)} == {"A-1"}
    # A file that is none of them is not taken with the others.
    drop(page, files[1], tmp_path / "別.xlsx")
    settled()
    assert {one[0] for one in shown_lines(page)} == {"A-1"}


def test_a_foreign_file_is_named_and_nothing_is_shown(
    window: MainWindow, settled: Any, tmp_path: Path
) -> None:
    path = tmp_path / "a.pc.json"
    path.write_text("[]", encoding="utf-8")
    window.open(ReadMachines((path,)))
    settled()
    page = window.page
    assert isinstance(page, MachinesPage)
    assert page.notice.text.startswith("「a.pc.json」は、pc-info.cmd で書き出したPCの情報ではありません")
    assert not page.confirm.isVisible()


def test_a_system_that_answers_nothing_is_said(
    page: MachinesPage, monkeypatch: pytest.MonkeyPatch, settled: Any, qtbot: QtBot
) -> None:
    def silent(_on: date, _progress: Progress) -> Machine:
        raise PeopleError("このPCの情報をWindowsから読み取れませんでした。")

    monkeypatch.setattr(here, "this_pc", silent)
    qtbot.mouseClick(page.here_button, LEFT)
    settled()
    assert page.notice.text == "このPCの情報をWindowsから読み取れませんでした。"
    assert page.planned is None


def test_the_script_is_saved_and_not_written_over_unasked(
    page: MachinesPage, dialogs: Any, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.answers.append(tmp_path)
    qtbot.mouseClick(page.script_button, LEFT)
    settled()
    assert all((tmp_path / name).is_file() for name in NAMES)
    assert "pc-info.cmd" in dialogs.said[-1]
    (tmp_path / NAMES[0]).write_text("mine", encoding="ascii")
    dialogs.answers += [tmp_path, False]
    qtbot.mouseClick(page.script_button, LEFT)
    settled()
    assert (tmp_path / NAMES[0]).read_text(encoding="ascii") == "mine"


def test_a_plan_whose_ledger_moved_on_is_made_anew(
    page: MachinesPage, context: Context, settled: Any, qtbot: QtBot
) -> None:
    own(page, "自社", settled)
    context.ledger.add(Device(kind="PC", owner="自社", serial=PC.serial))
    settled()
    assert page.planned is not None
    assert page.planned.counts["new"] == 0


def test_what_was_said_of_a_pc_is_not_given_up_unasked(
    page: MachinesPage, dialogs: Any, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    assert page.can_leave()
    own(page, "リース", settled)
    dialogs.answers.append(False)
    assert not page.can_leave()
    dialogs.answers += [[left_by_script(tmp_path, "B", serial="B-1")], False]
    page.choose()
    settled()
    dialogs.answers.append(False)
    qtbot.mouseClick(page.here_button, LEFT)
    settled()
    assert page.confirm.text() == "1台を登録する"
    assert ("SOUMU-03", "＋ 新規", "所有", "", "リース") in shown_lines(page)
    qtbot.mouseClick(page.confirm, LEFT)
    settled()
    assert page.can_leave()
