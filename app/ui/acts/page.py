"""The page of one act: what the officer says at the left, the plan that follows at the right."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.common import PeopleError, Progress
from app.ledger.writing import ChangeSet
from app.records import SPECS, Field, Record
from app.records.kinds import Ref
from app.ui.acts.plan_view import PlanView
from app.ui.context import Context
from app.ui.editor.ask_dialog import FieldsForm, read_input
from app.ui.manual import topic_of
from app.ui.page import Page
from app.ui.papers.missing import scrolled
from app.ui.parts.dialogs import sentences
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.space.parted import Parted
from app.ui.parts.widgets import Empty, Notice, Prose, button, clear, label
from app.ui.targets import DoAct, IssueMany, Target
from app.work.acts.catalogue import ACTS
from app.work.acts.doing import Doing, Done, PlanMovedError
from app.work.acts.plan import Act, Ground, Plan, Write
from app.work.acts.planning import plan_of
from app.work.batches import ON_CHANGE

_PAUSE = 150
"""Milliseconds without another sign before the plan follows what is typed."""
_ABOUT = "about"


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
        self._doing: Doing | None = None
        self._done: Done | None = None
        self._writing = False
        self._seen: frozenset[Write] | None = None
        """What was shown before the ledger moved on: what is not among it is marked."""
        self._asked: tuple[Field, ...] = ()
        self.form: FieldsForm | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._plan)
        self.notice = Notice()
        self.confirm = button("登録", self._confirm, kind="primary", key="S")
        context.look.dress(self.confirm, "save", "on-primary")
        self.papers = button("書類をまとめて発行", self._issue, kind="primary", key="I")
        self.close_button = button("閉じる", self.finished.emit, key="C")
        self.view = PlanView(context)
        self._say = Empty("", "")
        self._right = QStackedWidget()
        for widget in (self._say, self.view):
            self._right.addWidget(widget)
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

    def refresh(self) -> None:
        if self._done is None and not self._writing:
            self._soon(0)

    def take(self, changes: ChangeSet) -> None:
        del changes
        self.refresh()

    def save(self) -> bool:
        """Ctrl+S: the same as the button."""
        if self.confirm.isEnabled() and self._done is None:
            self._confirm()
        return self._done is not None

    def _build(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "page")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 12, 8)
        self._column.setSpacing(8)
        area = scrolled(inner, "登録することがら")
        hold(area, 22)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 10, 12, 8)
        layout.setSpacing(8)
        self._heading = Prose("", "h1")
        layout.addWidget(self._heading)
        layout.addWidget(self.notice)
        layout.addLayout(flow(self.confirm, self.papers, self.close_button))
        layout.addWidget(Parted(area, self._right, (2, 3)), 1)
        self.papers.hide()
        self.close_button.hide()

    def _ground(self) -> Ground:
        context = self.context
        return Ground(context.facts(), context.catalogue, context.forms, context.today())

    def _records(self) -> tuple[Record, ...]:
        facts = self.context.facts()
        found = (facts.find(self.act.about, one) for one in self._ids)
        return tuple(one for one in found if one is not None)

    def _ask(self) -> None:
        """Ask what the act has to know of the records; first of all which record, where that is not known."""
        clear(self._column)
        records, ground = self._records(), self._ground()
        self._heading.say(self.title())
        if not records:
            about = Field(
                _ABOUT, Ref(label=self.act.about.spec.label, to=self.act.about.spec.name), True, None
            )
            self._asked, given = (about,), {}
        else:
            self._asked = self.act.fields_for(ground, records)
            given = dict(self.act.given(ground, records))
        self.form = FieldsForm(self.context, self._asked, given)
        for made in self.form.inputs.values():
            made.edited.connect(self._edited)
        self._column.addWidget(self.form)
        self._column.addStretch(1)
        self._soon(0)

    def _edited(self) -> None:
        self._seen = None
        self._soon()

    def _soon(self, pause: int = _PAUSE) -> None:
        self._doing = None
        self.confirm.setEnabled(False)
        self._pause.start(pause)

    def _answers(self) -> dict[str, Any]:
        """What can be read of what was said; what is wrong is told at its field when it is left."""
        found = {}
        for name, made in self.form.inputs.items() if self.form else ():
            value, problem = read_input(made, str(made.text()))
            if not problem:
                found[name] = value
        return found

    def _plan(self) -> None:
        """Let the worker make the plan of what is said by now."""
        records, answers, ground, act = self._records(), self._answers(), self._ground(), self.act
        if not records:
            if (chosen := answers.get(_ABOUT)) is not None:
                self._ids = (int(chosen),)
                self._ask()
            else:
                self._tell(f"{self.act.about.spec.label}を選んでください", "")
            return
        seen = self._seen

        def work(_progress: Progress) -> _Made:
            return _Made(plan_of(act, ground, records, answers), seen)

        self.context.operations.run(
            work, self._planned, failed=self._failed, owner=self, key=f"act:{id(self)}"
        )

    def _planned(self, made: _Made) -> None:
        if made.plan.facts is not self.context.facts():
            self._soon(0)
            return
        self._doing = Doing(self.context.ledger, made.plan)
        self.view.show_plan(made.plan, made.seen)
        self._right.setCurrentWidget(self.view)
        count = len(made.plan.writes)
        self.confirm.setText(f"この内容で登録（{count}件）" if count else "登録")
        self.confirm.setAccessibleName(self.confirm.text())
        self.confirm.setEnabled(made.plan.ready)

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
        self._done = done
        self._pause.stop()
        title = plan.draft.title
        self.notice.say(f"「{title}」を登録しました（{len(done.writes)}件）。Ctrl+Zで元に戻せます。", "ok")
        self.view.show_done(plan, done, self.context.facts())
        self._right.setCurrentWidget(self.view)
        clear(self._column)
        self._column.addWidget(label("登録しました", "h2"))
        self._column.addWidget(Prose(title, "sub"))
        self._column.addStretch(1)
        self.form = None
        self.confirm.hide()
        self.papers.setVisible(bool(done.papers))
        self.close_button.show()
        (self.papers if done.papers else self.close_button).setFocus()

    def _issue(self) -> None:
        self.context.navigate(IssueMany(ON_CHANGE))

    def _tell(self, title: str, text: str) -> None:
        self._say.title.setText(title)
        self._say.text.say(text)
        self._right.setCurrentWidget(self._say)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        tone = "warn" if isinstance(error, PlanMovedError) else "danger"
        self.notice.say(sentences(error.problems), tone)
        self._soon(0)
