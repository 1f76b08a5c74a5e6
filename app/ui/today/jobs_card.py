"""まとめて済ませられる作業: one line for each job that several contracts share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.annexes.kinds import kind_label
from app.records import SPECS, Contract, Facts
from app.ui.context import Context
from app.ui.homes import begin
from app.ui.parts.elide import Eliding
from app.ui.parts.widgets import button, label, row
from app.ui.today.passage import Passage
from app.work.jobs import Job
from app.work.states import named

_WIDE = ("check", "rule")
"""Record types that serve several kinds of duty: the kind is named beside them."""
_THINGS = ("device", "system")
_FIRST = 2
"""Jobs shown at first: what is overdue stands below and must stay in sight."""


class JobsCard(QFrame):
    """The jobs, each with the button that begins it."""

    def __init__(self, context: Context, facts: Facts, jobs: Sequence[Job]) -> None:
        super().__init__()
        self._context = context
        self._facts = facts
        self.setProperty("role", "card")
        layout = self._lines = QVBoxLayout(self)
        layout.setContentsMargins(18, 10, 18, 10)
        layout.setSpacing(6)
        count = label(f"{len(jobs)}件", "sub")
        head = row(label("まとめて済ませられる作業", "h2"), 6, count, None)
        layout.addLayout(head)
        for job in jobs[:_FIRST]:
            layout.addWidget(self._line(job))
        if len(jobs) > _FIRST:
            more = button(
                f"ほか{len(jobs) - _FIRST}件を表示", kind="quiet", name="まとめて済ませられる作業をすべて表示"
            )
            more.clicked.connect(lambda: self._show_rest(more, jobs[_FIRST:]))
            head.addWidget(more)

    def _show_rest(self, more: QPushButton, jobs: Sequence[Job]) -> None:
        more.hide()
        for job in jobs:
            line = self._line(job)
            self._lines.addWidget(line)
            line.show()

    def _line(self, job: Job) -> QWidget:
        text = QVBoxLayout()
        text.setSpacing(1)
        text.addWidget(Passage(sentence(job), "h3"))
        about = Eliding("sub", Qt.TextElideMode.ElideRight)
        about.say("　".join(filter(None, (self._about(job), self._contracts(job)))))
        text.addWidget(about)
        begin = button(words(job), partial(start, self._context, job))
        begin.setAccessibleName(f"{words(job)}：{sentence(job)}")
        widget = QWidget()
        line = row()
        line.setSpacing(14)
        line.addLayout(text, 1)
        line.addWidget(begin)
        widget.setLayout(line)
        return widget

    def _contracts(self, job: Job) -> str:
        return "、".join(named(self._facts, self._facts.get(Contract, one)) for one in job.contracts)

    def _about(self, job: Job) -> str:
        """What is taught, or the thing that the contracts share."""
        if job.texts:
            return f"内容：{'、'.join(job.texts)}"
        shared = (self._facts.named(name, value) for name, value in job.given if name in _THINGS)
        return "、".join(self._facts.title(one) for one in shared if one)


def sentence(job: Job) -> str:
    """What the job does, in one line."""
    name = SPECS[job.record].label
    count = f"{len(job.contracts)}件の契約"
    if job.entries:
        return f"{name}をまとめて行うと、{count}の{len(job.entries)}件を一度に記録できます"
    # What is held may still have to be reported: the job does not promise more than itself.
    done, settled = ("1件登録する", "そろいます") if job.record == "rule" else ("1回行う", "済みます")
    what = f"（{kind_label(job.duties[0].kind)}）" if job.record in _WIDE else ""
    return f"{name}{what}を{done}と、{count}の{name}が{settled}"


def words(job: Job) -> str:
    """What stands on the button."""
    return f"{SPECS[job.record].label}をまとめて登録" if job.entries else f"{SPECS[job.record].label}を登録"


def start(context: Context, job: Job) -> None:
    """Open the editor with everything the contracts share, or ask for a round."""
    if job.entries:
        from app.ui.today.jobs_round import record_round

        record_round(context, job)
    else:
        begin(context, job.record, given=dict(job.given))
