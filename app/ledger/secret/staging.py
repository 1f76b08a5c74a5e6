"""Key files on their way: written beside the ones in use, then put in their place, never half of either."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NoReturn

from app.filesystem import patiently, remove_file
from app.ledger.errors import WriteFailedError
from app.ledger.file.small_files import remains, sync_folder, write_whole
from app.ledger.secret import keys
from app.ledger.secret.keys import KeyFile


def staged(ledger: Path) -> KeyFile | None:
    """The key file of a change that was cut short, if one is there."""
    return next(
        (held for held in map(keys.read_key_file, keys.staged_paths(ledger)) if held is not None), None
    )


def same(one: KeyFile | None, other: KeyFile | None) -> bool:
    """Whether both are the same seal, whatever format of the ledger they name."""
    return one is not None and other is not None and plain(one) == plain(other)


def plain(held: KeyFile) -> KeyFile:
    """A seal as the ledger keeps it: without the format, which changes while the seal does not."""
    return replace(held, format=0)


def stage(ledger: Path, fresh: KeyFile) -> None:
    """Write ``fresh`` twice where nobody looks yet, and read it back.

    Nothing after this needs room on the disk. Raises ``WriteFailedError`` with nothing left.
    """
    try:
        for path in keys.staged_paths(ledger):
            write_whole(path, fresh.to_text().encode("ascii"))
        if any(keys.read_key_file(path) != fresh for path in keys.staged_paths(ledger)):
            _refuse()
    except BaseException:
        clear(ledger)
        raise


def _refuse() -> NoReturn:
    raise WriteFailedError


def promote(ledger: Path) -> None:
    """Put what is staged in place of the key files. Raises ``OSError``; may be called again."""
    for waiting, path in zip(keys.staged_paths(ledger), keys.key_paths(ledger), strict=True):
        if waiting.exists():
            patiently(partial(waiting.replace, path))
    sync_folder(ledger.parent)


def clear(ledger: Path) -> None:
    """Remove what is staged and what a killed write of a key file left beside it."""
    waiting = keys.staged_paths(ledger)
    left = [found for path in (*keys.key_paths(ledger), *waiting) for found in remains(path)]
    for path in (*waiting, *left):
        with suppress(OSError):
            remove_file(path)
