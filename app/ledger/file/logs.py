"""The log beside a ledger: what SQLite has written and not yet brought into the file itself."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

from app.ledger.errors import (
    DamagedError,
    LedgerError,
    NewerFormatError,
    NotOursError,
    StrangeLogError,
    TruncatedError,
    WrongKeyError,
)
from app.ledger.file import driver
from app.ledger.migrations import FORMAT

_SOUND = "ok"
_OF_THE_FILE = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
"""What SQLite says of what the file holds; anything else is the disk's."""


def unsettled(path: Path) -> bool:
    """Whether the log of the ledger at ``path`` holds anything."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


def judge(path: Path, key: bytes) -> None:
    """Look at a ledger together with the log that still waits, for whoever holds the lock.

    Brought in, a log that belongs to another state of the file (a backup put in its place by hand) would
    write over what is there: no byte is changed before that is known. Raises ``LedgerError``, or the driver's
    error for a disk that fails.
    """
    together = _look(path, key, alone=False)
    if together == _SOUND:
        return
    if _look(path, key, alone=True) == _SOUND:
        raise StrangeLogError(path)
    if path.stat().st_size % driver.PAGE_SIZE:
        raise TruncatedError(path)
    if together:
        raise judged(path, together)


def judged(path: Path, code: str) -> LedgerError:
    """What it means that a file cannot even be begun to be read, by SQLite's name for the error."""
    if code == "SQLITE_NOTADB":
        return WrongKeyError(path)
    if code.startswith("SQLITE_CORRUPT"):
        return TruncatedError(path)
    return DamagedError(path.name)


def _look(path: Path, key: bytes, *, alone: bool) -> str:
    """``ok``, SQLite's name of the error that kept it from being opened, or empty for damage within.

    Raises ``NotOursError`` or ``NewerFormatError``.
    """
    index = path.with_name(f"{path.name}-shm")
    there = index.exists()
    try:
        with closing(driver.connect(path, key, "ro", immutable=alone)) as connection:
            return _state(path, connection)
    except driver.Error as error:
        code = driver.code_of(error)
        if not code.startswith(_OF_THE_FILE):
            raise
        return code
    finally:
        if not there:
            # What SQLite makes beside the file in order to read the log.
            with suppress(OSError):
                index.unlink(missing_ok=True)


def _state(path: Path, connection: driver.Connection) -> str:
    if driver.one(connection, "PRAGMA application_id") != driver.APPLICATION_ID:
        raise NotOursError(path)
    if int(driver.one(connection, "PRAGMA user_version")) > FORMAT:
        raise NewerFormatError(path)
    try:
        return _SOUND if driver.one(connection, "PRAGMA quick_check(1)") == _SOUND else ""
    except driver.Error:
        return ""
