"""From a file and its key to a connection on a ledger of today's format, or one sentence why not."""

from __future__ import annotations

from pathlib import Path

from app.ledger.access import opening
from app.ledger.content import search
from app.ledger.copies import backup
from app.ledger.errors import DamagedError, NewerFormatError, NotOursError, WrongKeyError
from app.ledger.file import driver
from app.ledger.file.driver import Connection, errors_for_people
from app.ledger.file.lock import LedgerLock, login_name
from app.ledger.file.migrating import Clock, format_of, migrate
from app.ledger.file.places import refuse_network
from app.ledger.migrations import FORMAT
from app.ledger.proof import identity, journal
from app.ledger.secret import keys


def open_settled(path: Path, key: bytes, clock: Clock) -> tuple[Connection, LedgerLock]:
    """The writer's connection and the lock that goes with it. Raises ``LedgerError``."""
    refuse_network(path)
    opening.examine(path)
    opening.peek(path, key)
    lock = LedgerLock(path, clock())
    try:
        return _open(path, key, clock), lock
    except BaseException:
        lock.release()
        raise


def _open(path: Path, key: bytes, clock: Clock) -> Connection:
    try:
        with errors_for_people():
            connection = driver.connect(path, key)
    except DamagedError:
        raise WrongKeyError(path) from None
    try:
        with errors_for_people():
            _require_ours(path, connection)
            _bring_up_to_date(path, key, connection, clock)
    except BaseException:
        connection.close()
        raise
    if any(held is not None for held in keys.read_copies(path)):
        keys.heal(path)
    return connection


def _require_ours(path: Path, connection: Connection) -> None:
    if driver.one(connection, "PRAGMA application_id") != driver.APPLICATION_ID:
        raise NotOursError(path)
    if format_of(connection) > FORMAT:
        raise NewerFormatError(path)
    if identity.read(connection) is None:
        raise NotOursError(path)


def _bring_up_to_date(path: Path, key: bytes, connection: Connection, clock: Clock) -> None:
    known = identity.read(connection)
    if known is None or (known.format == FORMAT and format_of(connection) == FORMAT):
        return
    if known.format == format_of(connection):
        # One that earlier programs left between two formats was copied before, and could not prove itself.
        backup.backup(path, key, backup.default_folder(path), clock=clock)
    # A program of an older format looks at the key file first, without the log: it must refuse there.
    keys.note_format(path, FORMAT)

    def settle() -> None:
        search.renew(connection)
        identity.settle_format(connection)
        actor = journal.Actor(known.officer, login_name())
        journal.Writer(connection, known.ledger, actor, clock()).append(identity.deed(connection, "migrate"))

    migrate(connection, clock, settle=settle)
