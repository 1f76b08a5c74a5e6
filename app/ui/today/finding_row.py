"""One thing that does not fit together, as a row: how bad, what, where, and the button that mends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.duties.duty import Action
from app.duties.finding import Finding, Severity
from app.records import Contract
from app.ui.context import Context
from app.ui.duties.steps import take, words
from app.ui.parts.elide import Eliding
from app.ui.parts.space.ems import hold
from app.ui.parts.widgets import button, label, row
from app.ui.today.passage import Passage
from app.work.states import Mark, named
from app.work.tasks import Task

_SIGNS: Mapping[Severity, tuple[str, str]] = MappingProxyType(
    {Severity.VIOLATION: ("×", "danger"), Severity.WARNING: ("△", "warn"), Severity.REMARK: ("？", "info")}
)


def severity_mark(severity: Severity) -> Mark:
    """How a severity is shown."""
    sign, tone = _SIGNS[severity]
    return Mark(str(severity), sign, tone)


def counted(findings: Sequence[Finding]) -> list[QWidget]:
    """A chip with the number for each severity that occurs, worst first."""
    counts = Counter(one.severity for one in findings)
    marks = [(severity_mark(one), counts[one]) for one in Severity if counts[one]]
    return [label(f"{shown.text} {count:,}", "chip", tone=shown.tone) for shown, count in marks]


class FindingRow(QFrame):
    """A finding. ``contract``: whether its contract is named. ``day``: as of when it was found."""

    def __init__(self, context: Context, finding: Finding, *, contract: bool, day: date) -> None:
        super().__init__()
        self.finding = finding
        task = Task(finding.contract, finding.next)
        shown = severity_mark(finding.severity)
        chip = QWidget()
        hold(chip, 6, 6)
        chip.setLayout(row(label(shown.text, "chip", tone=shown.tone), None))
        text = QVBoxLayout()
        text.setSpacing(1)
        # Between stretches: a single line stands at the height of the chip and the button beside it.
        text.addStretch(1)
        text.addWidget(Passage(finding.text))
        about = Eliding("sub")
        about.say(self._where(context, contract=contract))
        text.addWidget(about)
        text.addStretch(1)
        self.step = button(words(task), lambda: take(context, task))
        self.step.setAccessibleName(f"{words(task)}：{finding.text}")
        # A step acts on the ledger as it is today; of another day records can only be opened.
        acts = day == context.today() or finding.next.action is Action.OPEN
        line = row(chip)
        line.setSpacing(14)
        line.setContentsMargins(0, 5, 0, 5)
        line.addLayout(text, 1)
        line.addWidget(self.step)
        self.setLayout(line)
        self.step.setVisible(acts and bool(words(task)))
        about.setVisible(bool(about.text()))

    def _where(self, context: Context, *, contract: bool) -> str:
        held = context.facts().find(Contract, self.finding.contract) if contract else None
        return "　".join(filter(None, (named(context.facts(), held) if held else "", self.finding.clause)))
