"""契約の開始: one line for each contract that is about to begin, in place of all that is due before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.records import Facts
from app.ui.context import Context
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import button, label, row
from app.ui.targets import ShowStart
from app.ui.today.passage import Passage
from app.work.course.starting import Starting
from app.work.course.telling import late_of
from app.work.states import days_left, named


class StartsCard(QFrame):
    """The starts, each with the button that opens its stages."""

    def __init__(
        self, context: Context, facts: Facts, starts: Sequence[Starting], *, first: bool, acts: bool
    ) -> None:
        """``first``: nothing presses more; the button of the first alone draws the eye.

        ``acts``: as of today; the stages of another day are told here alone.
        """
        super().__init__()
        self._acts = acts
        self._context, self._facts = context, facts
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 10, 18, 10)
        layout.setSpacing(6)
        layout.addLayout(row(label("契約の開始", "h2"), 6, label(f"{len(starts)}件", "sub"), None))
        for at, one in enumerate(starts):
            layout.addWidget(self._line(one, first=first and not at))

    def _line(self, one: Starting, *, first: bool) -> QWidget:
        text = f"{named(self._facts, one.contract)}：{one.said}"
        press = button("手順を開く", partial(self._context.navigate, ShowStart(one.contract.id)))
        if first:
            press.setProperty("kind", "primary")
        press.setAccessibleName(f"手順を開く：{text}")
        what = QVBoxLayout()
        what.setSpacing(3)
        what.addWidget(Passage(text, "h3"))
        if late := late_of(one):
            what.addLayout(flow(*late_labels(late)))
        what.addWidget(Passage(next_of(one), "sub"))
        widget = QWidget()
        line = row(spacing=14)
        line.addLayout(what, 1)
        line.addWidget(press)
        widget.setLayout(line)
        press.setVisible(self._acts)
        return widget


def late_labels(late: Sequence[str]) -> list[QLabel]:
    """What is late, in red, and what it is counted as elsewhere: none where nothing is late."""
    chips = [label(f"× {one}", "chip", tone="danger") for one in late[:1]]
    return [*chips, *(label(one, "sub") for one in late[1:])]


def next_of(one: Starting) -> str:
    """What is to be done next, by when, and what else is to be confirmed."""
    stage = one.next
    said = []
    if stage is not None:
        by = f"（{days_left(stage.due, one.day)}）" if stage.due else ""
        said.append(f"次は「{stage.title}」{by}")
    if one.unset:
        said.append(f"ほかに状況を確かめる義務{one.unset:,}件")
    return "　".join(said)
