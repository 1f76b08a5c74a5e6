"""A finished file once more, word for word, with a framed remark at the head of each page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pikepdf

from app.printing.paper import MM
from app.printing.pdf import FLAVOUR, Book
from app.printing.pen import Pen
from app.printing.proof.archive import broken_rules
from app.printing.tagging.overlay import lead_with
from app.printing.type.fonts import fonts
from app.printing.type.lines import break_text

_SIZE, _PAD = 11.0, 3.0
_FROM_TOP, _FROM_LEFT = 7 * MM, 25.5 * MM
"""In the upper margin, where nothing of the page stands but, at its right, 正, 副 or 控."""


def marked_copy(pdf: bytes, remark: str, on: date) -> bytes:
    """``pdf`` with ``remark`` on every page; what stands below it stays as it is.

    Raises ``ValueError`` where the result is no PDF/A-2b.
    """
    with pikepdf.open(BytesIO(pdf)) as opened:
        sizes = [(float(page.mediabox[2]), float(page.mediabox[3])) for page in opened.pages]
        with pikepdf.open(BytesIO(_remarks(remark, sizes, on))) as marks:
            numbers = iter(lead_with(opened))
            for page, mark, size in zip(opened.pages, marks.pages, sizes, strict=True):
                number = next(numbers, None)
                if number is not None:
                    page.contents_add(b"/P<</MCID %d>>BDC" % number)
                page.add_overlay(mark, pikepdf.Rectangle(0, 0, *size))
                if number is not None:
                    page.contents_add(b"EMC")
            out = BytesIO()
            settings = pikepdf.pdfa.resolve_save_kwargs(FLAVOUR, deterministic_id=True)
            opened.save(out, **settings)
    made = out.getvalue()
    if rules := broken_rules(made):
        raise ValueError(f"the copy breaks {', '.join(rules)}")
    return made


def _remarks(remark: str, sizes: Sequence[tuple[float, float]], on: date) -> bytes:
    book = Book()
    chain = fonts().bold
    (line,) = break_text(chain, remark, float("inf"))
    wide, high = line.width * _SIZE / 1000 + 2 * _PAD, _SIZE + 2 * _PAD
    for width, height in sizes:
        book.start_page(width, height)
        pen = Pen(book, height, marks=False)
        pen.line(line, _FROM_LEFT + _PAD, _FROM_TOP + _PAD, _SIZE)
        pen.frame(_FROM_LEFT, _FROM_TOP, wide, high, 0.8)
        pen.finish()
        book.end_page()
    return book.close(remark, "", on)
