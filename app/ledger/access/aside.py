"""A ledger that cannot be written, set aside for what has to write in order to prove."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.ledger.errors import WriteFailedError


@contextmanager
def provable(path: Path, *, copy: bool) -> Iterator[Path]:
    """Where the ledger at ``path`` can be proven: there, or with ``copy`` in a folder that is gone then.

    The copy is as encrypted as the ledger and belongs to its owner alone. Raises ``WriteFailedError``.
    """
    if not copy:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="jutaku-", ignore_cleanup_errors=True) as folder:
        target = Path(folder) / path.name
        try:
            for side in ("", "-wal"):
                source = path.with_name(path.name + side)
                if source.exists():
                    shutil.copyfile(source, target.with_name(target.name + side))
        except OSError as error:
            raise WriteFailedError from error
        yield target
