"""Tells apart the files that someone may try to open, before anything is written to them."""

from __future__ import annotations

from pathlib import Path

from app.file_kinds import FileKind, kind_of
from app.ledger.errors import (
    DamagedError,
    EmptyFileError,
    LedgerError,
    MissingLedgerError,
    NewerFormatError,
    NotOursError,
    PlainDatabaseError,
    TruncatedError,
    WrongKeyError,
)
from app.ledger.file import driver
from app.ledger.file.pages import PLAIN, looks_encrypted
from app.ledger.migrations import FORMAT
from app.ledger.secret import keyring_store, keys


def examine(path: Path) -> None:
    """Raise the error that names what is wrong with ``path`` as far as it shows without the key."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise NotOursError(path)
        with path.open("rb") as file:
            start = file.read(driver.PAGE_SIZE)
    except FileNotFoundError:
        raise MissingLedgerError(path) from None
    except OSError as error:
        raise LedgerError(
            f"「{path.name}」を読めません。ファイルのアクセス権を確かめてから開き直してください。"
        ) from error
    if size == 0:
        raise EmptyFileError(path)
    if start.startswith(PLAIN):
        raise PlainDatabaseError(path)
    kind = kind_of(start, path.name)
    copies = [held for held in keys.read_copies(path) if held is not None]
    whole = size % driver.PAGE_SIZE == 0
    unknown = kind is FileKind.UNKNOWN
    if not copies and not (unknown and whole and looks_encrypted(start)):
        raise NotOursError(path, "" if unknown else kind.label)
    if not whole:
        raise TruncatedError(path)
    if any(held.format > FORMAT for held in copies):
        raise NewerFormatError(path)


def unlock(path: Path, passphrase: str) -> bytes:
    """The master key of the ledger at ``path``. Raises a ``LedgerError`` that names what is wrong."""
    examine(path)
    return keys.open_with_passphrase(path, passphrase)


def unlock_with_code(path: Path, code: str) -> bytes:
    """The master key from the recovery sheet; needs no key file. Raises ``LedgerError``."""
    examine(path)
    key = keys.key_from_code(code)
    peek(path, key)
    return key


def unlock_from_keyring(path: Path) -> bytes | None:
    """The master key if the operating system remembers it for this user, else None."""
    ledger = ledger_id(path)
    return keyring_store.recall(ledger) if ledger else None


def ledger_id(path: Path) -> str:
    """The ledger's id as its key file tells it, empty where there is no readable key file."""
    return next((held.ledger for held in keys.read_copies(path) if held is not None), "")


def peek(path: Path, key: bytes) -> None:
    """Look at the file's own format number without changing a byte of the folder.

    Raises ``WrongKeyError``, ``TruncatedError``, ``NotOursError`` or ``NewerFormatError``. A file whose
    log still waits to be brought in is judged when it is opened: its first page may be half written.
    """
    wal = path.with_name(f"{path.name}-wal")
    unsettled = wal.exists() and wal.stat().st_size > 0
    try:
        connection = driver.connect(path, key, "ro", immutable=True)
    except driver.Error as error:
        if unsettled:
            return
        raise _judged(path, driver.code_of(error)) from None
    try:
        application = driver.one(connection, "PRAGMA application_id")
        form = int(driver.one(connection, "PRAGMA user_version"))
    except driver.Error:
        raise DamagedError(path.name) from None
    finally:
        connection.close()
    if application != driver.APPLICATION_ID and not unsettled:
        raise NotOursError(path)
    if form > FORMAT:
        raise NewerFormatError(path)


def _judged(path: Path, code: str) -> LedgerError:
    if code == "SQLITE_NOTADB":
        return WrongKeyError(path)
    if code.startswith("SQLITE_CORRUPT"):
        return TruncatedError(path)
    return DamagedError(path.name)
