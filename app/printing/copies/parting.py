"""Some pages of a scan as a file of their own."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO


def only_pages(data: bytes, numbers: Sequence[int]) -> bytes:
    """The pages ``numbers`` (from 1) of a PDF or a TIFF file, as a file of the same kind.

    ``data`` has been read before; it has more than one page.
    """
    return _of_pdf(data, numbers) if data.startswith(b"%PDF") else _of_picture(data, numbers)


def _of_pdf(data: bytes, numbers: Sequence[int]) -> bytes:
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as opened, pikepdf.new() as made:
        for number in numbers:
            made.pages.append(opened.pages[number - 1])
        made.save(out, deterministic_id=True)
    return out.getvalue()


def _of_picture(data: bytes, numbers: Sequence[int]) -> bytes:
    from PIL import Image

    out = BytesIO()
    with Image.open(BytesIO(data), formats=("TIFF",)) as opened:
        frames = []
        for number in numbers:
            opened.seek(number - 1)
            frames.append(opened.copy())
        resolution = opened.info.get("dpi", (200, 200))
    frames[0].save(
        out, "TIFF", save_all=True, append_images=frames[1:], compression="tiff_deflate", dpi=resolution
    )
    return out.getvalue()
