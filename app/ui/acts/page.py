"""The page of one act: what the officer says at the left, the plan that follows at the right."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.common import PeopleError, Progress
from app.ledger.writing import ChangeSet
from app.records import SPECS, Record
from app.records.kinds import Rows
from app.ui.acts.form import ActForm
from app.ui.acts.plan_view import PlanView
from app.ui.acts.unfinished import Resuming
from app.ui.context import Context
from app.ui.homes import goes_on, opening
from app.ui.manual import topic_of
from app.ui.offers.menu import ground_of, sheets_after
from app.ui.page import Page
from app.ui.papers.making.veil import Veil
from app.ui.parts.dialogs import sentences
from app.ui.parts.keyboard import returns_in_field
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.space.parted import Parted
from app.ui.parts.space.scrolled import scrolled
from app.ui.parts.widgets import Empty, Notice, Prose, button, clear, em, label
from app.ui.targets import DoAct, IssueForm, IssueMany, Target
from app.work.acts.afterwards import keys_of, still_to_issue, undone
from app.work.acts.catalogue import ACTS
from app.work.acts.doing import Doing, Done, PlanMovedError
from app.work.acts.plan import Act, Plan, Write
from app.work.acts.planning import plan_of
from app.work.acts.stock.stocktake import Tally

_PAUSE = 150
"""Milliseconds without another sign before the plan follows what is typed."""
_LOW = 24
"""Full-width characters of height below which a page has no room for its heading."""
MAKING = "計画を作っています…"
MAKING_ANEW = "計画を作り直しています…"
_OF_A_TABLE = 28
"""Full-width characters in which a table that is worked through has number, words, quantity and result."""


class _Made(NamedTuple):
    plan: Plan
    seen: frozenset[Write] | None


class ActPage(Page):
    """``finished`` when the officer is done with it."""

    shows = frozenset(SPECS)

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, DoAct):
            raise TypeError(target)
        self.act: Act = ACTS[target.name]
        self._ids = target.ids
        self._given = target.given
        self._doing: Doing | None = None
        self._done: Done | None = None
        self._writing = False
        self._seen: frozenset[Write] | None = None
        """What was shown before the ledger moved on: what is not among it is marked."""
        self._goes_on = False
        """Whether Return was pressed in the last field while the plan was still being made."""
        self._facts = context.facts()
        """What the written plan was made from."""
        self._said: Mapping[str, Any] = {}
        """What was said of what is written."""
        self._carried: dict[str, Any] = {}
        """What was said before something else was chosen."""
        self._half_said: dict[str, tuple[Any, ...]] = {}
        """What was typed by then and cannot be read."""
        self._left: tuple[tuple[int, str], ...] = ()
        """The papers that it called for and that are not issued yet: contract and form."""
        self.form: ActForm | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._plan)
        self.notice = Notice()
        self.confirm = button("登録", self._confirm, kind="primary", key="S")
        context.look.dress(self.confirm, "save", "on-primary")
        self.papers = button("書類をまとめて発行", self._issue, kind="primary", key="I")
        self.desk_button = button("", self._open_desk, key="O")
        self._desk: Target | None = None
        """Where the work goes on with what was written, where anything waits there: a desk, or the record."""
        self.resuming = Resuming(context, self.act, self.notice, self._ask)
        self.close_button = button("閉じる", self.finished.emit, key="C")
        self.view = PlanView(context)
        self._say = Empty("", "")
        self._right = QStackedWidget()
        for widget in (self._say, self.view):
            self._right.addWidget(widget)
        self.veil = Veil(context.look, self._right)
        self._build()
        self._ask()

    def title(self) -> str:
        records = self._records()
        facts = self.context.facts()
        named = "、".join(facts.title(one) for one in records[:2])
        more = f"ほか{len(records) - 2}件" if len(records) > 2 else ""
        return "　".join(filter(None, (self.act.title, named + more)))

    @property
    def topic(self) -> str:
        return topic_of(self.act.about.spec.name)

    @property
    def done(self) -> Done | None:
        """What was written; None until it was."""
        return self._done

    @property
    def over(self) -> bool:
        return self._done is not None

    def chosen_records(self) -> tuple[tuple[Record, ...], ...]:
        return (self._records(),)

    def refresh(self) -> None:
        if self._done is None and not self._writing:
            self._soon(0)
        elif self._done is not None:
            self._look_back(self._done)

    def take(self, changes: ChangeSet) -> None:
        del changes
        self.refresh()

    def save(self) -> bool:
        """Ctrl+S: the same as the button; where it cannot be pressed, what its fields still lack is told."""
        if self.confirm.isEnabled() and self._done is None:
            self._confirm()
        elif self._doing is not None and self._done is None and self.form is not None:
            self.form.read()
        return self._done is not None

    def can_leave(self) -> bool:
        if self._done is not None or self._writing or self.form is None:
            return True
        if self.resuming.keep_at_once(self.form) or not (self.form.dirty or self._carried or self._half_said):
            return True
        return self.context.dialogs.ask(
            f"「{self.title()}」はまだ登録していません。登録せずに離れますか？",
            "登録せずに離れる",
            detail="入力した内容は残りません。",
            grave=True,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        form = self.form
        if form is None or not returns_in_field(form, event):
            super().keyPressEvent(event)
        elif self.window().focusWidget() is not form.last_stop():
            form.focusNextChild()
        elif self._doing is None:
            self._goes_on = True
        else:
            self._go_on(self._doing.plan)

    def _go_on(self, plan: Plan) -> None:
        """After the last field: to the button, or where the plan still lacks an answer."""
        self._goes_on = False
        if self.confirm.isEnabled():
            self.confirm.setFocus()
        elif self.form is not None:
            any(self.form.focus(one.field) for one in plan.asks if one.needed and one.field)

    def _build(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "page")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 12, 8)
        self._column.setSpacing(8)
        area = scrolled(inner, "登録することがら")
        table = any(isinstance(one.kind, Tally) for one in self.act.fields)
        hold(area, _OF_A_TABLE if table else 22)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 10, 12, 8)
        layout.setSpacing(8)
        self._heading = Prose("", "h1")
        layout.addWidget(self._heading)
        layout.addWidget(self.notice)
        layout.addLayout(
            flow(self.confirm, self.papers, self.desk_button, self.resuming.anew, self.close_button)
        )
        # Rows are typed at the left, and need the room.
        rows = table or any(isinstance(one.kind, Rows) for one in self.act.fields)
        shares = (3, 2) if rows else (2, 3)
        layout.addWidget(Parted(area, self._right, shares, below=(3, 2)), 1)
        for made in (self.papers, self.desk_button, self.resuming.anew, self.close_button):
            made.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low page the fields need the height; the line above the page says what the heading says."""
        super().resizeEvent(event)
        self._heading.setVisible(self.height() >= em(self, _LOW))

    def _records(self) -> tuple[Record, ...]:
        facts = self.context.facts()
        found = (facts.find(self.act.about, one) for one in self._ids)
        return tuple(one for one in found if one is not None)

    def _ask(self, kept: Mapping[str, Any] | None = None, *, chosen: bool = False) -> None:
        """Ask what the act has to know of the records; first of all which record, where that is not known.

        ``chosen``: they were just chosen anew.
        """
        clear(self._column)
        self._heading.say(self.title())
        records = self._records()
        known = {**self.resuming.left(tuple(one.id for one in records), kept or {}), **(kept or {})}
        form = ActForm(self.context, self.act, records, known, self._given, chosen=chosen)
        self.form = form
        form.edited.connect(self._edited)
        form.chosen.connect(self._choose)
        self._column.addWidget(form)
        self._column.addStretch(1)
        QWidget.setTabOrder(form.last_stop(), self.confirm)
        self._soon(0)

    def _choose(self, ids: tuple[int, ...]) -> None:
        self._ids = ids
        # Not from within: the field in which it was said is about to go.
        QTimer.singleShot(0, self, self._ask_on)

    def _ask_on(self) -> None:
        """Go on with the fields for what was just chosen; what was said of others stays."""
        # The Return that chose it is no yes to a plan that nobody has seen.
        self._goes_on = False
        if self.form is not None:
            self._carried |= self.form.said()
            self._half_said |= self.form.half_said()
        self._ask(self._carried, chosen=True)
        if self.form is not None and self._records():
            self.form.say_again(self._half_said)
            self._half_said = {}
        if self.form is not None and self.isVisible():
            # Seen before it is given the keyboard: to a window that comes up again after a dialog, Qt gives
            # back only what can be seen, else the first thing on it, whose Return leaves the page.
            self.form.show()
            self.form.focus()
        self.renewed.emit()

    def _edited(self) -> None:
        self._seen = None
        if self.form is not None:
            self.resuming.keep(self.form)
        self._soon()

    def _soon(self, pause: int = _PAUSE) -> None:
        """Make the plan anew; one of former answers never looks as though it were of these."""
        self._doing = None
        self.confirm.setEnabled(False)
        if self._right.currentWidget() is self.view:
            self.veil.lay(MAKING_ANEW)
        elif self._records():
            self.veil.lay(MAKING)
        self._pause.start(pause)

    def _plan(self) -> None:
        """Let the worker make the plan of what is said by now."""
        records, form, ground, act = self._records(), self.form, ground_of(self.context), self.act
        if form is None:
            return
        answers = form.answers()
        form.follow()
        if not records:
            gone = "選んだものは、台帳から取り消されています。" if self._ids else ""
            if gone:
                self._ids = ()
                self._ask()
            self._tell(f"{act.about.spec.label}を選んでください", gone or act.hint)
            return
        if not form.unread and not form.asks_for(one.name for one in act.fields_for(ground, records)):
            # The ledger moved on, and something else matters now: what was said stays.
            self._ask(answers)
        seen = self._seen

        def work(_progress: Progress) -> _Made:
            return _Made(plan_of(act, ground, records, answers), seen)

        self.context.operations.run(
            work, self._planned, failed=self._failed, owner=self, key=f"act:{id(self)}"
        )

    def _planned(self, made: _Made) -> None:
        if self._pause.isActive():
            # Made of answers that have changed since: it must not be confirmed as though it were of these.
            return
        if made.plan.facts is not self.context.facts():
            self._soon(0)
            return
        self._doing = Doing(self.context.ledger, made.plan)
        self.view.show_plan(made.plan, made.seen)
        if self.form is not None:
            self.form.tell(made.plan.refusals)
        self._bring(self.view)
        count = len(made.plan.writes)
        self.confirm.setText(f"この内容で登録（{count}件）" if count else "登録")
        self.confirm.setAccessibleName(self.confirm.text())
        self.confirm.setEnabled(made.plan.ready)
        if self._goes_on:
            self._go_on(made.plan)

    def _confirm(self) -> None:
        doing = self._doing
        if doing is None or self.form is None or self.form.read() is None:
            return
        plan = doing.plan

        def work(_progress: Progress) -> Done:
            return doing.confirm()

        def failed(error: Exception) -> None:
            self._writing = False
            if isinstance(error, PlanMovedError):
                self._seen = frozenset(plan.writes)
            self._failed(error)

        self._writing = True
        self.confirm.setEnabled(False)
        self.context.operations.run(work, partial(self._written, plan), failed=failed, owner=self)

    def _written(self, plan: Plan, done: Done) -> None:
        self._done, self._writing = done, False
        self._facts = plan.facts
        self._said = self.form.answers() if self.form else {}
        self._pause.stop()
        title = plan.draft.title
        self.notice.say(f"「{title}」を登録しました（{len(done.writes)}件）。Ctrl+Zで元に戻せます。", "ok")
        self.view.show_done(plan, done, self.context.facts())
        self._bring(self.view)
        clear(self._column)
        self._column.addWidget(label("登録しました", "h2"))
        self._column.addWidget(Prose(title, "sub"))
        for one in plan.draft.follows:
            go = partial(self.context.navigate, DoAct(one.act, one.ids, one.said))
            self._column.addLayout(flow(button(f"{one.text}…", go)))
        for sheet in sheets_after(self.context, [one.record for one in done.writes if not one.gone]):
            self._column.addLayout(flow(sheet))
        self._column.addStretch(1)
        self.form = None
        self.confirm.hide()
        self.resuming.forget()
        self.close_button.show()
        self._offer_papers(done)
        self._offer_desk(done)
        (self.papers if self.papers.isVisibleTo(self) else self.close_button).setFocus()

    def _look_back(self, done: Done) -> None:
        """What was written may have been taken back, and its papers issued: nothing else is said of it."""
        if not undone(self.context.facts(), done.writes):
            self._offer_papers(done)
            return
        self._done = None
        self.notice.say("元に戻しました。台帳は、登録する前の内容です。", "info")
        for made in (self.papers, self.desk_button, self.close_button):
            made.hide()
        self.confirm.show()
        self._ask(self._said)

    def _offer_papers(self, done: Done) -> None:
        self._left = still_to_issue(self._facts, self.context.facts(), done.papers)
        several = len(self._left) > 1
        self.papers.setVisible(bool(self._left))
        self.papers.setText(f"書類をまとめて発行（{len(self._left)}件）" if several else "書類を作成")
        self.papers.setAccessibleName(self.papers.text())

    def _offer_desk(self, done: Done) -> None:
        held = (
            goes_on(one.record.spec.name, one.record.id, new=one.before is None)
            for one in done.writes
            if not one.gone
        )
        self._desk = next((one for one in held if one is not None), None)
        self.desk_button.setVisible(self._desk is not None)
        if self._desk is not None:
            self.desk_button.setText(opening(self._desk))
            self.desk_button.setAccessibleName(self.desk_button.text())

    def _open_desk(self) -> None:
        if self._desk is not None:
            self.context.navigate(self._desk)

    def _issue(self) -> None:
        """Several in one go; a single one where it is read before it is issued."""
        only = keys_of(self._done.writes) if self._done else ()
        if len(self._left) > 1:
            self.context.navigate(IssueMany(papers=self._left, only=only))
            return
        for contract, form in self._left:
            apart = self.context.forms[form].apart
            self.context.navigate(IssueForm(form, contract, only if apart else ()))

    def _tell(self, title: str, text: str) -> None:
        self._say.title.setText(title)
        self._say.text.say(text)
        self._bring(self._say)

    def _bring(self, one: QWidget) -> None:
        """Show what holds now."""
        self.veil.lift()
        self._right.setCurrentWidget(one)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        tone = "warn" if isinstance(error, PlanMovedError) else "danger"
        self.notice.say(sentences(error.problems), tone)
        self._soon(0)
