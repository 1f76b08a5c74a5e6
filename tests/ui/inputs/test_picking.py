"""Choosing many records: what is told of each, what is offered, and every way to tick one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.records import Asset, Event
from app.records.days import DayOnly
from app.ui.acts.page import ActPage
from app.ui.context import Context
from app.ui.inputs.base import Making
from app.ui.inputs.picking import dialog as picking
from app.ui.inputs.picking.dialog import PickDialog
from app.ui.inputs.ref import RefInput
from app.ui.inputs.rows import GridInput
from app.ui.offers.menu import ground_of
from app.ui.targets import DoAct
from app.work.acts.catalogue import ACTS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")

Show = Callable[..., Any]
LEFT = Qt.MouseButton.LeftButton
NUMBER, ITEM, MEDIUM, CONTRACT, REST = range(5)


class Held:
    """Two contracts: paper of which much, little and nothing is left, and some of the other contract."""

    def __init__(self, context: Context, contract: Any) -> None:
        ledger = context.ledger
        self.day = context.today() - timedelta(days=1)
        self.contract = contract
        self.other = ledger.add(replace(contract, id=0, revision=0, number="R8-900", title="名簿入力業務"))
        self.many = self._received(ledger, contract, "申請書", 1200)
        self.few = self._received(ledger, contract, "名簿", 9)
        self.gone = self._received(ledger, contract, "返した名簿", 5)
        self.gone_too = self._received(ledger, contract, "返した台帳", 5)
        self.away = self._received(ledger, self.other, "別の契約の名簿", 30)
        for one in (self.gone, self.gone_too):
            ledger.add(
                Event(
                    asset=one.id,
                    kind="返還",
                    status="実績",
                    happened_at=DayOnly(self.day),
                    quantity=5,
                    method="手渡し",
                )
            )

    def _received(self, ledger: Any, contract: Any, item: str, quantity: int) -> Asset:
        made: Asset = ledger.add(
            Asset(contract=contract.id, item=item, classification="個人情報", medium="紙", unit="枚")
        )
        at = DayOnly(max(contract.starts_on, self.day - timedelta(days=3)))
        ledger.add(
            Event(
                asset=made.id, kind="受領", status="実績", happened_at=at, quantity=quantity, method="手渡し"
            )
        )
        return made

    @property
    def here(self) -> list[int]:
        return [self.many.id, self.few.id, self.away.id]


@pytest.fixture
def held(context: Context, sample: Any) -> Held:
    return Held(context, sample.contract)


@pytest.fixture
def returning(context: Context, held: Held, shown: Show) -> Iterator[PickDialog]:
    ground = ground_of(context)
    unfit = partial(ACTS["return"].barred, ground, ground.facts.all(Asset))
    made = shown(PickDialog(Making(context), "asset", "返還の対象を選ぶ", unfit=unfit), 900, 500)
    yield made
    made.deleteLater()


def text(dialog: PickDialog, record: int, column: int) -> str:
    row = dialog.listed.index(record)
    return str(dialog.table.lines.index(row, column).data())


def press(dialog: PickDialog, record: int, column: int, *, twice: bool = False) -> None:
    """A click in a cell, near its right end: nowhere near the box."""
    table = dialog.table
    cell = table.visualRect(table.lines.index(dialog.listed.index(record), column))
    at = QPoint(cell.right() - 3, cell.center().y())
    (QTest.mouseDClick if twice else QTest.mouseClick)(table.viewport(), LEFT, pos=at)


def test_each_is_told_with_its_contract_and_what_is_left(returning: PickDialog, held: Held) -> None:
    heads = [
        returning.table.lines.headerData(at, Qt.Orientation.Horizontal) for at in (NUMBER, CONTRACT, REST)
    ]
    assert heads == ["番号", "契約", "残"]
    assert text(returning, held.many.id, NUMBER) == held.many.number
    assert text(returning, held.many.id, ITEM) == "申請書"
    assert text(returning, held.many.id, REST) == "1,200枚"
    assert text(returning, held.away.id, CONTRACT).startswith("R8-900　")


def test_what_is_gone_is_not_offered_and_said_to_be_gone_when_looked_for(
    returning: PickDialog, held: Held
) -> None:
    assert returning.listed == held.here
    returning.search.setText(held.gone.number)
    assert returning.listed == []
    assert returning.nothing.isVisible()
    said = returning.nothing.text.plain
    assert f"{held.gone.number}：返還又は廃棄・消去の記録があり" in said
    assert "検索の文字を消してください" in said
    returning.search.setText("返した")
    assert held.gone.number in returning.nothing.text.plain
    assert held.gone_too.number in returning.nothing.text.plain


@pytest.mark.parametrize(
    ("typed", "said"), [("申請書", ""), ("どこにもない", "「どこにもない」にあたる情報資産はありません")]
)
def test_a_search_without_a_hit_says_so_and_what_to_do(returning: PickDialog, typed: str, said: str) -> None:
    returning.search.setText(typed)
    assert returning.nothing.isVisible() is bool(said)
    if said:
        assert returning.nothing.title.text() == said
        assert "検索の文字を消してください" in returning.nothing.text.plain
    returning.search.clear()
    assert len(returning.listed) == 3


def test_where_there_is_nothing_at_all_it_says_what_to_register(context: Context, shown: Show) -> None:
    made = shown(PickDialog(Making(context), "device", "選ぶ"), 600, 400)
    assert made.nothing.title.text() == "PC・媒体がまだ登録されていません"
    made.deleteLater()


@pytest.mark.parametrize("column", [NUMBER, ITEM, MEDIUM, CONTRACT, REST])
def test_a_click_anywhere_in_a_row_ticks_it_and_another_takes_it_back(
    returning: PickDialog, held: Held, qtbot: QtBot, column: int
) -> None:
    press(returning, held.few.id, column)
    assert returning.chosen == [held.few.id]
    press(returning, held.few.id, column)
    assert returning.chosen == []


def test_a_double_click_ticks_once(returning: PickDialog, held: Held, qtbot: QtBot) -> None:
    press(returning, held.few.id, ITEM)
    press(returning, held.few.id, ITEM, twice=True)
    assert returning.chosen == [held.few.id]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_space_and_return_tick_the_row_and_do_not_end_the_dialog(
    returning: PickDialog, held: Held, qtbot: QtBot, key: Qt.Key
) -> None:
    returning.activateWindow()
    qtbot.waitUntil(returning.isActiveWindow)
    qtbot.keyClick(returning.search, Qt.Key.Key_Down)
    assert returning.table.hasFocus()
    qtbot.keyClick(returning.table, Qt.Key.Key_Down)
    qtbot.keyClick(returning.table, key)
    assert returning.chosen == [held.few.id]
    assert returning.isVisible()
    qtbot.keyClick(returning.table, key)
    assert returning.chosen == []


def test_numbers_are_scanned_one_after_the_other(returning: PickDialog, held: Held, qtbot: QtBot) -> None:
    """A scanner types a number and Return: the only hit is ticked, and the next number takes its place."""
    returning.activateWindow()
    qtbot.waitUntil(returning.isActiveWindow)
    for one in (held.few, held.away):
        qtbot.keyClicks(returning.search, one.number)
        qtbot.keyClick(returning.search, Qt.Key.Key_Return)
    assert returning.chosen == [held.few.id, held.away.id]
    assert returning.isVisible()
    assert "2件を選択（うち1件は表示していません）" in returning._number.text()


def test_the_table_is_sorted_by_how_much_is_left_and_keeps_the_order_of_the_list(
    returning: PickDialog, held: Held
) -> None:
    returning.table.sortByColumn(REST, Qt.SortOrder.AscendingOrder)
    assert returning.listed == [held.few.id, held.away.id, held.many.id]
    returning.all.click()
    assert returning.chosen == held.here


def test_all_that_are_seen_of_one_contract_are_ticked_and_counted(returning: PickDialog, held: Held) -> None:
    assert returning.contract.isVisible()
    returning.contract.setCurrentIndex(returning.contract.findData(held.contract.id))
    assert returning.listed == held.here[:2]
    assert returning.all.text() == "すべて選ぶ（表示中）"
    returning.all.click()
    assert not returning.all.isEnabled()
    assert returning.chosen == held.here[:2]
    assert returning._number.text() == "2件を選択"
    returning.contract.setCurrentIndex(returning.contract.findData(held.other.id))
    assert returning._number.text() == "2件を選択（うち2件は表示していません）"
    returning.none.click()
    assert returning.chosen == []
    assert not returning.ok.isEnabled()


def test_what_is_ticked_is_read_out(returning: PickDialog, held: Held) -> None:
    said = Qt.ItemDataRole.AccessibleTextRole
    index = returning.table.lines.index(0, 0)
    assert index.data(said) == f"未選択　{held.many.number}"
    returning.table.turn(0)
    assert index.data(said) == f"選択済み　{held.many.number}"
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked


def test_very_many_are_prepared_by_a_worker_while_the_dialog_is_there(
    context: Context, held: Held, shown: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picking, "_AT_ONCE", 3)
    made = PickDialog(Making(context), "asset", "選ぶ", ticked=[held.few.id])
    assert made.nothing.title.text() == "読み込んでいます…"
    assert not made.ok.isEnabled()
    shown(made, 900, 500)
    qtbot.waitUntil(lambda: len(made.listed) == 5)
    assert made.chosen == [held.few.id]
    assert text(made, held.gone.id, REST) == "なし"
    made.deleteLater()


def look_at(seen: list[list[int]], dialog: PickDialog) -> None:
    seen.append(dialog.listed)
    dialog.reject()


@pytest.mark.parametrize("act", ["return", "dispose-asset"])
def test_an_act_offers_only_what_is_here_from_its_field_and_its_dialog(
    context: Context, held: Held, shown: Show, dialogs: Any, act: str
) -> None:
    page: ActPage = shown(ActPage(context, DoAct(act)))
    assert page.form is not None
    about = page.form.inputs["about"]
    assert isinstance(about, RefInput)
    about.open_list()
    assert [one.id for one in about._hits] == held.here
    about._popup.hide()
    seen: list[list[int]] = []
    dialogs.answers.append(partial(look_at, seen))
    page.form.pick.click()
    assert seen == [held.here]


def test_rows_of_a_return_are_added_only_of_what_is_here(
    context: Context, held: Held, shown: Show, dialogs: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("return", (held.many.id,))))
    assert page.form is not None
    rows = page.form.inputs["things"]
    assert isinstance(rows, GridInput)
    seen: list[list[int]] = []
    dialogs.answers.append(partial(look_at, seen))
    rows.bulk.click()
    assert seen == [[held.few.id, held.away.id]]
    line = rows.lines[0].inputs["asset"]
    assert isinstance(line, RefInput)
    line.open_list()
    assert [one.id for one in line._hits] == held.here
    line._popup.hide()
