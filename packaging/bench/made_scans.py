"""Scans as a copier makes them of a page that came back: askew, blurred, noisy, a seal over its code."""

from __future__ import annotations

import math
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.printing.codes.drawing import ABOVE_EDGE, LEFT, WIDE
from app.printing.pages import Image as Page
from app.printing.pages import OpenPdf
from app.printing.paper import MM

SEAL = 18 * MM
VERMILION = (216, 58, 44)
CORNERS = ("none", "upper left", "upper right", "lower left", "lower right", "middle of an edge")
"""Where the seal lies over the code; the lower right corner of a code has no square of its own."""
_AWAY = {
    "upper left": (0.0, 0.0),
    "upper right": (1.0, 0.0),
    "lower left": (0.0, 1.0),
    "lower right": (1.0, 1.0),
    "middle of an edge": (1.0, 0.5),
}


@dataclass(frozen=True, slots=True)
class Scan:
    """How a page was scanned. ``dpi``: dots per inch; ``skew``: degrees; ``seal``: one of ``CORNERS``.

    ``blur``: radius in dots; ``noise``: standard deviation of each shade; ``quality``: of the JPEG file;
    ``pale``: how much weaker the toner is than black, as a part.
    """

    dpi: int
    skew: float = 3.0
    seal: str = "none"
    blur: float = 0.7
    noise: float = 10.0
    quality: int = 60
    pale: float = 0.0
    grey: bool = False


def scanned(pdf: bytes, page: int, how: Scan, seed: float = 0.0) -> bytes:
    """A JPEG file of one page, from 0. ``seed``: turns the seal, so that no two are set alike."""
    with OpenPdf(pdf) as opened:
        drawn = opened.image(page, how.dpi / 72)
    sheet = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.data)
    if how.pale:
        shade = round(255 * how.pale)
        sheet = ImageChops.lighter(sheet, Image.new("RGB", sheet.size, (shade, shade, shade)))
    if how.seal != "none":
        sheet = _sealed(sheet, how, seed)
    sheet = sheet.rotate(how.skew, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255), expand=True)
    sheet = sheet.filter(ImageFilter.GaussianBlur(how.blur))
    if how.noise:
        bands = (_noisy(band, how.noise) for band in sheet.split())
        sheet = Image.merge("RGB", tuple(bands))
    out = BytesIO()
    (sheet.convert("L") if how.grey else sheet).save(out, "JPEG", quality=how.quality, dpi=(how.dpi, how.dpi))
    return out.getvalue()


def as_page(jpeg: bytes) -> Page:
    """The scan as the reader of codes is handed it."""
    with Image.open(BytesIO(jpeg)) as opened:
        plain = opened.convert("RGB")
    return Page(plain.width, plain.height, plain.tobytes())


def _noisy(band: Image.Image, sigma: float) -> Image.Image:
    return ImageChops.add(band, Image.effect_noise(band.size, sigma), 1, -128)


def _sealed(sheet: Image.Image, how: Scan, seed: float) -> Image.Image:
    """The seal's ink lies over the toner and lets it through, as vermilion does."""
    dots = how.dpi / 72
    across, down = _AWAY[how.seal]
    x = (LEFT + WIDE * across) * dots
    y = sheet.height - (ABOVE_EDGE + WIDE * (1 - down)) * dots
    side = SEAL * dots
    ink = Image.new("RGB", sheet.size, (255, 255, 255))
    pen = ImageDraw.Draw(ink)
    wide = max(round(side / 22), 1)
    pen.ellipse((x - side / 2, y - side / 2, x + side / 2, y + side / 2), outline=VERMILION, width=2 * wide)
    inner = side * 0.3
    pen.ellipse((x - inner, y - inner, x + inner, y + inner), outline=VERMILION, width=wide)
    for spoke in range(11):
        turn = seed + spoke * math.tau / 11
        ends = [(x + far * math.cos(turn), y + far * math.sin(turn)) for far in (side * 0.05, side * 0.46)]
        pen.line(ends, fill=VERMILION, width=2 * wide)
    return ImageChops.multiply(sheet, ink)
