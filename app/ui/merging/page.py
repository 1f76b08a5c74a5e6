"""The page of a merge: another ledger opened, every record shown, conflicts answered; all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.common import PeopleError, Progress
from app.exchange.merging import applying
from app.exchange.merging.other import Other
from app.exchange.merging.plans import Answer, MergePlan
from app.records import SPECS
from app.ui.context import Context
from app.ui.merging import wording
from app.ui.merging.choice_view import ChoiceView
from app.ui.merging.holding import Holding
from app.ui.merging.rows_view import MergeRowsView
from app.ui.operations import Lane
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Empty, Prose, button
from app.ui.plan_page import PlanPage, Wanted, Words, unless_stopped
from app.ui.targets import Target

if TYPE_CHECKING:
    pass

TITLE = "ほかの台帳を統合する"
_WORDS = Words(
    "統合する",
    "統合しました",
    "台帳は、統合する前の内容です。",
    "中止しました。何も統合していません。",
    "閲覧のみで開いているため、統合できません。",
)
_ANEW = "確かめている間に台帳が変わったため、答えを選び直してください。"


class _Made(NamedTuple):
    other: Other
    plan: MergePlan
    anew: bool = False
    """Whether the answers no longer fit what is asked, and were given up."""


class MergePage(PlanPage):
    """Nothing is written before 統合する is pressed; then exactly what is shown, as one change."""

    shows = frozenset(SPECS)
    words = _WORDS

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        del target
        self._holding = Holding()
        self._made: _Made | None = None
        self._said: dict[str, Answer] = {}
        self.choice = ChoiceView(context)
        self.choice.wanted.connect(self.look)
        self.rows = MergeRowsView(context)
        self.rows.said.connect(self._take_answer)
        self.other_button = button("別の台帳を選ぶ", self._begin_again)
        self.origin, self.count = Prose("", "sub"), Prose("", "sub")
        self._build()
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
        work = QWidget()
        inner = QVBoxLayout(work)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.origin)
        inner.addWidget(self.count)
        inner.addWidget(self.rows, 1)
        end = Empty("統合しました", "", self.undo_button)
        self.lay(flow(self.other_button, None, self.confirm), (), self.choice, work, end)

    @property
    def held(self) -> bool:
        return self._made is not None

    @property
    def ready(self) -> bool:
        return self._made is not None

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

        def work(progress: Progress) -> _Made:
            other = holding.open(path, passphrase, opened, progress)
            return _Made(other, other.plan(ledger, progress=progress))

        self.context.operations.run(
            unless_stopped(work),
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
            self.stopped()
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
        self.replan()

    def replan(self) -> None:
        """Let the worker say what would become of every record with the answers given."""
        made = self._made
        if made is None:
            return
        ledger, other, said = self.context.ledger, made.other, dict(self._said)
        keep, take, both = ([name for name, way in said.items() if way is one] for one in Answer)
        self.confirm.setEnabled(False)

        def work(progress: Progress) -> _Made:
            try:
                return _Made(other, other.plan(ledger, keep, take, both, progress))
            except PeopleError:
                # What was answered is not asked any more: the ledger is another than it was.
                return _Made(other, other.plan(ledger, progress=progress), anew=True)

        self.context.operations.run(
            unless_stopped(work),
            lambda found: self.stopped() if found is None else self._planned(found),
            title="統合する内容を確かめています",
            failed=self.failed,
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
        self.say_plan()

    def hindrance(self) -> tuple[str, str]:
        made = self._made
        if made is None:
            return "", "info"
        why = _ANEW if made.anew else wording.hindrance(made.plan)
        return why, "warn" if made.plan.asked or made.anew else "info"

    def offer(self) -> str:
        plan = self.planned
        if plan is None or wording.hindrance(plan):
            return ""
        return f"{wording.writes(plan):,}件を統合する"

    def wanted(self) -> Wanted | None:
        made, ledger, backups = self._made, self.context.ledger, self.context.backups()
        if made is None:
            return None
        written = f"{wording.writes(made.plan):,}件を1つの変更として統合しました。"
        return Wanted(
            "台帳を統合しています",
            lambda progress: applying.merge(ledger, made.other.ledger, made.plan, backups, progress),
            f"{written}「元に戻す」（Ctrl+Z）で、まとめて元に戻せます。\n{wording.counted(made.plan)}",
            written,
        )

    def let_go(self) -> None:
        self._made, self._said = None, {}
        self._close()

    def _begin_again(self) -> None:
        if self.can_leave():
            self._made, self._done, self._said = None, None, {}
            self._close()
            self.notice.say("")
            self.show_view(self.choice)
            self.choice.file_button.setFocus()

    def _close(self) -> None:
        """Close the other ledger, behind whatever still reads it."""
        holding = self._holding
        self.context.operations.run(lambda _progress: holding.close(), lambda _none: None)

    def show_view(self, widget: QWidget) -> None:
        super().show_view(widget)
        self.other_button.setVisible(widget is not self.choice)

    def failed_on(self, error: PeopleError) -> None:
        del error
        if self._made is not None and self._made.plan.here != self.context.ledger.head().sequence:
            self.replan()
