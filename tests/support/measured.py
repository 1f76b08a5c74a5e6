"""A finished file measured: in which size every character stands, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium

from app.printing.pages import OpenPdf
from app.printing.type.words import spoken


class Measured(NamedTuple):
    """One page: its text without white space, and the size of each of its characters."""

    text: str
    sizes: tuple[float, ...]

    def of(self, text: str) -> set[float]:
        """The sizes in which ``text`` stands, every time it stands there."""
        wanted = spoken(text)
        found: set[float] = set()
        at = self.text.find(wanted)
        while at >= 0:
            found |= {round(size, 2) for size in self.sizes[at : at + len(wanted)]}
            at = self.text.find(wanted, at + 1)
        return found


def measured(pdf: bytes) -> list[Measured]:
    """Every page of a file. A character beyond the basic plane counts as its two halves."""
    with OpenPdf(pdf) as opened:
        return [_page(opened, page) for page in range(opened.page_count)]


def _page(opened: OpenPdf, page: int) -> Measured:
    with opened.reading(page) as (_, text_page):
        held = list(_characters(text_page))
    units = "".join(chr(code) for code, _ in held)
    text = units.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    sizes = [size for (code, size) in held if not 0xDC00 <= code <= 0xDFFF]
    return Measured(text, tuple(sizes))


def _characters(text_page: object) -> Iterator[tuple[int, float]]:
    for index in range(text_page.count_chars()):  # type: ignore[attr-defined]  # the reader has no types
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if pdfium.FPDFText_IsGenerated(text_page, index) != 1 and code and not chr(code).isspace():
            yield code, pdfium.FPDFText_GetFontSize(text_page, index)


def sizes_of(pdf: bytes, text: str) -> set[float]:
    """The sizes in which ``text`` stands in a file."""
    return {size for page in measured(pdf) for size in page.of(text)}
