"""持出しの状況: everything that is out, the most urgent first, back by one press and one confirmation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from app.common import Progress
from app.ui.board_page import BoardPage
from app.ui.context import Context
from app.ui.offers.menu import ground_of
from app.ui.outside.card import OutsideCard
from app.ui.parts.widgets import button
from app.ui.targets import DoAct, ShowOutside, Target
from app.work.desks.outside import Outside, counted, outside
from app.work.states import named


class OutsidePage(BoardPage[Outside]):
    """What is overdue stands first and in red, then what is to be back today."""

    called = "外にあるもの"
    none = "持ち出されたままのものはありません"
    why = "情報資産やPC・媒体の持出しを登録すると、持ち帰るまでここに並びます。"

    def __init__(self, context: Context, target: Target) -> None:
        if not isinstance(target, ShowOutside):
            raise TypeError(target)
        super().__init__(context, target.contract, ShowOutside())
        self.cards: list[OutsideCard] = []
        self.taking = [
            button("情報資産の持出し…", lambda: context.navigate(DoAct("check-out-asset"))),
            button("機器の持出し…", lambda: context.navigate(DoAct("check-out"))),
        ]
        self.lay(*self.taking)

    def title(self) -> str:
        return "持出しの状況"

    @property
    def topic(self) -> str:
        return "02-daily/持出しの状況"

    def search(self, contract: int) -> Callable[[Progress], Sequence[Outside]]:
        ground = ground_of(self.context)
        return lambda progress: outside(ground, contract, progress)

    def counted(self, found: Sequence[Outside]) -> tuple[str, Iterable[tuple[str, int]]]:
        counts = counted(found)
        states = ((late.value, count) for late, count in counts.items())
        return f"いま外にあるもの{sum(counts.values())}件", states

    def beside(self, one: Outside) -> object:
        return named(self.context.facts(), one.contract)

    def emptied(self) -> None:
        self.cards = []

    def card(self, one: Outside) -> OutsideCard:
        made = OutsideCard(self.context, one)
        self.cards.append(made)
        return made
