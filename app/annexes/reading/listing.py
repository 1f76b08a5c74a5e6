"""A reading in the order of its text: paragraphs, and between them what belongs to none."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from app.annexes.reading.model import Paragraph, Reading, Role
from app.annexes.reading.text import bare

ROLES = MappingProxyType(
    {
        Role.TITLE: "題名",
        Role.PREAMBLE: "前文など",
        Role.CHAPTER: "章",
        Role.HEADING: "見出し",
        Role.NOTE: "注記",
        Role.FURNITURE: "ページ番号など",
        Role.FORM: "様式",
        Role.AFTER: "末尾",
    }
)
"""What people call the parts of a text that are no clause."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph of the reading (``paragraph`` its place there), or a part of the text that is none (-1)."""

    role: Role
    document: int
    text: str
    paragraph: int = -1


def entries(reading: Reading) -> list[Entry]:
    """Everything in the text that says something, once, in its order."""
    made: list[Entry] = []
    seen: set[int] = set()
    for piece in reading.pieces:
        if piece.paragraph >= 0 and piece.role.is_of_clause:
            if piece.role is Role.HEADING and not _is_told(piece.text, reading.paragraphs[piece.paragraph]):
                # The number above it has come already, as that of the paragraph.
                at = len(made) - (bool(made) and made[-1].paragraph == piece.paragraph)
                made.insert(at, Entry(Role.HEADING, piece.document, piece.text))
            if piece.paragraph not in seen:
                seen.add(piece.paragraph)
                held = reading.paragraphs[piece.paragraph]
                made.append(Entry(Role.TEXT, piece.document, held.text, piece.paragraph))
        elif piece.text:
            made.append(Entry(piece.role, piece.document, piece.text))
    return made


def _is_told(heading: str, paragraph: Paragraph) -> bool:
    """Whether it is the heading of ``paragraph``, and not one above that, which nothing else would show."""
    own = bare(paragraph.heading)
    return bool(own) and own in bare(heading)
