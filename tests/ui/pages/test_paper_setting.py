"""この書類の体裁を設定: the setting beside the preview, which follows what is typed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.exchange.documents.own_form import keep_form
from app.exchange.filling.values import Placement
from app.records import PaperSetting
from app.ui.context import Context
from app.ui.papers.issue_page import IssuePage
from app.ui.parts.dialogs import Unsaved
from app.ui.targets import IssueForm
from tests.support.office import docx, row, table


@pytest.fixture
def page(context: Context, shown: Any, work: Any, qtbot: QtBot) -> IssuePage:
    made = IssuePage(context, IssueForm("location-notice", work.contract.id))
    shown(made)
    qtbot.waitUntil(made.issue.isEnabled, timeout=8_000)
    return made


def opened(page: IssuePage, qtbot: QtBot) -> Any:
    qtbot.mouseClick(page.set_button, Qt.MouseButton.LeftButton)
    assert page.setting is not None
    return page.setting


def type_title(panel: Any, text: str, qtbot: QtBot) -> None:
    edit = panel.fields.boxes["title"].input.findChild(QLineEdit)
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def drawn(page: IssuePage, qtbot: QtBot, text: str) -> None:
    qtbot.waitUntil(
        lambda: page.preview.pages.count > 0 and text in page.preview.pages.text(0), timeout=8_000
    )


def test_the_preview_follows_what_is_typed_and_nothing_is_written_before_it_is_saved(
    page: IssuePage, qtbot: QtBot, context: Context, dialogs: Any
) -> None:
    panel = opened(page, qtbot)
    type_title(panel, "TODOKE", qtbot)
    drawn(page, qtbot, "TODOKE（新規）")
    assert not page.issue.isEnabled()
    assert context.facts().all(PaperSetting) == ()
    dialogs.answers.append(True)
    qtbot.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)
    assert page.setting is None
    drawn(page, qtbot, "作業場所届出書（新規）")
    assert context.facts().all(PaperSetting) == ()


def test_a_saved_setting_holds_for_the_next_paper(
    page: IssuePage, qtbot: QtBot, context: Context, work: Any
) -> None:
    panel = opened(page, qtbot)
    type_title(panel, "TODOKE", qtbot)
    qtbot.mouseClick(panel.save, Qt.MouseButton.LeftButton)
    (held,) = context.facts().all(PaperSetting)
    assert (held.contract, held.form, held.title, held.columns) == (
        work.contract.id,
        "location-notice",
        "TODOKE",
        (),
    )
    qtbot.waitUntil(page.issue.isEnabled, timeout=8_000)
    drawn(page, qtbot, "TODOKE（新規）")


def test_from_another_day_on_a_setting_is_a_new_one(
    page: IssuePage, qtbot: QtBot, context: Context, work: Any
) -> None:
    day = context.today()
    context.ledger.add(
        PaperSetting(
            contract=work.contract.id,
            form="location-notice",
            title="先の題名",
            starts_on=work.contract.signed_on,
        )
    )
    panel = opened(page, qtbot)
    type_title(panel, "NEW", qtbot)
    panel.fields.boxes["starts_on"].input.show_value(day)
    qtbot.mouseClick(panel.save, Qt.MouseButton.LeftButton)
    held = {one.starts_on: one.title for one in context.facts().all(PaperSetting)}
    assert held == {work.contract.signed_on: "先の題名", day: "NEW"}


@pytest.mark.parametrize(
    ("answer", "leaves", "titles"),
    [(Unsaved.STAY, False, []), (Unsaved.DISCARD, True, []), (Unsaved.SAVE, True, ["TODOKE"])],
)
def test_a_setting_is_not_lost_with_the_page_without_a_question(
    page: IssuePage, qtbot: QtBot, context: Context, dialogs: Any, answer: Unsaved, leaves: bool, titles: Any
) -> None:
    assert page.can_leave()
    type_title(opened(page, qtbot), "TODOKE", qtbot)
    dialogs.answers = [answer]
    assert page.can_leave() is leaves
    assert [one.title for one in context.facts().all(PaperSetting)] == titles


def test_ctrl_s_saves_the_setting(page: IssuePage, qtbot: QtBot, context: Context) -> None:
    type_title(opened(page, qtbot), "TODOKE", qtbot)
    assert page.save()
    assert [one.title for one in context.facts().all(PaperSetting)] == ["TODOKE"]


def test_another_look_from_a_later_day_gives_up_no_file_of_the_client(
    page: IssuePage, qtbot: QtBot, context: Context, work: Any
) -> None:
    place = Placement("表1:1:2", "契約番号")
    file = (docx(table(row("契約番号", ""))), "様式.docx")
    keep_form(context.ledger, work.contract.id, "location-notice", work.contract.signed_on, file, [place])
    panel = opened(page, qtbot)
    type_title(panel, "NEW", qtbot)
    panel.fields.boxes["starts_on"].input.show_value(context.today())
    qtbot.mouseClick(panel.save, Qt.MouseButton.LeftButton)
    old, new = sorted(context.facts().all(PaperSetting), key=lambda one: one.id)
    assert new.title == "NEW"
    assert (new.own_file, new.own_file_name, new.places) == (old.own_file, old.own_file_name, old.places)
