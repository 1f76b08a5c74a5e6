"""A word under composition is in what is saved; no key of the composition does anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit

from app.records import Person
from app.ui.context import Context
from app.ui.editor.page import EditorPage
from app.ui.parts.dialogs import Unsaved
from app.ui.shell.window import MainWindow

Edit = Callable[..., EditorPage]


@pytest.fixture
def page(edit: Edit, sample: Any) -> EditorPage:
    """The page of 髙橋 花子."""
    return edit("person", sample.person.id)


@pytest.fixture
def line(page: EditorPage, typist: Any) -> QLineEdit:
    """Her 派遣元, with けいりぶ under composition in it."""
    made = page.form.boxes["agency"].input.fields()[0]
    assert isinstance(made, QLineEdit)
    typist.enter(made)
    typist.compose("keiribu", "けいりぶ")
    assert made.text() == ""
    return made


@pytest.fixture
def stored(context: Context, sample: Any) -> Callable[[], str]:
    return lambda: context.facts().get(Person, sample.person.id).agency


def test_saved_by_the_button(page: EditorPage, line: QLineEdit, stored: Any, typist: Any) -> None:
    typist.picture("composed")
    typist.click(page.save_button)
    typist.until(lambda: stored() == "けいりぶ")
    typist.picture("saved")
    del line


def test_converted_and_saved_by_the_button(
    page: EditorPage, line: QLineEdit, stored: Any, typist: Any, edit: Edit, sample: Any
) -> None:
    typist.convert("経理部")
    typist.picture("converted")
    typist.click(page.save_button)
    typist.until(lambda: stored() == "経理部")
    again = edit("person", sample.person.id)
    assert again.form.boxes["agency"].input.text() == "経理部"
    typist.rest()
    typist.see(again.form.boxes["agency"].input)
    typist.picture("saved")
    del line


def test_a_word_is_kept_while_it_is_asked_from_when_it_holds(
    page: EditorPage, context: Context, sample: Any, typist: Any
) -> None:
    post = page.form.boxes["post"].input.fields()[0]
    typist.enter(post)
    typist.compose("kakari", "かかり")
    typist.save_as_correction(page)
    typist.until(lambda: context.facts().get(Person, sample.person.id).post == "かかり")


@pytest.mark.parametrize(
    "keys",
    [
        *("ctrl+s", "alt+s", "ctrl+2", "ctrl+f", "ctrl+k", "ctrl+n", "ctrl+p", "ctrl+d"),
        *("alt+d", "alt+Left", "F1", "F5", "Delete"),
    ],
)
def test_no_shortcut_fires_while_composing(
    page: EditorPage, line: QLineEdit, window: MainWindow, stored: Any, dialogs: Any, typist: Any, keys: str
) -> None:
    """Whatever the method makes of the keys: the page stays, nothing is written, nothing typed is gone."""
    typist.key(keys)
    typist.commit_whatever()
    assert window.page is page
    assert line.hasFocus()
    assert stored() == ""
    assert not dialogs.asked
    assert not dialogs.shown
    assert line.text()
    if keys != "ctrl+p":
        # Ctrl+P has the method itself write full-width letters.
        assert line.text() == "けいりぶ"


def test_ctrl_z_takes_back_the_word_and_nothing_of_the_ledger(
    page: EditorPage, line: QLineEdit, window: MainWindow, context: Context, dialogs: Any, typist: Any
) -> None:
    before = context.facts()
    typist.key("ctrl+z")
    typist.until(lambda: not typist.heard.composed)
    typist.compose("soumubu", "そうむぶ")
    typist.commit()
    assert window.page is page
    assert line.text().endswith("そうむぶ")
    assert not dialogs.asked
    assert context.facts() is before


def test_saved_by_ctrl_s_once_the_word_is_handed_over(line: QLineEdit, stored: Any, typist: Any) -> None:
    typist.commit()
    assert line.text() == "けいりぶ"
    typist.key("ctrl+s")
    typist.until(lambda: stored() == "けいりぶ")


def test_saved_by_the_letter_of_the_button_once_the_word_is_handed_over(
    line: QLineEdit, stored: Any, typist: Any
) -> None:
    typist.commit()
    assert line.text() == "けいりぶ"
    typist.key("alt+s")
    typist.until(lambda: stored() == "けいりぶ")


def test_tab_is_the_methods_own_while_composing(
    page: EditorPage, line: QLineEdit, stored: Any, typist: Any
) -> None:
    typist.key("Tab")
    typist.commit_whatever()
    assert line.hasFocus()
    text = line.text()
    assert text
    typist.click(page.save_button)
    typist.until(lambda: stored() == text)


def test_esc_takes_back_the_word_and_leaves_the_page(
    page: EditorPage, line: QLineEdit, window: MainWindow, typist: Any
) -> None:
    typist.key("Escape")
    typist.until(lambda: not typist.heard.composed)
    assert window.page is page
    assert line.hasFocus()
    typist.compose("soumubu", "そうむぶ")
    typist.commit()
    assert line.text().endswith("そうむぶ")


def test_return_hands_over_and_the_second_goes_on(line: QLineEdit, typist: Any, stored: Any) -> None:
    typist.commit()
    assert line.hasFocus()
    typist.key("Return")
    typist.until(lambda: not line.hasFocus())
    assert line.text() == "けいりぶ"
    assert stored() == ""


def test_another_field_takes_nothing_away(
    page: EditorPage, line: QLineEdit, stored: Any, typist: Any
) -> None:
    other = page.form.boxes["agency_contract"].input.fields()[0]
    typist.click(other)
    typist.until(other.hasFocus)
    assert line.text() == "けいりぶ"
    typist.compose("kakari", "かかり")
    typist.click(page.save_button)
    typist.until(lambda: stored() == "けいりぶ")


def test_another_room_is_asked_about_and_the_word_saved(
    line: QLineEdit, window: MainWindow, stored: Any, dialogs: Any, typist: Any
) -> None:
    dialogs.answers.append(Unsaved.SAVE)
    typist.click(window.navigation.rooms[0])
    typist.until(lambda: stored() == "けいりぶ")
    del line


def test_closing_the_window_saves_the_word(
    line: QLineEdit, window: MainWindow, stored: Any, dialogs: Any, typist: Any
) -> None:
    dialogs.answers.append(Unsaved.SAVE)
    typist.key("alt+F4")
    typist.until(lambda: stored() == "けいりぶ")
    assert "髙橋 花子" in dialogs.asked[0]
    typist.until(lambda: not window.isVisible())
    del line


def test_another_window_in_front_takes_nothing_away(line: QLineEdit, qtbot: Any, typist: Any) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    typist.enter(other)
    typist.until(lambda: line.text() == "けいりぶ")


def test_registered_and_the_next_begun(edit: Edit, context: Context, typist: Any) -> None:
    page = edit("person")
    employment = page.form.boxes["employment"].input
    employment.show_value("社員")
    name = page.form.boxes["name"].input.fields()[0]
    typist.enter(name)
    typist.compose("tanaka", "たなか")
    typist.convert("田中")
    typist.click(page.more_button)
    typist.until(lambda: [one for one in context.facts().all(Person) if one.name == "田中"])
    assert page.record is None
    assert page.form.boxes["name"].input.text() == ""


def test_what_is_refused_keeps_the_word(edit: Edit, context: Context, typist: Any) -> None:
    before = len(context.facts().all(Person))
    page = edit("person")
    name = page.form.boxes["name"].input.fields()[0]
    typist.enter(name)
    typist.compose("tanaka", "たなか")
    typist.click(page.more_button)
    typist.until(lambda: page.form.notice.text)
    assert page.form.boxes["name"].input.text() == "たなか"
    assert len(context.facts().all(Person)) == before
