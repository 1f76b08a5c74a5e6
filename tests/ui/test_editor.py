"""The editor of every record: all problems at once, every kind of input, conflicts, history."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.records import SPECS, Asset, Contract, Disposal, Event, Person, Spec, Training, Vendor
from app.records.disposal import DisposalLine
from app.records.for_contract import ForContract
from app.records.kinds import Rows
from app.records.training import Attendance, TrainingTopic
from app.ui.context import Context
from app.ui.editor.form import RecordForm
from app.ui.editor.page import EditorPage
from app.ui.inputs.day import Calendar, reading
from app.ui.targets import EditRecord
from tests.support.values import records

Show = Callable[..., Any]
every = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
popups = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")
"""Offscreen there is no window manager to raise a popup; Qt says so each time."""


def type_in(widget: QWidget, text: str) -> None:
    """Type as an input method does; single keys cannot carry Japanese."""
    widget.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def problems_shown(form: RecordForm) -> dict[str, str]:
    """What the boxes say is wrong, by field."""
    return {name: box.error.plain for name, box in form.boxes.items() if box.error.isVisibleTo(form)}


@every
def test_every_editor_reports_at_once_all_that_is_missing(
    context: Context, spec: Spec[Any], shown: Show
) -> None:
    form = shown(RecordForm(context, spec))
    assert form.check() is None
    wanted = {f.name for f in spec.fields if f.required and not f.kind.unseen}
    said = set(problems_shown(form))
    for name in wanted:
        if isinstance(spec.field(name).kind, Rows):
            assert form.boxes[name].input._error.isVisibleTo(form), name
            said.add(name)
    assert said == wanted
    assert "入力を確かめてください" in form.notice.text
    assert form.notice.isVisible()


@every
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_opening_and_saving_unchanged_changes_nothing(
    context: Context, spec: Spec[Any], data: st.DataObject
) -> None:
    record = data.draw(records(spec, st.just(1)))
    form = RecordForm(context, spec, record)
    assert not form.dirty
    made, problems = spec.from_texts(form.texts_for_reading(), base=record)
    assert problems == {}
    assert made == record
    form.deleteLater()


@popups
def test_a_record_is_entered_with_mouse_and_keyboard(context: Context, shown: Show, qtbot: QtBot) -> None:
    page = shown(EditorPage(context, EditRecord("person")))
    boxes = page.form.boxes
    type_in(boxes["name"].input.edit, "𠮷田 一郎")
    combo = boxes["employment"].input.combo
    combo.setFocus()
    qtbot.keyClicks(combo, " ")
    assert combo.view().accessibleName() == "雇用区分"
    qtbot.keyClick(combo.view(), Qt.Key.Key_Down)
    qtbot.keyClick(combo.view(), Qt.Key.Key_Down)
    qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
    qtbot.keyClicks(boxes["joined_on"].input.edit, "R8.4.1")
    with qtbot.waitSignal(page.finished):
        qtbot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    (made,) = context.facts().all(Person)
    assert (made.name, made.employee_number, made.joined_on) == ("𠮷田 一郎", "E-001", date(2026, 4, 1))
    assert made.employment == "社員"


def test_the_first_mistake_gets_the_cursor(context: Context, shown: Show, qtbot: QtBot) -> None:
    page = shown(EditorPage(context, EditRecord("client")))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    type_in(page.form.boxes["name"].input.edit, "みなと北市")
    assert not page.save()
    assert page.form.boxes["addressee"].input.edit.hasFocus()
    assert page.form.boxes["addressee"].input.edit.accessibleDescription() == "宛名を入力してください。"
    type_in(page.form.boxes["addressee"].input.edit, "みなと北市長")
    assert page.save()
    assert problems_shown(page.form) == {}


def test_problems_of_the_whole_entry_stand_at_their_field(context: Context, shown: Show) -> None:
    form = shown(RecordForm(context, SPECS["person"]))
    form.boxes["name"].input.show_value("派遣 太郎")
    form.boxes["employment"].input.show_value("派遣")
    assert form.check() is None
    assert problems_shown(form) == {"agency": "✕ 派遣の要員には派遣元を入力してください。"}


def test_saving_and_beginning_another(context: Context, shown: Show, qtbot: QtBot) -> None:
    page = shown(EditorPage(context, EditRecord("person")))
    for name in ("一郎", "次郎"):
        page.form.boxes["name"].input.show_value(name)
        page.form.boxes["employment"].input.show_value("社員")
        qtbot.mouseClick(page.more_button, Qt.MouseButton.LeftButton)
        assert page.record is None
    assert [person.name for person in context.facts().all(Person)] == ["一郎", "次郎"]


def test_what_is_preset_is_there_and_counts_as_clean(context: Context, sample: Any, shown: Show) -> None:
    page = shown(EditorPage(context, EditRecord("asset", 0, {"contract": sample.contract.id})))
    assert page.form.boxes["contract"].input.id == sample.contract.id
    assert not page.form.dirty
    assert page.can_leave()


def test_a_refusal_of_the_door_is_shown_on_the_page(context: Context, sample: Any, shown: Show) -> None:
    page = shown(EditorPage(context, EditRecord("client")))
    page.form.boxes["name"].input.show_value(sample.client.name)
    page.form.boxes["addressee"].input.show_value("みなと北市長")
    assert not page.save()
    assert "既に登録されています" in page.form.notice.text


# --- days -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("2026-04-01", "令和8年4月1日（水）"),
        ("R8.4.1", "2026年4月1日（水）"),
        ("令和元年5月1日", "2019年5月1日（水）"),
        ("２０２６/４/１", "令和8年4月1日（水）"),
        ("令和8年4月1日（水）", "2026年4月1日（水）"),
        ("令和8年4月1日（木）", "この日は水曜日です"),
        ("26/4/1", "読めません（例：R8.4.1、12/1）"),
        ("2026-02-30", "読めません（例：R8.4.1、12/1）"),
    ],
)
def test_a_day_is_read_back_while_it_is_typed(context: Context, shown: Show, typed: str, read: str) -> None:
    form = shown(RecordForm(context, SPECS["person"]))
    day = form.boxes["joined_on"].input
    day.edit.setText(typed)
    assert day.read.text() == read
    assert reading(typed) == read


def test_up_and_down_go_to_the_next_day(context: Context, shown: Show, qtbot: QtBot) -> None:
    form = shown(RecordForm(context, SPECS["person"]))
    edit = form.boxes["joined_on"].input.edit
    edit.setText("2026-04-30")
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.text() == "令和8年5月1日"
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert edit.text() == "令和8年4月30日"


@popups
def test_a_day_is_picked_from_the_calendar(context: Context, shown: Show, qtbot: QtBot) -> None:
    form = shown(RecordForm(context, SPECS["person"]))
    day = form.boxes["joined_on"].input
    day.edit.setText("2026-04-01")
    day.pick.click()
    popup = day.findChild(Calendar)
    assert popup.isVisible()
    assert all(part.accessibleName() for part in popup.month.findChildren(QWidget, "qt_calendar_prevmonth"))
    qtbot.keyClick(popup.month.findChild(QWidget, "qt_calendar_calendarview"), Qt.Key.Key_Right)
    qtbot.keyClick(popup.month.findChild(QWidget, "qt_calendar_calendarview"), Qt.Key.Key_Return)
    assert day.text() == "令和8年4月2日"
    assert form.dirty


def test_a_moment_is_a_day_and_a_time(context: Context, sample: Any, shown: Show) -> None:
    del sample
    form = shown(RecordForm(context, SPECS["event"]))
    moment = form.boxes["happened_at"].input
    moment.edit.setText("R8.4.1")
    moment.time.setText("9:05")
    assert (
        SPECS["event"].field("happened_at").kind.from_text(moment.text()).isoformat() == "2026-04-01T09:05:00"
    )


# --- choices and references -------------------------------------------------------------------------


def test_another_choice_asks_what(context: Context, shown: Show) -> None:
    form = shown(RecordForm(context, SPECS["device"]))
    kind = form.boxes["kind"].input
    kind.combo.setCurrentText("その他")
    assert kind.other.isVisible()
    assert form.check() is None
    type_in(kind.other, "複合機")
    assert kind.text() == "その他：複合機"
    kind.combo.setCurrentText("PC")
    assert not kind.other.isVisible()
    assert kind.text() == "PC"


def test_the_wheel_over_a_page_changes_no_choice(context: Context, shown: Show) -> None:
    form = shown(RecordForm(context, SPECS["device"]))
    combo = form.boxes["owner"].input.combo
    combo.setCurrentText("リース")
    combo.setFocus()
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(combo.mapToGlobal(QPoint(5, 5))),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(combo, turn)
    assert combo.currentText() == "リース"


@popups
def test_a_reference_is_found_by_kana_and_taken_with_the_keyboard(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    form = shown(RecordForm(context, SPECS["assignment"]))
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    person = form.boxes["person"].input
    type_in(person.edit, "たかはし")
    popup = person._popup
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().index(0, 0).data() == "髙橋 花子（E-001）"
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert person.id == sample.person.id
    assert person.text() == str(sample.person.id)
    assert person.edit.text() == "髙橋 花子（E-001）"


@popups
def test_a_reference_settles_where_only_one_fits(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    form = shown(RecordForm(context, SPECS["assignment"]))
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    person = form.boxes["person"].input
    type_in(person.edit, "E-002")
    person._popup.hide()
    form.boxes["contract"].input.edit.setFocus()
    assert person.id == sample.other_person.id


@popups
def test_a_name_that_is_no_record_is_told(context: Context, sample: Any, shown: Show) -> None:
    del sample
    form = shown(RecordForm(context, SPECS["assignment"]))
    person = form.boxes["person"].input
    person.edit.setText("だれでもない")
    form.check()
    assert problems_shown(form)["person"] == "✕ 要員を一覧から選んでください。"


def test_a_reference_is_added_on_the_spot(
    context: Context, sample: Any, shown: Show, dialogs: Any, qtbot: QtBot
) -> None:
    del sample
    form = shown(RecordForm(context, SPECS["assignment"]))
    person = form.boxes["person"].input
    person.edit.setText("新任 三郎")

    def fill(dialog: Any) -> None:
        assert dialog.form.boxes["name"].input.text() == "新任 三郎"
        dialog.form.boxes["employment"].input.show_value("社員")
        dialog.save()

    dialogs.answers.append(fill)
    qtbot.mouseClick(person.add, Qt.MouseButton.LeftButton)
    made = context.facts().all(Person)[-1]
    assert (made.name, person.id) == ("新任 三郎", made.id)


def test_a_retired_reference_stays_visible(context: Context, sample: Any, shown: Show) -> None:
    form = shown(RecordForm(context, SPECS["assignment"]))
    context.ledger.retire(sample.other_person, "退職のため")
    form.boxes["person"].input.show_value(sample.other_person.id)
    assert form.boxes["person"].input.edit.text() == "（取消済み）𠮷田 次郎"


# --- rows -------------------------------------------------------------------------------------------


def test_rows_are_added_moved_and_removed(context: Context, shown: Show, qtbot: QtBot) -> None:
    form = shown(RecordForm(context, SPECS["device"]))
    rows = form.boxes["storages"].input
    for name in ("内蔵SSD", "外付HDD", "SDカード"):
        qtbot.mouseClick(rows.more, Qt.MouseButton.LeftButton)
        rows.lines[-1].inputs["name"].show_value(name)
        rows.lines[-1].inputs["encryption"].show_value("全体")
    assert rows.lines[0].inputs["name"].fields()[0].accessibleName() == "記憶装置（1行目）"
    qtbot.mouseClick(rows.lines[2].up, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(rows.lines[0].drop, Qt.MouseButton.LeftButton)
    assert [entry["name"] for entry in rows.text()] == ["SDカード", "外付HDD"]
    assert not rows.lines[0].up.isEnabled()
    assert not rows.lines[1].down.isEnabled()


def test_an_untouched_row_is_no_row(context: Context, shown: Show) -> None:
    form = shown(RecordForm(context, SPECS["contract"]))
    rows = form.boxes["annexes"].input
    assert len(rows.lines) == 1
    assert rows.text() == []
    rows.lines[0].inputs["annex"].combo.setCurrentIndex(1)
    assert len(rows.text()) == 1


def test_a_problem_stands_in_the_row_it_belongs_to(context: Context, sample: Any, shown: Show) -> None:
    form = shown(RecordForm(context, SPECS["training"]))
    form.boxes["title"].input.show_value("研修")
    form.boxes["held_on"].input.show_value(date(2026, 4, 1))
    form.boxes["topics"].input.boxes["遵守事項"].click()
    form.boxes["contracts"].input.lines[0].inputs["contract"].choose(sample.contract.id)
    rows = form.boxes["attendance"].input
    for person, outcome in ((sample.person.id, "出席"), (sample.other_person.id, "補講")):
        rows.add_line()
        rows.lines[-1].inputs["person"].choose(person)
        rows.lines[-1].inputs["outcome"].show_value(outcome)
    assert form.check() is None
    line = rows.lines[1]
    assert "補講日を入力してください" in line.error("made_up_on")
    assert rows.lines[0].error("made_up_on") == ""
    line.inputs["made_up_on"].show_value(date(2026, 4, 8))
    assert form.save() is not None
    (made,) = context.facts().all(Training)
    assert made.attended_on(sample.other_person.id) == date(2026, 4, 8)


def test_what_papers_demand_is_said_at_its_field_and_not_demanded_for_saving(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    form = shown(RecordForm(context, SPECS["location"], sample.location))
    qtbot.waitUntil(form.boxes["room"].needed.isVisible)
    for name in ("room", "area", "lock", "entry_control"):
        box = form.boxes[name]
        assert not box.field.required
        assert "作業場所届出書" in box.needed.accessibleName(), name
        assert "空欄でも登録できます" in box.needed.toolTip()
    assert not form.boxes["note"].needed.isVisible()
    assert not form.boxes["name"].needed.isVisible(), "what has to be entered anyway says so"
    assert form.save() is not None


def test_several_people_are_added_at_once(
    context: Context, sample: Any, shown: Show, dialogs: Any, qtbot: QtBot
) -> None:
    form = shown(RecordForm(context, SPECS["training"]))
    rows = form.boxes["attendance"].input

    def pick(dialog: Any) -> None:
        dialog.search.setText("よしだ")
        dialog.all.click()
        dialog.search.setText("")
        assert dialog.chosen == [sample.other_person.id]
        dialog.all.click()
        dialog.ok.click()

    dialogs.answers.append(pick)
    qtbot.mouseClick(rows.bulk, Qt.MouseButton.LeftButton)
    assert [entry["person"] for entry in rows.text()] == [str(sample.person.id), str(sample.other_person.id)]
    dialogs.answers.append(lambda dialog: dialog.reject())
    qtbot.mouseClick(rows.bulk, Qt.MouseButton.LeftButton)
    last = dialogs.shown[-1]
    assert last.listed == []
    assert last.nothing.title.text() == "ほかに選べるものはありません"


def test_one_choice_rows_are_check_boxes_that_keep_their_order(
    context: Context, sample: Any, shown: Show
) -> None:
    form = shown(RecordForm(context, SPECS["assignment"]))
    roles = form.boxes["roles"].input
    roles.boxes["従事者"].click()
    roles.boxes["業務責任者"].click()
    roles.boxes["その他"].click()
    roles.other.setText("入力補助、検品")
    assert [entry["role"] for entry in roles.text()] == [
        "業務責任者",
        "従事者",
        "その他：入力補助",
        "その他：検品",
    ]
    del sample


def test_choosing_an_asset_fills_in_its_line(context: Context, sample: Any, shown: Show) -> None:
    from datetime import datetime

    asset = context.ledger.add(
        Asset(
            contract=sample.contract.id,
            item="健診票",
            classification="個人情報",
            medium="紙",
            unit="箱",
            identifier="封1",
        )
    )
    context.ledger.add(
        Event(asset=asset.id, kind="受領", status="実績", happened_at=datetime(2026, 4, 2, 9), quantity=3)  # noqa: DTZ001  # naive local time by declaration
    )
    form = shown(RecordForm(context, SPECS["disposal"]))
    line = form.boxes["lines"].input.lines[0]
    line.inputs["asset"].choose(asset.id)
    texts = line.texts()
    assert (texts["item"], texts["medium"], texts["unit"]) == ("健診票", "紙", "箱")
    assert (texts["quantity"], texts["serial"]) == ("3", "封1")
    assert SPECS["disposal"].cls is Disposal


def two_assets(context: Context, sample: Any) -> tuple[Asset, Asset]:
    def one(item: str, medium: str, unit: str, identifier: str) -> Asset:
        return context.ledger.add(
            Asset(
                contract=sample.contract.id,
                item=item,
                classification="個人情報",
                medium=medium,
                unit=unit,
                identifier=identifier,
            )
        )

    return one("健診票", "紙", "箱", "封1"), one("申請データ", "USBメモリ", "本", "")


def told(line: Any) -> list[str]:
    return [line.texts()[name] for name in ("item", "medium", "unit", "serial", "quantity")]


def test_another_asset_brings_all_of_its_own(context: Context, sample: Any, shown: Show) -> None:
    first, second = two_assets(context, sample)
    line = shown(RecordForm(context, SPECS["disposal"])).boxes["lines"].input.lines[0]
    line.inputs["asset"].choose(first.id)
    assert told(line) == ["健診票", "紙", "箱", "封1", ""]
    line.inputs["asset"].choose(second.id)
    assert told(line) == ["申請データ", "USBメモリ", "本", "", ""]
    line.inputs["asset"].choose(first.id)
    assert told(line) == ["健診票", "紙", "箱", "封1", ""]


def test_what_is_typed_over_stays_with_another_asset(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    first, second = two_assets(context, sample)
    line = shown(RecordForm(context, SPECS["disposal"])).boxes["lines"].input.lines[0]
    line.inputs["asset"].choose(first.id)
    line.inputs["item"].edit.setText("健診票の写し")
    qtbot.keyClicks(line.inputs["quantity"].edit, "2")
    line.inputs["asset"].choose(second.id)
    assert told(line) == ["健診票の写し", "USBメモリ", "本", "", "2"]


def test_a_machine_instead_of_an_asset_keeps_nothing_of_it(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    first, _second = two_assets(context, sample)
    line = shown(RecordForm(context, SPECS["disposal"])).boxes["lines"].input.lines[0]
    asset = line.inputs["asset"]
    asset.choose(first.id)
    line.inputs["device"].choose(sample.device.id)
    # The asset still stands: what it told is its own.
    assert told(line) == ["健診票", "紙", "箱", "封1", "1"]
    asset.edit.selectAll()
    qtbot.keyClick(asset.edit, Qt.Key.Key_Delete)
    line.inputs["device"].choose(sample.device.id)
    assert told(line)[1:] == [sample.device.kind, "台", sample.device.serial, "1"]


def test_a_row_begun_elsewhere_goes_with_its_asset(context: Context, sample: Any, shown: Show) -> None:
    first, second = two_assets(context, sample)
    begun = DisposalLine(asset=first.id, item="健診票", medium="紙", quantity=4, unit="箱", serial="封9")
    form = shown(RecordForm(context, SPECS["disposal"], preset={"lines": (begun,)}))
    line = form.boxes["lines"].input.lines[0]
    line.inputs["asset"].choose(second.id)
    assert told(line) == ["申請データ", "USBメモリ", "本", "封9", "4"]


def test_many_rows_come_up_in_steps_and_count_from_the_start(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    with context.ledger.write() as change:
        people = [change.add(Person(name=f"要員{number}", employment="社員")) for number in range(30)]
    session = context.ledger.add(
        Training(
            title="研修",
            held_on=date(2026, 4, 1),
            topics=(TrainingTopic(topic="遵守事項"),),
            contracts=(ForContract(contract=sample.contract.id),),
            attendance=tuple(Attendance(person=each.id, outcome="出席") for each in people),
        )
    )
    form = shown(RecordForm(context, SPECS["training"], session))
    rows = form.boxes["attendance"].input
    at_first = rows.text()
    assert len(at_first) == 30
    qtbot.waitUntil(lambda: not rows._waiting)
    assert rows.text() == at_first
    assert not form.dirty
    assert rows.lines[-1].inputs["person"].id == people[-1].id
    assert not rows.lines[-1].down.isEnabled()


# --- files ------------------------------------------------------------------------------------------


def test_a_seal_is_chosen_shown_kept_and_taken_off(
    context: Context, sample: Any, shown: Show, dialogs: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    path = tmp_path / "印影.png"
    image.save(str(path))
    page = shown(EditorPage(context, EditRecord("vendor", sample.vendor.id)))
    seal = page.form.boxes["seal"].input
    dialogs.answers.append([path])
    qtbot.mouseClick(seal.pick, Qt.MouseButton.LeftButton)
    assert seal.picture.isVisible()
    assert page.save()
    held = context.facts().get(Vendor, sample.vendor.id).seal
    assert held == hashlib.sha256(path.read_bytes()).hexdigest()
    assert context.ledger.blob(held) == path.read_bytes()
    qtbot.mouseClick(seal.drop, Qt.MouseButton.LeftButton)
    assert page.save()
    assert context.facts().get(Vendor, sample.vendor.id).seal == ""


def test_a_file_that_cannot_be_read_is_one_sentence(
    context: Context, shown: Show, dialogs: Any, tmp_path: Path
) -> None:
    form = shown(RecordForm(context, SPECS["vendor"]))
    empty = tmp_path / "空.png"
    empty.touch()
    dialogs.answers += [[tmp_path / "ない.png"], [empty]]
    form.boxes["seal"].input._pick()
    form.boxes["seal"].input._pick()
    assert "「ない.png」が見つかりません" in dialogs.said[0]
    assert "中身が空です" in dialogs.said[1]
    assert not form.dirty


# --- what others did --------------------------------------------------------------------------------


def test_a_change_from_elsewhere_is_shown_if_nothing_was_entered(
    context: Context, sample: Any, shown: Show
) -> None:
    page = shown(EditorPage(context, EditRecord("person", sample.person.id)))
    context.ledger.change(replace(sample.person, department="総務課"))
    assert page.form.boxes["department"].input.text() == "総務課"
    assert not page.form.dirty


def test_a_conflict_is_told_and_nothing_is_overwritten(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    page = shown(EditorPage(context, EditRecord("person", sample.person.id)))
    page.form.boxes["department"].input.show_value("情報課")
    context.ledger.change(replace(sample.person, department="総務課"))
    assert "他の画面で変更されました" in page.form.notice.text
    assert not page.save()
    assert "他の画面で変更されました" in page.form.notice.text
    assert context.facts().get(Person, sample.person.id).department == "総務課"
    qtbot.mouseClick(page.reload_button, Qt.MouseButton.LeftButton)
    assert page.form.boxes["department"].input.text() == "総務課"
    assert not page.reload_button.isVisible()


def test_history_tells_who_changed_what_and_why(context: Context, sample: Any, shown: Show) -> None:
    context.ledger.change(replace(sample.person, department="総務課"), reason="異動のため")
    page = shown(EditorPage(context, EditRecord("person", sample.person.id)))
    page.tabs.setCurrentIndex(2)
    newest, oldest = page.history.entries
    assert (newest.operation, newest.reason, newest.officer) == ("変更", "異動のため", "山田 太郎")
    assert [(change.label, change.after) for change in newest.changes] == [("所属", "総務課")]
    assert oldest.operation == "登録"
    shown_texts = " ".join(
        str(label.property("plain") or label.accessibleName()) for label in page.history.findChildren(QWidget)
    )
    assert "所属：（空） → 総務課" in shown_texts


def test_a_record_is_retired_with_a_reason_and_then_only_shown(
    context: Context, sample: Any, shown: Show, dialogs: Any, qtbot: QtBot
) -> None:
    page = shown(EditorPage(context, EditRecord("device", sample.device.id)))
    dialogs.answers.append("廃棄したため")
    with qtbot.waitSignal(page.finished):
        qtbot.mouseClick(page.retire_button, Qt.MouseButton.LeftButton)
    again = shown(EditorPage(context, EditRecord("device", sample.device.id)))
    assert not again.form.isEnabled()
    assert not again.save_button.isVisible()
    assert "廃棄したため" in again._state.plain


def test_the_editor_of_a_contract_lists_the_annexes_by_title(
    context: Context, sample: Any, shown: Show
) -> None:
    page = shown(EditorPage(context, EditRecord("contract", sample.contract.id)))
    annex = page.form.boxes["annexes"].input.lines[0].inputs["annex"]
    assert annex.text() == "kimitsu-hoji"
    assert annex.combo.currentText() == context.catalogue.annex("kimitsu-hoji").title
    assert isinstance(page.record, Contract)


def test_a_title_that_ends_in_a_verb_stands_apart_from_what_is_said_of_it(
    context: Context, sample: Any, shown: Show
) -> None:
    given = {
        "contract": sample.contract.id,
        "source": "自己点検",
        "found_on": date(2026, 4, 1),
        "finding": "無断で持ち出したことを発注者へ報告した",
    }
    said: list[str] = []
    context.said.connect(said.append)
    page = shown(EditorPage(context, EditRecord("improvement", 0, given)))
    assert page.save(), problems_shown(page.form)
    assert said == ["「改善　無断で持ち出したことを発注者へ報告した」を登録しました。"]
    assert page.save()
    assert said[1:] == ["「改善　無断で持ち出したことを発注者へ報告した」を保存しました。"]
