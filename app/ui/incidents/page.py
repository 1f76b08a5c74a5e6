"""事故対応: the desk of one accident, from the first call to its closing."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.records import Incident, Record
from app.ui.acts.now import at_this_moment
from app.ui.context import Context
from app.ui.incidents.calls import Calls
from app.ui.incidents.course import Course
from app.ui.incidents.sections import Clocks, Contents, Next, Reports
from app.ui.manual import topic_of
from app.ui.offers.menu import ActsMenu, acts_button
from app.ui.page import Page
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.space.parted import Parted
from app.ui.parts.space.upright import Upright
from app.ui.parts.widgets import Notice, Prose, button, label, retone
from app.ui.reckoning.assessor import Assessment, Assessor
from app.ui.targets import DoAct, EditRecord, ShowDesk, Target
from app.work.desks import incident as desk
from app.work.desks import incident_words as say


class IncidentPage(Page):
    """Whom to telephone, the clocks and what comes next at the left; what is known at the right."""

    shows = frozenset({"incident", "client", "contract", "submission", "device", "asset", "event"})

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, ShowDesk):
            raise TypeError(target)
        self.id = target.id
        self._assessor = Assessor.of(context)
        self._heading = Prose("", "h1")
        self._about = Prose("", "sub")
        self.notice = Notice()
        self.state = label("", "chip", tone="danger")
        self.calls = Calls(context)
        self.clocks = Clocks(context)
        self.next = Next(context)
        self.reports = Reports(context)
        self.contents = Contents(context)
        self.course = Course(context)
        self.edit = button(
            "すべての項目を変更", lambda: context.navigate(EditRecord("incident", self.id)), key="E"
        )
        context.look.dress(self.edit, "edit")
        self.acts_button = acts_button(
            ActsMenu(context, self.chosen_records, self), "事故について行うことです"
        )
        self.close_button = button("事故の終結…", partial(self._do, "close-incident"), key="C")
        self._build()
        self._assessor.reckoned.connect(self._reckoned)

    def title(self) -> str:
        held = self._incident()
        return f"事故　{held.number}" if held else "事故"

    @property
    def topic(self) -> str:
        return topic_of("incident")

    def chosen_records(self) -> tuple[tuple[Record, ...], ...]:
        held = self._incident()
        return ((),) if held is None else ((held,),)

    def refresh(self) -> None:
        held = self._incident()
        for widget in (self._body, self.edit, self.acts_button, self.close_button):
            widget.setVisible(held is not None)
        if held is None:
            self._heading.say("この事故は台帳から取り消されています")
            self.state.hide()
            return
        self._show_head(held)
        context, today = self.context, self.context.today()
        facts = context.facts()
        self.calls.show_calls(desk.calls(facts, held, today))
        self.reports.show_reports(held, desk.reports(facts, held))
        self.contents.show_contents(held, desk.lost(facts, held))
        self.course.show_incident(held)
        made = self._assessor.current()
        self._judge(held, made if made is not None and made.facts is facts else None)

    def _reckoned(self, made: Assessment) -> None:
        held = self._incident()
        if held is not None and made.facts is self.context.facts():
            self._judge(held, made)

    def _judge(self, held: Incident, made: Assessment | None) -> None:
        """What clauses ask of it; nothing while that is not judged of what the ledger holds now."""
        judged = () if made is None else tuple(made.of(held.contract))
        found = None if made is None else desk.clocks(made.facts, held, judged)
        unmeant = desk.unmeant(held, judged)
        self.clocks.show_clocks(held, found, at_this_moment(self.context), unmeant)
        points = None if found is None else desk.points(held, found, self.context.today())
        self.next.show_points(held, points)

    def _show_head(self, held: Incident) -> None:
        facts = self.context.facts()
        self._heading.say(say.heading(held))
        self._about.say(say.about(facts, held))
        self.state.setText(say.state(held))
        retone(self.state, tone="danger" if held.closed_on is None else "muted")
        self.state.show()
        self.close_button.setVisible(held.closed_on is None and not self.context.ledger.read_only)
        self.acts_button.setVisible(not self.context.ledger.read_only)

    def _build(self) -> None:
        left, right = (
            _column(self.calls, self.clocks),
            _column(self.reports, self.next, self.contents, self.course),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 10, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self._heading)
        layout.addWidget(self._about)
        layout.addLayout(flow(self.state, None, self.edit, self.acts_button, self.close_button))
        layout.addWidget(self.notice)
        self._body = Parted(Upright(left, "連絡と期限"), Upright(right, "報告書、次にすること、経過"), (1, 1))
        layout.addWidget(self._body, 1)

    def _do(self, name: str) -> None:
        self.context.navigate(DoAct(name, (self.id,)))

    def _incident(self) -> Incident | None:
        return self.context.facts().find(Incident, self.id)


def _column(*parts: QWidget) -> QWidget:
    made = QWidget()
    made.setProperty("role", "page")
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 12, 12)
    column.setSpacing(10)
    for one in parts:
        column.addWidget(one)
    column.addStretch(1)
    hold(made, 22)
    return made
