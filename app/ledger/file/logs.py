"""The log beside a ledger: what SQLite has written and not yet brought into the file itself."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

from app.filesystem import may_be_there, remove_file
from app.ledger.errors import (
    CutOrBrokenError,
    MissingLedgerError,
    NewerFormatError,
    NotOursError,
    StrangeLogError,
    TruncatedError,
    WrongKeyError,
)
from app.ledger.file import driver
from app.ledger.migrations import FORMAT

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
    together, error = _look(path, key, alone=False)
    if together:
        return
    alone, _ = _look(path, key, alone=True)
    if alone:
        raise StrangeLogError(path)
    if path.stat().st_size % driver.PAGE_SIZE:
        raise TruncatedError(path)
    if error is not None:
        raise judged(path, error)


def judged(path: Path, error: Exception) -> Exception:
    """What it means that a file cannot even be begun to be read; ``error`` itself if it is the program's."""
    code = driver.code_of(error)
    if code == "SQLITE_NOTADB":
        return WrongKeyError(path)
    if code.startswith("SQLITE_CORRUPT"):
        # Of a page that is missing and of one that does not hold together SQLite says the same.
        return CutOrBrokenError(path)
    if code.startswith("SQLITE_CANTOPEN") and not may_be_there(path):
        return MissingLedgerError(path)
    return driver.sentence_for(error) or error


def _look(path: Path, key: bytes, *, alone: bool) -> tuple[bool, Exception | None]:
    """Whether the ledger is sound, and the error that kept it from being opened at all.

    Raises ``NotOursError`` or ``NewerFormatError``, or the driver's error for a disk that fails.
    """
    index = path.with_name(f"{path.name}-shm")
    there = index.exists()
    try:
        with closing(driver.connect(path, key, "ro", immutable=alone)) as connection:
            return _sound(path, connection), None
    except driver.Error as error:
        if not driver.code_of(error).startswith(_OF_THE_FILE):
            raise
        return False, error
    finally:
        if not there:
            # What SQLite makes beside the file in order to read the log.
            with suppress(OSError):
                remove_file(index)


def _sound(path: Path, connection: driver.Connection) -> bool:
    if driver.one(connection, "PRAGMA application_id") != driver.APPLICATION_ID:
        raise NotOursError(path)
    if int(driver.one(connection, "PRAGMA user_version")) > FORMAT:
        raise NewerFormatError(path)
    try:
        return bool(driver.one(connection, "PRAGMA quick_check(1)") == "ok")
    except driver.Error:
        return False
