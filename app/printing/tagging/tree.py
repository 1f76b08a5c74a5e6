"""The structure of a document as a screen reader is told it (ISO 32000-1, 14.7 and 14.8).

An element comes into the tree when something of it is drawn, so that layouts that were tried and thrown away
leave nothing, and the order of the tree is the order in which the blocks are drawn.
"""

from __future__ import annotations

from typing import TypeAlias

Mark: TypeAlias = tuple[int, int]
"""A piece of a page that belongs to an element: the page, from 1, and the number of the mark on it."""


class Element:
    """A part of the document. ``kind``: its standard structure type (``P``, ``TD``).

    ``attributes``: the entries of its attribute dictionary of tables, as PDF writes them; ``alt``: what is
    read in place of a picture. An element that is marked holds marks alone, any other only elements; there
    are ten of them in a row of a register, of which none has a list that it does not need.
    """

    __slots__ = ("alt", "attributes", "kids", "kind", "marks", "parent", "stands")

    def __init__(self, kind: str, parent: Element | None = None, attributes: str = "", alt: str = "") -> None:
        self.kind = kind
        self.parent = parent
        self.attributes = attributes
        self.alt = alt
        self.kids: list[Element] | None = None
        self.marks: list[Mark] | None = None
        self.stands = parent is None

    def stand(self) -> None:
        """Take its place in the tree, after what stands there; again is harmless."""
        if not self.stands and self.parent is not None:
            self.stands = True
            self.parent.stand()
            self.parent.hold(self)

    def end_with(self, kid: Element) -> None:
        """Let ``kid``, which was marked before it had a place, stand here after all the rest."""
        self.stand()
        kid.parent = self
        self.hold(kid)

    def hold(self, kid: Element) -> None:
        """Let ``kid`` stand after what stands here."""
        if self.kids is None:
            self.kids = [kid]
        else:
            self.kids.append(kid)


class Tree:
    """The elements of one file. ``pages``: for each page, the element of each of its marks."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self.pages: list[list[Element]] = []

    def start_page(self) -> None:
        """What is marked from here on stands on the next page."""
        self.pages.append([])

    def mark(self, element: Element) -> int:
        """The number of a new mark of ``element`` on the open page."""
        element.stand()
        marked = self.pages[-1]
        number = len(marked)
        marked.append(element)
        if element.marks is None:
            element.marks = [(len(self.pages), number)]
        else:
            element.marks.append((len(self.pages), number))
        return number
