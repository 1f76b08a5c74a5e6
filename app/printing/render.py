"""From a document to the bytes of its PDF/A-2b file."""

from __future__ import annotations

from app.common import Progress
from app.printing import blocks as b
from app.printing.flow import Placed, paginate
from app.printing.furniture import draw_furniture, numbering
from app.printing.paper import Paper, paper
from app.printing.pdf import Book
from app.printing.pen import Pen
from app.printing.setting import TIGHT, USUAL, Setter, Spacing
from app.printing.type.fonts import MissingGlyph, fonts, missing_characters
from app.printing.type.words import all_texts, printable

__all__ = ["MissingGlyph", "missing_characters", "render"]

_MOST_SQUEEZED = 8
"""Sheets of more pages are not set a second time: a page more or less is nothing there."""
_LITTLE = 0.3
"""A last page that ends above this part of its height holds little."""


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
    laid = [_laid_out(book, sheet) for sheet in document.sheets]
    numbers = numbering(document, [len(pages) for pages in laid])
    for at, (sheet, pages) in enumerate(zip(document.sheets, laid, strict=True)):
        book.start_sheet(printable(sheet.title))
        for number, placed in enumerate(pages, numbers[at][0]):
            progress.step(at, len(document.sheets), sheet.title)
            _draw_page(book, document, paper(sheet.landscape), (number, numbers[at][1]), placed)
    progress.step(len(document.sheets), len(document.sheets), document.title)
    return book.close(printable(document.title), printable(document.author), document.on)


def _laid_out(book: Book, sheet: b.Sheet) -> list[Placed]:
    """The pages of a sheet. What a few lines closer together spare is no page with little on it."""
    size = paper(sheet.landscape)
    top, bottom = size.top, size.height - size.bottom

    def pages(spacing: Spacing) -> list[Placed]:
        return paginate(Setter(book, size.text_width, spacing).pieces(sheet.blocks), top, bottom)

    usual = pages(TIGHT if sheet.close else USUAL)
    if not 1 < len(usual) <= _MOST_SQUEEZED or max(at for _, at in usual[-1]) > top + _LITTLE * (
        bottom - top
    ):
        return usual
    tight = pages(TIGHT)
    return tight if len(tight) < len(usual) else usual


def _draw_page(
    book: Book, document: b.Document, size: Paper, number: tuple[int, int], placed: Placed
) -> None:
    book.start_page(size.width, size.height)
    pen = Pen(book, size.height)
    draw_furniture(pen, size, document, *number)
    for draw, top in placed:
        draw(pen, size.left, top)
    book.end_page()


def _require_glyphs(document: b.Document) -> None:
    """All missing characters at once: a person corrects the records in one go."""
    chain = fonts().body
    texts = dict.fromkeys(text for sheet in document.sheets for text in all_texts(sheet.blocks))
    found = [(cluster, text) for text in texts for cluster in chain.missing(text)]
    if found:
        raise MissingGlyph(found)
