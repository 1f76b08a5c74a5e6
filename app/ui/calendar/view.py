"""予定表: the deadlines of a month, as a grid or as a list, with the chosen day beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout

from app.records import Contract
from app.records.days import wareki
from app.ui.calendar.day_panel import DayPanel
from app.ui.calendar.month import MonthTable
from app.ui.context import Context
from app.ui.inputs.base import Combo
from app.ui.parts.narrowed import nothing_fits
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.space.parted import Parted
from app.ui.parts.tables.lines_table import Cell, Column, Line, LinesTable, line
from app.ui.parts.widgets import Empty, button, label, tool
from app.ui.reckoning.assessor import Assessment, Assessor
from app.ui.reckoning.contract_choice import offer_all, offer_contracts
from app.ui.reckoning.waiting import waiting
from app.ui.today.view import View
from app.work.calendar_days import FIRST, LAST, Deadline, deadlines, month_of, moved, of, squares
from app.work.states import mark, named, short_day
from app.work.tasks import coming, planned_tasks

_COLUMNS = (
    Column("期限", 5),
    Column("状態", 6),
    Column("すること", 14, stretch=True),
    Column("発注者・契約", 11),
)


class CalendarView(View):
    """The second view of きょう."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._made: Assessment | None = None
        self._by_day: Mapping[date, tuple[Deadline, ...]] = {}
        self.day = context.today()
        self.heading = label("", "h2")
        hold(self.heading, 9)
        self.contract = Combo()
        self.contract.setAccessibleName("契約で絞り込む")
        offer_all(self.contract)
        self.contract.setMinimumContentsLength(14)
        self.contract.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.contract.currentIndexChanged.connect(lambda _at: self._show())
        self.panel = DayPanel(context)
        self.month = MonthTable(context.look, context.today())
        self.month.moved.connect(self.go)
        self.month.opened.connect(lambda _day: self.panel.focus_first())
        self.lines = LinesTable(context.look, "月の期限の一覧", _COLUMNS)
        self.lines.chosen.connect(self._chosen)
        self.lines.picked.connect(lambda _key: self.panel.focus_first())
        self._build()

    def _build(self) -> None:
        bar = FlowLayout(spacing=8)
        for name, icon, months in (("前の月", "chevron-left", -1), ("次の月", "chevron-right", 1)):
            made = tool(name, partial(self._turn, months))
            self.context.look.dress(made, icon)
            bar.addWidget(made)
            if months < 0:
                bar.addWidget(self.heading)
        bar.addWidget(button("今月", lambda: self.go(self._today)))
        self._ways = QButtonGroup(self)
        for at, (text, name) in enumerate((("月", "月の予定表で表示"), ("一覧", "一覧で表示"))):
            way = button(text, name=name)
            way.setCheckable(True)
            way.setChecked(at == 0)
            self._ways.addButton(way, at)
            bar.addWidget(way)
        bar.addWidget(self.contract)
        self.export = button("カレンダーに書き出す…", self._export)
        bar.addWidget(self.export)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.month)
        self._listed = QStackedWidget()
        none = Empty("この月に期限はありません", "「前の月」「次の月」で、ほかの月の期限を表示します。")
        fits = nothing_fits("この月の期限", partial(self.contract.setCurrentIndex, 0))
        for widget in (self.lines, none, fits):
            self._listed.addWidget(widget)
        self.stack.addWidget(self._listed)
        self._ways.idClicked.connect(self.stack.setCurrentIndex)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 12)
        layout.setSpacing(10)
        layout.addLayout(bar)
        self._whole = QStackedWidget()
        self._whole.addWidget(waiting())
        self._whole.addWidget(Parted(self.stack, self.panel, (2, 1)))
        layout.addWidget(self._whole, 1)

    @property
    def _today(self) -> date:
        """The day for which everything is shown."""
        return self._made.day if self._made else self.context.today()

    def show_made(self, made: Assessment) -> None:
        """Show another assessment; one of another day brings its month."""
        if self._made is None or self._made.day != made.day:
            self.day = made.day
        self._made = made
        offer_contracts(self.contract, made.facts)
        assessor = Assessor.of(self.context)

        def work(_progress: object) -> Mapping[date, tuple[Deadline, ...]]:
            found = (*assessor.tasks(made), *coming(made.duties), *planned_tasks(made.planned))
            return deadlines(found, made.day)

        self.context.operations.run(work, self._reckoned, owner=self, key="calendar")

    def wait(self) -> None:
        self._made, self._by_day = None, {}
        self._whole.setCurrentIndex(0)

    def _export(self) -> None:
        from app.ui.calendar.export import save_calendar

        save_calendar(self.context, int(self.contract.currentData() or 0))

    def go(self, day: date) -> None:
        """Choose a day, and show its month."""
        if not FIRST <= day <= LAST:
            return
        other = month_of(day) != month_of(self.day)
        self.day = day
        self._show(lines=other)

    def _turn(self, months: int) -> None:
        self.go(moved(self.day, months))

    def _reckoned(self, found: Mapping[date, tuple[Deadline, ...]]) -> None:
        if self._made is None:
            return
        self._by_day = found
        self._show()
        self._whole.setCurrentIndex(1)

    def _show(self, *, lines: bool = True) -> None:
        first = month_of(self.day)
        self.heading.setText(wareki(first).removesuffix("1日"))
        contract = int(self.contract.currentData() or 0)
        self.month.show_squares(squares(first, self._by_day, contract), self.day, self._today)
        if lines:
            found = self._lines(first, contract)
            self.lines.show_lines(found)
            self._listed.setCurrentIndex(0 if found else 2 if contract else 1)
        self._show_day(contract)

    def _show_day(self, contract: int) -> None:
        if self._made is not None:
            held = of(self._by_day.get(self.day, ()), contract)
            self.panel.show_day(self._made.facts, self.day, held, self._made.day)

    def _lines(self, first: date, contract: int) -> list[Line]:
        if self._made is None:
            return []
        facts, after = self._made.facts, month_of(first, 1)
        found = []
        for day, held in self._by_day.items():
            for at, one in enumerate(of(held, contract) if first <= day < after else ()):
                shown = mark(one.state)
                client = named(facts, facts.get(Contract, one.task.contract))
                state = Cell(shown.text, shown.word, shown.tone)
                found.append(line((day, at), Cell(short_day(day), day), state, one.text, client))
        return found

    def _chosen(self, keys: list[tuple[date, int]]) -> None:
        if keys and keys[0][0] != self.day:
            self.go(keys[0][0])
