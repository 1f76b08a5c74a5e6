"""What is due on a day, reckoned in the worker after every change; all pages look at the same one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.common import Progress
from app.records import Contract, Facts, Submission
from app.ui.context import Context
from app.ui.pages.tasks import Task, tasks

if TYPE_CHECKING:
    from app.duties.case import FormFace
    from app.duties.catalogue import Catalogue
    from app.duties.drift import Drift
    from app.duties.duty import Duty
    from app.duties.kinds import State


_MINUTE = 60_000
"""Milliseconds between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """All duties and stale documents on ``day``, and the facts they were reckoned from."""

    day: date
    facts: Facts
    duties: tuple[Duty, ...]
    drifts: tuple[Drift, ...]
    unknown: tuple[tuple[Contract, str], ...] = ()

    def of(self, contract: int) -> tuple[Duty, ...]:
        """The duties of one contract, in the order of its clauses."""
        return tuple(duty for duty in self.duties if duty.contract == contract)

    def drifts_of(self, contract: int) -> tuple[Drift, ...]:
        """The stale documents of one contract."""
        return tuple(one for one in self.drifts if one.submission.contract == contract)

    def counts(self, contract: int = 0) -> Counter[State]:
        """How many duties stand in each state, of one contract or of all."""
        return Counter(duty.state for duty in self.duties if contract in (0, duty.contract))

    def stale(self, submission: Submission) -> bool:
        """Whether the document no longer says what the ledger says."""
        return any(one.submission.id == submission.id for one in self.drifts)


def assess(
    facts: Facts,
    catalogue: Catalogue,
    forms: Mapping[str, FormFace],
    day: date,
    progress: Progress | None = None,
) -> Assessment:
    """Reckon everything, contract by contract, so that it can be stopped in between. Raises ``Cancelled``."""
    # Here, in the worker: the engine is not wanted before the window stands.
    from app.duties.drift import drift
    from app.duties.engine import duties, unknown_annexes

    progress = progress or Progress()
    contracts = facts.all(Contract)
    found: list[Duty] = []
    stale: list[Drift] = []
    for number, contract in enumerate(contracts):
        progress.step(number, len(contracts), contract.title)
        found += duties(facts, catalogue, forms, day, contract.id)
        stale += drift(facts, catalogue, forms, day, contract.id)
    return Assessment(day, facts, tuple(found), tuple(stale), unknown_annexes(facts, catalogue))


class Assessor(QObject):
    """Keeps the assessment of one ledger up to date. ``ready(assessment)`` whenever there is a new one."""

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
            return tuple(forms[form].kinds) if form in forms else ()

        if contract:
            return tasks(made.of(contract), made.drifts_of(contract), kinds)
        return tasks(made.duties, made.drifts, kinds)

    def _reckon(self) -> None:
        context = self._context
        day = context.today()

        def work(progress: Progress) -> Assessment:
            return assess(context.facts(), context.catalogue, context.forms, day, progress)

        context.operations.run(work, self._reckoned, owner=self, key="assessment")

    def _reckoned(self, made: Assessment) -> None:
        self.latest = made
        self.ready.emit(made)
