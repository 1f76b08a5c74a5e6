"""Every act stands where one looks for it: in lists, on the contract, on きょう, under one key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.records import Assignment, Device, Person
from app.ui.acts.page import ActPage
from app.ui.context import Context
from app.ui.contract.page import ContractPage
from app.ui.inputs.picking.dialog import PickDialog
from app.ui.lists.page import RecordsPage
from app.ui.offers.menu import report_accident
from app.ui.parts.link import Link
from app.ui.reckoning.as_of import AsOf
from app.ui.targets import DoAct, EditRecord, ShowContract
from app.ui.today.page import TodayPage
from app.work.acts.catalogue import ACTS
from app.work.acts.offering import offers, urgent

BOARD = "持出しの状況…"


def lines(menu: QMenu, *, on: bool = True) -> list[str]:
    """What the menu offers as it would come up now."""
    menu.aboutToShow.emit()
    return [one.text() for one in every(menu) if one.isEnabled() is on]


def every(menu: QMenu) -> Iterator[QAction]:
    """The lines that do something, those of the menus below as well."""
    for one in menu.actions():
        inner = one.menu()
        if isinstance(inner, QMenu):
            yield from every(inner)
        elif not one.isSeparator():
            yield one


def press(menu: QMenu, text: str) -> None:
    (act,) = (one for one in every(menu) if one.text() == text)
    act.trigger()


@pytest.fixture
def page(context: Context, shown: Callable[..., Any], work: Any, settled: Callable[[], None]) -> RecordsPage:
    made: RecordsPage = shown(RecordsPage(context))
    made.choose("device")
    settled()
    return made


def test_a_list_offers_what_can_be_done_to_all_selected_rows(
    page: RecordsPage, context: Context, wanted: list[Any], settled: Callable[[], None], work: Any
) -> None:
    assert lines(page.list.acts) == [BOARD]
    page.list.table.choose_rows([page.list.model.row_of(work.device.id)])
    assert page.list.acts_button.isEnabled()
    told = [one.act.title for one in offers_of(context, work.device)]
    labels = "管理ラベルを印刷…"
    assert lines(page.list.acts) == [*(f"{title}…" for title in told), labels, BOARD]
    press(page.list.acts, "移動…")
    assert wanted == [DoAct("move", (work.device.id,))]


def offers_of(context: Context, *records: Any) -> Any:
    from app.ui.offers.menu import ground_of

    return offers(ground_of(context), records)


def test_what_takes_one_says_so_where_several_are_selected(
    page: RecordsPage, settled: Callable[[], None], wanted: list[Any]
) -> None:
    page.choose("person")
    settled()
    assert not page.list.acts_button.isEnabled()
    page.list.table.selectAll()
    assert "退職…（1件ずつ）" in lines(page.list.acts, on=False)
    page.list.table.choose_rows([0])
    assert "退職…" in lines(page.list.acts)


def test_a_row_that_says_who_works_stands_for_that_person(
    page: RecordsPage, settled: Callable[[], None], wanted: list[Any], context: Context
) -> None:
    page.choose("assignment")
    settled()
    page.list.table.choose_rows([0])
    (held,) = page.list.chosen_records
    assert isinstance(held, Assignment)
    assert "退職…" in lines(page.list.acts)
    press(page.list.acts, "退職…")
    assert wanted == [DoAct("leave", (held.person,))]


def test_a_list_without_acts_has_no_button(page: RecordsPage, settled: Callable[[], None]) -> None:
    page.choose("rule")
    settled()
    assert not page.list.acts_button.isVisible()


def test_the_contract_offers_its_own_and_those_of_the_selected_row(
    context: Context, shown: Callable[..., Any], settled: Callable[[], None], work: Any, wanted: list[Any]
) -> None:
    made: ContractPage = shown(ContractPage(context, ShowContract(work.contract.id, "people")))
    made.refresh()
    settled()
    own = lines(made.acts)
    assert "着任…" in own
    assert "退職…" not in own
    assert lines(made.acts, on=False) == ["行を選ぶと、その記録に行える手続きが表示されます"]
    made.tab.table.choose_rows([0])
    assert "退職…" in lines(made.acts)
    assert lines(made.acts)[-len(own) :] == own
    made.show_tab("documents")
    assert lines(made.acts) == own
    AsOf.of(context).choose(context.today().replace(year=2027))
    assert not made.acts_button.isVisible()
    AsOf.of(context).choose(None)
    settled()


def test_today_offers_every_act_below_what_it_is_done_to(
    context: Context, shown: Callable[..., Any], settled: Callable[[], None], work: Any, wanted: list[Any]
) -> None:
    made: TodayPage = shown(TodayPage(context), 911, 512)
    made.refresh()
    settled()
    assert made.acts_button.isVisible()
    assert set(lines(made.acts)) == {*(f"{one.title}…" for one in ACTS.values()), BOARD, "授受の状況…"}
    press(made.acts, "退職…")
    assert wanted == [DoAct("leave")]


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")
def test_today_says_to_what_an_act_is_done_and_the_keys_reach_it(
    context: Context, shown: Callable[..., Any], settled: Callable[[], None], work: Any, qtbot: QtBot
) -> None:
    made: TodayPage = shown(TodayPage(context), 911, 512)
    made.refresh()
    settled()
    lines(made.acts)
    tops = {one.text(): one.menu() for one in made.acts.actions() if one.menu() is not None}
    assert list(tops) == list(dict.fromkeys(one.about.spec.label for one in ACTS.values()))
    for name, inner in tops.items():
        assert isinstance(inner, QMenu)
        own = [f"{one.title}…" for one in ACTS.values() if one.about.spec.label == name]
        assert [one.text() for one in inner.actions()] == own
        assert len(set(own)) == len(own), "two lines of one menu that nobody can tell apart"
    made.acts.popup(made.mapToGlobal(made.rect().topLeft()))
    qtbot.waitUntil(made.acts.isVisible)
    qtbot.keyClick(made.acts, Qt.Key.Key_Down)
    qtbot.keyClick(made.acts, Qt.Key.Key_Right)
    first = next(one for one in made.acts.actions() if one.menu() is not None).menu()
    assert isinstance(first, QMenu)
    qtbot.waitUntil(first.isVisible)
    assert first.activeAction() is first.actions()[0]
    made.acts.close()
    qtbot.waitUntil(lambda: not first.isVisible())


def test_one_key_begins_an_accident_with_what_is_chosen_or_asks(
    page: RecordsPage, context: Context, wanted: list[Any], work: Any, shown: Callable[..., Any]
) -> None:
    report_accident(context, page)
    page.list.table.choose_rows([page.list.model.row_of(work.device.id)])
    report_accident(context, page)
    assert wanted == [DoAct("lose"), DoAct("lose", (work.device.id,))]
    made: ActPage = shown(ActPage(context, DoAct("lose")))
    assert made.form is not None
    links = "".join(one.text() for one in made.form.findChildren(Link))
    for one in urgent()[1:]:
        assert f"{one.about.spec.label}：{one.title}…" in links


def test_several_are_picked_on_the_page_where_nothing_was_chosen(
    context: Context, shown: Callable[..., Any], qtbot: QtBot, dialogs: Any, work: Any
) -> None:
    idle = context.ledger.add(Device(kind="USBメモリ", owner="自社", serial="SN-9"))
    made: ActPage = shown(ActPage(context, DoAct("move")))

    def tick(dialog: PickDialog) -> None:
        assert dialog.listed
        assert idle.id not in dialog.listed
        dialog.all.click()
        dialog.ok.click()

    dialogs.answers.append(tick)
    assert made.form is not None
    made.form.pick.click()
    qtbot.waitUntil(lambda: made.form is not None and "to" in made.form.inputs)
    assert made._ids == (work.device.id,)


def test_on_a_record_that_is_taken_out_nothing_is_offered(
    context: Context, shown: Callable[..., Any], work: Any
) -> None:
    from app.ui.editor.page import EditorPage

    made: EditorPage = shown(EditorPage(context, EditRecord("person", work.worker.id)))
    assert made._acts.count()
    other = context.ledger.add(Person(name="誤登録 太郎", employment="社員"))
    context.ledger.retire(other, "誤り")
    gone: EditorPage = shown(EditorPage(context, EditRecord("person", other.id)))
    assert not gone._acts.count()
