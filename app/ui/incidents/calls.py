"""すぐに電話する相手: each client with its number, what it was told, and one press that records a call."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.common import PeopleError
from app.records import Field
from app.records.incident import Stage
from app.records.kinds import Text
from app.ui.acts.now import at_this_moment, do_now
from app.ui.context import Context
from app.ui.inputs.base import Input, Making
from app.ui.inputs.by_kind import make_input
from app.ui.parts.dialogs import sentences
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Notice, Prose, button, card, clear, label, prose, row
from app.ui.targets import DoAct
from app.work.acts.afterwards import undone
from app.work.acts.doing import Done
from app.work.acts.incidents.telling import PHONE, TELL
from app.work.desks import incident_words as say
from app.work.desks.incident import Call


class Calls(QWidget):
    """One card for each client; what is typed into one stays while others are told."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.cards: dict[int, CallCard] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    def show_calls(self, calls: tuple[Call, ...]) -> None:
        """Show these; the cards of incidents that are shown already stay."""
        if [one.incident.id for one in calls] != list(self.cards):
            clear(self._layout)
            self.cards = {}
            for at, one in enumerate(calls):
                made = self.cards[one.incident.id] = CallCard(self._context, one, sibling=at > 0)
                self._layout.addWidget(made)
        for one in calls:
            self.cards[one.incident.id].show_call(one)


class CallCard(QFrame):
    """A client to be telephoned."""

    def __init__(self, context: Context, call: Call, *, sibling: bool) -> None:
        """``sibling``: the incident is another than the one shown, of the same accident."""
        super().__init__()
        self._context, self._call, self._sibling = context, call, sibling
        frame, column = card()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self._head = Prose("", "h3")
        self._number = Prose("", "h1")
        self._about = Prose("", "sub")
        making = Making(context)
        self.whom = _line(making, "whom", "相手方", "発注者の所属と氏名")
        self.by = _line(making, "by", "連絡した者", "自社の所属と氏名")
        self.whom.show_value(call.who)
        self.by.show_value(context.ledger.officer)
        self.call = button("いま電話した", self._tell, kind="primary")
        self.call.setAccessibleName(f"いま電話した：{call.contract.number}")
        self.other = button("日時や方法を指定して記録…", self._more, kind="link")
        self.notice = Notice()
        self._done: Done | None = None
        self._told = QVBoxLayout()
        self._told.setSpacing(2)
        for widget in (self._head, self._number, self._about):
            column.addWidget(widget)
        for text, line in (("相手方", self.whom), ("連絡した者", self.by)):
            name = label(text, "sub")
            hold(name, 5)
            column.addLayout(row(name, line))
        column.addLayout(flow(self.call, self.other))
        column.addWidget(self.notice)
        column.addLayout(self._told)

    def show_call(self, call: Call) -> None:
        """Show what it was told by now."""
        self._call = call
        if self._done is not None and undone(self._context.facts(), self._done.writes):
            # A call that is on record no more is not said to be.
            self._done = None
            self.notice.say("")
        client = call.client
        self._head.say(say.whom(call, sibling=self._sibling))
        self._number.say(client.telephone or say.NO_TELEPHONE)
        self._about.say(say.of_contract(self._context.facts(), call))
        allowed = not self._context.ledger.read_only
        for widget in (self.call, self.other, self.whom, self.by):
            widget.setEnabled(allowed)
        clear(self._told)
        if not call.told:
            self._told.addWidget(prose(say.NOT_TOLD, "error"))
        for one in call.told:
            self._told.addWidget(prose(say.told(one)))

    def _tell(self) -> None:
        call = self._call
        self.call.setEnabled(False)
        answers = {
            # Whatever came before it, a call is a word by mouth: only paper makes the other stages.
            "stage": str(Stage.FIRST),
            "at": at_this_moment(self._context),
            "how": PHONE,
            "to_whom": str(self.whom.text()).strip(),
            "by": str(self.by.text()).strip(),
        }
        do_now(self._context, TELL, call.incident, answers, self, self._written, self._failed)

    def _written(self, done: Done) -> None:
        self._done = done
        self.call.setEnabled(True)
        self.notice.say("電話したことを記録しました。Ctrl+Zで元に戻せます。", "ok")

    def _failed(self, error: PeopleError) -> None:
        self.call.setEnabled(True)
        self.notice.say(sentences(error.problems), "danger")

    def _more(self) -> None:
        self._context.navigate(DoAct(TELL.name, (self._call.incident.id,)))


def _line(making: Making, name: str, text: str, hint: str) -> Input:
    made = make_input(Field(name, Text(label=text, hint=hint), False, ""), making, compact=True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    hold(made, 8)
    return made
