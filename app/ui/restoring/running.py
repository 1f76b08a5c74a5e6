"""How far the one piece of work of a dialog is, with the button that stops it; nothing while none runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app.common import Progress
from app.ui.operations import Job, Lane, Operations
from app.ui.parts.widgets import button, label, row


class Running(QWidget):
    """``turned``: work has begun, or it has ended and its answer comes next."""

    turned = Signal()

    def __init__(self, operations: Operations) -> None:
        super().__init__()
        self._operations = operations
        self._job: Job | None = None
        self._what = label("", "sub")
        self._bar = QProgressBar()
        self._bar.setAccessibleName("進み具合")
        self._bar.setTextVisible(False)
        self.stop_button = button("中止", self.cancel)
        self.setLayout(row(self._what, self._bar, self.stop_button))
        self.hide()
        operations.progressed.connect(self._progress)
        operations.ended.connect(self._ended)

    @property
    def busy(self) -> bool:
        """Whether the work runs."""
        return self._job is not None

    def run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        title: str,
        failed: Callable[[Exception], None],
    ) -> None:
        """Begin ``work`` in the worker; one at a time, in the order in which copies are made."""
        self._bar.setRange(0, 0)
        self._what.setText(title)
        self._job = self._operations.run(work, done, title=title, failed=failed, owner=self, lane=Lane.COPIES)
        self.show()
        self.turned.emit()

    def cancel(self) -> None:
        """Ask the work to stop, where one runs."""
        if self._job is not None:
            self._job.cancel()

    def _progress(self, job: Job, done: int, total: int, what: str) -> None:
        if job is self._job:
            self._what.setText(what or job.title)
            self._bar.setRange(0, total)
            self._bar.setValue(done)

    def _ended(self, job: object) -> None:
        if job is self._job:
            self._job = None
            self.hide()
            self.turned.emit()
