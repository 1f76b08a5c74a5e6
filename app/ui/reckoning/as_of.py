"""The day for which duties are shown: today, or any other that was asked for; one for the whole window."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from app.common import Progress
from app.ui.context import Context
from app.ui.reckoning.assessor import Assessment, Assessor, same


class AsOf(QObject):
    """``moved`` when another day is chosen; ``ready(assessment)`` whenever there is one for that day.

    Today's assessment stays with the ``Assessor``; another day is reckoned beside it, from the same facts.
    """

    moved = Signal()
    ready = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._assessor = Assessor.of(context)
        self._chosen: date | None = None
        self._made: Assessment | None = None
        self._last: Assessment | None = None
        """The newest of any day but today's: from one day to the next most of what was judged still holds."""
        self._assessor.ready.connect(self._today_ready)
        self._assessor.reckoned.connect(self._today_reckoned)

    @classmethod
    def of(cls, context: Context) -> AsOf:
        """The one of this ledger; made when first asked for."""
        return context.findChild(cls) or cls(context)

    @property
    def day(self) -> date:
        """The day that is shown."""
        return self._chosen or self._context.today()

    @property
    def elsewhere(self) -> bool:
        """Whether another day than today is shown."""
        return self.day != self._context.today()

    def choose(self, day: date | None) -> None:
        """Show another day; None, or today itself, goes back to today."""
        wanted = None if day == self._context.today() else day
        if wanted == self._chosen:
            return
        self._chosen, self._made = wanted, None
        if wanted is None:
            self._last = None
        self.moved.emit()
        if wanted is not None:
            self._reckon()
        elif (current := self._assessor.current()) is not None:
            self.ready.emit(current)

    @property
    def latest(self) -> Assessment | None:
        """The newest assessment for the day, None while there is none; nothing is asked for."""
        if self.elsewhere:
            return self._made
        latest = self._assessor.latest
        return latest if latest is not None and latest.day == self.day else None

    def current(self) -> Assessment | None:
        """As ``latest``; where there is none, one is asked for."""
        return self._made if self.elsewhere else self._assessor.current()

    def _today_ready(self, made: Assessment) -> None:
        if not self.elsewhere:
            self.ready.emit(made)

    def _today_reckoned(self, made: Assessment) -> None:
        del made
        # Another day may ask for records that today does not.
        if self.elsewhere:
            self._reckon()

    def _reckon(self) -> None:
        context, day, former = self._context, self.day, self._last

        def work(progress: Progress) -> Assessment:
            # Here, in the worker: the engine is not wanted before the window stands.
            from app.work.assessing import assess

            return assess(context.facts(), context.catalogue, context.forms, day, former, progress)

        context.operations.run(work, self._reckoned, owner=self, key="as-of")

    def _reckoned(self, made: Assessment) -> None:
        self._last = made
        if made.day == self._chosen:
            former, self._made = self._made, made
            if former is None or not same(made, former):
                self.ready.emit(made)
