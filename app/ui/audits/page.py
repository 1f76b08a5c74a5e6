"""監査・調査: the desk of one audit, from its announcement to the effect of what was put right."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.records import Audit
from app.ui.audits.findings import AuditFindings
from app.ui.audits.papers import AuditPapers
from app.ui.context import Context
from app.ui.desk_page import Called, DeskPage, column
from app.ui.parts.space.ems import hold
from app.ui.parts.space.parted import Parted
from app.ui.parts.space.upright import Upright
from app.ui.parts.widgets import Empty, Prose, button, card
from app.ui.reckoning.assessor import Assessment
from app.ui.reckoning.waiting import waiting
from app.ui.targets import ShowContract, Target
from app.ui.today.task_list import TaskList
from app.work.desks import audit as desk
from app.work.desks import audit_words as say


class AuditPage(DeskPage[Audit]):
    """What an auditor would find at the left; what is shown, handed over and answered at the right."""

    shows = frozenset({"audit", "improvement", "contract", "client", "submission", "location", "person"})
    cls = Audit
    called = Called("監査・調査", "監査について行うことです", "この監査・調査は台帳から取り消されています")

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context, target)
        self.count = Prose("", "h2")
        self.list = TaskList(context, contract=False)
        self.papers = AuditPapers(context)
        self.findings = AuditFindings(context)
        self.held_button = button("監査の実施を記録…", partial(self.do, "hold-audit"), key="H")
        self.contract = button("契約を開く", self._open_contract)
        right = Upright(column(_card(self.papers), _card(self.findings), wide=20), "示す書類、指摘と改善")
        body = Parted(self._left(), right, (5, 2))
        self.lay(body, self.contract, self.edit, self.acts_button, self.held_button)
        self.assessor.reckoned.connect(self._judge)

    def first_field(self) -> QWidget | None:
        return self.papers.bind

    def show_record(self, held: Audit) -> None:
        self.held_button.setHidden(self.context.ledger.read_only or held.held_on is not None)
        self._show_head(held)
        self.papers.show_audit(held)
        self.findings.show_audit(held)
        made = self.assessor.current()
        if made is None:
            self.count.say("")
            self.list.show_groups((), waiting)
        else:
            self._judge(made)

    def _judge(self, made: Assessment) -> None:
        """What is open in the contract as the ledger is now."""
        held = self.held()
        if held is None:
            return
        number = held.contract
        found = desk.ahead(made.of(number), made.drifts_of(number), made.findings_of(number), made.day)
        self.count.say(say.counted(held, found))
        groups = [(group, list(tasks)) for group, tasks in found.groups]
        around = () if found.lines else (self._nothing,)
        self.list.show_groups(groups, *around, findings=found.findings, day=made.day)
        self.papers.show_wanted(desk.to_issue(found))

    def _nothing(self) -> Empty:
        made = Empty(say.NOTHING, say.NOTHING_WHY)
        made.setMinimumHeight(self.fontMetrics().lineSpacing() * 6)
        return made

    def _show_head(self, held: Audit) -> None:
        self.heading.say(say.heading(held))
        self.about.say(say.about(self.context.facts(), held))
        self.state.setText(desk.stage(held, self.context.today()))
        self.state.show()

    def _left(self) -> QWidget:
        left = QWidget()
        left.setProperty("role", "page")
        held = QVBoxLayout(left)
        held.setContentsMargins(0, 0, 8, 0)
        held.setSpacing(8)
        held.addWidget(self.count)
        held.addWidget(self.list, 1)
        hold(left, 34)
        return left

    def _open_contract(self) -> None:
        held = self.held()
        if held is not None:
            self.context.navigate(ShowContract(held.contract))


def _card(part: QWidget) -> QWidget:
    frame, inside = card()
    inside.addWidget(part)
    return frame
