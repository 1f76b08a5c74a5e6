"""What the window says is seen and still true: lists are whole, refusals in sight, marks gone once mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.records import SPECS, Asset, Event
from app.records.asset import Medium
from app.records.status import Status
from app.ui.context import Context
from app.ui.editor.ask_dialog import FieldsForm, asked
from app.ui.editor.form import RecordForm
from app.ui.editor.page import EditorPage
from app.ui.inputs.base import Combo
from app.ui.parts.space.screen import usable
from app.ui.parts.widgets import spaced
from app.ui.targets import EditRecord
from app.ui.today.stack import Pile

Show = Callable[..., Any]
popups = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


def line(text: str) -> QLabel:
    made = QLabel(text)
    made.setFixedHeight(30)
    return made


@pytest.mark.parametrize("seen_before", [False, True])
def test_a_list_filled_while_nobody_sees_it_comes_up_whole(qtbot: QtBot, seen_before: bool) -> None:
    """As きょう does while the editor stands above it, and a short list before it is put in place."""
    outer, block, lines = Pile(), Pile("", QMargins(0, 10, 0, 10)), Pile()
    qtbot.addWidget(outer)
    outer.stale.connect(lambda: outer.resize(400, outer.lay_out(400)))
    outer.add(block)
    block.add(line("発注者の回答待ち"))
    block.add(lines)
    outer.resize(400, outer.heightForWidth(400))
    if seen_before:
        outer.show()
        outer.hide()
    for at in range(3):
        lines.add(line(f"AP-00{at}は、発注者の回答を待っています。"))
    assert lines.heightForWidth(400) == 90
    assert outer.heightForWidth(400) == 10 + 30 + 90 + 10
    outer.resize(400, outer.heightForWidth(400))
    outer.show()
    assert [one.height() for one in (block, lines)] == [140, 90]


def page_in_window(context: Context, qtbot: QtBot, target: EditRecord) -> tuple[QWidget, EditorPage]:
    """The editor put above another page, as the window does it."""
    window = QWidget()
    qtbot.addWidget(window)
    stack = QStackedWidget()
    QVBoxLayout(window).addWidget(stack)
    former = Combo()
    stack.addWidget(former)
    window.resize(900, 420)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    former.setFocus()
    page = EditorPage(context, target)
    stack.addWidget(page)
    page.refresh()
    stack.setCurrentWidget(page)
    return window, page


def test_a_record_opens_with_the_cursor_in_its_first_field_and_on_no_button(
    context: Context, sample: Any, qtbot: QtBot
) -> None:
    """On 「取り消す…」 or 「登録」 the space bar would do what nobody asked for."""
    window, page = page_in_window(context, qtbot, EditRecord("person", sample.person.id))
    assert window.focusWidget() in page.form.boxes["name"].input.fields()


def test_a_new_record_opens_with_the_cursor_in_the_first_field_that_is_empty(
    context: Context, sample: Any, qtbot: QtBot
) -> None:
    target = EditRecord("asset", 0, {"contract": sample.contract.id, "number": "A-9001"})
    window, page = page_in_window(context, qtbot, target)
    assert window.focusWidget() in page.form.boxes["item"].input.fields()


def test_a_refusal_of_the_ledger_is_in_sight_however_far_down_one_was(
    context: Context, sample: Any, qtbot: QtBot
) -> None:
    asset = context.ledger.add(
        Asset(
            contract=sample.contract.id,
            item="納税通知書データ",
            classification="個人情報",
            medium=Medium.USB,
            unit="件",
        )
    )
    window, page = page_in_window(context, qtbot, EditRecord("event", 0, {"asset": asset.id, "kind": "受領"}))
    for name, value in {
        "status": Status.ACTUAL,
        "quantity": 1,
        "happened_at": SPECS["event"].field("happened_at").kind.from_text("2027-01-15 9:00"),
    }.items():
        page.form.boxes[name].input.show_value(value)
    (holder,) = (one for one in window.findChildren(QScrollArea) if one.widget() is page.form)
    bar = holder.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    page.save_button.click()
    assert "きょうより後" in page.form.notice.text
    assert not list(context.facts().of(Event, "asset", asset.id))
    assert page.form.notice.visibleRegion().boundingRect().height() > 0


def test_what_has_been_put_right_is_no_longer_called_wrong(
    context: Context, sample: Any, shown: Show
) -> None:
    form = shown(RecordForm(context, SPECS["asset"], preset={"contract": sample.contract.id}))
    assert form.check() is None
    wrong = {name for name, box in form.boxes.items() if box.error.isVisibleTo(form)}
    assert wrong == {"item", "classification", "medium", "unit"}
    item = form.boxes["item"].input
    item.fields()[0].setFocus()
    item.fields()[0].insert("住民税課税資料")
    assert not form.boxes["item"].error.isVisibleTo(form)
    assert form.notice.text.startswith("入力を確かめてください（3か所）")
    item.fields()[0].clear()
    item.fields()[0].insert("住民税課税資料 2")
    for name in ("classification", "medium"):
        form.boxes[name].input.combo.setCurrentIndex(1)
        form.boxes[name].input.edited.emit()
    form.boxes["unit"].input.fields()[0].insert("箱")
    assert not form.notice.isVisibleTo(form)
    assert form.check() is not None


def test_a_field_left_alone_stays_marked_and_none_is_marked_while_one_types(
    context: Context, shown: Show
) -> None:
    form = shown(RecordForm(context, SPECS["person"]))
    joined = form.boxes["joined_on"]
    joined.input.edit.insert("R8.13.1")
    assert not joined.error.isVisibleTo(form)
    assert form.check() is None
    form.boxes["name"].input.fields()[0].insert("東山 太郎")
    assert "日付として読めません" in joined.error.plain
    assert not form.boxes["name"].error.isVisibleTo(form)


def test_a_small_dialog_takes_back_what_has_been_put_right(context: Context, shown: Show) -> None:
    form = shown(FieldsForm(context, [asked("submission", "submitted_on")], {"submitted_on": None}))
    assert form.read() is None
    assert form._errors["submitted_on"].isVisibleTo(form)
    form.inputs["submitted_on"].edit.setText("<b>5日</b>")
    assert form.read() is None
    # Set as prose everywhere: with room between its lines, and what was typed as it was typed.
    said = form._errors["submitted_on"]
    assert "「<b>5日</b>」は日付として読めません" in said.plain
    assert said.text() == spaced(said.plain)
    form.inputs["submitted_on"].edit.setText("")
    form.inputs["submitted_on"].edit.insert("R8.4.2")
    assert not form._errors["submitted_on"].isVisibleTo(form)
    assert form.read() == {"submitted_on": date(2026, 4, 2)}


@popups
@pytest.mark.parametrize("count", [3, 6, 14])
def test_a_drop_down_list_shows_every_choice(context: Context, shown: Show, qtbot: QtBot, count: int) -> None:
    """「発注者への報告を要しない」 is the last of its choices: cut off, it is as if it did not exist."""
    combo = Combo()
    combo.addItems([f"選択肢{at}" for at in range(count)])
    # There is room for all of them below it, wherever the system would put a window.
    combo.move(0, 0)
    shown(combo, 400, 40)
    assert context.look.mode == "light"
    combo.showPopup()
    view = combo.view()
    last = combo.model().index(count - 1, 0)
    qtbot.waitUntil(lambda: view.visualRect(last).height() > 0)
    assert view.visualRect(last).bottom() <= view.viewport().height()
    combo.hidePopup()


@popups
def test_a_drop_down_list_without_room_for_every_choice_shows_a_bar(
    context: Context, shown: Show, qtbot: QtBot
) -> None:
    combo = Combo()
    combo.addItems([f"選択肢{at}" for at in range(14)])
    # Neither above nor below it is room for so large a text.
    context.look.choose("light", 150)
    combo.move(0, usable(combo).center().y())
    shown(combo, 400, 40)
    combo.showPopup()
    view = combo.view()
    qtbot.waitUntil(view.isVisible)
    assert view.viewport().height() < view.sizeHintForRow(0) * 14
    assert view.verticalScrollBar().isVisible()
    context.look.choose("light", 100)
    combo.hidePopup()


@popups
def test_a_drop_down_list_shows_its_choices_whole_beside_a_narrow_field(
    context: Context, shown: Show, qtbot: QtBot
) -> None:
    """Of annexes only the middle of the name differs, and that was cut out of it."""
    combo = Combo()
    combo.addItems(["個人情報取扱特記事項（別記・全44項）", "個人情報等取扱いに関する特記事項"])
    shown(combo, 120, 40)
    assert context.look.mode == "light"
    combo.showPopup()
    view = combo.view()
    qtbot.waitUntil(lambda: view.viewport().width() >= view.sizeHintForColumn(0))
    combo.hidePopup()
