"""Widgets beside each other that go to a new line; whatever becomes of them, measuring never fails."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.flow import FlowLayout


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
