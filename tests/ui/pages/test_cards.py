"""Cards below each other: all of them are reached, and so many at once as nobody feels."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.space.cards import AT_ONCE, Cards


@pytest.mark.parametrize(("count", "presses"), [(AT_ONCE - 1, 0), (AT_ONCE, 0), (AT_ONCE + 1, 1)])
def test_every_thing_has_its_card_after_as_many_presses_as_it_takes(
    count: int, presses: int, look: Any, qtbot: QtBot
) -> None:
    del look
    whole = QWidget()
    qtbot.addWidget(whole)
    made: list[int] = []

    def card(at: int) -> QLabel:
        made.append(at)
        return QLabel(str(at))

    cards = Cards(QVBoxLayout(whole), card)
    cards.show(count, "なし", "理由")
    assert len(made) == min(count, AT_ONCE)
    more = whole.findChildren(QPushButton)
    assert len(more) == presses
    for one in more:
        assert one.text() == f"ほか{count - AT_ONCE}件を表示"
        qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    assert made == list(range(count))
