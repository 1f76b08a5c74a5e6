"""The text layer of a PDF, page by page."""

from __future__ import annotations

from collections.abc import Iterator

from app.common import PeopleError
from app.exchange.sheets.book import Cell, Sheet
from app.exchange.sheets.limits import Counted
from app.printing.pages import OpenPdf, asks_for_password

_SHOWN = 5
"""Pages named one by one."""
_HYPHEN = "\ufffe"
"""PDFium's sign for a hyphen at the end of a line."""
_UNKNOWN = 0.3
"""Part of the signs of which a file does not say what letter they are: the rest is no text either."""


def sheets(data: bytes, told: list[str]) -> Iterator[Sheet]:
    """A sheet for each page. Raises ``PeopleError`` for a locked file, and one without any text."""
    pages = _texts(data)
    empty = [number for number, text in enumerate(pages, 1) if not text.strip()]
    if len(empty) == len(pages):
        raise PeopleError(
            "文字の情報がないPDFです（紙を読み取った画像と思われます）。"
            "文字認識（OCR）をしたPDFにするか、文章を貼り付けてください。"
        )
    whole = "".join("".join(pages).split())
    if sum(1 for sign in whole if sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff") > _UNKNOWN * len(whole):
        raise PeopleError(
            "文字の情報が壊れているPDFです。元の文書から作り直したPDFにするか、文章を貼り付けてください。"
        )
    if empty:
        named = "、".join(map(str, empty[:_SHOWN])) + ("など" if len(empty) > _SHOWN else "")
        told.append(f"{named}ページには文字の情報がないため、読んでいません（全{len(pages)}ページ）。")
    counted = Counted()
    for number, text in enumerate(pages, 1):
        counted.text(len(text))
        lines = text.replace(_HYPHEN, "").splitlines()
        yield Sheet(
            f"{number}ページ",
            tuple(Cell(row, 1, line, line) for row, line in enumerate(lines, 1) if line.strip()),
        )


def _texts(data: bytes) -> list[str]:
    if asks_for_password(data):
        raise PeopleError(
            "パスワードで保護されたPDFです。パスワードを外したPDFにするか、文章を貼り付けてください。"
        )
    with OpenPdf(data) as opened:
        return [opened.text(page) for page in range(opened.page_count)]
