"""A handout: about which records it is, what has to be chosen, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.printing import blocks as b
from app.records import Field, Record
from app.work.acts.plan import Answers, Ground


@dataclass(frozen=True, slots=True)
class Handout:
    """One kind of paper for one's own use.

    ``name``: on the command line. ``title``: what the officer calls it. ``words``: what else it is looked
    for by. ``about``: the record type that it is made for; ``many``: whether for several at once.
    ``fields``: what is chosen for records. ``given``: what is chosen to begin with. ``make``: the file;
    it raises ``PeopleError`` for what cannot be printed. ``offered``: whether it can be made for a record as
    it stands. ``needed_next``: whether it is what one goes on with once an act has written such a record.
    """

    name: str
    title: str
    words: tuple[str, ...]
    hint: str
    about: type[Record]
    many: bool
    fields: Callable[[Ground, tuple[Record, ...]], tuple[Field, ...]]
    given: Callable[[Ground, tuple[Record, ...]], Answers]
    make: Callable[[Ground, tuple[Record, ...], Answers], bytes]
    offered: Callable[[Ground, Record], bool] = lambda _ground, _record: True
    needed_next: bool = False


def printed(title: str, sheets: tuple[b.Sheet, ...], author: str = "") -> bytes:
    """The sheets as a file, proof-read. Raises ``MissingGlyph`` and ``PeopleError``."""
    from app.printing.proof.reading import proof_read
    from app.printing.render import render

    # An empty number: neither a numbered document nor a draft.
    document = b.Document(title, sheets, number="", author=author)
    pdf = render(document)
    proof_read(pdf, document)
    return pdf
