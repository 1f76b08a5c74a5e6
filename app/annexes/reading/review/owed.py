"""What a contract would owe under the annex of a review, moment by moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.annexes.kinds import KINDS, When
from app.annexes.reading.review.drafting import moments
from app.annexes.reading.review.model import Item, Review


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty: a kind of a paragraph at a moment."""

    when: When
    kind: str
    at: int
    item: Item


def owed(review: Review) -> tuple[Owed, ...]:
    """Every duty at every moment, in the order of the moments and within it of the text."""
    made = [
        Owed(When(when), kind, at, item)
        for at, item in enumerate(review.items)
        if item.taken
        for kind in item.kinds
        if not KINDS[kind].shown_only
        for when in moments(item)
    ]
    order = list(When)
    return tuple(sorted(made, key=lambda one: order.index(one.when)))


def counted(found: Sequence[Owed]) -> int:
    """How many duties ``found`` are: of each paragraph one a kind, at whatever moments."""
    return len({(one.at, one.kind) for one in found})
