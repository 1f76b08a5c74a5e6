"""The first tab of a contract: what is to be done now."""

from __future__ import annotations

from app.records import Contract, Facts
from app.ui.context import Context
from app.ui.contract.tab import ContractTab
from app.ui.parts.lines_table import Line
from app.ui.parts.widgets import Empty
from app.ui.reckoning.assessor import Assessment, Assessor
from app.ui.today.task_list import TaskList
from app.work.agenda import worst_first
from app.work.tasks import coming, ordered, planned_tasks


class TasksTab(ContractTab):
    """As the dashboard, for one contract."""

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
        if made is None:
            return
        assessor = Assessor.of(self.context)
        planned = planned_tasks(one for one in made.planned if one.contract == self.contract)
        findings = worst_first(made.findings_of(self.contract))
        found = (*assessor.tasks(made, self.contract), *coming(made.of(self.contract), made.day), *planned)
        groups = ordered(found, made.day)
        around = () if groups else (self._nothing,)
        self.list.show_groups(groups, *around, findings=findings, day=made.day)

    def _nothing(self) -> Empty:
        made = Empty("いますることはありません", "期限の来た義務はなく、届け出た内容は現況と合っています。")
        made.setMinimumHeight(self.fontMetrics().lineSpacing() * 9)
        return made
