"""Where the cursor begins, where Tab takes it, and what Return and Space can never set off by themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.records import SPECS, Made, Person, Spec
from app.ui.access.unlock import UnlockPage
from app.ui.context import Context
from app.ui.editor.ask_dialog import AskDialog, asked
from app.ui.editor.asking.namesakes_dialog import NamesakesDialog
from app.ui.editor.dialog import RecordDialog
from app.ui.editor.page import EditorPage
from app.ui.inputs.base import Making
from app.ui.inputs.picking.dialog import PickDialog
from app.ui.inputs.rows import GridInput
from app.ui.parts.dialogs import TextDialog
from app.ui.parts.widgets import button, tool
from app.ui.search.dialog import SearchDialog
from app.ui.shell.window import MainWindow
from app.ui.targets import EditRecord

Show = Callable[..., Any]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")
TODAY = date(2026, 4, 20)
NEW = [spec for spec in SPECS.values() if spec.made in (Made.BY_HAND, Made.ONCE)]


def active(widget: QWidget, qtbot: QtBot) -> None:
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def tour(page: QWidget) -> list[QWidget]:
    """Where Tab takes the cursor, from where it is until it comes round."""
    window = page.window()
    found: list[QWidget] = []
    while window.focusWidget() not in (None, *found):
        found.append(window.focusWidget())
        window.focusNextChild()
    return found


def field_of(page: EditorPage, widget: Any) -> str:
    """The field that a widget belongs to, empty for none."""
    return next((name for name, box in page.form.boxes.items() if box.isAncestorOf(widget)), "")


@pytest.mark.parametrize("spec", NEW, ids=lambda spec: spec.name)
def test_a_new_record_begins_at_its_first_needed_field_and_tab_goes_down_the_page(
    context: Context, sample: Any, spec: Spec[Any], shown: Show, qtbot: QtBot
) -> None:
    del sample
    page = shown(EditorPage(context, EditRecord(spec.name)))
    active(page, qtbot)
    boxes = page.form._boxes_in_order()
    needed = [box for box in boxes if box.field.required and not box.input.text()]
    assert field_of(page, page.window().focusWidget()) == (needed or boxes)[0].field.name
    for box in boxes:
        if isinstance(box.input, GridInput):
            box.input.add_line()
            box.input.add_line()
            box.input.shift(box.input.lines[-1], -1)
    boxes[0].input.focus()
    stops = tour(page)
    order = [box.field.name for box in boxes]
    in_fields = [stop for stop in stops if stop is not page.each_button]
    visited = [name for name in (field_of(page, stop) for stop in in_fields) if name]
    assert visited == sorted(visited, key=order.index), "the fields, each once and from the top"
    assert list(dict.fromkeys(visited)) == [
        box.field.name for box in boxes if not (box.field.kind.fixed or box.left_out)
    ]
    for box in boxes:
        if isinstance(box.input, GridInput):
            wanted = [stop for line in box.input.lines for stop in line.stops() if stop in stops]
            wanted += [each for each in (box.input.more, box.input.bulk, box.input.alike) if each in stops]
            assert [stop for stop in stops if box.isAncestorOf(stop)] == wanted
    after = [stop for stop in stops if stop in (page.save_button, page.more_button)]
    assert after[0] is page.save_button
    assert stops.index(page.save_button) > max(
        at for at, stop in enumerate(stops) if page.form.isAncestorOf(stop) and stop in in_fields
    )


@pytest.mark.parametrize("kind", ["vendor", "client", "contract", "person", "location", "device"])
def test_a_known_record_begins_in_its_first_field_and_retracting_comes_last(
    context: Context, sample: Any, kind: str, shown: Show, qtbot: QtBot
) -> None:
    page: EditorPage = shown(EditorPage(context, EditRecord(kind, getattr(sample, kind).id)))
    active(page, qtbot)
    first = next(box for box in page.form._boxes_in_order() if not box.field.kind.fixed)
    assert field_of(page, QApplication.focusWidget()) == first.field.name
    stops = tour(page)
    own = [stop for stop in stops if page.isAncestorOf(stop)]
    last_field = max(at for at, stop in enumerate(own) if page.form.isAncestorOf(stop))
    assert own[last_field + 1] is page.save_button
    assert own[-1] == page.retire_button
    assert not page.retire_button.isDefault()
    assert not page.retire_button.autoDefault()


def test_space_in_a_record_just_opened_takes_nothing_back(
    context: Context, sample: Any, shown: Show, qtbot: QtBot, dialogs: Any
) -> None:
    page = shown(EditorPage(context, EditRecord("person", sample.person.id)))
    active(page, qtbot)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert dialogs.asked == []


def test_the_annex_comes_before_the_button_that_adds_another(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    del sample
    page = shown(EditorPage(context, EditRecord("contract")))
    active(page, qtbot)
    boxes = page.form.boxes
    boxes["ends_on"].input.edit.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is boxes["annexes"].input.lines[0].inputs["annex"].combo


def test_after_registering_the_cursor_is_at_the_beginning_again(
    context: Context, shown: Show, qtbot: QtBot
) -> None:
    page = shown(EditorPage(context, EditRecord("person")))
    active(page, qtbot)
    page.form.boxes["name"].input.show_value("一郎")
    page.form.boxes["employment"].input.show_value("社員")
    qtbot.mouseClick(page.more_button, Qt.MouseButton.LeftButton)
    assert field_of(page, QApplication.focusWidget()) == "name"


def every_dialog(context: Context) -> dict[str, QDialog]:
    """One of each dialog that asks for something."""
    reason = asked("submission", "voided_why")
    return {
        "record": RecordDialog(context, SPECS["person"], {}),
        "ask": AskDialog(context, "提出を記録", "", [reason], {}, "記録する"),
        "grave": AskDialog(context, "無効にする", "", [reason], {}, "無効にする", danger=True),
        "text": TextDialog(None, "取り消す", "理由", "", "取り消す", True),
        "pick": PickDialog(Making(context), "person", "受講者に加える"),
        "search": SearchDialog(context),
    }


def test_every_dialog_begins_where_one_types_and_nothing_grave_is_its_default(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    del sample
    for name, dialog in every_dialog(context).items():
        shown(dialog, 600, 500)
        active(dialog, qtbot)
        here = QApplication.focusWidget()
        assert here is not None, name
        assert not isinstance(here, QPushButton), name
        grave = [each for each in dialog.findChildren(QPushButton) if each.property("kind") == "danger"]
        assert not any(each.isDefault() or each.autoDefault() for each in grave), name
        dialog.hide()


def test_a_ledger_is_opened_from_the_passphrase(
    program: Any, look: Any, dialogs: Any, operations: Any, tmp_path: Any, shown: Show, qtbot: QtBot
) -> None:
    page = shown(UnlockPage(program, look, dialogs, operations, tmp_path / "台帳.jutaku"))
    active(page, qtbot)
    assert QApplication.focusWidget() is page.passphrase.edit


@pytest.mark.parametrize("name", ["grave", "text"])
def test_a_second_return_does_nothing_that_cannot_be_taken_back(
    context: Context, shown: Show, qtbot: QtBot, name: str
) -> None:
    """The first Return only ends a composition; one too many must not do the act that is being explained."""
    dialog: Any = shown(every_dialog(context)[name], 600, 300)
    active(dialog, qtbot)
    line = dialog.edit if name == "text" else dialog.form.inputs["voided_why"].fields()[0]
    line.setFocus()
    line.setText("誤り")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(line, key)
    assert dialog.isVisible()
    assert not dialog.result()
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_what_can_only_come_later_is_not_asked_of_a_new_record(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    later = {
        spec.name: [f.name for f in spec.fields if f.kind.later]
        for spec in SPECS.values()
        if any(f.kind.later for f in spec.fields)
    }
    assert set(later) >= {"assignment", "location_use", "contract"}
    for kind, names in later.items():
        page = shown(EditorPage(context, EditRecord(kind)))
        boxes = page.form.boxes
        assert not any(boxes[name].isVisible() for name in names), kind
        assert all(box.isVisible() for name, box in boxes.items() if name not in names), kind
        page.hide()
    page = shown(EditorPage(context, EditRecord("contract", sample.contract.id)))
    assert all(box.isVisible() for box in page.form.boxes.values())
    page.hide()
    given = EditRecord("assignment", 0, {"changed_on": TODAY})
    page = shown(EditorPage(context, given))
    assert page.form.boxes["changed_on"].isVisible()


def test_saving_a_new_record_shows_what_may_come_later(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    page = shown(EditorPage(context, EditRecord("assignment")))
    boxes = page.form.boxes
    boxes["person"].input.choose(sample.person.id)
    boxes["contract"].input.choose(sample.contract.id)
    boxes["roles"].input.boxes["従事者"].click()
    boxes["starts_on"].input.show_value(TODAY)
    assert page.save()
    assert boxes["changed_on"].isVisible()
    active(page, qtbot)
    boxes["ends_on"].input.edit.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert boxes["changed_on"].input.edit.hasFocus()


@pytest.mark.parametrize(("room", "keys"), [("list", Qt.Key.Key_N), ("other", None)])
def test_in_the_window_too_a_record_begins_in_its_first_field(
    context: Context, sample: Any, settled: Any, qtbot: QtBot, room: str, keys: Qt.Key | None
) -> None:
    """Ctrl+3 and Ctrl+N, or a click that leads there: the keyboard never stays in the navigation."""
    window = MainWindow(context)
    with qtbot.waitExposed(window):
        window.show()
    active(window, qtbot)
    settled()
    if keys is not None:
        qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
        settled()
        qtbot.keyClick(QApplication.focusWidget() or window, keys, Qt.KeyboardModifier.ControlModifier)
    else:
        context.navigate(EditRecord("client", sample.client.id))
    settled()
    page = window.page
    assert isinstance(page, EditorPage), room
    first = page.form._first().field.name
    qtbot.waitUntil(lambda: field_of(page, window.focusWidget()) == first)
    settled()
    window.hide()
    window.deleteLater()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("name", ["grave", "text"])
def test_return_presses_the_button_that_is_marked(
    context: Context, shown: Show, qtbot: QtBot, name: str, key: Qt.Key
) -> None:
    dialog: Any = shown(every_dialog(context)[name], 600, 300)
    active(dialog, qtbot)
    line = dialog.edit if name == "text" else dialog.form.inputs["voided_why"].fields()[0]
    line.setText("誤り")
    dialog.ok.setFocus()
    qtbot.keyClick(dialog.ok, key)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_return_goes_back_from_the_question_about_a_name(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    del context
    for at, (result, chosen) in {
        "back": (QDialog.DialogCode.Rejected, None),
        "go": (QDialog.DialogCode.Accepted, None),
        "open": (QDialog.DialogCode.Rejected, sample.person),
    }.items():
        dialog = shown(NamesakesDialog(Person(name="高橋花子", employment="社員"), [sample.person]), 600, 300)
        active(dialog, qtbot)
        assert QApplication.focusWidget() is dialog.back
        pressed = {"back": dialog.back, "go": dialog.go, "open": dialog.openers[0]}[at]
        pressed.setFocus()
        qtbot.keyClick(pressed, Qt.Key.Key_Return)
        assert not dialog.isVisible()
        assert (dialog.result(), dialog.chosen) == (result, chosen)


def test_a_button_pressed_by_return_in_a_dialog_does_its_own_act(shown: Show, qtbot: QtBot) -> None:
    """Not the default one's: whoever stands on 戻る does not mean it."""
    done: list[str] = []
    dialog = QDialog()
    layout = QVBoxLayout(dialog)
    default, other = (
        button("する", lambda: done.append("default")),
        button("戻る", lambda: done.append("other")),
    )
    picture = tool("開く", lambda: done.append("tool"))
    for each in (default, other, picture):
        layout.addWidget(each)
    default.setDefault(True)
    shown(dialog, 300, 200)
    for each in (other, picture):
        each.setFocus()
        qtbot.keyClick(each, Qt.Key.Key_Return)
    assert done == ["other", "tool"]
