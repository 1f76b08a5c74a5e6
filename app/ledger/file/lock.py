"""One user of a ledger at a time: an operating-system lock beside it, and a note of who holds it."""

from __future__ import annotations

import getpass
import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.ledger.errors import InUseError, ReadOnlyError

_PATIENCE = 1.0
"""Seconds to wait: a command that is just ending should not turn the next one away."""


def login_name() -> str:
    """The operating system's login, or 不明 where it has none to give."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "不明"


class LedgerLock:
    """Held from ``LedgerLock(path)`` until ``release``; the system drops it when the process dies."""

    def __init__(self, ledger: Path, now: datetime) -> None:
        """Take the lock. Raises ``InUseError`` naming the holder, or ``ReadOnlyError``."""
        from filelock import FileLock, Timeout

        self._note = ledger.with_name(f"{ledger.name}.user")
        self._lock = FileLock(
            ledger.with_name(f"{ledger.name}.lock"), thread_local=False, fallback_to_soft=False, mode=0o600
        )
        try:
            self._lock.acquire(timeout=_PATIENCE)
        except Timeout:
            raise InUseError(_who(self._note)) from None
        except OSError as error:
            raise ReadOnlyError from error
        try:
            self._write_note(now)
        except OSError as error:
            self._lock.release()
            raise ReadOnlyError from error

    def release(self) -> None:
        """Give the lock back; again is harmless."""
        if self._lock.is_locked:
            # On Windows the note cannot go while another program reads it; the lock must go in any case.
            with suppress(OSError):
                self._note.unlink(missing_ok=True)
            self._lock.release()

    def _write_note(self, now: datetime) -> None:
        import socket

        held = {
            "login": login_name(),
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "since": now.strftime("%H:%M"),
            "day": now.date().isoformat(),
        }
        flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY
        with os.fdopen(os.open(self._note, flags, 0o600), "w", encoding="utf-8") as file:
            json.dump(held, file, ensure_ascii=False)


def _who(note: Path) -> str:
    try:
        held = json.loads(note.read_text("utf-8"))
        day = datetime.fromisoformat(held["day"]).date()
        return (
            f"この台帳は{held['login']}さん（{held['host']}）が{day.month}月{day.day}日"
            f"{held['since']}から使用中です。そちらを閉じてから開き直してください。"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ""
