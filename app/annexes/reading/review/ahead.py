"""What is asked of a review when it is first shown, worked out where nobody waits for it."""

from __future__ import annotations

from app.annexes.reading.review.model import Review
from app.annexes.reading.review.owed import owed


def worked_out(review: Review) -> Review:
    """The same review, which has each answer by now: for the worker, since of hundreds of paragraphs that
    takes longer than the window may stand still. A decision makes one paragraph of them anew."""
    owed(review)
    # Each of these is kept with what it is an answer about.
    for kept in (review.open, review.taken, review.parts, *(item.doubtful for item in review)):
        del kept
    return review
