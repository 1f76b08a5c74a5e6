"""The copy beside the ledger: made, given its key files, proven, and brought to today's format."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.common import Progress
from app.filesystem import may_be_there, name_too_long, problem_of, special
from app.ledger.access.connecting import renew_copy
from app.ledger.access.names import refuse_unnamable
from app.ledger.copies import manifests
from app.ledger.copies.manifests import Manifest
from app.ledger.copies.switching import candidate_of
from app.ledger.errors import LedgerError, WriteFailedError
from app.ledger.file import driver
from app.ledger.file.copying import copy_whole
from app.ledger.file.driver import Connection, errors_for_people
from app.ledger.file.migrating import Clock, format_of
from app.ledger.file.small_files import write_whole
from app.ledger.migrations import FORMAT
from app.ledger.proof import identity, journal
from app.ledger.proof.journal import Head
from app.ledger.restoring.source import BrokenBackupError, UnusableBackupError, told
from app.ledger.secret import keys
from app.ledger.secret.keys import Cost

_LONGER = 40
"""Characters that a copy, a kept ledger or a key file bears more than the ledger."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What the copy turned out to be. ``name`` is the vendor's, ``officer`` who writes in it.

    ``changed``: not the bytes of its manifest; ``contradicted``: what its manifest says otherwise than it
    holds, as people call it.
    """

    ledger: str
    name: str
    officer: str
    head: Head
    format: int
    manifest: Manifest | None
    changed: bool
    contradicted: tuple[str, ...]
    records: int


def check_place(target: Path) -> None:
    """Raise ``LedgerError`` unless a ledger may be put at ``target``."""
    if name_too_long(target.name) or not may_be_there(target):
        refuse_unnamable(target)
    if problem := problem_of(target, beside=len(target.stem) + _LONGER) or special(target):
        raise LedgerError(problem)
    if not target.parent.is_dir():
        raise LedgerError(f"フォルダ「{target.parent}」がありません。復元先を選び直してください。")


def make(source: Path, key: bytes, target: Path, progress: Progress) -> Copied:
    """Copy ``source`` beside ``target`` and prove the copy whole. Raises ``LedgerError`` or ``Cancelled``."""
    copy = candidate_of(target)
    digest = copy_whole(source, copy, progress, "バックアップを写しています")
    log = source.with_name(f"{source.name}-wal")
    if log.is_file() and log.stat().st_size:
        # A bare copy of a ledger that was in use: what it wrote last stands in the log alone.
        copy_whole(log, copy.with_name(f"{copy.name}-wal"), progress, "バックアップを写しています")
    _give_keys(source, copy)
    progress.step(0, 0, "写しを開いて確かめています")
    return told(source, lambda: _proven(source, copy, key, digest, progress))


def seal(target: Path, key: bytes, ledger: str, passphrase: str, cost: Cost) -> None:
    """Give the copy key files of its own, for a passphrase chosen just now."""
    keys.write_copies(candidate_of(target), keys.seal(key, passphrase, ledger, FORMAT, cost=cost))


def renew(target: Path, key: bytes, clock: Clock) -> None:
    """Bring the copy to today's format; the backup itself stays as it is."""
    renew_copy(candidate_of(target), key, clock)


def sync(copy: Path) -> None:
    """Have the whole copy on disk before anything rests on it. Raises ``WriteFailedError``."""
    try:
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise WriteFailedError from error


def name_of(connection: Connection) -> str:
    """Whose ledger it is: the vendor's name, empty where none is entered."""
    return str(driver.one(connection, "SELECT name FROM vendor WHERE retired_at IS NULL") or "")


def _proven(source: Path, copy: Path, key: bytes, digest: str, progress: Progress) -> Copied:
    from app.ledger.proof.verifying import verify_file

    with errors_for_people():
        found = verify_file(copy, key, progress)
        if not found.ok:
            first = found.problems[0].problem.partition("。")[0]
            raise BrokenBackupError(source, f"検証に通りませんでした（{first}）。")
        with closing(driver.connect(copy, key)) as connection:
            return _copied(source, connection, digest)


def _copied(source: Path, connection: Connection, digest: str) -> Copied:
    known = identity.read(connection)
    if known is None:
        raise UnusableBackupError(source, "台帳の識別情報がありません。別のバックアップを選んでください。")
    head = journal.head(connection, known.ledger)
    manifest = manifests.read(manifests.note_of(source))
    records = "SELECT count(DISTINCT record || ':' || record_id) FROM journal WHERE record <> ?"
    return Copied(
        ledger=known.ledger,
        name=name_of(connection),
        officer=known.officer,
        head=head,
        format=format_of(connection),
        manifest=manifest,
        changed=manifest is not None and manifest.sha256 != digest,
        contradicted=tuple(_contradicted(manifest, known.ledger, head, connection)) if manifest else (),
        records=int(driver.one(connection, records, (journal.LEDGER,)) or 0),
    )


def _contradicted(manifest: Manifest, ledger: str, head: Head, connection: Connection) -> Iterator[str]:
    if manifest.ledger != ledger:
        yield "台帳の識別情報"
    if manifest.format != format_of(connection):
        yield "形式"
    if manifest.sequence != head.sequence:
        yield "記録の件数"
    if manifest.head != head.hash:
        yield "先頭値"
    last = driver.one(connection, "SELECT at FROM journal WHERE sequence = ?", (head.sequence,))
    if last and manifest.moment < datetime.fromisoformat(str(last)):
        yield "作成日時"


def _give_keys(source: Path, copy: Path) -> None:
    """The backup's key files, a lost or damaged one from the other."""
    sound = [
        path.read_bytes() if held is not None else b""
        for path, held in zip(keys.key_paths(source), keys.read_copies(source), strict=True)
    ]
    for path, mine, other in zip(keys.key_paths(copy), sound, reversed(sound), strict=True):
        if mine or other:
            write_whole(path, mine or other)
