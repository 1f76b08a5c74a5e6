"""One window per person: a later start shows the first one, on the ledger it was to open, and ends.

Two windows would be two programs that write the same settings, and the second one could only say that the
ledger is in use. They meet in the folder of the settings: no socket is opened, and who uses another folder
(a portable installation, another person) has a window of their own.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, QTimer, Signal

from app.common import PeopleError
from app.filesystem import patiently, private_folder, read_plain, remove_file, write_anew

_MOST = 64 * 1024
"""Bytes of a note from one start to the other."""
_PATIENCE = 10.0
"""Seconds that the first window has to take a note: it may be reading a large ledger."""
_TURN = 0.05
_LOOK = 500
"""Milliseconds between two looks where the system does not tell of new files."""

SILENT = (
    "受託台帳は既に起動していますが、応答がありません。しばらく待ってから開き直してください。"
    "それでも開かないときは、PCからサインアウトしてやり直してください。"
)


class First(QObject):
    """``wanted(path)`` when a later start asked for this window, ``path`` being a ledger to open or None."""

    wanted = Signal(object)

    def __init__(self, folder: Path, name: str = "window") -> None:
        """``folder``: of the person's settings; ``name``: what there can be one of."""
        super().__init__()
        self._folder = folder
        self._note = folder / f"{name}.wanted"
        self._lock = QLockFile(str(folder / f"{name}.lock"))
        # It is held as long as the process lives, however old it gets.
        self._lock.setStaleLockTime(0)
        self._watch: QObject | None = None

    def take(self) -> bool:
        """Become the first; False only if somebody else is: where nothing can be written, nobody is asked."""
        with suppress(OSError):
            private_folder(self._folder)
        taken = self._lock.tryLock(0)
        if taken:
            with suppress(OSError):
                remove_file(self._note)
        return taken or self._lock.error() is not QLockFile.LockError.LockFailedError

    def listen(self) -> None:
        """Tell from now on of later starts."""
        if not self._lock.isLocked():
            return
        watcher = QFileSystemWatcher(self)
        if watcher.addPath(str(self._folder)):
            watcher.directoryChanged.connect(self._look)
            self._watch = watcher
        else:
            timer = QTimer(self)
            timer.timeout.connect(self._look)
            timer.start(_LOOK)
            self._watch = timer
        self._look()

    def hand_over(self, path: Path | None, patience: float = _PATIENCE) -> bool:
        """Have the first window come up, on ``path`` if that is not None.

        False if it has ended meanwhile, and this start is the first. Raises ``PeopleError`` if it does not
        take the note in time: nothing then happens behind one's back.
        """
        self._let_come_up()
        beside = self._note.with_name(f"{self._note.name}.{os.getpid()}")
        try:
            write_anew(beside, json.dumps({"ledger": str(path or "")}))
            patiently(lambda: beside.replace(self._note))
        except OSError:
            raise PeopleError(SILENT) from None
        end = time.monotonic() + patience
        while self._note.exists():
            ended = self._lock.tryLock(0)
            if ended or time.monotonic() > end:
                with suppress(OSError):
                    remove_file(self._note)
                if ended:
                    return False
                raise PeopleError(SILENT)
            time.sleep(_TURN)
        return True

    def release(self) -> None:
        """Let the next start be the first; again is harmless."""
        if self._watch is not None:
            self._watch.deleteLater()
            self._watch = None
        self._lock.unlock()

    def _let_come_up(self) -> None:
        """Windows lets only the program that a person has just started bring a window to the front."""
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.user32.AllowSetForegroundWindow(self._holder())

    def _holder(self) -> int:
        """The process that is the first."""
        process, _host, _name = self._lock.getLockInfo()
        return process

    def _look(self) -> None:
        try:
            data = read_plain(self._note, _MOST)
            patiently(self._note.unlink)
            named = json.loads(data.decode("utf-8"))["ledger"]
        except (OSError, ValueError, KeyError, TypeError):
            return
        self.wanted.emit(Path(named) if isinstance(named, str) and named else None)
