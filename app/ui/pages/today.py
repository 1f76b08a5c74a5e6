"""きょう: what is due in all contracts, why, and the button that does it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.duties.kinds import State
from app.ledger.fold import fold
from app.records import Client, Contract, Facts
from app.ui.context import Context
from app.ui.inputs.base import Combo
from app.ui.page import Page
from app.ui.pages.assessment import Assessment, Assessor
from app.ui.pages.contract_choice import offer_contracts
from app.ui.pages.headline import Headline
from app.ui.pages.states import URGENT, long_day, mark, named
from app.ui.pages.task_list import TaskList
from app.ui.pages.tasks import Task, ordered, unsaid
from app.ui.targets import EditRecord, ShowContract, ShowSettings
from app.ui.widgets import Empty, Notice, button, card, label, prose, row


class TodayPage(Page):
    """The first page of every day."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._assessor = Assessor.of(context)
        self._shown: Assessment | None = None
        self.list = TaskList(context)
        self._day = label("", "sub")
        self._state = label("", "hint")
        self.numbers = {state: Headline(mark(state)) for state in URGENT}
        for state, made in self.numbers.items():
            made.clicked.connect(lambda _on, state=state: self._keep(state))
        self.unknown = Notice("", "danger")
        self.contract = Combo()
        self.contract.setAccessibleName("契約で絞り込む")
        self.contract.setMinimumContentsLength(18)
        self.contract.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.contract.currentIndexChanged.connect(lambda _at: self._list())
        self.search = QLineEdit()
        self.search.setAccessibleName("すること・契約・条項で絞り込む")
        self.search.setPlaceholderText("すること・契約・条項で絞り込む")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._list())
        self._build()
        self._assessor.ready.connect(self._show)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 12, 0)
        layout.setSpacing(12)
        head = QWidget()
        above = QVBoxLayout(head)
        above.setContentsMargins(0, 0, 12, 0)
        above.setSpacing(12)
        above.addLayout(row(label("きょう", "h1"), 8, self._day, None, self._state))
        above.addWidget(self.unknown)
        self._numbers = QWidget()
        beside = QHBoxLayout(self._numbers)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(10)
        for made in self.numbers.values():
            beside.addWidget(made)
        above.addWidget(self._numbers)
        self._filters = QWidget()
        narrowing = row(self.contract, self.search)
        narrowing.setStretch(0, 2)
        narrowing.setStretch(1, 3)
        self._filters.setLayout(narrowing)
        above.addWidget(self._filters)
        layout.addWidget(head)
        layout.addWidget(self.list, 1)

    def title(self) -> str:
        return "きょう"

    def refresh(self) -> None:
        self._day.setText(long_day(self.context.today()))
        current = self._assessor.current()
        if current is None:
            self._state.setText("確認しています…")
        elif current is not self._shown:
            self._show(current)

    def _show(self, made: Assessment) -> None:
        self._shown = made
        self._day.setText(long_day(made.day))
        self._state.setText("")
        names = [f"「{contract.title}」の特記事項「{key}」" for contract, key in made.unknown]
        self.unknown.say(
            f"{'、'.join(names)}が目録にないため、義務を判定できません。契約を開いて選び直してください。"
            if names
            else "",
            "danger",
        )
        counts = made.counts()
        for state, number in self.numbers.items():
            number.say(counts[state])
        offer_contracts(self.contract, made.facts)
        self._list()

    def _keep(self, state: State) -> None:
        for other, number in self.numbers.items():
            if other is not state:
                number.setChecked(False)
        self._list()

    def _list(self) -> None:
        made = self._shown
        if made is None:
            return
        started = bool(made.facts.all(Contract))
        for widget in (self._numbers, self._filters):
            widget.setVisible(started)
        if not started:
            self.list.show_groups((), self._beginning(made.facts))
            return
        state = next((one for one, number in self.numbers.items() if number.isChecked()), None)
        chosen = int(self.contract.currentData() or 0)
        found = [task for task in self._assessor.tasks(made) if self._fits(made.facts, task, state, chosen)]
        groups = ordered(found, made.day)
        around: list[QWidget] = []
        left = [duty.contract for duty in unsaid(made.duties) if chosen in (0, duty.contract)]
        if left and state in (None, State.CONFIRM) and not self.search.text().strip():
            around.append(self._unsaid(made.facts, left))
        if not groups and not (left and state is State.CONFIRM):
            around.insert(0, self._nothing(bool(state or chosen or self.search.text())))
        self.list.show_groups(groups, *around)

    def _fits(self, facts: Facts, task: Task, state: State | None, chosen: int) -> bool:
        if chosen not in (0, task.contract):
            return False
        if state is not None and all(duty.state is not state for duty in task.duties):
            return state is State.DUE and not task.duties
        contract = facts.get(Contract, task.contract)
        said = " ".join(
            (
                task.text,
                named(facts, contract),
                contract.number,
                *task.clauses,
                *(gap.text for gap in task.gaps),
                task.step.text,
            )
        )
        folded = fold(said)
        return all(word in folded for word in fold(self.search.text()).split())

    def _unsaid(self, facts: Facts, contracts: list[int]) -> QWidget:
        frame, layout = card()
        layout.addLayout(row(label("状況を確かめるもの", "h2"), 6, label(f"{len(contracts)}件", "sub"), None))
        layout.addWidget(
            prose("この台帳の記録だけでは判定できない義務です。実際の状況を確かめてください。", "sub")
        )
        for contract_id in dict.fromkeys(contracts):
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
        return frame

    def _nothing(self, narrowed: bool) -> QWidget:
        if narrowed:
            made = Empty("あてはまるものはありません", "絞り込みを解除すると、ほかの義務が表示されます。")
        else:
            made = Empty(
                "きょうすることはありません", "期限の来た義務はなく、届け出た内容は現況と合っています。"
            )
        made.setMinimumHeight(self.fontMetrics().lineSpacing() * 9)
        return made

    def _beginning(self, facts: Facts) -> QWidget:
        go = self.context.navigate
        if facts.vendor is None:
            return Empty(
                "自社の情報から始めましょう",
                "届出書や証明書に印字する名称・所在地・代表者を入力します。",
                button("自社を入力", lambda: go(ShowSettings("vendor")), kind="primary"),
            )
        if not facts.all(Client):
            return Empty(
                "発注者を登録しましょう",
                "契約の相手方となる市区町村と、書類の宛名を入力します。",
                button("発注者を追加", lambda: go(EditRecord("client")), kind="primary"),
            )
        return Empty(
            "契約を登録しましょう",
            "契約と特記事項を登録すると、いつまでに何をするかがここに並びます。",
            button("契約を追加", lambda: go(EditRecord("contract")), kind="primary"),
        )
