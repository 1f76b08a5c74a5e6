"""授受の状況: what was handed over and has no copy that both sides signed, and the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.common import Progress
from app.records import SPECS, Asset, Contract
from app.records.days import wareki
from app.ui.context import Context
from app.ui.page import Page
from app.ui.papers.missing import scrolled
from app.ui.parts.space.cards import Cards
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Prose, button, card, label, row
from app.ui.targets import DoAct, IssueForm, ShowDocument, ShowHandovers, Target
from app.work.desks.handovers import SLIP, OpenHandover, Wanting, open_handovers
from app.work.states import named

_NAMED = 3
_WAYS = {Wanting.SLIP: "授受票を作成", Wanting.SIGNATURE: "署名済みの控えを登録"}


class HandoversPage(Page):
    """What waits for a signature stands first, the oldest before the others."""

    shows = frozenset(SPECS)

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, ShowHandovers):
            raise TypeError(target)
        self._contract = target.contract
        self.shown: Sequence[OpenHandover] | None = None
        self.buttons: list[QPushButton] = []
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
        contract = (self._contract,) if self._contract else ()
        receive = button("受領…", lambda: context.navigate(DoAct("receive", contract)), kind="primary")
        back = button("返還…", lambda: context.navigate(DoAct("return")))
        whole = button("すべての契約を表示", lambda: context.navigate(ShowHandovers()), kind="quiet")
        whole.setVisible(bool(self._contract))
        layout.addLayout(flow(receive, back, whole))
        for one in (receive, back):
            one.setHidden(context.ledger.read_only)
        layout.addWidget(scrolled(inner, "署名済みの控えのない授受"), 1)

    def title(self) -> str:
        return "授受の状況"

    @property
    def topic(self) -> str:
        return "02-daily/受領と返還（授受）"

    def refresh(self) -> None:
        facts, contract = self.context.facts(), self._contract

        def work(_progress: Progress) -> tuple[OpenHandover, ...]:
            return open_handovers(facts, contract)

        self.context.operations.run(work, self._show, owner=self, key=f"handovers:{id(self)}")

    def _show(self, found: Sequence[OpenHandover]) -> None:
        if found == self.shown:
            return
        self.shown = found
        self.buttons = []
        self._count.say(self._said(found))
        self._cards.show(
            len(found),
            "署名済みの控えを待つ授受はありません",
            "受領や返還を登録すると、双方が署名した授受票の控えが登録されるまでここに並びます。",
        )

    def _said(self, found: Sequence[OpenHandover]) -> str:
        facts = self.context.facts()
        held = facts.find(Contract, self._contract)
        whose = f"{named(facts, held)}：" if held else ""
        counts = {want: sum(1 for one in found if one.wanting is want) for want in Wanting}
        told = "、".join(f"{want.value}{count}件" for want, count in counts.items() if count)
        return f"{whose}双方の署名のある控えがない授受{len(found)}件" + (f"（{told}）" if told else "")

    def _card(self, at: int) -> QFrame:
        one = (self.shown or ())[at]
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
