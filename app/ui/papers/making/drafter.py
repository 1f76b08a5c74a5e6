"""Having the draft made and proof-read in the worker, of nothing but what is chosen now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from app.duties.case import Case, FormFace
from app.ui.context import Context
from app.ui.operations import Job, Lane
from app.ui.papers.making.draft import Draft, drafting, warm


class Drafter:
    """``drawn`` takes each draft that is still wanted, ``undrawn`` why there is none.

    ``made``: the newest draft. ``misread`` takes the fault that proof-reading found in it.
    """

    def __init__(
        self,
        context: Context,
        owner: QObject,
        drawn: Callable[[Draft], None],
        undrawn: Callable[[Exception], None],
        misread: Callable[[Exception], None],
    ) -> None:
        self._context, self._owner = context, owner
        self._drawn, self._undrawn, self._misread = drawn, undrawn, misread
        self._jobs: list[Job] = []
        self.made = Draft()

    def draw(self, form: FormFace, case: Case, *, ours: bool) -> Case:
        """Begin with a draft; returns the case as the form is asked it. ``ours``: in our own form."""
        context = self._context
        settings = context.preferences.path.parent
        case, work = drafting(form, case, context.ledger.blob, settings, ours=ours)
        self.drop()
        self._jobs = [context.operations.run(work, self._take, failed=self._undrawn, owner=self._owner)]
        return case

    def drop(self) -> None:
        """Other choices: what comes of the former ones is shown to nobody, and found wrong by nobody."""
        for job in self._jobs:
            job.dropped = True
            job.cancel()
        self._jobs = []

    def read_over(self) -> None:
        """The draft stands on the screen: proof-read it, in a lane where no other has to wait for that."""
        read = self.made.read
        if read is None:
            return
        self.made = replace(self.made, read=None)
        run = self._context.operations.run
        job = run(
            lambda _progress: read(),
            lambda _none: None,
            failed=self._misread,
            owner=self._owner,
            lane=Lane.REST,
        )
        self._jobs.append(job)

    def warm(self) -> None:
        """Nothing is chosen yet: load what the first draft would wait for."""
        # What goes wrong here goes wrong again with the draft, which says so.
        self._context.operations.run(
            warm, lambda _none: None, failed=lambda _error: None, owner=self._owner, key="ready to print"
        )

    def _take(self, made: Draft) -> None:
        self.made = made
        self._drawn(made)
