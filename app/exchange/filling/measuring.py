"""How much room a text takes, by the size of its characters: an estimate that needs no fonts."""

from __future__ import annotations

import unicodedata

LEGIBLE = 5.0
"""Points below which nobody reads a text that was printed."""


def width_of(text: str, size: float) -> float:
    """Points that a line of ``text`` takes."""
    return sum(size if unicodedata.east_asian_width(one) in "WFA" else size / 2 for one in text)


def lines_of(text: str, size: float, width: float) -> int:
    """Into how many lines of ``width`` points a text falls."""
    wide = max(width, size)
    return sum(max(1, -int(-width_of(line, size) // wide)) for line in text.split("\n"))
