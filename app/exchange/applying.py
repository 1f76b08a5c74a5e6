"""Bringing contracts under a new version of their annex: one change of the ledger, which can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from app.annexes.annex import Annex
from app.annexes.catalogue import Catalogue
from app.annexes.revision import compare
from app.common import PeopleError, Progress
from app.duties.whatif.revision_effects import applied, carried
from app.ledger.door import Ledger
from app.records import Contract


def apply_revision(
    ledger: Ledger,
    catalogue: Catalogue,
    new: Annex,
    contracts: Sequence[Contract],
    progress: Progress | None = None,
) -> tuple[Contract, ...]:
    """Put every one of ``contracts`` under ``new``, or none; return them as they then are.

    Documents issued before are not touched: they were printed under the former version and stay so.
    Raises ``PeopleError`` for a contract without the annex or with this version already, ``LedgerError``
    where the ledger refuses, ``Cancelled``; then nothing is written.
    """
    progress = progress or Progress()
    made = []
    with ledger.write(f"「{new.title}」第{new.version}版の適用") as change:
        # Read within: what another thread wrote a moment before belongs to what is carried over.
        facts = ledger.facts()
        for done, contract in enumerate(contracts):
            progress.step(done, len(contracts), contract.title)
            old = carried(catalogue, contract, new)
            if old.version == new.version:
                raise PeopleError(
                    f"契約「{contract.title}」は既に「{new.title}」第{new.version}版です。対象から外してください。"
                )
            held, *others = applied(facts, contract, compare(old, new))
            made.append(change.change(held))
            for record in others:
                change.change(record)
    return tuple(made)
