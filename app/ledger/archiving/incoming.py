"""A new ledger made of an archive: built aside, proven to be the archived one, and put in place whole.

With the passphrase that opened the archived ledger it gets that ledger's own key: its journal ends where the
archived one ends, and the recovery sheet still opens it. With any other it gets a key of its own, and the
journal tells so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.common import Progress
from app.ledger.access.connecting import renew_copy
from app.ledger.access.creation import check_new, connected, create_whole
from app.ledger.archiving import tables
from app.ledger.archiving.described import (
    KEY_FILE,
    BrokenArchiveError,
    Described,
    NewerArchiveError,
    Source,
)
from app.ledger.content import wrap
from app.ledger.errors import WrongPassphraseError
from app.ledger.file import driver
from app.ledger.file.driver import Connection, rows
from app.ledger.file.lock import login_name
from app.ledger.file.migrating import Clock, migrate
from app.ledger.migrations import FORMAT, MIGRATIONS
from app.ledger.proof import identity, journal
from app.ledger.secret import keys, staging
from app.ledger.secret.keys import Cost, KeyFile
from app.ledger.writing import LARGEST_FILE


@dataclass(frozen=True, slots=True)
class Brought:
    """``own_key``: whether it has another key than the archived ledger, so that a new sheet is wanted.

    ``described``: the archived ledger, as of its own last entry.
    """

    key: bytes
    own_key: bool
    described: Described


def bring(
    source: Source, path: Path, passphrase: str, cost: Cost, clock: Clock, progress: Progress
) -> Brought:
    """Make the ledger at ``path``, whose name is free, of ``source``; ``passphrase`` opens it.

    Raises ``LedgerError`` or ``Cancelled``; nothing is left then.
    """
    described = source.described
    if described.format > FORMAT:
        raise NewerArchiveError(source.name)
    check_new(path, passphrase, described.officer)
    held = _same_key(source, passphrase)
    key = held[0] if held else keys.new_key()
    sealed = held[1] if held else keys.seal(key, passphrase, described.ledger, FORMAT, cost=cost)

    def build(temporary: Path) -> None:
        with connected(temporary, key) as connection:
            _fill(connection, source, clock, progress)
            _prove(connection, source, progress)
            driver.checkpoint(connection)
        if described.format < FORMAT:
            renew_copy(temporary, key, clock)
        if held is None:
            _note(temporary, key, source, sealed, clock)

    create_whole(path, replace(sealed, format=FORMAT), build, clock)
    return Brought(key, held is None, described)


def _same_key(source: Source, passphrase: str) -> tuple[bytes, KeyFile] | None:
    """The archived ledger's own key and its seal, if ``passphrase`` opens it."""
    if KEY_FILE not in source.parts:
        return None
    with _as_written(source, KEY_FILE):
        lines = [json.loads(line) for line in source.lines(KEY_FILE)]
        sealed = [KeyFile.from_text(str(line["sealed"])) for line in lines if line["id"] == 1]
    if not sealed or sealed[0].ledger != source.described.ledger:
        return None
    try:
        return sealed[0].open(passphrase), sealed[0]
    except WrongPassphraseError:
        return None


def _fill(connection: Connection, source: Source, clock: Clock, progress: Progress) -> None:
    """The tables as the archived format builds them, with every row of the archive."""
    form = source.described.format
    migrate(connection, clock, [step for step in MIGRATIONS if step.number <= form])
    connection.execute("PRAGMA foreign_keys=OFF")
    try:
        with driver.transaction(connection):
            for part in source.parts:
                progress.step(0, 0, "アーカイブから台帳に書き込んでいます")
                with _as_written(source, part):
                    tables.fill(connection, part, source.lines(part))
            _fill_files(connection, source)
            if rows(connection, "PRAGMA foreign_key_check"):
                raise BrokenArchiveError(source.name)
    finally:
        connection.execute("PRAGMA foreign_keys=ON")


def _fill_files(connection: Connection, source: Source) -> None:
    for digest, data in source.files():
        if len(data) > LARGEST_FILE:
            raise BrokenArchiveError(source.name, f"files/{digest}")
        connection.execute("INSERT INTO blob (sha256, data) VALUES (?, ?)", (digest, data))


def _prove(connection: Connection, source: Source, progress: Progress) -> None:
    """It is the ledger that the archive says it is, and its journal vouches for all of it."""
    from app.ledger.proof.verifying import verify

    known = identity.read(connection)
    if known is None or _described(connection, known) != source.described:
        raise BrokenArchiveError(source.name)
    if not verify(connection, progress).ok:
        raise BrokenArchiveError(source.name, "記録簿と合いません")


def _described(connection: Connection, known: identity.Identity) -> Described:
    head = journal.head(connection, known.ledger)
    return Described(known.ledger, known.format, known.officer, head.sequence, head.hash)


def _note(path: Path, key: bytes, source: Source, sealed: KeyFile, clock: Clock) -> None:
    """The new seal counts from here on, and the journal tells of which archive the ledger was made."""
    held = source.described
    told = (
        f"アーカイブ「{source.name}」（記録{held.sequence}件、先頭値 {held.head}）から、"
        "新しい鍵とパスフレーズの台帳を作成。"
    )
    with closing(driver.connect(path, key)) as connection:
        with driver.transaction(connection):
            wrap.put(connection, staging.plain(sealed).to_text())
            actor = journal.Actor(held.officer, login_name())
            writer = journal.Writer(connection, held.ledger, actor, clock())
            writer.append(identity.deed(connection, journal.OTHER_KEY, told))
        driver.checkpoint(connection)


@contextmanager
def _as_written(source: Source, part: str) -> Iterator[None]:
    """What a part holds that no ledger ever held is a fault of the archive."""
    try:
        yield
    except driver.Error as error:
        if driver.is_of_the_disk(error):
            raise
        raise BrokenArchiveError(source.name, part) from error
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise BrokenArchiveError(source.name, part) from error
