"""A reading in the order of its text: paragraphs, and between them what belongs to none."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from app.annexes.reading.model import Reading, Role

ROLES = MappingProxyType(
    {
        Role.TITLE: "題名",
        Role.PREAMBLE: "前文など",
        Role.CHAPTER: "章",
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
            if piece.paragraph not in seen:
                seen.add(piece.paragraph)
                held = reading.paragraphs[piece.paragraph]
                made.append(Entry(Role.TEXT, piece.document, held.text, piece.paragraph))
        elif piece.text:
            made.append(Entry(piece.role, piece.document, piece.text))
    return made
