"""Whether the file that is open is still the one that lies at its path."""

from __future__ import annotations

from pathlib import Path

from app.ledger.errors import LedgerGoneError

Identity = tuple[int, int] | None
"""Device and number of a file on it; ``None`` where there is none."""


class Presence:
    """A ledger's file and its log as they were when they were opened.

    Elsewhere than on Windows, which holds them, both can be removed, renamed or replaced while they are
    open: SQLite goes on writing into what nobody finds again, and says that all is well.
    """

    def __init__(self, path: Path) -> None:
        """For who has just opened ``path`` and read from it: the log is made then, and stays."""
        self._path = path
        self._files = (path, path.with_name(f"{path.name}-wal"))
        self._held = self._now()

    def check(self) -> None:
        """Raise ``LedgerGoneError`` if either is another file by now, or none."""
        if self._now() != self._held:
            raise LedgerGoneError(self._path)

    def _now(self) -> tuple[Identity, ...]:
        return tuple(which_file(path) for path in self._files)


def which_file(path: Path) -> Identity:
    """Which file lies at a path."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
