"""A plan of taking another ledger in, as a value: what becomes of each record, and where they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.ledger.proof.journal import Head
from app.records import Record

PROVISIONAL = 1 << 40
"""Ids from here on stand for records that have no id here before they are written."""


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    RETIRED = "retired"
    SAME = "same"
    KEPT = "kept"
    ASKED = "ask"
    LEFT = "skipped"

    @property
    def writes(self) -> bool:
        return self in (Outcome.NEW, Outcome.CHANGED, Outcome.RETIRED)


class Answer(StrEnum):
    """What is done with one that is asked about."""

    KEEP = "keep"
    TAKE = "take"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One record of the other ledger. ``record``: what would be written; ``ours``: what it meets here.

    ``why``: what keeps it from being certain, or from being taken in. ``taken``: what becomes of one that is
    asked about where the other ledger stands, None where nothing is asked; ``two``: whether it may also be
    answered that they are two.
    """

    kind: str
    key: str
    theirs: Record
    outcome: Outcome
    record: Record
    ours: Record | None = None
    why: str = ""
    taken: Outcome | None = None
    two: bool = False

    @property
    def name(self) -> str:
        """How an answer calls it."""
        return f"{self.kind}:{self.key}"

    def changes(self) -> Iterator[tuple[str, str, str]]:
        """Field, what this ledger says and what the other says, where they differ."""
        if self.ours is None:
            return
        for field in self.record.spec.fields:
            here, there = getattr(self.ours, field.name), getattr(self.record, field.name)
            if here != there:
                yield (
                    field.name,
                    "" if here is None else str(field.kind.to_text(here)),
                    "" if there is None else str(field.kind.to_text(there)),
                )


@dataclass(frozen=True, slots=True)
class Origin:
    """Which ledger the records are of, as of which entry. ``common``: the last entry that both share."""

    ledger: str
    sequence: int
    head: str
    common: int


@dataclass(frozen=True, slots=True)
class MergePlan:
    origin: Origin
    rows: tuple[MergeRow, ...]
    here: int
    """The last entry of this ledger's journal for which the plan holds."""
    there: Head
    """The last entry of the other as it was read, for which the plan holds."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many records there are of each outcome."""
        found = Counter(row.outcome for row in self.rows)
        return {str(outcome): found[outcome] for outcome in Outcome}

    @property
    def asked(self) -> tuple[MergeRow, ...]:
        """What still wants an answer."""
        return tuple(row for row in self.rows if row.outcome is Outcome.ASKED)
