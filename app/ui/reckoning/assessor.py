"""What is due on a day, reckoned in the worker after every change; all pages look at the same one.

At the start what an earlier session judged is shown where it holds, and judged all the same once the window
stands: what then comes out otherwise takes its place.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.common import Progress
from app.duties.papers.claims import proven_kinds
from app.records import Client, Contract, Vendor
from app.ui.context import Context
from app.ui.operations import Lane
from app.ui.reckoning.keeping import Keeping
from app.work.assessment import NOTHING, Assessment
from app.work.tasks import Task, tasks

__all__ = ["Assessment", "Assessor"]

_LOG = logging.getLogger(__name__)

_SETTLED = 1_500
"""Milliseconds from the first look until what was taken over is judged: the window is filled first."""
_QUIET = 3_000
"""Milliseconds without a change, after which what was judged is kept for the next start."""
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
        self._keeping = Keeping(context)
        self._rest = self._later(_SETTLED, lambda: self._reckon(Lane.REST))
        self._keep = self._later(_QUIET, self._write)
        # A window left open over night must not show yesterday's deadlines.
        self._midnight = QTimer(self)
        self._midnight.setInterval(_MINUTE)
        self._midnight.timeout.connect(self.look)
        self._midnight.start()

    @classmethod
    def of(cls, context: Context) -> Assessor:
        """The one of this ledger; made when first asked for."""
        return context.findChild(cls) or cls(context)

    def _later(self, pause: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(then)
        return timer

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

        kinds = partial(proven_kinds, forms)
        if contract:
            return tasks(made.of(contract), made.drifts_of(contract), kinds)
        return tasks(made.duties, made.drifts, kinds)

    def _reckon(self, lane: Lane = Lane.WORK) -> None:
        context, keeping = self._context, self._keeping
        day, previous = context.today(), self.latest

        def work(progress: Progress) -> Assessment:
            # Here, in the worker: the engine is not wanted before the window stands.
            from app.work.assessing import assess

            facts = context.facts()
            kept = keeping.read(facts, day) if previous is None else NOTHING
            return assess(facts, context.catalogue, context.forms, day, previous, progress, day, kept)

        context.operations.run(work, self._reckoned, owner=self, key="assessment", lane=lane)

    def _reckoned(self, made: Assessment) -> None:
        former, self.latest = self.latest, made
        self.reckoned.emit(made)
        if former is None or not same(made, former):
            self.ready.emit(made)
        if former is not None and (wrong := mistaken(made, former)):
            _LOG.error("kept judgements were otherwise: contracts %s", wrong)
        (self._keep if made.kept is NOTHING else self._rest).start()

    def _write(self) -> None:
        # In the lane of what reckons: nothing goes on from this assessment meanwhile.
        made, keeping = self.latest, self._keeping
        if made is not None and made.kept is NOTHING:
            self._context.operations.run(lambda _progress: keeping.write(made), _done, owner=self, key="keep")


def _done(_nothing: None) -> None:
    """Nobody is told: what could not be kept is judged again."""


def mistaken(made: Assessment, former: Assessment) -> list[int]:
    """Contracts (0: none) of which ``former`` took over what the same facts and day do not bear out."""
    if made.facts is not former.facts or made.day != former.day or made.catalogue is not former.catalogue:
        return []
    wrong = [number for number, one in former.kept.contracts.items() if made.contracts.get(number) != one]
    return wrong if all(made.own.get(name) == one for name, one in former.kept.own.items()) else [*wrong, 0]


def same(made: Assessment, former: Assessment) -> bool:
    """Whether ``made`` shows nothing that ``former`` does not: no contract had to be reckoned anew.

    Whose contract it is belongs to what is shown, and nothing reckoned need have asked for it.
    """
    return (
        made.day == former.day
        and made.catalogue is former.catalogue
        and made.contracts.keys() == former.contracts.keys()
        and all(
            one is former.contracts[number] or one == former.kept.contracts.get(number)
            for number, one in made.contracts.items()
        )
        and made.findings == former.findings
        and all(made.facts.all(cls) == former.facts.all(cls) for cls in (Vendor, Client, Contract))
    )
