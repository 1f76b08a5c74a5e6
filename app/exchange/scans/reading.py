"""Codes of our papers on the pages of a scan or a picture, in whatever way the sheet lay on the glass.

Black stays and a vermilion seal goes where only the red of a colour scan is looked at; small codes are
enlarged; a sheet that lies askew is turned. Nothing is guessed: the code corrects itself or is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from app.common import Cancelled, PeopleError, Progress
from app.printing.codes.payload import PaperCode, is_newer, paper_code
from app.printing.pages import Image
from app.printing.pictures import MOST_PAGES, count_pages, shown_pages

if TYPE_CHECKING:
    from PIL.Image import Image as Opened

_LONGEST_SIDE = 3508
"""Pixels: A4 at 300 dots per inch. A page drawn so is read better than the picture embedded in it."""
_ENLARGED = (2, 3, 4)
_CORNER = (0.36, 0.3)
"""Part of the shorter and the longer side that is enlarged at each corner: codes stand in one of them."""
_DUST, _DUST_SHADE = 50_000, 40
"""Of so many dots one may differ from the ground by more than so many of 256 shades: the smallest seal (6 mm)
covers one in two thousand of A4."""
_TURNED = (15, 30, 45, 60, 75)
"""Degrees; by right angles the reader turns by itself."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What one page showed. ``codes``: of ours, each once; ``foreign``: codes of others; ``newer``: of ours,
    of a kind that this version does not know; ``empty``: nothing at all, no stamp either."""

    number: int
    codes: tuple[PaperCode, ...]
    foreign: int = 0
    newer: bool = False
    empty: bool = False


def read_scan(data: bytes, called: str, progress: Progress | None = None) -> list[ReadPage]:
    """The codes of every page of a PDF or a picture, which is named ``called``.

    Raises ``PeopleError`` in one sentence for what cannot be opened, is damaged or has too many pages;
    ``Cancelled``.
    """
    progress = progress or Progress()
    total = count_pages(data, called)
    if total > MOST_PAGES:
        raise PeopleError(
            f"{called}は{total}ページあります。照合用コードを読み取れるのは{MOST_PAGES}ページまでです。"
            "書類ごとに分けてください。"
        )
    found = []
    for number, page in enumerate(shown_pages(data, _LONGEST_SIDE, called), 1):
        progress.step(number - 1, total, f"{number}ページ目の照合用コードを読み取っています")
        found.append(read_page(page, number, progress))
    progress.step(total, total, "")
    return found


def read_page(page: Image, number: int = 1, progress: Progress | None = None) -> ReadPage:
    """What one page shows. The way that reads first is the last one tried."""
    from PIL import Image as Pillow

    progress = progress or Progress()
    colour = Pillow.frombytes("RGB", (page.width, page.height), page.data)
    # All that lies plainly before the eye, in both ways: a second paper on the page must not be overlooked.
    said = set(chain.from_iterable(_read(plain) for plain in _plain(colour)))
    for way in () if _ours(said) else _harder(colour):
        if progress.stopped:
            raise Cancelled
        said.update(_read(way))
        if _ours(said):
            break
    codes = _ours(said)
    foreign = sum(paper_code(text) is None for text in said)
    return ReadPage(number, codes, foreign, any(map(is_newer, said)), not said and _empty(colour))


def _empty(page: Opened) -> bool:
    """Whether the page is of one shade but for the dust on the glass."""
    for shades in (plain.histogram() for plain in _plain(page)):
        ground = shades.index(max(shades))
        marks = sum(shades[: max(ground - _DUST_SHADE, 0)]) + sum(shades[ground + _DUST_SHADE + 1 :])
        if marks * _DUST > page.width * page.height:
            return False
    return True


def _ours(said: Iterable[str]) -> tuple[PaperCode, ...]:
    return tuple(code for text in sorted(said) if (code := paper_code(text)) is not None)


def _plain(colour: Opened) -> tuple[Opened, Opened]:
    return colour.convert("L"), colour.getchannel("R")


def _harder(colour: Opened) -> Iterator[Opened]:
    grey, red = _plain(colour)
    for scale in _ENLARGED:
        for corner in _corners(colour):
            for plain in (grey, red):
                part = plain.crop(corner)
                yield part.resize((part.width * scale, part.height * scale))
    for degrees in _TURNED:
        for plain in (red, grey):
            yield plain.rotate(degrees, expand=True, fillcolor=255)


def _corners(page: Opened) -> Iterator[tuple[int, int, int, int]]:
    """Lower left first, where the code stands on a page that lies upright."""
    shorter, longer = _CORNER
    upright = page.height >= page.width
    wide = max(int(page.width * (shorter if upright else longer)), 1)
    high = max(int(page.height * (longer if upright else shorter)), 1)
    for left in (0, page.width - wide):
        for top in (page.height - high, 0):
            yield left, top, left + wide, top + high


def _read(page: Opened) -> Iterator[str]:
    import zxingcpp

    found = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return (one.text for one in found if one.valid)
