"""Several records changed at once: seen before, done in one change, refused by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.records import SPECS, Assignment, Device, Oath, Person
from app.records.assignment import AssignmentRole
from app.records.dated import as_of
from app.records.for_contract import ForContract
from app.ui.context import Context
from app.ui.lists.page import RecordsPage
from app.ui.lists.together import TogetherDialog
from app.ui.lists.view import RecordList
from tests.ui.conftest import FakeDialogs
from tests.ui.test_editor import type_in

Show = Callable[..., Any]


@pytest.fixture
def assigned(context: Context, sample: Any) -> list[Assignment]:
    """Two workers of one contract."""
    with context.ledger.write() as change:
        return [
            change.add(
                Assignment(
                    person=person.id,
                    contract=sample.contract.id,
                    roles=(AssignmentRole(role="従事者"),),
                    work="原票の入力",
                    starts_on=date(2026, 4, 1),
                )
            )
            for person in (sample.person, sample.other_person)
        ]


def preview(dialog: TogetherDialog) -> list[tuple[str, ...]]:
    """What is shown as it was and as it would be."""
    return [tuple(cell.text for cell in line.cells) for line in dialog.preview.lines.lines]


def choose(dialog: TogetherDialog, label: str) -> None:
    """Choose a field as a person does."""
    dialog.choice.setCurrentText(label)
    dialog.add_button.click()


def test_the_rows_chosen_in_a_list_get_one_value_and_one_undo(
    context: Context, assigned: list[Assignment], dialogs: FakeDialogs, shown: Show, qtbot: QtBot
) -> None:
    view = shown(RecordList(context, SPECS["assignment"]))
    view.table.choose_row(0)
    assert not view.together_button.isEnabled()
    view.table.selectAll()

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, TogetherDialog)
        shown(dialog)
        assert not dialog.ok.isEnabled()
        choose(dialog, "従事終了日")
        assert {"ends_on", "changed_on", "change_reason"} == set(dialog.boxes)
        ends: Any = dialog.boxes["ends_on"].input
        type_in(ends.edit, "R8.9.30")
        assert preview(dialog) == [
            ("髙橋 花子　健診データ入力業務", "従事終了日", "（空）", "令和8年9月30日"),
            ("𠮷田 次郎　健診データ入力業務", "従事終了日", "（空）", "令和8年9月30日"),
        ]
        assert dialog.ok.text() == "2件を変更する"
        qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)

    dialogs.answers.append(fill)
    qtbot.mouseClick(view.together_button, Qt.MouseButton.LeftButton)
    assert [one.ends_on for one in context.facts().all(Assignment)] == [date(2026, 9, 30)] * 2
    view.load()
    assert view.chosen == [one.id for one in assigned]
    context.ledger.undo()
    assert [one.ends_on for one in context.facts().all(Assignment)] == [None, None]


def test_what_already_stands_so_is_not_written(
    context: Context, assigned: list[Assignment], shown: Show
) -> None:
    context.ledger.change(Assignment(**{**_values(assigned[0]), "work": "検査"}))
    records = context.facts().all(Assignment)
    dialog = shown(TogetherDialog(context, records))
    choose(dialog, "担当する業務")
    assert dialog.boxes["work"].input.text() == ""
    type_in(dialog.boxes["work"].input.edit, "検査")
    assert len(preview(dialog)) == 1
    assert "ほかの1件" in dialog._said.plain
    dialog.accept()
    assert [one.revision for one in context.facts().all(Assignment)] == [2, 2]


def test_a_refusal_names_the_record_and_nothing_is_written(
    context: Context, assigned: list[Assignment], shown: Show
) -> None:
    dialog = shown(TogetherDialog(context, assigned))
    choose(dialog, "従事終了日")
    type_in(dialog.boxes["ends_on"].input.edit, "R8.3.31")
    dialog.accept()
    assert "責任者・従事者「髙橋 花子　健診データ入力業務」：" in dialog.notice.text
    assert "責任者・従事者「𠮷田 次郎　健診データ入力業務」：" in dialog.notice.text
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert [one.ends_on for one in context.facts().all(Assignment)] == [None, None]
    assert dialog.boxes["ends_on"].input.text() == "R8.3.31"


def test_what_only_the_whole_ledger_refuses_names_the_record(
    context: Context, sample: Any, shown: Show
) -> None:
    oaths = [
        context.ledger.add(
            Oath(
                person=one.id,
                contracts=(ForContract(contract=sample.contract.id),),
                kind="着手時",
                form="誓約書",
            )
        )
        for one in (sample.person, sample.other_person)
    ]
    dialog = shown(TogetherDialog(context, oaths))
    choose(dialog, "署名した日")
    type_in(dialog.boxes["signed_on"].input.edit, "2027-01-01")
    dialog.accept()
    assert "誓約書「髙橋 花子" in dialog.notice.text
    assert all(one.signed_on is None for one in context.facts().all(Oath))


def test_a_needed_field_cannot_be_emptied_and_an_unread_day_is_told_at_its_box(
    context: Context, assigned: list[Assignment], shown: Show
) -> None:
    dialog = shown(TogetherDialog(context, assigned))
    choose(dialog, "従事開始日")
    assert dialog.boxes["starts_on"].input.text() == "令和8年4月1日"
    assert not dialog.ok.isEnabled()
    dialog.boxes["starts_on"].input.edit.clear()
    dialog.boxes["starts_on"].input.edited.emit()
    dialog.ok.click()
    assert "従事開始日を入力してください。" in dialog.boxes["starts_on"].error.plain
    type_in(dialog.boxes["starts_on"].input.edit, "いつか")
    dialog.ok.click()
    assert "日付として読めません" in dialog.boxes["starts_on"].error.plain
    assert [one.revision for one in context.facts().all(Assignment)] == [1, 1]


def test_an_empty_box_empties_the_field_and_says_so_before(
    context: Context, assigned: list[Assignment], shown: Show
) -> None:
    dialog = shown(TogetherDialog(context, assigned))
    choose(dialog, "担当する業務")
    assert preview(dialog) == []
    dialog.boxes["work"].input.edit.clear()
    dialog.boxes["work"].input.edited.emit()
    assert [line[3] for line in preview(dialog)] == ["（空）", "（空）"]
    dialog.accept()
    assert [one.work for one in context.facts().all(Assignment)] == ["", ""]


def test_a_day_far_from_today_is_asked_about_once(
    context: Context, assigned: list[Assignment], dialogs: FakeDialogs, shown: Show
) -> None:
    dialog = shown(TogetherDialog(context, assigned))
    choose(dialog, "従事終了日")
    type_in(dialog.boxes["ends_on"].input.edit, "2076-09-30")
    dialogs.answers += [False, True]
    dialog.accept()
    assert [one.ends_on for one in context.facts().all(Assignment)] == [None, None]
    dialog.accept()
    assert [one.ends_on for one in context.facts().all(Assignment)] == [date(2076, 9, 30)] * 2
    assert len(dialogs.asked) == 2


def test_names_numbers_and_serials_are_not_offered(context: Context, sample: Any, shown: Show) -> None:
    people = shown(TogetherDialog(context, context.facts().all(Person)))
    offered = {people.choice.itemText(at) for at in range(people.choice.count())}
    assert {"退職日", "所属"} <= offered
    assert not offered & {"氏名", "フリガナ", "社員番号"}
    devices = shown(TogetherDialog(context, context.facts().all(Device)))
    offered = {devices.choice.itemText(at) for at in range(devices.choice.count())}
    assert not offered & {"管理番号", "製造番号"}
    del sample


def test_documents_are_not_changed_together(context: Context, shown: Show) -> None:
    for name in ("submission", "vendor", "attachment", "own_annex"):
        view = shown(RecordList(context, SPECS[name]))
        assert not [act for act in view.table.actions() if "まとめて変更" in act.text()], name
        view.table.selectAll()
        assert not view.together_button.isVisible(), name


def test_a_record_made_on_a_page_above_is_selected_when_one_comes_back(
    context: Context, sample: Any, shown: Show
) -> None:
    page = shown(RecordsPage(context))
    page.refresh()
    page.hide()
    made = context.ledger.add(Person(name="新任 三郎", employment="社員"))
    page.refresh()
    page.show()
    assert page.list.chosen == [made.id]
    assert not page.list.hidden.isVisible()
    del sample


def test_a_search_that_hides_the_new_record_says_so(
    context: Context, sample: Any, shown: Show, settled: Callable[[], None]
) -> None:
    page = shown(RecordsPage(context))
    page.refresh()
    page.list.search.setText("髙橋")
    page.list.model.filter("髙橋")
    page.hide()
    made = context.ledger.add(Person(name="新任 三郎", employment="社員"))
    page.refresh()
    page.show()
    assert page.list.hidden.text == (
        "登録した要員「新任 三郎」は、検索の言葉「髙橋」に合わないため、この一覧に出ていません。"
    )
    page.list.show_all_button.click()
    assert page.list.chosen == [made.id]
    assert page.list.search.text() == ""
    assert not page.list.hidden.isVisible()
    page.list.search.setText("髙橋")
    assert not page.list.hidden.isVisible()
    settled()
    del sample


def test_a_row_is_repeated_from_the_menu_and_by_its_key(context: Context, sample: Any, shown: Show) -> None:
    view = shown(RecordList(context, SPECS["person"]))
    acts = {act.text(): act for act in view.table.actions()}
    assert list(acts) == ["開く", "手続き", "複製して新規", "選択した行をまとめて変更…", "取り消す…"]
    went: list[Any] = []
    context.wanted.connect(went.append)
    acts["複製して新規"].trigger()
    assert went == []
    view.table.choose_row(1)
    acts["複製して新規"].trigger()
    assert [(one.kind, one.id, one.like) for one in went] == [("person", 0, sample.other_person.id)]
    assert acts["複製して新規"].shortcut().toString() == "Ctrl+D"
    documents = shown(RecordList(context, SPECS["submission"]))
    assert [act.text() for act in documents.table.actions()] == ["開く"]


def _values(record: Assignment) -> dict[str, Any]:
    return {name: getattr(record, name) for name in (*(f.name for f in record.spec.fields), "id", "revision")}


def test_return_on_the_button_lets_the_field_be_changed(
    context: Context, assigned: list[Assignment], shown: Show, qtbot: QtBot
) -> None:
    dialog = shown(TogetherDialog(context, assigned))
    dialog.choice.setCurrentText("従事終了日")
    dialog.add_button.setFocus()
    qtbot.keyClick(dialog.add_button, Qt.Key.Key_Return)
    assert "ends_on" in dialog.boxes


def test_what_holds_from_a_day_is_asked_about_once_for_all(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    people = [sample.person, sample.other_person]
    before = [one.department for one in people]
    dialog = shown(TogetherDialog(context, people))
    choose(dialog, "所属")
    type_in(dialog.boxes["department"].input.fields()[0], "新設の課")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert dialog.since.isVisible()
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert [context.ledger.get(Person, one.id).department for one in people] == before
    qtbot.keyClicks(dialog.since.day.edit, "R8.6.1")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    saved = [context.ledger.get(Person, one.id) for one in people]
    assert [as_of(one, date(2026, 6, 1)).department for one in saved] == ["新設の課"] * 2
    assert [as_of(one, date(2026, 5, 31)).department for one in saved] == before


def test_a_correction_of_several_keeps_nothing(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    dialog = shown(TogetherDialog(context, [sample.person, sample.other_person]))
    choose(dialog, "所属")
    type_in(dialog.boxes["department"].input.fields()[0], "新設の課")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.since.correction, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    saved = context.ledger.get(Person, sample.person.id)
    assert (saved.department, saved.former) == ("新設の課", ())
