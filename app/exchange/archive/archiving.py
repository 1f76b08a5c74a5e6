"""A ledger into an archive, and an archive into a new ledger; each whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.common import PeopleError, Progress
from app.exchange.archive import words
from app.exchange.archive.manifest import README, SCHEMA, Manifest
from app.exchange.archive.reading import archive_at
from app.exchange.archive.writing import Writer, file_name, writer
from app.exchange.saving import check_place, saving
from app.exchange.schema import schema
from app.ledger.access.creation import check_free
from app.ledger.archiving.incoming import Brought, bring
from app.ledger.archiving.outgoing import Outgoing
from app.ledger.door import Ledger, local_now
from app.ledger.file.migrating import Clock
from app.ledger.secret import passphrases
from app.ledger.secret.keys import COST, Cost
from app.records import SPECS

ENDING = ".zip"
_EVERY = 1000
"""Lines between two looks at whether somebody cancelled."""


@dataclass(frozen=True, slots=True)
class Archived:
    """An archive that was written and read again. ``size`` in bytes."""

    path: Path
    manifest: Manifest
    sealed: bool
    size: int


def check_archive(ledger: Ledger, path: Path, passphrase: str) -> None:
    """Raise ``PeopleError`` if no archive could be written to ``path``, before anything is read."""
    if path.suffix.casefold() != ENDING:
        raise PeopleError(f"アーカイブの名前「{path.name}」は、拡張子を {ENDING} にしてください。")
    check_place(path)
    if passphrase:
        passphrases.check(passphrase, (ledger.officer, ledger.path.stem))


def archive(
    ledger: Ledger,
    path: Path,
    passphrase: str = "",
    progress: Progress | None = None,
    *,
    clock: Clock = local_now,
) -> Archived:
    """Write all that ``ledger`` holds to ``path``, sealed if there is a ``passphrase``, and read it again.

    Raises ``PeopleError`` or ``Cancelled``; what was at ``path`` stands then, and nothing else is left.
    """
    progress = progress or Progress()
    check_archive(ledger, path, passphrase)
    with saving(path) as aside:
        with ledger.outgoing(progress) as held, aside.open("wb") as file:
            now = clock()
            with writer(file, passphrase, now, words.sealed_note()) as into:
                _write(held, into, progress)
                into.finish(held.described)
            file.flush()
            os.fsync(file.fileno())
        with archive_at(aside, passphrase, progress) as again:
            again.check()
            made = again.manifest
        size = aside.stat().st_size
    return Archived(path, made, bool(passphrase), size)


def unarchive(
    path: Path,
    target: Path,
    passphrase: str,
    *,
    own_passphrase: str | None = None,
    progress: Progress | None = None,
    clock: Clock = local_now,
    cost: Cost = COST,
) -> Brought:
    """Make the ledger ``target``, which ``passphrase`` will open, of the archive at ``path``.

    ``own_passphrase``: the archive's, where it is another. Raises ``PeopleError`` or ``Cancelled``; nothing
    is left then.
    """
    progress = progress or Progress()
    check_free(target.absolute())
    with archive_at(path, passphrase if own_passphrase is None else own_passphrase, progress) as source:
        source.check()
        source.begin()
        return bring(source, target.absolute(), passphrase, cost, clock, progress)


def _write(held: Outgoing, into: Writer, progress: Progress) -> None:
    into.add(README, words.readme(held.described).encode("utf-8-sig"))
    declared = {spec.name: schema(spec) for spec in SPECS.values()}
    into.add(SCHEMA, (json.dumps(declared, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    for part in held.parts():
        progress.step(0, 0, "記録を書き出しています")
        into.add_lines(part.name, _stoppable(part.lines(), progress))
    digests = held.digests()
    for number, digest in enumerate(digests):
        progress.step(number, len(digests), "書類とファイルを書き出しています")
        data = held.file(digest)
        into.add(file_name(digest, data), data)


def _stoppable(lines: Iterator[str], progress: Progress) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if number % _EVERY == 0:
            progress.step(0, 0, "記録を書き出しています")
        yield line
