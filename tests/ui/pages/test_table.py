"""The table of short lists: rows made late, sorted by what they mean, selected by what they stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.look import Look
from app.ui.parts.tables.lines_table import Cell, Column, LazyLines, Line, LinesTable, line, number

COLUMNS = (Column("番号", 4), Column("品名", 6, stretch=True), Column("残", 3, right=True))
HELD = (3, 0, 120, 20)


def made(at: int) -> Line:
    return line(at, f"A-{at}", Cell(f"品{at}", None, "danger" if at == 2 else ""), number(HELD[at]))


@pytest.fixture
def table(look: Look, shown: Callable[..., QWidget]) -> LinesTable:
    look.choose("light", 100)
    view = LinesTable(look, "見本", COLUMNS, several=True)
    shown(view, 500, 300)
    view.show_lines(LazyLines(range(len(HELD)), made))
    return view


def keys(table: LinesTable) -> list[Any]:
    return [one.key for one in table.lines.lines]


def test_numbers_are_sorted_by_their_size(table: LinesTable) -> None:
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert keys(table) == [2, 3, 0, 1]
    table.show_lines(LazyLines(range(3), made))
    assert keys(table) == [2, 0, 1], "other rows keep the order chosen in the head"
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert keys(table) == [0, 1, 2]


def test_what_is_selected_stays_so_when_the_rows_change(table: LinesTable) -> None:
    table.select(1, 3)
    assert table.selected() == [1, 3]
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    table.show_lines(LazyLines(range(len(HELD)), made))
    assert set(table.selected()) == {1, 3}
    table.show_lines(LazyLines(range(2), made))
    assert table.selected() == [1]


def test_a_row_opens_by_enter_and_by_double_click(table: LinesTable, qtbot: QtBot) -> None:
    opened: list[Any] = []
    table.picked.connect(opened.append)
    table.choose_row(2)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    place = table.visualRect(table.lines.index(0, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [2, 0]


def test_a_tone_follows_the_theme(table: LinesTable, look: Look) -> None:
    cell = table.lines.index(2, 1)
    role = Qt.ItemDataRole.ForegroundRole
    light = table.lines.data(cell, role).color().name()
    look.choose("dark")
    assert table.lines.data(cell, role).color().name() != light
    look.choose("light")
    assert table.lines.data(table.lines.index(0, 1), role) is None


def test_the_column_that_wants_it_takes_the_room(table: LinesTable) -> None:
    table.resize(900, 300)
    total = sum(table.columnWidth(at) for at in range(3))
    assert abs(total - table.viewport().width()) <= 3
    table.show_lines([line(1, "A-1", "長い品名" * 10, "1")])
    table.resize(120, 300)
    assert table.columnWidth(1) >= table.fontMetrics().horizontalAdvance("あ" * 6)


def test_the_model_is_sound(table: LinesTable, qtmodeltester: Any) -> None:
    qtmodeltester.check(table.lines)
