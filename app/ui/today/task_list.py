"""The list of what is to be done, block by block; long blocks show their first lines and a count."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.annexes.kinds import State
from app.common import Lazy
from app.ui.context import Context
from app.ui.today.block import Block
from app.ui.today.stack import Pile
from app.work.states import FINDINGS
from app.work.tasks import Group, Key, Task

if TYPE_CHECKING:
    from app.duties.finding import Finding
    from app.ui.today.finding_row import FindingRow
    from app.ui.today.task_row import TaskRow

_TURN = 0.012
"""Seconds that one turn may add rows, so that keys and clicks are answered in between."""
_WHOLE = 40
"""Lines that are shown all, whatever their groups: a list as short as this needs no folding."""
_FIRST = 10
"""Lines shown of each group of a longer list, and so many more each time they are asked for."""
PRESSING = (Group.ACCIDENT, Group.OVERDUE, Group.SOON)
"""The groups that stand above all else, whatever is offered besides."""
_FOLDED = frozenset({Group.CONFIRM, Group.COMING})
"""Groups of which a longer list shows the count alone until they are asked for: nothing in them presses."""
_FINDINGS = 5
"""Findings shown among the tasks, so that these stay in sight."""
_ALONE = 20
"""Findings shown where the list is kept to them."""

_TASK: Lazy[..., TaskRow] = Lazy("app.ui.today.task_row", "TaskRow")
_FINDING: Lazy[..., FindingRow] = Lazy("app.ui.today.finding_row", "FindingRow")
_CHIPS: Lazy[[Sequence[Finding]], Sequence[QWidget]] = Lazy("app.ui.today.finding_row", "counted")
"""What draws the lines; not wanted before the window stands."""

_Made = Callable[[], QWidget]
Groups = Sequence[tuple[Group, list[Task]]]


def load_rows() -> None:
    """Import what draws the lines, so that the first list need not wait for it."""
    for each in (_TASK, _FINDING):
        each.load()


class TaskList(QScrollArea):
    """Remembers which grounds are open, what was unfolded and how far one has scrolled."""

    def __init__(self, context: Context, *, contract: bool = True) -> None:
        """``contract``: whether each row names its contract."""
        super().__init__()
        self._context = context
        self._with_contract = contract
        self._day = context.today()
        self._open: set[Key] = set()
        self._asked: dict[str, int] = {}
        self._waiting: deque[Callable[[], None]] = deque()
        self._rows: list[TaskRow] = []
        self._findings: list[FindingRow] = []
        self._at = 0
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.timeout.connect(self._make)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("すること")
        self._whole = Pile("page", spacing=8)
        self._stage = Pile()
        self._content = Pile()
        self._stage.add(self._content)
        self._whole.add(self._stage)
        self._whole.stale.connect(self._fit)
        self.setWidget(self._whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the lines their room.

        The bar's is left free even without it: a width that depends on the bar, and a bar that depends on
        the height, may chase each other for ever.
        """
        width = self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width()
        self._whole.resize(width, self._whole.lay_out(width))

    def lead(self, widget: QWidget) -> None:
        """Take in what stands above the list, so that it scrolls away with it."""
        self._whole.add_first(widget)
        self._fit()

    def let_go(self, widget: QWidget) -> None:
        """Give back what ``lead`` took in."""
        self._whole.let_go(widget)
        self._fit()

    def rows(self) -> list[TaskRow]:
        """The rows of tasks made so far, from top to bottom."""
        return list(self._rows)

    def findings(self) -> list[FindingRow]:
        """The rows of findings made so far, from top to bottom."""
        return list(self._findings)

    @property
    def filled(self) -> bool:
        """Whether every row that is shown stands there."""
        return not self._waiting

    def show_groups(
        self,
        groups: Groups,
        *around: _Made,
        above: Sequence[_Made] = (),
        between: Sequence[_Made] = (),
        findings: Sequence[Finding] = (),
        day: date | None = None,
        anew: bool = False,
    ) -> None:
        """Show the tasks as they stand on ``day`` (none: today); ``around`` make widgets below them.

        ``above`` gives way to accidents alone; ``between`` stands below what presses by its day, and
        ``findings`` below that. ``anew``: it is another list, not what became of the
        one that is seen, and is shown from its top.
        """
        wanted = day or self._context.today()
        self._at = 0 if anew or wanted != self._day else self.verticalScrollBar().value()
        self._day = wanted
        self._more.stop()
        self._waiting.clear()
        self._rows, self._findings = [], []
        self._begin()
        long = sum(len(held) for _group, held in groups) > _WHOLE
        pressing = [one for one in groups if one[0] in PRESSING]
        accidents = [one for one in pressing if one[0] is Group.ACCIDENT]
        for group, held in accidents:
            self._add_group(group, held, long=long)
        for make in above:
            self._add(make)
        for group, held in pressing[len(accidents) :]:
            self._add_group(group, held, long=long)
        for make in between:
            self._add(make)
        if findings:
            self._add_findings(findings, _FINDINGS if groups else _ALONE)
        for group, held in groups[len(pressing) :]:
            self._add_group(group, held, long=long)
        for make in around:
            self._add(make)
        self._make()

    def _begin(self) -> None:
        """An empty list; it takes the place of the one that is seen when it reaches as far down."""
        if not self._stage.has(self._content):
            self._content.deleteLater()
        self._content = Pile("", QMargins(0, 0, 12, 20), 10)
        self._content.setParent(self._stage)

    def _add(self, make: _Made) -> None:
        self._waiting.append(lambda: self._content.add(make()))

    def _add_group(self, group: Group, held: Sequence[Task], *, long: bool) -> None:
        first = (0 if group in _FOLDED else _FIRST) if long else len(held)
        self._add_block(
            str(group), len(held), first, lambda at: self._task(held[at]), also=_counted(group, held)
        )

    def _add_findings(self, held: Sequence[Finding], first: int) -> None:
        chips = partial(_CHIPS, held)
        self._add_block(FINDINGS.word, len(held), first, lambda at: self._finding(held[at]), chips)

    def _add_block(
        self,
        title: str,
        count: int,
        first: int,
        make: Callable[[int], QWidget],
        beside: Callable[[], Sequence[QWidget]] = tuple,
        *,
        also: str = "",
    ) -> None:
        def begin() -> None:
            shown = max(first, self._asked.get(title, 0))
            block = Block(title, count, shown, *beside(), also=also)
            block.wanted.connect(partial(unfold, block.lines))
            self._content.add(block)
            wait(block.lines, 0, block.shown)

        def unfold(lines: Pile, start: int, stop: int) -> None:
            self._asked[title] = stop
            wait(lines, start, stop)
            self._make()

        def wait(lines: Pile, start: int, stop: int) -> None:
            # Before what waits already: block by block, from top to bottom.
            self._waiting.extendleft(
                partial(_put, lines, partial(make, at)) for at in reversed(range(start, stop))
            )

        self._waiting.append(begin)

    def _make(self) -> None:
        """Make what waits as long as nobody notices; the rest in later turns."""
        end = time.perf_counter() + _TURN
        while self._waiting:
            self._waiting.popleft()()
            if time.perf_counter() >= end:
                break
        self._show()
        if self._waiting:
            self._more.start(0)

    def _show(self) -> None:
        """Put the new list in place as soon as it reaches down to what was seen of the former one."""
        if not self._stage.has(self._content):
            above = self._whole.heightForWidth(self._whole.width()) - self._stage.height()
            reach = max(0, above) + self._content.heightForWidth(self._stage.width())
            if self._waiting and self._at and reach < self._at + self.viewport().height():
                return
            self._stage.hold_only(self._content)
            if not self._at:
                self.verticalScrollBar().setValue(0)
        self._fit()
        if self._at and not self._waiting:
            QTimer.singleShot(0, self, partial(self.verticalScrollBar().setValue, self._at))

    def _task(self, task: Task) -> TaskRow:
        # One button alone draws the eye: that of what presses most.
        first = not self._rows
        made = _TASK(self._context, task, contract=self._with_contract, day=self._day, first=first)
        made.open(task.key in self._open)
        made.opened.connect(self._opened)
        self._rows.append(made)
        return made

    def _finding(self, finding: Finding) -> FindingRow:
        made = _FINDING(self._context, finding, contract=self._with_contract, day=self._day)
        self._findings.append(made)
        return made

    def _opened(self, key: Key, on: bool) -> None:
        if on:
            self._open.add(key)
        else:
            self._open.discard(key)


def _counted(group: Group, held: Sequence[Task]) -> str:
    """How many duties past their deadline the lines are; empty where it is one each."""
    late = sum(duty.state is State.OVERDUE for task in held for duty in task.duties)
    return f"期限超過の義務{late:,}件" if group is Group.OVERDUE and late != len(held) else ""


def _put(lines: Pile, make: _Made) -> None:
    """Add a line, parted from the one above it."""
    if lines.holds:
        rule = QFrame()
        rule.setProperty("role", "rule")
        rule.setFixedHeight(1)
        lines.add(rule)
    lines.add(make())
