"""One user of a ledger at a time: an operating-system lock beside it, and a note of who holds it."""

from __future__ import annotations

import getpass
import json
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.filesystem import may_be_there, open_plain, read_plain, remove_file, write_anew
from app.ledger.errors import REFUSED, InUseError, ReadOnlyError, of_opening
from app.ledger.file.besides import LOCK, refuse_strange

_PATIENCE = 1.0
"""Seconds to wait: a command that is just ending should not turn the next one away."""
_MOST_NOTE = 4096
"""Bytes of the note that says who holds the ledger."""


def login_name() -> str:
    """The operating system's login, or 不明 where it has none to give."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "不明"


class LedgerLock:
    """Held from ``LedgerLock(path)`` until ``release``; the system drops it when the process dies."""

    def __init__(self, ledger: Path, now: datetime) -> None:
        """Take the lock.

        Raises ``InUseError`` naming the holder, ``StrangeBesideError``, or what ``of_opening`` says.
        """
        from filelock import FileLock, Timeout

        refuse_strange(ledger, (LOCK,))
        self._ledger = ledger
        self._note = _note_file(ledger)
        self._lock = FileLock(_lock_file(ledger), thread_local=False, fallback_to_soft=False, mode=0o600)
        try:
            self._lock.acquire(timeout=_PATIENCE)
        except Timeout:
            # Windows says of a folder where nothing can be written what it says of a lock that is held.
            if not _held(_lock_file(ledger)):
                raise ReadOnlyError from None
            raise InUseError(_who(self._note)) from None
        except OSError as error:
            raise of_opening(error) from error
        try:
            self._write_note(now)
        except OSError as error:
            self._lock.release()
            raise of_opening(error) from error

    def release(self) -> None:
        """Give the lock back; again is harmless."""
        if self._lock.is_locked:
            # On Windows the note cannot go while another program reads it; the lock must go in any case.
            with suppress(OSError):
                remove_file(self._note)
            # Where no ledger came to be, nobody would know what the lock is of. Whoever waits for it holds
            # one that is gone: two may then make a ledger here, and only one finds the name free.
            with suppress(OSError):
                if not may_be_there(self._ledger):
                    _lock_file(self._ledger).unlink(missing_ok=True)
            self._lock.release()

    def _write_note(self, now: datetime) -> None:
        """Say who holds the lock: a courtesy, left out where it cannot be written.

        Raises ``OSError`` for a folder that takes no file at all: there one may only read.
        """
        import socket

        held = {
            "login": login_name(),
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "since": now.strftime("%H:%M"),
            "day": now.date().isoformat(),
        }
        try:
            write_anew(self._note, json.dumps(held, ensure_ascii=False))
        except OSError as error:
            if error.errno in REFUSED and not os.path.lexists(self._note):
                raise
            # Half a note would be none, and whoever died left one that names the wrong holder.
            with suppress(OSError):
                remove_file(self._note)


class ReadingLock:
    """For who may only read: keeps writers away where there is a lock file, and is turned away by one.

    Where nobody can write, nobody has to be kept away.
    """

    def __init__(self, ledger: Path) -> None:
        """Raises ``InUseError`` naming who writes."""
        self._file: int | None = None
        try:
            self._file = open_plain(_lock_file(ledger))
        except OSError:
            return
        if not _shared(self._file):
            self.release()
            raise InUseError(_who(_note_file(ledger)))

    def release(self) -> None:
        """Give the lock back; again is harmless."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _lock_file(ledger: Path) -> Path:
    return ledger.with_name(f"{ledger.name}{LOCK}")


def _note_file(ledger: Path) -> Path:
    return ledger.with_name(f"{ledger.name}.user")


def in_use(ledger: Path) -> str:
    """The sentence naming who has the ledger open, without a wait; empty if nobody, or if it does not show.

    A lock that cannot be looked at is not called held: whoever opens the ledger learns how it stands.
    """
    lock = _lock_file(ledger)
    if not os.access(lock, os.R_OK) or not _held(lock):
        return ""
    return InUseError(_who(_note_file(ledger))).sentence


def _held(lock: Path) -> bool:
    """Whether somebody holds the lock; one that cannot be looked at counts as held."""
    try:
        file = open_plain(lock)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        return not _shared(file)
    finally:
        os.close(file)


def _shared(file: int) -> bool:
    """Lock an open file against writers as ``FileLock`` does, without a wait; False if one holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _who(note: Path) -> str:
    try:
        held = json.loads(read_plain(note, _MOST_NOTE).decode("utf-8"))
        day = datetime.fromisoformat(held["day"]).date()
        return (
            f"この台帳は{held['login']}さん（{held['host']}）が{day.month}月{day.day}日"
            f"{held['since']}から使用中です。そちらを閉じてから開き直してください。"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ""
