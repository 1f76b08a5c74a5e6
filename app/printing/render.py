"""From a document to the bytes of its PDF/A-2b file."""

from __future__ import annotations

from collections.abc import Iterator

from app.common import Progress
from app.printing import blocks as b
from app.printing.flow import Placed, paginate
from app.printing.furniture import draw_furniture
from app.printing.paper import paper
from app.printing.pdf import Book
from app.printing.pen import Pen
from app.printing.setting import Setter
from app.printing.type.fonts import MissingGlyph, fonts, missing_characters
from app.printing.type.words import all_texts, printable

__all__ = ["MissingGlyph", "missing_characters", "render"]


def render(document: b.Document, progress: Progress | None = None) -> bytes:
    """Print ``document`` into a PDF/A-2b file: fonts embedded, one outline entry per sheet.

    The same document always gives the same bytes. Raises :class:`MissingGlyph` naming every
    character that no font has, before anything is drawn; ``PeopleError`` when a row is higher than
    a page or a picture cannot be read; ``Cancelled``.
    """
    if not document.sheets:
        raise ValueError("a document has at least one sheet")
    progress = progress or Progress()
    _require_glyphs(document)
    book = Book()
    for number, sheet in enumerate(document.sheets):
        for _ in _draw_pages(book, document, sheet):
            progress.step(number, len(document.sheets), sheet.title)
    progress.step(len(document.sheets), len(document.sheets), document.title)
    return book.close(printable(document.title), printable(document.author))


def _draw_pages(book: Book, document: b.Document, sheet: b.Sheet) -> Iterator[int]:
    """Draw the pages of a sheet one by one, so that a long register can be cancelled."""
    size = paper(sheet.landscape)
    pieces = Setter(book, size.text_width).pieces(sheet.blocks)
    pages = paginate(pieces, size.top, size.height - size.bottom)
    book.start_sheet(printable(sheet.title))
    for number, placed in enumerate(pages, 1):
        book.start_page(size.width, size.height)
        pen = Pen(book, size.height)
        draw_furniture(pen, size, document, number, len(pages))
        _draw_page(pen, placed, size.left)
        book.end_page()
        yield number


def _draw_page(pen: Pen, placed: Placed, left: float) -> None:
    for draw, top in placed:
        draw(pen, left, top)


def _require_glyphs(document: b.Document) -> None:
    """All missing characters at once: a person corrects the records in one go."""
    chain = fonts().body
    texts = dict.fromkeys(text for sheet in document.sheets for text in all_texts(sheet.blocks))
    found = [(cluster, text) for text in texts for cluster in chain.missing(text)]
    if found:
        raise MissingGlyph(found)
