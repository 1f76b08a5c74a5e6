"""What was read of a text: its documents, their paragraphs, and to what each character belongs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Role(Enum):
    """To what a piece of the text belongs."""

    TITLE = "title"
    PREAMBLE = "preamble"
    CHAPTER = "chapter"
    HEADING = "heading"
    NUMBER = "number"
    OPTION = "option"
    TEXT = "text"
    NOTE = "note"
    FURNITURE = "furniture"
    FORM = "form"
    AFTER = "after"

    @property
    def is_of_clause(self) -> bool:
        """Whether it is part of a numbered paragraph."""
        return self in (Role.HEADING, Role.NUMBER, Role.OPTION, Role.TEXT)


class DocumentKind(Enum):
    """What one of several documents in a file is."""

    CONTRACT = "contract"
    ANNEX = "annex"
    SPECIFICATION = "specification"
    FORM = "form"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start`` to ``end`` of the raw text. ``paragraph``: which of the reading's, or -1.

    ``text`` is what is shown of it, without what nobody sees: on one line, of a form a line a paragraph.
    """

    role: Role
    start: int
    end: int
    text: str
    document: int
    paragraph: int = -1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph, or an item with its own number.

    ``number``: as the annex prints it, led by the document's part where several have clauses. ``heading``:
    its own, else that of what it stands in. ``lead``: the paragraph whose item it is, or -1: an item is read
    with its lead, since a ban there is a ban in every item. ``options``: words in brackets that say for which
    contracts it stands. ``start``: its first character in the raw text.
    """

    number: str
    heading: str
    text: str
    document: int
    lead: int
    start: int
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parties:
    """The words by which a document calls its sides, the commonest first; empty where it names none."""

    client: tuple[str, ...] = ()
    vendor: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One of the documents in a text. ``part``: what leads its numbers, empty where no other has clauses.

    ``text``: of a form, its whole wording; it may be what the contract prescribes. Else empty.
    """

    kind: DocumentKind
    title: str
    part: str
    parties: Parties = field(default_factory=Parties)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read. The pieces, each cut from ``raw``, follow one another and leave nothing out."""

    raw: str
    documents: tuple[Document, ...]
    paragraphs: tuple[Paragraph, ...]
    pieces: tuple[Piece, ...]

    @property
    def forms(self) -> tuple[Document, ...]:
        """Forms and oaths with the wording that the other side prescribes."""
        return tuple(one for one in self.documents if one.kind is DocumentKind.FORM)
