"""Rows that are ticked: by a click anywhere in one, in the box too, or with Space; each press once."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from app.records import SPECS
from app.ui.context import Context
from app.ui.editor.tick_list import TickList
from app.ui.lists.columns import ColumnsDialog
from app.ui.today.jobs_round import RoundDialog
from app.work.jobs import Job

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def made(shown: Any, qtbot: QtBot) -> TickList:
    found: TickList = shown(TickList("対象"))
    found.resize(400, 200)
    for text in ("一", "二", "三"):
        found.add(text)
    del qtbot
    return found


def box(made: TickList, row: int) -> QPoint:
    """The middle of the box of a row."""
    option = QStyleOptionViewItem()
    made.initViewItemOption(option)
    option.rect = made.visualItemRect(made.item(row))
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
    return made.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, made).center()


def beside(made: TickList, row: int) -> QPoint:
    """Far behind the words of a row."""
    place = made.visualItemRect(made.item(row))
    return QPoint(place.right() - 20, place.center().y())


@pytest.mark.parametrize("where", [box, beside])
def test_a_click_anywhere_in_a_row_ticks_it_once(made: TickList, where: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(made.viewport(), LEFT, pos=where(made, 1))
    assert made.ticked == [1]
    qtbot.mouseClick(made.viewport(), LEFT, pos=where(made, 1))
    assert made.ticked == []


@pytest.mark.parametrize("where", [box, beside])
def test_a_double_click_ticks_once(made: TickList, where: Any, qtbot: QtBot) -> None:
    at = where(made, 2)
    qtbot.mouseClick(made.viewport(), LEFT, pos=at)
    qtbot.mouseDClick(made.viewport(), LEFT, pos=at)
    assert made.ticked == [2]


def test_a_press_that_is_let_go_in_another_row_ticks_none(made: TickList, qtbot: QtBot) -> None:
    qtbot.mousePress(made.viewport(), LEFT, pos=beside(made, 0))
    qtbot.mouseRelease(made.viewport(), LEFT, pos=beside(made, 2))
    assert made.ticked == []


def test_another_button_ticks_none(made: TickList, qtbot: QtBot) -> None:
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.RightButton, pos=beside(made, 0))
    assert made.ticked == []


def test_space_ticks_the_row_of_the_cursor(made: TickList, qtbot: QtBot) -> None:
    made.setCurrentRow(1)
    qtbot.keyClick(made, Qt.Key.Key_Space)
    assert made.ticked == [1]
    qtbot.keyClick(made, Qt.Key.Key_Space)
    assert made.ticked == []


def test_what_a_list_shows_is_ticked_by_its_row(shown: Any, qtbot: QtBot) -> None:
    spec = SPECS["device"]
    dialog = shown(ColumnsDialog(spec, spec.listed[:1]))
    assert dialog.list.ticked == [0]
    qtbot.mouseClick(dialog.list.viewport(), LEFT, pos=beside(dialog.list, 1))
    dialog.accept()
    assert len(dialog.fields) == 2


def test_what_a_round_is_for_is_ticked_by_its_row(
    context: Context, sample: Any, shown: Any, qtbot: QtBot
) -> None:
    entry = (("contract", sample.contract.id), ("annex", "besshi-44"), ("clause", "3"))
    job = Job(record="attestation", duties=(), entries=(entry,))
    dialog = shown(RoundDialog(context, job))
    assert not dialog.records()
    qtbot.mouseClick(dialog.list.viewport(), LEFT, pos=beside(dialog.list, 0))
    assert len(dialog.records()) == 1
