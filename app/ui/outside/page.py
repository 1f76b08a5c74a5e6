"""持出しの状況: everything that is out, the most urgent first, back by one press and one confirmation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.common import Progress
from app.records import SPECS, Contract
from app.ui.context import Context
from app.ui.offers.menu import ground_of
from app.ui.outside.card import OutsideCard
from app.ui.page import Page
from app.ui.papers.missing import scrolled
from app.ui.parts.space.cards import Cards
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Prose, button
from app.ui.targets import DoAct, ShowOutside, Target
from app.work.desks.outside import Outside, counted, outside
from app.work.states import named


class OutsidePage(Page):
    """What is overdue stands first and in red, then what is to be back today."""

    shows = frozenset(SPECS)

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, ShowOutside):
            raise TypeError(target)
        self._contract = target.contract
        self.shown: Sequence[Outside] | None = None
        self.cards: list[OutsideCard] = []
        inner = QWidget()
        inner.setProperty("role", "page")
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 12, 8)
        inside.setSpacing(8)
        self._cards = Cards(inside, self._card)
        self._count = Prose("調べています…", "sub")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 10, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(Prose(self.title(), "h1"))
        layout.addWidget(self._count)
        out = (("check-out-asset", "情報資産の持出し…"), ("check-out", "機器の持出し…"))
        self.taking = [button(text, lambda name=name: self._take(name)) for name, text in out]  # type: ignore[misc]  # bound as it is made
        whole = button("すべての契約を表示", lambda: context.navigate(ShowOutside()), kind="quiet")
        whole.setVisible(bool(self._contract))
        layout.addLayout(flow(*self.taking, whole))
        for one in self.taking:
            one.setVisible(not context.ledger.read_only)
        layout.addWidget(scrolled(inner, "外にあるもの"), 1)

    def title(self) -> str:
        return "持出しの状況"

    @property
    def topic(self) -> str:
        return "02-daily/持出しの状況"

    def refresh(self) -> None:
        ground, contract = ground_of(self.context), self._contract

        def work(progress: Progress) -> tuple[Outside, ...]:
            return outside(ground, contract, progress)

        self.context.operations.run(work, self._show, owner=self, key=f"outside:{id(self)}")

    def _take(self, name: str) -> None:
        self.context.navigate(DoAct(name))

    def _show(self, found: Sequence[Outside]) -> None:
        if found == self.shown:
            return
        self.shown = found
        self.cards = []
        self._count.say(self._said(found))
        self._cards.show(
            len(found),
            "持ち出されたままのものはありません",
            "情報資産やPC・媒体の持出しを登録すると、持ち帰るまでここに並びます。",
        )

    def _said(self, found: Sequence[Outside]) -> str:
        facts = self.context.facts()
        held = facts.find(Contract, self._contract)
        whose = f"{named(facts, held)}：" if held else ""
        counts = counted(found)
        told = "、".join(f"{late.value}{count}件" for late, count in counts.items() if count)
        return f"{whose}いま外にあるもの{sum(counts.values())}件" + (f"（{told}）" if told else "")

    def _card(self, at: int) -> OutsideCard:
        made = OutsideCard(self.context, (self.shown or ())[at])
        self.cards.append(made)
        return made
