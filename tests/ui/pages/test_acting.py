"""The page of an act while it is filled in: what it shows is always of what is said by now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.records import Asset, Contract, Device, Event
from app.ui.acts.page import MAKING, MAKING_ANEW, ActPage, _Made
from app.ui.acts.plan_view import PlanView
from app.ui.context import Context
from app.ui.editor.page import EditorPage
from app.ui.inputs.day import MomentInput
from app.ui.inputs.rows import GridInput
from app.ui.parts.space.parted import Parted
from app.ui.parts.widgets import Prose, em
from app.ui.targets import DoAct
from app.work.acts.handing.rows import ReceivedThing
from app.work.acts.plan import Draft, Plan

Shown = Callable[..., Any]


def said(page: QWidget) -> str:
    return "\n".join(one.plain for one in page.findChildren(Prose) if one.isVisibleTo(page))


def enter(page: ActPage, **values: object) -> None:
    assert page.form is not None
    for name, value in values.items():
        page.form.inputs[name].show_value(value)
        page.form.inputs[name].edited.emit()


def test_a_plan_of_former_answers_is_dimmed_until_the_new_one_stands(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("leave", (work.worker.id,))))
    assert page.veil.text in (MAKING, "")
    qtbot.waitUntil(lambda: "退職日" in said(page.view))
    assert page.veil.text == ""
    enter(page, on=context.today())
    assert page.veil.text == MAKING_ANEW
    qtbot.waitUntil(lambda: page.veil.text == "")
    assert "退職日を入力してください" not in said(page.view)


def test_another_one_is_chosen_and_the_plan_of_the_former_is_dimmed(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("leave", (work.worker.id,))))
    qtbot.waitUntil(lambda: "退職日" in said(page.view))
    assert page.form is not None
    told: list[str] = []
    page.renewed.connect(lambda: told.append(page.veil.text))
    page.form.chosen.emit((work.manager.id,))
    qtbot.waitUntil(lambda: told == [MAKING_ANEW])
    qtbot.waitUntil(lambda: not page.veil.text)


def test_a_plan_that_comes_after_the_answer_changed_cannot_be_confirmed(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("lose", (work.device.id,))))
    found = datetime.combine(context.today(), time(9))
    enter(page, kind="紛失", found=found, by="業務部 佐藤")
    qtbot.waitUntil(lambda: page.confirm.isEnabled())
    assert page._doing is not None
    late = _Made(page._doing.plan, None)
    enter(page, kind="盗難")
    page._planned(late)
    assert not page.confirm.isEnabled()
    assert page.veil.text == MAKING_ANEW


def inputs(page: ActPage) -> Mapping[str, Any]:
    """What is asked at the moment: a choice makes the fields anew."""
    return page.form.inputs if page.form is not None else {}


def test_what_cannot_be_read_stays_where_others_are_chosen(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    other = context.ledger.add(Device(control_number="PC-777", kind="PC", owner=work.device.owner))
    page: ActPage = shown(ActPage(context, DoAct("lose", (work.device.id,))))
    enter(page, kind="紛失")
    assert page.form is not None
    happened = page.form.inputs["happened"]
    assert isinstance(happened, MomentInput)
    happened.edit.setText("23:50")
    page.form.chosen.emit((work.device.id, other.id))
    qtbot.waitUntil(lambda: "PC-777" in page.title() and inputs(page)["happened"] is not happened)
    again = page.form.inputs["happened"]
    assert isinstance(again, MomentInput)
    assert again.edit.text() == "23:50"
    assert page.form.answers()["kind"] == "紛失"
    qtbot.waitUntil(lambda: not page.veil.text)
    assert not page.confirm.isEnabled()


def received(context: Context, work: Any, number: str) -> Asset:
    """Three sheets that were received and are here."""
    given: dict[str, Any] = {"item": "申請書", "classification": "個人情報", "medium": "紙", "unit": "枚"}
    asset = context.ledger.add(Asset(contract=work.contract.id, number=number, **given))
    context.ledger.add(
        Event(
            asset=asset.id,
            kind="受領",
            status="実績",
            happened_at=datetime.combine(work.use.starts_on, time(9)),
            quantity=3,
            from_party="市",
            to_party="当社",
            method="手渡し",
        )
    )
    return asset


def rows(page: ActPage) -> list[tuple[str, str]]:
    """What stands in the rows of what is given back: the number of the asset, and the quantity."""
    made = page.form.inputs["things"] if page.form is not None else None
    assert isinstance(made, GridInput)
    return [
        (line.inputs["asset"].typed()[0].split("　")[0], line.inputs["quantity"].typed()[0])
        for line in made.lines
    ]


def test_what_cannot_be_read_in_a_row_stays_where_others_are_chosen(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    first, second, third = (received(context, work, number) for number in ("A-701", "A-702", "A-703"))
    page: ActPage = shown(ActPage(context, DoAct("return", (first.id, second.id))))
    assert page.form is not None
    made = page.form.inputs["things"]
    assert isinstance(made, GridInput)
    page.form.inputs["to"].show_value("市民課")
    made.lines[0].inputs["quantity"].show_typed(["二"])
    made.lines[1].inputs["quantity"].show_typed(["2"])
    named = [number for number, _said in rows(page)]
    page.form.chosen.emit((first.id, second.id, third.id))
    qtbot.waitUntil(lambda: inputs(page).get("things") is not made)
    assert rows(page) == [(named[0], "二"), (named[1], "2"), (rows(page)[2][0], "3")]
    assert "A-703" in rows(page)[2][0], "and what was added has a row of its own"
    assert page.form.answers()["to"] == "市民課"
    assert page.form.unread
    again: Any = inputs(page)["things"]
    assert again.lines[0].error("quantity"), "with what is wrong with it"
    page.form.chosen.emit((first.id,))
    qtbot.waitUntil(lambda: inputs(page).get("things") is not again)
    assert rows(page) == [(named[0], "二")], "what is no longer chosen is gone"


def test_what_was_said_in_rows_goes_along_and_what_was_added_has_its_row(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    first, second, third = (received(context, work, number) for number in ("A-701", "A-702", "A-703"))
    page: ActPage = shown(ActPage(context, DoAct("return", (first.id, second.id))))
    made: Any = inputs(page)["things"]
    made.lines[0].inputs["quantity"].show_typed(["1"])
    assert page.form is not None
    page.form.chosen.emit((first.id, third.id))
    qtbot.waitUntil(lambda: inputs(page).get("things") is not made)
    assert [(number[:5], said) for number, said in rows(page)] == [("A-701", "1"), ("A-703", "3")]


def test_another_person_is_chosen_and_only_what_was_said_goes_along(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("leave", (work.worker.id,))))
    enter(page, why="転職")
    assert page.form is not None
    assert page.form.pick.text() == "対象を選び直す…"
    qtbot.mouseClick(page.form.pick, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "about" in inputs(page))
    assert not page.form.pick.isVisible()
    page.form.inputs["about"].show_value(work.manager.id)
    page.form.inputs["about"].edited.emit()
    qtbot.waitUntil(lambda: "on" in inputs(page))
    assert work.manager.name in page.title()
    assert page.form.answers()["why"] == "転職"
    assert page.form.said() == {"why": "転職"}


def test_a_lost_stick_that_no_contract_used_leads_to_an_accident_of_its_own(
    context: Context, shown: Shown, qtbot: QtBot, wanted: list[Any], work: Any
) -> None:
    stick = context.ledger.add(Device(control_number="UM-009", kind="USBメモリ", owner=work.device.owner))
    page: ActPage = shown(ActPage(context, DoAct("lose", (stick.id,))))
    found = datetime.combine(context.today(), time(9))
    enter(page, kind="紛失", found=found, by="業務部 佐藤")
    qtbot.waitUntil(lambda: "UM-009は" in said(page.view))
    (go,) = (one for one in page.view.findChildren(QPushButton) if one.text() == "事故を登録…")
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    target = wanted[-1]
    assert (target.kind, target.preset["found_at"], target.preset["found_by"]) == (
        "incident",
        found,
        "業務部 佐藤",
    )
    assert [one.device for one in target.preset["assets"]] == [stick.id]
    editor: EditorPage = shown(EditorPage(context, target))
    assert "業務部 佐藤" in [one.text() for one in editor.findChildren(QLineEdit)]


def wrong_at(page: ActPage) -> list[str]:
    assert page.form is not None
    return [
        one.plain for one in page.form.findChildren(Prose) if one.property("role") == "error" and one.plain
    ]


def is_wrong(page: ActPage, told: list[str]) -> bool:
    return wrong_at(page) == told


def test_a_day_that_cannot_be_read_is_told_once_its_field_is_left(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("leave", (work.worker.id,))))
    day, why = inputs(page)["on"], inputs(page)["why"]
    day.focus()
    qtbot.keyClicks(day.fields()[0], "13/45")
    assert wrong_at(page) == []
    why.focus()
    qtbot.waitUntil(lambda: bool(wrong_at(page)))
    assert "退職日" in wrong_at(page)[0]
    day.focus()
    day.fields()[0].selectAll()
    qtbot.keyClicks(day.fields()[0], "R8.4.1")
    assert wrong_at(page) == []


def test_a_reason_of_201_characters_is_told_to_be_too_long_and_one_of_200_is_taken(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("move", (work.device.id,))))
    for many, told in ((199, []), (200, []), (201, ["変更の理由は200文字以内で入力してください。"])):
        why = inputs(page)["why"]
        why.focus()
        why.show_value("移" * many)
        inputs(page)["on"].focus()
        qtbot.waitUntil(partial(is_wrong, page, told))


def test_ctrl_s_says_at_the_fields_what_an_act_still_lacks(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("move", (work.device.id,))))
    qtbot.waitUntil(lambda: "移動先を選んでください" in said(page.view))
    assert not page.save()
    assert wrong_at(page) == ["移動先を入力してください。", "移動日を入力してください。"]


def test_what_is_wrong_in_a_row_is_told_once_the_rows_are_left(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("receive", (context.facts().all(Contract)[0].id,))))
    things, when = inputs(page)["things"], inputs(page)["on"]
    thing = ReceivedThing(item="A" * 201, classification="個人情報", medium="紙", unit="枚", quantity=12)
    things.show_value((thing,))
    line = things.lines[0]
    line.inputs["item"].focus()
    line.inputs["quantity"].focus()
    assert not line.error("item")
    when.focus()
    qtbot.waitUntil(lambda: "200文字以内で入力してください" in line.error("item"))
    line.inputs["item"].edit.end(False)
    qtbot.keyClick(line.inputs["item"].edit, Qt.Key.Key_Backspace)
    assert not line.error("item")


@pytest.mark.parametrize(("rows", "heading"), [(23, False), (24, True), (60, True)])
def test_on_a_low_page_the_fields_have_the_height_and_not_the_heading(
    context: Context, shown: Shown, work: Any, rows: int, heading: bool
) -> None:
    """At 911x512 with text of 150 % a single field was seen, and that cut."""
    page: ActPage = shown(ActPage(context, DoAct("leave", (work.worker.id,))))
    page.resize(page.width(), em(page, rows))
    assert page._heading.isVisible() is heading


def test_below_one_another_the_fields_have_more_room_than_the_plan(
    context: Context, shown: Shown, qtbot: QtBot, work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("leave", (work.worker.id,))))
    page.resize(em(page, 30), em(page, 30))
    (parted,) = page.findChildren(Parted)
    qtbot.waitUntil(lambda: parted.orientation() == Qt.Orientation.Vertical)
    fields, plan = parted.sizes()
    assert fields > plan


def test_a_contract_that_cannot_be_closed_leads_on_to_what_has_to_be_done_first(
    context: Context, shown: Shown, qtbot: QtBot, wanted: list[Any], work: Any
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("close", (work.contract.id,))))
    enter(page, on=context.today(), why="解除")
    qtbot.waitUntil(lambda: "契約を終えられません" in said(page.view))
    ways = {one.text(): one for one in page.view.findChildren(QPushButton)}
    assert {"すべて返還…", "すべて廃棄・消去…"} <= set(ways)
    qtbot.mouseClick(ways["すべて返還…"], Qt.MouseButton.LeftButton)
    assert wanted[-1] == DoAct("return-all", (work.contract.id,))


def test_what_leads_on_from_a_refusal_is_no_remark_on_a_plan_that_the_ledger_refuses(
    context: Context, shown: Shown
) -> None:
    remark, why = "残りの6枚は、手元に残ります。", "手元に残っていません。"
    for draft, head, other in (
        (Draft("返還", "返還", remarks=(remark,)), "知っておくこと", "先に行うこと"),
        (Draft("返還", "返還", refusals=(why,), remarks=(remark,)), "先に行うこと", "知っておくこと"),
    ):
        view: PlanView = shown(PlanView(context))
        view.show_plan(Plan("return", draft, (), (why,), context.facts()), None)
        heads = {one.text() for one in view.findChildren(QLabel)}
        assert head in heads
        assert other not in heads
