"""What was judged is kept on this computer for the next start, sealed; the window then need not wait for it.

It lies with the settings and not with the ledger, in no backup, and nothing but the window's first look
rests on it: what was taken over from it is judged in the background as soon as the window stands.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.ledger.secret.sealed_file import seal, unseal
from app.records import Facts
from app.ui.context import Context
from app.work.assessment import NOTHING, Assessment, Kept

_PURPOSE = "judgements"


class Keeping:
    """Reads and writes what is kept for one ledger; both in the worker."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._written: tuple[str, date] | None = None

    @property
    def path(self) -> Path:
        """Where it lies: one file for each ledger, which takes the place of the one before."""
        return self._context.preferences.path.parent / "kept" / f"{self._context.ledger.id}.kept"

    def read(self, facts: Facts, day: date) -> Kept:
        """What was kept of these very facts and holds on ``day``."""
        from app.work.kept import unpack

        stamp = self._stamp(facts)
        data = unseal(self.path, self._context.ledger.key, _PURPOSE) if stamp else None
        return NOTHING if data is None else unpack(data, stamp, facts, self._context.catalogue, day)

    def write(self, made: Assessment) -> None:
        """Keep ``made``, where the ledger has not gone on since. What cannot be written is judged again."""
        from app.work.kept import pack

        stamp = self._stamp(made.facts)
        if stamp and (stamp, made.day) != self._written:
            seal(self.path, self._context.ledger.key, _PURPOSE, pack(made, stamp))
            self._written = (stamp, made.day)

    def _stamp(self, facts: Facts) -> str:
        """Empty where these are not the facts of the journal's head."""
        from app.work.kept import stamp

        ledger, head = self._context.ledger, self._context.ledger.head()
        # Asked after the head: facts never come back, so that these are what it stands for.
        if ledger.facts() is not facts:
            return ""
        return stamp(self._context.catalogue, self._context.forms, f"{ledger.id} {head.sequence} {head.hash}")
