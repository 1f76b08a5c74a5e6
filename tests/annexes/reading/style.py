"""A text and how it is to be taken apart."""

from __future__ import annotations

from dataclasses import dataclass

Tree = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Style:
    """A text and its tree: number, heading, text without spaces."""

    text: str
    tree: Tree
