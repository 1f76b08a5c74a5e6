"""The other ledger, open while its records are read: the file itself, or an archive of it."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.common import PeopleError, Progress
from app.exchange.archive.archiving import ENDING, unarchive
from app.exchange.merging import planning
from app.exchange.merging.plans import MergePlan
from app.ledger.access.opening import unlock
from app.ledger.door import Ledger
from app.ledger.proof.journal import Head
from app.ledger.secret.keys import Cost

_FOR_A_MOMENT = Cost(memory=64, passes=1, lanes=1)
"""A key that is made for one reading, of a passphrase nobody could guess, need not be hard to make."""


@dataclass(frozen=True, slots=True)
class Other:
    """``head``: the last entry of the ledger that was handed over.

    Of an archive that is the entry as of which it was archived: the ledger made of it for the reading has
    entries of its own behind it, which nobody can ever find again.
    """

    ledger: Ledger
    head: Head

    def plan(
        self,
        ledger: Ledger,
        keep: Collection[str] = (),
        take: Collection[str] = (),
        both: Collection[str] = (),
        progress: Progress | None = None,
    ) -> MergePlan:
        """What taking it into ``ledger`` would do (``planning.plan``), with where it comes from."""
        return planning.plan(ledger, self.ledger, keep, take, both, progress, archived=self.head)


@contextmanager
def other_ledger(
    path: Path, passphrase: str, opened: Callable[[Path, bytes], Ledger], progress: Progress
) -> Iterator[Other]:
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
            yield Other(ledger, ledger.head())
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
            yield Other(ledger, Head(made.described.sequence, made.described.head))
