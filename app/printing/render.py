"""From a document to the bytes of its PDF/A-2b file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import TypeAlias

from app.common import PeopleError, Progress
from app.printing import blocks as b
from app.printing.flow import Draw, Placed, paginate
from app.printing.furniture import draw_furniture, together
from app.printing.paper import HALF, paper
from app.printing.pdf import Book
from app.printing.pen import Pen
from app.printing.setting import CLOSEST, PACKED, TIGHT, USUAL, Setter, Spacing
from app.printing.tagging.tree import Element
from app.printing.type.fonts import BOXES, MissingGlyph, fonts, missing_characters
from app.printing.type.words import all_texts, printable

__all__ = ["MissingGlyph", "missing_characters", "render"]

_MOST_SQUEEZED = 8
"""Sheets of more pages are not set a second time: a page more or less is nothing there."""
_LIKELY = 2
"""What takes more pages than these is never packed into one."""
_MANY = 60
"""Rows of tables that no page holds, however low they are."""
_LITTLE = 0.5
"""A last page that ends above this part of its height holds little."""
_CODE = "紙の書類を台帳の控えと照合するための二次元コード"

_Laid: TypeAlias = tuple[Element, list[Placed]]
"""What a sheet is in the structure of the file, and its pages."""


def render(document: b.Document, progress: Progress | None = None) -> bytes:
    """Print ``document`` into a PDF/A-2b file: fonts embedded, one outline entry per sheet.

    The same document always gives the same bytes. Raises :class:`MissingGlyph` naming every
    character that no font has, before anything is drawn; ``PeopleError`` when a row is higher than
    a page or a picture cannot be read; ``Cancelled``.
    """
    if not document.sheets:
        raise ValueError("a document has at least one sheet")
    progress = progress or Progress()
    texts = dict.fromkeys(text for sheet in document.sheets for text in all_texts(sheet.printed))
    _require_glyphs(texts)
    book = Book()
    if any(box in text for text in texts for box in BOXES):
        book.keep_boxes_readable()
    done = 0
    for group in together(document.sheets):
        for _ in _draw_group(book, document, group):
            progress.step(done, len(document.sheets), group[0].title)
        done += len(group)
    progress.step(len(document.sheets), len(document.sheets), document.title)
    return book.close(printable(document.title), printable(document.author), document.on)


def _draw_group(book: Book, document: b.Document, group: list[b.Sheet]) -> Iterator[int]:
    """Draw what is numbered together page by page, so that a long register can be cancelled."""
    laid = [_laid_out(book, sheet) for sheet in group]
    number, total = 0, sum(len(pages) for _, pages in laid)
    for sheet, (part, pages) in zip(group, laid, strict=True):
        book.start_sheet(printable(sheet.title))
        code = Element("Figure", alt=_CODE)
        for placed in pages:
            number += 1
            _draw_page(book, document, sheet, (number, total), placed, code)
            yield number
        if code.marks:  # on every page, but told once, and not before what the sheet is about
            part.end_with(code)


def _laid_out(book: Book, sheet: b.Sheet) -> _Laid:
    """The pages of a sheet. What a few lines closer together spare is no page with little on it."""
    if sheet.second is not None:
        return _halved(book, sheet)
    size = paper(sheet.landscape)
    top, bottom = size.top, size.height - size.bottom

    @cache
    def laid(spacing: Spacing) -> _Laid:
        part = Element("Sect", book.tree.root)
        pieces = Setter(book, size.text_width, part, spacing).pieces(sheet.blocks)
        return part, paginate(pieces, top, bottom)

    # First, for most papers of one page need nothing else; of a register it would be known to be in vain.
    if not (sheet.close and _long(sheet)) and len(laid(USUAL)[1]) == 1:
        return laid(USUAL)
    if sheet.close and len((tight := laid(TIGHT))[1]) > 1:
        packed = laid(PACKED) if sheet.single and len(tight[1]) <= _LIKELY else tight
        return packed if len(packed[1]) == 1 else tight
    usual = laid(USUAL)
    pages = usual[1]
    little = max(at for _, at in pages[-1]) < top + _LITTLE * (bottom - top)
    if not little or not 1 < len(pages) <= _MOST_SQUEEZED:
        return usual
    tight = laid(TIGHT)
    return tight if len(tight[1]) < len(pages) else usual


def _long(sheet: b.Sheet) -> bool:
    """Whether a sheet has more rows than a page can hold."""
    return sum(len(block.rows) for block in sheet.blocks if isinstance(block, b.Table)) > _MANY


def _halved(book: Book, sheet: b.Sheet) -> _Laid:
    """One page with two copies side by side, both set as close as the fuller one needs.

    Raises ``PeopleError`` where one takes more than its half: a copy that goes on overleaf cannot be cut off.
    """
    top, bottom = HALF.top, HALF.height - HALF.bottom
    for spacing in (USUAL, TIGHT, PACKED, CLOSEST):
        parts = [Element("Sect", book.tree.root) for _ in sheet.halves]
        laid = [
            paginate(Setter(book, HALF.text_width, part, spacing).pieces(half.blocks), top, bottom)
            for half, part in zip(sheet.halves, parts, strict=True)
        ]
        if all(len(pages) == 1 for pages in laid):
            placed: Placed = [
                (partial(_shifted, draw, at * HALF.width), height)
                for at, ((page,), _half) in enumerate(zip(laid, sheet.halves, strict=True))
                for draw, height in page
            ]
            return parts[0], [placed]
    raise PeopleError(
        f"「{sheet.title}」は1部がA4判の半分に収まらないため、1枚に2部を印刷できません。"
        "書類の設定の「2部の用紙」を空欄にしてください。"
    )


def _shifted(draw: Draw, shift: float, pen: Pen, x: float, top: float) -> None:
    draw(pen, x + shift, top)


def _draw_page(
    book: Book,
    document: b.Document,
    sheet: b.Sheet,
    number: tuple[int, int],
    placed: Placed,
    code: Element,
) -> None:
    size = paper(sheet.landscape, halved=sheet.second is not None)
    book.start_page(size.width, size.height)
    pen = Pen(book, size.height)
    draw_furniture(pen, document, sheet, number, book.page, code)
    for draw, top in placed:
        pen.reads(None)
        draw(pen, size.left, top)
    pen.finish()
    book.end_page()


def _require_glyphs(texts: Iterable[str]) -> None:
    """All missing characters at once: a person corrects the records in one go."""
    chain = fonts().body
    found = [(cluster, text) for text in texts for cluster in chain.missing(text)]
    if found:
        raise MissingGlyph(found)
