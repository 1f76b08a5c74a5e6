"""Pictures on paper: photographs of evidence and the vendor's seal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO

from app.common import PeopleError

_MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 1800
_QUALITY = 88


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture: RGB samples, or a JPEG file if ``jpeg``; ``mask``: opacity samples or empty."""

    width: int
    height: int
    data: bytes
    mask: bytes
    jpeg: bool
    digest: str


def read_picture(data: bytes) -> Picture:
    """Read a PNG or JPEG, upright as taken, at most 1,800 pixels long.

    Where it was taken and with which camera is left behind. Raises ``PeopleError`` for what is no
    picture or is beyond 60 million pixels.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise PeopleError(
                    "写真の画素数が大きすぎるため印刷できません。縮小した写真に差し替えてください。"
                )
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            photograph = opened.format == "JPEG"
            mask = b"" if photograph else _mask(upright)
            plain = upright.convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PeopleError(
            "画像を読み取れないため印刷できません。PNG又はJPEGの画像に差し替えてください。"
        ) from error
    if photograph:
        out = BytesIO()
        plain.save(out, "JPEG", quality=_QUALITY)
        samples = out.getvalue()
    else:
        samples = plain.tobytes()
    digest = hashlib.sha256(samples + mask).hexdigest()
    return Picture(plain.width, plain.height, samples, mask, photograph, digest)


def _mask(image: object) -> bytes:
    from PIL import Image

    if not isinstance(image, Image.Image) or not image.has_transparency_data:
        return b""
    return image.convert("RGBA").getchannel("A").tobytes()
