"""What a process leaves that is killed while it makes a ledger, and how it is cleared away."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from app.filesystem import remove_file
from app.ledger.secret import keys, staging

SIDES = ("", "-wal", "-shm")


def temporary_of(ledger: Path) -> Path:
    """Where a new ledger is built before it is put in place whole."""
    return ledger.with_name(f".{ledger.name}.new")


def clear(ledger: Path) -> None:
    """Remove what is left of a ledger whose making was cut short; never a key file of another."""
    temporary = temporary_of(ledger)
    left = [ledger.with_name(temporary.name + side) for side in SIDES]
    if temporary.exists() and not ledger.exists():
        # Nothing but the making of this ledger writes key files beside an unfinished one.
        left.extend(keys.key_paths(ledger))
        staging.clear(ledger)
    remove(left)


def remove(paths: Iterable[Path]) -> None:
    """Remove what is there, as far as it can be removed."""
    for path in paths:
        with suppress(OSError):
            remove_file(path)
