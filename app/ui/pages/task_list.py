"""The list of what is to be done, group by group; long lists are made piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.context import Context
from app.ui.pages.tasks import Group, Key, Task
from app.ui.widgets import card, clear, label, row

if TYPE_CHECKING:
    from app.ui.pages.task_row import TaskRow

_AT_ONCE = 8
"""Rows made before the window is painted; the rest follow without holding up the keyboard."""

_Waiting = tuple[QVBoxLayout, Task]


class TaskList(QScrollArea):
    """Remembers which grounds are open and how far one has scrolled, whatever changes."""

    def __init__(self, context: Context, *, contract: bool = True) -> None:
        """``contract``: whether each row names its contract."""
        super().__init__()
        self._context = context
        self._with_contract = contract
        self._open: set[Key] = set()
        self._waiting: list[_Waiting] = []
        self._rows: list[TaskRow] = []
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.timeout.connect(self._make_more)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("すること")
        inner = QWidget()
        inner.setProperty("role", "page")
        self._content = QVBoxLayout(inner)
        self._content.setContentsMargins(0, 0, 12, 20)
        self._content.setSpacing(12)
        self.setWidget(inner)

    def rows(self) -> list[TaskRow]:
        """The rows made so far, from top to bottom."""
        return list(self._rows)

    def show_groups(self, groups: Sequence[tuple[Group, list[Task]]], *around: QWidget) -> None:
        """Show the tasks; ``around`` are widgets that stand below them."""
        at = self.verticalScrollBar().value()
        self._more.stop()
        self._waiting, self._rows = [], []
        clear(self._content)
        for group, held in groups:
            self._content.addWidget(self._group(group, held))
        for widget in around:
            self._content.addWidget(widget)
        self._content.addStretch(1)
        self._make(islice(iter(self._take, None), _AT_ONCE))
        self._more.start(0)
        QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(at))

    def _group(self, group: Group, held: list[Task]) -> QWidget:
        frame, layout = card()
        layout.setSpacing(2)
        layout.addLayout(row(label(str(group), "h2"), 6, label(f"{len(held)}件", "sub"), None))
        rows = QVBoxLayout()
        rows.setSpacing(0)
        layout.addLayout(rows)
        self._waiting += [(rows, task) for task in held]
        return frame

    def _take(self) -> _Waiting | None:
        return self._waiting.pop(0) if self._waiting else None

    def _make(self, wanted: Iterable[_Waiting]) -> None:
        from app.ui.pages.task_row import TaskRow

        for rows, task in wanted:
            if rows.count():
                rule = QFrame()
                rule.setProperty("role", "rule")
                rows.addWidget(rule)
            made = TaskRow(self._context, task, contract=self._with_contract)
            made.open(task.key in self._open)
            made.opened.connect(self._opened)
            rows.addWidget(made)
            self._rows.append(made)

    def _make_more(self) -> None:
        self._make(islice(iter(self._take, None), _AT_ONCE // 2))
        if self._waiting:
            self._more.start(0)

    def _opened(self, key: Key, on: bool) -> None:
        if on:
            self._open.add(key)
        else:
            self._open.discard(key)
