"""The window on a sample ledger, and a press as a person makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.context import Context
from app.ui.shell.window import MainWindow
from tests.support.window.on_screen import on_screen

Settle = Callable[[], None]


@pytest.fixture
def window(context: Context, sample: Any, settled: Settle, qtbot: QtBot) -> Iterator[MainWindow]:
    del sample
    with on_screen(context, settled, qtbot, 1366, 768) as made:
        yield made


def click(qtbot: QtBot, widget: QWidget) -> None:
    assert widget.isEnabled(), widget
    assert widget.isVisible(), widget
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
