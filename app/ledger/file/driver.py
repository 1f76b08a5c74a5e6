"""The only place that knows the database driver: SQLCipher, and how a connection must be set.

sqlite-utils looks for a module named ``pysqlite3`` before it takes the standard library's; SQLCipher
stands there before sqlite-utils is first imported. Without that, its ``except`` clauses would not
match this driver's errors, and a failed statement would leave later inserts uncommitted: silent loss.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Literal
from urllib.parse import urlencode

import sqlcipher3.dbapi2 as sqlite

from app.common import Cancelled, Progress
from app.ledger.errors import (
    DamagedError,
    DiskFullError,
    InUseError,
    ReadOnlyError,
    UncertainError,
    WriteFailedError,
)
from app.ledger.file.besides import refuse_strange

Connection = Any
"""A ``sqlcipher3`` connection; the driver ships no types."""
Error: type[Exception] = sqlite.Error
"""The driver's own error; it never leaves this room."""
ProgrammingError: type[Exception] = sqlite.ProgrammingError
Mode = Literal["rw", "ro", "rwc"]

PAGE_SIZE = 4096
APPLICATION_ID = 0x4A544B44
"""``JTKD`` in the file header: tells a ledger from any other SQLCipher file."""

_PLACED_UNDER = ("pysqlite3", "pysqlite3.dbapi2")

_OPCODES = 20_000
"""Of SQLite's own between two looks at whether somebody cancelled: some milliseconds."""

_UNREADABLE = "Could not decode to UTF-8"
"""How the driver begins to speak of a text that is none. It has no code for that, and quotes the text."""

_SETTINGS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-16000",
    "PRAGMA journal_size_limit=4194304",
)


def sqlite_utils() -> ModuleType:
    """The sqlite-utils module, bound to SQLCipher. Imported late: it costs start-up time."""
    for name in _PLACED_UNDER:
        placed = sys.modules.setdefault(name, sqlite)
        if placed is not sqlite:
            raise RuntimeError(f"{name} is another driver")
    module = importlib.import_module("sqlite_utils")
    if importlib.import_module("sqlite_utils.db").sqlite3 is not sqlite:
        raise RuntimeError("sqlite-utils was imported before its driver was placed")
    return module


def connect(path: Path, key: bytes, mode: Mode = "rw", *, immutable: bool = False) -> Connection:
    """Open ``path`` with the 32-byte ``key`` and every setting that durability rests on.

    ``rw`` never creates. ``immutable`` reads the main file as it is, without its log and without a lock, and
    leaves every byte of the folder alone. Raises the driver's ``DatabaseError`` at once when the key
    does not fit, and ``StrangeBesideError`` before anything is opened.
    """
    if not immutable:
        refuse_strange(path)
    wanted = {"mode": mode, "immutable": "1"} if immutable else {"mode": mode}
    uri = f"{path.absolute().as_uri()}?{urlencode(wanted)}"
    connection = sqlite.connect(uri, uri=True, isolation_level=None, timeout=5.0, check_same_thread=False)
    try:
        _unlock(connection, key)
        _settle(connection, immutable=immutable)
    except BaseException:
        connection.close()
        raise
    return connection


def _unlock(connection: Connection, key: bytes) -> None:
    digits = key.hex()
    # SQLCipher takes anything but 64 digits for a passphrase, silently: the file would get another key.
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise ValueError("a ledger key has 32 bytes")
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key=\"x'{digits}'\"")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _settle(connection: Connection, *, immutable: bool) -> None:
    mode = "" if immutable else connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode not in ("", "wal"):
        raise RuntimeError(f"journal mode is {mode}: a power cut could lose what was acknowledged")
    for setting in _SETTINGS:
        connection.execute(setting)


def checkpoint(connection: Connection) -> None:
    """Bring everything into the main file; cipher checks read only that one."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def scratch() -> Connection:
    """An empty database in memory, for building what a file is compared with."""
    return sqlite.connect(":memory:", isolation_level=None)


@contextmanager
def transaction(connection: Connection) -> Iterator[Connection]:
    """One write transaction, all or nothing; takes the write lock before it reads anything.

    Raises ``UncertainError`` if its end failed in a way that may yet turn out to have lasted; after
    anything else that is raised, nothing was written.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        _take_back(connection)
        raise
    _commit(connection)


def _commit(connection: Connection) -> None:
    try:
        connection.execute("COMMIT")
    except BaseException as error:
        _take_back(connection)
        if isinstance(error, sqlite.Error) and not _surely_gone(connection, code_of(error)):
            raise UncertainError from error
        raise


def _take_back(connection: Connection) -> None:
    # SQLite has already rolled back by itself after some errors (disk full).
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _surely_gone(connection: Connection, code: str) -> bool:
    """Whether a transaction whose commit failed with ``code`` cannot come back at the next opening.

    A log without room lacks its end, and counts for nothing. One that could not be synced, or whose write
    only reported an error, may lie on the disk whole: then it has to be cut back to nothing.
    """
    if code.startswith("SQLITE_FULL"):
        return True
    try:
        return not rows(connection, "PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
    except sqlite.Error:
        return False


@contextmanager
def cancellable(connection: Connection, progress: Progress) -> Iterator[None]:
    """Let ``progress`` stop a statement that takes long. Raises ``Cancelled`` then."""
    connection.set_progress_handler(lambda: int(progress.stopped), _OPCODES)
    try:
        yield
    except sqlite.Error as error:
        if progress.stopped and code_of(error) == "SQLITE_INTERRUPT":
            raise Cancelled from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


@contextmanager
def errors_for_people() -> Iterator[None]:
    """Turn what the disk does into one sentence; an error of the program stays an error."""
    try:
        yield
    except sqlite.Error as error:
        wanted = sentence_for(error)
        if wanted is None:
            raise
        raise wanted from (_unquoted() if _quotes(error) else error)


def code_of(error: Exception) -> str:
    """SQLite's name for what went wrong, such as ``SQLITE_FULL``."""
    return str(getattr(error, "sqlite_errorname", "") or "")


def sentence_for(error: Exception) -> Exception | None:
    """What people are told of it, ``None`` for an error of the program."""
    return DamagedError() if _quotes(error) else _sentence_of(code_of(error))


def _quotes(error: Exception) -> bool:
    return str(error).startswith(_UNREADABLE)


def _unquoted() -> Exception:
    """What stands for an error whose words are those of a record: they go no further than this room."""
    error: Exception = sqlite.DatabaseError("a text is not UTF-8")
    error.sqlite_errorname = "SQLITE_CORRUPT"  # type: ignore[attr-defined]  # the driver sets it on its own
    return error


def is_of_the_disk(error: Exception) -> bool:
    """Whether the machine could not read or write just now, and not what the file itself holds."""
    sentence = sentence_for(error)
    return sentence is not None and not isinstance(sentence, DamagedError)


def is_of_the_file(error: Exception) -> bool:
    """Whether a page of the file does not hold together, or a text on it is none."""
    return isinstance(sentence_for(error), DamagedError)


def _sentence_of(code: str) -> Exception | None:
    for prefix, sentence in (
        ("SQLITE_FULL", DiskFullError),
        ("SQLITE_READONLY", ReadOnlyError),
        ("SQLITE_CANTOPEN", ReadOnlyError),
        ("SQLITE_PERM", ReadOnlyError),
        ("SQLITE_IOERR", WriteFailedError),
        ("SQLITE_CORRUPT", DamagedError),
        ("SQLITE_NOTADB", DamagedError),
        ("SQLITE_BUSY", InUseError),
        ("SQLITE_LOCKED", InUseError),
    ):
        if code.startswith(prefix):
            return sentence()
    return None


def rows(connection: Connection, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """All rows of one statement."""
    return list(connection.execute(sql, values).fetchall())


def one(connection: Connection, sql: str, values: Sequence[object] = ()) -> Any:
    """The first column of the first row, or ``None``."""
    found = connection.execute(sql, values).fetchone()
    return None if found is None else found[0]
