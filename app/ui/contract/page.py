"""One contract: what is asked under it, and everything recorded for it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QTabBar, QVBoxLayout

from app.annexes.kinds import State
from app.common import Lazy
from app.ledger.writing import ChangeSet
from app.records import Client, Contract, Record
from app.records.days import wareki
from app.ui.context import Context
from app.ui.contract.tab import ContractTab
from app.ui.homes import begin_like
from app.ui.manual import topic_of
from app.ui.offers.menu import ActsMenu, Besides, acts_button, board, unsigned
from app.ui.page import Page
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Notice, button, clear, label, prose, row
from app.ui.reckoning.as_of import AsOf
from app.ui.reckoning.as_of_bar import AsOfNotice, DayChoice
from app.ui.reckoning.assessor import Assessment
from app.ui.reckoning.waiting import WAITING, waiting
from app.ui.targets import EditRecord, IssueForm, ShowContract, ShowStart, Target
from app.work.states import URGENT, mark


@dataclass(frozen=True, slots=True)
class _Tab:
    key: str
    label: str
    make: Lazy[[Context, int], ContractTab]


_TABS = (
    _Tab("tasks", "すること", Lazy("app.ui.contract.tab_tasks", "TasksTab")),
    _Tab("clauses", "条項", Lazy("app.ui.contract.tab_clauses", "ClausesTab")),
    _Tab("duties", "義務", Lazy("app.ui.contract.tab_duties", "DutiesTab")),
    _Tab("people", "従事者", Lazy("app.ui.contract.tab_people", "PeopleTab")),
    _Tab("places", "作業場所", Lazy("app.ui.contract.tab_people", "PlacesTab")),
    _Tab("devices", "PC・媒体", Lazy("app.ui.contract.tab_people", "DevicesTab")),
    _Tab("assets", "情報資産", Lazy("app.ui.contract.tab_assets", "AssetsTab")),
    _Tab("trainings", "研修", Lazy("app.ui.contract.tab_people", "TrainingTab")),
    _Tab("documents", "書類", Lazy("app.ui.contract.tab_documents", "DocumentsTab")),
)


_HEAD = frozenset({"contract", "client", "own_annex"})
"""What the head tells of."""


class ContractPage(Page):
    """Head and tabs; each tab is made when it is first shown."""

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, ShowContract):
            raise TypeError(target)
        self.contract = target.id
        self._as_of = AsOf.of(context)
        self._made: dict[str, ContractTab] = {}
        self._head = QVBoxLayout()
        self._head.setSpacing(4)
        self._chips = row()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("充足した義務の割合")
        hold(self.progress, 6, 6)
        self._share = label("", "sub")
        self.choice = DayChoice(context)
        self.notice = AsOfNotice(context)
        self.unknown = Notice("", "danger")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("契約の内容")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        for tab in _TABS:
            self.tabs.addTab(tab.label)
        self._stack = QStackedWidget()
        self._waiting = waiting()
        self._stack.addWidget(self._waiting)
        edit = button("契約を変更", lambda: context.navigate(EditRecord("contract", self.contract)), key="E")
        context.look.dress(edit, "edit")
        QShortcut(QKeySequence("Ctrl+D"), self).activated.connect(self.copy)
        self._issue = button(
            "書類を作成", lambda: context.navigate(IssueForm("", self.contract)), kind="primary", key="I"
        )
        context.look.dress(self._issue, "documents", "on-primary")
        again = Besides(
            "複製して新規", "発注者や特記事項などを引き継いで、契約をもう1件登録します（Ctrl+D）", self.copy
        )
        start = Besides(
            "契約の開始の手順",
            "着手の前に求められることを、期限とともに行う順に示します",
            lambda: context.navigate(ShowStart(self.contract)),
        )
        self.acts = ActsMenu(
            context,
            self.chosen_records,
            self,
            start,
            again,
            board(context, self.contract),
            unsigned(context, self.contract),
        )
        self.acts_button = acts_button(
            self.acts, "着任・更新・契約の終了や、下で選んだ行の退職・移動・紛失のように、行うことです"
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 10, 20, 16)
        layout.setSpacing(8)
        layout.addLayout(self._head)
        ways = (edit, self.acts_button, self._issue)
        layout.addLayout(flow(row(self.progress, self._share), self._chips, None, *ways))
        layout.addLayout(flow(self.tabs, None, self.choice))
        layout.addWidget(self.notice)
        layout.addWidget(self.unknown)
        layout.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(lambda _at: self._show_tab())
        self._as_of.ready.connect(self._assessed)
        self._as_of.moved.connect(self.refresh)
        self.show_target(target)

    def title(self) -> str:
        held = self.context.facts().find(Contract, self.contract)
        return held.title if held else "契約"

    @property
    def topic(self) -> str:
        return topic_of("contract")

    def refresh(self) -> None:
        self._show_head()
        # What is issued states the ledger as it is today.
        self._issue.setHidden(self._as_of.elsewhere)
        # What is done is done to the ledger as it is today, too.
        self.acts_button.setHidden(self._as_of.elsewhere or self.context.ledger.read_only)
        self.choice.refresh()
        self.notice.refresh()
        current = self._as_of.current()
        if current is not None:
            self._assessed(current)
        else:
            self._wait()

    def show_target(self, target: Target) -> None:
        if isinstance(target, ShowContract) and (target.tab or not self._made):
            self.show_tab(target.tab, target.kind)

    def chosen_records(self) -> tuple[tuple[Record, ...], ...]:
        """The rows that are selected, then the contract itself."""
        held = self.context.facts().find(Contract, self.contract)
        own = () if held is None else ((held,),)
        return (self.tab.chosen_records(), *own) if self.tab.acting else own

    def copy(self) -> None:
        """Begin another contract that takes over what is usually the same."""
        held = self.context.facts().find(Contract, self.contract)
        if held is not None:
            begin_like(self.context, held)

    def add(self) -> None:
        """Ctrl+N: what the tab one sees adds, if it adds anything."""
        if self.tab.adder is None:
            super().add()
        else:
            self.tab.adder.click()

    def save(self) -> bool:
        return all(tab.save() for tab in self._made.values())

    def can_leave(self) -> bool:
        return all(tab.can_leave() for tab in self._made.values())

    def show_tab(self, key: str, kind: str = "") -> None:
        """Go to a tab; ``confirm`` is the tab of duties, narrowed to those that a person has to confirm.

        ``kind`` narrows the duties to one kind. Raises ``ValueError`` for a tab that there is not.
        """
        wanted = "duties" if key == "confirm" else key or _TABS[0].key
        self.tabs.setCurrentIndex([tab.key for tab in _TABS].index(wanted))
        self._show_tab()
        if key == "confirm":
            self.tab.keep(State.CONFIRM)
        if kind:
            self.tab.keep_kind(kind)

    @property
    def tab(self) -> ContractTab:
        """The tab one sees."""
        tab = _TABS[self.tabs.currentIndex()]
        if tab.key not in self._made:
            self._made[tab.key] = tab.make(self.context, self.contract)
            self._stack.addWidget(self._made[tab.key])
        return self._made[tab.key]

    def _show_tab(self) -> None:
        tab = self.tab
        self.shows = _HEAD | tab.shows
        self._refresh_tab(self._as_of.latest)

    def _refresh_tab(self, made: Assessment | None) -> None:
        """Show the tab; what it shows is either judged, or not shown."""
        tab = self.tab
        if made is None and tab.judged:
            self._stack.setCurrentWidget(self._waiting)
            return
        # Shown first: what is filled behind another page is measured for a place that it does not have.
        self._stack.setCurrentWidget(tab)
        tab.refresh(made)

    def take(self, changes: ChangeSet) -> None:
        touched = {kind for kind, _ in changes.changed}
        self.tab.table.expect(self.context.made_by(changes))
        if touched & _HEAD:
            self._show_head()
        if touched & self.tab.shows:
            self._refresh_tab(self._as_of.latest)

    def _assessed(self, made: Assessment) -> None:
        self._show_states(made)
        self._refresh_tab(made)

    def _wait(self) -> None:
        """Nothing is judged yet for the day: no share, no count, no list."""
        clear(self._chips)
        self.progress.hide()
        self._share.setText(WAITING)
        self._refresh_tab(None)

    def _show_head(self) -> None:
        clear(self._head)
        facts = self.context.facts()
        held = facts.find(Contract, self.contract)
        if held is None:
            self._head.addWidget(label("この契約は取り消されています", "h1"))
            return
        client = facts.find(Client, held.client)
        self._head.addWidget(prose(held.title, "h1"))
        ended = f"（{wareki(held.ended_on)}終了：{held.ended_why}）" if held.ended_on else ""
        about = (
            client.name if client else "",
            f"契約番号 {held.number}",
            f"{wareki(held.starts_on)}～{wareki(held.ends_on)}{ended}",
        )
        self._head.addWidget(prose("　".join(filter(None, about)), "sub"))
        known = [(one.annex, self.context.catalogue.find(one.annex, one.version)) for one in held.annexes]
        names = [annex.title if annex else f"{key}（目録にありません）" for key, annex in known]
        self._head.addWidget(prose("、".join(names), "sub"))
        missing = [key for key, annex in known if annex is None]
        self.unknown.say(
            f"特記事項「{'、'.join(missing)}」が目録にないため、その義務を判定できません。"
            "契約を変更して選び直してください。"
            if missing
            else "",
            "danger",
        )

    def _show_states(self, made: Assessment) -> None:
        counts = made.counts(self.contract)
        counted = sum(counts.values()) - counts[State.NOT_APPLICABLE] - counts[State.NOT_DUE]
        self.progress.show()
        self.progress.setRange(0, max(1, counted))
        self.progress.setValue(counts[State.SATISFIED])
        self._share.setText(f"義務{counted}件のうち充足{counts[State.SATISFIED]}件")
        clear(self._chips)
        for state in URGENT:
            if counts[state]:
                shown = mark(state)
                self._chips.addWidget(label(f"{shown.text} {counts[state]}", "chip", tone=shown.tone))
