"""事故対応: the desk of one accident, from the first call to its closing."""

from __future__ import annotations

from functools import partial

from app.records import Incident
from app.ui.acts.now import at_this_moment
from app.ui.context import Context
from app.ui.desk_page import Called, DeskPage, column
from app.ui.incidents.calls import Calls
from app.ui.incidents.course import Course
from app.ui.incidents.sections import Clocks, Contents, Next, Reports
from app.ui.parts.space.parted import Parted
from app.ui.parts.space.upright import Upright
from app.ui.parts.widgets import button, retone
from app.ui.reckoning.assessor import Assessment
from app.ui.targets import Target
from app.work.desks import incident as desk
from app.work.desks import incident_words as say


class IncidentPage(DeskPage[Incident]):
    """Whom to telephone, the clocks and what comes next at the left; what is known at the right."""

    shows = frozenset({"incident", "client", "contract", "submission", "device", "asset", "event"})
    cls = Incident
    called = Called("事故", "事故について行うことです", "この事故は台帳から取り消されています")
    tone = "danger"

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context, target)
        self.calls = Calls(context)
        self.clocks = Clocks(context)
        self.next = Next(context)
        self.reports = Reports(context)
        self.contents = Contents(context)
        self.course = Course(context)
        self.close_button = button("事故の終結…", partial(self.do, "close-incident"), key="C")
        left = column(self.calls, self.clocks, wide=22)
        right = column(self.reports, self.next, self.contents, self.course, wide=22)
        body = Parted(Upright(left, "連絡と期限"), Upright(right, "報告書、次にすること、経過"), (1, 1))
        self.lay(body, self.edit, self.acts_button, self.close_button)
        self.assessor.reckoned.connect(self._reckoned)

    def show_record(self, held: Incident) -> None:
        self._show_head(held)
        context, today = self.context, self.context.today()
        facts = context.facts()
        self.calls.show_calls(desk.calls(facts, held, today))
        self.reports.show_reports(held, desk.reports(facts, held))
        self.contents.show_contents(held, desk.lost(facts, held))
        self.course.show_incident(held)
        made = self.assessor.current()
        self._judge(held, made if made is not None and made.facts is facts else None)

    def _reckoned(self, made: Assessment) -> None:
        held = self.held()
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
        self.heading.say(say.heading(held))
        self.about.say(say.about(facts, held))
        self.state.setText(say.state(held))
        retone(self.state, tone="danger" if held.closed_on is None else "muted")
        self.state.show()
        self.close_button.setVisible(held.closed_on is None and not self.context.ledger.read_only)
