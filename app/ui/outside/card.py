"""One thing that is out: what, with whom, where, since and until when, on which ground; and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.records.amounts import amount_text
from app.records.days import wareki
from app.records.event import EventKind
from app.ui.context import Context
from app.ui.homes import begin, home
from app.ui.parts.widgets import Prose, button, card, label, row
from app.ui.targets import DoAct
from app.work.desks.outside import Lateness, Outside
from app.work.states import named

_TONES = {Lateness.OVERDUE: "danger", Lateness.TODAY: "warn"}
_BACK = "持帰りを登録…"
_MOVED = "保管場所変更を登録…"


class OutsideCard(QFrame):
    """``back`` is the button that begins the way back; absent where the ledger is only read."""

    def __init__(self, context: Context, one: Outside) -> None:
        super().__init__()
        self._context, self.one = context, one
        frame, inside = card()
        inside.setContentsMargins(14, 8, 14, 8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(_limit(one, context))
        told.addWidget(Prose(called(one), "h3"))
        for text, role in self._lines():
            told.addWidget(Prose(text, role))
        self.back: QPushButton | None = None
        line = row(spacing=14)
        line.addLayout(told, 1)
        line.addLayout(self._ways(), 0)
        inside.addLayout(line)

    def _lines(self) -> Iterator[tuple[str, str]]:
        one, facts = self.one, self._context.facts()
        where = "持込み先" if one.act == "check-in" and _brought_in(one) else "持出し先"
        who = one.person.name if one.person else "記録なし"
        yield f"{where}：{one.place or '記録なし'}　／　{one.who}：{who}　／　{wareki(one.day)}から", ""
        ground = one.standing
        asked = f"　（{'、'.join(ground.clauses)}）" if ground.clauses else ""
        yield f"{'' if ground.allowed else '✕ '}根拠：{ground.text}{asked}", "" if ground.allowed else "error"
        yield named(facts, one.contract), "sub"

    def _ways(self) -> QVBoxLayout:
        one, context = self.one, self._context
        held = QVBoxLayout()
        held.setSpacing(4)
        if not context.ledger.read_only:
            text = _BACK if one.act else _MOVED
            self.back = button(text, self._bring_back, kind="primary", name=f"{text}：{called(one)}")
            held.addWidget(self.back)
        opened = button(
            "記録を開く",
            partial(context.navigate, home(one.record.spec.name, one.record.id)),
            kind="link",
            name=f"記録を開く：{called(one)}",
        )
        held.addWidget(opened, 0, Qt.AlignmentFlag.AlignRight)
        held.addStretch(1)
        return held

    def _bring_back(self) -> None:
        one = self.one
        if one.act:
            self._context.navigate(DoAct(one.act, (one.thing.id,)))
        else:
            given = {"asset": one.thing.id, "kind": EventKind.MOVED.value, "quantity": one.quantity}
            begin(self._context, "event", given=given)


def called(one: Outside) -> str:
    """What is out, in one line: A-0003　調査票　10枚."""
    return f"{one.number}　{one.item}　{amount_text(one.quantity)}{one.unit}"


def _brought_in(one: Outside) -> bool:
    return one.permit == "bringin-approval"


def _limit(one: Outside, context: Context) -> QWidget:
    """Until when it may be out, and how late it is."""
    until = f"{one.limit.word} {wareki(one.limit.day)}" if one.limit else one.lateness.value
    line = QWidget()
    told = Prose(until, "sub")
    if one.lateness in _TONES and one.limit is not None:
        days = (context.today() - one.limit.day).days
        late = f"✕ {one.lateness.value}{days}日" if days > 0 else f"△ {one.lateness.value}"
        held = row(label(late, "chip", tone=_TONES[one.lateness]))
    else:
        held = row()
    held.addWidget(told, 1)
    line.setLayout(held)
    return line
