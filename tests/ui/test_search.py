"""検索 over the whole ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.context import Context
from app.ui.shell.search import SearchDialog
from app.ui.targets import EditRecord

Show = Callable[..., Any]


@pytest.fixture
def dialog(context: Context, sample: Any, shown: Show, qtbot: QtBot) -> SearchDialog:
    del sample
    made: SearchDialog = shown(SearchDialog(context))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.edit.setFocus()
    return made


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("吉", {"株式会社みほん情報", "𠮷田 次郎"}),
        ("健診", {"健診データ入力業務"}),
        ("みなと北", {"みなと北市"}),
        ("ﾀｶﾊｼ", {"髙橋 花子"}),
        ("タカハシ 花", {"髙橋 花子"}),
        ("zz該当なし", set()),
    ],
)
def test_anything_is_found_by_any_part(
    dialog: SearchDialog, qtbot: QtBot, typed: str, names: set[str]
) -> None:
    dialog.edit.setText(typed)
    qtbot.waitUntil(lambda: dialog._state.text() != "" and "空白で区切る" not in dialog._state.text())
    assert {hit.title for hit in dialog.hits} == names
    assert dialog.open_button.isEnabled() is bool(names)


def test_results_stand_under_their_record_type(dialog: SearchDialog, qtbot: QtBot) -> None:
    dialog.edit.setText("吉")
    qtbot.waitUntil(lambda: dialog.results.topLevelItemCount() == 2)
    items = [dialog.results.topLevelItem(at) for at in range(2)]
    heads = [item.text(0) for item in items if item is not None]
    assert heads == ["自社（1件）", "要員（1件）"]


def test_down_and_return_open_a_result(
    dialog: SearchDialog, context: Context, sample: Any, qtbot: QtBot
) -> None:
    dialog.edit.setText("吉")
    qtbot.waitUntil(lambda: len(dialog.hits) == 2)
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Down)
    assert dialog.results.hasFocus()
    qtbot.keyClick(dialog.results, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.results, Qt.Key.Key_Down)
    with qtbot.waitSignal(context.wanted) as asked:
        qtbot.keyClick(dialog.results, Qt.Key.Key_Return)
    assert asked.args == [EditRecord("person", sample.other_person.id)]
    assert not dialog.isVisible()


def test_return_in_the_line_opens_the_first(
    dialog: SearchDialog, context: Context, sample: Any, qtbot: QtBot
) -> None:
    dialog.edit.setText("花子")
    qtbot.waitUntil(lambda: len(dialog.hits) == 1)
    with qtbot.waitSignal(context.wanted) as asked:
        qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert asked.args == [EditRecord("person", sample.person.id)]


def test_an_emptied_line_shows_nothing(dialog: SearchDialog, qtbot: QtBot) -> None:
    dialog.edit.setText("花子")
    qtbot.waitUntil(lambda: len(dialog.hits) == 1)
    dialog.edit.clear()
    qtbot.waitUntil(lambda: dialog.hits == [])
    assert not dialog.open_button.isEnabled()
