"""Tells apart the files that someone may try to open, before anything is written to them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from app.file_kinds import FileKind, kind_of
from app.filesystem import name_too_long, opened, unreachable
from app.ledger.errors import (
    CutOrLongerError,
    DamagedError,
    EmptyFileError,
    LedgerError,
    LongerError,
    MissingLedgerError,
    NewerFormatError,
    NotOursError,
    PlainDatabaseError,
    TruncatedError,
    WrongKeyError,
    WrongPassphraseError,
)
from app.ledger.file import driver, logs
from app.ledger.file.logs import judged
from app.ledger.file.pages import PLAIN, looks_encrypted
from app.ledger.migrations import FORMAT
from app.ledger.secret import keyring_store, keys


def examine(path: Path, key: bytes | None = None) -> None:
    """Raise the error that names what is wrong with ``path`` as far as it shows from outside.

    Without ``key`` it does not show whether a wrong end is one that is missing or one too many:
    ``CutOrLongerError``.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise NotOursError(path)
        with opened(path) as file:
            start = file.read(driver.PAGE_SIZE)
            file.seek(max(0, size - driver.PAGE_SIZE))
            end = file.read(driver.PAGE_SIZE)
    except FileNotFoundError:
        raise LedgerError(said) if (said := unreachable(path)) else MissingLedgerError(path) from None
    except OSError as error:
        if name_too_long(path.name):
            raise MissingLedgerError(path) from None
        raise LedgerError(
            f"「{path.name}」を読めません。ファイルのアクセス権を確かめてから開き直してください。"
        ) from error
    if size == 0:
        raise EmptyFileError(path)
    if start.startswith(PLAIN):
        raise PlainDatabaseError(path)
    kind = kind_of(start, path.name)
    copies = [held for held in keys.read_copies(path) if held is not None]
    # A crash may leave half a page at the end, whose whole stands in the log: only SQLite can tell.
    # A copy that was broken off may have its whole size, and nothing at its end; no page of ours is empty.
    whole = (size % driver.PAGE_SIZE == 0 and any(end)) or logs.unsettled(path)
    unknown = kind is FileKind.UNKNOWN
    if not copies and not (unknown and whole and looks_encrypted(start)):
        raise NotOursError(path, "" if unknown else kind.label)
    if not whole:
        raise _of_the_end(path, size, key)


def _of_the_end(path: Path, size: int, key: bytes | None) -> LedgerError:
    """What is wrong with a file that does not end with a page of ours."""
    if size < driver.PAGE_SIZE:
        return TruncatedError(path)
    if key is None:
        return CutOrLongerError(path)
    try:
        with closing(driver.connect(path, key, "ro", immutable=True)) as connection:
            told = int(driver.one(connection, "PRAGMA page_count")) * driver.PAGE_SIZE
    except driver.Error as error:
        # Of a page that its first one tells of and that is not there SQLite speaks as of a broken one.
        cut = driver.code_of(error).startswith("SQLITE_CORRUPT")
        return TruncatedError(path) if cut else CutOrLongerError(path)
    return LongerError(path, size - told) if size > told else TruncatedError(path)


def unlock(path: Path, passphrase: str) -> bytes:
    """The master key of the ledger at ``path``. Raises a ``LedgerError`` that names what is wrong.

    A key file of another ledger that lies here by mistake may well open with the same passphrase: where
    the copies differ, the ledger itself says whose key it is.
    """
    uneven = _uneven(path)
    copies = keys.key_files(path)
    wrong: LedgerError = WrongPassphraseError()
    for held in copies:
        try:
            key = held.open(passphrase)
            if uneven:
                examine(path, key)
            if len(copies) > 1:
                peek(path, key)
        except WrongPassphraseError:
            continue
        except WrongKeyError as error:
            wrong = error
        else:
            return key
    raise wrong


def unlock_with_code(path: Path, code: str) -> bytes:
    """The master key from the recovery sheet; needs no key file. Raises ``LedgerError``."""
    uneven = _uneven(path)
    key = keys.key_from_code(code)
    if uneven:
        examine(path, key)
    peek(path, key)
    return key


def _uneven(path: Path) -> bool:
    """Whether the file has a wrong end that its key will tell more of; raises what is wrong otherwise."""
    try:
        examine(path)
    except CutOrLongerError:
        return True
    return False


def unlock_from_keyring(path: Path) -> bytes | None:
    """The master key if the operating system remembers it for this user, else None.

    Where the copies of the key file name different ledgers, the one whose key fits is meant.
    """
    named = dict.fromkeys(held.ledger for held in keys.read_copies(path) if held is not None)
    for ledger in named:
        key = keyring_store.recall(ledger)
        if key is not None and (len(named) == 1 or _fits(path, key)):
            return key
    return None


def _fits(path: Path, key: bytes) -> bool:
    try:
        peek(path, key)
    except WrongKeyError:
        return False
    return True


def ledger_id(path: Path) -> str:
    """The ledger's id as its key file tells it, empty where there is no readable key file."""
    return next((held.ledger for held in keys.read_copies(path) if held is not None), "")


def peek(path: Path, key: bytes) -> None:
    """Look at the file's own format number without changing a byte of the folder.

    Raises ``WrongKeyError``, ``TruncatedError``, ``NotOursError`` or ``NewerFormatError``. Of a file whose
    log still waits only a newer format is told, its pages may be half written: see ``logs.judge``.
    """
    unsettled = logs.unsettled(path)
    try:
        connection = driver.connect(path, key, "ro", immutable=True)
    except driver.Error as error:
        if unsettled:
            return
        raise judged(path, error) from error
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
