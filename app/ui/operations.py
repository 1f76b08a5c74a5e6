"""Workers for whatever takes longer than a blink: each in order, with progress, and cancellable."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from app.common import Cancelled, Progress

T = TypeVar("T")


NOT_IN_TIME = "中止は間に合いませんでした。"


class Lane(Enum):
    """Which worker does a job; in each lane one after the other, the lanes beside each other.

    ``WORK``: what the window waits for. ``COPIES``: what reads or writes the whole ledger or the backup
    folder, for seconds or, where a drive hangs, longer. It may hold nothing that a screen needs meanwhile:
    its jobs open connections of their own. ``ROWS``: what lists show; it only reads, and is over in a blink.
    ``REST``: what nobody waits for and anything wanted may cancel.
    """

    WORK = "operations"
    COPIES = "copies"
    ROWS = "rows"
    REST = "rest"


class Job:
    """One piece of work: what it is called, how far it is, and the way to stop it."""

    def __init__(
        self,
        title: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        owner: QObject | None,
        key: str,
        lane: Lane,
        say: Callable[[Job, int, int, str], None],
    ) -> None:
        self.title = title
        self.work = work
        self.done = done
        self.failed = failed
        self.key = key
        self.lane = lane
        self.dropped = False
        self.unheard = False
        self.progress = Progress(lambda done, total, what: say(self, done, total, what))
        self._owner = owner
        self._owned = owner is not None

    def cancel(self) -> None:
        """Ask it to stop at its next step; its ``done`` is not called then."""
        self.progress.cancel()

    @property
    def late(self) -> str:
        """That whoever asked to stop was too late, for it was done by then; empty where nobody asked.

        To be asked once it has written what it was to write.
        """
        return NOT_IN_TIME if self.progress.stopped else ""

    def wanted(self) -> bool:
        """Whether anyone still waits for the answer."""
        alive = not self._owned or (self._owner is not None and shiboken6.isValid(self._owner))
        return alive and not self.dropped and not self.unheard


class Operations(QObject):
    """Runs jobs in threads of their own, one per lane; answers arrive in the window's thread.

    ``started``, ``progressed(job, done, total, what)`` and ``ended`` tell of jobs with a title only.
    """

    started = Signal(object)
    progressed = Signal(object, int, int, str)
    ended = Signal(object)
    idle = Signal()
    _answered = Signal(object, object, object)
    _said = Signal(object, int, int, str)

    def __init__(self, failed: Callable[[Exception], None], parent: QObject | None = None) -> None:
        """``failed`` takes the errors of jobs that have no handler of their own."""
        super().__init__(parent)
        self._failed = failed
        self._queues: dict[Lane, queue.SimpleQueue[Job | None]] = {}
        self._threads: list[threading.Thread] = []
        self._jobs: list[Job] = []
        self._stopped = False
        self._gate = threading.Event()
        self._gate.set()
        self._answered.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._said.connect(self._say, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        title: str = "",
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
        key: str = "",
        lane: Lane = Lane.WORK,
    ) -> Job:
        """Do ``work`` in a worker, then ``done(result)`` or ``failed(error)`` in the window's thread.

        ``title`` shows it, with a way to cancel, while it runs; without one it is silent.
        ``owner``: if that object is gone by then, nobody is told. ``key``: an earlier job of the same
        key whose answer has not arrived is dropped: only the newest answer counts.
        """
        job = Job(title, work, done, failed or self._failed, owner, key, lane, self._said.emit)
        if self._stopped:
            # What the work needs may be closed by now.
            job.dropped = True
            return job
        if key:
            for earlier in self._jobs:
                if earlier.key == key:
                    earlier.dropped = True
                    earlier.cancel()
        self._jobs.append(job)
        if title:
            self.started.emit(job)
        self._waiting(lane).put(job)
        return job

    @property
    def busy(self) -> bool:
        """Whether anything is still to be answered."""
        return bool(self._jobs)

    def hold(self) -> None:
        """Begin no further job until ``release``: workers would take time from the window's thread."""
        self._gate.clear()

    def release(self) -> None:
        """Go on with the jobs."""
        self._gate.set()

    def turn_away(self) -> None:
        """What was asked for is still done, and nobody is told: who asked goes, and may ask for no more."""
        for job in self._jobs:
            job.unheard = True
        # Who was to let them begin once it was painted may go before that.
        self.release()

    def stop(self, seconds: float = 10.0) -> None:
        """Cancel what is left and wait for the workers to end; nothing is begun after that."""
        self._stopped = True
        for job in self._jobs:
            job.dropped = True
            job.cancel()
        for waiting in self._queues.values():
            waiting.put(None)
        self.release()
        for thread in self._threads:
            thread.join(seconds)

    def _waiting(self, lane: Lane) -> queue.SimpleQueue[Job | None]:
        """The queue of a lane, whose worker begins with its first job."""
        if lane not in self._queues:
            self._queues[lane] = queue.SimpleQueue()
            thread = threading.Thread(
                target=self._work, args=(self._queues[lane],), name=lane.value, daemon=True
            )
            self._threads.append(thread)
            thread.start()
        return self._queues[lane]

    def _work(self, waiting: queue.SimpleQueue[Job | None]) -> None:
        while (job := waiting.get()) is not None:
            result: Any = None
            error: Exception | None = None
            self._gate.wait()
            if not job.dropped:
                try:
                    result = job.work(job.progress)
                except Exception as caught:  # whatever it is, the window's thread decides what to say
                    error = caught
            if shiboken6.isValid(self):
                self._answered.emit(job, result, error)

    def _say(self, job: Job, done: int, total: int, what: str) -> None:
        if job.title and job in self._jobs:
            self.progressed.emit(job, done, total, what)

    def _answer(self, job: Job, result: Any, error: Exception | None) -> None:
        self._jobs.remove(job)
        try:
            if job.title:
                self.ended.emit(job)
            if job.wanted():
                if error is None:
                    job.done(result)
                elif not isinstance(error, Cancelled):
                    job.failed(error)
        finally:
            # Even where that raised: the check of every start waits for it.
            if not self._jobs:
                self.idle.emit()
