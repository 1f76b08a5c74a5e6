"""まとめて発行: choose an act, see what can be issued and what lacks something, issue all or none."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.common import Cancelled, PeopleError, Progress
from app.exchange.documents.batch import Found, Wish, issue_all, look
from app.exchange.documents.sets import Ground, covers_for, explained, wishes, wishes_for
from app.ledger.writing import ChangeSet
from app.records import SPECS, Submission
from app.ui.context import Context
from app.ui.manual import topic_of
from app.ui.operations import Job
from app.ui.page import Page
from app.ui.papers.issuing.beside import issue_beside
from app.ui.papers.issuing.stopping import may_leave
from app.ui.papers.many.choices import ACT, Choice, Choices
from app.ui.papers.many.found_list import FoundList
from app.ui.papers.many.result import Result
from app.ui.parts.dialogs import sentences
from app.ui.parts.space.parted import Parted
from app.ui.parts.space.upright import Upright
from app.ui.parts.widgets import Empty, Notice, button, prose
from app.ui.targets import IssueMany, Target
from app.work.batches import BEFORE_START

_PAUSE = 250
"""Milliseconds without a change before the papers are looked at anew."""
_STOPPED = "発行を中止しました。1件も発行していません。"
_LEAVING = "発行した書類を、まだ印刷も保存もしていません。この画面を離れますか？"
_STAYING = (
    "書類は台帳に保管されていて、書類の一覧から1件ずつ印刷・保存できます。"
    "まとめて印刷・保存できるのは、この画面だけです。"
)
_MOVED = "調べた後に台帳が変わりました。一覧を確かめて、もう一度発行してください。"


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was found, from which ground and for which choice; ``found``: None where it was stopped."""

    ground: Ground
    choice: Choice
    found: tuple[Found, ...] | None


class ManyPage(Page):
    """Choices beside the list of papers; once they are issued, their numbers and the ways out."""

    shows = frozenset(SPECS)

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, IssueMany):
            raise TypeError(target)
        self._looked: _Looked | None = None
        self._issuing = False
        self._job: Job | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._look)
        self.notice = Notice()
        self.choices = Choices(context, self._soon)
        self.issue = button("発行", self._issue, kind="primary", key="I")
        self.list = FoundList(context, self.issue)
        self.list.changed.connect(self._allow)
        self.result = Result(context, self._again)
        context.look.dress(self.issue, "check", "on-primary")
        self._right = QStackedWidget()
        self._say = Empty("", "")
        for widget in (self._say, self.list):
            self._right.addWidget(widget)
        self._stack = QStackedWidget()
        column = self.choices.column
        column.addWidget(
            prose(
                "すべてに文書番号を付けて発行します。1件でも発行できないときは、どれも発行しません。", "hint"
            )
        )
        column.addStretch(1)
        chosen = Upright(self.choices, "まとめて発行する書類の選択")
        self._stack.addWidget(Parted(chosen, self._right, (1, 2), below=(1, 1)))
        self._stack.addWidget(self.result)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 10, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        if target.papers:
            self.choices.choose_papers(target.papers, target.only)
        else:
            self.choices.choose(target.name or BEFORE_START, target.contract)
        self._soon(0)

    def title(self) -> str:
        return "まとめて発行"

    @property
    def topic(self) -> str:
        return topic_of("submission")

    @property
    def done(self) -> bool:
        """Whether the page shows what was issued."""
        return self._stack.currentIndex() == 1

    def can_leave(self) -> bool:
        """What was issued together can be printed together here alone: nobody leaves that by mistake."""
        if self._issuing and not may_leave(self.context):
            return False
        # It may have come to an end while that was asked.
        if not self.done or self.result.taken_out:
            return True
        return self.context.dialogs.ask(_LEAVING, "離れる", detail=_STAYING)

    def refresh(self) -> None:
        if not self.done:
            self.choices.offer()
            self._soon(0)

    def take(self, changes: ChangeSet) -> None:
        del changes
        if not self._issuing:
            self.refresh()

    def print_page(self) -> None:
        """Ctrl+P: what was issued."""
        if self.done and self.result.paper.isEnabled():
            self.result.print_all()
        else:
            super().print_page()

    def _soon(self, pause: int = _PAUSE) -> None:
        self._looked = None
        self.issue.setEnabled(False)
        self._pause.start(pause)

    def _again(self) -> None:
        if not self.can_leave():
            return
        self._stack.setCurrentIndex(0)
        self.notice.say("")
        self.refresh()

    def _tell(self, title: str, text: str = "") -> None:
        self._say.title.setText(title)
        self._say.text.say(text)
        self._right.setCurrentIndex(0)

    def _look(self) -> None:
        """Find out in the worker what each paper would state, or lacks."""
        if problem := self.choices.problem():
            self._tell("まとめて発行する書類を選びます", problem)
            return
        context, choice = self.context, self.choices.asked()
        ground = Ground(context.facts(), context.catalogue, context.forms, choice.day, context.today())
        self._tell("発行できるかを調べています…")

        def work(progress: Progress) -> _Looked:
            try:
                found = look(_wanted(ground, choice, progress), progress)
                return _Looked(ground, choice, explained(ground, choice.name, choice.contracts, found))
            except Cancelled:
                return _Looked(ground, choice, None)

        context.operations.run(
            work,
            self._found,
            failed=self._failed,
            title="発行できるかを調べています",
            owner=self,
            key=f"many:{id(self)}",
        )

    def _found(self, looked: _Looked) -> None:
        if looked.found is None:
            self._tell("調べるのを中止しました", "選び直すか、F5キーを押すと、もう一度調べます。")
            return
        self._looked = looked
        if not looked.found:
            self._tell("発行する書類はありません", "選んだ内容で、いま発行が必要な書類はありません。")
            return
        self.list.show_found(looked.found)
        self._right.setCurrentIndex(1)

    def _allow(self) -> None:
        count = len(self.list.wanted())
        self.issue.setText(f"{count}件を発行" if count else "発行")
        self.issue.setEnabled(bool(count) and self._looked is not None and not self._issuing)

    def _issue(self) -> None:
        looked, wanted = self._looked, self.list.wanted()
        if looked is None or not wanted:
            return
        if not self.context.dialogs.ask(
            f"{len(wanted)}件の書類を発行しますか？", "発行する", detail=self._about(looked.choice)
        ):
            return
        ledger, ground = self.context.ledger, looked.ground
        covers = covers_for(ground, wanted) if looked.choice.cover else ()
        self._issuing = True
        # The button is switched off: the keyboard would go on to what leads away from here.
        self.list.tree.setFocus()
        self._allow()

        def work(progress: Progress) -> tuple[Submission, ...]:
            # What was shown is issued, and nothing that was written since.
            if ledger.facts() is not ground.facts:
                raise PeopleError(_MOVED)
            try:
                return issue_all(ledger, wanted, progress, covers)
            except Cancelled:
                return ()

        self._job = issue_beside(
            self.context, self, work, self._issued, self._failed, "書類をまとめて発行しています"
        )

    def _about(self, choice: Choice) -> str:
        cover = "書類送付書を付けます。" if choice.cover else ""
        lacking = self.list.lacking
        left = f"足りない事項のある{lacking}件は発行しません。" if lacking else ""
        return f"{cover}{left}文書番号を付けて台帳に保管します。発行した書類の内容は後から変更できません。"

    def _issued(self, made: tuple[Submission, ...]) -> None:
        self._issuing = False
        if not made:
            self.notice.say(_STOPPED, "info")
            self._allow()
            return
        self.show_issued(made)
        if self._job is not None and self._job.progress.stopped:
            self.result.say_too_late()

    def show_issued(self, made: tuple[Submission, ...]) -> None:
        """Show what was issued, in the place of the choices."""
        self._pause.stop()
        self.choices.issued((one.contract, one.form) for one in made)
        self.notice.say("")
        self.result.show_made(made)
        self._stack.setCurrentIndex(1)
        self.result.take_keyboard()

    def _failed(self, error: Exception) -> None:
        was, self._issuing = self._issuing, False
        if not isinstance(error, PeopleError):
            raise error
        nothing = "どの書類も発行していません。" if was else ""
        self.notice.say(f"{sentences(error.problems)}{nothing}", "danger")
        self.refresh()


def _wanted(ground: Ground, choice: Choice, progress: Progress) -> tuple[Wish, ...]:
    if choice.name == ACT:
        return wishes_for(ground, choice.papers, choice.only, progress)
    return wishes(ground, choice.name, choice.contracts, choice.periods, progress)
