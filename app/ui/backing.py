"""Backups as the window makes them: the first opening of a day, on request, and on leaving if changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.common import PeopleError, Progress, uncollected
from app.ledger.copies import claims
from app.ledger.copies.manifests import Backup
from app.ledger.copies.standing import Standing
from app.ui.operations import Job, Lane, Operations

if TYPE_CHECKING:
    from app.ledger.door import Ledger

_TITLE = "バックアップを作成しています"
STALE = timedelta(days=1)
"""A backup older than this that lacks something is shown in red."""


class Backing(QObject):
    """Makes backups in a lane of their own and knows how they stand.

    ``told`` after each attempt and whenever what is known of them changed; ``problem`` is then the sentence
    to show in red, empty if all is well, and ``state`` one line that is never kinder than the facts.
    """

    told = Signal()
    cleared = Signal(str)
    """What was said of leftovers that took room."""

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
        self._standing: Standing | None = None
        self.failure = ""
        """Why the last attempt came to nothing; it stays until one succeeds."""
        self._sequence = 0
        self._tried: date | None = None
        self._looking: Job | None = None
        self.running: Job | None = None
        """The backup under way."""
        operations.ended.connect(self._ended)

    def stop(self) -> None:
        """Give up what is under way; nothing of it is left."""
        for job in (self._looking, self.running):
            if job is not None:
                job.cancel()

    def look(self, *, make: bool = True) -> None:
        """Find out how the backups stand; ``make`` one if this is the first opening of the day."""
        self._looking = self._operations.run(
            self._find,
            partial(self._found, make=make),
            failed=self._failed,
            owner=self,
            lane=Lane.COPIES,
            key="backing",
        )

    def missed(self) -> None:
        """What counted as the newest is no longer there: how they stand without it is to be told.

        None is made at once: a new one alone would hide that all others went.
        """
        if self.running is None and self._looking is None:
            self.look(make=False)

    def now(self, then: Callable[[], None] | None = None) -> Job:
        """Make a backup; ``then`` is called if it is proven."""
        folder = self._folder()
        self._tried = self._today()
        if self._looking is not None:
            self._looking.dropped = True
            self._looking.cancel()
            self._looking = None

        def done(made: Standing) -> None:
            self.failure = ""
            self._know(made)
            if then is not None:
                then()

        self.running = self._operations.run(
            lambda progress: self._make(folder, progress),
            done,
            title=_TITLE,
            failed=self._failed,
            owner=self,
            lane=Lane.COPIES,
        )
        return self.running

    def changed(self, sequence: int) -> None:
        """The ledger was written up to this entry of its journal."""
        self._sequence = sequence
        if self._standing is None or self.running is not None:
            return
        # A window that stays open for days makes its backup of the day at the first change of it.
        if self._due and self._tried != self._today():
            self.now()
        self.told.emit()

    @property
    def wanted(self) -> bool:
        """Whether the ledger holds something that no sound backup is known to hold."""
        if self._ledger.read_only:
            return False
        newest = self.newest
        return newest is None or newest.manifest.head != self._ledger.head().hash

    @property
    def newest(self) -> Backup | None:
        """The newest backup that can be counted on, None if none is known."""
        return self._standing.newest if self._standing else None

    @property
    def behind(self) -> int:
        """How many entries of the ledger that one lacks."""
        if self._standing is None:
            return 0
        return max(self._standing.behind, self._sequence - self._kept)

    @property
    def problem(self) -> str:
        """What is the matter with the backups, in one sentence; empty if nothing is."""
        if self.failure:
            return self.failure
        standing = self._standing
        if standing is None or self.running is not None:
            return ""
        if standing.spoilt is not None:
            held, said = standing.spoilt
            return f"バックアップ「{held.path.name}」は{said}バックアップを作成し直してください。"
        newest = standing.newest
        if newest is None and not self._ledger.read_only:
            nothing = f"保存先「{self._folder()}」に、使えるバックアップが1つもありません。"
            return f"{nothing}バックアップを作成してください。"
        if newest is not None and self.behind and self._clock() - newest.manifest.moment > STALE:
            return f"{_day(newest)}の後の変更{self.behind:,}件は、まだどのバックアップにもありません。"
        return ""

    @property
    def state(self) -> str:
        """Of when the newest sound backup is, and how much it lacks."""
        if self._standing is None:
            return self.problem and "バックアップの状態を確かめられません"
        newest = self._standing.newest
        if newest is None:
            return "使えるバックアップがありません"
        since = f"以後の変更 {self.behind:,}件" if self.behind else "以後の変更なし"
        return f"最終バックアップ {_day(newest)}（{since}）"

    @property
    def _kept(self) -> int:
        return self.newest.manifest.sequence if self.newest else 0

    @property
    def _due(self) -> bool:
        """Whether the backup of the day is still to be made.

        Not whether the newest is of an earlier day: one dated ahead by a wrong clock would stop them all.
        """
        newest = self.newest
        wanted = self.behind > 0 and not self._ledger.read_only
        return wanted and (newest is None or newest.manifest.moment.date() != self._today())

    def _find(self, progress: Progress) -> tuple[Standing, int]:
        folder = self._folder()
        freed = self._ledger.clear_backups(folder)
        return self._ledger.standing(folder, progress), freed

    def _found(self, found: tuple[Standing, int], *, make: bool) -> None:
        standing, freed = found
        self._looking = None
        self._standing = standing
        if said := claims.freed_words(freed):
            self.cleared.emit(said)
        if make and (self._due or (standing.spoilt is not None and self.wanted)):
            self.now()
        # Only then: what is being mended is not told as a fault.
        self.told.emit()

    def _know(self, standing: Standing) -> None:
        self._standing = standing
        self.told.emit()

    def _make(self, folder: Path, progress: Progress) -> Standing:
        # With all records in memory, one search for garbage holds up the window for a quarter of a second.
        with uncollected():
            made = self._ledger.backup(folder, progress)
            return self._ledger.standing(folder, progress, proven=made)

    def _ended(self, job: object) -> None:
        running = self.running
        if running is None or job is not running:
            return
        self.running = None
        if running.progress.stopped:
            # Neither done nor failed is called of it; whoever waits must know all the same.
            self.told.emit()

    def _failed(self, error: Exception) -> None:
        said = error.sentence if isinstance(error, PeopleError) else "予期しない誤りが起きました。"
        self._looking = None
        self.failure = f"バックアップを作成できませんでした。{said}"
        self.told.emit()
        if not isinstance(error, PeopleError):
            raise error


def _day(held: Backup) -> str:
    made = held.manifest.moment
    return f"{made.year}年{made.month}月{made.day}日 {made:%H:%M}"
