"""定期作業: what is done again and again, when it was, by when next; and several at once written down."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.annexes.kinds import State
from app.records import Contract
from app.ui.context import Context
from app.ui.inputs.base import Combo
from app.ui.parts.narrowed import nothing_fits
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.tables.lines_table import Cell, Column, Line, LinesTable, line
from app.ui.parts.widgets import Empty, button, prose
from app.ui.reckoning.assessor import Assessment
from app.ui.reckoning.contract_choice import offer_all, offer_contracts
from app.ui.reckoning.waiting import waiting
from app.ui.targets import DoAct, ShowContract
from app.ui.today.view import View
from app.work.acts.catalogue import ACTS
from app.work.acts.plan import Ground
from app.work.rounds.rounds import Round, Way, rounds
from app.work.rounds.together import way_of
from app.work.states import days_left, mark, short_day

_COLUMNS = (
    Column("作業", 8),
    Column("時期", 5),
    Column("次回の期限", 5),
    Column("契約", 5),
    Column("対象", 6, stretch=True),
    Column("前回", 5),
    Column("頻度", 7),
)
_ALL = "すべての作業"
_HINT = (
    "行を選ばないときは、表示中の期限超過と要対応を登録します。時期は、期間内に行われたかだけを示します。"
    "不適などの残る義務は「すること」に表示されます。"
)
_NAMED = 2
"""Things that are named in a row before the others are only counted."""


class RoundsView(View):
    """The third view of きょう."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._made: Assessment | None = None
        self._held: tuple[Round, ...] = ()
        self._way: Way | None = None
        self.work = self._combo("作業で絞り込む", 11)
        self.work.addItem(_ALL, "")
        self.contract = self._combo("契約で絞り込む", 12)
        offer_all(self.contract)
        for combo in (self.work, self.contract):
            combo.currentIndexChanged.connect(lambda _at: self._show())
        self.go = button("まとめて登録…", self._go, kind="primary")
        self.table = LinesTable(context.look, "定期作業の一覧", _COLUMNS, several=True)
        self.table.chosen.connect(lambda _keys: self._offer())
        self.table.picked.connect(self._open)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            Empty("定期の作業はありません", "契約の特記事項が定期の作業を求めると、ここに表示されます。")
        )
        self._fits = nothing_fits("定期作業", self.widen)
        self._waiting = waiting()
        self._stack.addWidget(self._fits)
        self._stack.addWidget(self._waiting)
        bar = FlowLayout(spacing=8)
        for widget in (self.work, self.contract, self.go):
            bar.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 10)
        layout.setSpacing(10)
        layout.addLayout(bar)
        layout.addWidget(self._stack, 1)
        layout.addWidget(prose(_HINT, "sub"))
        self.wait()

    def show_made(self, made: Assessment) -> None:
        """Show another assessment."""
        self._made = made
        offer_contracts(self.contract, made.facts)
        ground = Ground(made.facts, made.catalogue, made.forms, made.day)
        self.context.operations.run(
            lambda _progress: rounds(ground), self._reckoned, owner=self, key="rounds"
        )

    def wait(self) -> None:
        self._made, self._held = None, ()
        self._stack.setCurrentWidget(self._waiting)
        self._offer()

    def _reckoned(self, found: tuple[Round, ...]) -> None:
        if self._made is None:
            return
        self._held = found
        chosen = self.work.currentData()
        self.work.blockSignals(True)
        self.work.clear()
        self.work.addItem(_ALL, "")
        for name in dict.fromkeys(one.work for one in found):
            self.work.addItem(name, name)
        self.work.setCurrentIndex(max(0, self.work.findData(chosen)))
        self.work.blockSignals(False)
        self._show()

    @property
    def shown(self) -> tuple[Round, ...]:
        """The rounds that one sees, as far as they are narrowed down."""
        work, contract = self.work.currentData(), int(self.contract.currentData() or 0)
        return tuple(one for one in self._held if work in ("", one.work) and contract in (0, one.contract))

    def widen(self) -> None:
        """Show the rounds of every work and contract."""
        for combo in (self.work, self.contract):
            combo.setCurrentIndex(0)

    def _show(self) -> None:
        if self._made is None:
            return
        self.table.show_lines([self._line(one) for one in self.shown])
        if self._held and not self.shown:
            self._stack.setCurrentWidget(self._fits)
        else:
            self._stack.setCurrentIndex(0 if self.shown else 1)
        self._offer()

    def _line(self, one: Round) -> Line:
        facts = self.context.facts() if self._made is None else self._made.facts
        today = self.context.today() if self._made is None else self._made.day
        things = "、".join(one.things[:_NAMED])
        more = f"ほか{len(one.things) - _NAMED}件" if len(one.things) > _NAMED else ""
        sign = mark(one.state)
        word = "期間内" if one.state is State.SATISFIED else sign.word
        left = days_left(one.due, today) if one.due and one.state in (State.DUE, State.OVERDUE) else ""
        due = short_day(one.due) + (f"（予定{short_day(one.planned)}）" if one.planned else "")
        return line(
            one,
            one.work,
            Cell(f"{sign.sign} {left or word}", sign.word, sign.tone),
            Cell(due or "なし", one.due),
            facts.key_of("contract", one.contract),
            things + more or "契約全体",
            Cell(short_day(one.last) or "記録なし", one.last),
            f"{one.often}　{one.source}",
        )

    def _offer(self) -> None:
        """What the button does: for the rows chosen, else for all that is owed and seen."""
        chosen = tuple(self.table.selected())
        owed = tuple(one for one in self.shown if one.state in (State.DUE, State.OVERDUE))
        self._way = way_of(chosen or owed)
        here = self._made is not None and self._made.day == self.context.today()
        able = self._way is not None and here and not self.context.ledger.read_only
        text = "まとめて登録…"
        if self._way is not None:
            text = f"{ACTS[self._way.act].title}を登録（{len(self._way.ids)}件）…"
        self.go.setText(text)
        self.go.setAccessibleName(text)
        self.go.setEnabled(able)

    def _go(self) -> None:
        if self._way is not None:
            self.context.navigate(DoAct(self._way.act, self._way.ids))

    def _open(self, one: Round) -> None:
        if self.context.facts().find(Contract, one.contract) is not None:
            self.context.navigate(ShowContract(one.contract, "duties", one.kind))

    def _combo(self, name: str, width: int) -> Combo:
        made = Combo()
        made.setAccessibleName(name)
        made.setMinimumContentsLength(width)
        made.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return made
