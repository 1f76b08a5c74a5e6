"""A dialog in which lines are ticked, each with a sentence about it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtWidgets import QCheckBox, QDialog, QStackedWidget, QVBoxLayout, QWidget

from app.ui.parts.space.scrolled import scrolled
from app.ui.parts.told_box import told_box
from app.ui.parts.widgets import button, em, label, prose, row

K = TypeVar("K", bound=Hashable)
_WIDE = 46
"""In letters."""


class Ticked(NamedTuple, Generic[K]):
    """A line: what it stands for, how it is called, what is told of it, whether it is ticked at first."""

    key: K
    shown: str
    told: str
    on: bool


class TickingDialog(QDialog, Generic[K]):
    """Title, sentence, a list of check boxes, two buttons. ``boxes``, ``lines``: by what they stand for."""

    def __init__(
        self,
        title: str,
        about: str,
        lines: Iterable[Ticked[K]],
        *,
        called: str,
        high: int,
        above: QWidget | None = None,
    ) -> None:
        """``called``: the list, for who hears it; ``high``: in letters; ``above``: what narrows the list."""
        super().__init__()
        self.setWindowTitle(title)
        self.boxes: dict[K, QCheckBox] = {}
        self.lines: dict[K, QWidget] = {}
        holder = QWidget()
        holder.setProperty("role", "page")
        column = QVBoxLayout(holder)
        column.setContentsMargins(4, 4, 12, 4)
        column.setSpacing(8)
        for one in lines:
            self.boxes[one.key], self.lines[one.key] = told_box(one.shown, one.told, on=one.on)
            column.addWidget(self.lines[one.key])
        column.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolled(holder, called))
        self.ok = button("決定", self.accept, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "h2"))
        layout.addWidget(prose(about, "sub"))
        if above is not None:
            layout.addWidget(above)
        layout.addWidget(self.stack, 1)
        layout.addLayout(row(None, button("戻る", self.reject), self.ok))
        self.resize(em(self, _WIDE), em(self, high))

    @property
    def ticked(self) -> list[K]:
        """What is ticked, in the order of the lines."""
        return [key for key, box in self.boxes.items() if box.isChecked()]
