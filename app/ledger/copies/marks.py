"""What was found broken in a backup, kept beside it: no later look at a few pages may call it sound again.

Only a restore that proves the whole backup, byte for byte as it was made, takes the mark away.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from app.filesystem import opened, remove_file
from app.ledger.errors import LedgerError
from app.ledger.file.small_files import write_whole

_MARK = ".broken.txt"
_MOST = 2000
_BROKEN = "壊れていることが分かっています。復元には使えません。"


def mark_of(path: Path) -> Path:
    """Where the mark of the backup ``path`` lies."""
    return path.with_name(path.name + _MARK)


def put(path: Path, problem: str) -> None:
    """Remember ``problem``, a predicate as of ``soundness.flaw``; a medium that takes no file is left."""
    with suppress(LedgerError, OSError):
        write_whole(mark_of(path), problem.encode("utf-8"))


def read(path: Path) -> str:
    """What was found, empty if nothing ever was. Never raises."""
    mark = mark_of(path)
    try:
        if not mark.is_file():
            return ""
        with opened(mark) as file:
            said = file.read(_MOST).decode("utf-8", "ignore")
    except OSError:
        return _BROKEN
    return " ".join(said.split()) or _BROKEN


def clear(path: Path) -> None:
    """Forget it: the backup was proven whole."""
    with suppress(OSError):
        remove_file(mark_of(path))
