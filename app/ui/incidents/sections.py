"""The parts of the desk of an accident that are read: clocks, reports, what was on it, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.duties.duty import Duty
from app.records import Incident
from app.records.days import wareki
from app.ui.context import Context
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Prose, button, card, clear, label, prose, row
from app.ui.targets import DoAct, EditRecord, IssueForm, ShowDocument
from app.work.acts.incidents import statute
from app.work.desks import incident_words as say
from app.work.desks.incident import Clock, Content, Point, Report, elapsed
from app.work.states import document_mark


class Section(QFrame):
    """A card with a heading and lines."""

    def __init__(self, title: str) -> None:
        super().__init__()
        frame, self._column = card()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self._column.addWidget(label(title, "h2"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(8)
        self._column.addLayout(self.lines)

    def begin(self) -> None:
        """Take away what is shown."""
        clear(self.lines)

    def put(self, *lines: QWidget) -> None:
        """Add lines that stand close together."""
        column = QVBoxLayout()
        column.setSpacing(2)
        for one in lines:
            column.addWidget(one)
        self.lines.addLayout(column)


def due_line(due: date | None, today: date, *, about: bool = False) -> QWidget:
    """How much time is left until a day, with the day."""
    widget = QWidget()
    if due is None:
        widget.setLayout(row(label(say.NO_DAY, "chip", tone="info"), None))
        return widget
    left = say.left(due, today, expected=about)
    tone = "danger" if due < today else "warn" if (due - today).days <= 1 else "info"
    widget.setLayout(row(label(left, "chip", tone=tone), label(wareki(due), "sub"), None))
    return widget


class Clocks(Section):
    """三つの期限: the clauses of the annex, the vendor's own report, each with where it comes from."""

    def __init__(self, context: Context) -> None:
        super().__init__("期限")
        self._context = context

    def show_clocks(
        self, incident: Incident, held: Iterable[Clock] | None, now: datetime, unmeant: Iterable[Duty] = ()
    ) -> None:
        """``held``: None while nothing is judged yet. ``unmeant``: what is said where it is empty."""
        today = self._context.today()
        self.begin()
        if incident.closed_on is None and (since := elapsed(incident, now)):
            self.lines.addWidget(label(since, "h3"))
        if held is None:
            self.lines.addWidget(prose("特記事項の期限を確認しています…", "sub"))
        else:
            clocks = tuple(held)
            for one in clocks:
                self._clause(one, today)
            if not clocks:
                for text in say.uncounted(self._context.facts(), incident, unmeant):
                    self.lines.addWidget(prose(text, "sub"))
        self._statute(incident, today)

    def _clause(self, one: Clock, today: date) -> None:
        source = prose(say.source(self._context.catalogue, one), "h3")
        if not one.open:
            self.put(source, prose(say.NOTHING_LACKING))
        else:
            more = [prose(said, "hint") for said in (say.asked(one), say.counted(one)) if said]
            self.put(source, due_line(one.due, today), prose(say.lacking(one)), *more)
        for text in one.late:
            self.put(prose(text, "error"))

    def _statute(self, incident: Incident, today: date) -> None:
        source = prose(say.STATUTE, "h3")
        lines: list[QWidget] = [source, prose(statute.said(incident), "" if incident.statute else "error")]
        for one in statute.stands(incident):
            if done := say.stood(one):
                lines.append(prose(done))
            else:
                lines += [label(one.title, "sub"), due_line(one.due, today, about=one.about)]
            lines.append(prose(one.counted, "hint"))
        if not incident.statute:
            lines += [prose(text) for text in statute.hints(self._context.facts(), incident)]
            lines += [prose(statute.WHEN, "hint"), prose(statute.INSTEAD, "hint")]
        lines.append(prose(statute.SOURCE, "hint"))
        self.put(*lines)
        if not self._context.ledger.read_only and incident.closed_on is None:
            go = partial(self._context.navigate, DoAct("statutory-report", (incident.id,)))
            self.lines.addLayout(row(button("決めたこと・した日を記録…", go), None))


class Reports(Section):
    """The first report and the full one: where each stands, and the button that goes on with it."""

    def __init__(self, context: Context) -> None:
        super().__init__("発注者への報告書")
        self._context = context
        self.buttons: dict[str, QWidget] = {}

    def show_reports(self, incident: Incident, held: Iterable[Report]) -> None:
        """Show where they stand."""
        self.begin()
        self.buttons = {}
        lacking = False
        for one in held:
            title = self._context.forms[one.form].title
            paper = one.paper
            if paper is None:
                state = label(say.UNMADE, "chip", tone="warn")
                target: IssueForm | ShowDocument = IssueForm(
                    one.form, incident.contract, (f"incident:{incident.id}",)
                )
                # One button alone draws the eye: that of the report that comes next.
                kind = "" if lacking else "primary"
                lacking = True
                made = button(f"{title}を作成", partial(self._context.navigate, target), kind=kind)
            else:
                shown = document_mark(paper)
                state = label(shown.text, "chip", tone=shown.tone)
                made = button(
                    f"{paper.number}を開く", partial(self._context.navigate, ShowDocument(paper.id))
                )
            made.setAccessibleName(f"{made.text()}：{title}")
            self.buttons[one.form] = made
            about = say.issued(one)
            self.put(prose(title, "h3"), *((prose(about, "sub"),) if about else ()))
            self.lines.addLayout(flow(state, made))


class Contents(Section):
    """What was on the lost thing, and how it was protected on that day."""

    def __init__(self, context: Context) -> None:
        super().__init__("失われたものの中身と保護")
        self._context = context

    def show_contents(self, incident: Incident, held: Iterable[Content]) -> None:
        """Show what the ledger says; of what it does not say, that."""
        self.begin()
        for lines in say.contents(self._context.facts(), incident, held):
            self.put(*(prose(one.text, "error" if one.wanting else "") for one in lines))


class Next(Section):
    """忘れてはならないこと: each with the button that records it."""

    def __init__(self, context: Context) -> None:
        super().__init__("忘れてはならないこと")
        self._context = context
        self.buttons: list[QWidget] = []

    def show_points(self, incident: Incident, held: Iterable[Point] | None) -> None:
        """Show them; None while nothing is judged yet."""
        self.begin()
        self.buttons = []
        if held is None:
            self.lines.addWidget(prose("確認しています…", "sub"))
            return
        points = tuple(held)
        if not points:
            self.lines.addWidget(prose(say.NOTHING_LEFT))
        today, allowed = self._context.today(), not self._context.ledger.read_only
        for one in points:
            said = QVBoxLayout()
            said.setSpacing(2)
            said.addWidget(Prose(one.text))
            if one.due is not None:
                said.addWidget(due_line(one.due, today))
            if one.clause:
                said.addWidget(prose(one.clause, "hint"))
            line = row()
            line.addLayout(said, 1)
            if allowed:
                line.addWidget(self._way(incident, one))
            self.lines.addLayout(line)

    def _way(self, incident: Incident, one: Point) -> QWidget:
        # Of what is closed only the editor still takes what comes late.
        acts = bool(one.act) and incident.closed_on is None
        target = DoAct(one.act, (incident.id,)) if acts else EditRecord("incident", incident.id)
        made = button("記録…", partial(self._context.navigate, target))
        made.setAccessibleName(f"記録：{one.text}")
        self.buttons.append(made)
        return made
