"""Proof-reading the code of a page: the paper shows what it is to say, and nothing lies over it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.printing.codes.drawing import ABOVE_EDGE, CLEAR, LEFT, MODULE, WIDE
from app.printing.codes.symbol import QUIET, SIDE, modules
from app.printing.paper import Paper

_DOTS = 4
"""Dots of the picture for each module; the one in the middle is looked at."""
_DARK = 128
_TELLS = bytes(grey < _DARK for grey in range(256))
"""For each shade of grey whether it is dark."""


def code_stands(page: Any, paper: Paper, text: str, shift: float = 0.0) -> bool:
    """Whether the open page shows the code of ``text``, every module of it, on white.

    ``shift``: how much further to the right than at the left edge of the paper.
    """
    if max(abs(page.get_width() - paper.width), abs(page.get_height() - paper.height)) > 1:
        return False
    right = paper.width - shift - LEFT - WIDE - CLEAR
    top = paper.height - ABOVE_EDGE - WIDE - CLEAR
    # What is white around it may lie beyond the edge of the sheet, where nothing is ever printed.
    left, bottom = max(shift + LEFT - CLEAR, 0), max(ABOVE_EDGE - CLEAR, 0)
    bitmap = page.render(scale=_DOTS / MODULE, crop=(left, bottom, right, top), grayscale=True)
    try:
        shown, stride = bytes(bitmap.buffer), bitmap.stride
        wide, high = bitmap.width, bitmap.height
    finally:
        bitmap.close()
    seen_left = QUIET - round((shift + LEFT - left) / MODULE)
    first = max(seen_left, 0)
    for row, wanted in enumerate(_rows(text)):
        at = row * _DOTS + _DOTS // 2
        if at >= high:
            break
        line = shown[at * stride : at * stride + wide].translate(_TELLS)
        seen = line[(first - seen_left) * _DOTS + _DOTS // 2 :: _DOTS]
        if seen[: len(wanted) - first] != wanted[first : first + len(seen)]:
            return False
    return True


def _rows(text: str) -> Iterator[bytes]:
    """The modules of the code row by row with the quiet zone around it: 1 dark, 0 white."""
    blank, side = bytes(SIDE + 2 * QUIET), bytes(QUIET)
    yield from (blank for _ in range(QUIET))
    yield from (side + bytes(row) + side for row in modules(text))
    yield from (blank for _ in range(QUIET))
