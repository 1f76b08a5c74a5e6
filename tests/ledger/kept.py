"""Ledgers as files: those of former formats kept with the tests, and what a crash leaves of any."""

from __future__ import annotations

import shutil
from pathlib import Path

FORMATS = Path(__file__).parent / "formats"
KEPT = sorted(FORMATS.glob("*.jutaku"))


def copied(kept: Path, folder: Path) -> Path:
    """A copy of a kept ledger with its key files in ``folder``; opening it migrates it."""
    for path in FORMATS.glob(f"{kept.name}*"):
        shutil.copyfile(path, folder / path.name)
    return folder / kept.name


def as_killed(path: Path, folder: Path) -> Path:
    """What a process killed just now leaves of the ledger at ``path``: its files as they are on the disk."""
    folder.mkdir()
    for found in path.parent.glob(f"{path.name}*"):
        if found.suffix not in (".lock", ".user") and not found.name.endswith("-shm"):
            shutil.copyfile(found, folder / found.name)
    return folder / path.name
