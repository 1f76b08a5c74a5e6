"""Words under composition: nothing breaks them, and what follows a line follows them too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.annexes.kinds import KINDS
from app.records import SPECS, Person, Spec, fields_of
from app.records.kinds import Rows
from app.ui.access.secrets import GROUP_LENGTH, GROUPS, CodeInput, NewPassphrase
from app.ui.annexes.kinds_dialog import KindsDialog
from app.ui.context import Context
from app.ui.editor.form import RecordForm
from app.ui.first_run.steps import OfficerStep
from app.ui.inputs.picking.dialog import PickDialog
from app.ui.inputs.ref import RefInput
from app.ui.inputs.rows import GridInput
from app.ui.lists.view import RecordList
from app.ui.parts.dialogs import TextDialog
from app.ui.parts.live_line import LiveLine
from app.ui.parts.look import Look
from app.ui.search.dialog import SearchDialog

Show = Callable[..., Any]
Line = QLineEdit | QPlainTextEdit
popups = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


def send(widget: QWidget, commit: str, preedit: str = "") -> None:
    """What an input method hands over, and what it is composing from then on."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def lines_in(form: RecordForm) -> list[Line]:
    """Every line of a form that text can be typed into, those of nested rows too."""
    for box in form.boxes.values():
        if isinstance(box.input, GridInput) and not box.input.lines:
            box.input.add_line()
    found: Sequence[Line] = [*form.findChildren(QLineEdit), *form.findChildren(QPlainTextEdit)]
    return [line for line in found if line.isEnabled() and not line.isReadOnly()]


def text_of(line: Line) -> str:
    return line.text() if isinstance(line, QLineEdit) else line.toPlainText()


def rest(form: RecordForm) -> None:
    """Let every pause after the last key be over."""
    for made in form.findChildren(RefInput):
        made._pause.setInterval(0)
    QApplication.processEvents()
    QApplication.processEvents()


@popups
@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_a_word_begun_while_another_is_handed_over_stays_whole(
    context: Context, sample: Any, spec: Spec[Any], shown: Show
) -> None:
    """Convert and simply go on typing: both words are there, once, and nothing opened in between."""
    del sample
    # Scrolled, as in the product: as a window of its own a long form is higher than a screen may be, of which
    # Qt warns on Windows.
    area, form = QScrollArea(), RecordForm(context, spec)
    area.setWidgetResizable(True)
    area.setWidget(form)
    shown(area)
    lines = lines_in(form)
    assert lines
    for line in lines:
        line.clear()
        line.setFocus()
        send(line, "高橋", "は")
        rest(form)
        assert QApplication.activePopupWidget() is None, line.accessibleName()
        assert text_of(line) == "高橋"
        send(line, "花子")
        assert text_of(line) == "高橋花子"
        line.clearFocus()


def every_kind_of_input() -> dict[str, tuple[str, str]]:
    """One field of each kind that text is typed into: record type and field."""
    found: dict[str, tuple[str, str]] = {}
    for spec in SPECS.values():
        for field in spec.fields:
            inner = fields_of(field.kind.of) if isinstance(field.kind, Rows) else (field,)
            for each in inner:
                found.setdefault(type(each.kind).__name__, (spec.name, field.name))
    return found


def test_the_check_above_meets_every_kind(context: Context, shown: Show) -> None:
    assert {"Text", "Ref", "Day", "Moment", "Number", "Choice"} <= set(every_kind_of_input())
    assert len(lines_in(shown(RecordForm(context, SPECS["disposal"])))) > 10


@popups
def test_the_list_of_a_reference_opens_once_the_word_is_whole(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    form = shown(RecordForm(context, SPECS["assignment"]))
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    person = form.boxes["person"].input
    person.show_value(sample.other_person.id)
    person.edit.setFocus()
    person.edit.selectAll()
    send(person.edit, "", "た")
    rest(form)
    assert not person._open()
    assert person.text() == ""
    send(person.edit, "たかはし")
    qtbot.waitUntil(person._open)
    assert person._model.stringList() == ["髙橋 花子（E-001）"]
    qtbot.keyClick(person._popup, Qt.Key.Key_Down)
    qtbot.keyClick(person._popup, Qt.Key.Key_Return)
    assert person.id == sample.person.id


@popups
def test_an_open_list_follows_what_is_composed_and_stays_open(
    context: Context, sample: Any, shown: Show, qtbot: QtBot
) -> None:
    del sample
    form = shown(RecordForm(context, SPECS["assignment"]))
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    person = form.boxes["person"].input
    person.edit.setFocus()
    send(person.edit, "E-00")
    rest(form)
    qtbot.waitUntil(person._open)
    assert len(person._hits) == 2
    send(person.edit, "", "２")
    assert [hit.shown for hit in person._hits] == ["𠮷田 次郎（E-002）"]
    send(person.edit, "", "２っっ")
    assert person._open()
    assert person.edit.text() == "E-00"


def test_what_is_composed_beside_a_plus_is_handed_over(
    context: Context, shown: Show, dialogs: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = shown(RecordForm(context, SPECS["assignment"]))
    person = form.boxes["person"].input
    person.edit.setFocus()
    send(person.edit, "", "やまもと")

    class Method:
        def commit(self) -> None:
            send(person.edit, "やまもと")

    monkeypatch.setattr(QGuiApplication, "inputMethod", staticmethod(Method))
    names: list[str] = []
    dialogs.answers.append(lambda dialog: names.append(dialog.form.boxes["name"].input.text()))
    qtbot.mouseClick(person.add, Qt.MouseButton.LeftButton)
    assert names == ["やまもと"]


# --- what waits for text ----------------------------------------------------------------------------


def test_a_line_is_followed_word_by_word_and_never_twice(shown: Show) -> None:
    line = shown(LiveLine("名前"))
    seen: list[str] = []
    line.followed.connect(seen.append)
    send(line, "", "た")
    send(line, "", "たなか")
    send(line, "田中", "め")
    send(line, "恵")
    line.setCursorPosition(0)
    send(line, "", "株")
    send(line, "")
    assert seen == ["た", "たなか", "田中め", "田中恵", "株田中恵", "田中恵"]
    assert line.seen() == line.text() == "田中恵"


def test_buttons_wait_for_no_return(shown: Show, context: Context, look: Look) -> None:
    dialog = shown(TextDialog(None, "取り消す", "理由", "", "取り消す", True))
    step = shown(OfficerStep())
    for line, ready in ((dialog.edit, dialog.ok.isEnabled), (step.name, step.ready)):
        assert not ready()
        send(line, "", "たいしょく")
        assert ready()
        send(line, "", "")
        assert not ready()
    del context, look


def test_searches_look_for_what_is_composed(context: Context, sample: Any, shown: Show, qtbot: QtBot) -> None:
    del sample
    everywhere = shown(SearchDialog(context))
    send(everywhere.edit, "", "髙橋")
    qtbot.waitUntil(lambda: bool(everywhere.hits))
    people = shown(RecordList(context, SPECS["person"]))
    send(people.search, "", "𠮷田")
    qtbot.waitUntil(lambda: people.model.rowCount() == 1)
    send(people.search, "", "")
    qtbot.waitUntil(lambda: people.model.rowCount() == len(context.facts().all(Person)))
    picking = shown(PickDialog(people_making(context), "person", "受講者"))
    send(picking.search, "", "よしだ")
    assert len(picking.listed) == 1
    kinds = shown(KindsDialog(()))
    kind = next(iter(KINDS.values()))
    send(kinds.search, "", kind.label)
    assert 0 < sum(line.isVisible() for line in kinds.lines.values()) < len(kinds.lines)


def people_making(context: Context) -> Any:
    from app.ui.inputs.base import Making

    return Making(context)


# --- secrets ----------------------------------------------------------------------------------------


def test_the_eye_tells_the_input_method(qapp: QApplication, look: Look, shown: Show, qtbot: QtBot) -> None:
    both = shown(NewPassphrase(look))
    secret = both.first
    secret.activateWindow()
    qtbot.waitUntil(secret.isActiveWindow)
    secret.edit.setFocus()
    moves: list[bool] = []
    qapp.focusObjectChanged.connect(lambda held: moves.append(held is secret.edit))
    qtbot.mouseClick(secret.eye, Qt.MouseButton.LeftButton)
    assert moves == [False, True], "the focus has to come anew, or the input method is not asked"
    assert secret.edit.hasFocus()
    assert secret.edit.echoMode() is QLineEdit.EchoMode.Normal
    hints = secret.edit.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhSensitiveData
    assert not hints & Qt.InputMethodHint.ImhHiddenText
    qtbot.mouseClick(secret.eye, Qt.MouseButton.LeftButton)
    assert secret.edit.inputMethodHints() & Qt.InputMethodHint.ImhHiddenText


def test_what_is_composed_is_hidden_with_the_rest(
    look: Look, shown: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = shown(NewPassphrase(look))
    secret = both.first
    secret.eye.click()
    secret.edit.setFocus()
    send(secret.edit, "", "ねむい")

    class Method:
        def commit(self) -> None:
            send(secret.edit, "ねむい")

    monkeypatch.setattr(QGuiApplication, "inputMethod", staticmethod(Method))
    qtbot.mouseClick(secret.eye, Qt.MouseButton.LeftButton)
    assert secret.text() == "ねむい"
    assert secret.edit.displayText() == "●" * 3


def test_from_one_passphrase_to_the_other_in_one_step(look: Look, shown: Show, qtbot: QtBot) -> None:
    made = shown(NewPassphrase(look))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.first.edit.setFocus()
    qtbot.keyClick(made.first.edit, Qt.Key.Key_Tab)
    assert made.second.edit.hasFocus()


def groups_of(code: CodeInput) -> list[str]:
    return [edit.text() for edit in code.groups]


def test_no_input_method_composes_in_a_recovery_code(shown: Show) -> None:
    code = shown(CodeInput())
    for edit in code.groups:
        assert edit.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is False
    assert code.groups[0].inputMethodQuery(Qt.InputMethodQuery.ImCursorPosition) == 0


@pytest.mark.parametrize("length", [GROUP_LENGTH - 1, GROUP_LENGTH, GROUP_LENGTH + 1, 14, 55, 56])
def test_a_code_handed_over_at_once_loses_nothing(shown: Show, length: int) -> None:
    code = shown(CodeInput())
    whole = "".join(chr(ord("A") + at % 26) for at in range(GROUPS * GROUP_LENGTH)).replace("I", "1")
    whole = whole.replace("O", "0").replace("L", "1")[:length]
    send(code.groups[0], whole)
    assert "".join(groups_of(code)) == whole
    assert all(len(part) <= GROUP_LENGTH for part in groups_of(code))
    assert code.complete is (length == GROUPS * GROUP_LENGTH)


def test_a_whole_code_goes_into_all_groups_wherever_it_is_pasted(shown: Show, qtbot: QtBot) -> None:
    code = shown(CodeInput())
    whole = "-".join(f"ABCDEF{at}" for at in range(GROUPS))
    QApplication.clipboard().setText(f" {whole} ")
    code.groups[2].setFocus()
    qtbot.keyClick(code.groups[2], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "-".join(groups_of(code)) == whole
    code.groups[4].setText("")
    send(code.groups[4], whole)
    assert "-".join(groups_of(code)) == whole


def test_what_is_too_much_for_a_code_stays_and_is_marked(shown: Show) -> None:
    code = shown(CodeInput())
    code.fill("A" * 56 + "BC")
    assert code.groups[-1].text() == "AAAAAAABC"
    assert code._signs[-1].text() == "✕ 2文字多い"
    assert not code.complete
    code.groups[0].setCursorPosition(3)
    send(code.groups[0], "Z")
    assert groups_of(code)[:2] == ["AAAZAAAA", "AAAAAAA"]
    assert code._signs[0].text() == "✕ 1文字多い"
