"""How the duties of a clause would stand if the contract set other values: reckoned, nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.annexes.clause import Clause
from app.annexes.kinds import State, kind_label
from app.annexes.overrides import settings_of
from app.duties.duty import Duty
from app.duties.engine import duties
from app.duties.verdict import counted
from app.duties.whatif.settable import Example, examples
from app.records import Contract
from app.records.days import wareki
from app.ui.context import Context
from app.ui.parts.widgets import clear, label, prose, row
from app.work.states import mark


@dataclass(frozen=True, slots=True)
class Changed:
    """A duty as it would stand, and as it stands now; none where it is no duty now."""

    duty: Duty
    before: Duty | None
    examples: tuple[Example, ...]
    """How its deadlines are counted from ``day``, told where no record sets one."""
    day: date


def reckon(context: Context, contract: Contract, clause: Clause, day: date) -> list[Changed]:
    """The duties of ``clause`` with ``contract`` in place of what the ledger has, and as they are."""
    facts, catalogue, forms = context.facts(), context.catalogue, context.forms
    then = duties(facts.replaced((contract,)), catalogue, forms, day, contract.id)
    now = duties(facts, catalogue, forms, day, contract.id)
    own = settings_of(contract, clause)
    held = {(one.annex, one.clause.key, one.kind): one for one in now}
    return [
        Changed(
            one,
            held.get((one.annex, one.clause.key, one.kind)),
            examples(clause, one.kind, own, day) if one.state is not State.NOT_APPLICABLE else (),
            day,
        )
        for one in then
        if (one.annex, one.clause.key) == (clause.annex, clause.key)
    ]


class SettingPreview(QScrollArea):
    """Each duty of the clause with its deadline and how it is counted."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("この定めによる期限")
        inner = QFrame()
        inner.setProperty("role", "rowbox")
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(16, 12, 16, 14)
        outer.setSpacing(8)
        outer.addWidget(label("この定めによる期限", "h3"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        outer.addLayout(self._lines)
        outer.addStretch(1)
        self.setWidget(inner)

    def show_changes(self, found: Sequence[Changed]) -> None:
        """Show how the duties would stand."""
        clear(self._lines)
        for one in found:
            for widget in _lines(one):
                self._lines.addWidget(widget)

    def say(self, text: str) -> None:
        """Show a sentence in place of the duties."""
        clear(self._lines)
        self._lines.addWidget(prose(text, "sub"))


def _lines(one: Changed) -> list[QWidget]:
    duty = one.duty
    shown = mark(duty.state)
    head = QWidget()
    head.setLayout(row(label(shown.text, "chip", tone=shown.tone), label(kind_label(duty.kind), "h3"), None))
    lines: list[QWidget] = [head]
    day, before = _day(duty), _day(one.before) if one.before else None
    if day is None:
        return [*lines, prose(duty.why, "sub"), *(prose(_example(one.day, told)) for told in one.examples)]
    was = f"{wareki(before)}　→　" if before is not None and before != day else ""
    name = "期限" if duty.due else "次の期限"
    lines.append(prose(f"{name}　{was}{wareki(day)}{'（変わりません）' if day == before else ''}"))
    if duty.counted:
        lines.append(prose(f"期限の数え方　{duty.counted}", "sub"))
    return lines


def _example(day: date, told: Example) -> str:
    name = "続く報告の期限" if told.second else "期限"
    start = "に始めるとき" if told.before else "から数えるとき"
    return f"（例）{wareki(day)}{start}の{name}　{wareki(told.deadline.day)}\n{counted(told.deadline)}"


def _day(duty: Duty) -> date | None:
    return duty.due or duty.again
