"""義務: every duty of the contract; the grounds of the chosen one stand below."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.annexes.kinds import State, kind_label
from app.duties.duty import Action, Duty
from app.records import Contract, Facts
from app.records.spelling.fold import holds, words_of
from app.ui.context import Context
from app.ui.contract.tab import ContractTab
from app.ui.duties.steps import take, words
from app.ui.duties.why import WhyPanel
from app.ui.inputs.base import Combo
from app.ui.parts.live_line import search_line
from app.ui.parts.tables.lines_table import Cell, Column, Line, line
from app.ui.parts.widgets import button, clear, em, label, row
from app.ui.reckoning.assessor import Assessment
from app.work.states import mark, short_day
from app.work.tasks import Task

_WORST = tuple(State)
QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own word for: as high as it likes."""


class DutiesTab(ContractTab):
    """A table by state, and below it the grounds of the chosen row."""

    name = "義務の一覧"
    judged = True
    columns = (
        Column("状態", 6),
        Column("期限", 5),
        Column("義務", 11),
        Column("条項", 9),
        Column("足りないもの・理由", 18, stretch=True),
    )
    nothing = "あてはまる義務はありません。"

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

    def _chosen(self, keys: list[Any]) -> None:
        clear(self._grounds)
        # Until a row is chosen the table has the room: on a low screen it would show two clauses.
        self.area.setMaximumHeight(QWIDGETSIZE_MAX if keys else em(self, 3))
        if not keys:
            self._grounds.addWidget(label("行を選ぶと、判定の根拠がここに表示されます。", "sub"))
        else:
            self._ground(keys[0])
        self._grounds.addStretch(1)

    def open(self, key: Any) -> None:
        """The grounds are already there."""

    def _of(self, wanted: Iterable[Duty]) -> Iterable[QWidget]:
        """The next steps of some duties, and their grounds."""
        held = list(wanted)
        day = self._made.day if self._made else None
        today = day in (None, self.context.today())
        for step in dict.fromkeys(duty.next for duty in held):
            task = Task(self.contract, step, tuple(duty for duty in held if duty.next == step))
            if words(task) and (today or step.action is Action.OPEN):
                press = button(words(task), partial(take, self.context, task), kind="primary")
                widget = QWidget()
                widget.setLayout(row(press, None))
                yield widget
        yield WhyPanel(self.context, held, day=day)

    def build(self) -> None:
        self.state = Combo()
        self.state.setAccessibleName("状態で絞り込む")
        self.state.addItem("すべての状態", None)
        for state in State:
            self.state.addItem(mark(state).text, state)
        self.state.currentIndexChanged.connect(lambda _at: self.refresh(self._made))
        self.search = search_line("義務・条項で絞り込む")
        self.search.setMinimumWidth(em(self, 18))
        self.search.followed.connect(lambda _seen: self.refresh(self._made))
        for widget in (self.state, self.search):
            self.bar.addWidget(widget)
        self._pick = ""
        self._wanted: State | None = None
        self._words: list[str] = []

    @property
    def narrowed(self) -> bool:
        return self._wanted is not None or bool(self._words)

    def widen(self) -> None:
        with QSignalBlocker(self.state), QSignalBlocker(self.search):
            self.state.setCurrentIndex(0)
            self.search.clear()
        self.refresh(self._made)

    def keep(self, state: State | None) -> None:
        """Show only the duties in one state."""
        self.state.setCurrentIndex(max(0, self.state.findData(state)))

    def keep_kind(self, kind: str) -> None:
        """Show only the duties of one kind, with the grounds of the first."""
        self._pick = kind
        self.keep(None)
        self.search.setText(kind_label(kind))
        self.refresh(self._made)

    def showing(self) -> None:
        first = next((one.key for one in self.table.lines.lines if one.key[2] == self._pick), None)
        if self._made is not None and first is not None:
            self._pick = ""
            self.table.select(first)

    def refresh(self, made: Assessment | None) -> None:
        self._made = made
        self._wanted = self.state.currentData()
        self._words = words_of(self.search.seen())
        if made is not None:
            super().refresh(made)

    def lines(self, facts: Facts, held: Contract, made: Assessment | None) -> list[Line]:
        found = sorted(made.of(held.id) if made else (), key=lambda duty: _WORST.index(duty.state))
        lines = [_duty_line(duty) for duty in found if self._wanted in (None, duty.state)]
        return [one for one in lines if holds(self._words, *(cell.text for cell in one.cells))]

    def _ground(self, key: Any) -> None:
        held = [duty for duty in (self._made.of(self.contract) if self._made else ()) if _key(duty) == key]
        for widget in self._of(held):
            self._grounds.addWidget(widget)


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
