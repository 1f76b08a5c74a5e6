"""Widgets beside each other that go to a new line; whatever becomes of them, measuring never fails."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.space.flow import FlowLayout


def test_an_item_that_qt_deleted_is_measured_no_more(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder, spacing=10)
    parts = [QLabel(text) for text in ("長い言葉が並んでいます", "短い")]
    for one in parts:
        layout.addWidget(one)
    both = layout.heightForWidth(10)
    shiboken6.delete(layout.itemAt(0))
    assert layout.heightForWidth(10) < both
    assert layout.count() == 1
    assert layout.minimumSize() == layout.itemAt(0).minimumSize()
    holder.resize(layout.sizeHint())
    holder.show()
    QApplication.processEvents()
    assert parts[1].pos() == QPoint(0, 0)


def test_the_margins_stand_around_every_line(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder, spacing=4)
    layout.setContentsMargins(3, 5, 7, 11)
    part = QLabel("言葉")
    layout.addWidget(part)
    least = part.sizeHint()
    assert layout.minimumSize() == least + QSize(10, 16)
    assert layout.heightForWidth(200) == least.height() + 16
    holder.resize(200, layout.heightForWidth(200))
    holder.show()
    QApplication.processEvents()
    assert part.pos() == QPoint(3, 5)
    assert part.geometry().right() < 200 - 7


@pytest.mark.parametrize("change", ["text", "font", "hidden", "added"])
@pytest.mark.parametrize("nested", [False, True])
def test_what_changes_what_is_shown_changes_the_height(nested: bool, change: str, qtbot: QtBot) -> None:
    holder, inner = QWidget(), FlowLayout(spacing=10)
    qtbot.addWidget(holder)
    parts = [QLabel("短い"), QLabel("短い")]
    for part in parts:
        inner.addWidget(part)
    if nested:
        outer = QVBoxLayout(holder)
        outer.addLayout(inner)
    else:
        holder.setLayout(inner)
    holder.show()
    one = parts[0].sizeHint()
    width = one.width() if change == "hidden" else 2 * one.width() + 10
    before = inner.heightForWidth(width)
    assert before == (2 * one.height() + 10 if change == "hidden" else one.height())
    if change == "text":
        parts[0].setText("短くない")
    elif change == "font":
        holder.setStyleSheet("font-size: 40pt")
    elif change == "hidden":
        parts[1].hide()
    else:
        inner.addWidget(QLabel("短い"))
    QApplication.processEvents()
    assert inner.heightForWidth(width) == measured(inner, width)
    assert (inner.heightForWidth(width) < before) is (change == "hidden")
    assert inner.heightForWidth(width) != before


def measured(layout: FlowLayout, width: int) -> int:
    """What a layout says that was asked nothing before."""
    layout._heights.clear()
    return layout.heightForWidth(width)
