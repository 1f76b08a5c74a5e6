"""What a row of the plan says, side by side, in people's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.exchange.merging.plans import MergeRow
from app.records import Facts

_NONE = "（空欄）"


class Side(NamedTuple):
    """One field where the two differ: what this ledger says of it and what the other says."""

    label: str
    here: str
    there: str


def sides(row: MergeRow, here: Facts, there: Facts) -> Iterator[Side]:
    """Where the two differ; of what this ledger has not, all that the other says.

    What each names is told by its own ledger: the ids of the two are not the same.
    """
    ours, record = row.ours, row.record
    for field in record.spec.fields:
        value = getattr(record, field.name)
        if ours is not None and getattr(ours, field.name) == value:
            continue
        own = row.theirs.spec is record.spec
        theirs = there.whole(row.theirs, field.name) if own else str(field.kind.to_text(value))
        before = here.whole(ours, field.name) if ours is not None else ""
        if before or theirs:
            # Of what is taken from the other a blank erases: it is not to be overlooked.
            yield Side(field.label, before or _NONE if ours is not None else "", theirs or _NONE)
