"""A document with the files that are bound behind its own pages: pages named in the index, joined, linked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from app.common import PeopleError, Progress
from app.duties.case import PAGE, Bound
from app.exchange.documents.composing import Pictures, print_document
from app.printing.binding.joining import Joining, Part, pages_of
from app.printing.blocks import Block, Document, Photo, Sheet, Table, Text, Title

_MOST_PASSES = 3
"""The pages are known once the index is set; naming them may, rarely, make it longer."""
_TALLEST = 215
"""Millimetres of a picture that has a page of its own."""
_UNBOUND = "この添付は、次の理由により綴じていません。元のファイルは当社が台帳に保管しています。"


def bind(
    document: Document, held: Sequence[Bound], files: Pictures, progress: Progress | None = None
) -> bytes:
    """The document's own pages, proof-read, and all that is bound behind them, each in the outline.

    A document of the product is bound as it was issued; of any other file the pages are shown as pictures,
    so that nothing in it can run. What cannot be shown has a page in its place that says why. Raises as
    ``print_document`` does.
    """
    progress, total = progress or Progress(), len(held) + 2
    joining, counts = Joining(), dict[str, int]()
    for done, one in enumerate(held):
        progress.step(done, total, one.title)
        pdf = _pages(one, files(one.digest), progress.within(done, total))
        counts[one.tag] = joining.add(Part(one.title, pdf, one.tag))
    own = _own(document, counts, progress.within(len(held), total))
    progress.step(total - 1, total, document.title)
    return joining.finished(Part(document.title, own), document.title, document.author, document.on)


def _pages(one: Bound, data: bytes, progress: Progress) -> bytes:
    if one.issued:
        return data
    from app.printing.pictures import printed_pages

    called = f"添付「{one.file_name}」"
    try:
        pages = printed_pages(data, called)
    except PeopleError as error:
        told = (Title(one.title), Text(_UNBOUND, after=4), Text(error.sentence), *_file(one))
        return print_document(Document(one.title, (Sheet(told, one.title),), ""), progress)
    sheets = tuple(
        Sheet(
            (
                Text(f"{one.title}（{number}／{len(pages)}）", size=9, after=2),
                Photo(page, height_mm=_TALLEST, file=one.file_name),
            ),
            one.title,
            continues=number > 1,
        )
        for number, page in enumerate(pages, 1)
    )
    return print_document(Document(one.title, sheets, ""), progress)


def _file(one: Bound) -> tuple[Block, ...]:
    return Text(f"ファイル名　{one.file_name}", before=4), Text(f"SHA-256　{one.digest}", size=9)


def _own(document: Document, counts: Mapping[str, int], progress: Progress) -> bytes:
    """The document's own pages, with the page at which each part begins; ``counts``: pages by tag."""
    starts = dict(zip(counts, accumulate(counts.values(), initial=1), strict=False))
    length = 0
    for _ in range(_MOST_PASSES):
        made = print_document(_named(document, {tag: length + at for tag, at in starts.items()}), progress)
        if pages_of(made) == length:
            return made
        length = pages_of(made)
    raise RuntimeError("an index never came to rest")


def _named(document: Document, starts: Mapping[str, int]) -> Document:
    sheets = tuple(
        replace(sheet, blocks=tuple(_with_pages(block, starts) for block in sheet.blocks))
        for sheet in document.sheets
    )
    return replace(document, sheets=sheets)


def _with_pages(block: Block, starts: Mapping[str, int]) -> Block:
    if not isinstance(block, Table) or block.columns[-1].title != PAGE:
        return block
    rows = tuple((*row[:-1], str(starts.get(str(row[-1]), row[-1]))) for row in block.rows)
    return replace(block, rows=rows)
