"""A ledger that was made once, and copies of it: for the tests that do not try how one is made."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from app.ledger.door import Ledger
from app.ledger.secret.keys import key_paths


@dataclass(frozen=True)
class Original:
    """A closed ledger that nobody opens again; its copies have its id and its key."""

    path: Path
    key: bytes

    @classmethod
    def of(cls, made: Ledger) -> Original:
        """Close a ledger that was made to be copied."""
        made.close()
        return cls(made.path, made.key)

    def copy_to(self, path: Path) -> bytes:
        """Put a copy with its key files at ``path``, as free as for a new one; return the master key."""
        pairs = zip((self.path, *key_paths(self.path)), (path, *key_paths(path)), strict=True)
        for held, wanted in pairs:
            assert not wanted.exists()
            shutil.copy(held, wanted)
        return self.key
