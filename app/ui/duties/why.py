"""Why something is due: what the clause asks, how the day is reckoned, what is there and what is not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.annexes.kinds import When, kind_label
from app.annexes.overrides import asks_of, settings_of
from app.duties.duty import Duty, Evidence, Gap, Remark
from app.duties.papers.drift import Difference
from app.duties.verdict import assumed
from app.records import SPECS, Contract
from app.records.days import wareki
from app.ui.context import Context
from app.ui.homes import home, place
from app.ui.overrides.button import setting_button
from app.ui.papers.differences import differences_grid
from app.ui.parts.link import Link
from app.ui.parts.widgets import label, prose, row
from app.ui.targets import Target
from app.work.asks_words import asks_words, own_words
from app.work.states import days_left, mark

_MOST = 12
"""Records named one by one; the rest is counted."""


class WhyPanel(QFrame):
    """The grounds of some duties, one below the other."""

    def __init__(
        self,
        context: Context,
        duties: Iterable[Duty],
        differences: Iterable[Difference] = (),
        day: date | None = None,
        *,
        clause: bool = True,
    ) -> None:
        """``day``: the day for which the duties were reckoned; none: today.

        ``clause``: whether the clause itself is told; not where it stands beside the panel already.
        """
        super().__init__()
        self._context = context
        self._day = day or context.today()
        self._with_clause = clause
        self._offered: set[tuple[int, str, str]] = set()
        self.setProperty("role", "rowbox")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 12, 16, 14)
        self._layout.setSpacing(8)
        told = tuple(differences)
        if told:
            self._layout.addWidget(label("届け出た内容と現況", "h3"))
            self._layout.addWidget(differences_grid(context.facts(), told))
        for at, duty in enumerate(duties):
            if at or told:
                self._layout.addWidget(_rule())
            self._add(duty)

    def _add(self, duty: Duty) -> None:
        clause = duty.clause
        shown = mark(duty.state)
        annex = self._context.catalogue.annex(duty.annex, clause.version)
        chip = label(shown.text, "chip", tone=shown.tone)
        if self._with_clause:
            heading = label(f"{clause.number}　{clause.heading}", "h3")
            heading.setToolTip(annex.cite(clause))
            self._layout.addLayout(row(heading, chip, label(kind_label(duty.kind), "sub"), None))
            self._layout.addWidget(label(annex.title, "hint"))
            self._layout.addWidget(prose(clause.summary))
        else:
            self._layout.addLayout(row(label(kind_label(duty.kind), "h3"), chip, None))
        self._layout.addWidget(_named(self._asked(duty)))
        self._layout.addWidget(label("判定の理由", "h3"))
        self._layout.addWidget(prose(duty.why))
        if duty.due:
            left = days_left(duty.due, self._day)
            day = wareki(self._day)
            asked = f"きょう（{day}）" if self._day == self._context.today() else day
            self._layout.addWidget(prose(f"期限 {wareki(duty.due)}　→　{asked}の時点で{left}", "sub"))
            self._count(duty)
        if duty.again:
            how = f"（{duty.counted}）" if duty.counted else ""
            self._layout.addWidget(prose(f"次は{wareki(duty.again)}まで{how}", "sub"))
        self._set(duty)
        if duty.missing:
            self._layout.addWidget(label("足りないもの", "h3"))
            self._links([self._gap(gap, duty.contract) for gap in duty.missing[:_MOST]], len(duty.missing))
        if duty.remarks:
            self._layout.addWidget(label("過去の遅れ・不備（済んだもの）", "h3"))
            self._links([self._remark(one) for one in duty.remarks[:_MOST]], len(duty.remarks))
        if duty.evidence:
            self._layout.addWidget(label("根拠となる記録", "h3"))
            self._links([self._evidence(held) for held in duty.evidence[:_MOST]], len(duty.evidence))

    def _count(self, duty: Duty) -> None:
        """How the deadline was counted."""
        if duty.counted:
            self._layout.addWidget(prose(f"期限の数え方　{duty.counted}", "sub"))

    def _set(self, duty: Duty) -> None:
        """Where the contract sets its own value for an assumed one, or changes what it has set."""
        contract = self._context.facts().find(Contract, duty.contract)
        place = (duty.contract, duty.annex, duty.clause.key)
        if contract is None or not self._with_clause or place in self._offered:
            return
        open_ = assumed(duty.counted) or asks_of(contract, duty.clause, duty.kind).assumed
        if open_ or settings_of(contract, duty.clause):
            self._offered.add(place)
            press = setting_button(self._context, contract.id, duty.clause, self._day)
            self._layout.addLayout(row(press, None))

    def _asked(self, duty: Duty) -> list[tuple[str, str]]:
        contract = self._context.facts().find(Contract, duty.contract)
        asks = asks_of(contract, duty.clause, duty.kind) if contract else duty.clause.asks(duty.kind)
        moments = "、".join(When(moment).label for moment in duty.clause.when)
        own = own_words(settings_of(contract, duty.clause)) if contract else ""
        told = [("求められる時", moments), *asks_words(asks)]
        return [*told, ("この契約の定め", own)] if own else told

    def _links(self, links: list[QWidget], count: int) -> None:
        for link in links:
            line = row(12, link)
            line.setStretch(1, 1)
            self._layout.addLayout(line)
        if count > _MOST:
            self._layout.addWidget(label(f"　ほか{count - _MOST}件", "sub"))

    def _gap(self, gap: Gap, contract: int) -> QWidget:
        until = f"（{wareki(gap.due)}まで）" if gap.due else ""
        text = f"{gap.text}{until}"
        target = place(gap.record, gap.id, contract) if gap.record in SPECS else None
        return prose(text) if target is None else self._link(text, target)

    def _evidence(self, held: Evidence) -> QWidget:
        on = f"　{wareki(held.on)}" if held.on else ""
        facts = self._context.facts()
        record = facts.named(held.record, held.id)
        title = facts.title(record) if record else held.key
        return self._link(f"{SPECS[held.record].label}「{title}」{on}", home(held.record, held.id))

    def _remark(self, one: Remark) -> QWidget:
        if one.record not in SPECS or not one.id:
            return prose(one.text)
        gone = self._context.facts().named(one.record, one.id) is None
        return self._link(one.text, home(one.record, one.id, retired=gone))

    def _link(self, text: str, target: Target) -> QWidget:
        return Link(self._context.look, text, lambda: self._context.navigate(target))


def _named(pairs: list[tuple[str, str]]) -> QWidget:
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(12, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    for at, (name, text) in enumerate(pairs):
        grid.addWidget(label(name, "sub"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(prose(text), at, 1, Qt.AlignmentFlag.AlignTop)
    return widget


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("role", "rule")
    return line
