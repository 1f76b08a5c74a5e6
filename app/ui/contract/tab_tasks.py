"""The first tab of a contract: its year, and what is to be done now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from app.common import Progress
from app.records import Contract, Facts
from app.ui.context import Context
from app.ui.contract.tab import ContractTab
from app.ui.contract.timeline_view import TimelineCard
from app.ui.parts.tables.lines_table import Line
from app.ui.parts.widgets import Empty
from app.ui.reckoning.assessor import Assessment, Assessor
from app.ui.today.starts_card import StartsCard
from app.ui.today.task_list import Groups, TaskList
from app.work.agenda import worst_first
from app.work.course.starting import Starting, starts
from app.work.course.timeline import Timeline, timeline
from app.work.tasks import coming, ordered, planned_tasks


class _Seen(NamedTuple):
    made: Assessment
    groups: Groups
    starts: tuple[Starting, ...]
    drawn: Timeline | None


class TasksTab(ContractTab):
    """As the dashboard, for one contract; its whole year stands above."""

    name = "すること"
    judged = True

    def __init__(self, context: Context, contract: int) -> None:
        super().__init__(context, contract)
        self.list = TaskList(context, contract=False)
        self._stack.hide()
        self.layout_.addWidget(self.list, 1)

    def lines(self, facts: Facts, held: Contract, made: Assessment | None) -> list[Line]:
        return []

    def refresh(self, made: Assessment | None) -> None:
        if made is not None:
            self.context.operations.run(
                partial(self._work, made), self._show, owner=self, key=f"tab:{self.contract}:{self.name}"
            )

    def _work(self, made: Assessment, _progress: Progress) -> _Seen:
        assessor = Assessor.of(self.context)
        planned = planned_tasks(one for one in made.planned if one.contract == self.contract)
        found = (*assessor.tasks(made, self.contract), *coming(made.of(self.contract), made.day), *planned)
        held = made.facts.find(Contract, self.contract)
        drawn = timeline(made, held) if held is not None else None
        begun = tuple(one for one in starts(made) if one.contract.id == self.contract)
        return _Seen(made, ordered(found, made.day), begun, drawn)

    def _show(self, seen: _Seen) -> None:
        made, today = seen.made, seen.made.day == self.context.today()
        above: list[Callable[[], QWidget]] = []
        if seen.starts:
            card = partial(
                StartsCard, self.context, made.facts, seen.starts, first=not seen.groups, acts=today
            )
            above.append(card)
        if seen.drawn is not None:
            above.append(partial(TimelineCard, self.context, self.contract, seen.drawn))
        around = () if seen.groups else (self._nothing,)
        findings = worst_first(made.findings_of(self.contract))
        self.list.show_groups(seen.groups, *around, above=above, findings=findings, day=made.day)

    def _nothing(self) -> Empty:
        made = Empty("いますることはありません", "期限の来た義務はなく、届け出た内容は現況と合っています。")
        made.setMinimumHeight(self.fontMetrics().lineSpacing() * 9)
        return made
