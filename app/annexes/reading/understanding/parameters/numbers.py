"""Numbers as annexes write them, in digits or kanji."""

from __future__ import annotations

NUMBER = r"(?<![0-9一二三四五六七八九十百])(?P<n>[0-9]+|[一二三四五六七八九十百]+|半)"
"""What a pattern for a number names; 半 is half of a unit."""
_DIGITS = {one: value for value, one in enumerate("〇一二三四五六七八九")}
_TENS = {"十": 10, "百": 100}


def number(text: str) -> int:
    """``30``, ``三十`` or ``百二十`` as a number; 0 for what is none."""
    if text.isascii() and text.isdecimal():
        return int(text)
    total = ahead = 0
    for one in text:
        if one in _DIGITS:
            ahead = _DIGITS[one]
        elif one in _TENS:
            total += (ahead or 1) * _TENS[one]
            ahead = 0
        else:
            return 0
    return total + ahead
