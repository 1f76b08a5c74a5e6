"""Finished PDFs one after the other in a single file, each under its own entry of the outline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pikepdf
from pikepdf import pdfa

from app.common import Progress
from app.printing.binding.outline import Entry, outline
from app.printing.binding.structure import Structure
from app.printing.binding.taking import Taking
from app.printing.pages import OpenPdf
from app.printing.pdf import FLAVOUR, describe
from app.printing.tagging.objects import Objects
from app.printing.tagging.writing import hexadecimal
from app.printing.type.words import printable

_PRINTED = 4
"""The flag of an annotation that PDF/A asks of each: it is there on paper as well."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Part:
    """One finished file: how the outline calls it, its bytes, and the tag by which an index names it."""

    title: str
    pdf: bytes
    tag: str = ""


@dataclass(frozen=True, slots=True)
class _Added:
    """A part that was taken over, and the numbers of its pages in the new file."""

    title: str
    tag: str
    pages: tuple[int, ...]


class Joining:
    """A file in the making, to which part after part is added; no more than the file itself is held of them.

    Nothing of a part is drawn anew. Every part is PDF/A, as what this program prints is, and so is the whole;
    it is tagged where all of them are.
    """

    def __init__(self) -> None:
        self._out = Objects()
        self._catalogue, self._pages = self._out.take(), self._out.take()
        self._structure = Structure(self._out)
        self._added: list[_Added] = []

    def add(self, part: Part) -> int:
        """Take over the pages of a part; how many there are."""
        with pikepdf.open(BytesIO(part.pdf)) as source:
            taking = Taking(self._out, source)
            pages = taking.pages(self._pages, self._structure)
            if taking.tagged:
                self._structure.kids.append(self._out.take())
            taking.tree(self._structure, self._structure.kids[-1] if taking.tagged else 0)
        self._added.append(_Added(part.title, part.tag, tuple(pages)))
        return len(pages)

    def finished(self, first: Part, title: str, author: str = "", on: date | None = None) -> bytes:
        """The whole file, with ``first`` before all that was added, though it may be known only after it.

        Where a page of it shows the tag of another, a click there leads to it.
        """
        own = self._add_first(first)
        sheets = [Entry(text, own.pages[page]) for text, page in _sheets(first)]
        entries = [Entry(printable(own.title), own.pages[0], tuple(sheets))]
        entries += [Entry(printable(one.title), one.pages[0]) for one in self._added]
        listed = [page for one in (own, *self._added) for page in one.pages]
        kids = b" ".join(b"%d 0 R" % page for page in listed)
        self._out.say(self._pages, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(listed), kids))
        told = b"/Pages %d 0 R/Outlines %d 0 R" % (self._pages, outline(self._out, entries))
        described = _described(self._out, printable(title), printable(author), on)
        catalogue, info = described.catalogue, described.info
        self._out.put(self._catalogue, catalogue + told + self._structure.finish() + b">>")
        code = self._out.code().encode("ascii")
        return self._out.finished(
            b"/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]" % (self._catalogue, info, code, code)
        )

    def _add_first(self, part: Part) -> _Added:
        """Take over the part that leads to the others."""
        seen = list(self._seen(part)) if self._added else []
        links = [[self._out.take() for _ in found] for found in seen]
        with pikepdf.open(BytesIO(part.pdf)) as source:
            taking = Taking(self._out, source)
            pages = taking.pages(self._pages, self._structure, links)
            element = self._out.take()
            linked = [at for at, found in enumerate(links) if found and taking.tagged]
            paragraphs = [self._out.take() for _ in linked]
            taking.tree(self._structure, element, paragraphs)
            if taking.tagged:
                self._structure.kids.insert(0, element)
        numbers = dict[int, list[int]]()
        for at, paragraph in zip(linked, paragraphs, strict=True):
            numbers[at] = self._structure.link(element, paragraph, pages[at], links[at])
        for at, found in enumerate(seen):
            for place, (link, (box, led)) in enumerate(zip(links[at], found, strict=True)):
                number = numbers[at][place] if at in numbers else None
                self._out.say(link, _leading(box, led, number))
        return _Added(part.title, part.tag, tuple(pages))

    def _seen(self, index: Part) -> Iterator[list[tuple[Box, _Added]]]:
        """For each page of the index, where it shows the tags of parts."""
        tagged = {one.tag: one for one in self._added if one.tag}
        with OpenPdf(index.pdf) as opened:
            for number in range(opened.page_count if tagged else 0):
                text = opened.text(number)
                found = [one for tag, one in tagged.items() if tag in text]
                yield [(box, one) for one in found for box in opened.places(number, one.tag)]


def joined(
    parts: Iterable[Part],
    title: str,
    author: str = "",
    on: date | None = None,
    progress: Progress | None = None,
) -> bytes:
    """All pages of all parts in their order, as they are, as ``Joining`` puts them together.

    Where a page of the first part shows the tag of another, a click there leads to it. Raises ``ValueError``
    where there is no part, ``Cancelled``.
    """
    held = tuple(parts)
    if not held:
        raise ValueError("nothing to join")
    made = Joining()
    for done, part in enumerate(held):
        (progress or Progress()).step(done, len(held), part.title)
        if done:
            made.add(part)
    return made.finished(held[0], title, author, on)


def pages_of(pdf: bytes) -> int:
    """How many pages a finished file has."""
    with OpenPdf(pdf) as opened:
        return opened.page_count


def _sheets(index: Part) -> Sequence[tuple[str, int]]:
    """The entries of the first part itself, where it has several: they stand below its own."""
    with OpenPdf(index.pdf) as opened:
        found = opened.outline()
    return [(one.title, one.page) for one in found] if len(found) > 1 else []


@dataclass(frozen=True, slots=True)
class _Described:
    """What the catalogue begins with, and the number of the object that tells of the file."""

    catalogue: bytes
    info: int


def _described(out: Objects, title: str, author: str, on: date | None) -> _Described:
    """All that PDF/A asks of a file as a whole: its colours, its metadata, its language."""
    saved = BytesIO()
    with pikepdf.new() as bare:
        bare.Root.Lang = pikepdf.String("ja-JP")
        bare.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdfa.prepare(bare, FLAVOUR)
        describe(bare, title, author, on)
        bare.save(saved, **pdfa.resolve_save_kwargs(FLAVOUR, deterministic_id=True))
    with pikepdf.open(saved) as bare:
        taking, info = Taking(out, bare), out.take()
        out.say(info, taking.said(bare.trailer.Info))
        return _Described(taking.said(bare.Root, ("/Pages",))[:-2], info)


def _leading(box: Box, led: _Added, number: int | None) -> bytes:
    """A link to the first page of a part. ``number``: of its place in the tree."""
    sides = " ".join(f"{side:.2f}" for side in box)
    said = hexadecimal(f"「{printable(led.title)}」へ")
    told = "" if number is None else f"/StructParent {number}"
    return (
        f"<</Type/Annot/Subtype/Link/Rect[{sides}]/Border[0 0 0]/F {_PRINTED}/Contents<{said}>"
        f"/Dest[{led.pages[0]} 0 R/Fit]{told}>>"
    ).encode("ascii")
