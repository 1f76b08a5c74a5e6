"""Entering many alike: what is taken over is seen, cleared with one key, and never done by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.records import SPECS, Assignment, Device, Person
from app.records.assignment import AssignmentRole
from app.records.carrying import carried
from app.records.device import Storage
from app.records.kinds import Ref
from app.ui.context import Context
from app.ui.editor.form import RecordForm
from app.ui.editor.page import EditorPage
from app.ui.targets import EditRecord
from tests.ui.conftest import FakeDialogs
from tests.ui.test_editor import type_in

Show = Callable[..., Any]


@pytest.fixture
def went(context: Context) -> list[Any]:
    """Where the window was asked to go."""
    found: list[Any] = []
    context.wanted.connect(found.append)
    return found


@pytest.fixture
def assigned(context: Context, sample: Any) -> Assignment:
    return context.ledger.add(
        Assignment(
            person=sample.person.id,
            contract=sample.contract.id,
            roles=(AssignmentRole(role="従事者"),),
            work="原票の入力",
            starts_on=date(2026, 4, 1),
        )
    )


def test_twenty_workers_are_entered_with_nothing_but_their_names(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    page = shown(EditorPage(context, EditRecord("assignment", 0, {"contract": sample.contract.id})))
    boxes = page.form.boxes
    boxes["person"].input.show_value(sample.person.id)
    boxes["roles"].input.show_value((AssignmentRole(role="従事者"),))
    type_in(boxes["work"].input.edit, "原票の入力")
    boxes["starts_on"].input.show_value(date(2026, 4, 1))
    qtbot.mouseClick(page.more_button, Qt.MouseButton.LeftButton)
    assert page.form.carried == ["contract", "roles", "work", "starts_on"]
    assert boxes["work"].chip.text() == "前の登録から引き継ぎ"
    assert boxes["work"].chip.isVisible()
    assert not boxes["person"].chip.isVisible()
    assert "4か所" in page.form.carried_notice.text
    assert boxes["person"].input.text() == ""
    assert not page.form.dirty
    boxes["person"].input.show_value(sample.other_person.id)
    assert page.save()
    first, second = context.facts().all(Assignment)
    assert (second.person, second.contract, second.role_names) == (
        sample.other_person.id,
        sample.contract.id,
        ("従事者",),
    )
    assert (second.work, second.starts_on) == (first.work, first.starts_on)
    assert page.form.carried == []
    assert not page.form.carried_notice.isVisible()


def test_a_field_that_was_touched_is_ones_own(context: Context, assigned: Assignment, shown: Show) -> None:
    page = shown(EditorPage(context, EditRecord("assignment", 0, like=assigned.id)))
    box = page.form.boxes["work"]
    assert box.chip.text() == "複製元から引き継ぎ"
    type_in(box.input.edit, "と検査")
    assert not box.chip.isVisible()
    assert "work" not in page.form.carried
    page.form.clear_carried()
    assert box.input.text() == "と検査原票の入力"
    assert page.form.boxes["starts_on"].input.text() == ""
    assert page.form.dirty


def test_one_key_clears_what_was_taken_over(
    context: Context, assigned: Assignment, shown: Show, qtbot: QtBot
) -> None:
    page = shown(EditorPage(context, EditRecord("assignment", 0, like=assigned.id)))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(
        page.form.boxes["work"].input.edit,
        Qt.Key.Key_Delete,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert page.form.texts() == RecordForm(context, SPECS["assignment"]).texts()
    assert not page.form.carried_notice.isVisible()
    assert not page.form.dirty


def test_what_a_contract_page_had_given_stays_when_the_rest_is_cleared(
    context: Context, sample: Any, assigned: Assignment, shown: Show
) -> None:
    form = shown(RecordForm(context, SPECS["assignment"], preset={"contract": sample.contract.id}))
    form.carry(carried(assigned, context.facts()), "前の登録")
    form.clear_carried()
    assert form.boxes["contract"].input.text() == str(sample.contract.id)
    assert form.boxes["work"].input.text() == ""


def test_a_device_is_repeated_without_number_and_serial(
    context: Context, sample: Any, shown: Show, went: list[Any], qtbot: QtBot
) -> None:
    held = context.ledger.add(
        Device(
            kind="PC",
            owner="自社",
            serial="SN-100",
            maker="みほん製",
            storages=(Storage(name="内蔵SSD", encryption="全体"),),
            retired_on=date(2026, 4, 2),
        )
    )
    page = shown(EditorPage(context, EditRecord("device", held.id)))
    qtbot.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
    assert went == [EditRecord("device", 0, like=held.id)]
    again = shown(EditorPage(context, went[0]))
    texts = again.form.texts()
    assert (texts["control_number"], texts["serial"], texts["retired_on"]) == ("", "", "")
    assert texts["maker"] == "みほん製"
    assert again.save()
    made = context.facts().all(Device)[-1]
    assert (made.maker, made.storages, made.serial) == ("みほん製", held.storages, "")
    assert made.control_number not in ("", held.control_number)


def test_a_document_and_the_vendor_are_not_repeated(context: Context, sample: Any, shown: Show) -> None:
    page = shown(EditorPage(context, EditRecord("vendor", sample.vendor.id)))
    assert not page.copy_button.isVisible()
    assert shown(EditorPage(context, EditRecord("person", sample.person.id))).copy_button.isVisible()
    assert not shown(EditorPage(context, EditRecord("person"))).copy_button.isVisible()


def test_leaving_a_form_that_only_took_over_asks_nothing(
    context: Context, assigned: Assignment, shown: Show
) -> None:
    page = shown(EditorPage(context, EditRecord("assignment", 0, like=assigned.id)))
    assert page.can_leave()
    assert len(context.facts().all(Assignment)) == 1
    assert context.facts().all(Person)


def test_twenty_workers_are_entered_in_one_form_and_taken_back_in_one_step(
    context: Context, sample: Any, dialogs: FakeDialogs, shown: Show, qtbot: QtBot
) -> None:
    with context.ledger.write() as change:
        people = [change.add(Person(name=f"要員{at:02}", employment="社員")) for at in range(18)]
    page = shown(EditorPage(context, EditRecord("assignment", 0, {"contract": sample.contract.id})))
    boxes = page.form.boxes
    assert page.each_button.text() == "複数の要員をまとめて登録…"
    qtbot.mouseClick(page.each_button, Qt.MouseButton.LeftButton)
    assert dialogs.asked == [], "what is missing is said before anybody is chosen"
    assert "入力を確かめてください" in page.form.notice.text
    boxes["roles"].input.show_value((AssignmentRole(role="従事者"),))
    boxes["starts_on"].input.show_value(date(2026, 4, 1))

    def choose(dialog: Any) -> None:
        assert dialog.ok.text() == "登録する"
        dialog.all.click()
        dialog.accept()

    dialogs.answers.append(choose)
    with qtbot.waitSignal(page.finished):
        qtbot.mouseClick(page.each_button, Qt.MouseButton.LeftButton)
    made = context.facts().all(Assignment)
    assert {one.person for one in made} == {one.id for one in (sample.person, sample.other_person, *people)}
    assert {one.role_names for one in made} == {("従事者",)}
    assert page.can_leave()
    context.ledger.undo()
    assert context.facts().all(Assignment) == ()


def test_one_who_cannot_be_assigned_is_named_and_nobody_is(
    context: Context, sample: Any, assigned: Assignment, dialogs: FakeDialogs, shown: Show, qtbot: QtBot
) -> None:
    page = shown(EditorPage(context, EditRecord("assignment", 0, like=assigned.id)))
    ticked: list[list[int]] = []

    def choose(dialog: Any) -> None:
        ticked.append(dialog.chosen)
        dialog.all.click()
        dialog.accept()

    dialogs.answers += [choose, choose]
    for _twice in range(2):
        qtbot.mouseClick(page.each_button, Qt.MouseButton.LeftButton)
    assert "責任者・従事者「髙橋 花子　健診データ入力業務」：" in page.form.notice.text
    assert "𠮷田" not in page.form.notice.text
    assert context.facts().all(Assignment) == (assigned,)
    assert ticked == [[], [sample.person.id, sample.other_person.id]], "whom one chose is still chosen"


def test_only_new_records_that_differ_in_one_reference_are_entered_so(
    context: Context, sample: Any, assigned: Assignment, shown: Show
) -> None:
    assert not shown(EditorPage(context, EditRecord("assignment", assigned.id))).each_button.isVisible()
    assert not shown(EditorPage(context, EditRecord("person"))).each_button.isVisible()
    for spec in SPECS.values():
        assert not spec.each or (spec.repeated and isinstance(spec.field(spec.each).kind, Ref))
        assert spec.each not in spec.carried
    del sample
