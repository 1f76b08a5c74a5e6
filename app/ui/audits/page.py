"""監査・調査: the desk of one audit, from its announcement to the effect of what was put right."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.records import Audit, Record
from app.ui.audits.findings import AuditFindings
from app.ui.audits.papers import AuditPapers
from app.ui.context import Context
from app.ui.manual import topic_of
from app.ui.offers.menu import ActsMenu, acts_button
from app.ui.page import Page
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.space.parted import Parted
from app.ui.parts.space.upright import Upright
from app.ui.parts.widgets import Empty, Prose, button, card, label
from app.ui.reckoning.assessor import Assessment, Assessor
from app.ui.reckoning.waiting import waiting
from app.ui.targets import DoAct, EditRecord, ShowContract, ShowDesk, Target
from app.ui.today.task_list import TaskList
from app.work.desks import audit as desk
from app.work.desks import audit_words as say


class AuditPage(Page):
    """What an auditor would find at the left; what is shown, handed over and answered at the right."""

    shows = frozenset({"audit", "improvement", "contract", "client", "submission", "location", "person"})

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, ShowDesk):
            raise TypeError(target)
        self.id = target.id
        self._assessor = Assessor.of(context)
        self._heading = Prose("", "h1")
        self._about = Prose("", "sub")
        self.state = label("", "chip", tone="info")
        self.count = Prose("", "h2")
        self.list = TaskList(context, contract=False)
        self.papers = AuditPapers(context)
        self.findings = AuditFindings(context)
        self.edit = button(
            "すべての項目を変更", lambda: context.navigate(EditRecord("audit", self.id)), key="E"
        )
        context.look.dress(self.edit, "edit")
        self.acts_button = acts_button(
            ActsMenu(context, self.chosen_records, self), "監査について行うことです"
        )
        self.held_button = button("監査の実施を記録…", partial(self._do, "hold-audit"), key="H")
        self.contract = button("契約を開く", self._open_contract)
        self._build()
        self._assessor.reckoned.connect(self._judge)

    def title(self) -> str:
        held = self._audit()
        return f"監査・調査　{held.number}" if held else "監査・調査"

    @property
    def topic(self) -> str:
        return topic_of("audit")

    def chosen_records(self) -> tuple[tuple[Record, ...], ...]:
        held = self._audit()
        return ((),) if held is None else ((held,),)

    def first_field(self) -> QWidget | None:
        return self.papers.bind

    def refresh(self) -> None:
        held = self._audit()
        locked = self.context.ledger.read_only
        self._body.setVisible(held is not None)
        for widget in (self.edit, self.acts_button, self.held_button, self.contract):
            widget.setVisible(held is not None)
        if held is None:
            self._heading.say("この監査・調査は台帳から取り消されています")
            self.state.hide()
            return
        self.acts_button.setHidden(locked)
        self.held_button.setHidden(locked or held.held_on is not None)
        self._show_head(held)
        self.papers.show_audit(held)
        self.findings.show_audit(held)
        made = self._assessor.current()
        if made is None:
            self.count.say("")
            self.list.show_groups((), waiting)
        else:
            self._judge(made)

    def _judge(self, made: Assessment) -> None:
        """What is open in the contract as the ledger is now."""
        held = self._audit()
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
        self._heading.say(say.heading(held))
        self._about.say(say.about(self.context.facts(), held))
        self.state.setText(desk.stage(held, self.context.today()))
        self.state.show()

    def _build(self) -> None:
        left = QWidget()
        left.setProperty("role", "page")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.count)
        column.addWidget(self.list, 1)
        hold(left, 34)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 10, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self._heading)
        layout.addWidget(self._about)
        layout.addLayout(flow(self.state, None, self.contract, self.edit, self.acts_button, self.held_button))
        right = Upright(_cards(self.papers, self.findings), "示す書類、指摘と改善")
        self._body = Parted(left, right, (5, 2))
        layout.addWidget(self._body, 1)

    def _do(self, name: str) -> None:
        self.context.navigate(DoAct(name, (self.id,)))

    def _open_contract(self) -> None:
        held = self._audit()
        if held is not None:
            self.context.navigate(ShowContract(held.contract))

    def _audit(self) -> Audit | None:
        return self.context.facts().find(Audit, self.id)


def _cards(*parts: QWidget) -> QWidget:
    made = QWidget()
    made.setProperty("role", "page")
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 12, 12)
    column.setSpacing(10)
    for one in parts:
        frame, inside = card()
        inside.addWidget(one)
        column.addWidget(frame)
    column.addStretch(1)
    hold(made, 20)
    return made
