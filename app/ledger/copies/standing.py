"""How the backups of a ledger stand: the newest that can be counted on, and what it does not hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.common import Progress
from app.ledger.copies.manifests import Backup, backups, by_journal
from app.ledger.copies.places import errors_about
from app.ledger.copies.soundness import flaw, full_flaw
from app.ledger.proof.journal import Head


@dataclass(frozen=True, slots=True)
class Standing:
    """``newest``: the one that holds most of the ledger among those that are sound and of its own journal;
    ``behind``: entries of the ledger that it lacks; ``faults``: backups that cannot be counted on, each with
    the predicate that says why, the newest first; ``spoilt``: the first of them that is of this journal, if
    none that is sound was made after it."""

    newest: Backup | None
    behind: int
    faults: tuple[tuple[Backup, str], ...]
    spoilt: tuple[Backup, str] | None


def standing(
    folder: Path,
    ledger: str,
    head: Head,
    holds: Callable[[int, str], bool],
    progress: Progress | None = None,
    proven: Path | None = None,
) -> Standing:
    """Look at every backup of ``ledger`` in ``folder``; at all of the newest if ``progress`` is given, unless
    it is ``proven``, made a moment ago.

    ``holds`` says whether an entry with that hash stands in the journal: by it, not by a clock, one is newer
    than another, and what a ledger that was restored has left behind is no backup of it. Raises
    ``LedgerError`` for a folder that cannot be read, and ``Cancelled``.
    """
    with errors_about(folder):
        own = [held for held in backups(folder) if held.manifest.ledger == ledger]
    # Where two hold the same, what was just proven comes first, whatever the clock said of the other.
    own.sort(key=lambda held: (held.manifest.sequence, held.path == proven, by_journal(held)), reverse=True)
    faults: list[tuple[Backup, str]] = []
    newest, spoilt = None, None
    for held in own:
        said = flaw(held)
        of_journal = newest is None and holds(held.manifest.sequence, held.manifest.head)
        if of_journal and not said and progress is not None and held.path != proven:
            said = full_flaw(held, progress)
        if said:
            faults.append((held, said))
        if of_journal and said:
            spoilt = spoilt or faults[-1]
        elif of_journal:
            newest = held
    behind = head.sequence - (newest.manifest.sequence if newest else 0)
    return Standing(newest, behind, tuple(faults), spoilt)
