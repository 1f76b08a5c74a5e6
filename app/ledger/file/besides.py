"""What stands beside a ledger under a name that is SQLite's or the lock's, and is no file of theirs."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from app.ledger.errors import StrangeBesideError

SIDES = ("-wal", "-shm", "-journal")
"""How the names end of what SQLite makes and reads beside a file."""
LOCK = ".lock"


def refuse_strange(path: Path, ends: Iterable[str] = SIDES) -> None:
    """Raise ``StrangeBesideError`` for a link, folder, pipe or device beside the file at ``path``.

    SQLite waits for a pipe for ever, writes through a link into another file, and says of all else that the
    disk fails. Follows no link beside the file; one to the file itself is followed as SQLite does.
    """
    real = Path(os.path.realpath(path))
    for end in ends:
        side = real.with_name(real.name + end)
        try:
            mode = side.lstat().st_mode
        except OSError:
            continue
        if not stat.S_ISREG(mode):
            raise StrangeBesideError(path, side, _kind(mode))


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "フォルダ"
    if stat.S_ISLNK(mode):
        return "別の場所へのリンク"
    return "パイプ" if stat.S_ISFIFO(mode) else "装置など"
