"""The program's icon as Windows wants it: in every size, and under the name by which Qt looks for it.

Qt's Windows plug-in gives windows the icon that the program holds as ``IDI_ICON1``; PyInstaller
numbers icons.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import TYPE_CHECKING

from freezing.project import ROOT

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

DRAWING = ROOT / "resources" / "icons" / "app.svg"
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""Sides in pixels. A lone large one is blank in the taskbar until the system has scaled it."""
NAME = "IDI_ICON1"
GROUP = 14
"""RT_GROUP_ICON, the kind of resource that lists an icon's sizes."""

BANNER = (328, 628)
"""Width and height in pixels of the picture at the side of the installer's pages."""
_BEHIND = "#e8eef9"
"""The icon's own blue, so light that the icon stands out from it."""

_HEADER = struct.Struct("<3H")
_IN_FILE = struct.Struct("<4B2H2I")
_IN_PROGRAM = struct.Struct("<4B2HIH")


def group(icon: bytes) -> bytes:
    """The list of sizes of an ``.ico`` file as a program holds it: its pictures are resources 1, 2, 3 …

    Raises ``ValueError`` for what is no icon.
    """
    if len(icon) < _HEADER.size:
        raise ValueError("no icon")
    reserved, kind, count = _HEADER.unpack_from(icon)
    if (reserved, kind) != (0, 1) or not count or len(icon) < _HEADER.size + count * _IN_FILE.size:
        raise ValueError("no icon")
    listed = [_HEADER.pack(0, 1, count)]
    for number in range(count):
        *looks, size, _offset = _IN_FILE.unpack_from(icon, _HEADER.size + number * _IN_FILE.size)
        listed.append(_IN_PROGRAM.pack(*looks, size, number + 1))
    return b"".join(listed)


def draw(into: Path) -> Path:
    """Write the program's icon in all sizes as the file ``into``. Returns that."""
    drawn = [_painted((side, side), (0, 0, side)) for side in SIZES]
    largest = drawn[-1]
    largest.save(into, "ICO", sizes=[(side, side) for side in SIZES], append_images=drawn[:-1])
    return into


def banner(into: Path) -> Path:
    """Write the picture at the side of the installer's first and last page. Returns that.

    Twice as large as the page shows it at 100 %, which NSIS scales: sharp on a fine screen as well.
    """
    width, height = BANNER
    side = width // 2
    painted = _painted(BANNER, ((width - side) // 2, height // 5, side), _BEHIND)
    painted.convert("RGB").save(into, "BMP")
    return into


def _painted(size: tuple[int, int], where: tuple[int, int, int], behind: str = "#00000000") -> Picture:
    """The icon in the square ``where`` (left, top, side in pixels) of a picture of one colour."""
    from PIL import Image
    from PySide6.QtCore import QBuffer, QByteArray, QRectF
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(*size, QImage.Format.Format_ARGB32)
    image.fill(QColor(behind))
    painter = QPainter(image)
    left, top, side = where
    QSvgRenderer(QByteArray(DRAWING.read_bytes())).render(painter, QRectF(left, top, side, side))
    painter.end()
    held = QBuffer()
    image.save(held, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(held.data().data()))
