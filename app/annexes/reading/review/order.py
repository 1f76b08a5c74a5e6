"""In which order a person looks at the paragraphs of a review."""

from __future__ import annotations

from app.annexes.reading.review.model import Item, Review


def by_doubt(review: Review) -> tuple[int, ...]:
    """The places of the paragraphs: doubtful proposals first, then where nothing was found, then the rest.

    It looks at what was proposed and not at what was decided: nothing moves away under who decides.
    """
    doubts = [_doubt(item) for item in review.items]
    return tuple(sorted(range(len(doubts)), key=lambda at: (doubts[at], at)))


def next_open(review: Review, order: tuple[int, ...], at: int) -> int | None:
    """The next paragraph after ``at`` in ``order`` of which a person has to say something; None: no more."""
    start = order.index(at) + 1 if at in order else 0
    turned = (*order[start:], *order[:start])
    return next((one for one in turned if one != at and review.items[one].open), None)


def _doubt(item: Item) -> tuple[int, float]:
    held = [pick.confidence for pick in item.picks if pick.doubtful]
    held += [one.confidence for one in item.details if one.doubtful]
    if held:
        return 0, min(held)
    if not item.picks and not item.silent:
        return 1, 0.0
    return 2, 0.0
