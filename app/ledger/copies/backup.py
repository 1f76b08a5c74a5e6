"""Backups: a whole copy, proven before it counts, with its key file and a manifest beside it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from app.common import Progress
from app.filesystem import patiently
from app.ledger.copies import retention
from app.ledger.copies.manifests import Backup, Manifest, backups, note_of
from app.ledger.errors import LedgerError, ReadOnlyError
from app.ledger.file import driver
from app.ledger.file.driver import errors_for_people
from app.ledger.file.small_files import sync_folder, write_whole
from app.ledger.proof import identity, journal
from app.ledger.secret import keys

_CHUNK = 1024 * 1024


class BackupFailedError(LedgerError):
    """The copy was made but does not prove itself; it has been removed. ``found``: the first thing wrong."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"バックアップの検証で誤りが見つかりました。{found}設定の「台帳の検証」で台帳を確かめてください。"
        )
        self.found = found


def default_folder(ledger: Path) -> Path:
    """Where backups go unless the user names a folder."""
    return ledger.with_name(f"{ledger.stem}-backup")


def backup(
    ledger: Path,
    key: bytes,
    folder: Path,
    progress: Progress | None = None,
    *,
    clock: Callable[[], datetime],
) -> Path:
    """Copy the ledger into ``folder``, prove the copy, then thin out older ones; return its path.

    The ledger may be in use. Raises ``LedgerError``; nothing but finished backups is left then.
    """
    progress = progress or Progress()
    now = clock()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnlyError from error
    path = _free_name(folder, f"{ledger.stem}-{now:%Y%m%d-%H%M%S}", ledger.suffix)
    temporary = folder / f".{path.name}.tmp"
    try:
        progress.step(0, 3, "バックアップを書き出しています")
        with errors_for_people():
            _copy(ledger, key, temporary)
            progress.step(1, 3, "バックアップを確かめています")
            manifest = _prove(temporary, key, now, progress)
        _finish(ledger, temporary, path, manifest)
    finally:
        for side in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                temporary.with_name(temporary.name + side).unlink(missing_ok=True)
    _thin(folder, manifest.ledger, now)
    return path


def newest_of(folder: Path, ledger: str) -> Backup | None:
    """The newest finished backup of the ledger with that id in ``folder``."""
    own = (held for held in backups(folder) if held.manifest.ledger == ledger)
    return max(own, key=lambda held: (held.manifest.moment, held.manifest.sequence), default=None)


def lacks(newest: Backup | None, head: journal.Head) -> bool:
    """Whether the ledger whose last entry is ``head`` holds anything that its newest backup does not.

    By the hash, not the number: a ledger restored and written on has other entries of the same numbers.
    """
    return newest is None or newest.manifest.head != head.hash


def _copy(ledger: Path, key: bytes, temporary: Path) -> None:
    temporary.unlink(missing_ok=True)
    # VACUUM INTO accepts an empty file; made first, it belongs to its owner alone from the start.
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(driver.connect(ledger, key)) as connection:
        connection.execute("VACUUM INTO ?", (str(temporary),))


def _prove(path: Path, key: bytes, now: datetime, progress: Progress) -> Manifest:
    from app.ledger.proof.verifying import verify_file

    with closing(driver.connect(path, key)) as connection:
        known = identity.read(connection)
        head = journal.head(connection, known.ledger if known else "")
    found = verify_file(path, key, progress)
    if known is None or not found.ok:
        first = found.problems[0].problem if found.problems else ""
        raise BackupFailedError(first)
    return Manifest(
        ledger=known.ledger,
        format=known.format,
        made_at=now.isoformat(timespec="seconds"),
        sequence=head.sequence,
        head=head.hash,
        sha256=_sha256(path),
        size=path.stat().st_size,
    )


def _finish(ledger: Path, temporary: Path, path: Path, manifest: Manifest) -> None:
    try:
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        for source, target in zip(keys.key_paths(ledger), keys.key_paths(path), strict=True):
            if source.exists():
                write_whole(target, source.read_bytes())
        patiently(lambda: temporary.replace(path))
        sync_folder(path.parent)
    except OSError as error:
        raise ReadOnlyError from error
    # The manifest comes last: a backup without one was cut short and is none.
    write_whole(note_of(path), manifest.to_text().encode("utf-8"))


def _thin(folder: Path, ledger: str, now: datetime) -> None:
    own = [held for held in backups(folder) if held.manifest.ledger == ledger]
    keep = retention.kept((held.manifest.moment for held in own), now)
    for held in own:
        if held.manifest.moment not in keep:
            note = note_of(held.path)
            # A copy that another program holds open goes at the next backup; this one stands all the same.
            # The manifest goes last: without it nobody would know the rest for a backup that is to go.
            with suppress(OSError):
                for path in (held.path, *keys.key_paths(held.path), note):
                    path.unlink(missing_ok=True)


def _free_name(folder: Path, stem: str, suffix: str) -> Path:
    path, number = folder / f"{stem}{suffix}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{suffix}"
    return path


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
