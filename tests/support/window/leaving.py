"""People who leave, as one change of several records, to be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.ledger.door import Ledger
from app.records import Person

DAY = date(2026, 4, 30)


def leave(ledger: Ledger, people: Sequence[Person]) -> int:
    """Let them leave; the number of the change."""
    with ledger.write(f"退職　{people[0].name}（{len(people)}件）") as change:
        for one in people:
            change.change(replace(one, left_on=DAY))
    return ledger.done(1)[0].number
