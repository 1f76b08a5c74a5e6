"""台帳: lists of every record type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.records import (
    SPECS,
    Asset,
    Assignment,
    Event,
    LocationUse,
    Oath,
    PaperSetting,
    Person,
    Spec,
    Training,
)
from app.records.assignment import AssignmentRole
from app.records.for_contract import ForContract
from app.records.training import Attendance, TrainingTopic
from app.ui.context import Context
from app.ui.editor.form import RecordForm
from app.ui.lists.model import RecordModel
from app.ui.lists.page import RecordsPage
from app.ui.lists.view import RecordList
from app.ui.targets import EditRecord, ShowDocuments

Show = Callable[..., Any]
every = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)


@pytest.fixture
def full(context: Context, sample: Any) -> Any:
    """The sample with some records that refer to others and hold nested rows."""
    with context.ledger.write() as change:
        change.add(
            LocationUse(
                location=sample.location.id,
                contract=sample.contract.id,
                purpose="入力作業",
                starts_on=date(2026, 4, 1),
            )
        )
        asset = change.add(
            Asset(
                contract=sample.contract.id, item="健診票", classification="個人情報", medium="紙", unit="箱"
            )
        )
        change.add(
            Event(
                asset=asset.id,
                kind="受領",
                status="実績",
                happened_at=datetime(2026, 4, 2, 9, 30),  # noqa: DTZ001  # naive local time by declaration
                quantity=3,
            )
        )
        change.add(
            Training(
                title="着任時研修",
                held_on=date(2026, 4, 1),
                topics=(TrainingTopic(topic="遵守事項"),),
                contracts=(ForContract(contract=sample.contract.id),),
                attendance=(Attendance(person=sample.person.id, outcome="出席"),),
            )
        )
        change.add(
            Oath(
                kind="着手時",
                form="誓約書",
                person=sample.person.id,
                contracts=(ForContract(contract=sample.contract.id),),
            )
        )
    return sample


def texts(model: RecordModel, column: int = 0) -> list[str]:
    """One column from the top."""
    return [model.index(at, column).data() for at in range(model.rowCount())]


@every
def test_every_list_keeps_the_rules_of_a_model(
    context: Context, full: Any, spec: Spec[Any], qtbot: QtBot
) -> None:
    del full, qtbot
    model = RecordModel(context, spec)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.load()
    for column in range(model.columnCount()):
        model.sort(column, Qt.SortOrder.DescendingOrder)
        model.sort(column, Qt.SortOrder.AscendingOrder)
        assert model.headerData(column, Qt.Orientation.Horizontal) == spec.listed[column].label
    model.filter("健診")
    model.filter("")
    model.show_retired(True)
    model.show_retired(False)
    model.renew()
    assert model.rowCount() == context.ledger.counts()[spec.name]
    assert model.index(model.rowCount(), 0) == QModelIndex()
    assert not model.index(0, 0, model.index(0, 0)).isValid()
    tester.deleteLater()


def test_references_are_shown_by_name_and_nested_rows_by_their_number(context: Context, full: Any) -> None:
    model = RecordModel(context, SPECS["training"])
    model.load()
    names = [f.name for f in model.columns]
    assert texts(model, names.index("attendance")) == ["1件"]
    model = RecordModel(context, SPECS["location_use"])
    model.load()
    assert texts(model) == ["本社第二作業室"]
    del full


def test_a_header_sorts_both_ways(context: Context, sample: Any, shown: Show, qtbot: QtBot) -> None:
    del sample
    view = shown(RecordList(context, SPECS["person"]))
    header = view.table.horizontalHeader()
    column = [f.name for f in view.model.columns].index("kana")
    place = header.sectionViewportPosition(column) + 10
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=_at(place))
    assert texts(view.model, column) == ["タカハシ ハナコ", "ヨシダ ジロウ"]
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=_at(place))
    assert texts(view.model, column) == ["ヨシダ ジロウ", "タカハシ ハナコ"]


def _at(x: int) -> QPoint:

    return QPoint(x, 10)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("吉", ["𠮷田 次郎"]),
        ("高橋", ["髙橋 花子"]),
        ("はなこ", ["髙橋 花子"]),
        ("花子", ["髙橋 花子"]),
        ("いない", []),
    ],
)
def test_the_search_line_finds_one_two_and_more_characters(
    context: Context, sample: Any, shown: Show, qtbot: QtBot, typed: str, found: list[str]
) -> None:
    del sample
    view = shown(RecordList(context, SPECS["person"]))
    view.search.setText(typed)
    qtbot.waitUntil(lambda: texts(view.model) == found)
    if not found:
        assert view.stack.currentWidget() is view.nothing


def test_an_empty_list_says_so_and_offers_the_first_record(
    context: Context, shown: Show, qtbot: QtBot
) -> None:
    view = shown(RecordList(context, SPECS["device"]))
    assert view.stack.currentWidget() is view.empty
    assert "PC・媒体はまだありません" in view.empty.title.text()
    with qtbot.waitSignal(context.wanted) as asked:
        qtbot.mouseClick(view.empty.buttons[0], Qt.MouseButton.LeftButton)
    assert asked.args == [EditRecord("device")]


def test_return_and_double_click_open_a_row(context: Context, sample: Any, shown: Show, qtbot: QtBot) -> None:
    view = shown(RecordList(context, SPECS["person"]))
    view.table.choose_row(1)
    with qtbot.waitSignal(context.wanted) as asked:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert asked.args == [EditRecord("person", sample.other_person.id)]
    place = view.table.visualRect(view.model.index(0, 0)).center()
    with qtbot.waitSignal(context.wanted) as asked:
        qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [EditRecord("person", sample.person.id)]


def test_several_rows_are_retired_together_for_one_reason(
    context: Context, sample: Any, shown: Show, dialogs: Any, qtbot: QtBot
) -> None:
    del sample
    view = shown(RecordList(context, SPECS["person"]))
    page_number = len(context.ledger.facts().all(Person))
    view.table.selectAll()
    dialogs.answers.append("重複して登録したため")
    qtbot.mouseClick(view.retire_button, Qt.MouseButton.LeftButton)
    assert f"要員{page_number}件を取り消す" in dialogs.asked[-1]
    assert context.facts().all(Person) == ()
    assert context.ledger.done(1)[0].count == page_number


def test_retiring_what_others_refer_to_is_refused_whole(
    context: Context, full: Any, shown: Show, dialogs: Any
) -> None:
    view = shown(RecordList(context, SPECS["person"]))
    view.table.selectAll()
    dialogs.answers.append("退職のため")
    view.retire()
    assert len(context.facts().all(Person)) == 2
    assert dialogs.said
    del full


def test_retired_records_are_listed_apart(context: Context, sample: Any, shown: Show, qtbot: QtBot) -> None:
    context.ledger.retire(sample.other_person, "退職のため")
    view = shown(RecordList(context, SPECS["person"]))
    assert texts(view.model) == ["髙橋 花子"]
    view.retired_box.click()
    assert texts(view.model) == ["𠮷田 次郎"]
    assert not view.retire_button.isEnabled()


def test_the_list_follows_what_is_written_and_keeps_the_selection(
    context: Context, sample: Any, shown: Show
) -> None:
    page = shown(RecordsPage(context))
    page.refresh()
    page.list.table.choose_row(1)
    context.ledger.add(Person(name="新任 三郎", employment="社員"))
    assert texts(page.list.model)[-1] == "新任 三郎"
    assert page.list.chosen == [sample.other_person.id]
    numbers = {
        page.side.list.item(at).text(): page.side.list.item(at).data(Qt.ItemDataRole.AccessibleTextRole)
        for at in range(page.side.list.count())
    }
    assert numbers["要員"] == "要員 3件"


def test_a_list_in_the_background_is_fresh_when_it_comes_up(context: Context, full: Any, shown: Show) -> None:
    page = shown(RecordsPage(context))
    page.choose("location_use")
    page.choose("person")

    context.ledger.change(replace(full.location, name="本社第三作業室"))
    page.choose("location_use")
    assert texts(page.list.model) == ["本社第三作業室"]


def test_every_type_has_its_line_and_its_list(context: Context, full: Any, shown: Show) -> None:
    del full
    page = shown(RecordsPage(context))
    for name, spec in SPECS.items():
        page.choose(name)
        assert page.list.spec is spec


def test_documents_are_made_and_shown_elsewhere(context: Context, shown: Show, qtbot: QtBot) -> None:
    view = shown(RecordList(context, SPECS["submission"]))
    assert not view.new_button.isVisible()
    with qtbot.waitSignal(context.wanted) as asked:
        view.add()
    assert asked.args == [ShowDocuments()]


def test_the_own_company_is_entered_once(context: Context, sample: Any, shown: Show, qtbot: QtBot) -> None:
    view = shown(RecordList(context, SPECS["vendor"]))
    assert not view.new_button.isVisible()
    with qtbot.waitSignal(context.wanted) as asked:
        view.add()
    assert asked.args == [EditRecord("vendor")]


def test_a_long_list_reads_only_what_is_seen(context: Context, shown: Show, qtbot: QtBot) -> None:
    with context.ledger.write() as change:
        for number in range(1500):
            change.add(Person(name=f"要員{number:04}", employment="社員"))
    read: list[int] = []
    model = RecordModel(context, SPECS["person"])
    original = context.ledger.page

    def page(name: str, ids: Any) -> Any:
        read.append(len(ids))
        return original(name, ids)

    context.ledger.page = page  # type: ignore[method-assign]  # counts what is read
    view = shown(RecordList(context, SPECS["person"]))
    assert sum(read) <= 400
    view.table.scrollToBottom()
    qtbot.waitUntil(lambda: view.table.indexAt(view.table.viewport().rect().center()).row() > 1400)
    assert sum(read) <= 800
    del model


def test_rows_of_one_field_are_shown_by_their_words(context: Context, sample: Any) -> None:
    with context.ledger.write() as change:
        change.add(
            Assignment(
                person=sample.person.id,
                contract=sample.contract.id,
                roles=(AssignmentRole(role="業務責任者"), AssignmentRole(role="従事者")),
                work="原票の入力",
                starts_on=date(2026, 4, 1),
            )
        )
    model = RecordModel(context, SPECS["assignment"])
    model.load()
    names = [f.name for f in model.columns]
    assert texts(model, names.index("roles")) == ["業務責任者、従事者"]


@pytest.mark.parametrize("kind", ["assignment", "person", "submission"])
def test_nothing_moves_under_the_pointer_while_rows_are_selected(
    context: Context, full: Any, shown: Show, kind: str
) -> None:
    """At no width that the window can have: a click meant for one row must not hit another."""
    del full
    view = shown(RecordList(context, SPECS[kind]))
    if kind == "person":
        context.ledger.add(Person(name="山田 三郎", kana="ヤマダ サブロウ", employment="社員"))
    moved = []
    for width in range(340, 1000, 12):
        view.resize(width, 600)
        view.table.clearSelection()
        QApplication.processEvents()
        place = view.stack.geometry()
        view.table.selectAll()
        QApplication.processEvents()
        if view.stack.geometry() != place:
            moved.append(width)
    assert moved == []


def test_a_form_is_called_by_its_title_and_chosen_by_it(
    context: Context, full: Any, shown: Show, qtbot: QtBot
) -> None:
    """In the list, in titles, in the history and in its own field; what is kept is the id."""
    made = context.ledger.add(
        PaperSetting(contract=full.contract.id, form="oath", starts_on=date(2026, 4, 1), title="誓約書（甲）")
    )
    context.ledger.change(replace(made, form="worker-list"))
    model = RecordModel(context, SPECS["paper_setting"])
    model.load()
    at = [one.name for one in model.columns].index("form")
    assert texts(model, at) == ["従事者名簿"]
    assert "従事者名簿" in context.facts().title(context.facts().get(PaperSetting, made.id))
    told = [change for entry in context.ledger.history("paper_setting", made.id) for change in entry.changes]
    assert ("誓約書", "従事者名簿") in [(one.before, one.after) for one in told]
    form = shown(RecordForm(context, SPECS["paper_setting"]))
    form.load(context.facts().get(PaperSetting, made.id))
    made_input = form.boxes["form"].input
    assert made_input.combo.currentText() == "従事者名簿"
    made_input.combo.setCurrentText("誓約書")
    assert made_input.text() == "oath"
    made_input.show_value("gone")
    assert made_input.combo.currentText() == "gone（この様式はありません）"
    assert made_input.text() == "gone"
