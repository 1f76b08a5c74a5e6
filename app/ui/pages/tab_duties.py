"""The tabs on what the annexes ask: clause by clause, and duty by duty; the grounds stand below."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.duties.catalogue import Clause
from app.duties.duty import Duty
from app.duties.kinds import State, When, kind_label
from app.ledger.fold import fold
from app.records import Contract, Facts
from app.ui.context import Context
from app.ui.inputs.base import Combo
from app.ui.pages.assessment import Assessment
from app.ui.pages.contract_tab import ContractTab
from app.ui.pages.states import mark, short_day
from app.ui.pages.steps import take, words
from app.ui.pages.table import Cell, Column, Line, line
from app.ui.pages.tasks import Task
from app.ui.pages.why import WhyPanel
from app.ui.widgets import button, clear, em, label, prose, row

_WORST = tuple(State)
QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own word for: as high as it likes."""


class _Grounded(ContractTab):
    """A table above, and below it the grounds of the chosen row."""

    def __init__(self, context: Context, contract: int) -> None:
        self._made: Assessment | None = None
        super().__init__(context, contract)
        self._grounds = QVBoxLayout()
        self._grounds.setContentsMargins(0, 0, 8, 8)
        inner = QWidget()
        inner.setProperty("role", "page")
        inner.setLayout(self._grounds)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName("選んだ行の根拠")
        self.area.setWidget(inner)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        self.layout_.removeWidget(self._stack)
        split.addWidget(self._stack)
        split.addWidget(self.area)
        split.setSizes([5000, 5000])
        self.layout_.addWidget(split, 1)
        self.table.chosen.connect(self._chosen)
        self._chosen([])

    def refresh(self, made: Assessment | None) -> None:
        self._made = made
        super().refresh(made)

    def _chosen(self, keys: list[Any]) -> None:
        clear(self._grounds)
        # Until a row is chosen the table has the room: on a low screen it would show two clauses.
        self.area.setMaximumHeight(QWIDGETSIZE_MAX if keys else em(self, 3))
        if not keys:
            self._grounds.addWidget(label("行を選ぶと、条項の内容と判定の根拠がここに表示されます。", "sub"))
        else:
            self.ground(keys[0], self._grounds)
        self._grounds.addStretch(1)

    @abstractmethod
    def ground(self, key: Any, into: QVBoxLayout) -> None:
        """Tell the grounds of a row."""

    def open(self, key: Any) -> None:
        """The grounds are already there."""

    def of(self, wanted: Iterable[Duty]) -> Iterable[QWidget]:
        """The next steps of some duties, and their grounds."""
        held = list(wanted)
        for step in dict.fromkeys(duty.next for duty in held):
            task = Task(self.contract, step, tuple(duty for duty in held if duty.next == step))
            if words(task):
                press = button(words(task), partial(take, self.context, task), kind="primary")
                widget = QWidget()
                widget.setLayout(row(press, None))
                yield widget
        yield WhyPanel(self.context, held)


class ClausesTab(_Grounded):
    """Every clause of the annexes, in their order, with where it stands."""

    name = "条項の一覧"
    columns = (
        Column("条項", 9),
        Column("見出し", 9),
        Column("内容", 18, stretch=True),
        Column("時期", 7),
        Column("状態", 6),
    )
    nothing = "契約に特記事項が登録されていません。契約を編集して特記事項を選んでください。"

    def lines(self, facts: Facts, held: Contract, made: Assessment | None) -> list[Line]:
        found: dict[tuple[str, str], list[Duty]] = {}
        for duty in made.of(held.id) if made else ():
            found.setdefault((duty.annex, duty.clause.key), []).append(duty)
        known = {annex.key: annex for annex in self.context.catalogue.annexes}
        return [
            _clause_line(clause, found.get((clause.annex, clause.key), []))
            for one in held.annexes
            if one.annex in known
            for clause in known[one.annex].clauses
        ]

    def ground(self, key: Any, into: QVBoxLayout) -> None:
        annex, number = key
        clause = self.context.catalogue.annex(annex).clause(number)
        held = [duty for duty in self._duties() if (duty.annex, duty.clause.key) == (annex, clause.key)]
        if held:
            for widget in self.of(held):
                into.addWidget(widget)
            return
        into.addWidget(label(f"{clause.number}　{clause.heading}", "h3"))
        into.addWidget(prose(clause.summary))
        into.addWidget(prose("この条項には、することはありません。読んでおく条項です。", "sub"))

    def _duties(self) -> tuple[Duty, ...]:
        return self._made.of(self.contract) if self._made else ()


def _clause_line(clause: Clause, held: list[Duty]) -> Line:
    moments = "、".join(When(moment).label for moment in clause.when)
    if held:
        worst = min((duty.state for duty in held), key=_WORST.index)
        shown = mark(worst)
        state = Cell(shown.text, _WORST.index(worst), shown.tone)
    else:
        state = Cell("－ 参考", len(_WORST), "muted")
    return line((clause.annex, clause.number), clause.number, clause.heading, clause.summary, moments, state)


class DutiesTab(_Grounded):
    """Every duty of the contract, by state."""

    name = "義務の一覧"
    columns = (
        Column("状態", 6),
        Column("期限", 5),
        Column("義務", 11),
        Column("条項", 9),
        Column("足りないもの・理由", 18, stretch=True),
    )
    nothing = "あてはまる義務はありません。"

    def build(self) -> None:
        self.state = Combo()
        self.state.setAccessibleName("状態で絞り込む")
        self.state.addItem("すべての状態", None)
        for state in State:
            self.state.addItem(mark(state).text, state)
        self.state.currentIndexChanged.connect(lambda _at: self.refresh(self._made))
        self.search = QLineEdit()
        self.search.setAccessibleName("義務・条項で絞り込む")
        self.search.setPlaceholderText("義務・条項で絞り込む")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(em(self, 18))
        self.search.textChanged.connect(lambda _text: self.refresh(self._made))
        for widget in (self.state, self.search):
            self.bar.addWidget(widget)
        self._wanted: State | None = None
        self._words: list[str] = []

    def keep(self, state: State | None) -> None:
        """Show only the duties in one state."""
        self.state.setCurrentIndex(max(0, self.state.findData(state)))

    def refresh(self, made: Assessment | None) -> None:
        self._wanted = self.state.currentData()
        self._words = fold(self.search.text()).split()
        super().refresh(made)

    def lines(self, facts: Facts, held: Contract, made: Assessment | None) -> list[Line]:
        found = sorted(made.of(held.id) if made else (), key=lambda duty: _WORST.index(duty.state))
        lines = [_duty_line(duty) for duty in found if self._wanted in (None, duty.state)]
        return [
            one
            for one in lines
            if all(word in fold(" ".join(cell.text for cell in one.cells)) for word in self._words)
        ]

    def ground(self, key: Any, into: QVBoxLayout) -> None:
        held = [duty for duty in (self._made.of(self.contract) if self._made else ()) if _key(duty) == key]
        for widget in self.of(held):
            into.addWidget(widget)


def _key(duty: Duty) -> tuple[str, str, str]:
    return (duty.annex, duty.clause.number, duty.kind)


def _duty_line(duty: Duty) -> Line:
    shown = mark(duty.state)
    said = duty.missing[0].text if duty.missing else duty.why.partition("：")[2] or duty.why
    more = f"（ほか{len(duty.missing) - 1}件）" if len(duty.missing) > 1 else ""
    return line(
        _key(duty),
        Cell(shown.text, _WORST.index(duty.state), shown.tone),
        Cell(short_day(duty.due), duty.due),
        kind_label(duty.kind),
        duty.clause.number,
        said + more,
    )
