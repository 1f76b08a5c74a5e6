"""The other ledger, open while its records are read: the file itself, or an archive of it."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.common import PeopleError, Progress
from app.exchange.archive.archiving import ENDING, unarchive
from app.ledger.access.opening import unlock
from app.ledger.door import Ledger
from app.ledger.secret.keys import Cost

_FOR_A_MOMENT = Cost(memory=64, passes=1, lanes=1)
"""A key that is made for one reading, of a passphrase nobody could guess, need not be hard to make."""


@contextmanager
def other_ledger(
    path: Path, passphrase: str, opened: Callable[[Path, bytes], Ledger], progress: Progress
) -> Iterator[Ledger]:
    """The ledger at ``path``, proven, or the one that an archive there holds; ``opened`` opens one.

    No record of it is changed; one of an older format is brought to today's, as ever. Raises ``PeopleError``.
    """
    if path.suffix.casefold() != ENDING:
        with opened(path.absolute(), unlock(path, passphrase)) as ledger:
            found = ledger.verify(progress)
            if not found.ok:
                raise PeopleError(
                    f"相手の台帳「{path.name}」の検証で誤りが見つかったため、統合していません。"
                    f"{found.problems[0].sentence}"
                )
            yield ledger
        return
    # As encrypted as any ledger, for its owner alone, and gone when it was read.
    with tempfile.TemporaryDirectory(prefix="jutaku-", ignore_cleanup_errors=True) as folder:
        target = Path(folder) / "other.jutaku"
        made = unarchive(
            path,
            target,
            secrets.token_urlsafe(32),
            own_passphrase=passphrase,
            progress=progress,
            cost=_FOR_A_MOMENT,
        )
        with opened(target, made.key) as ledger:
            yield ledger
