"""Backups as the window makes them: the first opening of a day, on request, and on leaving if changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.common import PeopleError, Progress
from app.ledger.copies.backup import backup, lacks, newest_of
from app.ledger.copies.manifests import Backup
from app.ui.operations import Job, Operations

if TYPE_CHECKING:
    from app.ledger.door import Ledger


class Backing(QObject):
    """Makes backups in the worker and knows how the last one went.

    ``told`` after each attempt; ``problem`` is then the sentence to show in red, empty if all is well.
    """

    told = Signal()

    def __init__(
        self,
        ledger: Ledger,
        operations: Operations,
        folder: Callable[[], Path],
        now: Callable[[], datetime],
        today: Callable[[], date],
    ) -> None:
        """``folder``: where backups go; ``now``: the clock; ``today``: the day for which all is reckoned."""
        super().__init__()
        self._ledger = ledger
        self._operations = operations
        self._folder = folder
        self._clock = now
        self._today = today
        self.problem = ""
        self.newest: Backup | None = None

    def look(self) -> None:
        """Find out when the last backup was made; make one if this is the first opening of the day."""
        if self._ledger.read_only:
            return
        self._operations.run(self._find, self._found, failed=self._failed, owner=self)

    def now(self, then: Callable[[], None] | None = None) -> Job:
        """Make a backup; ``then`` is called if it is proven."""
        folder = self._folder()

        def done(made: Backup | None) -> None:
            self._found_newest(made)
            if then is not None:
                then()

        return self._operations.run(
            lambda progress: self._make(folder, progress),
            done,
            title="バックアップを作成しています",
            failed=self._failed,
            owner=self,
        )

    @property
    def wanted(self) -> bool:
        """Whether the ledger holds something that no backup holds."""
        return not self._ledger.read_only and lacks(self.newest, self._ledger.head())

    def _find(self, _progress: Progress) -> Backup | None:
        return newest_of(self._folder(), self._ledger.id)

    def _found(self, newest: Backup | None) -> None:
        self._found_newest(newest)
        day = newest.manifest.moment.date() if newest else date.min
        if day < self._today() and self.wanted:
            self.now()

    def _found_newest(self, newest: Backup | None) -> None:
        self.newest = newest
        self.problem = ""
        self.told.emit()

    def _make(self, folder: Path, progress: Progress) -> Backup | None:
        ledger = self._ledger
        backup(ledger.path, ledger.key, folder, progress, clock=self._clock)
        return newest_of(folder, ledger.id)

    def _failed(self, error: Exception) -> None:
        said = error.sentence if isinstance(error, PeopleError) else "予期しない誤りが起きました。"
        self.problem = f"バックアップを作成できませんでした。{said}"
        self.told.emit()
        if not isinstance(error, PeopleError):
            raise error
