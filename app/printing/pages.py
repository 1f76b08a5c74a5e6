"""Reading a finished file page by page: pictures for preview and paper, texts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, NamedTuple, Self

import pypdfium2


class Image(NamedTuple):
    """A page as a picture: ``data`` holds width × height × 3 bytes, red, green, blue, on white.

    One byte for each dot where it was asked for in grey.
    """

    width: int
    height: int
    data: bytes


_NEARLY = 0.85
"""Part of a page."""

_ONE_AT_A_TIME = threading.RLock()
"""PDFium keeps state of its own: two threads in it at once, even in different files, crash the process."""


class OpenPdf:
    """A PDF file in memory, opened for reading; use it in a ``with`` statement. Safe between threads."""

    def __init__(self, pdf: bytes) -> None:
        with _ONE_AT_A_TIME:
            self._document = pypdfium2.PdfDocument(pdf)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go; again is harmless."""
        with _ONE_AT_A_TIME:
            self._document.close()

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        with _ONE_AT_A_TIME:
            return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        with _ONE_AT_A_TIME:
            width, height = self._document.get_page_size(page)
        return float(width), float(height)

    def text(self, page: int) -> str:
        """All text of a page as copying it out gives it."""
        with self.reading(page) as (_, text_page):
            return str(text_page.get_text_range())

    def places(self, page: int, wanted: str) -> list[tuple[float, float, float, float]]:
        """Where ``wanted`` stands on a page: left, bottom, right and top in points, once for each time."""
        found = []
        with self.reading(page) as (_, text_page):
            searcher = text_page.search(wanted, match_case=True)
            while hit := searcher.get_next():
                start, count = hit
                for at in range(text_page.count_rects(start, count)):
                    left, bottom, right, top = text_page.get_rect(at)
                    found.append((float(left), float(bottom), float(right), float(top)))
        return found

    def outline(self) -> list[tuple[str, int]]:
        """Title and page (from 0) of every entry of the outline; page -1: it leads nowhere."""
        found = []
        with _ONE_AT_A_TIME:
            for bookmark in self._document.get_toc():
                place = bookmark.get_dest()
                found.append((str(bookmark.get_title()), int(place.get_index()) if place else -1))
        return found

    def is_picture(self, page: int) -> bool:
        """Whether one picture covers nearly all of a page, as on a scan."""
        wide, high = self.size(page)
        with self.reading(page) as (opened, _):
            boxes = [drawn.get_bounds() for drawn in opened.get_objects((pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))]
        return any((right - left) * (top - low) > _NEARLY * wide * high for left, low, right, top in boxes)

    def image(self, page: int, scale: float) -> Image:
        """A page at ``scale`` × 72 dots per inch."""
        with self.reading(page) as (opened, _):
            bitmap = opened.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
            width, height, stride = bitmap.width, bitmap.height, bitmap.stride
            samples = bytes(bitmap.buffer)
            bitmap.close()
        row = width * 3
        if stride != row:
            samples = b"".join(samples[at : at + row] for at in range(0, stride * height, stride))
        return Image(width, height, samples)

    def grey(self, page: int, scale: float) -> Image:
        """A page in shades of grey, one byte for each dot: colour takes three times the room."""
        with self.reading(page) as (opened, _):
            bitmap = opened.render(scale=scale, grayscale=True)
            width, height, stride = bitmap.width, bitmap.height, bitmap.stride
            samples = bytes(bitmap.buffer)
            bitmap.close()
        if stride != width:
            samples = b"".join(samples[at : at + width] for at in range(0, stride * height, stride))
        return Image(width, height, samples)

    @contextmanager
    def reading(self, page: int) -> Iterator[tuple[Any, Any]]:
        """The reader's own page and text page, closed again at the end; no other thread reads meanwhile."""
        with _ONE_AT_A_TIME:
            opened = self._document[page]
            text_page = opened.get_textpage()
            try:
                yield opened, text_page
            finally:
                text_page.close()
                opened.close()


def page_count(pdf: bytes) -> int:
    """How many pages a file has."""
    with OpenPdf(pdf) as opened:
        return opened.page_count
