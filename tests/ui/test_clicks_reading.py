"""From a city's annex on the clipboard to its first duty on きょう: every press of the mouse counts."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.records import Contract, OwnAnnex
from app.ui.annexes.reading.page import ReadingPage
from app.ui.context import Context
from app.ui.editor.page import EditorPage
from app.ui.shell.rooms import ROOMS
from app.ui.targets import ShowToday
from tests.support.window.reading_views import TEXT
from tests.ui.test_clicks_register import Officer, officer, paper

__all__ = ["officer", "paper"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")
READ, CHECK, PUBLISH, ANSWER, ENTER, TODAY = 1, 1, 1, 1, 1, 1


def shown(page: QWidget) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def test_a_pasted_annex_to_the_first_duty_on_today(officer: Officer, context: Context, dialogs: Any) -> None:
    """Six presses beside one for each paragraph that somebody has to look at, and one for each tick."""
    me = officer
    me.find("特記事項の読取りを始める")
    page = me.page
    assert isinstance(page, ReadingPage)
    QApplication.clipboard().setText(TEXT)
    me.qtbot.keyClick(page.begin.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    me.press(page.begin.read_button)
    me.press(page.work.check_button)
    review = page.work.review
    looked_at, ticked = len(review.review.open), 0
    while review.review.open:
        for pick in review.review.items[review.at].picks:
            if not pick.ticked:
                me.press(review.item.picks.boxes[pick.kind])
                ticked += 1
        if review.review.items[review.at].state.decided:
            # What was ticked by hand is decided: to go on is the way to the next one.
            me.press(review.next_button if review.review.open else review.accept_button)
        else:
            me.press(review.accept_button)
    dialogs.answers.append(True)
    me.press(page.work.contract_button)
    editor = me.page
    assert isinstance(editor, EditorPage)
    (annex,) = context.facts().all(OwnAnnex)
    assert [row["annex"] for row in editor.form.texts()["annexes"]] == [annex.annex]
    (held,) = context.facts().all(Contract)
    given = {
        "client": held.client,
        "number": "Y-1",
        "title": "名簿の入力",
        "signed_on": context.today(),
        "starts_on": context.today(),
        "ends_on": context.today().replace(year=context.today().year + 1),
    }
    for name, value in given.items():
        editor.form.boxes[name].input.show_value(value)
    me.press(editor.save_button)
    me.press(me.window.navigation.rooms[[one.target for one in ROOMS].index(ShowToday)])
    me.qtbot.waitUntil(lambda: any("名簿の入力" in one for one in shown(me.page)), timeout=60_000)
    wanted = READ + CHECK + PUBLISH + ANSWER + ENTER + TODAY + looked_at + ticked
    assert me.presses == wanted
