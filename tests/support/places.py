"""Where a text stands on the paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.printing.pages import OpenPdf


class Place(NamedTuple):
    """Where a text stands: page from 0, edges in points from the lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def find_text(pdf: bytes, text: str) -> list[Place]:
    """Every place of ``text`` in a file, one for each line it runs over."""
    found: list[Place] = []
    with OpenPdf(pdf) as opened:
        for page in range(opened.page_count):
            with opened.reading(page) as (_, text_page):
                found.extend(_places(text_page, page, text))
    return found


def _places(text_page: Any, page: int, text: str) -> Iterator[Place]:
    search = text_page.search(text)
    try:
        while (found := search.get_next()) is not None:
            for number in range(text_page.count_rects(*found)):
                left, bottom, right, top = text_page.get_rect(number)
                yield Place(page, left, bottom, right, top)
    finally:
        search.close()
