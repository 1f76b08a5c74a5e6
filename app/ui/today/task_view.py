"""The first view of きょう: what is to be done in all contracts, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.annexes.kinds import State
from app.records import Client, Contract, Facts
from app.ui.context import Context
from app.ui.homes import begin
from app.ui.inputs.base import Combo
from app.ui.inputs.day import FRAME
from app.ui.outside.line import OutsideLine
from app.ui.parts.keyboard import focused
from app.ui.parts.live_line import search_line
from app.ui.parts.narrowed import nothing_fits
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import FlowLayout, flow
from app.ui.parts.widgets import Empty, button, card, em, label, prose, row
from app.ui.reckoning.assessor import Assessment, Assessor
from app.ui.reckoning.contract_choice import offer_all, offer_contracts
from app.ui.reckoning.waiting import waiting
from app.ui.targets import ShowContract
from app.ui.today.headline import Headline
from app.ui.today.jobs_card import JobsCard
from app.ui.today.starts_card import StartsCard
from app.ui.today.task_list import PRESSING, TaskList, load_rows
from app.ui.today.together_card import TogetherCard
from app.ui.today.view import View
from app.work.agenda import Agenda, Everything, Wanted, agenda, everything
from app.work.states import FINDINGS, URGENT, mark, named

_LOW = 30
"""Full-width characters of height below which numbers and filters leave the list too little."""
_LONG, _FEW = 18, 9
"""Full-width characters of the contract that is chosen, and where there is little room."""
_MOST = 10
"""Contracts with open questions named one by one; the rest is counted."""


class TasksView(View):
    """Numbers by state, filters, and the list."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._made: Assessment | None = None
        self._whole: Everything | None = None
        self._wanted: Wanted | None = None
        self._low = False
        self.list = TaskList(context)
        self.numbers = {state: Headline(mark(state), "義務") for state in URGENT}
        self.odd = Headline(FINDINGS)
        self._boxes = (*self.numbers.values(), self.odd)
        for box in self._boxes:
            box.clicked.connect(partial(self._keep, box))
        self.contract = Combo()
        self.contract.setAccessibleName("契約で絞り込む")
        offer_all(self.contract)
        self.contract.setMinimumContentsLength(_LONG)
        self.contract.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.contract.currentIndexChanged.connect(lambda _at: self._list())
        self.search = search_line("すること・契約・条項で絞り込む")
        self.search.followed.connect(lambda _seen: self._list())
        self.widen_button = button("", self.widen, hint="絞り込みを解除して、すべてを表示します（Esc）")
        self.widen_button.hide()
        self.out = OutsideLine(context)
        self._build()
        self.wait()

    def _build(self) -> None:
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._above = QWidget()
        above = QVBoxLayout(self._above)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(8)
        self._numbers = QWidget()
        beside = FlowLayout(self._numbers, spacing=6)
        beside.setContentsMargins(0, 0, 12, 0)
        for box in self._boxes:
            beside.addWidget(box)
        beside.addWidget(self.out.calm)
        above.addWidget(self._numbers)
        above.addWidget(self.out)
        self._filters = QWidget()
        narrowing = flow(self.contract, self.search, self.widen_button)
        narrowing.setContentsMargins(0, 0, 12, 0)
        hold(self.search, 12, around=FRAME)
        self._filters.setLayout(narrowing)
        above.addWidget(self._filters)
        layout.addWidget(self._above)
        layout.addWidget(self.list, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._make_room()

    def _make_room(self) -> None:
        """Where the window is low, numbers and filters scroll away with the list: that is what one reads."""
        low = self.height() < em(self, _LOW)
        self.contract.setMinimumContentsLength(_FEW if low else _LONG)
        if low is self._low:
            return
        held = focused(self._above)
        self._low = low
        if low:
            self._column.removeWidget(self._above)
            self.list.lead(self._above)
        else:
            self.list.let_go(self._above)
            self._column.insertWidget(0, self._above)
            self._above.show()
        if held is not None:
            held.setFocus()

    def show_made(self, made: Assessment) -> None:
        """Show another assessment."""
        self._made = made
        counts = made.counts()
        for state, number in self.numbers.items():
            number.say(counts[state])
        self.odd.say(len(made.findings))
        offer_contracts(self.contract, made.facts)
        self.out.look(made.facts, made.day)
        self._list()

    def wait(self) -> None:
        self._made = None
        for number in self._boxes:
            number.say(None)
        self.list.show_groups((), self._waiting)

    def widen(self) -> None:
        """Show everything again."""
        for box in self._boxes:
            box.setChecked(False)
        self.contract.setCurrentIndex(0)
        self.search.clear()
        self._list()

    @property
    def narrowed_to(self) -> str:
        """What the list is kept to, in words; empty where it is whole."""
        kept = [box.word for box in self._boxes if box.isChecked()]
        if self.contract.currentData():
            kept.append(self.contract.currentText())
        if self.search.seen().strip():
            kept.append(f"「{self.search.seen().strip()}」")
        return "、".join(kept)

    def _tell_narrowed(self) -> None:
        """Say beside the filters that something is left out, however long ago one asked for that."""
        kept = self.narrowed_to
        text = f"絞り込み中：{kept}"
        most = em(self, 14)
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, most)
        # A single & would be taken for the letter that presses the button.
        self.widen_button.setText(f"{shown.replace('&', '&&')}　×")
        self.widen_button.setAccessibleName(f"{text}。解除する")
        self.widen_button.setVisible(bool(kept))

    def _keep(self, pressed: Headline) -> None:
        for box in self._boxes:
            if box is not pressed:
                box.setChecked(False)
        self._list()

    def _list(self) -> None:
        made = self._made
        if made is None:
            return
        started = bool(made.facts.all(Contract))
        for widget in (self._numbers, self._filters):
            widget.setVisible(started)
        self._tell_narrowed()
        if not started:
            self.list.show_groups((), partial(self._beginning, made.facts))
            return
        state = next((one for one, number in self.numbers.items() if number.isChecked()), None)
        contract = int(self.contract.currentData() or 0)
        wanted = Wanted(state, contract, self.search.seen(), findings=self.odd.isChecked())
        self.context.operations.run(self._work(made, wanted), self._listed, owner=self, key="today")

    def _work(self, made: Assessment, wanted: Wanted) -> Callable[[object], Agenda]:
        assessor = Assessor.of(self.context)
        known = self._whole if self._whole is not None and self._whole.made is made else None

        def work(_progress: object) -> Agenda:
            # What draws the list is loaded here, so that the first list is there in one blink as well.
            load_rows()
            return agenda(known or everything(made, assessor.tasks(made)), wanted)

        return work

    def _listed(self, found: Agenda) -> None:
        made = found.whole.made
        if self._made is None:
            return
        anew = found.wanted != self._wanted
        self._whole, self._wanted = found.whole, found.wanted
        today = made.day == self.context.today()
        above: list[Callable[[], QWidget]] = []
        between: list[Callable[[], QWidget]] = []
        if found.starts:
            calm = not any(group in PRESSING for group, _held in found.groups)
            card_ = partial(StartsCard, self.context, made.facts, found.starts, first=calm, acts=today)
            (above if any(one.presses for one in found.starts) else between).append(card_)
        if found.jobs and today:
            between.append(partial(JobsCard, self.context, made.facts, found.jobs))
        if found.papers and today:
            between.append(partial(TogetherCard, self.context, made.facts, found.papers))
        around: list[Callable[[], QWidget]] = []
        if found.unsaid:
            around.append(partial(self._unsaid, made.facts, found.unsaid))
        told = found.findings or (found.unsaid and found.wanted.state is State.CONFIRM)
        if not found.groups and not told and not found.starts:
            around.insert(0, partial(self._nothing, narrowed=found.wanted.narrowed))
        self.list.show_groups(
            found.groups,
            *around,
            above=above,
            between=between,
            findings=found.findings,
            day=made.day,
            anew=anew,
        )

    def _unsaid(self, facts: Facts, contracts: tuple[int, ...]) -> QWidget:
        frame, layout = card()
        count_all = label(f"{len(contracts):,}件", "sub")
        layout.addLayout(row(label("状況を確かめるもの", "h2"), 6, count_all, None))
        layout.addWidget(
            prose("この台帳の記録だけでは判定できない義務です。実際の状況を確かめてください。", "sub")
        )
        named_first = list(dict.fromkeys(contracts))
        for contract_id in named_first[:_MOST]:
            contract = facts.get(Contract, contract_id)
            count = contracts.count(contract_id)
            target = ShowContract(contract_id, "confirm")
            opened = button(
                "一覧を開く",
                partial(self.context.navigate, target),
                name=f"{contract.title}の要確認の一覧を開く",
            )
            name = prose(named(facts, contract))
            line = row(name, label(f"{count}件", "h3"), 8, opened)
            line.setStretch(0, 1)
            layout.addLayout(line)
        if len(named_first) > _MOST:
            more = f"ほか{len(named_first) - _MOST}件の契約は、契約で絞り込むと表示されます。"
            layout.addWidget(prose(more, "sub"))
        return frame

    def _waiting(self) -> QWidget:
        return self._high(waiting())

    def _nothing(self, *, narrowed: bool) -> QWidget:
        if narrowed:
            return self._high(nothing_fits("義務", self.widen))
        why = "期限の来た義務はなく、届け出た内容は現況と合っています。"
        return self._high(Empty("きょうすることはありません", why))

    def _high(self, made: Empty) -> QWidget:
        made.setMinimumHeight(self.fontMetrics().lineSpacing() * 9)
        return made

    def _beginning(self, facts: Facts) -> QWidget:
        go = partial(begin, self.context)
        if facts.vendor is None:
            return Empty(
                "自社の情報から始めましょう",
                "届出書や証明書に印字する名称・所在地・代表者を入力します。",
                button("自社を入力", lambda: go("vendor"), kind="primary"),
            )
        if not facts.all(Client):
            return Empty(
                "発注者を登録しましょう",
                "契約の相手方となる市区町村と、書類の宛名を入力します。",
                button("発注者を登録", lambda: go("client"), kind="primary"),
            )
        return Empty(
            "契約を登録しましょう",
            "契約と特記事項を登録すると、いつまでに何をするかがここに並びます。",
            button("契約を登録", lambda: go("contract"), kind="primary"),
        )
