"""条項: every clause of the annexes at the left; at the right what it asks, where it stands, its own text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.annexes.clause import Clause
from app.annexes.kinds import When, kind_label
from app.annexes.overrides import asks_of, settings_of
from app.annexes.reading.review.wording import clause_words
from app.duties.duty import Action, Duty
from app.records import Contract, Facts
from app.ui.clauses.list import ClauseList, Entry
from app.ui.context import Context
from app.ui.contract.tab import ContractTab
from app.ui.contract.tab_clauses_text import OwnText
from app.ui.duties.steps import take, words
from app.ui.duties.why import WhyPanel
from app.ui.overrides.button import setting_button
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.space.parted import Parted
from app.ui.parts.tables.lines_table import Line
from app.ui.parts.widgets import button, clear, label, prose
from app.ui.reckoning.assessor import Assessment
from app.work.asks_words import asks_words, own_words
from app.work.tasks import Task

_ONLY_READ = "参考の条項です。この条項には、することはありません。"
_KEPT = "守る必要がある条項ですが、台帳の記録で示すものはありません。"


class ClausesTab(ContractTab):
    """List and grounds beside each other."""

    name = "条項の一覧"
    judged = True
    shows = frozenset({"contract", "clause_text"})
    nothing = "契約に特記事項が登録されていません。契約を変更して特記事項を選んでください。"

    def __init__(self, context: Context, contract: int) -> None:
        super().__init__(context, contract)
        self._day = context.today()
        self._shown: Entry | None = None
        self.clauses = ClauseList(context.look)
        hold(self.clauses, 14)
        self.clauses.chosen.connect(self._choose)
        self._told = QVBoxLayout()
        self._told.setSpacing(8)
        self.own = OwnText(context, contract)
        inner = QWidget()
        inner.setProperty("role", "page")
        beside = QVBoxLayout(inner)
        beside.setContentsMargins(12, 0, 10, 10)
        beside.setSpacing(12)
        beside.addLayout(self._told)
        beside.addWidget(self.own)
        beside.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName("選んだ条項")
        self.area.setWidget(inner)
        self._split = Parted(self.clauses, self.area, (2, 3))
        self.layout_.removeWidget(self._stack)
        self.layout_.addWidget(self._split, 1)
        self.layout_.addWidget(self._stack, 1)
        self._stack.hide()

    def lines(self, facts: Facts, held: Contract, made: Assessment | None) -> list[Line]:
        return []

    def refresh(self, made: Assessment | None) -> None:
        """Reckon the entries anew in the worker and show them."""
        self._day = made.day if made else self.context.today()
        context, contract = self.context, self.contract

        def work(_progress: object) -> list[Entry]:
            facts = context.facts()
            held = facts.find(Contract, contract)
            return list(entries(context, facts, held, made)) if held else []

        context.operations.run(work, self._show, owner=self, key=f"clauses:{contract}")

    def save(self) -> bool:
        return self.own.save()

    def can_leave(self) -> bool:
        return self.own.can_leave()

    def _show(self, found: Sequence[Entry]) -> None:
        self._split.setVisible(bool(found))
        self._stack.setVisible(not found)
        self._stack.setCurrentIndex(1)
        self.clauses.show_entries(found)
        entry = self.clauses.entry
        if entry is not None:
            self._choose(entry)

    def _choose(self, entry: Entry) -> None:
        other = self._shown is None or self._shown.key != entry.key
        if entry != self._shown:
            self._shown = entry
            self._tell(entry)
        # Also for the same clause: its text may have been changed or taken back elsewhere.
        self.own.show_clause(entry.key)
        if other:
            self.area.verticalScrollBar().setValue(0)

    def _tell(self, entry: Entry) -> None:
        clear(self._told)
        clause = entry.clause
        if clause is None:
            return
        annex = self.context.catalogue.find(clause.annex, clause.version)
        self._told.addWidget(prose(f"{clause.number}　{clause.heading}", "h2"))
        self._told.addWidget(prose(annex.title if annex else clause.annex, "hint"))
        self._told.addWidget(prose(clause.summary))
        if entry.duties:
            self._told.addLayout(self._steps(entry.duties))
            self._told.addWidget(WhyPanel(self.context, entry.duties, day=self._day, clause=False))
            return
        self._told.addWidget(prose(_ONLY_READ if entry.info else _KEPT, "sub"))
        for kind in clause.kinds:
            self._told.addWidget(self._asked(clause, kind))

    def _steps(self, duties: Sequence[Duty]) -> FlowLayout:
        """The button of each next step, and the one for what the contract sets by itself."""
        steps = FlowLayout(spacing=6)
        today = self._day == self.context.today()
        for step in dict.fromkeys(duty.next for duty in duties):
            task = Task(self.contract, step, tuple(duty for duty in duties if duty.next == step))
            if words(task) and (today or step.action is Action.OPEN):
                steps.addWidget(button(words(task), partial(take, self.context, task), kind="primary"))
        steps.addWidget(setting_button(self.context, self.contract, duties[0].clause, self._day))
        return steps

    def _asked(self, clause: Clause, kind: str) -> QWidget:
        """What a clause without a duty says of a kind, for reading."""
        held = self.context.facts().find(Contract, self.contract)
        asks = asks_of(held, clause, kind) if held else clause.asks(kind)
        moments = "、".join(When(moment).label for moment in clause.when)
        widget = QFrame()
        widget.setProperty("role", "rowbox")
        grid = QGridLayout(widget)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(kind_label(kind), "h3"), 0, 0, 1, 2)
        for at, (name, text) in enumerate((("求められる時", moments), *asks_words(asks)), 1):
            grid.addWidget(label(name, "sub"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(prose(text), at, 1)
        return widget


def entries(context: Context, facts: Facts, held: Contract, made: Assessment | None) -> Iterator[Entry]:
    """Every clause of the contract's annexes, in their order, under the title of its annex."""
    found: dict[tuple[str, str], list[Duty]] = {}
    for duty in made.of(held.id) if made else ():
        found.setdefault((duty.annex, duty.clause.key), []).append(duty)
    for one in held.annexes:
        annex = context.catalogue.find(one.annex, one.version)
        if annex is None:
            continue
        yield Entry(annex.title)
        copied = clause_words(facts, held.id, annex.key, annex.version)
        for clause in annex.clauses:
            duties = tuple(found.get((clause.annex, clause.key), ()))
            own = own_words(settings_of(held, clause))
            yield Entry(clause.heading, clause, duties, clause.number in copied, own)
