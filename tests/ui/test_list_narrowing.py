"""Lists that are narrowed: always said, given up in one click, kept encrypted; columns of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from app.records import SPECS, Device, Person, SavedList
from app.records.narrowing import columns_of, fits, lost
from app.records.saved_list import ListCondition
from app.ui.context import Context
from app.ui.lists.columns import chosen_columns
from app.ui.lists.page import RecordsPage
from app.ui.lists.view import RecordList
from app.ui.targets import ShowList

Show = Callable[..., Any]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def people(context: Context, sample: Any) -> list[Person]:
    """Four people, two of whom work for another company."""
    del sample
    names = (("小林 翔", "社員", "総務部"), ("小林 由美", "派遣", "業務部"))
    with context.ledger.write() as change:
        for name, employment, department in names:
            change.add(
                Person(
                    name=name,
                    employment=employment,
                    department=department,
                    agency="架空人材" if employment == "派遣" else "",
                )
            )
    return list(context.facts().all(Person))


@pytest.fixture
def listed(context: Context, people: list[Person], shown: Show) -> RecordList:
    del people
    made: RecordList = shown(RecordList(context, SPECS["person"]))
    return made


def names(made: RecordList) -> list[str]:
    facts = made.context.facts()
    return [facts.get(Person, one).name for one in made.model.ids]


def action(made: RecordList, text: str) -> QAction:
    made.narrowing.fill()
    return next(one for one in made.narrowing.menu.actions() if one.text() == text)


def say(*lines: tuple[str, str], name: str = "") -> Callable[[Any], None]:
    """Fill in the dialog of conditions by its labels, and accept it."""

    def fill(dialog: Any) -> None:
        for made, (label, value) in zip(dialog.lines, lines, strict=False):
            made.field.setCurrentText(label)
            shown = made.value.currentWidget()
            if shown is made.choice:
                made.choice.setCurrentText(value)
            else:
                made.words.setText(value)
        dialog.name_line.setText(name)
        dialog.ok.click()

    return fill


def test_what_is_hidden_by_words_is_said_and_shown_in_one_click(listed: RecordList, qtbot: QtBot) -> None:
    assert listed.narrowing.notice.isHidden()
    qtbot.keyClicks(listed.search, "PC")
    qtbot.waitUntil(lambda: listed.model.shown.text == "PC")
    assert listed.narrowing.notice.text == (
        "絞り込み（「PC」を含む）：合う記録はありません。ほか4件は表示していません。"
    )
    qtbot.mouseClick(listed.narrowing.all_button, LEFT)
    assert len(names(listed)) == 4
    assert listed.narrowing.notice.isHidden()
    assert listed.search.text() == ""


def test_conditions_are_met_all_together_kept_by_a_name_and_recalled(
    listed: RecordList, context: Context, dialogs: Any
) -> None:
    dialogs.answers.append(say(("雇用区分", "派遣"), ("氏名", "小林"), name="派遣の小林"))
    action(listed, "条件で絞り込む…").trigger()
    assert names(listed) == ["小林 由美"]
    assert (
        listed.narrowing.notice.text
    ) == "絞り込み「派遣の小林」：1件を表示しています。ほか3件は表示していません。"
    (kept,) = context.facts().all(SavedList)
    assert (kept.record_kind, [(one.field, one.value) for one in kept.conditions]) == (
        "person",
        [("employment", "派遣"), ("name", "小林")],
    )
    listed.narrowing.all_button.click()
    assert len(names(listed)) == 4
    recall = action(listed, "派遣の小林")
    assert not recall.isChecked()
    recall.trigger()
    assert names(listed) == ["小林 由美"]
    assert action(listed, "派遣の小林").isChecked()
    dialogs.answers.append(True)
    action(listed, "絞り込み「派遣の小林」を取り消す…").trigger()
    assert context.facts().all(SavedList) == ()
    assert len(names(listed)) == 4


def test_words_are_kept_too_and_never_among_the_settings_of_the_machine(
    listed: RecordList, context: Context, dialogs: Any, qtbot: QtBot
) -> None:
    listed.search.setText("小林")
    qtbot.waitUntil(lambda: listed.model.shown.text == "小林")
    dialogs.answers.append(say(name="小林"))
    action(listed, "この絞り込みを保存…").trigger()
    assert [one.words for one in context.facts().all(SavedList)] == ["小林"]
    path = context.program.preferences.path
    assert not path.exists() or "小林" not in path.read_text(encoding="utf-8")
    assert listed.narrowing.notice.text.startswith("絞り込み「小林」：2件")
    # Another word is another narrowing.
    listed.search.setText("髙橋")
    qtbot.waitUntil(lambda: listed.model.shown.text == "髙橋")
    assert listed.narrowing.notice.text.startswith("絞り込み（「髙橋」を含む）：1件")


def test_a_name_is_kept_once_for_a_list(listed: RecordList, dialogs: Any, context: Context) -> None:
    for value in ("派遣", "社員"):
        dialogs.answers.append(say(("雇用区分", value), name="いつもの"))
        action(listed, "条件で絞り込む…").trigger()
    (kept,) = context.facts().all(SavedList)
    assert [one.value for one in kept.conditions] == ["社員"], "the newer one takes its place"
    assert dialogs.said == []


def test_a_field_that_there_is_not_any_more_is_said(listed: RecordList, context: Context) -> None:
    conditions = (ListCondition(field="gone", value="1"), ListCondition(field="name", value="小林"))
    kept = context.ledger.add(SavedList(record_kind="person", name="昔の条件", conditions=conditions))
    listed.narrowing.recall(kept)
    assert names(listed) == []
    assert "絞り込み「昔の条件」の項目「gone」は、この一覧にありません。" in listed.narrowing.notice.text
    assert lost(SPECS["person"], conditions) == ("gone",)


def test_what_was_taken_out_is_said_to_be_all_one_sees(listed: RecordList, context: Context) -> None:
    context.ledger.retire(context.facts().all(Person)[0], "誤り")
    listed.retired_box.setChecked(True)
    assert listed.narrowing.notice.text == "取消済みの記録だけを1件表示しています。"
    listed.retired_box.setChecked(False)
    assert listed.narrowing.notice.isHidden()


def test_an_empty_condition_is_told_where_it_stands(listed: RecordList, dialogs: Any) -> None:
    told: list[str] = []

    def fill(dialog: Any) -> None:
        dialog.ok.click()
        told.append(dialog.notice.text)
        dialog.lines[0].field.setCurrentText("所属")
        dialog.ok.click()
        told.append(dialog.notice.text)
        dialog.reject()

    dialogs.answers.append(fill)
    action(listed, "条件で絞り込む…").trigger()
    assert told == ["条件の項目を1つ以上選んでください。", "「所属」の値を入力してください。"]
    assert len(names(listed)) == 4


def test_a_record_that_the_filter_hides_is_told_of_when_it_is_made(
    listed: RecordList, context: Context
) -> None:
    condition = (ListCondition(field="employment", value="派遣"),)
    listed.model.narrow("", False, condition)
    made = context.ledger.add(Person(name="新田 一", employment="社員"))
    listed.expect([made.id])
    listed.load()
    assert "絞り込みの条件に合わないため" in listed.hidden.text
    listed.show_all_button.click()
    assert made.id in listed.model.ids


def test_columns_are_chosen_put_in_order_and_remembered(
    context: Context, people: list[Person], shown: Show, dialogs: Any
) -> None:
    del people
    page: RecordsPage = shown(RecordsPage(context))
    page.show_target(ShowList("person"))
    declared = [one.name for one in SPECS["person"].listed]

    def choose(dialog: Any) -> None:
        rows = [dialog.list.item(at) for at in range(dialog.list.count())]
        for item in rows:
            if item.text() in ("部署", "所属"):
                item.setCheckState(Qt.CheckState.Checked)
            elif item.text() != SPECS["person"].field("name").label:
                item.setCheckState(Qt.CheckState.Unchecked)
        at = next(at for at, item in enumerate(rows) if item.text() == "所属")
        dialog.list.setCurrentRow(at)
        while dialog.list.currentRow() > 0:
            dialog.up.click()
        dialog.ok.click()

    dialogs.answers.append(choose)
    page.list.narrowing.choose_columns()
    assert [one.name for one in page.list.model.columns] == ["department", "name"]
    assert page.list.model.index(0, 0).data() in ("", "総務部", "業務部")
    again = RecordList(context, SPECS["person"])
    assert [one.name for one in again.model.columns] == ["department", "name"]
    dialogs.answers.append(lambda dialog: (dialog.first.click(), dialog.ok.click()))
    page.list.narrowing.choose_columns()
    assert [one.name for one in page.list.model.columns] == declared
    assert context.program.preferences.text("columns-person") == ""
    again.deleteLater()


def test_esc_gives_up_the_conditions_before_it_goes_back(
    context: Context, people: list[Person], shown: Show
) -> None:
    page: RecordsPage = shown(RecordsPage(context))
    page.show_target(ShowList("person"))
    page.list.model.narrow("", False, (ListCondition(field="employment", value="派遣"),))
    assert page.escape()
    assert len(names(page.list)) == len(people)
    assert not page.escape()


def test_a_column_that_there_is_not_any_more_is_left_out(context: Context) -> None:
    preferences = context.program.preferences
    preferences.set(**{"columns-device": "gone,serial,serial"})
    assert [one.name for one in chosen_columns(preferences, SPECS["device"])] == ["serial"]
    preferences.set(**{"columns-device": "gone"})
    assert chosen_columns(preferences, SPECS["device"]) == SPECS["device"].listed


def test_every_field_of_every_list_can_be_asked_for(context: Context, sample: Any) -> None:
    """Whatever a record says of a field finds it again, and another word does not."""
    facts = context.facts()
    held = replace(sample.device, control_number="PC-001", maker="架空電機")
    for spec in SPECS.values():
        for field in columns_of(spec):
            assert fits(facts, spec, (ListCondition(field=field.name, value="￭￭"),)) is not None
    fit = fits(facts, Device.spec, (ListCondition(field="maker", value="架空 電機"),))
    assert fit(held)
    assert not fit(replace(held, maker="別の会社"))
    assert fits(facts, Device.spec, (ListCondition(field="kind", value="PC"),))(held)
    assert not fits(facts, Device.spec, (ListCondition(field="kind", value="P"),))(held)
