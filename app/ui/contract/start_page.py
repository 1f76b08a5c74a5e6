"""契約の開始: the stages before a contract begins, each with its day, its clause and its button."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QMargins, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from app.records import Contract
from app.records.days import wareki
from app.ui.context import Context
from app.ui.duties.steps import take, words
from app.ui.page import Page
from app.ui.parts.keyboard import focused
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import button, clear, label, prose, row
from app.ui.reckoning.assessor import Assessment, Assessor
from app.ui.reckoning.waiting import waiting
from app.ui.targets import DoAct, IssueMany, ShowContract, ShowStart, Target
from app.ui.today.passage import Passage
from app.ui.today.stack import Pile
from app.ui.today.starts_card import late_labels
from app.work.batches import BEFORE_START
from app.work.course import stage_words
from app.work.course.starting import PAPERS, Stage, Starting, starting
from app.work.course.telling import late_of
from app.work.states import days_left, named
from app.work.tasks import Task

_LINES = 3
"""Things that are missing named one by one; the rest is counted."""
_WORDS = {"join": "登録…", "train": "研修を登録…", "oaths": "誓約書を用意…", "signed": "署名を記録…"}

_MORE = "追加…"
"""What is done and may still be more."""


class StartPage(Page):
    """The stages, anew with every assessment."""

    shows = frozenset({"contract", "client"})

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, ShowStart):
            raise TypeError(target)
        self.contract = target.id
        self._assessor = Assessor.of(context)
        self._head = QVBoxLayout()
        self._head.setSpacing(4)
        self.list = StageList(context)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 10, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(self._head)
        layout.addWidget(self.list, 1)
        self._assessor.ready.connect(self._show)

    def title(self) -> str:
        held = self.context.facts().find(Contract, self.contract)
        return f"契約の開始　{held.title}" if held else "契約の開始"

    @property
    def topic(self) -> str:
        return "02-daily/契約の開始"

    def chosen_records(self) -> tuple[tuple[Contract, ...], ...]:
        held = self.context.facts().find(Contract, self.contract)
        return ((held,),) if held else ()

    def first_field(self) -> QWidget | None:
        return next((one.press for one in self.list.rows if one.primary), None) or super().first_field()

    def refresh(self) -> None:
        current = self._assessor.current()
        if current is not None:
            self._show(current)
        elif not self.list.rows:
            self.list.put([waiting()])

    def _show(self, made: Assessment) -> None:
        held = made.facts.find(Contract, self.contract)
        clear(self._head)
        if held is None:
            self._head.addWidget(label("この契約は取り消されています", "h1"))
            self.list.put([])
            return
        found = starting(made, held)
        self._head.addWidget(prose(f"{named(made.facts, held)}の開始", "h1"))
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setRange(0, max(1, len(found.stages)))
        bar.setValue(found.done)
        bar.setAccessibleName("済んだ手順の割合")
        hold(bar, 10, 10)
        late = late_labels(late_of(found))
        begins = label(stage_words.begins(found), "sub")
        whole = button("契約を開く", partial(self.context.navigate, ShowContract(held.id)), key="O")
        self._head.addLayout(flow(begins, row(bar, label(found.said, "h3")), *late, None, whole))
        self.list.show_start(found)


class StageList(QScrollArea):
    """The rows of the stages and, below them, what else is open."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.rows: list[StageRow] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("開始の手順")
        self._pile = Pile("page")
        self._inner = Pile("card", QMargins(18, 6, 18, 8))
        self._pile.add(self._inner)
        self._pile.stale.connect(self._fit)
        self.setWidget(self._pile)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width()
        self._pile.resize(width, self._pile.lay_out(width))

    def show_start(self, found: Starting) -> None:
        """The stages, of which the first that can be begun alone draws the eye."""
        first = found.next
        acts = not self._context.ledger.read_only
        held = focused(self.window())
        within = held is not None and self.isAncestorOf(held)
        self.rows = [
            StageRow(self._context, at, one, found, first=one is first, acts=acts)
            for at, one in enumerate(found.stages, 1)
        ]
        self.put([*self.rows, self._besides(found)])
        # The rows are new ones: who was among them with the keyboard stays there, at what is next.
        following = next((one.press for one in self.rows if one.primary), None)
        if within and following is not None:
            following.setFocus()

    def put(self, widgets: Sequence[QWidget]) -> None:
        """Show these below each other, with a rule between them."""
        holder = Pile()
        for one in widgets:
            if holder.holds:
                rule = QFrame()
                rule.setProperty("role", "rule")
                rule.setFixedHeight(1)
                holder.add(rule)
            holder.add(one)
        self._inner.hold_only(holder)
        self._fit()

    def _besides(self, found: Starting) -> QWidget:
        text = stage_words.besides(found)
        target = ShowContract(found.contract.id, "confirm")
        widget = QWidget()
        beside = [button("一覧を開く", partial(self._context.navigate, target), name="要確認の一覧を開く")]
        widget.setLayout(flow(label(text, "sub"), None, *(beside if found.unset else [])))
        return widget


class StageRow(QFrame):
    """One stage. ``first``: its button alone draws the eye. ``acts``: whether anything can be written."""

    def __init__(
        self, context: Context, number: int, stage: Stage, found: Starting, *, first: bool, acts: bool
    ) -> None:
        super().__init__()
        self._context, self.stage, self._contract = context, stage, found.contract.id
        self.primary = first and acts
        shown = stage_words.stage_mark(stage)
        chip = label(shown.text, "chip", tone=shown.tone)
        parts: list[QWidget] = [label(f"{number}　{stage.title}", "h2"), chip]
        if stage.due is not None and not stage.done:
            parts += [label(days_left(stage.due, found.day), "h3"), label(wareki(stage.due), "hint")]
        self.press = button(self._words(), self.go, kind="primary" if self.primary else "")
        self.press.setAccessibleName(f"{self._words()}：{stage.title}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 7, 0, 7)
        layout.setSpacing(3)
        layout.addLayout(flow(*parts, None, self.press))
        for line in stage_words.stage_lines(stage, _LINES):
            layout.addWidget(Passage(line))
        self.press.setVisible(acts and bool(self._words()) and (not stage.done or bool(stage.found)))

    def go(self) -> None:
        """Do the stage, or go where it is done."""
        stage = self.stage
        if stage.act:
            self._context.navigate(DoAct(stage.act, (self._contract,), dict(stage.given)))
        elif stage.kind == PAPERS:
            self._context.navigate(IssueMany(BEFORE_START, self._contract))
        else:
            take(self._context, self._task)

    @property
    def _task(self) -> Task:
        return Task(self._contract, self.stage.step, self.stage.duties)

    def _words(self) -> str:
        stage = self.stage
        if stage.act:
            return _MORE if stage.done else _WORDS[stage.act]
        if stage.kind == PAPERS and stage.step.action:
            return "まとめて作成…"
        return words(self._task)
