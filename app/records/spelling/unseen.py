"""What comes with a pasted text and carries no meaning is dropped; what no paper can show is named.

Dropped: format characters (U+200B, U+202E, U+FEFF …), joiners outside the scripts that need them, and
variation selectors without a character to vary. Odd blanks become plain ones. A selector behind a kanji (葛󠄀),
the ideographic blank and everything that can be seen stay as typed: a name is never respelled.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_NEW_LINES = "\n\r\v\f\x85\u2028\u2029"
_BLANKS = "\t\xa0\u1680\u2000-\u200a\u202f\u205f"
# U+0600-0605 and the like are of category Cf too, but drawn: they stay.
_FORMAT = (
    "\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
_JOINERS = "\u200c\u200d"
_JOINED = (
    "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\u1b00-\u1c4f\ua840-\uabff\U00010a00-\U00011fff"
)
"""Scripts in which a joiner changes what is read: Arabic, those of India and their kin, Mongolian."""
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_VARIED = "\u2e80-\u2fdf\u3001-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
"""Characters of which a selector chooses the drawing: kanji and what stands among them."""

_MEANINGLESS = re.compile(f"[{_FORMAT}]|(?<![{_JOINED}])[{_JOINERS}]")
_ALONE = re.compile(f"(?<![{_VARIED}])[{_SELECTORS}]")
_ODD_BLANK = re.compile(f"[{_BLANKS}]")
_TOUCHED = re.compile(f"[{_FORMAT}{_JOINERS}{_SELECTORS}{_BLANKS}{_NEW_LINES}]")
"""What ``cleaned`` may change: most texts have none of it, and are looked through once."""
_NEW_LINE = re.compile(f"\r\n|[{_NEW_LINES}]")

_EMOJI = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab"
    "\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c"
    "\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55"
    "\U0001f000-\U0001f0ff\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff"
)
"""Those that are drawn as pictures by themselves; signs such as ○, ☆ or ✕ are not among them."""
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF)
)
_REFUSED = (
    ("改行", f"[{_NEW_LINES}]"),
    ("制御文字", "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"),
    ("壊れた文字", f"[\ud800-\udfff{_NONCHARACTERS}]"),
    ("外字", "[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"),
    ("目に見えない文字", "[\u115f\u1160\u2800\u3164\uffa0]"),
    ("絵文字", f"[{_EMOJI}]"),
)
"""How people call what no paper can show, and its characters."""
_UNSHOWN = re.compile("|".join(pattern for _name, pattern in _REFUSED))
_NAMES = tuple((name, re.compile(pattern)) for name, pattern in _REFUSED)
_SUSPECT = re.compile(
    f"[{_FORMAT}{_JOINERS}{_SELECTORS}]|" + "|".join(pattern for _name, pattern in _REFUSED[1:])
)
_LONG = 10_000
"""From so many characters on it is quicker to look which there are than to look at each."""
_BEFORE = 5
"""So many characters before a fault are quoted to say where it is."""


class Cleaned(NamedTuple):
    """A text as it is kept, and how many characters were dropped from within it that nobody could see."""

    text: str
    dropped: int


@lru_cache(maxsize=1 << 12)
def cleaned(text: str, *, several: bool = False) -> Cleaned:
    """``text`` without what carries no meaning, and without blanks around it.

    ``several``: it may have lines, which then end as Unix lines do, and be indented. Twice is the same
    as once.
    """
    if text.isascii() and text.isprintable():
        return Cleaned(text.strip(), 0)
    dropped = 0
    if _TOUCHED.search(text):
        if several:
            text = _NEW_LINE.sub("\n", text)
        text, first = _MEANINGLESS.subn("", text)
        # Only then is seen which character a selector stands behind.
        text, then = _ALONE.subn("", text)
        text = _ODD_BLANK.sub(" ", text)
        dropped = first + then
    # The ideographic space by which a paragraph is indented is printed as it was typed.
    indented = several and text.strip()
    bare = text.strip(" \n").rstrip() if indented else text.strip()
    return Cleaned(bare, dropped)


def suspect(text: str) -> bool:
    """Whether ``cleaned`` might drop something of a text or ``unshown`` name it: a quick look at many."""
    return _SUSPECT.search(text) is not None


def unshown(text: str, *, several: bool = False) -> str:
    """What no paper can show and where (「佐藤」の後にある絵文字「😀」（U+1F600）); empty if nothing.

    The first such character is told; a line end is one where the text has no lines (``several``).
    """
    if text.isascii() and text.isprintable():
        return ""
    if len(text) > _LONG and not _UNSHOWN.search("".join(set(text) - ({"\n"} if several else set()))):
        return ""
    for match in _UNSHOWN.finditer(text):
        if several and match[0] == "\n":
            continue
        at = match.start()
        before = "".join(text[max(0, at - _BEFORE) : at].split())
        where = f"「{_UNSHOWN.sub('', before)}」の後にある" if before else "先頭にある"
        name = next(name for name, pattern in _NAMES if pattern.match(match[0]))
        seen = f"「{match[0]}」" if name == "絵文字" else ""
        return f"{where}{name}{seen}" + ("" if name == "改行" else f"（U+{ord(match[0]):04X}）")
    return ""
