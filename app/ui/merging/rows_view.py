"""Every record of the plan; what is asked side by side, and answered for one or for all alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QPushButton, QVBoxLayout, QWidget

from app.exchange.merging.plans import Answer, MergePlan, MergeRow, Outcome
from app.exchange.merging.telling import sides
from app.records import Facts
from app.ui.context import Context
from app.ui.merging import wording
from app.ui.parts.space.flow import FlowLayout, flow
from app.ui.parts.tables.lines_table import Cell, Column, LazyLines, Line, LinesTable, line
from app.ui.parts.widgets import Prose, button

_COLUMNS = (Column("状態", 7), Column("種類", 6), Column("記録", 8), Column("理由", 8, stretch=True))
_SIDES = (Column("項目", 7), Column(wording.HERE, 8), Column(wording.THERE, 8, stretch=True))
_ALL, _ANSWERED = "all", "answered"
_FIRST = "行を選ぶと、両方の台帳の内容をここに並べて表示します。"
_KEYS = "（表では {} キー）"


class MergeRowsView(QWidget):
    """``said(names, answer)``: these rows are answered so."""

    said = Signal(object, object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._plan: MergePlan | None = None
        self._facts: tuple[Facts, Facts] | None = None
        self._shown = ""
        self._next = 0
        """The place in the list at which one goes on after an answer."""
        self.filters: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        bar = FlowLayout(spacing=6)
        for at, name in enumerate((*wording.WORDS, _ANSWERED, _ALL)):
            made = button("", partial(self.narrow, str(name)))
            made.setCheckable(True)
            self._group.addButton(made, at)
            self.filters[str(name)] = made
            bar.addWidget(made)
        self.table = LinesTable(context.look, "統合する記録", _COLUMNS)
        self.table.setSortingEnabled(False)
        self.table.chosen.connect(lambda _keys: self._tell())
        self.detail = Prose(_FIRST, "sub")
        self.sides = LinesTable(context.look, "両方の台帳の内容", _SIDES)
        self.sides.setSortingEnabled(False)
        self.answers = {
            Answer.KEEP: button("この台帳のまま", partial(self._answer, Answer.KEEP)),
            Answer.TAKE: button(wording.TAKES[Outcome.CHANGED], partial(self._answer, Answer.TAKE)),
            Answer.BOTH: button("両方を残す（次の番号を付ける）", partial(self._answer, Answer.BOTH)),
        }
        for key, (answer, made) in zip("123", self.answers.items(), strict=True):
            made.setToolTip(_KEYS.format(key))
            press = QShortcut(QKeySequence(key), self.table)
            press.setContext(Qt.ShortcutContext.WidgetShortcut)
            press.activated.connect(partial(self._by_key, answer))
        self.alike = QCheckBox("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(bar)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.detail)
        layout.addWidget(self.sides, 2)
        layout.addLayout(flow(*self.answers.values(), self.alike))

    def show_plan(self, plan: MergePlan, here: Facts, there: Facts) -> None:
        """Another plan, of these two ledgers."""
        again = self._plan is not None
        self._plan, self._facts = plan, (here, there)
        for name, made in self.filters.items():
            count = len(self._rows(name))
            word = {_ALL: "すべて", _ANSWERED: "回答済み"}.get(name) or wording.WORDS[Outcome(name)][1]
            made.setText(f"{word} {count:,}")
            made.setAccessibleName(f"{word}の{count:,}件を表示")
            made.setVisible(bool(count))
        if not self._rows(self._shown) or not again:
            self._shown = next((name for name in self.filters if self._rows(name)), _ALL)
        self._list()
        if again and self.table.lines.lines:
            self.table.choose_row(min(self._next, len(self.table.lines.lines) - 1))
        elif plan.asked:
            self.table.choose_row(0)

    def clear(self) -> None:
        """Forget the plan."""
        self._plan, self._facts, self._shown, self._next = None, None, "", 0
        self.alike.setChecked(False)

    def narrow(self, name: str) -> None:
        """Show the records of one state; what is merged stays the same."""
        self._shown = name
        self._list()

    def _rows(self, name: str) -> Sequence[MergeRow]:
        if self._plan is None:
            return ()
        if name == _ALL:
            return self._plan.rows
        if name == _ANSWERED:
            return [row for row in self._plan.rows if wording.answered(row)]
        return [row for row in self._plan.rows if str(row.outcome) == name]

    def _list(self) -> None:
        self.filters.get(self._shown, self.filters[_ALL]).setChecked(True)
        # With a row selected it would be looked for in all of the others, which are made one by one.
        self.table.clearSelection()
        self.table.show_lines(LazyLines(list(self._rows(self._shown)), _line))
        self._tell()

    @property
    def chosen(self) -> MergeRow | None:
        """The row that is looked at."""
        return next(iter(self.table.selected()), None)

    def _tell(self) -> None:
        row, facts = self.chosen, self._facts
        self._say_answers(row)
        if row is None or facts is None:
            self.detail.say(_FIRST)
            self.sides.show_lines(())
            return
        self.detail.say(f"{wording.label_of(row)}　{row.key}　{wording.why(row)}".rstrip())
        told = () if row.outcome is Outcome.SAME else sides(row, *facts)
        self.sides.show_lines([line(one.label, one.label, one.here, one.there) for one in told])

    def _say_answers(self, row: MergeRow | None) -> None:
        for answer, made in self.answers.items():
            made.setEnabled(row is not None and wording.may(row, answer))
        take = wording.TAKES.get(row.taken if row else None, wording.TAKES[Outcome.CHANGED])
        self.answers[Answer.TAKE].setText(take)
        self.answers[Answer.TAKE].setAccessibleName(take)
        count = len(self._alike(row)) if row is not None else 0
        said = f"同じ種類・同じ理由の{count:,}件すべてに" if count > 1 else "同じ種類・同じ理由のすべてに"
        self.alike.setText(said)
        self.alike.setAccessibleName(said)
        self.alike.setEnabled(count > 1)

    def _alike(self, row: MergeRow) -> Mapping[str, MergeRow]:
        """The rows that wait for an answer and may be answered with this one, and itself."""
        asked = self._plan.asked if self._plan is not None else ()
        return {one.name: one for one in (row, *asked) if wording.alike(row, one)}

    def _by_key(self, answer: Answer) -> None:
        if self.answers[answer].isEnabled():
            self._answer(answer)

    def _answer(self, answer: Answer) -> None:
        row = self.chosen
        if row is None or not wording.may(row, answer):
            return
        self._next = max(0, self.table.currentIndex().row())
        names = frozenset(self._alike(row)) if self.alike.isChecked() else frozenset({row.name})
        self.table.setFocus()
        self.said.emit(names, answer)


def _line(row: MergeRow) -> Line:
    sign, word, tone = wording.WORDS[row.outcome]
    state = Cell(f"{sign} {word}".strip(), word, tone)
    return line(row, state, wording.label_of(row), row.key, wording.why(row))
