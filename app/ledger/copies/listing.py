"""Which backups a folder holds, and which of them can be counted on; needs no key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.common import Progress
from app.ledger.copies import manifests, soundness
from app.ledger.copies.manifests import MANIFEST, Backup, Manifest
from app.ledger.errors import LedgerError
from app.ledger.secret import keys

SUFFIX = ".jutaku"
"""What a copy without a manifest must end in to be taken for one of a ledger."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One file that may be restored from.

    ``manifest`` is None for a bare copy, of which nobody knows when it was made and what it holds.
    ``problem`` says why it cannot be counted on, empty for one that was proven and is still as it was.
    """

    path: Path
    manifest: Manifest | None
    size: int
    problem: str

    @property
    def verified(self) -> bool:
        """Whether it was opened and proven when it was made, and nothing speaks against it since."""
        return self.manifest is not None and not self.problem

    @property
    def made(self) -> datetime | None:
        return self.manifest.moment if self.manifest else None

    @property
    def entries(self) -> int | None:
        return self.manifest.sequence if self.manifest else None

    @property
    def ledger(self) -> str:
        """The id of the ledger it comes from, empty where nothing beside it tells."""
        return self.manifest.ledger if self.manifest else _told_by_key(self.path)


def listed(folder: Path, progress: Progress | None = None, *, whole: bool = False) -> list[Listed]:
    """What ``folder`` holds, the newest first; copies without a manifest come last.

    ``whole``: read every byte against the checksum, instead of a few pages. Raises ``LedgerError`` for a
    folder that cannot be read, ``Cancelled`` when asked to stop.
    """
    progress = progress or Progress()
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except FileNotFoundError:
        raise LedgerError(
            f"フォルダ「{folder}」がありません。媒体がつながっているか確かめてください。"
        ) from None
    except NotADirectoryError:
        raise LedgerError(f"「{folder.name}」はフォルダではありません。フォルダを選んでください。") from None
    except OSError as error:
        raise LedgerError(
            f"フォルダ「{folder}」を読めません。媒体の接続とアクセス権を確かめてください。"
        ) from error
    found: dict[Path, Manifest | None] = {}
    for name in names:
        if name.endswith(MANIFEST) and name != MANIFEST:
            manifest = manifests.read(folder / name)
            if manifest is not None:
                found[folder / name.removesuffix(MANIFEST)] = manifest
        elif name.endswith(SUFFIX) and not name.startswith("."):
            found.setdefault(folder / name, None)
    judge = soundness.full_flaw if whole else _quick
    held = []
    for number, (path, manifest) in enumerate(found.items()):
        progress.step(number, len(found), "バックアップを確かめています")
        held.append(_judged(path, manifest, judge, progress))
    return sorted(held, key=_age, reverse=True)


def judged(path: Path) -> Listed:
    """One file, looked at as in a list."""
    return _judged(path, manifests.read(manifests.note_of(path)), _quick, Progress())


def _quick(held: Backup, _progress: Progress | None = None) -> str:
    return soundness.flaw(held)


def _judged(
    path: Path,
    manifest: Manifest | None,
    judge: Callable[[Backup, Progress | None], str],
    progress: Progress,
) -> Listed:
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    if manifest is None:
        return Listed(path, manifest, size, soundness.NO_MANIFEST)
    problem = judge(Backup(path, manifest), progress) or soundness.day_flaw(manifest)
    return Listed(path, manifest, size, problem)


def _age(one: Listed) -> tuple[bool, float, int, str]:
    if one.manifest is None:
        return False, 0.0, 0, one.path.name
    return True, one.manifest.moment.timestamp(), one.manifest.sequence, one.path.name


def _told_by_key(path: Path) -> str:
    return next((held.ledger for held in keys.read_copies(path) if held is not None), "")
