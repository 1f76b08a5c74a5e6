"""The ledgers of former formats kept with the tests, as copies to be opened."""

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
