"""Text that is parted over the runs of one paragraph, replaced where it stands; no run is ever joined.

The first run that a name touches takes the value, so that its font, the East Asian one too, stays what it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.exchange.filling.package import Node
from app.exchange.filling.values import NAME

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Piece:
    """One text element of a paragraph, or a mark between two (``node`` None) that no name goes over."""

    node: Node | None
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A name as it stands in a paragraph: from ``start`` to ``end`` in the paragraph's text."""

    name: str
    start: int
    end: int


Break = Callable[[Node, str], Node]
"""Puts a new line behind a text element, with the text of that line in an element of its own (returned)."""


def text_of(pieces: list[Piece]) -> str:
    """The paragraph's text."""
    return "".join(piece.text for piece in pieces)


def spans(text: str) -> list[Span]:
    """Every name in a paragraph, in their order."""
    return [Span(found[1], found.start(), found.end()) for found in NAME.finditer(text)]


def put(pieces: list[Piece], start: int, end: int, value: str, new_line: Break) -> None:
    """Write ``value`` over the characters from ``start`` to ``end``; they lie within text elements.

    Must be called from the last span of a paragraph to the first: places before it stay where they are.
    """
    at = 0
    first: Node | None = None
    head = tail = ""
    for piece in pieces:
        begin, at = at, at + len(piece.text)
        if piece.node is None or at <= start or begin >= end:
            continue
        held = piece.node.text or ""
        cut_from, cut_to = max(start - begin, 0), min(end - begin, len(piece.text))
        if first is None:
            first, head, tail = piece.node, held[:cut_from], held[cut_to:]
        else:
            set_text(piece.node, held[cut_to:])
    if first is None:
        raise ValueError("no text lies there")
    lines = value.split("\n")
    if len(lines) == 1:
        set_text(first, head + lines[0] + tail)
        return
    set_text(first, head + lines[0])
    node = first
    for line in lines[1:-1]:
        node = new_line(node, line)
    new_line(node, lines[-1] + tail)


def set_text(node: Node, text: str) -> None:
    """Give a text element its text, blanks at its ends kept."""
    node.text = text
    if text != text.strip() or "  " in text:
        node.set(_SPACE, "preserve")


def swap(pieces: list[Piece], at: int, sign: str) -> None:
    """Put one character in the place of another."""
    begin = 0
    for piece in pieces:
        end = begin + len(piece.text)
        if begin <= at < end and piece.node is not None:
            held = piece.node.text or ""
            piece.node.text = held[: at - begin] + sign + held[at - begin + 1 :]
            return
        begin = end
    raise ValueError("no text lies there")
