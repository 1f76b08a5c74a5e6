"""指摘と改善: what an audit found, who puts it right by when, whether it was answered, whether it worked."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.records import Audit, Improvement
from app.ui.context import Context
from app.ui.homes import home
from app.ui.parts.link import Link
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import button, clear, label, prose
from app.ui.targets import DoAct
from app.work.acts.audits.answering import ANSWER_FINDING, FIND
from app.work.acts.audits.filled import IMPROVE
from app.work.desks import audit as desk
from app.work.desks import audit_words as say


class AuditFindings(QWidget):
    """The findings of one audit, each with its answer and its improvements."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label("指摘と改善", "h2"))
        layout.addLayout(self._lines)

    def show_audit(self, audit: Audit) -> None:
        """Show them as they stand now."""
        clear(self._lines)
        facts, locked = self._context.facts(), self._context.ledger.read_only
        held = desk.answers(facts, audit)
        for one in held:
            self._lines.addWidget(prose(say.finding(one), "h3"))
            answered = say.answer(one)
            self._lines.addWidget(prose(answered or say.NO_ANSWER, "" if answered else "error"))
            for improvement in one.improvements:
                self._improvement(improvement, locked=locked)
            if not one.improvements:
                self._lines.addWidget(prose(say.NO_IMPROVEMENT, "sub"))
        for improvement in desk.loose(facts, audit):
            self._improvement(improvement, locked=locked)
        if not held:
            self._lines.addWidget(prose(say.NO_FINDING, "sub"))
        if not locked:
            self._lines.addLayout(flow(*self._ways(audit)))

    def _ways(self, audit: Audit) -> list[QWidget]:
        ways: list[QWidget] = [self._go("指摘を受けた…", FIND.name, audit.id)]
        if any(row.answered_on is None for row in audit.findings):
            ways.append(self._go("指摘への回答を記録…", ANSWER_FINDING.name, audit.id))
        return ways

    def _improvement(self, one: Improvement, *, locked: bool) -> None:
        context = self._context
        target = home(one.spec.name, one.id)
        self._lines.addWidget(Link(context.look, say.improvement(one), partial(context.navigate, target)))
        self._lines.addWidget(prose(say.owed(context.facts(), one, context.today()), "sub"))
        if not locked and one.effect_on is None:
            self._lines.addLayout(flow(self._go("実施・効果を記録…", IMPROVE.name, one.id)))

    def _go(self, text: str, act: str, about: int) -> QWidget:
        return button(text, partial(self._context.navigate, DoAct(act, (about,))))
