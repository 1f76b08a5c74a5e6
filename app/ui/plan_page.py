"""A page that shows all that would be written, and then writes exactly that as one change, or nothing."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.common import Cancelled, PeopleError, Progress
from app.exchange.tables.telling import without_commands
from app.ui.context import Context
from app.ui.page import Page
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.widgets import Empty, Notice, button
from app.ui.undo.asking import newest, undo

if TYPE_CHECKING:
    from app.ledger.undoing.queue import Done
    from app.ledger.writing import ChangeSet

T = TypeVar("T")


class Words(NamedTuple):
    """How a page speaks of its act: on its button, done, stopped, and taken back."""

    act: str
    did: str
    taken_back: str
    stopped: str
    closed: str
    """Why it cannot be done in a ledger that is open for reading alone."""


class Wanted(NamedTuple):
    """What pressing the button writes: ``write`` in the worker, under a title for people.

    ``shown``, ``line``: what is said once it is written, on the page and in the line below the pages.
    """

    title: str
    write: Callable[[Progress], object]
    shown: str
    line: str


class MovedError(PeopleError):
    """The ledger is another than the one that the plan was made for."""


def unless_stopped(work: Callable[[Progress], T]) -> Callable[[Progress], T | None]:
    """The work, which yields None where somebody stops it."""

    def stoppable(progress: Progress) -> T | None:
        try:
            return work(progress)
        except Cancelled:
            return None

    return stoppable


class PlanPage(Page):
    """Nothing is written before the button is pressed; then exactly what is shown, as one change.

    A page lays out three views: where one begins, the plan, and what is said at the end. Whatever moves the
    plan clears it first: what is on the button is always what would be written.
    """

    words: Words

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._writing = False
        self._done: Done | None = None
        self.confirm = button(self.words.act, self.bring, kind="primary", key="S")
        context.look.dress(self.confirm, "save", "on-primary")
        self.notice = Notice()
        self.undo_button = button("元に戻す", self._undo)
        self._stack = QStackedWidget()

    def lay(
        self,
        bar: FlowLayout,
        above: Sequence[QWidget],
        begin: QWidget,
        work: QWidget,
        end: Empty,
    ) -> None:
        """Put the views below the bar of buttons and what is said of them all."""
        self._first_view, self._work, self._end = begin, work, end
        for widget in (begin, work, end):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 10, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(bar)
        for widget in (*above, self.notice):
            layout.addWidget(widget)
        layout.addWidget(self._stack, 1)
        self.show_view(begin)

    @property
    @abstractmethod
    def held(self) -> bool:
        """Whether there is something of which a plan is made."""

    @property
    @abstractmethod
    def ready(self) -> bool:
        """Whether a plan is shown of which nothing has moved since."""

    @abstractmethod
    def offer(self) -> str:
        """What the button says of the plan shown; empty where it cannot be written as it stands."""

    @abstractmethod
    def hindrance(self) -> tuple[str, str]:
        """Why it cannot, with the tone of that; empty where it can."""

    @abstractmethod
    def wanted(self) -> Wanted | None:
        """What the button writes; None while nothing is shown."""

    @abstractmethod
    def let_go(self) -> None:
        """Everything was written: let go of what was planned."""

    @abstractmethod
    def replan(self) -> None:
        """Make the plan anew, in the worker."""

    def failed_on(self, error: PeopleError) -> None:
        """Show what a failure is about, once it is said and the plan stands as before."""

    def refresh(self) -> None:
        if self.held and self._done is None and not self._writing:
            self.replan()

    def take(self, changes: ChangeSet) -> None:
        del changes
        if self._done is None:
            self.refresh()
            return
        latest = newest(self.context)
        if latest is None or latest.number < self._done.number:
            self._end.title.setText("元に戻しました")
            self._end.text.say(self.words.taken_back)
            self.undo_button.hide()

    def save(self) -> bool:
        """Ctrl+S: the same as the button."""
        if self.confirm.isEnabled() and self.confirm.isVisible():
            self.bring()
        return self._done is not None

    def say_plan(self) -> None:
        """A plan was made: show it, and say what keeps it from being written."""
        self.show_view(self._work)
        text, tone = self.hindrance()
        if self.context.ledger.read_only:
            text, tone = self.words.closed, "info"
        self.notice.say(text, tone)
        self.say_confirm()

    def say_confirm(self) -> None:
        """Let the button say what it writes."""
        text = "" if self.context.ledger.read_only else self.offer()
        self.confirm.setEnabled(bool(text))
        self.confirm.setText(text or self.words.act)
        self.confirm.setAccessibleName(text or self.words.act)

    def bring(self) -> None:
        """Write exactly the plan that is shown, as one change, or nothing."""
        wanted = self.wanted()
        if wanted is None or not self.confirm.isEnabled():
            return
        self._set_writing(True)
        self.notice.say("")

        def work(progress: Progress) -> bool:
            wanted.write(progress)
            return True

        job = self.context.operations.run(
            unless_stopped(work),
            lambda done: self._wrote(wanted, job.late) if done else self.stopped(),
            title=wanted.title,
            failed=self.failed,
            owner=self,
        )

    def _set_writing(self, on: bool) -> None:
        # What is changed in the plan meanwhile would be said of nothing that is written.
        self._writing = on
        self._work.setEnabled(not on)
        if on:
            self.confirm.setEnabled(False)

    def _wrote(self, wanted: Wanted, late: str) -> None:
        """``late``: that 中止 came too late, where it was pressed."""
        self._set_writing(False)
        self._done = newest(self.context)
        self.let_go()
        self._end.title.setText(self.words.did)
        self._end.text.say(f"{late}{wanted.shown}")
        self.undo_button.show()
        self.notice.say("")
        self.show_view(self._end)
        self.context.say(wanted.line)
        self._end.buttons[0].setFocus()

    def _undo(self) -> None:
        if self._done is not None:
            undo(self.context, self._done)

    def stopped(self) -> None:
        """Somebody stopped what was on its way: nothing was written."""
        self._set_writing(False)
        self.notice.say(self.words.stopped, "info")
        self.show_view(self._work if self.ready else self._first_view)
        self.say_confirm()

    def show_view(self, widget: QWidget) -> None:
        """Show one of the three views."""
        self._stack.setCurrentWidget(widget)
        self.confirm.setVisible(widget is self._work)

    def failed(self, error: Exception) -> None:
        """What was on its way failed, and changed nothing."""
        self._set_writing(False)
        if not isinstance(error, PeopleError):
            raise error
        self.notice.say(without_commands(error.sentence))
        self.show_view(self._work if self.held else self._first_view)
        self.say_confirm()
        if isinstance(error, MovedError):
            self.replan()
        else:
            self.failed_on(error)
