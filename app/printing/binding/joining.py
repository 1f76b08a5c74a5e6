"""Finished PDFs one after the other in a single file, each under its own entry of the outline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pikepdf
from pikepdf import pdfa

from app.common import Progress
from app.printing.pages import OpenPdf
from app.printing.pdf import FLAVOUR, describe
from app.printing.tagging.merging import MergedTree
from app.printing.type.words import printable

_PRINTED = 4
"""The flag of an annotation that PDF/A asks of each: it is there on paper as well."""


@dataclass(frozen=True, slots=True)
class Part:
    """One finished file: how the outline calls it, its bytes, and the tag by which an index names it."""

    title: str
    pdf: bytes
    tag: str = ""


def joined(
    parts: Iterable[Part],
    title: str,
    author: str = "",
    on: date | None = None,
    progress: Progress | None = None,
) -> bytes:
    """All pages of all parts in their order, as they are: nothing of a part is drawn anew.

    Where a page of the first part shows the tag of another, a click there leads to it. Every part is PDF/A,
    as what this program prints is, and so is the whole; it is tagged where all of them are. Raises
    ``ValueError`` where there is no part, ``Cancelled``.
    """
    held = tuple(parts)
    if not held:
        raise ValueError("nothing to join")
    out, starts, elements = BytesIO(), list[int](), list[pikepdf.Object | None]()
    with pikepdf.new() as made:
        tree = MergedTree(made)
        for done, part in enumerate(held):
            (progress or Progress()).step(done, len(held), part.title)
            starts.append(len(made.pages))
            elements.append(_add(made, tree, part))
        with made.open_outline() as outline:
            entries = [
                pikepdf.OutlineItem(printable(part.title), at) for part, at in zip(held, starts, strict=True)
            ]
            entries[0].children.extend(_sheets(held[0]))
            outline.root.extend(entries)
        tagged = [(part, at) for part, at in zip(held, starts, strict=True) if part.tag]
        for page, links in _link(made, held[0], tagged):
            if elements[0] is not None:
                tree.link(elements[0], page, links)
        tree.finish()
        made.Root.Lang = pikepdf.String("ja-JP")
        made.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdfa.prepare(made, FLAVOUR)
        describe(made, printable(title), printable(author), on)
        made.save(out, **pdfa.resolve_save_kwargs(FLAVOUR, deterministic_id=True))
    return out.getvalue()


def _add(made: pikepdf.Pdf, tree: MergedTree, part: Part) -> pikepdf.Object | None:
    """Take over the pages of a part, with its element.

    It is let go here and not closed: what it has in streams is read from its bytes when the whole is saved,
    and only what it holds besides, which is several times as much, goes at once.
    """
    source, start = pikepdf.open(BytesIO(part.pdf)), len(made.pages)
    made.pages.extend(source.pages)
    return tree.add(source, made.pages[start:])


def pages_of(pdf: bytes) -> int:
    """How many pages a finished file has."""
    with OpenPdf(pdf) as opened:
        return opened.page_count


def _sheets(index: Part) -> Iterator[pikepdf.OutlineItem]:
    """The entries of the first part itself, where it has several: they stand below its own."""
    with OpenPdf(index.pdf) as opened:
        found = opened.outline()
    if len(found) > 1:
        yield from (pikepdf.OutlineItem(one.title, one.page) for one in found)


def _link(
    made: pikepdf.Pdf, index: Part, tagged: Sequence[tuple[Part, int]]
) -> Iterator[tuple[pikepdf.Page, list[pikepdf.Object]]]:
    """Put links on the pages of the index, whose tags stand for parts; each page that has any."""
    if not tagged:
        return
    starts = {part.tag: (part.title, at) for part, at in tagged}
    with OpenPdf(index.pdf) as opened:
        for number in range(opened.page_count):
            links: list[pikepdf.Object] = [
                made.make_indirect(_leading(made, box, *starts[tag]))
                for tag, box in _seen(opened, number, starts)
            ]
            if links:
                made.pages[number].obj.Annots = pikepdf.Array(links)
                yield made.pages[number], links


def _seen(
    opened: OpenPdf, number: int, tags: Iterable[str]
) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    text = opened.text(number)
    for tag in tags:
        if tag in text:
            yield from ((tag, box) for box in opened.places(number, tag))


def _leading(
    made: pikepdf.Pdf, box: tuple[float, float, float, float], title: str, page: int
) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[round(side, 2) for side in box],
        Border=[0, 0, 0],
        F=_PRINTED,
        Contents=pikepdf.String(f"「{printable(title)}」へ"),
        Dest=[made.pages[page].obj, pikepdf.Name.Fit],
    )
