"""取り込む内容: of every filled row what becomes of it, and the whole of the row that is chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from app.exchange.mending.questions import Questions
from app.exchange.mending.rest import HINDERS
from app.exchange.tables.planned import PlannedLine, Status, TablePlan
from app.exchange.tables.telling import without_commands
from app.ui.context import Context
from app.ui.importing import wording
from app.ui.importing.answer_box import AnswerBox
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.tables.lines_table import Cell, Column, LazyLines, Line, LinesTable, line
from app.ui.parts.widgets import Prose, button

_COLUMNS = (
    Column("行", 3, right=True),
    Column("状態", 5),
    Column("記録", 7),
    Column("内容", 7),
    Column("理由と対処", 8, stretch=True),
)
_TOLD = 8
"""Sentences about the whole file that are shown before the others are only counted."""
_ALL, _DOUBTS = "all", "doubts"
_FIRST = "行を選ぶと、その行の内容と理由の全部をここに表示します。"


class RowsView(QWidget):
    """``left(rows)``: these rows are to be left out; with none, those that were left out come back.

    ``rest_wanted``: those that are left are to be saved for mending.
    """

    left = Signal(object)
    rest_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._planned: TablePlan | None = None
        self._questions: Questions | None = None
        self._lines: Sequence[PlannedLine] = ()
        self._row = 0
        """The row that is looked at; 0 for none."""
        self._asking = False
        """Whether an answer was given, after which the next question comes up."""
        self._doubts: Mapping[int, Sequence[str]] = {}
        self._counts: Mapping[str, int] = {}
        self.filters: dict[str, QWidget] = {}
        self._group = QButtonGroup(self)
        self._shown = _ALL
        bar = FlowLayout(spacing=6)
        for at, name in enumerate((_ALL, *Status, _DOUBTS)):
            made = button("", partial(self.narrow, str(name)))
            made.setCheckable(True)
            self._group.addButton(made, at)
            self.filters[str(name)] = made
            bar.addWidget(made)
        self.leave = button("", self._leave_out)
        self.back = button("除いた行を戻す", lambda: self.left.emit(frozenset()))
        bar.push()
        bar.addWidget(self.leave)
        bar.addWidget(self.back)
        self.rest = button("直す行をExcelに保存…", self.rest_wanted.emit)
        bar.addWidget(self.rest)
        self.table = LinesTable(context.look, "取り込む行", _COLUMNS)
        self.table.setSortingEnabled(False)
        self.table.chosen.connect(lambda _keys: self._tell())
        self.box = AnswerBox()
        self.table.picked.connect(lambda _key: self.box.take_focus())
        self.box.given.connect(self._go_on)
        self.detail = Prose(_FIRST, "sub")
        self.told = Prose("", "sub")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(bar)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        layout.addWidget(self.box)
        layout.addWidget(self.told)

    def show_plan(self, questions: Questions, *, out: bool) -> None:
        """Another plan; ``out``: whether rows are left out of it by hand."""
        planned = questions.planned
        self._questions, self._planned, self._counts = questions, planned, planned.counts
        doubts: dict[int, list[str]] = defaultdict(list)
        for one in planned.plan.doubts:
            doubts[one.row].append(without_commands(one.sentence))
        self._doubts = doubts
        for name, made in self.filters.items():
            self._call(name, made)
        if not self._count(self._shown):
            self._shown = _ALL
        self._group.button(list(self.filters).index(self._shown)).setChecked(True)
        hinder = sum(self._counts[one] for one in HINDERS)
        self.leave.setText(f"要確認・誤りの{hinder:,}行を除く")
        self.leave.setAccessibleName(self.leave.text())
        self.leave.setVisible(0 < hinder < len(planned.lines))
        self.back.setVisible(out)
        self.rest.setVisible(out or hinder > 0)
        self._list()
        self._return()
        more = f"\nほか{len(planned.told) - _TOLD}件" if len(planned.told) > _TOLD else ""
        said = [f"・{without_commands(one)}" for one in planned.told[:_TOLD]]
        self.told.say("\n".join(said) + more)
        self.told.setVisible(bool(said))

    def narrow(self, name: str) -> None:
        """Show the rows of one state, or all; what is brought in stays the same."""
        self._shown = name
        self._list()

    def _call(self, name: str, made: QWidget) -> None:
        count = self._count(name)
        word = {_ALL: "すべて", _DOUBTS: "確認"}.get(name) or wording.WORDS[Status(name)][1]
        made.setProperty("text", f"{word} {count:,}")
        made.setAccessibleName(
            f"{word}{count:,}行だけを表示" if name != _ALL else f"すべての{count:,}行を表示"
        )
        made.setVisible(bool(count) or name == _ALL)

    def _count(self, name: str) -> int:
        planned = self._planned
        if planned is None:
            return 0
        if name == _ALL:
            return len(planned.lines)
        return len(self._doubts) if name == _DOUBTS else self._counts[name]

    def _list(self) -> None:
        planned = self._planned
        if planned is None:
            return
        lines: Sequence[PlannedLine] = planned.lines
        if self._shown == _DOUBTS:
            lines = [one for one in lines if one.row in self._doubts]
        elif self._shown != _ALL:
            lines = [one for one in lines if str(one.status) == self._shown]
        self._lines = lines
        # With a row selected it would be looked for in all of the others, which are made one by one.
        self.table.clearSelection()
        self.table.show_lines(LazyLines(lines, self._line))
        self._tell()

    def _line(self, one: PlannedLine) -> Line:
        spec = self._planned.spec if self._planned else None
        sign, word, tone = wording.WORDS[one.status]
        doubts = [f"確認：{text}" for text in self._doubts.get(one.row, ())]
        return line(
            one,
            Cell(f"{one.at.row if one.at else one.row:,}", one.row),
            Cell(f"{sign} {word}".strip(), word, tone),
            wording.named(spec, one) if spec else "",
            "、".join(wording.changes_of(spec, one)) if spec else "",
            " ".join((*wording.reasons_of(one), *doubts)),
        )

    def _tell(self) -> None:
        """The whole of the chosen row: nothing of it may be hidden by dots."""
        chosen, planned = self.table.selected(), self._planned
        if not chosen or planned is None:
            self.detail.say(_FIRST)
            self.box.show_question(None, None)
            return
        one: PlannedLine = chosen[0]
        self._row = one.row
        self.box.show_question(self._questions, one)
        doubts = [f"確認：{text}" for text in self._doubts.get(one.row, ())]
        head = f"{wording.where(one)}　{wording.WORDS[one.status][1]}　{wording.named(planned.spec, one)}"
        changes = "、".join(wording.changes_of(planned.spec, one))
        # What is asked of it stands where it is answered.
        self.detail.say("\n".join(filter(None, (head, changes, one.why, *doubts))))

    def _go_on(self, row: int) -> None:
        self._row, self._asking = row, True

    def _return(self) -> None:
        """Go to the row that was looked at; after an answer, to the first from there that is asked about."""
        asking, self._asking = self._asking, False
        rows = [
            (one.row < self._row, at)
            for at, one in enumerate(self._lines)
            if (one.status in HINDERS if asking else one.row == self._row)
        ]
        if not rows:
            return
        self.table.choose_row(min(rows)[1])
        if asking:
            self.box.take_focus()

    def _leave_out(self) -> None:
        if self._planned is not None:
            lines = self._planned.lines
            self.left.emit(frozenset(one.row for one in lines if one.status in HINDERS))
