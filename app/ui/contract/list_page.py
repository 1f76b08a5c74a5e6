"""契約: every contract with what is open in it."""

from __future__ import annotations

from collections.abc import Mapping, Set

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.annexes.kinds import State
from app.ledger.writing import ChangeSet
from app.records import Client, Contract, Facts
from app.records.ordering import in_order
from app.records.spelling.fold import holds, words_of
from app.ui.context import Context
from app.ui.homes import begin, begin_like
from app.ui.manual import topic_of
from app.ui.offers.menu import ActsMenu, acts_button
from app.ui.page import Page
from app.ui.parts.live_line import search_line
from app.ui.parts.narrowed import nothing_fits
from app.ui.parts.space.flow import flow
from app.ui.parts.tables.lines_table import Cell, Column, Line, LinesTable, line
from app.ui.parts.widgets import Empty, Notice, button, label
from app.ui.reckoning.as_of import AsOf
from app.ui.reckoning.as_of_bar import AsOfNotice
from app.ui.reckoning.assessor import Assessment
from app.ui.reckoning.waiting import UNKNOWN, WAITING
from app.ui.targets import ReadAnnex, ShowContract
from app.work.states import URGENT, mark, period

_COLUMNS = (
    Column("発注者", 7),
    Column("契約件名", 14, stretch=True),
    *(Column(mark(state).text, 5) for state in URGENT),
    Column("充足", 3, right=True),
    Column("履行期間", 10),
    Column("契約番号", 6),
)


class ContractsPage(Page):
    """The list of contracts; one opens by Enter or a double click."""

    shows = frozenset({"contract", "client"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._as_of = AsOf.of(context)
        self.search = search_line("契約を絞り込む", "発注者・件名・番号で絞り込む")
        self.search.followed.connect(lambda _seen: self._list())
        self._fresh: frozenset[int] = frozenset()
        self.hidden = Notice("", "warn", button("すべて表示", self.search.clear))
        new = button("契約を登録", self.add, kind="primary", key="N")
        context.look.dress(new, "plus", "on-primary")
        self.table = LinesTable(context.look, "契約の一覧", _COLUMNS)
        self.table.picked.connect(lambda found: context.navigate(ShowContract(found)))
        self.open = button("契約を開く", self._open, key="O")
        self.acts = ActsMenu(context, self.chosen_records, self)
        self.acts_button = acts_button(self.acts, "着任・更新・契約の終了のように、選んだ契約に行うことです")
        self.table.offer("契約を開く", self._open)
        self.table.addAction(self.acts.menuAction())
        self.table.offer("複製して新規", self.copy, "Ctrl+D")
        for made in (self.open, self.acts_button):
            self.table.chosen.connect(lambda keys, made=made: made.setEnabled(bool(keys)))
            made.setEnabled(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            Empty(
                "契約がまだありません",
                "契約と特記事項を登録すると、条項ごとの義務と期限が分かります。",
                button("契約を登録", self.add, kind="primary", name="最初の契約を登録"),
                button("特記事項の文章を読み取る…", lambda: context.navigate(ReadAnnex())),
            )
        )
        self._stack.addWidget(nothing_fits("契約", self.search.clear))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 16)
        layout.setSpacing(12)
        self._state = label("", "hint")
        layout.addLayout(flow(label("契約", "h1"), self._state, None, self.acts_button, self.open, new))
        self.notice = AsOfNotice(context)
        layout.addWidget(self.notice)
        layout.addWidget(self.search)
        layout.addWidget(self.hidden)
        layout.addWidget(self._stack, 1)
        self._as_of.ready.connect(self._assessed)
        self._as_of.moved.connect(self.refresh)

    def title(self) -> str:
        return "契約"

    def refresh(self) -> None:
        self.notice.refresh()
        self._as_of.current()
        self._list()

    def take(self, changes: ChangeSet) -> None:
        self._fresh |= {record_id for kind, record_id in self.context.made_by(changes) if kind == "contract"}
        self.table.expect(self._fresh)
        self.refresh()

    def chosen_records(self) -> tuple[list[Contract], ...]:
        facts = self.context.facts()
        return ([facts.get(Contract, one) for one in self.table.selected()],)

    @property
    def topic(self) -> str:
        return topic_of("contract")

    def add(self) -> None:
        """Ctrl+N."""
        begin(self.context, "contract")

    def copy(self) -> None:
        """Begin a contract that takes over what is usually the same as in the selected one."""
        for found in self.table.selected():
            held = self.context.facts().find(Contract, found)
            if held is not None:
                begin_like(self.context, held)

    def _open(self) -> None:
        for found in self.table.selected():
            self.context.navigate(ShowContract(found))

    def _assessed(self, made: Assessment) -> None:
        del made
        self._list()

    def _list(self) -> None:
        facts = self.context.facts()
        made = self._as_of.latest
        self._state.setText("" if made else WAITING)
        words = words_of(self.search.seen())
        lines = [_line(facts, contract, made) for contract in in_order(facts.all(Contract))]
        kept = [one for one in lines if holds(words, *(cell.text for cell in one.cells))]
        self.table.show_lines(kept)
        self._say_hidden(facts, {one.key for one in kept})
        self._stack.setCurrentIndex(0 if kept else 2 if lines else 1)
        self.search.setVisible(bool(facts.all(Contract)))

    def _say_hidden(self, facts: Facts, shown: Set[int]) -> None:
        """A contract just made that the list does not show would look as if it had not been kept."""
        self._fresh = frozenset(one for one in self._fresh - shown if facts.find(Contract, one))
        names = "」「".join(facts.title(facts.find(Contract, one)) for one in sorted(self._fresh))
        why = f"絞り込みの言葉「{self.search.text()}」に合わないため、この一覧に出ていません。"
        self.hidden.say(f"登録した契約「{names}」は、{why}" if self._fresh else "", "warn")


def _line(facts: Facts, contract: Contract, made: Assessment | None) -> Line:
    client = facts.find(Client, contract.client)
    counts = made.counts(contract.id) if made else None
    return line(
        contract.id,
        client.name if client else "",
        contract.title,
        *(_count(state, counts) for state in URGENT),
        _satisfied(counts),
        Cell(period(contract.starts_on, contract.last_day), contract.starts_on),
        contract.number,
    )


_NOT_KNOWN = Cell(UNKNOWN, -1, "muted")


def _satisfied(counts: Mapping[State, int] | None) -> Cell:
    if counts is None:
        return _NOT_KNOWN
    return Cell(str(counts.get(State.SATISFIED, 0)), counts.get(State.SATISFIED, 0))


def _count(state: State, counts: Mapping[State, int] | None) -> Cell:
    if counts is None:
        return _NOT_KNOWN
    shown, count = mark(state), counts.get(state, 0)
    return Cell(f"{shown.sign} {count}件" if count else "－", count, shown.tone if count else "muted")
