"""What the ledger refuses is told where the eye is: at its field or row, in sight, under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.records import Asset, Assignment, Contract, Device, DeviceUse, Disposal, Event, Oath, Training
from app.records.assignment import AssignmentRole
from app.records.disposal import DisposalLine
from app.ui.context import Context
from app.ui.duties.signing import sign_oaths
from app.ui.editor.ask_dialog import AskDialog, asked
from app.ui.editor.dialog import RecordDialog
from app.ui.editor.page import EditorPage
from app.ui.targets import EditRecord

Show = Callable[..., Any]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


def at(day: int) -> datetime:
    return datetime(2026, 4, day, 9)  # noqa: DTZ001  # naive local time by declaration


@pytest.fixture
def assets(context: Context, sample: Any) -> list[Asset]:
    """Three assets, of one of which nothing is left."""
    with context.ledger.write() as change:
        made = [
            change.add(
                Asset(
                    contract=sample.contract.id,
                    item=f"健診票{number}",
                    classification="個人情報",
                    medium="紙",
                    unit="枚",
                )
            )
            for number in (1, 2, 3)
        ]
        for asset in made:
            change.add(Event(asset=asset.id, kind="受領", status="実績", happened_at=at(2), quantity=5))
        change.add(Event(asset=made[1].id, kind="返還", status="実績", happened_at=at(6), quantity=5))
    return made


def opened(page: Any, qtbot: QtBot) -> Any:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def in_sight(page: Any, widget: QWidget) -> bool:
    """Whether the whole of a widget is to be seen, not only a strip of it."""
    area: QWidget = page.form.area().viewport()
    place = QRect(widget.mapTo(area, QPoint(0, 0)), widget.size())
    return area.rect().contains(place)


def refused(page: Any, qtbot: QtBot) -> None:
    """Press the button that writes, and let the page find its place."""
    before = page.context.ledger.head().sequence
    qtbot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert page.context.ledger.head().sequence == before
    assert page.form.notice.isVisible()
    assert page.rect().contains(QRect(page.form.notice.mapTo(page, QPoint(0, 0)), page.form.notice.size()))


def test_a_quantity_too_large_is_told_in_its_row(
    context: Context, sample: Any, assets: list[Asset], shown: Show, qtbot: QtBot
) -> None:
    lines = tuple(
        DisposalLine(
            asset=asset.id, item=asset.item, medium=asset.medium, quantity=5, unit="枚", result="完了"
        )
        for asset in assets
    )
    given = {
        "contract": sample.contract.id,
        "lines": lines,
        "done_on": date(2026, 4, 10),
        "method": "溶解",
    }
    page = opened(shown(EditorPage(context, EditRecord("disposal", 0, given)), 1000, 520), qtbot)
    page.form.boxes["status"].input.show_value("実績")
    for name, box in page.form.boxes.items():
        if box.field.required and not box.input.text():
            fill_in(page, name, sample)
    refused(page, qtbot)
    row = page.form.boxes["lines"].input.lines[1]
    assert row.error("quantity").startswith("✕ ")
    assert "返還" in row.error("quantity")
    assert [page.form.boxes["lines"].input.lines[at].error("quantity") for at in (0, 2)] == ["", ""]
    assert row.inputs["quantity"].edit.hasFocus()
    assert in_sight(page, row.inputs["quantity"])
    assert in_sight(page, row._cells["quantity"])
    page.form.boxes["lines"].input.remove(row)
    assert page.save(), page.form.notice.text
    assert len(context.facts().all(Disposal)[0].lines) == 2


def fill_in(page: Any, name: str, sample: Any) -> None:
    """Something believable in a field that is needed."""
    made = page.form.boxes[name].input
    kind = made.field.kind
    if kind.name == "ref":
        made.show_value(getattr(sample, kind.to).id)
    elif kind.name == "choice":
        made.show_value(kind.choices[0])
    elif kind.name == "flag":
        made.show_value(True)
    elif kind.name == "text":
        made.show_value("みほん")
    else:
        raise AssertionError(name)


def test_a_contract_with_assets_left_is_not_closed_and_says_so_at_the_instruction(
    context: Context, sample: Any, assets: list[Asset], shown: Show, qtbot: QtBot
) -> None:
    page = opened(shown(EditorPage(context, EditRecord("contract", sample.contract.id)), 1000, 520), qtbot)
    page.form.boxes["ended_on"].input.edit.setText("R8.4.18")
    page.form.boxes["ended_why"].input.show_value("解除")
    refused(page, qtbot)
    box = page.form.boxes["closing_instruction"]
    assert assets[0].number in box.error.plain
    assert box.input.edit.hasFocus()
    assert in_sight(page, box.input)
    assert in_sight(page, box.error)
    assert context.facts().get(Contract, sample.contract.id).ended_on is None


def test_periods_that_overlap_are_told_at_the_day(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    held = context.ledger.add(
        Assignment(
            person=sample.person.id,
            contract=sample.contract.id,
            roles=(AssignmentRole(role="従事者"),),
            starts_on=date(2026, 4, 1),
        )
    )
    given = {"person": held.person, "contract": held.contract, "roles": held.roles}
    page = opened(shown(EditorPage(context, EditRecord("assignment", 0, given)), 1000, 520), qtbot)
    page.form.boxes["starts_on"].input.edit.setText("R8.4.10")
    refused(page, qtbot)
    assert "期間が重なっています" in page.form.boxes["starts_on"].error.plain
    assert page.form.boxes["starts_on"].input.edit.hasFocus()


def test_a_number_given_twice_is_told_at_the_number(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    page = opened(shown(EditorPage(context, EditRecord("client")), 1000, 520), qtbot)
    page.form.boxes["name"].input.show_value(sample.client.name)
    page.form.boxes["addressee"].input.show_value("みなと北市長")
    refused(page, qtbot)
    assert "既に登録されています" in page.form.boxes["name"].error.plain
    assert page.form.boxes["name"].input.edit.hasFocus()
    page.form.boxes["name"].input.edit.setText("みなと南市")
    page.form.boxes["name"].input.edit.textEdited.emit("みなと南市")
    assert page.form.boxes["name"].error.plain == ""
    assert not page.form.notice.isVisible()


def test_an_attendance_of_a_day_to_come_is_told_at_the_person(
    context: Context, sample: Any, shown: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context.ledger, "_clock", lambda: datetime(2026, 4, 20, 9).astimezone())
    page = opened(shown(EditorPage(context, EditRecord("training")), 1000, 520), qtbot)
    page.form.boxes["title"].input.show_value("研修")
    page.form.boxes["held_on"].input.show_value(date(2026, 5, 1))
    page.form.boxes["topics"].input.boxes["遵守事項"].click()
    page.form.boxes["contracts"].input.lines[0].inputs["contract"].choose(sample.contract.id)
    rows = page.form.boxes["attendance"].input
    for person, outcome in ((sample.person, "欠席"), (sample.other_person, "出席")):
        rows.add_line()
        rows.lines[-1].inputs["person"].choose(person.id)
        rows.lines[-1].inputs["outcome"].show_value(outcome)
    refused(page, qtbot)
    assert "出席を入力できません" in rows.lines[1].error("outcome")
    assert rows.lines[1].inputs["outcome"].combo.hasFocus()
    assert in_sight(page, rows.lines[1].inputs["outcome"])
    assert context.facts().all(Training) == ()


def test_a_private_device_under_a_ban_is_told_at_the_reason(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    device = context.ledger.change(replace(sample.device, owner="私物"))
    given = {"device": device.id, "contract": sample.contract.id, "starts_on": date(2026, 4, 1)}
    page = opened(shown(EditorPage(context, EditRecord("device_use", 0, given)), 1000, 520), qtbot)
    page.form.boxes["status"].input.show_value("実績")
    for name, box in page.form.boxes.items():
        if box.field.required and not box.input.text():
            fill_in(page, name, sample)
    refused(page, qtbot)
    assert "事情・理由を入力してください" in page.form.boxes["reason"].error.plain
    assert page.form.boxes["reason"].input.fields()[0].hasFocus()
    assert context.facts().all(DeviceUse) == ()
    assert context.facts().get(Device, device.id).owner == "私物"


def test_a_refusal_met_from_another_tab_leads_back_to_the_fields(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    page = opened(shown(EditorPage(context, EditRecord("person", sample.person.id)), 1000, 520), qtbot)
    page.form.boxes["name"].input.edit.setText("")
    page.tabs.setCurrentIndex(2)
    assert not page.save()
    assert page.tabs.currentIndex() == 0
    assert page.form.boxes["name"].input.edit.hasFocus()


def test_a_dialog_tells_a_refusal_above_its_fields_too(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    given = {"name": sample.client.name, "addressee": "みなと北市長"}
    from app.records import SPECS

    dialog = shown(RecordDialog(context, SPECS["client"], given), 700, 360)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert dialog.made is None
    assert dialog.form.notice.isVisible()
    assert not dialog.form.isAncestorOf(dialog.form.notice)
    assert "既に登録されています" in dialog.form.boxes["name"].error.plain


def test_a_day_that_was_not_meant_is_asked_about_before_anything_is_written(
    context: Context, shown: Show, dialogs: Any, qtbot: QtBot
) -> None:
    written: list[Any] = []
    dialog = shown(
        AskDialog(context, "署名を登録", "", [asked("oath", "signed_on")], {}, "登録する"), 500, 300
    )
    dialog.write = written.append
    dialog.form.inputs["signed_on"].edit.setText("1962-04-01")
    dialogs.answers += [False, True]
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert written == []
    assert not dialog.result()
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert written == [{"signed_on": date(1962, 4, 1)}]
    assert dialog.result()


def test_signatures_that_are_refused_leave_the_dialog_as_it_was(
    context: Context, sample: Any, dialogs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day to come is no day of a signature; who was ticked stays ticked, and the day is marked."""
    monkeypatch.setattr(context.ledger, "_clock", lambda: datetime(2026, 4, 20, 9).astimezone())
    for person in (sample.person, sample.other_person):
        context.ledger.add(
            Assignment(
                person=person.id,
                contract=sample.contract.id,
                roles=(AssignmentRole(role="従事者"),),
                starts_on=date(2026, 4, 1),
            )
        )
    seen: list[str] = []

    def sign(dialog: Any) -> None:
        dialog.boxes[1].setChecked(True)
        dialog.form.inputs["signed_on"].edit.setText("R8.5.1")
        if dialog.form.inputs["sheet"].field.required:
            dialog.form.inputs["sheet"].show_value("自社の様式")
        dialog.accept()
        assert not dialog.result()
        seen.append(dialog.form._errors["signed_on"].plain)
        assert dialog.boxes[1].isChecked()
        dialog.form.inputs["signed_on"].edit.setText("R8.4.2")
        dialog.accept()

    dialogs.answers.append(sign)
    assert sign_oaths(context, sample.contract.id)
    assert "きょうより後です" in seen[0]
    assert dialogs.said == []
    assert [oath.signed_on for oath in context.facts().all(Oath)] == [date(2026, 4, 2)]
