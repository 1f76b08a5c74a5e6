"""Rows and texts as nearly every program writes them, taken many at a time.

A register has a million elements, and to be called for each is what reading one costs. Where a stretch of a
part holds nothing but the usual writing, one expression finds all that stands in it. The strict parser sees
every byte all the same, and before: what is found here is well-formed. Any other stretch is read element by
element (``grid``, ``texts``), and a property test holds the one to the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter

_TEXT = r'<t(?: xml:space="preserve")?>([^<]*)</t>'
_FORMULA = r"<f(?: [^<>]*)?(?:/>|>[^<]*</f>)"
_HELD = rf"(?:(?:{_FORMULA})?<v>([^<]+)</v>|<v></v>|<v/>)?"
_CELL = (
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,6})")?'
    rf'(?: t="inlineStr"><is>{_TEXT}</is></c>'
    rf'|(?: t="(s|str|n|b|e|d)")?(?: ph="[01]")?(?:/>|>{_HELD}</c>))'
)
_ROW = r'(<row(?: [A-Za-z0-9:]+="[^"<&]*")*/?>)|</row>'
_CELLS = re.compile(rf"{_CELL}|{_ROW}|([\s\S])")
_READING = r"(?:<rPh [^<>]*>(?:<t[^<>]*/>|<t[^<>]*>[^<]*</t>)</rPh>)*(?:<phoneticPr [^<>]*/>)?"
_SHARED = re.compile(rf"<si>{_TEXT}{_READING}</si>|([\s\S])")
_ATTRIBUTE = re.compile(r'([A-Za-z0-9:]+)="([^"]*)"')
_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([a-z]+));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LAST = itemgetter(-1)
_LONGEST = 1 << 20
"""Bytes of a part in which the end of an element is waited for."""

CellFound = tuple[str, str, str, str, str, str, str, str]
"""Letters, row, style, a text in place, or the type and what it holds; or else the head of a row; nothing."""


def cells(stretch: str) -> Sequence[CellFound] | None:
    """The heads of rows and the cells in ``stretch``; None where anything but the usual stands in it."""
    found = _CELLS.findall(stretch)
    return None if any(map(_LAST, found)) else found


def shared(stretch: str) -> Sequence[str] | None:
    """The texts of the shared table in ``stretch``; None where anything but the usual stands in it."""
    found = _SHARED.findall(stretch)
    return None if any(map(_LAST, found)) else [plain(text) for text, _ in found]


def attributes_of(head: str) -> dict[str, str]:
    """The attributes of the head of a row."""
    return dict(_ATTRIBUTE.findall(head))


def plain(text: str) -> str:
    """Characters of a well-formed part without a DOCTYPE, each reference for what it stands for."""
    return _ENTITY.sub(_meant, text) if "&" in text else text


def _meant(match: re.Match[str]) -> str:
    if match[1] is not None:
        return chr(int(match[1], 16))
    return chr(int(match[2])) if match[2] is not None else _NAMED[match[3]]


class Cut:
    """Cuts a part, block by block, into stretches that end behind a whole element.

    ``end`` is how that element ends. Once something stands in the part that an expression might misread
    (a comment, a section of characters, a writing other than UTF-8), no further stretch is ``whole``.
    """

    def __init__(self, end: bytes) -> None:
        self._end = end
        self._kept = b""
        self._first = True
        self._usual = bool(end)

    def take(self, block: bytes) -> Iterator[tuple[bytes, str | None]]:
        """What can be parsed now, in its order, each with the same as text where it is whole elements."""
        if not self._usual:
            yield block, None
            return
        self._kept += block
        if self._first:
            if (begun := self._begin()) is None:
                return
            yield begun, None
        at = self._kept.rfind(self._end) + len(self._end)
        if at < len(self._end):
            if len(self._kept) > _LONGEST:
                yield self._given_up(), None
            return
        stretch = self._kept[:at]
        if b"<!" in stretch or b"<?" in stretch:
            yield self._given_up(), None
            return
        self._kept = self._kept[at:]
        # The parser makes one line end of each kind.
        yield stretch, _decoded(stretch) if b"\r" not in stretch else None

    def rest(self) -> bytes:
        """What is left at the end of the part."""
        return self._kept

    def _begin(self) -> bytes | None:
        """The first element goes the long way: what comes before it says how the part is written."""
        at = self._kept.find(self._end) + len(self._end)
        if at < len(self._end):
            return self._given_up() if len(self._kept) > _LONGEST else None
        self._first = False
        begun = self._kept[:at]
        if not _ORDINARY.match(begun) or b"<!" in begun or begun.count(b"<?") > 1:
            return self._given_up()
        self._kept = self._kept[at:]
        return begun

    def _given_up(self) -> bytes:
        self._usual = self._first = False
        held, self._kept = self._kept, b""
        return held


_ORDINARY = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:[A-Za-z]"
    rb"|\?xml[^>]*?\bencoding\s*=\s*[\"'](?i:utf-?8|us-ascii)[\"'][^>]*>|\?xml(?![^>]*encoding)[^>]*>)"
)


def _decoded(stretch: bytes) -> str | None:
    try:
        return stretch.decode("utf-8")
    except UnicodeDecodeError:
        return None
