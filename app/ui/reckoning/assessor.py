"""What is due on a day, reckoned in the worker after every change; all pages look at the same one."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.common import Progress
from app.duties.papers.claims import claim_of
from app.records import Client, Contract, Vendor
from app.ui.context import Context
from app.work.assessment import Assessment
from app.work.tasks import Task, tasks

__all__ = ["Assessment", "Assessor"]

_MINUTE = 60_000
"""Milliseconds between two looks at the clock."""


class Assessor(QObject):
    """Keeps the assessment of one ledger up to date.

    ``reckoned(assessment)`` after every change; ``ready(assessment)`` only where something that is shown of
    it may differ from the former one.
    """

    reckoned = Signal(object)
    ready = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self.latest: Assessment | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._reckon)
        context.changed.connect(lambda _changes: self.want())
        # A window left open over night must not show yesterday's deadlines.
        self._midnight = QTimer(self)
        self._midnight.setInterval(_MINUTE)
        self._midnight.timeout.connect(self.look)
        self._midnight.start()

    @classmethod
    def of(cls, context: Context) -> Assessor:
        """The one of this ledger; made when first asked for."""
        return context.findChild(cls) or cls(context)

    def want(self) -> None:
        """Ask for a new assessment; several requests in one go are one."""
        self._pause.start(0)

    @property
    def asked(self) -> bool:
        """Whether a new assessment was asked for that the worker does not know of yet."""
        return self._pause.isActive()

    def look(self) -> None:
        """Reckon anew if another day has begun since the last time."""
        if self.latest is not None and self.latest.day != self._context.today():
            self.want()

    def current(self) -> Assessment | None:
        """The newest assessment; None, and one is made, if there is none yet or the day has changed."""
        if self.latest is None or self.latest.day != self._context.today():
            self.want()
            return None
        return self.latest

    def tasks(self, made: Assessment, contract: int = 0) -> tuple[Task, ...]:
        """What is to be done, in all contracts or in one."""
        forms = self._context.forms

        def kinds(form: str) -> tuple[str, ...]:
            held = forms.get(form)
            return tuple(kind for kind in held.kinds if claim_of(held, kind)) if held else ()

        if contract:
            return tasks(made.of(contract), made.drifts_of(contract), kinds)
        return tasks(made.duties, made.drifts, kinds)

    def _reckon(self) -> None:
        context = self._context
        day, previous = context.today(), self.latest

        def work(progress: Progress) -> Assessment:
            # Here, in the worker: the engine is not wanted before the window stands.
            from app.work.assessing import assess

            return assess(context.facts(), context.catalogue, context.forms, day, previous, progress, day)

        context.operations.run(work, self._reckoned, owner=self, key="assessment")

    def _reckoned(self, made: Assessment) -> None:
        former, self.latest = self.latest, made
        self.reckoned.emit(made)
        if former is None or not same(made, former):
            self.ready.emit(made)


def same(made: Assessment, former: Assessment) -> bool:
    """Whether ``made`` shows nothing that ``former`` does not: no contract had to be reckoned anew.

    Whose contract it is belongs to what is shown, and nothing reckoned need have asked for it.
    """
    return (
        made.day == former.day
        and made.catalogue is former.catalogue
        and made.contracts.keys() == former.contracts.keys()
        and all(one is former.contracts[number] for number, one in made.contracts.items())
        and made.findings == former.findings
        and all(made.facts.all(cls) == former.facts.all(cls) for cls in (Vendor, Client, Contract))
    )
