"""Making a new ledger: built under another name, and put in place whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from app.filesystem import patiently, problem_of, remove_file
from app.ledger.access import unfinished
from app.ledger.access.names import refuse_unnamable
from app.ledger.content import wrap
from app.ledger.errors import LedgerError, WriteFailedError, of_opening
from app.ledger.file import driver
from app.ledger.file.besides import SIDES, refuse_strange
from app.ledger.file.driver import Connection
from app.ledger.file.lock import LedgerLock, login_name
from app.ledger.file.migrating import Clock, migrate
from app.ledger.file.places import refuse_network
from app.ledger.file.small_files import sync_folder
from app.ledger.migrations import FORMAT
from app.ledger.proof import identity, journal
from app.ledger.secret import keys, passphrases, staging
from app.records.spelling.unseen import cleaned

_BACKUP_NAMES = 40
"""What a backup's folder, date and key file add to the path besides the ledger's name once more."""


def create_file(path: Path, passphrase: str, officer: str, cost: keys.Cost, clock: Clock) -> bytes:
    """Make the ledger and its key file; return the master key.

    Raises ``LedgerError``; whatever was begun is removed then.
    """
    check_new(path, passphrase, officer)
    key = keys.new_key()
    sealed = keys.seal(key, passphrase, identity.new_ledger_id(), FORMAT, cost=cost)
    create_whole(path, sealed, lambda aside: _build(aside, key, sealed, cleaned(officer).text, clock), clock)
    return key


def create_whole(path: Path, sealed: keys.KeyFile, build: Callable[[Path], None], clock: Clock) -> None:
    """Have ``build`` make a ledger under another name; put it at ``path``, with its key files, whole.

    Raises ``LedgerError`` or what ``build`` raises; whatever was begun is removed then.
    """
    temporary = unfinished.temporary_of(path)
    made: list[Path] = [path.with_name(temporary.name + side) for side in unfinished.SIDES]
    lock = LedgerLock(path, clock())
    try:
        unfinished.clear(path)
        refuse_strange(temporary, ("", *SIDES))
        check_free(path)
        with driver.errors_for_people():
            build(temporary)
        made.extend(keys.key_paths(path))
        keys.write_copies(path, sealed)
        _put_in_place(temporary, path, made)
    except BaseException:
        unfinished.remove(made)
        raise
    finally:
        lock.release()


def check_new(path: Path, passphrase: str, officer: str) -> None:
    """Raise ``LedgerError`` unless a ledger may be made at ``path`` for ``officer`` and opened so."""
    refuse_network(path)
    refuse_unnamable(path)
    if problem := problem_of(path, beside=len(path.stem) + _BACKUP_NAMES):
        raise LedgerError(problem)
    passphrases.check(passphrase, (officer, path.stem))
    if not cleaned(officer).text:
        raise LedgerError("担当者の氏名を入力してください。")
    if not path.parent.is_dir():
        raise LedgerError(f"フォルダ「{path.parent.name}」がありません。保存先を選び直してください。")
    if path.exists():
        check_free(path)


def check_free(path: Path) -> None:
    """Raise ``LedgerError`` where a ledger or its key files are already, or what stands in SQLite's way."""
    for taken in (path, *keys.key_paths(path)):
        if taken.exists():
            raise LedgerError(f"「{taken.name}」は既にあります。上書きはしません。別の名前を付けてください。")
    refuse_strange(path)


@contextmanager
def connected(path: Path, key: bytes) -> Iterator[Connection]:
    """A connection on a new, empty file. Raises ``LedgerError`` where none can be made."""
    # The file must belong to its owner alone before the first byte is in it.
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise of_opening(error) from error
    with closing(driver.connect(path, key)) as connection:
        yield connection


def _build(path: Path, key: bytes, sealed: keys.KeyFile, officer: str, clock: Clock) -> None:
    with connected(path, key) as connection:
        migrate(connection, clock)
        now = clock()
        with driver.transaction(connection):
            identity.create(connection, sealed.ledger, now.isoformat(timespec="seconds"), officer)
            wrap.put(connection, staging.plain(sealed).to_text())
            actor = journal.Actor(officer, login_name())
            journal.Writer(connection, sealed.ledger, actor, now).append(identity.deed(connection, "create"))
        driver.checkpoint(connection)


def _put_in_place(temporary: Path, path: Path, made: list[Path]) -> None:
    try:
        rename_to_free(temporary, path)
        made.append(path)
        sync_folder(path.parent)
    except FileExistsError:
        raise LedgerError(f"「{path.name}」は既にあります。別の名前を付けてください。") from None
    except OSError as error:
        raise WriteFailedError from error


def _give_up(temporary: Path, path: Path) -> None:
    """Take the former name away. What keeps it is said to have failed: then ``path`` is free again."""
    try:
        remove_file(temporary)
    except OSError:
        remove_file(path)
        raise


def rename_to_free(temporary: Path, path: Path) -> None:
    """Rename only onto a free name: a plain rename would overwrite, except on Windows."""
    if os.name != "nt":
        try:
            path.hardlink_to(temporary)
        except FileExistsError:
            raise
        except OSError:
            # A file system without hard links (FAT): the lock keeps other ledgers away, that must do.
            if path.exists():
                raise FileExistsError(path) from None
        else:
            _give_up(temporary, path)
            return
    patiently(lambda: temporary.rename(path))
