"""Long lists: the worker finds the rows, the old ones stand meanwhile, and one acts upon what one sees."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.records import SPECS, Asset, Event, Person
from app.ui.context import Context
from app.ui.lists import model as listing
from app.ui.lists.model import RecordModel
from app.ui.lists.page import RecordsPage
from app.ui.lists.view import RecordList
from app.ui.parts.tables.table import runs_of
from app.ui.targets import EditRecord, ShowList

Show = Callable[..., Any]
DEPARTMENTS = ("入力課", "総務課", "検査課")


@pytest.fixture(autouse=True)
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every list counts as a long one."""
    monkeypatch.setattr(listing, "_AT_ONCE", -1)


@pytest.fixture
def people(context: Context) -> list[Person]:
    """Thirty people whose names stand in the order of entry, and whose departments tie."""
    with context.ledger.write() as change:
        return [
            change.add(Person(name=f"要員{number:03}", employment="社員", department=DEPARTMENTS[number % 3]))
            for number in range(30)
        ]


@pytest.fixture
def view(context: Context, people: list[Person], shown: Show, settled: Callable[[], None]) -> RecordList:
    """The list of the people, filled."""
    del people
    made: RecordList = shown(RecordList(context, SPECS["person"]))
    settled()
    return made


def column(view: RecordList, name: str) -> int:
    return [field.name for field in view.model.columns].index(name)


def press_head(qtbot: QtBot, view: RecordList, name: str) -> None:
    header = view.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column(view, name)) + 10, 10)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def names(view: RecordList) -> list[str]:
    at = column(view, "name")
    return [str(view.model.index(row, at).data()) for row in range(view.model.rowCount())]


def test_a_room_asks_the_ledger_once_and_for_the_wanted_list_alone(
    context: Context, people: list[Person], shown: Show, settled: Callable[[], None]
) -> None:
    asked: list[str] = []
    original = context.ledger.listing

    def counted(name: str, *given: Any, **named: Any) -> array[int]:
        asked.append(name)
        return original(name, *given, **named)

    context.ledger.listing = counted  # type: ignore[method-assign]  # counts what is asked
    page = RecordsPage(context)
    page.show_target(ShowList("event"))
    page.refresh()
    shown(page)
    settled()
    assert asked == ["event"]
    page.choose("person")
    settled()
    assert asked == ["event", "person"]
    assert page.list.model.rowCount() == len(people)
    page.choose("event")
    settled()
    assert asked == ["event", "person"]


def test_before_the_ledger_has_answered_nothing_is_said_of_how_many_there_are(
    context: Context, people: list[Person], shown: Show, settled: Callable[[], None], qtbot: QtBot
) -> None:
    context.operations.hold()
    view = shown(RecordList(context, SPECS["person"]))
    assert view.stack.currentWidget() is view.table
    assert view._number.text() == ""
    qtbot.waitUntil(lambda: view._number.text() == "一覧を読み込んでいます…")
    context.operations.release()
    settled()
    assert view._number.text() == f"{len(people)}件"


def test_the_old_rows_stand_until_the_new_order_is_there(
    context: Context, view: RecordList, settled: Callable[[], None], qtbot: QtBot
) -> None:
    before = names(view)
    said: list[str] = []
    context.said.connect(said.append)
    context.operations.hold()
    press_head(qtbot, view, "name")
    press_head(qtbot, view, "name")
    assert names(view) == before
    qtbot.waitUntil(lambda: said == ["一覧を読み込んでいます…"])
    assert view._number.text() == "30件"
    # What one sees is what one acts upon, whatever is on its way.
    view.table.setFocus()
    view.table.choose_row(3)
    with qtbot.waitSignal(context.wanted) as asked:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert asked.args == [EditRecord("person", 4)]
    context.operations.release()
    settled()
    assert names(view) == before[::-1]
    assert said[1:] == [""]
    assert view._number.text() == "30件　1件を選択中"
    assert view.chosen == [4]
    assert view.model.ids[view.table.currentIndex().row()] == 4


def test_only_the_newest_order_and_words_count(
    context: Context, view: RecordList, settled: Callable[[], None], qtbot: QtBot
) -> None:
    resets: list[int] = []
    view.model.modelReset.connect(lambda: resets.append(view.model.rowCount()))
    context.operations.hold()
    view.search.setText("検査")
    qtbot.waitUntil(lambda: view.model.busy)
    press_head(qtbot, view, "department")
    view.search.setText("入力")
    qtbot.waitUntil(lambda: not view._timer.isActive())
    context.operations.release()
    settled()
    assert resets == [10]
    assert names(view) == [f"要員{number:03}" for number in range(0, 30, 3)]


def test_rows_that_tie_stand_in_the_order_of_entry(
    view: RecordList, settled: Callable[[], None], qtbot: QtBot
) -> None:
    press_head(qtbot, view, "department")
    settled()
    ids = list(view.model.ids)
    assert sorted(ids) == list(range(1, 31))
    groups = [ids[at : at + 10] for at in (0, 10, 20)]
    assert all(group == sorted(group) for group in groups)
    press_head(qtbot, view, "department")
    settled()
    assert list(view.model.ids) == ids[::-1]


def test_a_selection_is_kept_by_record_through_words_order_and_change(
    context: Context, view: RecordList, people: list[Person], settled: Callable[[], None], qtbot: QtBot
) -> None:
    view.table.setFocus()
    for at in (4, 10, 16):
        view.table.scrollTo(view.model.index(at, 0))
        place = view.table.visualRect(view.model.index(at, 0)).center()
        qtbot.mouseClick(
            view.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place
        )
    assert view.chosen == [5, 11, 17]
    view.search.setText("総務")
    qtbot.waitUntil(lambda: view.model.rowCount() == 10)
    assert view.chosen == [5, 11, 17]
    press_head(qtbot, view, "name")
    press_head(qtbot, view, "name")
    settled()
    assert view.chosen == [17, 11, 5]
    context.ledger.change(replace(people[10], name="要員999"))
    view.take({11})
    settled()
    assert view.chosen == [11, 17, 5]
    assert names(view)[0] == "要員999"
    view.search.clear()
    qtbot.waitUntil(lambda: view.model.rowCount() == 30)
    assert sorted(view.chosen) == [5, 11, 17]
    assert view.model.ids[view.table.currentIndex().row()] == 17


def test_a_change_is_shown_in_its_row_alone(
    context: Context, people: list[Person], shown: Show, settled: Callable[[], None]
) -> None:
    page = shown(RecordsPage(context))
    page.choose("person")
    settled()
    told: list[Any] = []
    model = page.list.model
    model.dataChanged.connect(lambda first, last, *_: told.append((first.row(), last.row())))
    model.modelReset.connect(lambda: told.append("read anew"))
    context.ledger.change(replace(people[7], department="別の課"))
    assert told == [(7, 7)]
    settled()
    assert told == [(7, 7)]
    assert "別の課" in [str(model.index(7, at).data()) for at in range(model.columnCount())]


def test_a_record_retired_elsewhere_leaves_at_once_and_nothing_can_be_done_with_it(
    context: Context, people: list[Person], shown: Show, settled: Callable[[], None], dialogs: Any
) -> None:
    page = shown(RecordsPage(context))
    page.choose("person")
    settled()
    view = page.list
    view.table.choose_rows([6, 7])
    context.operations.hold()
    context.ledger.retire(people[7], "退職のため")
    assert 8 not in view.model.ids
    assert view.chosen == [7]
    context.operations.release()
    settled()
    assert view.model.rowCount() == 29
    assert view.chosen == [7]
    assert not dialogs.asked


@pytest.mark.parametrize("meanwhile", ["changed", "retired"])
def test_what_became_another_while_the_question_stood_is_not_retired(
    context: Context, view: RecordList, people: list[Person], dialogs: Any, meanwhile: str
) -> None:
    def answer(question: str) -> str:
        dialogs.asked.append(question)
        if meanwhile == "changed":
            context.ledger.change(replace(people[2], department="別の課"))
        else:
            context.ledger.retire(people[2], "退職のため")
        return "重複して登録したため"

    dialogs.ask_text = lambda title, *_given, **_named: answer(title)
    view.table.choose_rows([1, 2])
    view.retire()
    assert dialogs.asked == ["要員2件を取り消す"]
    assert len(dialogs.said) == 1
    assert context.facts().find(Person, 2) is not None


def test_many_records_are_retired_by_the_worker_as_one_change(
    context: Context,
    view: RecordList,
    dialogs: Any,
    settled: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.ui.lists.view._AT_ONCE", 29)
    titles: list[str] = []
    context.operations.started.connect(lambda job: titles.append(job.title))
    view.table.selectAll()
    dialogs.answers.append("登録の誤り")
    view.retire()
    settled()
    assert titles == ["要員30件を取り消しています"]
    assert context.facts().count(Person) == 0
    assert context.ledger.done(1)[0].count == 30


def test_many_changed_rows_are_read_anew_and_those_gone_leave(
    context: Context,
    people: list[Person],
    shown: Show,
    settled: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listing, "_FEW", 3)
    page = shown(RecordsPage(context))
    page.choose("person")
    settled()
    view = page.list
    view.table.choose_rows([1, 20])
    with context.ledger.write("整理") as change:
        for one in people[:10]:
            change.retire(one, "退職のため")
        for one in people[15:22]:
            change.change(replace(one, department="別の課"))
    assert list(view.model.ids) == list(range(11, 31))
    assert view.chosen == [21]
    settled()
    assert list(view.model.ids) == list(range(11, 31))
    assert view.chosen == [21]
    context.ledger.undo()
    settled()
    assert view.model.rowCount() == 30
    assert view.chosen == [21]


def test_the_retired_are_listed_by_the_worker_and_searched(
    context: Context, view: RecordList, people: list[Person], settled: Callable[[], None], qtbot: QtBot
) -> None:
    for one in people[:6]:
        context.ledger.retire(one, "退職のため")
    view.retired_box.click()
    settled()
    assert len(names(view)) == 6
    view.search.setText("検査")
    qtbot.waitUntil(lambda: view.model.rowCount() == 2)
    assert names(view) == ["要員002", "要員005"]
    view.table.selectAll()
    assert not view.retire_button.isEnabled()


def test_scattered_rows_beyond_what_can_be_painted_are_given_up_and_said(
    context: Context,
    view: RecordList,
    settled: Callable[[], None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.ui.parts.tables.table._MOST_RUNS", 9)
    view.search.setText("総務")
    qtbot.waitUntil(lambda: view.model.rowCount() == 10)
    view.table.selectAll()
    with qtbot.waitSignal(context.said) as said:
        view.search.clear()
    assert said.args == ["選択した行が離れ離れになるため、選択を解除しました。"]
    settled()
    assert view.chosen == []
    monkeypatch.setattr("app.ui.parts.tables.table._MOST_RUNS", 10)
    view.search.setText("総務")
    qtbot.waitUntil(lambda: view.model.rowCount() == 10)
    view.table.selectAll()
    view.search.clear()
    qtbot.waitUntil(lambda: view.model.rowCount() == 30)
    assert len(view.chosen) == 10


def test_painting_with_everything_selected_asks_no_more_than_painting_with_nothing(
    view: RecordList, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    original = RecordModel.rowCount

    def counted(model: RecordModel, *given: Any) -> int:
        asked.append(1)
        return original(model, *given)

    monkeypatch.setattr(RecordModel, "rowCount", counted)
    with_head = []
    for select in (view.table.clearSelection, view.table.selectAll):
        select()
        asked.clear()
        view.table.grab()
        with_head.append(len(asked))
    assert with_head[1] <= with_head[0] * 1.2
    model = view.table.horizontalHeader().selectionModel()
    assert isinstance(model, QItemSelectionModel)
    assert not model.hasSelection()


def test_a_list_by_the_worker_keeps_the_rules_of_a_model(
    context: Context, people: list[Person], settled: Callable[[], None]
) -> None:
    model = RecordModel(context, SPECS["person"])
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.load()
    settled()
    context.ledger.retire(people[3], "退職のため")
    model.take({4})
    model.sort(0, Qt.SortOrder.DescendingOrder)
    settled()
    assert list(model.ids) == [number for number in range(30, 0, -1) if number != 4]
    tester.deleteLater()


def test_a_list_of_events_follows_a_change_of_its_order(
    context: Context, sample: Any, shown: Show, settled: Callable[[], None], qtbot: QtBot
) -> None:
    with context.ledger.write() as change:
        asset = change.add(
            Asset(
                contract=sample.contract.id, item="健診票", classification="個人情報", medium="紙", unit="箱"
            )
        )
        events = [
            change.add(
                Event(
                    asset=asset.id,
                    kind="受領",
                    status="実績",
                    happened_at=datetime(2026, 4, day, 9, 30),  # noqa: DTZ001  # naive local time by declaration
                    quantity=day,
                )
            )
            for day in (2, 3, 4)
        ]
    page = shown(RecordsPage(context))
    page.choose("event")
    settled()
    press_head(qtbot, page.list, "quantity")
    settled()
    page.list.table.choose_row(0)
    context.ledger.change(replace(events[0], quantity=9))
    settled()
    assert list(page.list.model.ids) == [2, 3, 1]
    assert page.list.chosen == [1]


@pytest.mark.parametrize(
    ("marks", "runs"),
    [
        ("", []),
        ("0", []),
        ("1", [range(1)]),
        ("0110", [range(1, 3)]),
        ("1011", [range(1), range(2, 4)]),
        ("111", [range(3)]),
    ],
)
def test_runs_are_rows_next_to_each_other(marks: str, runs: list[range]) -> None:
    assert runs_of(mark == "1" for mark in marks) == runs
