"""One thing to do, as a row: how pressing, what, for whom and why, and the button that does it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.duties.duty import Action
from app.records import Contract
from app.records.days import wareki
from app.ui.context import Context
from app.ui.duties.steps import take, words
from app.ui.duties.why import WhyPanel
from app.ui.papers.differences import differences_grid
from app.ui.parts.widgets import button, em, label, row
from app.ui.today.passage import Passage
from app.work.states import days_left, mark, named
from app.work.tasks import Key, Task

_MOST_DIFFERENCES = 3
_DATED, _UNDATED = 13, 7
"""Full-width characters of the column that says how pressing it is, with a day and without."""
_NARROW = 52
"""Full-width characters below which text and buttons have no room beside each other."""
_ANY = 16_777_215
"""Qt's own word for a width without limit."""
_TIGHT = 40
"""Below this the day stands in a line above the text: beside it, each sentence would take twice the lines."""


class TaskRow(QFrame):
    """``opened(key, open)`` when the grounds are shown or put away."""

    opened = Signal(object, bool)

    def __init__(
        self,
        context: Context,
        task: Task,
        *,
        contract: bool = True,
        day: date | None = None,
        first: bool = False,
    ) -> None:
        """``contract``: whether the contract is named. ``day``: as of when the task stands; none: today.

        ``first``: whether it is the one that presses most; its button alone draws the eye.
        Of another day only records can be opened: a step acts on the ledger as it is today.
        """
        super().__init__()
        self._context = context
        self._day = day or context.today()
        self.task = task
        self._first = first
        self._panel: WhyPanel | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 7, 0, 7)
        self._layout.setSpacing(8)
        line = self._whole = QHBoxLayout()
        line.setSpacing(14)
        self._day_box = self._when()
        line.addWidget(self._day_box)
        self._line = QHBoxLayout()
        self._line.setSpacing(6)
        self._line.addWidget(self._what(contract), 1)
        self._line.addWidget(self._ways())
        line.addLayout(self._line, 1)
        self._layout.addLayout(line)

    @property
    def key(self) -> Key:
        """What the row stands for."""
        return self.task.key

    def open(self, on: bool) -> None:
        """Show or put away the grounds."""
        self._why.setChecked(on)

    def minimumSizeHint(self) -> QSize:
        """Its buttons find their place below the text, so they ask for no width of their own."""
        return QSize(em(self, _NARROW) // 2, super().minimumSizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """Asked before the row gets its place: where it is narrow, the buttons go below the text.

        Where it is tight, the day goes above it.
        """
        narrow, tight = width < em(self, _NARROW), width < em(self, _TIGHT)
        for line, down in (
            (self._line, narrow),
            # Below the text there is room for both buttons again.
            (self._steps, narrow and not tight),
            (self._whole, tight),
            (self._day_line, not tight),
        ):
            line.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
        self._whole.setSpacing(4 if tight else 14)
        least, most = (0, _ANY) if tight else (em(self, self._wide),) * 2
        if (self._day_box.minimumWidth(), self._day_box.maximumWidth()) != (least, most):
            self._day_box.setMinimumWidth(least)
            self._day_box.setMaximumWidth(most)
        return super().heightForWidth(width)

    def _when(self) -> QWidget:
        shown = mark(self.task.state)
        chip = label(shown.text, "chip", tone=shown.tone)
        widget = QWidget()
        layout = self._day_line = _column(widget)
        due = self.task.due
        # What has no day leaves its room to the text.
        self._wide = _DATED if due else _UNDATED
        if due is None:
            layout.addLayout(row(chip, None))
        else:
            layout.addLayout(row(chip, label(days_left(due, self._day), "h3"), None, spacing=6))
            layout.addWidget(label(wareki(due), "hint"))
        layout.addStretch(1)
        return widget

    def _what(self, with_contract: bool) -> QWidget:
        widget = QWidget()
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = _column(widget)
        layout.addWidget(Passage(self.task.text, "h3"))
        shown = self.task.differences[:_MOST_DIFFERENCES]
        if shown:
            layout.addWidget(differences_grid(self._context.facts(), shown))
            more = len(self.task.differences) - len(shown)
            if more:
                layout.addWidget(label(f"ほか{more}件の相違があります。", "hint"))
        parts = []
        if with_contract:
            held = self._context.facts().find(Contract, self.task.contract)
            parts.append(named(self._context.facts(), held) if held else "")
        parts.append("、".join(self.task.clauses))
        about = "　".join(filter(None, parts))
        if about:
            layout.addWidget(Passage(about, "sub"))
        planned = self.task.planned
        if planned is not None and planned.counted:
            layout.addWidget(Passage(f"期限の数え方　{planned.counted}", "sub"))
        layout.addStretch(1)
        return widget

    def _ways(self) -> QWidget:
        self._why = button("なぜ", kind="quiet", name=f"なぜ：{self.task.text}")
        self._why.setCheckable(True)
        self._why.toggled.connect(self._toggle)
        kind = "primary" if self._first else ""
        self.step = button(words(self.task), lambda: take(self._context, self.task), kind=kind)
        self.step.setAccessibleName(f"{words(self.task)}：{self.task.text}")
        acts = self._day == self._context.today() or self.task.step.action is Action.OPEN
        column = QWidget()
        outer = _column(column)
        self._steps = row(self._why, self.step, None, spacing=6)
        outer.addLayout(self._steps)
        outer.addStretch(1)
        # Only once they have their place: shown before, they would come up as windows of their own.
        self._why.setVisible(bool(self.task.duties))
        self.step.setVisible(acts and bool(words(self.task)))
        return column

    def _toggle(self, on: bool) -> None:
        if on and self._panel is None:
            self._panel = WhyPanel(self._context, self.task.duties, self.task.differences, self._day)
            self._layout.addWidget(self._panel)
        if self._panel is not None:
            self._panel.setVisible(on)
        self.opened.emit(self.key, on)


def _column(widget: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(3)
    return layout
