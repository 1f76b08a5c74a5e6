"""Proof-reading the code of a page: the paper shows what it is to say, and nothing lies over it."""

from __future__ import annotations

from typing import Any

from app.printing.codes.drawing import ABOVE_EDGE, CLEAR, LEFT, MODULE, WIDE
from app.printing.codes.symbol import QUIET, SIDE, modules
from app.printing.paper import Paper

_DOTS = 4
"""Dots of the picture for each module; the one in the middle is looked at."""
_DARK = 128


def code_stands(page: Any, paper: Paper, text: str, shift: float = 0.0) -> bool:
    """Whether the open page shows the code of ``text``, every module of it, on white.

    ``shift``: how much further to the right than at the left edge of the paper.
    """
    if max(abs(page.get_width() - paper.width), abs(page.get_height() - paper.height)) > 1:
        return False
    across = SIDE + 2 * QUIET
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
    expected = modules(text)
    for row in range(across):
        for column in range(across):
            x, y = (column - seen_left) * _DOTS + _DOTS // 2, row * _DOTS + _DOTS // 2
            if not (0 <= x < wide and 0 <= y < high):
                continue
            inside = QUIET <= row < QUIET + SIDE and QUIET <= column < QUIET + SIDE
            dark = inside and expected[row - QUIET][column - QUIET]
            if (shown[y * stride + x] < _DARK) != dark:
                return False
    return True
