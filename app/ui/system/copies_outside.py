"""A copy of a document opened in another program, and the end of that copy.

The archive is encrypted and another program reads files: what it is handed lies unprotected on the disk.
Hence it lies in a folder of the person's own, never in the one for temporary files, and is removed when the
window ends; what is still held open then, or was left by a power cut, at the next start.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from app.filesystem import made_anew, patiently, private_folder, remove_file

_FOLDER = "opened"


def put_outside(settings: Path, name: str, data: bytes) -> Path:
    """Write a copy called ``name`` for its owner alone, below ``settings``. Raises ``OSError``."""
    # Late: a start, which only removes what is left, has no time for it.
    import secrets

    # In a folder of its own: a program that still shows an earlier copy of the same name may hold that one.
    path = _mine(settings) / secrets.token_hex(4) / name
    private_folder(path.parent)
    with os.fdopen(made_anew(path), "wb") as file:
        file.write(data)
    return path


def remove_copy(path: Path) -> None:
    """Remove a copy with all that was put beside it; what a program still holds stays till the next start."""
    _empty(path.parent)


def remove_mine(settings: Path) -> None:
    """Remove what this run opened; what another program holds stays until the next start."""
    _empty(_mine(settings))


def remove_all(settings: Path) -> None:
    """Remove what earlier runs left. Only the one window of a person may: another would lose its own."""
    _empty(settings / _FOLDER)


def _mine(settings: Path) -> Path:
    return settings / _FOLDER / str(os.getpid())


def _empty(folder: Path) -> None:
    # A link is removed and not followed: what it leads to is not ours.
    if folder.is_symlink() or not folder.is_dir():
        with suppress(OSError):
            remove_file(folder)
        return
    with suppress(OSError):
        for held in list(folder.iterdir()):
            _empty(held)
        patiently(folder.rmdir)
