"""授受の状況: what was handed over and has no copy that both sides signed, and the way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.common import Progress
from app.records import Asset
from app.records.days import wareki
from app.ui.board_page import BoardPage
from app.ui.context import Context
from app.ui.parts.widgets import Prose, button, card, label, row
from app.ui.targets import DoAct, IssueForm, ShowDocument, ShowHandovers, Target
from app.work.desks.handovers import SLIP, OpenHandover, Wanting, open_handovers
from app.work.states import named

_NAMED = 3
_WAYS = {Wanting.SLIP: "授受票を作成", Wanting.SIGNATURE: "署名済みの控えを登録"}


class HandoversPage(BoardPage[OpenHandover]):
    """What waits for a signature stands first, the oldest before the others."""

    called = "署名済みの控えのない授受"
    none = "署名済みの控えを待つ授受はありません"
    why = "受領や返還を登録すると、双方が署名した授受票の控えが登録されるまでここに並びます。"

    def __init__(self, context: Context, target: Target) -> None:
        if not isinstance(target, ShowHandovers):
            raise TypeError(target)
        super().__init__(context, target.contract, ShowHandovers())
        self.buttons: list[QPushButton] = []
        contract = (target.contract,) if target.contract else ()
        self.lay(
            button("受領…", lambda: context.navigate(DoAct("receive", contract)), kind="primary"),
            button("返還…", lambda: context.navigate(DoAct("return"))),
        )

    def title(self) -> str:
        return "授受の状況"

    @property
    def topic(self) -> str:
        return "02-daily/受領と返還（授受）"

    def search(self, contract: int) -> Callable[[Progress], Sequence[OpenHandover]]:
        facts = self.context.facts()
        return lambda _progress: open_handovers(facts, contract)

    def counted(self, found: Sequence[OpenHandover]) -> tuple[str, Iterable[tuple[str, int]]]:
        states = ((want.value, sum(one.wanting is want for one in found)) for want in Wanting)
        return f"双方の署名のある控えがない授受{len(found)}件", states

    def beside(self, one: OpenHandover) -> object:
        return named(self.context.facts(), one.contract), self._things(one)

    def emptied(self) -> None:
        self.buttons = []

    def card(self, one: OpenHandover) -> QFrame:
        frame, inside = card()
        inside.setContentsMargins(14, 8, 14, 8)
        told = QVBoxLayout()
        told.setSpacing(2)
        tone = "warn" if one.wanting is Wanting.SLIP else "wait"
        state = QWidget()
        line = row(label(one.wanting.value, "chip", tone=tone))
        line.addWidget(Prose(f"{wareki(one.at.date())}の{one.kind}　{one.number}", "sub"), 1)
        state.setLayout(line)
        told.addWidget(state)
        told.addWidget(Prose(self._things(one), "h3"))
        if one.slip is not None:
            told.addWidget(Prose(f"授受票：{one.slip.number}（{wareki(one.slip.issued_on)}発行）"))
        told.addWidget(Prose(named(self.context.facts(), one.contract), "sub"))
        held = row(spacing=14)
        held.addLayout(told, 1)
        text = _WAYS[one.wanting]
        way = button(text, partial(self._open, one), name=f"{text}：{one.number}")
        self.buttons.append(way)
        held.addWidget(way, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(held)
        return frame

    def _things(self, one: OpenHandover) -> str:
        facts = self.context.facts()
        held = [facts.find(Asset, event.asset) for event in one.events]
        things = [f"{asset.number} {asset.item}" for asset in held if asset is not None]
        more = f"ほか{len(things) - _NAMED}件" if len(things) > _NAMED else ""
        return "、".join(things[:_NAMED]) + more

    def _open(self, one: OpenHandover) -> None:
        if one.slip is not None:
            self.context.navigate(ShowDocument(one.slip.id))
        else:
            self.context.navigate(IssueForm(SLIP, one.contract.id, one.keys))
