"""契約: the list with its states, and the tabs of one contract."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.annexes.kinds import State
from app.records import Asset, Contract, Event, Oath
from app.records.for_contract import ForContract
from app.ui.context import Context
from app.ui.contract.list_page import ContractsPage
from app.ui.contract.page import ContractPage
from app.ui.duties.signing import unsigned
from app.ui.duties.why import WhyPanel
from app.ui.reckoning.as_of import AsOf
from app.ui.targets import DoAct, EditRecord, IssueForm, ShowContract, ShowDocument

START = date(2026, 4, 1)
TABS = ("tasks", "clauses", "duties", "people", "places", "devices", "assets", "trainings", "documents")


@pytest.fixture
def page(
    context: Context, work: Any, shown: Any, settled: Any, qtbot: QtBot
) -> Callable[[str], ContractPage]:
    def make(tab: str = "") -> ContractPage:
        made = ContractPage(context, ShowContract(work.contract.id, tab))
        shown(made)
        made.refresh()
        qtbot.waitUntil(lambda: AsOf.of(context).latest is not None)
        settled()
        return made

    return make


def cells(page: ContractPage) -> list[list[str]]:
    return [[cell.text for cell in one.cells] for one in page.tab.table.lines.lines]


def press(page: Any, text: str, qtbot: QtBot) -> None:
    (made,) = [one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisible()]
    assert made.isEnabled()
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def test_the_list_counts_what_is_open_in_each_contract(
    context: Context, work: Any, shown: Any, settled: Any, qtbot: QtBot, wanted: list[Any]
) -> None:
    made = ContractsPage(context)
    shown(made)
    made.refresh()
    qtbot.waitUntil(lambda: any("件" in cell.text for one in made.table.lines.lines for cell in one.cells))
    settled()
    (only,) = made.table.lines.lines
    assert [cell.text for cell in only.cells][:2] == ["みなと北市", "健診データ入力業務"]
    assert only.cells[2].text.startswith("× ")
    made.search.setText("どこにもない")
    assert len(made.table.lines.lines) == 0
    made.search.setText("ミナト")
    assert len(made.table.lines.lines) == 1
    made.search.setText("Ｒ８－１２")
    made.table.setFocus()
    made.table.choose_row(0)
    qtbot.keyClick(made.table, Qt.Key.Key_Return)
    assert wanted == [ShowContract(work.contract.id)]


def test_without_a_contract_the_list_says_how_to_begin(
    context: Context, shown: Any, qtbot: QtBot, wanted: list[Any]
) -> None:
    made = ContractsPage(context)
    shown(made)
    made.refresh()
    (begin,) = [one for one in made.findChildren(QPushButton) if one.accessibleName() == "最初の契約を登録"]
    qtbot.mouseClick(begin, Qt.MouseButton.LeftButton)
    assert wanted == [EditRecord("contract")]


def test_the_head_names_client_period_annexes_and_progress(page: Any) -> None:
    made = page()
    said = " ".join(one.text() for one in made.findChildren(QLabel))
    for words in ("健診データ入力業務", "みなと北市", "R8-12", "令和8年4月1日", "特記事項", "充足"):
        assert words in said
    assert made.title() == "健診データ入力業務"


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens(tab: str, page: Any, settled: Any) -> None:
    made = page(tab)
    settled()
    assert made.tabs.currentIndex() == TABS.index(tab)
    assert made.tab.isVisible()


def test_the_duties_can_be_kept_to_what_is_to_be_confirmed(page: Any, settled: Any) -> None:
    made = page("confirm")
    settled()
    assert {one[0] for one in cells(made)} == {"？ 要確認"}
    made.tab.keep(State.OVERDUE)
    settled()
    assert {one[0] for one in cells(made)} == {"× 期限超過"}
    made.tab.search.setText("作業場所")
    settled()
    assert ["第6条第4項" in one for one in cells(made)] == [True]


def test_a_duty_offers_its_next_step(page: Any, qtbot: QtBot, wanted: list[Any], work: Any) -> None:
    made = page("duties")
    made.tab.table.select(("kimitsu-hoji", "第6条第4項", "work-location"))
    qtbot.waitUntil(lambda: bool(made.tab.findChildren(WhyPanel)))
    qtbot.waitUntil(
        lambda: any(
            one.text() == "作業場所届出書を作成" and one.isVisible() for one in made.findChildren(QPushButton)
        )
    )
    press(made, "作業場所届出書を作成", qtbot)
    assert wanted == [IssueForm("location-notice", work.contract.id)]


def test_people_show_oath_and_training(page: Any, context: Context, work: Any, settled: Any) -> None:
    made = page("people")
    assert [one[0] for one in cells(made)] == ["𠮷田 さくら", "髙橋 美咲"]
    assert {one[5] for one in cells(made)} == {"△ 未署名"}
    assert {one[6] for one in cells(made)} == {"△ 未受講"}
    context.ledger.add(
        Oath(
            kind="着手時",
            form="誓約書",
            person=work.worker.id,
            contracts=(ForContract(contract=work.contract.id),),
            signed_on=START,
        )
    )
    settled()
    assert [one[5] for one in cells(made)] == ["○ R8.4.1", "△ 未署名"]


def test_signatures_are_ticked_for_several_workers_in_one_change(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any
) -> None:
    context.ledger.change(replace(context.ledger.get(Contract, work.contract.id), oath_wording=""))
    prepared = context.ledger.add(
        Oath(
            kind="着手時",
            form="誓約書",
            person=work.worker.id,
            contracts=(ForContract(contract=work.contract.id),),
        )
    )
    made = page("people")

    def tick(dialog: Any) -> None:
        assert [box.text() for box in dialog.boxes] == ["𠮷田 さくら", "髙橋 美咲"]
        for box in dialog.boxes:
            box.setChecked(True)
        dialog.form.inputs["signed_on"].edit.setText("2026-04-03")
        dialog.accept()
        assert not dialog.result(), "the annex prescribes a sheet: whose was signed is asked"
        dialog.form.inputs["sheet"].show_value("発注者の指定様式")
        dialog.accept()

    changes: list[Any] = []
    context.changed.connect(changes.append)
    dialogs.answers.append(tick)
    press(made, "署名を一括記録", qtbot)
    assert len(changes) == 1
    assert len(changes[0].changed) == 2
    assert ("oath", prepared.id) in changes[0].changed
    assert unsigned(context.facts(), work.contract.id, date(2026, 4, 20)) == []
    press(made, "署名を一括記録", qtbot)
    assert "全員が誓約書に署名しています" in dialogs.said[-1]


def test_a_signing_day_that_is_no_day_is_refused(
    page: Any, qtbot: QtBot, context: Context, dialogs: Any
) -> None:
    made = page("people")

    def tick(dialog: Any) -> None:
        dialog.boxes[0].setChecked(True)
        dialog.form.inputs["signed_on"].edit.setText("あした")
        dialog.accept()
        assert not dialog.result()

    dialogs.answers.append(tick)
    press(made, "署名を一括記録", qtbot)
    assert context.facts().all(Oath) == ()


def test_places_say_whether_the_client_knows(page: Any, issued: Any, settled: Any) -> None:
    made = page("places")
    assert cells(made)[0][6] == "－ 届出なし"
    document = issued("location-notice", START, START)
    settled()
    assert cells(made)[0][6] == f"○ {document.number}"


def test_assets_show_their_balance_and_hand_over_to_the_editor(
    page: Any, qtbot: QtBot, work: Any, wanted: list[Any]
) -> None:
    made = page("assets")
    assert cells(made)[0][:8] == ["A-0001", "納税者一覧", "紙", "30", "", "", "", "30 枚"]
    made.tab.table.choose_row(0)
    press(made, "返還を登録", qtbot)
    (back,) = wanted
    assert (back.kind, back.id) == ("event", 0)
    assert back.preset == {"asset": work.asset.id, "kind": "返還", "quantity": 30}, "no moment nobody saw"
    press(made, "廃棄・消去を登録", qtbot)
    assert wanted[1] == DoAct("dispose-asset", (work.asset.id,))


def test_of_what_is_not_here_any_more_nothing_is_returned_or_destroyed(
    page: Any, qtbot: QtBot, work: Any, wanted: list[Any], context: Context, dialogs: Any, settled: Any
) -> None:
    again = context.ledger.add(
        Asset(contract=work.contract.id, item="納付書", classification="個人情報", medium="紙", unit="枚")
    )
    (received,) = context.facts().all(Event)
    back = replace(received, id=0, kind="返還", from_party=received.to_party, to_party=received.from_party)
    context.ledger.add(replace(back, happened_at=datetime(2026, 4, 3, 10)))  # noqa: DTZ001  # local time
    context.ledger.add(replace(received, id=0, asset=again.id, quantity=7))
    made = page("assets")
    made.refresh()
    settled()
    rows = {cell[0]: at for at, cell in enumerate(cells(made))}
    made.tab.table.choose_row(rows[work.asset.number])
    for act in ("返還を登録", "廃棄・消去を登録"):
        press(made, act, qtbot)
        assert "A-0001（納税者一覧）は、台帳の記録では手元に残っていません。" in dialogs.said[-1]
    assert wanted == []
    made.tab.table.selectAll()
    press(made, "廃棄・消去を登録", qtbot)
    assert "残りのあるものだけを対象にします。" in dialogs.said[-1]
    assert wanted == [DoAct("dispose-asset", (again.id,))]


def test_a_new_training_starts_with_all_workers(
    page: Any, qtbot: QtBot, work: Any, wanted: list[Any]
) -> None:
    made = page("trainings")
    press(made, "研修を登録", qtbot)
    (target,) = wanted
    assert [row.person for row in target.preset["attendance"]] == [work.worker.id, work.manager.id]
    assert [row.outcome for row in target.preset["attendance"]] == ["", ""], "who came, nobody has said yet"
    assert [row.contract for row in target.preset["contracts"]] == [work.contract.id]


def test_what_is_added_belongs_to_the_contract(page: Any, qtbot: QtBot, work: Any, wanted: list[Any]) -> None:
    for tab, text, kind in (
        ("people", "責任者・従事者を登録", "assignment"),
        ("places", "契約の作業場所を登録", "location_use"),
        ("devices", "契約のPC・媒体を登録", "device_use"),
        ("assets", "情報資産を登録", "asset"),
    ):
        press(page(tab), text, qtbot)
        assert wanted[-1] == EditRecord(kind, 0, {"contract": work.contract.id})


def test_rows_open_their_record(page: Any, qtbot: QtBot, issued: Any, wanted: list[Any]) -> None:
    document = issued("location-notice", START)
    made = page("documents")
    assert cells(made)[0][:3] == [document.number, "作業場所届出書（新規）", "△ 未提出"]
    made.tab.table.choose_row(0)
    qtbot.keyClick(made.tab.table, Qt.Key.Key_Return)
    assert wanted == [ShowDocument(document.id)]


def test_the_head_follows_a_change(page: Any, context: Context, work: Any) -> None:
    made = page()
    held = context.facts().get(Contract, work.contract.id)
    context.ledger.change(replace(held, title="健診データ入力・集計業務"))
    assert made.title() == "健診データ入力・集計業務"


def test_the_tables_are_sound_models(page: Any, qtmodeltester: Any) -> None:
    made = page("assets")
    qtmodeltester.check(made.tab.table.lines)


def test_tables_sort_numbers_as_numbers_and_days_as_days(page: Any) -> None:
    made = page("duties")
    table = made.tab.table
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    days = [one.cells[1].order for one in table.lines.lines if one.cells[1].order]
    assert days == sorted(days)
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)


@pytest.mark.parametrize(
    ("tab", "kind"),
    [
        ("people", "assignment"),
        ("places", "location_use"),
        ("devices", "device_use"),
        ("assets", "asset"),
        ("trainings", "training"),
    ],
)
def test_ctrl_n_begins_what_the_tab_adds(page: Any, wanted: list[Any], tab: str, kind: str) -> None:
    page(tab).add()
    (target,) = wanted
    assert (target.kind, target.id) == (kind, 0)


def test_ctrl_n_says_where_a_tab_adds_nothing(page: Any, wanted: list[Any], context: Context) -> None:
    said: list[str] = []
    context.said.connect(said.append)
    page("clauses").add()
    assert wanted == []
    assert "新しく登録するものはありません" in said[0]


def test_a_tick_takes_back_that_nobody_is_ticked(
    page: Any, qtbot: QtBot, context: Context, dialogs: Any
) -> None:
    said: list[str] = []
    context.said.connect(said.append)

    def tick(dialog: Any) -> None:
        dialog.form.inputs["signed_on"].edit.setText("2026-04-03")
        dialog.form.inputs["sheet"].show_value("発注者の指定様式")
        dialog.accept()
        assert dialog.problem == "署名した従事者を1人以上選んでください。"
        dialog.boxes[0].setChecked(True)
        assert dialog.problem == ""
        dialog.accept()

    dialogs.answers.append(tick)
    press(page("people"), "署名を一括記録", qtbot)
    assert said == ["1人の署名を記録しました。"]
    assert len(context.facts().all(Oath)) == 1
