"""Backups: a whole copy, proven before it counts, with its key file and a manifest beside it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from app.common import Progress
from app.filesystem import patiently, remove_file
from app.ledger.copies import claims, places, retention
from app.ledger.copies.claims import Claim, claimed
from app.ledger.copies.manifests import Backup, Manifest, backups, by_journal, note_of
from app.ledger.copies.places import errors_about
from app.ledger.copies.soundness import checksum, flaw
from app.ledger.errors import LedgerError
from app.ledger.file import driver
from app.ledger.file.small_files import sync_folder, write_whole
from app.ledger.proof import identity, journal
from app.ledger.secret import keys

_CACHE = "PRAGMA cache_size=-4000"
"""Kilobytes."""


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

    The ledger may be in use. Raises ``LedgerError``, one that names the folder where that is the reason, or
    ``Cancelled``; nothing but finished backups is left then.
    """
    progress = progress or Progress()
    now = clock()
    places.prepare(folder)
    claims.clear(folder, ledger.stem, ledger.suffix)
    name = f"{ledger.stem}-{now:%Y%m%d-%H%M%S}"
    with errors_about(folder, copying=True), claimed(folder, name, ledger.suffix) as claim:
        progress.step(0, 3, "バックアップを書き出しています")
        _copy(ledger, key, claim.temporary, progress)
        progress.step(1, 3, "バックアップを確かめています")
        with errors_about(folder):
            manifest = _prove(claim.temporary, key, now, progress)
            _finish(ledger, claim, manifest)
    with suppress(LedgerError, OSError), driver.errors_for_people():
        _thin(ledger, key, Backup(claim.path, manifest))
    return claim.path


def _copy(ledger: Path, key: bytes, temporary: Path, progress: Progress) -> None:
    _create(temporary)
    with closing(driver.connect(ledger, key)) as connection, driver.cancellable(connection, progress):
        # Each page is read once and written once, and the cache counts twice: for what is read and the copy.
        connection.execute(_CACHE)
        connection.execute("VACUUM INTO ?", (str(temporary),))


def _create(temporary: Path) -> None:
    # VACUUM INTO accepts an empty file; made first, it belongs to its owner alone from the start.
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


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
        sha256=checksum(path, progress),
        size=path.stat().st_size,
    )


def _finish(ledger: Path, claim: Claim, manifest: Manifest) -> None:
    with claim.temporary.open("rb+") as file:
        os.fsync(file.fileno())
    for source, target in zip(keys.key_paths(ledger), keys.key_paths(claim.path), strict=True):
        if source.exists():
            write_whole(target, source.read_bytes())
    patiently(lambda: claim.temporary.replace(claim.path))
    sync_folder(claim.path.parent)
    # The manifest comes last: a backup without one was cut short and is none.
    write_whole(note_of(claim.path), manifest.to_text().encode("utf-8"))


def _thin(ledger: Path, key: bytes, made: Backup) -> None:
    """Remove what ``retention`` no longer keeps, once ``made`` is proven.

    A backup that cannot be counted on keeps no other from being kept and is never removed: something may
    still be read from it. Those of another branch (the ledger was restored from before them) are judged
    among themselves: the order of the journal says nothing of them.
    """
    own = [held for held in backups(made.path.parent) if held.manifest.ledger == made.manifest.ledger]
    with closing(driver.connect(ledger, key)) as connection:
        of_journal = {held.path for held in own if _continues(connection, held)}
    sound = [held for held in own if held.path != made.path and not flaw(held)]
    chain = sorted((held for held in sound if held.path in of_journal), key=by_journal)
    branch = [held for held in sound if held.path not in of_journal]
    go, reference = retention.surplus([held.manifest.moment for held in (*chain, made)])
    if reference is None:
        return
    keep = retention.kept((held.manifest.moment for held in branch), reference)
    for held in (*(chain[at] for at in sorted(go)), *branch):
        if held in chain or held.manifest.moment not in keep:
            _remove(held)


def _continues(connection: driver.Connection, held: Backup) -> bool:
    from app.ledger.proof.heads import check_head

    return check_head(connection, held.manifest.sequence, held.manifest.head)


def _remove(held: Backup) -> None:
    # A copy that another program holds open goes at the next backup; this one stands all the same.
    # The manifest goes last: without it nobody would know the rest for a backup that is to go.
    with suppress(OSError):
        for path in (held.path, *keys.key_paths(held.path), note_of(held.path)):
            remove_file(path)
