"""Columns share the width of their table: none is cut beside room that another does not need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.look import Look
from app.ui.parts.space.columns import Want, shares
from app.ui.parts.space.flow import flow
from app.ui.parts.tables.lines_table import Column, LazyLines, Line, LinesTable, line

wants = st.lists(
    st.builds(Want, st.integers(1, 900), st.integers(1, 300), st.booleans()), min_size=1, max_size=12
)


@given(wants, st.integers(0, 3000))
def test_no_column_is_cut_while_another_has_room_to_spare(held: list[Want], room: int) -> None:
    widths = shares(held, room)
    cut = [at for at, want in enumerate(held) if widths[at] < want.need]
    spare = [at for at, want in enumerate(held) if widths[at] > want.need]
    assert not (cut and spare)
    assert all(width >= min(want.least, want.need) for width, want in zip(widths, held, strict=True))
    if sum(min(want.least, want.need) for want in held) <= room:
        assert room - len(held) < sum(widths) <= room


@pytest.mark.parametrize(
    ("room", "expected"), [(299, [99, 100, 100]), (300, [100, 100, 100]), (301, [100, 101, 100])]
)
def test_at_the_width_that_suffices_the_eager_column_begins_to_take(room: int, expected: list[int]) -> None:
    held = [Want(100, 99), Want(100, 100, eager=True), Want(100, 100)]
    assert shares(held, room) == expected


def test_the_widest_are_cut_to_the_same_width() -> None:
    assert shares([Want(50, 10), Want(400, 10), Want(300, 10)], 450) == [50, 200, 200]
    assert shares([], 100) == []


def made(at: int) -> Line:
    return line(at, f"MD-2026-{at:03}", "国民健康保険 納税通知書作成・封入封緘業務委託", "○")


@pytest.fixture
def table(look: Look, shown: Callable[..., QWidget]) -> LinesTable:
    look.choose("light", 100)
    view = LinesTable(look, "見本", (Column("番号", 4), Column("件名", 8, stretch=True), Column("状態", 3)))
    shown(view, 700, 300)
    view.show_lines(LazyLines(range(5), made))
    return view


def widths(table: LinesTable) -> list[int]:
    return [table.columnWidth(at) for at in range(3)]


def test_a_number_is_whole_beside_a_long_name(table: LinesTable) -> None:
    need = table.fontMetrics().horizontalAdvance("MD-2026-004")
    for width in (700, 300):
        table.resize(width, 300)
        assert widths(table)[0] >= need + 18


def test_columns_follow_the_size_of_the_text_at_once(table: LinesTable, look: Look) -> None:
    before = widths(table)[0]
    look.choose(size=150)
    assert widths(table)[0] > before * 1.3
    look.choose(size=100)


def test_heads_follow_the_size_of_the_text_too(table: LinesTable, look: Look) -> None:
    """On Windows they would keep the system's own font, of 9 points, if nobody gave them another."""
    look.choose(size=150)
    head, body = table.horizontalHeader().font(), table.font()
    assert (head.family(), head.pointSizeF()) == (body.family(), body.pointSizeF())
    assert head.family() == QApplication.font().family()
    look.choose(size=100)


def test_while_a_list_is_narrowed_down_its_columns_stay(table: LinesTable) -> None:
    before = widths(table)
    table.show_lines([line(1, "A", "短い", "○")])
    assert widths(table) == before


def test_a_width_chosen_by_hand_stays(table: LinesTable, qtbot: QtBot) -> None:
    head = table.horizontalHeader()
    edge = QPoint(head.sectionViewportPosition(0) + head.sectionSize(0) - 1, head.height() // 2)
    qtbot.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    qtbot.mouseMove(head.viewport(), edge + QPoint(40, 0))
    qtbot.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(40, 0))
    chosen = table.columnWidth(0)
    table.resize(900, 300)
    table.show_lines(LazyLines(range(6), made))
    assert table.columnWidth(0) == chosen


def test_in_a_flow_an_input_takes_the_rest_of_its_line_and_the_rest_goes_right(shown: Any) -> None:
    search, press, last = QLineEdit(), QPushButton("取り消す…"), QPushButton("登録")
    holder = QWidget()
    holder.setLayout(flow(search, press))
    shown(holder, 600, 60)
    assert press.geometry().right() == 599
    apart = QWidget()
    apart.setLayout(flow(QPushButton("見出し"), None, last))
    shown(apart, 600, 60)
    assert last.geometry().right() == 599
    apart.resize(last.width() + 20, 120)
    assert last.x() == 0
    assert last.y() > 0
