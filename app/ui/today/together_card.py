"""まとめて発行できる書類: one line for each act that calls for several papers now."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.records import Contract, Facts
from app.ui.context import Context
from app.ui.parts.widgets import button, label, prose, row
from app.ui.targets import IssueMany
from app.ui.today.passage import Passage
from app.work.batches import BEFORE_START, ON_CHANGE, Due
from app.work.states import named

_FIRST = 2
"""Acts shown one by one: what is overdue stands below and must stay in sight."""


class TogetherCard(QFrame):
    """The acts, each with the button that shows its papers in a list to be issued."""

    def __init__(self, context: Context, facts: Facts, due: Sequence[Due]) -> None:
        super().__init__()
        self._context, self._facts = context, facts
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 10, 18, 10)
        layout.setSpacing(6)
        layout.addLayout(row(label("まとめて発行できる書類", "h2"), 6, label(f"{len(due)}件", "sub"), None))
        for one in due[:_FIRST]:
            layout.addWidget(self._line(one))
        if len(due) > _FIRST:
            rest = f"ほか{len(due) - _FIRST}件は、「書類」の「まとめて発行」で契約を選ぶと表示されます。"
            layout.addWidget(prose(rest, "sub"))

    def _line(self, one: Due) -> QWidget:
        text = sentence(self._facts, one)
        target = IssueMany(BEFORE_START if one.contract else ON_CHANGE, one.contract)
        press = button("まとめて発行", partial(self._context.navigate, target), name=f"まとめて発行：{text}")
        widget = QWidget()
        line = row()
        line.setSpacing(14)
        line.addWidget(Passage(text, "h3"), 1)
        line.addWidget(press)
        widget.setLayout(line)
        return widget


def sentence(facts: Facts, one: Due) -> str:
    """What is due, in one line."""
    if one.contract:
        return f"{named(facts, facts.get(Contract, one.contract))}の着手前の書類{one.papers}件"
    return f"現況と違う届出の変更{one.papers}件"
