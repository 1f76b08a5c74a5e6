"""Icons: the project's own line drawings, coloured as the theme asks and sharp at every scale."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

SIZES = (20, 40)
"""Sides in device pixels: one for plain screens, one that is scaled down for all finer ones."""

_WINDOW_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def drawing(name: str, colour: str) -> bytes:
    """The SVG called ``name`` drawn in ``colour``. Raises ``FileNotFoundError`` for an unknown name."""
    return _text(name).replace("currentColor", colour).encode()


@cache
def _text(name: str) -> str:
    return files("resources").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8")


def picture(svg: bytes, side: int) -> QImage:
    """``svg`` as a square of ``side`` device pixels."""
    return _rendered(QSvgRenderer(QByteArray(svg)), side)


def _rendered(svg: QSvgRenderer, side: int) -> QImage:
    image = QImage(QSize(side, side), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    svg.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image


def program_icon() -> QIcon:
    """The sign of the program, for the frames of its windows and the taskbar."""
    made = QIcon()
    svg = QSvgRenderer(QByteArray(_text("app").encode()))
    for side in _WINDOW_SIZES:
        made.addPixmap(QPixmap.fromImage(_rendered(svg, side)))
    return made


def icon(name: str, colour: str, faint: str, chosen: str = "") -> QIcon:
    """An icon in ``colour``, ``faint`` while disabled and ``chosen`` while selected or on."""
    made = QIcon()
    for mode, tint in (
        (QIcon.Mode.Normal, colour),
        (QIcon.Mode.Disabled, faint),
        (QIcon.Mode.Selected, chosen or colour),
    ):
        svg = QSvgRenderer(QByteArray(drawing(name, tint)))
        for side in SIZES:
            pixmap = QPixmap.fromImage(_rendered(svg, side))
            made.addPixmap(pixmap, mode)
            if mode is QIcon.Mode.Selected:
                made.addPixmap(pixmap, QIcon.Mode.Normal, QIcon.State.On)
    return made
