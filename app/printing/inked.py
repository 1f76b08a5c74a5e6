"""Where a page has ink: the rest need not be sent to a printer.

Windows' print engine takes every picture with four bytes for each dot: a whole page at 600 dots per inch
would be 139 MB in the queue, of which most is white.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.printing.pages import Image

ACROSS, DOWN = 128, 16
"""Dots of a block that is looked at as one. Smaller ones save little more and make many more pictures."""


class Box(NamedTuple):
    """Part of a picture, in dots."""

    left: int
    top: int
    width: int
    height: int


def inked(picture: Image) -> Iterator[Box]:
    """Boxes that hold everything that is not white, from the top; none overlaps another."""
    dot = len(picture.data) // (picture.width * picture.height)
    row = picture.width * dot
    for top in range(0, picture.height, DOWN):
        height = min(DOWN, picture.height - top)
        band = picture.data[top * row : (top + height) * row]
        if not _white(band):
            yield from (Box(left, top, width, height) for left, width in _runs(band, row, dot))


def _runs(band: bytes, row: int, dot: int) -> Iterator[tuple[int, int]]:
    """Left edge and width, in dots, of every run of blocks with ink in a band."""
    starts = range(0, row, ACROSS * dot)
    ends = (*starts[1:], row)
    rows = [band[at : at + row] for at in range(0, len(band), row)]
    marks = [
        any(not _white(line[left:right]) for line in rows) for left, right in zip(starts, ends, strict=True)
    ]
    begun = None
    for left, ink in zip((*starts, row), (*marks, False), strict=True):
        if ink and begun is None:
            begun = left
        elif not ink and begun is not None:
            yield begun // dot, (left - begun) // dot
            begun = None


def _white(dots: bytes) -> bool:
    return dots.count(255) == len(dots)


def part(picture: Image, box: Box) -> bytes:
    """The dots of a box, row by row."""
    dot = len(picture.data) // (picture.width * picture.height)
    row = picture.width * dot
    starts = ((box.top + down) * row + box.left * dot for down in range(box.height))
    return b"".join(picture.data[at : at + box.width * dot] for at in starts)
