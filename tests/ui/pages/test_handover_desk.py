"""授受: many things received on one screen, the slip of exactly these, open until its signed copy is in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.ledger.door import Ledger
from app.records import Asset, Event
from app.records.days import DayOnly
from app.ui.acts.page import ActPage
from app.ui.context import Context
from app.ui.handovers.page import HandoversPage
from app.ui.inputs.rows import GridInput
from app.ui.papers.issue_page import IssuePage
from app.ui.papers.paper_page import DocumentPage
from app.ui.targets import DoAct, IssueForm, ShowDocument, ShowHandovers
from app.work.acts.handing.rows import ReceivedThing, ReturnedThing

LEFT = Qt.MouseButton.LeftButton
SHEETS = ReceivedThing(item="申請書", classification="個人情報", medium="紙", quantity=3, unit="枚")
THINGS = (SHEETS, replace(SHEETS, item="名簿", medium="USBメモリ", quantity=1, unit="個"))
SAID = {"on": DayOnly(date(2026, 4, 10)), "method": "手渡し", "place": "市役所", "counterpart": "高橋"}


@pytest.fixture
def desk(context: Context, shown: Any, work: Any, qtbot: QtBot) -> ActPage:
    page: ActPage = shown(ActPage(context, DoAct("receive", (work.contract.id,))))
    page.refresh()
    return page


def say(page: ActPage, **values: Any) -> None:
    assert page.form is not None
    for name, value in values.items():
        page.form.inputs[name].show_value(value)
    page.refresh()


def test_things_typed_row_by_row_are_one_hand_over_with_its_slip(
    desk: ActPage, context: Context, wanted: list[Any], shown: Any, qtbot: QtBot, work: Any
) -> None:
    say(desk, things=THINGS, **SAID)
    qtbot.waitUntil(desk.confirm.isEnabled)
    qtbot.mouseClick(desk.confirm, LEFT)
    qtbot.waitUntil(lambda: desk.done is not None)
    events = [one for one in context.facts().all(Event) if one.counterpart == "高橋"]
    assert len({one.handover for one in events}) == 1
    assert events[0].handover
    assert [context.facts().get(Asset, one.asset).item for one in events] == ["申請書", "名簿"]
    qtbot.mouseClick(desk.papers, LEFT)
    target = next(one for one in wanted if isinstance(one, IssueForm) and one.form == "transfer-slip")
    page = shown(IssuePage(context, target))
    page.refresh()
    qtbot.waitUntil(lambda: page._drawn is not None)
    chosen = {key for key, box in page.choices.subjects.boxes.items() if box.isChecked()}
    assert chosen == {f"event:{one.id}" for one in events}


def test_what_is_wrong_in_a_row_stands_at_its_cell(desk: ActPage, qtbot: QtBot) -> None:
    say(desk, things=(replace(SHEETS, unit=""),), **SAID)
    assert desk.form is not None
    rows = desk.form.inputs["things"]
    assert isinstance(rows, GridInput)
    assert "things" not in desk.form.answers()
    assert desk.form.read() is None
    rows.lines[0].inputs["unit"].show_value("枚")
    assert desk.form.read() is not None


@pytest.mark.parametrize(
    ("wrong", "cell", "said"),
    [
        ({"quantity": Decimal("1.5"), "unit": "個"}, "quantity", "数量「1.5」は小数です。"),
        ({"return_by": date(2026, 4, 9)}, "return_by", "返却期限が、受領した日より前です。"),
        ({"identifier": "SN-1"}, "identifier", "1行目と同じです。"),
    ],
)
def test_what_the_plan_refuses_of_one_cell_stands_there_until_it_is_mended(
    desk: ActPage, qtbot: QtBot, wrong: dict[str, Any], cell: str, said: str
) -> None:
    first = replace(SHEETS, identifier="SN-1")
    say(desk, things=(first, replace(SHEETS, **wrong)), **SAID)
    assert desk.form is not None
    rows = desk.form.inputs["things"]
    assert isinstance(rows, GridInput)
    qtbot.waitUntil(lambda: bool(rows.lines[1].error(cell)))
    assert said in rows.lines[1].error(cell)
    assert "行目：" not in rows.lines[1].error(cell)
    marked = [name for line in rows.lines for name in line.inputs if line.error(name)]
    assert marked == [cell]
    assert rows.lines[1].inputs[cell].fields()[0].property("invalid")
    assert not desk.confirm.isEnabled()
    kept = replace(SHEETS, identifier="SN-2", quantity=2)
    rows.lines[1].inputs[cell].show_value(getattr(kept, cell))
    rows.lines[1].inputs[cell].edited.emit()
    qtbot.waitUntil(desk.confirm.isEnabled)
    assert not rows.lines[1].error(cell)


def says(rows: GridInput, at: int, cell: str, said: str) -> bool:
    return said in rows.lines[at].error(cell)


def test_of_a_return_each_cell_says_what_cannot_go(
    context: Context, shown: Any, work: Any, qtbot: QtBot
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("return", (work.asset.id,))))
    page.refresh()
    assert page.form is not None
    rows = page.form.inputs["things"]
    assert isinstance(rows, GridInput)
    held = rows.lines[0].inputs["quantity"].text()
    for typed, said in ((Decimal(held) - Decimal("0.5"), "は小数です"), (int(held) + 1, "を超えます")):
        things = (ReturnedThing(asset=work.asset.id, quantity=typed),)
        say(page, things=things, **{**SAID, "on": DayOnly(context.today())})
        qtbot.waitUntil(partial(says, rows, 0, "quantity", said))
    twice = (ReturnedThing(asset=work.asset.id, quantity=int(held)),) * 2
    say(page, things=twice)
    qtbot.waitUntil(partial(says, rows, 1, "asset", "ほかの行にもあります"))
    assert not rows.lines[0].error("quantity")


def test_an_open_hand_over_leads_to_its_slip_and_the_slip_to_its_copy(
    context: Context, ledger: Ledger, shown: Any, wanted: list[Any], work: Any, qtbot: QtBot, issued: Any
) -> None:
    page = shown(HandoversPage(context, ShowHandovers()))
    page.refresh()
    qtbot.waitUntil(lambda: page.shown is not None)
    (one,) = page.shown
    qtbot.mouseClick(page.buttons[0], LEFT)
    assert wanted == [IssueForm("transfer-slip", work.contract.id, one.keys)]
    for event in one.events:
        said = {"from_party": "市", "to_party": "当社", "handover_place": "市役所", "method": "手渡し"}
        ledger.change(replace(event, **said))
    paper = issued("transfer-slip", context.today())
    page.refresh()
    qtbot.waitUntil(lambda: page.shown[0].slip is not None)
    qtbot.mouseClick(page.buttons[0], LEFT)
    assert wanted[-1] == ShowDocument(paper.id)
    slip = shown(DocumentPage(context, ShowDocument(paper.id)))
    slip.refresh()
    words = {one.text() for one in slip.findChildren(QPushButton)}
    assert "署名済みの控えを添付" in words
    assert "受領印のある控えを添付" not in words
