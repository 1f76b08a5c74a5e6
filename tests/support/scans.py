"""A page of a paper as a picture, as a copier would make it of a sheet that lies straight."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from app.printing.pages import OpenPdf

_DPI = 150


def scanned(pdf: bytes, path: Path, page: int = 0) -> Path:
    """Save one page, from 0, under ``path``."""
    with OpenPdf(pdf) as opened:
        held = opened.image(page, _DPI / 72)
    Image.frombytes("RGB", (held.width, held.height), held.data).save(path)
    return path
