"""From a file and its key to a connection on a ledger of today's format, or one sentence why not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.filesystem import remove_file
from app.ledger.access import opening, sealing, unfinished
from app.ledger.access.names import refuse_unopenable
from app.ledger.content import search
from app.ledger.copies import backup, manifests, switching
from app.ledger.errors import (
    AlteredFormatError,
    BackupOpenedError,
    DiskFullError,
    LookOnlyError,
    NewerFormatError,
    NoRoomToOpenError,
    NotOursError,
    OldFormatHereError,
    ReadOnlyError,
    UnprovenFormatError,
    UnsettledError,
    WriteFailedError,
)
from app.ledger.file import driver, logs
from app.ledger.file.besides import LOCK, SIDES, refuse_strange
from app.ledger.file.driver import Connection, errors_for_people
from app.ledger.file.lock import LedgerLock, ReadingLock, login_name
from app.ledger.file.migrating import Clock, format_of, migrate
from app.ledger.file.places import refuse_network
from app.ledger.file.presence import Presence
from app.ledger.file.small_files import has_room
from app.ledger.migrations import FORMAT
from app.ledger.proof import identity, journal
from app.ledger.proof.clock import set_back
from app.ledger.secret import keys

_INDEX = 32768
"""Bytes of the index that SQLite makes beside a ledger while it is open."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection, the lock that goes with it, and the file it stands on (``None``: it may only read)."""

    connection: Connection
    lock: LedgerLock | ReadingLock
    presence: Presence | None

    def require_writable(self) -> None:
        """Raise ``LookOnlyError``, or ``LedgerGoneError`` where the file is no longer the one at its path."""
        if self.presence is None:
            raise LookOnlyError
        self.presence.check()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One write transaction, on disk and in the file that lies at the path when it ends without an error.

        Raises ``LookOnlyError`` or ``LedgerGoneError`` before anything is written, and the latter again for
        what was written into a file that is gone.
        """
        self.require_writable()
        with driver.transaction(self.connection):
            yield
        self.require_writable()

    def close(self) -> None:
        """Close the connection and give the ledger free; again is harmless."""
        try:
            self.connection.close()
        finally:
            self.lock.release()


def open_settled(path: Path, key: bytes, clock: Clock) -> Opened:
    """The ledger at ``path``, open for writing, or for reading alone where nothing can be written.

    Raises ``LedgerError``; ``NoRoomToOpenError`` where a full disk is what keeps it from being opened.
    """
    try:
        return _settled(path, key, clock)
    except DiskFullError as error:
        raise NoRoomToOpenError(path) from error
    except (ReadOnlyError, WriteFailedError) as error:
        # Of its index that finds no room SQLite says no more than that the disk fails.
        if has_room(path.parent, _INDEX):
            raise
        raise NoRoomToOpenError(path) from error


def _settled(path: Path, key: bytes, clock: Clock) -> Opened:
    refuse_network(path)
    opening.examine(path, key)
    if manifests.read(manifests.note_of(path)) is not None:
        # Written to, it would no longer be what was proven, and be thinned out as what it no longer is.
        raise BackupOpenedError(path)
    refuse_unopenable(path)
    refuse_strange(path, (*SIDES, LOCK))
    opening.peek(path, key)
    try:
        lock = LedgerLock(path, clock())
    except ReadOnlyError:
        return _open_to_look(path, key)
    try:
        unfinished.clear(path)
        with errors_for_people():
            switching.settle(path)
            return _open(path, key, lock, clock)
    except LookOnlyError:
        lock.release()
        return _open_to_look(path, key)
    except BaseException:
        lock.release()
        raise


def renew_copy(path: Path, key: bytes, clock: Clock) -> None:
    """Bring a copy of a backup to today's format; the backup itself stands for the one made before else."""
    with errors_for_people(), closing(driver.connect(path, key)) as connection:
        _bring_up_to_date(path, key, connection, clock, copied=True)
        driver.checkpoint(connection)


def _open(path: Path, key: bytes, lock: LedgerLock, clock: Clock) -> Opened:
    if logs.unsettled(path):
        logs.judge(path, key)
    connection = _connect(path, key)
    try:
        _require_writable(connection)
        _require_ours(path, connection)
        _bring_up_to_date(path, key, connection, clock)
        return Opened(connection, lock, Presence(path))
    except BaseException:
        connection.close()
        raise


def _connect(path: Path, key: bytes) -> Connection:
    fresh = [side for end in SIDES if not (side := path.with_name(path.name + end)).exists()]
    try:
        return driver.connect(path, key)
    except driver.Error as error:
        _clear_empty(fresh)
        raise logs.judged(path, error) from error


def _clear_empty(fresh: list[Path]) -> None:
    """Remove what SQLite began beside a ledger that it could not open: an index, and a log of nothing."""
    for side in fresh:
        with suppress(OSError):
            if side.name.endswith("-shm") or not side.stat().st_size:
                remove_file(side)


def _require_writable(connection: Connection) -> None:
    """Raise ``LookOnlyError`` for a file that is write-protected itself: SQLite opens it all the same."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Nothing less shows it, and it is taken back before a byte is written.
        connection.execute(f"PRAGMA user_version={format_of(connection)}")
    except driver.Error as error:
        if driver.code_of(error).startswith("SQLITE_READONLY"):
            raise LookOnlyError from None
        raise
    finally:
        connection.execute("ROLLBACK")


def _open_to_look(path: Path, key: bytes) -> Opened:
    lock = ReadingLock(path)
    try:
        with errors_for_people():
            connection = _connect_to_look(path, key)
    except BaseException:
        lock.release()
        raise
    try:
        with errors_for_people():
            _require_ours(path, connection)
            _require_today(path, connection)
        return Opened(connection, lock, None)
    except BaseException:
        connection.close()
        lock.release()
        raise


def _require_today(path: Path, connection: Connection) -> None:
    known = identity.read(connection)
    if known is None or known.format != FORMAT or format_of(connection) != FORMAT:
        raise OldFormatHereError(path)


def _connect_to_look(path: Path, key: bytes) -> Connection:
    """A connection that reads the newest state. Raises ``UnsettledError`` where only an older one is read."""
    unsettled = logs.unsettled(path)
    try:
        return driver.connect(path, key, "ro", immutable=not unsettled)
    except driver.Error as error:
        raise (UnsettledError(path) if unsettled else logs.judged(path, error)) from error


def _require_ours(path: Path, connection: Connection) -> None:
    if driver.one(connection, "PRAGMA application_id") != driver.APPLICATION_ID:
        raise NotOursError(path)
    if format_of(connection) > FORMAT:
        raise NewerFormatError(path)
    if identity.read(connection) is None:
        raise NotOursError(path)


def _bring_up_to_date(
    path: Path, key: bytes, connection: Connection, clock: Clock, *, copied: bool = False
) -> None:
    known = identity.read(connection)
    if known is None or (known.format == FORMAT and format_of(connection) == FORMAT):
        return
    if known.format > format_of(connection):
        # Every step and the note of it are written together: no ledger is ever of an older format than noted.
        raise AlteredFormatError(path.name)
    if known.format == format_of(connection) and not copied:
        # One that earlier programs left between two formats was copied before, and could not prove itself.
        try:
            backup.backup(path, key, backup.default_folder(path), clock=clock)
        except backup.BackupFailedError as error:
            raise UnprovenFormatError(path, error.found) from None
    if driver.rows(connection, "PRAGMA foreign_key_check"):
        raise UnprovenFormatError(path, "参照先のない行があります。")
    # A program of an older format looks at the key file first, without the log: it must refuse there.
    keys.note_format(path, FORMAT)

    def settle() -> None:
        search.renew(connection)
        identity.settle_format(connection)
        sealing.adopt(connection, path, known.ledger)
        actor = journal.Actor(known.officer, login_name())
        now = clock()
        first = set_back(connection, now)
        writer = journal.Writer(connection, known.ledger, actor, now, first)
        writer.append(identity.deed(connection, "migrate"))

    try:
        migrate(connection, clock, settle=settle)
    except driver.Error as error:
        if driver.sentence_for(error) is not None:
            raise
        raise AlteredFormatError(path.name) from error
