"""Choosing among all forms: what is wanted now first, the rest by what one is doing, found by any word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.duties.papers.grouping import Group, grouped
from app.ui.context import Context
from app.ui.papers.choosing.form_choice import Asked, FormDialog
from app.ui.papers.issue_page import IssuePage
from app.ui.reckoning.assessor import Assessor
from app.ui.targets import IssueForm

NOW = "この契約でいま作成するもの"


@pytest.fixture
def dialog(context: Context, shown: Any) -> Callable[..., FormDialog]:
    def make(now: tuple[Asked, ...] = (), current: str = "") -> FormDialog:
        made = FormDialog(context.forms, now, current)
        shown(made)
        return made

    return make


def seen(made: FormDialog) -> dict[str, list[str]]:
    """Head → the forms that are to be seen under it."""
    found: dict[str, list[str]] = {}
    for at in range(made.list.topLevelItemCount()):
        head = made.list.topLevelItem(at)
        assert head is not None
        held = [head.child(n) for n in range(head.childCount())]
        if not head.isHidden():
            found[head.text(0)] = [one.text(0) for one in held if one and not one.isHidden()]
    return found


def current(made: FormDialog) -> str:
    item: QTreeWidgetItem | None = made.list.currentItem()
    return item.text(0) if item is not None else ""


def test_every_form_stands_once_under_what_one_is_doing(dialog: Any, context: Context) -> None:
    wanted = {
        str(group): [form.title for form in held] for group, held in grouped(context.forms.values()).items()
    }
    assert seen(dialog()) == wanted


def test_what_the_contract_asks_for_now_comes_first_with_why(dialog: Any) -> None:
    made = dialog((Asked("oath", "× 期限超過　期限 R8.4.1"),))
    assert next(iter(seen(made).items())) == (NOW, ["誓約書"])
    assert current(made) == "誓約書"
    head = made.list.topLevelItem(0)
    assert head.child(0).text(1) == "× 期限超過　期限 R8.4.1"
    assert "誓約書" in seen(made)[Group.START], "it stands in its own place as well"


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("廃棄", "廃棄・消去証明書"),
        ("研修", "研修実施報告書"),
        ("ソフト 点検", "ソフトウェア点検記録"),
        ("ＰＣ", "PC・電子媒体管理台帳"),
    ],
)
def test_a_form_is_found_by_its_name_or_the_duty_it_serves(
    dialog: Any, qtbot: QtBot, typed: str, form: str
) -> None:
    made = dialog()
    made.search.insert(typed)
    assert form in [one for held in seen(made).values() for one in held]
    assert len([one for held in seen(made).values() for one in held]) < made.list.topLevelItemCount() + 8


def test_return_takes_the_first_that_was_found(dialog: Any, qtbot: QtBot) -> None:
    made = dialog()
    made.search.insert("作業場所届出")
    with qtbot.waitSignal(made.accepted):
        qtbot.keyClick(made.search, Qt.Key.Key_Return)
    assert made.chosen == "location-notice"


def test_down_leads_into_the_list(dialog: Any, qtbot: QtBot) -> None:
    made = dialog()
    made.search.setFocus()
    qtbot.keyClick(made.search, Qt.Key.Key_Down)
    assert made.list.hasFocus()
    first = current(made)
    qtbot.keyClick(made.list, Qt.Key.Key_Down)
    assert current(made) != first
    with qtbot.waitSignal(made.accepted):
        qtbot.keyClick(made.list, Qt.Key.Key_Return)


def test_what_fits_nothing_says_so_and_takes_nothing(dialog: Any) -> None:
    made = dialog(current="oath")
    made.search.insert("そんなものはない")
    assert not made.ok.isEnabled()
    assert seen(made) == {}
    made._take_current()
    assert made.chosen == "oath"


def test_it_opens_at_the_form_that_is_chosen(dialog: Any) -> None:
    assert current(dialog(current="training-report")) == "研修実施報告書"


def test_the_page_takes_the_form_from_it(
    context: Context, shown: Any, qtbot: QtBot, dialogs: Any, work: Any, settled: Any
) -> None:
    assessor = Assessor.of(context)
    assessor.want()
    qtbot.waitUntil(lambda: assessor.latest is not None, timeout=10_000)
    settled()
    page = IssuePage(context, IssueForm("", work.contract.id))
    shown(page)

    def choose(made: FormDialog) -> bool:
        assert next(iter(seen(made))) == NOW, "the contract has begun and papers are due"
        made.search.insert("場所届出")
        made._take_current()
        return True

    dialogs.answers.append(choose)
    qtbot.keyClick(page.form, Qt.Key.Key_F4)
    assert page.form.currentData() == "location-notice"
    qtbot.waitUntil(page.issue.isEnabled, timeout=10_000)


def test_turning_away_leaves_the_form_as_it_was(
    context: Context, shown: Any, qtbot: QtBot, dialogs: Any, work: Any
) -> None:
    page = IssuePage(context, IssueForm("oath", work.contract.id))
    shown(page)
    dialogs.answers.append(False)
    page.form.showPopup()
    assert page.form.currentData() == "oath"
