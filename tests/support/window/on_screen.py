"""The window of the program as a test has it: on the screen, with nothing left to answer, and put away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pytestqt.qtbot import QtBot

from app.ui.context import Context
from app.ui.shell.window import MainWindow


@contextmanager
def on_screen(
    context: Context, settled: Callable[[], None], qtbot: QtBot, width: int, height: int
) -> Iterator[MainWindow]:
    """A window of that size, until the block ends."""
    made = MainWindow(context)
    made.resize(width, height)
    with qtbot.waitExposed(made):
        made.show()
    settled()
    yield made
    settled()
    # Not closed: closing asks about what a test left unsaved.
    made.hide()
    made.deleteLater()
