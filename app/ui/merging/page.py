"""The page of a merge: another ledger opened, every record shown, conflicts answered; all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.common import Cancelled, PeopleError, Progress
from app.exchange.merging import applying
from app.exchange.merging.other import Other
from app.exchange.merging.plans import Answer, MergePlan
from app.ledger.writing import ChangeSet
from app.records import SPECS
from app.ui.context import Context
from app.ui.merging import wording
from app.ui.merging.choice_view import ChoiceView
from app.ui.merging.holding import Holding
from app.ui.merging.rows_view import MergeRowsView
from app.ui.operations import Job, Lane
from app.ui.page import Page
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Empty, Notice, Prose, button
from app.ui.targets import Target
from app.ui.undo.asking import newest, undo

if TYPE_CHECKING:
    from app.ledger.undoing.queue import Done

TITLE = "ほかの台帳を統合する"
_STOPPED = "中止しました。何も統合していません。"
_ANEW = "確かめている間に台帳が変わったため、答えを選び直してください。"


class _Made(NamedTuple):
    other: Other
    plan: MergePlan
    anew: bool = False
    """Whether the answers no longer fit what is asked, and were given up."""


class MergePage(Page):
    """Nothing is written before 統合する is pressed; then exactly what is shown, as one change."""

    shows = frozenset(SPECS)

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        del target
        self._holding = Holding()
        self._made: _Made | None = None
        self._said: dict[str, Answer] = {}
        self._writing = False
        self._job: Job | None = None
        self._done: Done | None = None
        self.choice = ChoiceView(context)
        self.choice.wanted.connect(self.look)
        self.rows = MergeRowsView(context)
        self.rows.said.connect(self._take_answer)
        self.confirm = button("統合する", self.bring, kind="primary", key="S")
        context.look.dress(self.confirm, "save", "on-primary")
        self.other_button = button("別の台帳を選ぶ", self._begin_again)
        self.notice = Notice()
        self.origin, self.count = Prose("", "sub"), Prose("", "sub")
        self.undo_button = button("元に戻す", self._undo)
        self._end = Empty("統合しました", "", self.undo_button)
        self._build()
        self._show(self.choice)
        holding = self._holding
        self.destroyed.connect(lambda: holding.close(for_good=True))

    def title(self) -> str:
        return TITLE

    @property
    def topic(self) -> str:
        return "04-keys-and-backups/ほかの台帳の統合"

    @property
    def planned(self) -> MergePlan | None:
        """The plan that is shown, and of which nothing has moved since."""
        return self._made.plan if self._made is not None else None

    def _build(self) -> None:
        self._work = QWidget()
        inner = QVBoxLayout(self._work)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.origin)
        inner.addWidget(self.count)
        inner.addWidget(self.rows, 1)
        self._stack = QStackedWidget()
        for widget in (self.choice, self._work, self._end):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 10, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(flow(self.other_button, None, self.confirm))
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)

    def take(self, changes: ChangeSet) -> None:
        del changes
        if self._done is not None:
            latest = newest(self.context)
            if latest is None or latest.number < self._done.number:
                self._end.title.setText("元に戻しました")
                self._end.text.say("台帳は、統合する前の内容です。")
                self.undo_button.hide()
        elif self._made is not None and not self._writing:
            self._plan()

    def save(self) -> bool:
        """Ctrl+S: the same as the button."""
        if self.confirm.isEnabled() and self.confirm.isVisible():
            self.bring()
        return self._done is not None

    def can_leave(self) -> bool:
        if not self._said or self._writing:
            return True
        return self.context.dialogs.ask(
            "まだ統合していません。統合せずに離れますか？",
            "統合せずに離れる",
            detail="選んだ答えは残りません。",
            grave=True,
        )

    def look(self) -> None:
        """Open the other ledger and say what would become of every record, in the worker."""
        path, passphrase = self.choice.path, self.choice.text
        if path is None:
            return
        ledger, opened, holding = self.context.ledger, self.context.program.product.open, self._holding
        self.choice.say()
        self.choice.setEnabled(False)
        self.notice.say("もう一方の台帳を開き、すべての記録を検証しています…", "info")

        def work(progress: Progress) -> _Made | None:
            try:
                other = holding.open(path, passphrase, opened, progress)
                return _Made(other, other.plan(ledger, progress=progress))
            except Cancelled:
                return None

        self.context.operations.run(
            work,
            self._looked,
            title="もう一方の台帳を確かめています",
            failed=self._unopened,
            owner=self,
            key=f"merge-open:{id(self)}",
            lane=Lane.COPIES,
        )

    def _looked(self, made: _Made | None) -> None:
        self.choice.setEnabled(True)
        if made is None:
            self._stopped()
            return
        self.choice.passphrase.clear()
        self._said = {}
        self.rows.clear()
        self._planned(made)
        self.rows.table.setFocus()

    def _unopened(self, error: Exception) -> None:
        self.choice.setEnabled(True)
        self.notice.say("")
        if not isinstance(error, PeopleError):
            raise error
        self.choice.refuse(error)

    def _take_answer(self, names: frozenset[str], answer: Answer) -> None:
        self._said |= dict.fromkeys(names, answer)
        self._plan()

    def _plan(self) -> None:
        """Let the worker say what would become of every record with the answers given."""
        made = self._made
        if made is None:
            return
        ledger, other, said = self.context.ledger, made.other, dict(self._said)
        keep, take, both = ([name for name, way in said.items() if way is one] for one in Answer)
        self.confirm.setEnabled(False)

        def work(progress: Progress) -> _Made | None:
            try:
                return _Made(other, other.plan(ledger, keep, take, both, progress))
            except Cancelled:
                return None
            except PeopleError:
                # What was answered is not asked any more: the ledger is another than it was.
                return _Made(other, other.plan(ledger, progress=progress), anew=True)

        self.context.operations.run(
            work,
            lambda found: self._stopped() if found is None else self._planned(found),
            title="統合する内容を確かめています",
            failed=self._failed,
            owner=self,
            key=f"merge:{id(self)}",
        )

    def _planned(self, made: _Made) -> None:
        self._made, plan = made, made.plan
        if made.anew:
            self._said = {}
        self.origin.say(wording.origin(plan))
        self.count.say(wording.counted(plan))
        self.rows.show_plan(plan, self.context.facts(), made.other.ledger.facts())
        self._show(self._work)
        why = _ANEW if made.anew else wording.hindrance(plan)
        self.notice.say(why, "warn" if plan.asked or made.anew else "info")
        self._say_confirm()

    def _say_confirm(self) -> None:
        plan = self.planned
        able = plan is not None and not wording.hindrance(plan) and not self.context.ledger.read_only
        self.confirm.setEnabled(able)
        text = f"{wording.writes(plan):,}件を統合する" if plan is not None and able else "統合する"
        self.confirm.setText(text)
        self.confirm.setAccessibleName(text)

    def bring(self) -> None:
        """Write exactly the plan that is shown, as one change after a backup, or nothing."""
        made = self._made
        if made is None or not self.confirm.isEnabled():
            return
        self._writing = True
        self.confirm.setEnabled(False)
        self.rows.setEnabled(False)
        ledger, backups = self.context.ledger, self.context.backups()

        def work(progress: Progress) -> MergePlan | None:
            try:
                applying.merge(ledger, made.other.ledger, made.plan, backups, progress)
            except Cancelled:
                return None
            return made.plan

        self._job = self.context.operations.run(
            work, self._written, title="台帳を統合しています", failed=self._failed, owner=self
        )

    def _written(self, plan: MergePlan | None) -> None:
        self._writing = False
        self.rows.setEnabled(True)
        if plan is None:
            self._stopped()
            return
        self._done, self._made, self._said = newest(self.context), None, {}
        self._let_go()
        written = f"{wording.writes(plan):,}件を1つの変更として統合しました。"
        self._end.title.setText("統合しました")
        late = self._job.late if self._job is not None else ""
        self._end.text.say(
            f"{late}{written}「元に戻す」（Ctrl+Z）で、まとめて元に戻せます。\n{wording.counted(plan)}"
        )
        self.undo_button.show()
        self.notice.say("")
        self._show(self._end)
        self.context.say(written)
        self.undo_button.setFocus()

    def _undo(self) -> None:
        if self._done is not None:
            undo(self.context, self._done)

    def _begin_again(self) -> None:
        if self.can_leave():
            self._made, self._done, self._said = None, None, {}
            self._let_go()
            self.notice.say("")
            self._show(self.choice)
            self.choice.file_button.setFocus()

    def _let_go(self) -> None:
        """Close the other ledger, behind whatever still reads it."""
        holding = self._holding
        self.context.operations.run(lambda _progress: holding.close(), lambda _none: None)

    def _stopped(self) -> None:
        self.notice.say(_STOPPED, "info")
        self._show(self._work if self._made is not None else self.choice)
        self._say_confirm()

    def _show(self, widget: QWidget) -> None:
        self._stack.setCurrentWidget(widget)
        self.confirm.setVisible(widget is self._work)
        self.other_button.setVisible(widget is not self.choice)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        self._writing = False
        self.rows.setEnabled(True)
        self.notice.say(error.sentence, "danger")
        self._say_confirm()
        if self._made is not None and self._made.plan.here != self.context.ledger.head().sequence:
            self._plan()
