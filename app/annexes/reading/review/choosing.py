"""Which of several documents in one text become the annex: a contract, its specification, two annexes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from app.annexes.kinds import KINDS
from app.annexes.reading.model import DocumentKind
from app.annexes.reading.review.deciding import reopen
from app.annexes.reading.review.model import Review, State


@dataclass(frozen=True, slots=True)
class Spoken:
    """A document that has paragraphs. ``at``: its place in the review; ``count``: its paragraphs;
    ``found``: those of them in which a duty was found; ``unfound``: those in which nobody says what is asked.
    The others are read as ones that lay no duty down.
    """

    at: int
    kind: DocumentKind
    title: str
    count: int
    found: int
    unfound: int

    @property
    def quiet(self) -> int:
        """Those that are read as ones that lay no duty down."""
        return self.count - self.found - self.unfound


def spoken(review: Review) -> tuple[Spoken, ...]:
    """The documents that have paragraphs, in the order of the text."""
    made = []
    for at, document in enumerate(review.documents):
        held = [item for item in review.items if item.document == at]
        if held:
            found = sum(any(not KINDS[one.kind].shown_only for one in item.picks) for item in held)
            unfound = sum(item.state is State.NOTHING for item in held)
            made.append(Spoken(at, document.kind, document.title, len(held), found, unfound))
    return tuple(made)


def meant(review: Review) -> frozenset[int]:
    """The documents that are taken where nobody says otherwise: the annex, if there is only one.

    Of several annexes none: which of them binds the contract only a person knows. Without any annex all.
    """
    held = spoken(review)
    annexes = [one.at for one in held if one.kind is DocumentKind.ANNEX]
    if not annexes:
        return frozenset(one.at for one in held)
    return frozenset(annexes if len(annexes) == 1 else ())


def only_documents(review: Review, chosen: Collection[int]) -> Review:
    """Every paragraph of the other documents set aside: it stays, struck out, and can be taken back."""
    for one in spoken(review):
        if one.at not in chosen:
            review = document_aside(review, one.at)
    return review


def document_aside(review: Review, document: int) -> Review:
    """No paragraph of that document becomes a clause."""
    items = (replace(one, state=State.SET_ASIDE) if one.document == document else one for one in review)
    return replace(review, items=tuple(items))


def document_back(review: Review, document: int) -> Review:
    """The paragraphs of that document that were set aside are undecided again."""
    for at, item in enumerate(review.items):
        if item.document == document and item.state is State.SET_ASIDE:
            review = reopen(review, at)
    return review


def is_aside(review: Review, document: int) -> bool:
    """Whether no paragraph of that document becomes a clause."""
    return not any(item.document == document for item in review.taken)


def title_of(review: Review) -> str:
    """What the text calls itself: of what becomes clauses the annex, else the first document."""
    held = sorted(
        (review.documents[at] for at in dict.fromkeys(item.document for item in review.taken)),
        key=lambda one: one.kind is not DocumentKind.ANNEX,
    )
    return next((one.title for one in held if one.title), "特記事項")
