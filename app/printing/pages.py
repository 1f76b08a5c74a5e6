"""Reading a finished file page by page: pictures for preview and paper, texts."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes import byref, c_int
from itertools import pairwise
from types import TracebackType
from typing import Any, NamedTuple, Self

import pypdfium2

from app.common import Cancelled


class Image(NamedTuple):
    """A page as a picture: ``data`` holds width × height × 3 bytes, red, green, blue, on white.

    One byte for each dot where it was asked for in grey.
    """

    width: int
    height: int
    data: bytes


class Entry(NamedTuple):
    """A line of the outline: how deep it stands (from 0), what it says, where it leads.

    ``page``: from 0; -1: nowhere.
    """

    depth: int
    title: str
    page: int


Box = tuple[float, float, float, float]
"""Left, top, width and height."""
Part = tuple[int, int, int, int]
"""The same of a picture, in dots."""

_NEARLY = 0.85
"""Part of a page."""
_FINE = 64
"""Steps of a point in which places are told."""

_ONE_AT_A_TIME = threading.RLock()
"""PDFium keeps state of its own: two threads in it at once, even in different files, crash the process."""


class OpenPdf:
    """A PDF file in memory, opened for reading; use it in a ``with`` statement. Safe between threads."""

    def __init__(self, pdf: bytes) -> None:
        with _ONE_AT_A_TIME:
            self._document = pypdfium2.PdfDocument(pdf)
        self._closed = False

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
            self._closed = True

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other thread reads meanwhile. Raises ``Cancelled`` where the file was let go: PDFium crashes."""
        with _ONE_AT_A_TIME:
            if self._closed:
                raise Cancelled
            yield

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        with self._alone():
            return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        with self._alone():
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

    def letters(self, page: int) -> list[str]:
        """The signs of a page, each at the number that ``boxes`` takes; a pair stands at its first half."""
        with self.reading(page) as (_, text_page):
            codes = [
                int(pypdfium2.raw.FPDFText_GetUnicode(text_page.raw, at))
                for at in range(text_page.count_chars())
            ]
        found = [chr(code) if code < 0xD800 or code > 0xDFFF else "" for code in codes]
        for at, (high, low) in enumerate(pairwise(codes)):
            if 0xD800 <= high < 0xDC00 <= low < 0xE000:
                found[at] = chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)
        return found

    def boxes(self, page: int, spans: Sequence[tuple[int, int]]) -> list[list[Box]]:
        """For each span of letters a box on each line, in points from the upper left corner as shown."""
        found = []
        with self.reading(page) as (opened, text_page):
            wide, high = (round(points * _FINE) for points in opened.get_size())

            def shown(across: float, up: float) -> tuple[float, float]:
                x, y = c_int(), c_int()
                pypdfium2.raw.FPDF_PageToDevice(opened, 0, 0, wide, high, 0, across, up, byref(x), byref(y))
                return x.value / _FINE, y.value / _FINE

            for start, end in spans:
                rects = range(text_page.count_rects(start, end - start))
                ends = [(shown(*rect[:2]), shown(*rect[2:])) for rect in map(text_page.get_rect, rects)]
                found.append([(min(a, c), min(b, d), abs(c - a), abs(d - b)) for (a, b), (c, d) in ends])
        return found

    def outline(self) -> list[Entry]:
        """Every entry of the outline, in the order in which one reads them."""
        found = []
        with self._alone():
            for bookmark in self._document.get_toc():
                place = bookmark.get_dest()
                page = int(place.get_index()) if place else -1
                found.append(Entry(int(bookmark.level), str(bookmark.get_title()), page))
        return found

    def is_picture(self, page: int) -> bool:
        """Whether one picture covers nearly all of a page, as on a scan."""
        wide, high = self.size(page)
        with self._opened(page) as opened:
            boxes = [drawn.get_bounds() for drawn in opened.get_objects((pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))]
        return any((right - left) * (top - low) > _NEARLY * wide * high for left, low, right, top in boxes)

    def image(self, page: int, scale: float, part: Part | None = None) -> Image:
        """A page at ``scale`` × 72 dots per inch, or ``part`` of it: left, top, width, height in dots."""
        with self._opened(page) as opened:
            return _drawn(opened, scale, part)

    def seen(self, page: int, scale: float, part: Part | None = None) -> tuple[Image, str]:
        """What ``image`` and ``text`` say of a page, which is taken apart once for both."""
        with self.reading(page) as (opened, text_page):
            return _drawn(opened, scale, part), str(text_page.get_text_range())

    def grey(self, page: int, scale: float) -> Image:
        """A page in shades of grey, one byte for each dot: colour takes three times the room."""
        with self._opened(page) as opened:
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
        with self._opened(page) as opened:
            text_page = opened.get_textpage()
            try:
                yield opened, text_page
            finally:
                text_page.close()

    @contextmanager
    def _opened(self, page: int) -> Iterator[Any]:
        """The reader's own page, for whoever needs none of its text."""
        with self._alone():
            opened = self._document[page]
            try:
                yield opened
            finally:
                opened.close()


def _drawn(opened: Any, scale: float, part: Part | None) -> Image:
    """An open page as a picture."""
    cut = _cut(opened.get_size(), scale, part) if part else (0, 0, 0, 0)
    bitmap = opened.render(scale=scale, crop=cut, rev_byteorder=True, prefer_bgrx=False)
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    samples = bytes(bitmap.buffer)
    bitmap.close()
    row = width * 3
    if stride != row:
        samples = b"".join(samples[at : at + row] for at in range(0, stride * height, stride))
    return Image(width, height, samples)


def _cut(size: tuple[float, float], scale: float, part: Part) -> tuple[float, float, float, float]:
    """What is cut off at the left, below, at the right and above, in points."""
    left, top, width, height = part
    wide, high = (math.ceil(points * scale) for points in size)
    cut = (left, high - top - height, wide - left - width, top)
    # PDFium rounds up to the next dot: half a dot less is the same dot, whatever a division leaves.
    lower = [max(0.0, (off - 0.5) / scale) for off in cut]
    return lower[0], lower[1], lower[2], lower[3]


def page_count(pdf: bytes) -> int:
    """How many pages a file has."""
    with OpenPdf(pdf) as opened:
        return opened.page_count


def asks_for_password(pdf: bytes) -> bool:
    """Whether a file is read by nobody who does not know its password."""
    try:
        with OpenPdf(pdf):
            return False
    except pypdfium2.PdfiumError as error:
        return "assword" in str(error)
