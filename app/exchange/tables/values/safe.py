"""Texts of a CSV file that Excel would take for formulas: a sign before them keeps them texts.

Excel of Japan takes full-width signs as well, and looks behind blanks. Whatever is put before a text is taken
off again when the file comes back, once, so that a text that began with such a sign is what it was.
"""

from __future__ import annotations

import re

_SIGN = "'"
_LIVE = re.compile(r"'*(\s*[=+\-@]|\s*[＝＋－＠].|[\t\r\n])", re.DOTALL)


def guarded(text: str) -> str:
    """The text as it may stand in a CSV file."""
    return f"{_SIGN}{text}" if _LIVE.match(text) else text


def unguarded(text: str) -> str:
    """The text that was written so."""
    bare = text.removeprefix(_SIGN)
    return bare if bare != text and _LIVE.match(bare) else text
