"""Small files beside a ledger, written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from app.filesystem import patiently, remove_file
from app.ledger.errors import FULL, LongNameError, NoRoomError, WriteFailedError

_RANDOM = 8
"""Characters with which ``tempfile`` makes a name its own."""


def write_whole(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` whole or not at all, readable by its owner only, on disk when this returns.

    Raises ``WriteFailedError``, where there is no room ``NoRoomError``, for a name that is too long
    ``LongNameError``, and nothing else that a disk may do.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise _told(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        patiently(lambda: temporary.replace(path))
        sync_folder(path.parent)
    except OSError as error:
        raise _told(path, error) from error
    finally:
        # What is wrong with the write must be told, not that its remains could not be cleared as well.
        with suppress(OSError):
            remove_file(temporary)


def temporary_name(path: Path) -> str:
    """As long a name as ``path`` has while it is written."""
    return f".{path.name}-{'x' * _RANDOM}"


def _told(path: Path, error: OSError) -> WriteFailedError:
    if error.errno == errno.ENAMETOOLONG:
        return LongNameError(path.name)
    return NoRoomError(path.name) if error.errno in FULL else WriteFailedError()


def remains(path: Path) -> list[Path]:
    """What a write of ``path`` left beside it when its process was killed."""
    left = re.compile(re.escape(f".{path.name}-") + rf"[a-z0-9_]{{{_RANDOM}}}")
    try:
        return [found for found in path.parent.iterdir() if left.fullmatch(found.name)]
    except OSError:
        return []


def has_room(folder: Path, size: int) -> bool:
    """Whether a file of ``size`` bytes finds room in ``folder``; nothing of it is left.

    False only where the system says that there is none, for this user or at all.
    """
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(size))
            file.flush()
    except OSError as error:
        return error.errno not in FULL
    return True


def sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut; Windows has no such call and needs none. Raises ``OSError``."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
