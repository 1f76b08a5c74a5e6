"""One answer for many rows: what is still open in each of them is chosen at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from app.records import Field
from app.records.kinds import OTHER, Choice
from app.ui.parts.widgets import Button


class Alike(Button):
    """Offers the choices of a field; ``chosen(choice)`` is meant for every row in which it is empty.

    Nothing is chosen before somebody says so: who was there, and how it went, the program cannot know.
    """

    chosen = Signal(str)

    def __init__(self, field: Field) -> None:
        super().__init__(f"空欄の{field.label}を選ぶ")
        self.setProperty("kind", "quiet")
        self.setAccessibleName(self.text())
        self.field = field
        offered = QMenu(self)
        offered.setAccessibleName(field.label)
        for choice in field.kind.choices if isinstance(field.kind, Choice) else ():
            if choice != OTHER:
                offered.addAction(choice, partial(self.chosen.emit, choice))
        self.setMenu(offered)
