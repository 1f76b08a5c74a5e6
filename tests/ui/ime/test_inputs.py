"""Every kind of input takes what an input method hands over, whole and once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton

from app.records import Contract, Person, Subcontractor
from app.ui.access.secrets import CodeInput, NewPassphrase
from app.ui.annexes.page import AnnexPage
from app.ui.context import Context
from app.ui.inputs.rows import GridInput
from app.ui.parts.live_line import LiveLine
from app.ui.parts.look import Look
from app.ui.shell.rooms import ROOMS
from app.ui.shell.window import MainWindow
from app.ui.targets import EditAnnex
from tests.support.annexes import overlay, own

Edit = Callable[..., Any]
Line = QLineEdit | QPlainTextEdit


def text_of(line: Line) -> str:
    return line.text() if isinstance(line, QLineEdit) else line.toPlainText()


def go_on_typing(typist: Any, line: Line) -> None:
    """Convert, type on without Return, rest past every pause of a search, Return: both words, once."""
    typist.enter(line)
    typist.compose("tanaka", "たなか")
    typist.convert("田中")
    typist.compose("megumi", "めぐみ")
    assert text_of(line) == "田中"
    typist.rest()
    assert typist.heard.composed == "めぐみ"
    typist.commit()
    assert text_of(line) == "田中めぐみ"


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("person", "name"),
        ("incident", "circumstances"),
        ("assignment", "person"),
        ("assignment", "contract"),
        ("assignment", "work"),
        ("access_review", "reviewed_by"),
    ],
)
def test_one_goes_on_typing_in_a_field(edit: Edit, typist: Any, kind: str, field: str) -> None:
    box = edit(kind).form.boxes[field]
    go_on_typing(typist, box.input.fields()[0])
    typist.picture("typed")


@pytest.mark.parametrize("room", range(len(ROOMS)))
def test_one_goes_on_typing_in_the_search_of_a_room(window: MainWindow, typist: Any, room: int) -> None:
    window.open(ROOMS[room].target())
    typist.until(lambda: not window.context.operations.busy)
    lines = [line for line in window.page.findChildren(LiveLine) if line.isVisible()]
    go_on_typing(typist, lines[0])


def test_a_chosen_record_is_replaced(edit: Edit, sample: Any, typist: Any) -> None:
    person = edit("assignment").form.boxes["person"].input
    person.show_value(sample.person.id)
    typist.enter(person.edit)
    typist.compose("yosida", "よしだ")
    typist.commit()
    typist.until(person._open)
    assert person.edit.text() == "よしだ"
    typist.picture("listed")
    typist.key("Down", "Return")
    typist.until(lambda: person.id == sample.other_person.id)


def test_an_open_list_disturbs_no_word_begun_later(edit: Edit, sample: Any, typist: Any) -> None:
    person = edit("assignment").form.boxes["person"].input
    typist.enter(person.edit)
    typist.compose("yo", "よ")
    typist.commit()
    typist.until(person._open)
    typist.compose("sida", "しだ")
    typist.commit()
    assert person.edit.text() == "よしだ"
    typist.key("Down", "Return")
    typist.until(lambda: person.id == sample.other_person.id)


def test_the_plus_takes_the_word_along(edit: Edit, dialogs: Any, typist: Any) -> None:
    person = edit("assignment").form.boxes["person"].input
    names: list[str] = []
    dialogs.answers.append(lambda dialog: names.append(dialog.form.boxes["name"].input.text()))
    typist.enter(person.edit)
    typist.compose("yamamoto", "やまもと")
    typist.click(person.add)
    typist.until(lambda: names == ["やまもと"])


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ("2026-4-1", date(2026, 4, 1)),
        ("2026/4/1", date(2026, 4, 1)),
        ("20260401", date(2026, 4, 1)),
        ("r8.4.1", date(2026, 4, 1)),
        ("r8-4-1", date(2026, 4, 1)),
        ("r8/4/1", date(2026, 4, 1)),
    ],
)
@pytest.mark.parametrize("handed_over", [True, False])
def test_days_are_read_as_the_method_writes_them(
    edit: Edit, context: Context, sample: Any, typist: Any, keys: str, day: date, handed_over: bool
) -> None:
    page = edit("person", sample.person.id)
    line = page.form.boxes["left_on"].input.fields()[0]
    typist.enter(line)
    typist.type(keys)
    typist.until(lambda: len(typist.heard.composed) == len(keys))
    if handed_over:
        typist.commit()
    typist.picture("composed")
    typist.click(page.save_button)
    typist.until(lambda: context.facts().get(Person, sample.person.id).left_on == day)


def test_codes_are_kept_in_half_width(edit: Edit, context: Context, typist: Any) -> None:
    page = edit("subcontractor")
    for field, keys in (("name", "tanaka"), ("postal_code", "123-4567"), ("telephone", "03-1234-5678")):
        typist.enter(page.form.boxes[field].input.fields()[0])
        typist.type(keys)
        typist.until(lambda: typist.heard.composed)
        typist.commit()
    typist.click(page.save_button)
    typist.until(lambda: context.facts().all(Subcontractor))
    (made,) = context.facts().all(Subcontractor)
    assert (made.name, made.postal_code, made.telephone) == ("たなか", "123-4567", "03-1234-5678")


def test_a_number_under_composition_is_read(edit: Edit, context: Context, sample: Any, typist: Any) -> None:
    page = edit("contract", sample.contract.id)
    line = page.form.boxes["persons"].input.fields()[0]
    typist.enter(line)
    typist.compose("1500", "１５００")
    typist.save_as_correction(page)
    typist.until(lambda: context.facts().get(Contract, sample.contract.id).persons == 1500)


def test_a_day_picked_from_the_calendar_stands_alone(edit: Edit, sample: Any, typist: Any) -> None:
    made = edit("person", sample.person.id).form.boxes["left_on"].input
    typist.enter(made.edit)
    typist.type("r8")
    typist.until(lambda: typist.heard.composed)
    typist.click(made.pick)
    typist.until(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    typist.click(next(one for one in popup.findChildren(QPushButton) if one.text() == "きょう"))
    typist.until(lambda: made.edit.text() == "令和8年4月20日")


def grid(page: Any, field: str) -> GridInput:
    made = page.form.boxes[field].input
    assert isinstance(made, GridInput)
    return made


def test_a_word_stays_in_its_row_when_another_is_added_it_is_moved_and_saved(
    edit: Edit, context: Context, sample: Any, typist: Any
) -> None:
    page = edit("person", sample.person.id)
    rows = grid(page, "former_names")
    rows.add_line()
    typist.enter(rows.lines[0].inputs["name"].fields()[0])
    typist.compose("satou", "さとう")
    typist.picture("composed")
    typist.see(rows.more)
    # At its beginning: what the method offers may lie over its middle.
    typist.click(rows.more, QPoint(12, rows.more.height() // 2))
    typist.until(lambda: len(rows.lines) == 2)
    assert [line.inputs["name"].text() for line in rows.lines] == ["さとう", ""]
    typist.enter(rows.lines[1].inputs["name"].fields()[0])
    typist.compose("suzuki", "すずき")
    typist.see(rows.lines[1].up)
    typist.click(rows.lines[1].up)
    typist.until(lambda: [line.inputs["name"].text() for line in rows.lines] == ["すずき", "さとう"])
    typist.picture("moved")
    typist.enter(rows.lines[1].inputs["kana"].fields()[0])
    typist.compose("satou", "さとう")
    typist.click(page.save_button)
    typist.until(
        lambda: (
            [one.name for one in context.facts().get(Person, sample.person.id).former_names]
            == ["すずき", "さとう"]
        )
    )


# --- annexes ----------------------------------------------------------------------------------------

CLAUSE = """\
[[clause]]
after = "secrecy"
key = "own-1"
number = "第2条の2"
heading = "誓約"
summary = "誓約書を取る。"
kinds = ["oath"]
when = ["before-start"]
"""


def test_a_word_of_an_annex_is_in_what_is_saved(window: MainWindow, context: Context, typist: Any) -> None:
    context.ledger.add(own(overlay(CLAUSE), published_on=None))
    window.open(EditAnnex("kakuu", 1))
    page = window.page
    assert isinstance(page, AnnexPage)
    typist.until(lambda: not context.operations.busy and page.draft is not None)
    assert page.draft is not None
    page.clauses.show_at([clause["key"] for clause in page.draft.clauses].index("own-1"))
    for line in (page.clauses.form.heading, page.clauses.form.summary):
        go_on_typing(typist, line)
    typist.enter(page.clauses.form.heading)
    typist.compose("himitu", "ひみつ")
    typist.click(page.save_button)
    typist.until(lambda: "ひみつ" in str(context.ledger.get(type(own("")), 1)))


# --- secrets ----------------------------------------------------------------------------------------


@pytest.fixture
def passphrase(look: Look, shown: Any) -> NewPassphrase:
    made: NewPassphrase = shown(NewPassphrase(look))
    return made


def test_a_hidden_passphrase_is_what_the_keys_say(passphrase: NewPassphrase, typist: Any) -> None:
    typist.enter(passphrase.first.edit)
    typist.type("himitu")
    typist.until(lambda: passphrase.first.text() == "himitu")


def test_a_shown_passphrase_is_composed_from_its_first_key(passphrase: NewPassphrase, typist: Any) -> None:
    secret = passphrase.first
    typist.enter(secret.edit)
    typist.click(secret.eye)
    typist.until(secret.edit.hasFocus)
    typist.compose("himitu", "ひみつ")
    typist.picture("composed")
    typist.commit()
    assert secret.text() == "ひみつ"


def test_hidden_again_a_passphrase_hides_the_word_as_well(passphrase: NewPassphrase, typist: Any) -> None:
    secret = passphrase.first
    typist.enter(secret.edit)
    typist.click(secret.eye)
    typist.until(secret.edit.hasFocus)
    typist.compose("nemui", "ねむい")
    typist.click(secret.eye)
    typist.until(lambda: secret.text() == "ねむい")
    assert secret.edit.displayText() == "●●●"


@pytest.mark.parametrize("keys", ["k7q2mx4rb9tpab", "12345678901234"])
def test_a_recovery_code_loses_no_key(shown: Any, typist: Any, keys: str) -> None:
    code: CodeInput = shown(CodeInput())
    typist.enter(code.groups[0])
    typist.type(keys)
    typist.until(lambda: code.groups[2].hasFocus())
    assert [edit.text().lower() for edit in code.groups[:2]] == [keys[:7], keys[7:]]
