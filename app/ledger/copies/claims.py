"""Which files of a backup folder belong to a backup under way, and which to one whose maker died.

While a backup is made, a locked file beside it says so. The system drops the lock with the process: what is
found with an unlocked one was cut short and goes. What never had one is not ours to remove.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.filesystem import patiently, remove_file
from app.ledger.copies.manifests import note_of
from app.ledger.secret import keys

_TEMPORARY = ".tmp"
_MARK = ".tmp.lock"
_WORTH_SAYING = 1024 * 1024
"""A megabyte."""
_NO_LOCKS = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP})


@dataclass(frozen=True, slots=True)
class Claim:
    """The places of one backup: where it will lie, and where it grows until it is proven."""

    path: Path

    @property
    def temporary(self) -> Path:
        return self.path.with_name(f".{self.path.name}{_TEMPORARY}")


@contextmanager
def claimed(folder: Path, stem: str, suffix: str) -> Iterator[Claim]:
    """A free name for a backup in ``folder``, ours until the end; unless it is finished then, nothing of it
    is left. Raises ``OSError``."""
    number = 0
    while True:
        number += 1
        path = folder / (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}")
        if path.exists() or note_of(path).exists():
            continue
        lock = _locked(_mark_of(path))
        if lock is not None and not path.exists():
            break
        if lock is not None:
            # Finished by another between our look and our lock.
            _let_go(lock, path)
    try:
        yield Claim(path)
    finally:
        _clear_one(path, whole=True)
        _let_go(lock, path)


def clear(folder: Path, stem: str, suffix: str) -> int:
    """Remove what backups of ``stem`` left in ``folder`` when they were killed; the bytes that came free.

    Never a file with a manifest beside it, never one of a backup that somebody is making. A copy that was
    put in place without its manifest goes only if its mark is still there: one without may have been
    brought here by hand. Never raises: what cannot go now goes another time.
    """
    try:
        names = [path.name for path in folder.iterdir() if path.name.startswith(f".{stem}-")]
    except OSError:
        return 0
    form = re.compile(rf"\.({re.escape(stem)}-\d{{8}}-\d{{6}}(?:-\d+)?{re.escape(suffix)})[.-].*")
    freed = 0
    for name in sorted({found[1] for found in map(form.fullmatch, names) if found}):
        path = folder / name
        marked = _mark_of(path).exists()
        with suppress(OSError):
            lock = _locked(_mark_of(path))
            if lock is not None:
                freed += _clear_one(path, whole=marked)
                _let_go(lock, path)
    return freed


def freed_words(freed: int) -> str:
    """One sentence about leftovers that were cleared, empty for what nobody would notice."""
    if freed < _WORTH_SAYING:
        return ""
    return f"途中で止まったバックアップの残り（{freed / _WORTH_SAYING:,.0f} MB）を削除しました。"


def _mark_of(path: Path) -> Path:
    return path.with_name(f".{path.name}{_MARK}")


def _locked(mark: Path) -> Any:
    """A lock on ``mark``, None if someone else holds it; a folder that knows no locks has none to hold."""
    from filelock import FileLock, Timeout

    lock = FileLock(mark, thread_local=False, fallback_to_soft=False, mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    except NotImplementedError:
        return lock
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    return lock


def _let_go(lock: Any, path: Path) -> None:
    # Where the system lets an open file go, it goes before another could take it for a dead one's; where it
    # does not, waiting would be in vain.
    with suppress(OSError):
        _mark_of(path).unlink(missing_ok=True)
    lock.release()
    with suppress(OSError):
        remove_file(_mark_of(path))


def _clear_one(path: Path, *, whole: bool) -> int:
    """``whole``: the copy itself and its key files too, unless it was finished."""
    freed, mark = 0, _mark_of(path)
    hidden = (f".{path.name}.", f".{path.name}-")
    with suppress(OSError):
        for found in list(path.parent.iterdir()):
            if found.name.startswith(hidden) and found != mark:
                freed += _remove(found)
    if whole and not note_of(path).exists():
        for found in (path, *keys.key_paths(path)):
            freed += _remove(found)
    return freed


def _remove(path: Path) -> int:
    try:
        size = path.stat().st_size
        patiently(path.unlink)
    except OSError:
        return 0
    return size
