"""What runs at the moment: its name, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QStatusBar, QVBoxLayout, QWidget

from app.ui.operations import Job, Lane, Operations
from app.ui.parts.widgets import button, em, label, prose, row

_PASSING = 8000
"""Milliseconds for which a passing sentence stands."""


class ProgressLine(QWidget):
    """One line for the status bar; hidden while nothing with a name runs."""

    def __init__(self, operations: Operations) -> None:
        super().__init__()
        self._jobs: list[Job] = []
        self._label = label("", "sub")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("進み具合")
        self._bar.setMaximumWidth(160)
        self._stop = button("中止", self._cancel, kind="quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        for widget in (self._label, self._bar, self._stop):
            layout.addWidget(widget)
        self.hide()
        operations.started.connect(self._start)
        operations.progressed.connect(self._progress)
        operations.ended.connect(self._end)

    def _start(self, job: Job) -> None:
        self._jobs.append(job)
        # What somebody just asked for stands before a copy that runs beside it: 中止 must mean that.
        self._jobs.sort(key=lambda held: held.lane is Lane.COPIES)
        self._show(self._jobs[0], 0, 0, "")

    def _progress(self, job: Job, done: int, total: int, what: str) -> None:
        if self._jobs and self._jobs[0] is job:
            self._show(job, done, total, what)

    def _end(self, job: Job) -> None:
        self._jobs = [other for other in self._jobs if other is not job]
        if self._jobs:
            self._show(self._jobs[0], 0, 0, "")
        self.setVisible(bool(self._jobs))

    def _show(self, job: Job, done: int, total: int, what: str) -> None:
        self._label.setText(what or job.title)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.show()

    def _cancel(self) -> None:
        if self._jobs:
            self._jobs[0].cancel()


class BottomLine(QStatusBar):
    """What passes, what runs, and how the backups stand.

    While a sentence passes, how the backups stand makes room for it: cut off in the middle, it would say half
    of what was done.
    """

    def __init__(self, operations: Operations) -> None:
        super().__init__()
        self._backup = label("", "sub")
        self._backup.setContentsMargins(8, 3, 14, 3)
        self._progress = ProgressLine(operations)
        self.setSizeGripEnabled(False)
        self.addPermanentWidget(self._progress)
        self.addPermanentWidget(self._backup)
        self.messageChanged.connect(self._passes)

    def say(self, text: str) -> None:
        """Show a passing sentence; what the line has no room for stands in its hint."""
        taken = self._progress.sizeHint().width() if self._progress.isVisible() else 0
        room = self.width() - taken - em(self, 2)
        self.showMessage(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room), _PASSING)
        self.setToolTip(text)

    def tell_backup(self, text: str) -> None:
        """How the backups stand."""
        self._backup.setText(text)

    def _passes(self, text: str) -> None:
        self._backup.setHidden(bool(text))
        if not text:
            self.setToolTip("")


class Opening(QWidget):
    """In the place of the pages while the ledger is opened: nothing is known yet of what stands in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName("進み具合")
        bar.setFixedWidth(em(self, 20))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 18)
        layout.setSpacing(14)
        layout.addWidget(label("台帳を開いています…", "h2"))
        layout.addWidget(bar)
        layout.addStretch(1)


class ProgressDialog(QDialog):
    """For work that must end before anything else may happen, such as the backup on leaving."""

    def __init__(self, operations: Operations, title: str, stop: str = "") -> None:
        super().__init__()
        self.setWindowTitle("受託台帳")
        self._job: Job | None = None
        self._what = prose(title)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("進み具合")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(label(title, "h3"))
        layout.addWidget(self._what)
        layout.addWidget(self._bar)
        if stop:
            layout.addLayout(row(None, button(stop, self.reject)))
        self.setMinimumWidth(em(self, 34))
        operations.progressed.connect(self._progress)

    def follow(self, job: Job) -> None:
        """Show how far ``job`` is; turning the dialog away cancels it."""
        self._job = job

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _progress(self, job: Job, done: int, total: int, what: str) -> None:
        if job is self._job:
            self._what.say(what or job.title)
            self._bar.setRange(0, total)
            self._bar.setValue(done)
