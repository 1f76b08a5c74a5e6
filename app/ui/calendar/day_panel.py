"""One day of the calendar: what falls due on it, each with the button that does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.counting.closed_days import closed
from app.duties.duty import Action
from app.records import Contract, Facts
from app.ui.context import Context
from app.ui.duties.steps import take, words
from app.ui.homes import home
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.widgets import button, card, clear, label, prose, row
from app.ui.targets import ShowContract, Target
from app.work.calendar_days import Deadline
from app.work.states import days_left, long_day, mark, named

_SATURDAY = 5
_MOST = 20
"""Deadlines shown one by one; the rest is counted."""


class DayPanel(QScrollArea):
    """The list of one day."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._buttons: list[QPushButton] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("選んだ日の期限")
        hold(self, 20)
        inner = QWidget()
        inner.setProperty("role", "page")
        self._content = QVBoxLayout(inner)
        self._content.setContentsMargins(12, 0, 10, 16)
        self._content.setSpacing(8)
        self.setWidget(inner)

    def show_day(self, facts: Facts, day: date, held: Sequence[Deadline], shown_on: date) -> None:
        """Show the deadlines of ``day`` as they stand on ``shown_on``."""
        clear(self._content)
        self._buttons.clear()
        self._content.addWidget(label(long_day(day), "h2"))
        about = " ・ ".join(filter(None, (days_left(day, shown_on) if held else "", _closed(day))))
        if about:
            self._content.addWidget(label(about, "sub"))
        for one in held[:_MOST]:
            self._content.addWidget(self._deadline(facts, one, shown_on))
        if len(held) > _MOST:
            text = f"ほか{len(held) - _MOST}件は、契約で絞り込むと表示されます。"
            self._content.addWidget(prose(text, "sub"))
        if not held:
            self._content.addWidget(prose("この日が期限のものはありません。", "sub"))
        self._content.addStretch(1)

    def focus_first(self) -> None:
        """Put the keyboard on the first button."""
        if self._buttons:
            self._buttons[0].setFocus()

    def _deadline(self, facts: Facts, one: Deadline, shown_on: date) -> QWidget:
        task, shown = one.task, mark(one.state)
        frame, layout = card()
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(5)
        layout.addLayout(row(label(shown.text, "chip", tone=shown.tone), None))
        said = prose(one.text)
        font = said.font()
        font.setBold(True)
        said.setFont(font)
        layout.addWidget(said)
        layout.addWidget(prose(named(facts, facts.get(Contract, task.contract)), "sub"))
        layout.addWidget(prose("、".join(task.clauses), "hint"))
        ways = FlowLayout(spacing=6)
        acts = shown_on == self._context.today() or task.step.action is Action.OPEN
        if acts and words(task):
            step = button(words(task), partial(take, self._context, task), kind="primary")
            step.setAccessibleName(f"{words(task)}：{one.text}")
            ways.addWidget(step)
            self._buttons.append(step)
        kind = task.duties[0].kind if task.duties else ""
        planned = task.planned
        target: Target = ShowContract(task.contract, "duties", kind)
        if planned is not None:
            target = home(planned.record, planned.id)
        opened = button("根拠を見る", partial(self._context.navigate, target), name=f"根拠を見る：{one.text}")
        ways.addWidget(opened)
        self._buttons.append(opened)
        layout.addLayout(ways)
        return frame


def _closed(day: date) -> str:
    """That offices are closed, and why unless the day of the week says it."""
    why = closed(day)
    return f"閉庁日（{why}）" if why and day.weekday() < _SATURDAY else "閉庁日" if why else ""
