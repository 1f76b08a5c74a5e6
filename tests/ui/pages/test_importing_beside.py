"""取込み of a register that tells of two types of record: both are shown, and written as one change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.records import Asset, Contract, Device, DeviceUse, Disposal, Location, Person
from app.records.days import DayOnly
from app.ui.context import Context
from app.ui.importing.page import ImportPage
from app.ui.parts.look import Look
from app.ui.shell.window import MainWindow
from app.ui.targets import BringIn
from tests.support.books import book, rows

Begin = Callable[..., ImportPage]


@pytest.fixture
def begin(context: Context, sample: Any, shown: Any, settled: Any, tmp_path: Path) -> Begin:
    del sample
    window: MainWindow = shown(MainWindow(context))
    settled()

    def go(kind: str, *held: Any, size: tuple[int, int] = (1100, 720)) -> ImportPage:
        window.resize(*size)
        path = tmp_path / "台帳.xlsx"
        path.write_bytes(book(rows(*held)))
        window.open(BringIn(kind, path))
        settled()
        assert isinstance(window.page, ImportPage)
        return window.page

    return go


def answer(page: ImportPage, qtbot: QtBot, settled: Any, **values: Any) -> None:
    """Fill in what is asked once for all rows."""
    for path, value in values.items():
        assert page.columns.form is not None
        made = page.columns.form.inputs[path.replace("__", ".")]
        made.show_value(value)
        made.edited.emit()
    qtbot.waitUntil(lambda: len(page.columns.said.constants) >= len(values))
    settled()


def test_machines_and_their_use(
    begin: Begin, context: Context, settled: Any, qtbot: QtBot, dialogs: Any
) -> None:
    facts = context.facts()
    who, where, contract = facts.all(Person)[0], facts.all(Location)[0], facts.all(Contract)[0]
    before = len(facts.all(DeviceUse))
    head = ("管理番号", "種別", "所有", "使用者", "設置場所", "使用開始日")
    page = begin("device", head, ("PC-901", "PC", "自社", who.employee_number, where.name, "R8.10.1"))
    assert not page.confirm.isEnabled()
    answer(page, qtbot, settled, device_use__contract=contract.id)
    assert page.confirm.text() == "2件を取り込む", page.notice.text
    page.tabs.setCurrentIndex(1)
    page.rows.table.choose_row(0)
    assert "［契約のPC・媒体も登録］" in page.rows.detail.plain
    assert where.name in page.rows.detail.plain
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    settled()
    (machine,) = (one for one in context.facts().all(Device) if one.control_number == "PC-901")
    (use,) = context.facts().of(DeviceUse, "device", machine.id)
    assert (use.person, use.location, use.contract) == (who.id, where.id, contract.id)
    dialogs.answers.append(True)
    qtbot.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    settled()
    assert len(context.facts().all(DeviceUse)) == before


def test_what_an_old_register_disposed_of_is_made_where_that_is_chosen(
    begin: Begin, context: Context, settled: Any, qtbot: QtBot
) -> None:
    facts = context.facts()
    who, contract = facts.all(Person)[0], facts.all(Contract)[0]
    said = ["実績", "R8.10.1", "溶解", "OLD-1", "申請書", "紙", "箱", "完了"]
    head = [
        "予定・実績",
        "廃棄日",
        "廃棄方法",
        "情報資産番号",
        "情報項目",
        "媒体",
        "単位",
        "結果",
        "契約番号",
        "責任者",
        "数量",
    ]
    row = (*said, contract.number, who.employee_number, 3)
    page = begin("disposal", head, row)
    assert not page.confirm.isEnabled()
    assert page.columns.constants.making.isVisible()
    page.columns.constants.making.setChecked(True)
    settled()
    answer(
        page,
        qtbot,
        settled,
        asset__classification="個人情報",
        event__kind="受領",
        event__happened_at=DayOnly(date(2026, 4, 1)),
    )
    assert page.confirm.isEnabled(), page.notice.text
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    settled()
    assert [one.number for one in context.facts().all(Asset) if one.number == "OLD-1"] == ["OLD-1"]
    assert len(context.facts().all(Disposal)) == len(facts.all(Disposal)) + 1


@pytest.mark.parametrize(("size", "text"), [((1366, 740), 100), ((911, 512), 150)])
def test_what_is_asked_once_is_seen_where_the_keyboard_stands(
    begin: Begin, context: Context, look: Look, qtbot: QtBot, size: tuple[int, int], text: int
) -> None:
    look.choose("light", text)
    head = ("管理番号", "種別", "所有", "使用者", "OS", "備考")
    page = begin(
        "device", head, *((f"PC-9{n}", "PC", "自社", "髙橋 花子", "", "") for n in range(9)), size=size
    )
    form = page.columns.form
    assert form is not None
    first = next(iter(form.inputs.values())).fields()[0]
    qtbot.waitUntil(lambda: page.window().focusWidget() is first)
    qtbot.waitUntil(lambda: first.visibleRegion().boundingRect().height() == first.height())
