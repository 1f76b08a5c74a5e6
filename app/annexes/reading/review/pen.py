"""A review written again and again: what of it is as it was the last time is not made anew.

Of hundreds of paragraphs a decision makes one other; the window stands still while a review is saved.
"""

from __future__ import annotations

from collections.abc import Callable

from app.annexes.files.by_clause import read_by_clause
from app.annexes.files.text import entry_text, text_of_table
from app.annexes.reading.review.drafting import clause_of, head
from app.annexes.reading.review.kept import item_text, joined, text_around
from app.annexes.reading.review.model import Item, Review
from app.common import PeopleError

_Texts = dict[int, tuple[Item, str, str]]
"""By the identity of a paragraph: itself, so that nothing else comes to have that; its number; its text."""


class Pen:
    """What it writes is what ``kept.written`` and the text of ``drafting.draft`` are."""

    def __init__(self) -> None:
        self._items: _Texts = {}
        self._clauses: _Texts = {}
        self._around: tuple[Review, tuple[str, str]] | None = None

    def reading(self, review: Review) -> str:
        """The review as a ledger keeps it."""
        texts, self._items = _made(review.items, [""] * len(review.items), _item_text, self._items)
        return joined(self._text_around(review), texts)

    def annex(self, review: Review, key: str, title: str, version: int = 1, source: str = "") -> str:
        """The text of the annex that the review makes. Raises as ``drafting.head``."""
        above = text_of_table(head(review, key, title, version, source))
        numbers = review.numbers()
        taken = [at for at, item in enumerate(review.items) if item.taken]
        items = tuple(review.items[at] for at in taken)
        texts, self._clauses = _made(items, [numbers[at] for at in taken], _clause_text, self._clauses)
        return "\n\n".join([above.rstrip(), *texts]).rstrip()

    def _text_around(self, review: Review) -> tuple[str, str]:
        if self._around is not None:
            former, text = self._around
            if all(
                one is other
                for one, other in (
                    (former.raw, review.raw),
                    (former.documents, review.documents),
                    (former.rest, review.rest),
                )
            ):
                return text
        made = text_around(review)
        self._around = review, made
        return made


def warmed(review: Review) -> Pen:
    """A pen that has written a review once, and every clause of its annex read once: for the worker."""
    made = Pen()
    made.reading(review)
    try:
        read_by_clause(made.annex(review, "annex", "title"))
    except PeopleError:
        # What keeps it from being an annex is told when it is saved.
        return made
    return made


def _made(
    items: tuple[Item, ...], numbers: list[str], write: Callable[[Item, str], str], former: _Texts
) -> tuple[list[str], _Texts]:
    """The text of each paragraph, and what is kept of them."""
    texts, kept = [], {}
    for item, number in zip(items, numbers, strict=True):
        held = former.get(id(item))
        if held is None or held[0] is not item or held[1] != number:
            held = item, number, write(item, number)
        kept[id(item)] = held
        texts.append(held[2])
    return texts, kept


def _item_text(item: Item, _number: str) -> str:
    return item_text(item)


def _clause_text(item: Item, number: str) -> str:
    return entry_text("clause", clause_of(item, number))
