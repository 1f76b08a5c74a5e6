"""経過: what was done and when, with a line that is added by Return."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.common import PeopleError
from app.records import Field, Incident
from app.records.kinds import Text
from app.ui.acts.now import at_this_moment, do_now
from app.ui.context import Context
from app.ui.inputs.base import Making
from app.ui.inputs.by_kind import make_input
from app.ui.parts.dialogs import sentences
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Notice, Prose, button, clear, label, prose
from app.ui.targets import DoAct
from app.work.acts.incidents.telling import NOTE
from app.work.desks import incident_words as say


class Course(QWidget):
    """The course of one accident."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._incident: Incident | None = None
        field = Field("what", Text(label="したこと", longest=1000, hint="したことを入力してEnter"), False, "")
        self.line = make_input(field, Making(context), compact=True)
        self.add = button("いまの時刻で追加", self._add)
        self.other = button("日時を指定して追加…", self._more, kind="link")
        self.notice = Notice()
        for widget in self.line.fields():
            if isinstance(widget, QLineEdit):
                widget.returnPressed.connect(self._add)
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label("経過", "h2"))
        layout.addWidget(self.line)
        layout.addLayout(flow(self.add, self.other))
        layout.addWidget(self.notice)
        layout.addWidget(self._rows)

    def show_incident(self, incident: Incident) -> None:
        """Show what was done by now, the latest first."""
        self._incident = incident
        clear(self._grid)
        for widget in (self.line, self.add, self.other):
            widget.setEnabled(not self._context.ledger.read_only)
        for at, (when, what) in enumerate(say.course(incident)):
            self._grid.addWidget(prose(when, "sub"), at, 0)
            self._grid.addWidget(Prose(what), at, 1)
        if not incident.timeline:
            self._grid.addWidget(prose(say.NO_COURSE, "sub"), 0, 0, 1, 2)

    def _add(self) -> None:
        what, incident = str(self.line.text()).strip(), self._incident
        if incident is None or not self.add.isEnabled():
            return
        if not what:
            self.notice.say("したことを入力してください。", "warn")
            return
        self.add.setEnabled(False)
        answers = {"at": at_this_moment(self._context), "who": self._context.ledger.officer, "what": what}
        do_now(self._context, NOTE, incident, answers, self, self._done, self._failed)

    def _done(self, _done: object) -> None:
        self.add.setEnabled(True)
        self.line.show_value("")
        self.notice.say("", "ok")

    def _failed(self, error: PeopleError) -> None:
        self.add.setEnabled(True)
        self.notice.say(sentences(error.problems), "danger")

    def _more(self) -> None:
        if self._incident is not None:
            self._context.navigate(DoAct(NOTE.name, (self._incident.id,)))
