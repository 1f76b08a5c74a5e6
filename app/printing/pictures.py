"""Pictures and scans, in the window and on paper: photographs of evidence, faxes of several pages, the seal.

Whatever is attached is told by its content, never by the ending of its name, and is shown upright as taken.
"""

from __future__ import annotations

import hashlib
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from app.common import PeopleError
from app.printing.inflating import SCAN, InflatedError, check_inflated
from app.printing.pages import Image, OpenPdf

if TYPE_CHECKING:
    from PIL.Image import Image as Opened

MOST_PIXELS = 60_000_000
MOST_PAGES = 100
"""Pages of one file that are printed."""
_LONGEST_SIDE = 1800
_GLANCE = 64
_QUALITY = 88
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_PDF = b"%PDF"
_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"GIF8", _PDF)
"""How the files begin that can be read: one that begins so and cannot be read is damaged."""
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    ArithmeticError,
    LookupError,
    TypeError,
    RuntimeError,
    MemoryError,
    struct.error,
)
"""What the readers raise for files that are not what they begin as."""


class UnreadablePictureError(PeopleError):
    """A file that is no picture which can be read, or a damaged one."""

    def __init__(self, sentence: str, *, damaged: bool) -> None:
        super().__init__(sentence)
        self.damaged = damaged


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture: RGB samples, or a JPEG file if ``jpeg``; ``mask``: opacity samples or empty."""

    width: int
    height: int
    data: bytes
    mask: bytes
    jpeg: bool
    digest: str


def read_picture(data: bytes, called: str = "画像") -> Picture:
    """Read a picture, its first page if it has several, upright as taken, at most 1,800 pixels long.

    Where it was taken and with which camera is left behind. Raises ``PeopleError`` for what is no
    picture or is beyond 60 million pixels; ``called`` is how it is named there.
    """
    with _opened(data, called) as opened:
        photograph = opened.format == "JPEG"
        upright = _upright(opened, _LONGEST_SIDE)
        mask = b"" if photograph else _mask(upright)
        plain = upright.convert("RGB")
    samples = _jpeg(plain) if photograph else plain.tobytes()
    digest = hashlib.sha256(samples + mask).hexdigest()
    return Picture(plain.width, plain.height, samples, mask, photograph, digest)


def printed_pages(data: bytes, called: str) -> tuple[bytes, ...]:
    """Every page of an attached file as a picture of its own, for ``read_picture``.

    Raises ``PeopleError``, naming the file as ``called``, where not all of it could be put on paper.
    """
    total = count_pages(data, called)
    if total > MOST_PAGES:
        raise PeopleError(
            f"{called}は{total}ページあります。印刷できるのは{MOST_PAGES}ページまでです。"
            "分けて添付し直してください。"
        )
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        # Read once here, where a damaged file can still be named.
        tuple(shown_pages(data, _GLANCE, called))
        return (data,)
    return tuple(_encoded(page) for page in shown_pages(data, _LONGEST_SIDE, called))


def shown_pages(data: bytes, longest: int, called: str, most: int = MOST_PAGES) -> Iterator[Image]:
    """The first ``most`` pages, upright, on white, neither side longer than ``longest`` pixels.

    Raises ``PeopleError`` as ``printed_pages`` does.
    """
    if data.startswith(_PDF):
        with _pdf(data, called) as pdf:
            for number in range(min(most, pdf.page_count)):
                yield pdf.image(number, longest / max(pdf.size(number)))
        return
    with _opened(data, called) as opened:
        for number in range(min(most, _frames(opened))):
            opened.seek(number)
            _check_size(opened, called)
            page = _on_white(_upright(opened, longest))
            yield Image(page.width, page.height, page.tobytes())


def count_pages(data: bytes, called: str) -> int:
    """How many pages a file has; 1 for a picture, a moving one too. Raises ``PeopleError``."""
    if data.startswith(_PDF):
        with _pdf(data, called) as pdf:
            return pdf.page_count
    with _opened(data, called) as opened:
        return _frames(opened)


@contextmanager
def _opened(data: bytes, called: str) -> Iterator[Opened]:
    from PIL import Image as Pillow

    try:
        with warnings.catch_warnings():
            # Of corrupt tags it is enough that the picture itself can be read.
            warnings.simplefilter("ignore")
            with Pillow.open(BytesIO(data), formats=_FORMATS) as opened:
                _check_size(opened, called)
                yield opened
    except (*_BROKEN, Pillow.DecompressionBombError) as error:
        raise _unreadable(data, called) from error


@contextmanager
def _pdf(data: bytes, called: str) -> Iterator[OpenPdf]:
    try:
        check_inflated(data, SCAN)
        with OpenPdf(data) as pdf:
            yield pdf
    except InflatedError as error:
        raise UnreadablePictureError(
            f"{called}は、展開すると大きくなりすぎるため開けません。"
            "解像度を下げるかページを分けて保存し直し、添付してください。",
            damaged=False,
        ) from error
    except _BROKEN as error:
        raise UnreadablePictureError(
            f"{called}は開けません。壊れているか、パスワードが掛かっています。"
            "開けるPDFにして添付し直してください。",
            damaged=True,
        ) from error


def _unreadable(data: bytes, called: str) -> UnreadablePictureError:
    if data.startswith(_STARTS) or (data[:4], data[8:12]) == (b"RIFF", b"WEBP"):
        return UnreadablePictureError(
            f"{called}は壊れているため読み取れません。元のファイルを確かめて、添付し直してください。",
            damaged=True,
        )
    return UnreadablePictureError(
        f"{called}は印刷できない形式です。JPEG、PNG、TIFFかPDFにして添付し直してください。",
        damaged=False,
    )


def _check_size(opened: Opened, called: str) -> None:
    if opened.width * opened.height > MOST_PIXELS:
        raise PeopleError(
            f"{called}は画素数が大きすぎるため印刷できません。縮小した画像に差し替えてください。"
        )


def _frames(opened: Opened) -> int:
    """Pages of a fax or scan. Of a moving picture, and of the copies that a phone keeps, the first is all."""
    return int(getattr(opened, "n_frames", 1)) if opened.format == "TIFF" else 1


def _upright(opened: Opened, longest: int) -> Opened:
    from PIL import ImageOps

    if (share := longest / max(opened.size)) < 1:
        # A photograph is taken apart no finer than it is wanted: whole, it would take a hundred megabytes.
        opened.draft(None, (int(opened.width * share), int(opened.height * share)))
    image = ImageOps.exif_transpose(opened)
    if image.mode.startswith("I"):
        # Sixteen bits of grey, as scanners write: only the upper eight of them are seen.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif image.mode == "P":
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    elif image.mode == "1":
        image = image.convert("L")
    image.thumbnail((longest, longest))
    return image


def _on_white(image: Opened) -> Opened:
    from PIL import Image as Pillow

    if not image.has_transparency_data:
        return image.convert("RGB")
    white = Pillow.new("RGBA", image.size, "white")
    return Pillow.alpha_composite(white, image.convert("RGBA")).convert("RGB")


def _encoded(page: Image) -> bytes:
    from PIL import Image as Pillow

    return _jpeg(Pillow.frombytes("RGB", (page.width, page.height), page.data))


def _jpeg(image: Opened) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _mask(image: Opened) -> bytes:
    return image.convert("RGBA").getchannel("A").tobytes() if image.has_transparency_data else b""
