"""References as people enter them: by whole name or number, from the list, and where there is none yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.records import SPECS, Assignment, Device, DeviceUse, Location, Person, Training
from app.records.for_contract import ForContract
from app.records.training import Attendance, TrainingTopic
from app.ui.context import Context
from app.ui.editor.form import RecordForm
from app.ui.editor.page import EditorPage
from app.ui.inputs import candidates
from app.ui.inputs.base import Making
from app.ui.inputs.candidates import Candidates
from app.ui.inputs.picking.dialog import PickDialog
from app.ui.inputs.ref import RefInput
from app.ui.targets import EditRecord

Show = Callable[..., Any]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


def type_in(made: RefInput, text: str) -> None:
    made.edit.setFocus()
    made.edit.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(made.edit, event)


@pytest.fixture
def form(context: Context, sample: Any, shown: Show, qtbot: QtBot) -> RecordForm:
    """A new 従事 in an active window, with the records of ``sample`` to choose from."""
    del sample
    made: RecordForm = shown(RecordForm(context, SPECS["assignment"]))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def person_of(form: RecordForm) -> RefInput:
    made = form.boxes["person"].input
    assert isinstance(made, RefInput)
    return made


WAYS_TO_WRITE = [
    "髙橋 花子（E-001）",
    "髙橋 花子",
    "髙橋　花子",
    "髙橋花子",
    " 高橋花子 ",
    "E-001",
    "Ｅ－００１",
    "e−001",
    "たかはし",
    "タカハシ ハナコ",
]


@pytest.mark.parametrize("typed", WAYS_TO_WRITE)
def test_who_is_meant_is_taken_when_one_goes_on(
    form: RecordForm, sample: Any, typed: str, qtbot: QtBot
) -> None:
    person = person_of(form)
    type_in(person, typed)
    qtbot.keyClick(person.edit, Qt.Key.Key_Tab)
    assert person.id == sample.person.id
    assert person.edit.text() == "髙橋 花子（E-001）"


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_who_is_meant_is_taken_from_under_an_open_list(
    form: RecordForm, sample: Any, key: Qt.Key, qtbot: QtBot
) -> None:
    person = person_of(form)
    type_in(person, "髙橋花子")
    qtbot.waitUntil(person._open)
    qtbot.keyClick(person._popup, key)
    assert person.id == sample.person.id
    assert not person._open()


def test_who_is_meant_is_taken_when_one_saves(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    page = shown(EditorPage(context, EditRecord("assignment", 0, {"contract": sample.contract.id})))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.form.boxes["roles"].input.boxes["従事者"].click()
    page.form.boxes["starts_on"].input.edit.setText("R8.4.1")
    type_in(person_of(page.form), "髙橋花子")
    assert page.save()
    assert [one.person for one in context.facts().all(Assignment)] == [sample.person.id]


def test_the_whole_name_wins_over_names_that_hold_it(context: Context, sample: Any) -> None:
    with context.ledger.write() as change:
        for name in ("本社", "本社第三作業室", "本社第四作業室", "本社第五作業室"):
            change.add(Location(name=name, kind="作業", address="東京都みほん区1-2-3"))
    del sample
    candidates = Candidates(context)
    meant = candidates.meant("location", "本社")
    assert meant is not None
    assert meant.shown == "本社"
    assert candidates.meant("location", "本社第") is None
    assert candidates.meant("location", "") is None
    assert candidates.meant("location", "　") is None


def test_two_sessions_of_one_name_are_told_apart_by_their_day(context: Context, sample: Any) -> None:
    whole, topics = (ForContract(contract=sample.contract.id),), (TrainingTopic(topic="遵守事項"),)
    for day in (date(2026, 4, 1), date(2027, 4, 1)):
        context.ledger.add(
            Training(
                title="個人情報の取扱いに関する研修",
                held_on=day,
                topics=topics,
                contracts=whole,
                lecturer="講師",
            )
        )
    shown = [one.shown for one in Candidates(context).of("training")]
    assert "個人情報の取扱いに関する研修 / 2026-04-01" in shown
    assert "個人情報の取扱いに関する研修 / 2027-04-01" in shown


def test_of_two_alike_none_is_taken(form: RecordForm, context: Context, qtbot: QtBot) -> None:
    context.ledger.add(Person(name="髙橋 花子", kana="タカハシ ハナコ", employment="社員"))
    person = person_of(form)
    type_in(person, "髙橋花子")
    qtbot.keyClick(person.edit, Qt.Key.Key_Tab)
    assert person.id == 0
    form.check()
    assert form.boxes["person"].error.plain == "✕ 要員を一覧から選んでください。"
    type_in(person, "E-003")
    qtbot.keyClick(person.edit, Qt.Key.Key_Tab)
    assert person.id == context.facts().all(Person)[-1].id
    assert form.boxes["person"].error.plain == ""


@pytest.mark.parametrize("typed", ["1", "２"])
def test_a_number_that_is_typed_is_never_the_id_of_a_record(
    form: RecordForm, sample: Any, typed: str
) -> None:
    """Both people have an id of one digit; neither is called so."""
    assert sample.person.id + sample.other_person.id == 3
    person = person_of(form)
    context = form.context
    with context.ledger.write() as change:
        for name in ("甲1", "乙1", "甲2", "乙2"):
            change.add(Person(name=name, employment="社員"))
    type_in(person, typed)
    form.check()
    assert form.boxes["person"].error.plain == "✕ 要員を一覧から選んでください。"


def test_down_and_return_take_the_first(form: RecordForm, sample: Any, qtbot: QtBot) -> None:
    person = person_of(form)
    person.edit.setFocus()
    qtbot.keyClick(person.edit, Qt.Key.Key_Down)
    qtbot.keyClick(person._popup, Qt.Key.Key_Return)
    assert person.id == sample.person.id
    qtbot.keyClick(person.edit, Qt.Key.Key_Down)
    assert person._popup.currentIndex().row() == 0
    qtbot.keyClick(person._popup, Qt.Key.Key_Down)
    qtbot.keyClick(person._popup, Qt.Key.Key_Return)
    assert person.id == sample.other_person.id


def test_a_list_that_opens_by_itself_takes_nothing_by_return(
    form: RecordForm, context: Context, qtbot: QtBot
) -> None:
    del context
    person = person_of(form)
    type_in(person, "E-00")
    qtbot.waitUntil(person._open)
    qtbot.keyClick(person._popup, Qt.Key.Key_Return)
    assert person.id == 0
    assert person.edit.text() == "E-00"


def test_the_mark_goes_as_soon_as_a_record_is_picked(form: RecordForm, sample: Any, qtbot: QtBot) -> None:
    form.check()
    person = person_of(form)
    assert form.boxes["person"].error.plain == "✕ 要員を入力してください。"
    qtbot.mouseClick(person.drop, Qt.MouseButton.LeftButton)
    qtbot.keyClick(person._popup, Qt.Key.Key_Return)
    assert person.id == sample.person.id
    assert form.boxes["person"].error.plain == ""
    assert not person.edit.property("invalid")


def test_the_mark_in_a_row_goes_as_well(context: Context, sample: Any, shown: Show, qtbot: QtBot) -> None:
    form = shown(RecordForm(context, SPECS["training"]))
    rows = form.boxes["attendance"].input
    rows.add_line()
    line = rows.lines[-1]
    line.inputs["outcome"].show_value("出席")
    form.check()
    assert line.error("person")
    qtbot.mouseClick(line.inputs["person"].drop, Qt.MouseButton.LeftButton)
    qtbot.keyClick(line.inputs["person"]._popup, Qt.Key.Key_Return)
    assert line.inputs["person"].id == sample.person.id
    assert line.error("person") == ""


def test_one_answer_is_given_for_all_that_are_open(context: Context, sample: Any, shown: Show) -> None:
    """Two people are there from the start; what is said of a third stays as it is."""
    people = tuple(Attendance(person=one.id, outcome="") for one in (sample.person, sample.other_person))
    form = shown(RecordForm(context, SPECS["training"], preset={"attendance": people}))
    rows = form.boxes["attendance"].input
    assert [line["outcome"] for line in rows.text()] == ["", ""]
    rows.add_line()
    rows.lines[-1].inputs["outcome"].show_value("欠席")
    (choose,) = [each for each in rows.alike.menu().actions() if each.text() == "出席"]
    choose.trigger()
    assert [line["outcome"] for line in rows.text()] == ["出席", "出席", "欠席"]
    assert form.dirty
    assert rows.alike.isVisible()
    rows.remove(rows.lines[0])
    rows.remove(rows.lines[0])
    assert not rows.alike.isVisible()


def test_where_there_is_none_yet_the_first_is_registered(
    context: Context, shown: Show, dialogs: Any, qtbot: QtBot
) -> None:
    form = shown(RecordForm(context, SPECS["assignment"]))
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    person = person_of(form)

    def fill(dialog: Any) -> None:
        dialog.form.boxes["name"].input.show_value("新任 三郎")
        dialog.form.boxes["employment"].input.show_value("社員")
        dialog.save()

    dialogs.answers.append(fill)
    qtbot.mouseClick(person.drop, Qt.MouseButton.LeftButton)
    assert person._open()
    assert person._model.stringList() == ["要員はまだありません。ここを選ぶと登録できます"]
    qtbot.keyClick(person._popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: person.id > 0)
    assert context.facts().get(Person, person.id).name == "新任 三郎"


def test_where_there_is_none_yet_and_none_is_made_by_hand_it_is_said(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    del sample
    spec, field = next(
        (each, f) for each in SPECS.values() for f in each.fields if getattr(f.kind, "to", "") == "submission"
    )
    form = shown(RecordForm(context, spec))
    made = form.boxes[field.name].input
    qtbot.mouseClick(made.drop, Qt.MouseButton.LeftButton)
    assert made._model.stringList() == ["提出書類はまだありません"]
    qtbot.keyClick(made._popup, Qt.Key.Key_Return)
    assert made.text() == ""
    assert not form.dirty


def test_what_is_retired_is_not_meant(context: Context, sample: Any) -> None:
    context.ledger.retire(sample.other_person, "退職のため")
    assert Candidates(context).meant("person", "E-002") is None
    assert Candidates(context).meant("person", "E-001") is not None


def test_a_name_typed_where_nobody_is_registered_says_how_to_begin(context: Context, shown: Show) -> None:
    form = shown(RecordForm(context, SPECS["assignment"]))
    type_in(person_of(form), "高橋")
    assert form.check() is None
    assert form.boxes["person"].error.plain == "✕ 要員がまだ登録されていません。＋で登録してください。"
    type_in(person_of(form), "高橋花子")
    assert "まだ登録されていません" in form.boxes["person"].error.plain
    context.ledger.add(Person(name="佐藤 一郎", employment="社員"))
    assert form.check() is None
    assert form.boxes["person"].error.plain == "✕ 要員を一覧から選んでください。"


def test_in_a_row_it_says_to_register_first(context: Context, shown: Show) -> None:
    form = shown(RecordForm(context, SPECS["training"]))
    grid: Any = form.boxes["attendance"].input
    grid.add_line()
    type_in(grid.lines[0].inputs["person"], "高橋")
    assert form.check() is None
    assert grid.lines[0].error("person") == "✕ 要員がまだ登録されていません。先に登録してください。"


def test_very_many_candidates_are_made_ready_by_the_worker_before_the_list_opens(
    form: RecordForm,
    context: Context,
    settled: Callable[[], None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(candidates, "_AT_ONCE", -1)
    person = person_of(form)
    context.operations.hold()
    with qtbot.waitSignal(context.said) as said:
        type_in(person, "高橋")
    assert said.args == ["要員の候補を読み込んでいます…"]
    assert not person._open()
    context.operations.release()
    qtbot.waitUntil(person._open)
    assert [hit.shown for hit in person._hits] == ["髙橋 花子（E-001）"]
    assert person.making.candidates.ready("person")
    del settled


def test_whoever_went_on_meanwhile_is_shown_no_list(
    form: RecordForm,
    context: Context,
    settled: Callable[[], None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = person_of(form)
    person.edit.setFocus()
    monkeypatch.setattr(candidates, "_AT_ONCE", -1)
    context.operations.hold()
    person.open_list()
    form.boxes["work"].input.focus()
    context.operations.release()
    settled()
    assert not person._open()
    del qtbot


@pytest.mark.parametrize(
    ("number", "kind", "shown"),
    [
        ("PC-901", "PC", "PC-901"),
        ("ｐｃ９０１", "PC", "ｐｃ９０１"),
        ("SV-901", "サーバ", "SV-901　サーバ"),
        ("901", "PC", "901　PC"),
    ],
)
def test_a_machine_is_listed_with_its_kind_once_and_what_tells_it_apart(
    context: Context, sample: Any, number: str, kind: str, shown: str
) -> None:
    made = context.ledger.add(
        Device(control_number=number, kind=kind, owner="自社", maker="甲社", model="X-200")
    )
    held = Candidates(context)
    assert held.shown("device", made.id) == shown
    (found,) = (one for one in held.of("device") if one.id == made.id)
    assert (found.shown, found.listed) == (shown, f"{shown}　甲社 X-200")
    context.ledger.add(
        DeviceUse(
            device=made.id,
            contract=sample.contract.id,
            status="実績",
            starts_on=context.today(),
            location=sample.location.id,
            person=sample.person.id,
        )
    )
    (found,) = (one for one in held.of("device") if one.id == made.id)
    assert found.listed == f"{shown}　甲社 X-200　{sample.location.name}　髙橋 花子"
    assert found in held.find("device", "甲社 高橋"), "found by what tells it apart"
    assert held.find("device", f"{number} {kind}") == [found]
    for typed in (number, shown, f"{number}　{kind}"):
        assert held.meant("device", typed) == found


def test_who_keeps_a_machine_no_more_is_not_told_beside_it(context: Context, sample: Any) -> None:
    made = context.ledger.add(Device(control_number="PC-902", kind="PC", owner="自社"))
    today, day = context.today(), timedelta(days=1)
    use: dict[str, Any] = {"device": made.id, "contract": sample.contract.id, "person": sample.person.id}
    context.ledger.add(DeviceUse(**use, status="実績", starts_on=today - 9 * day, ends_on=today - day))
    context.ledger.add(DeviceUse(**use, status="実績", starts_on=today + day, ends_on=today + 9 * day))
    (found,) = (one for one in Candidates(context).of("device") if one.id == made.id)
    assert found.listed == "PC-902"


def test_candidates_are_made_anew_where_something_changed_that_they_are_called_by(
    context: Context, sample: Any
) -> None:
    made = Candidates(context)
    before = made.of("person")
    context.ledger.change(replace(sample.location, room="2階"))
    assert made.of("person") is before
    context.ledger.change(replace(sample.person, name="新姓 花子"))
    assert "新姓 花子（E-001）" in [one.shown for one in made.of("person")]
    context.ledger.retire(sample.other_person, "退職のため")
    assert len(made.of("person")) == 1


def test_all_that_are_shown_are_ticked_by_one_press_and_counted_once(
    context: Context, sample: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    del sample
    dialog = PickDialog(Making(context), "person", "要員を選ぶ")
    counted: list[int] = []
    count = dialog._count

    def counting() -> None:
        counted.append(1)
        count()

    monkeypatch.setattr(dialog, "_count", counting)
    dialog.all.click()
    assert len(dialog.chosen) == 2
    assert counted == [1]
    assert dialog.ok.isEnabled()
    dialog.deleteLater()
