"""ReportLab's TrueType font, made fit for official names.

What ReportLab 5.1 does with a character it cannot show, with kanji beyond U+FFFF, with variation
sequences and with the widths of a cut-down font is cured here, font by font, and nowhere else.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from io import BytesIO
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase.ttfonts import TTEncoding, TTFont

from app.printing.type.face import Face

_STAND_INS = 0xF0000
"""Private-use plane 15: ReportLab knows one code point per glyph, so a sequence gets one from here."""
_SPACE = 0x3000
_NO_BREAK_SPACE = 0xA0
_ROWS_PER_BLOCK = 100


class NoGlyphError(Exception):
    """A text reached the page that this font cannot show: a fault of the program, not of the text."""


class Typeface(TTFont):  # type: ignore[misc] # ReportLab carries no types
    """A font for ReportLab's canvas that never draws a box in place of a character.

    ``data``: the font file. ``drawn``: characters that the pen draws itself over an empty glyph, so
    that copying them out still gives the character.
    """

    def __init__(self, name: str, data: bytes, drawn: str = "") -> None:
        # What ReportLab does here, but for its reader of the file.
        self.fontName, self.face, self.encoding = name, Face(BytesIO(data)), TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self._asciiReadable, self.shapable = False, False
        _hand_out_outlines(self.face)
        self._cutting, self._asking = threading.Lock(), threading.Lock()
        self._drawn = frozenset(drawn)
        self._written: dict[str, str | None] = {}
        self._stands_for: dict[int, str] = {}
        self._drawable: set[str] = set()

    def written(self, cluster: str) -> str | None:
        """What to hand to ReportLab for one character with or without selector; None: not in this font."""
        try:
            return self._written[cluster]
        except KeyError:
            with self._asking:  # another thread may have asked for it meanwhile
                if cluster not in self._written:
                    self._written[cluster] = self._look_up(cluster)
                return self._written[cluster]

    def _look_up(self, cluster: str) -> str | None:
        """Characters are looked up as they are asked for: of ten thousand a paper asks for some hundred."""
        glyphs = self.face.charToGlyph
        if cluster in self._drawn:
            return self._stand_in(cluster, glyphs[_SPACE])
        if len(cluster) != 1:
            return self._stand_in(cluster, self._sequences.get(cluster, 0))
        code = ord(cluster)
        # A no-break space ReportLab would draw and copy out as a plain one.
        return cluster if code < _STAND_INS and code != _NO_BREAK_SPACE and glyphs.get(code) else None

    @cached_property
    def _sequences(self) -> dict[str, int]:
        face = self.face
        return {
            chr(base) + chr(selector): glyph or face.charToGlyph.get(base, 0)
            for base, selector, glyph in _sequences(face.get_table("cmap"))
        }

    def advance(self, written: str) -> int:
        """The width of what :meth:`written` gave, in thousandths of the em."""
        return round(float(self.face.charWidths[ord(written)]))

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """As ReportLab; but raises :class:`NoGlyphError` where ReportLab would draw .notdef."""
        if not self._drawable.issuperset(text):
            lacking = [one for one in set(text) - self._drawable if not self._draws(one)]
            if lacking:
                raise NoGlyphError(f"{self.fontName} lacks {len(lacking)} characters")
        parts: list[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return parts

    def addObjects(self, doc: Any) -> None:
        """As ReportLab; but what is copied out of the file is what was written into it.

        One document at a time: while it cuts, ReportLab keeps its place in the font in the font itself.
        """
        state = self._assignState(doc)
        with self._cutting:
            super().addObjects(doc)
        for number, codes in enumerate(state.subsets):
            font = doc.idToObject["BasicFonts"].dict[f"{state.internalName}+{number}"]
            font.Widths = self.face.widths(codes)
            doc.idToObject[f"toUnicodeCMap:{font.BaseFont}"].content = self._to_unicode(codes)

    def _draws(self, character: str) -> bool:
        if ord(character) in self._stands_for or self.written(character) == character:
            self._drawable.add(character)
            return True
        return False

    def _stand_in(self, text: str, glyph: int) -> str | None:
        if not glyph:
            return None
        face, code = self.face, _STAND_INS + len(self._stands_for)
        face.charToGlyph[code] = glyph
        face.charWidths[code] = face.hmetrics[glyph][0] * 1000 / face.unitsPerEm
        self._stands_for[code] = text
        return chr(code)

    def _to_unicode(self, codes: Sequence[int]) -> str:
        """ReportLab's own map writes code points beyond U+FFFF with five digits: 𠮷 would read ₻."""
        rows = []
        for place, code in enumerate(codes):
            text = self._stands_for.get(code) or chr(code)
            if code:
                rows.append(f"<{place:02X}> <{text.encode('utf-16-be').hex().upper()}>")
        out = [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
        ]
        for start in range(0, len(rows), _ROWS_PER_BLOCK):
            block = rows[start : start + _ROWS_PER_BLOCK]
            out += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        out += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
        return "\n".join(out)


class _Outlines:
    """The outlines of a font as they lie in its file; a slice of them is all that is ever copied."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data, self._start = data, start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


def _hand_out_outlines(face: Any) -> None:
    """To cut out a few outlines, ReportLab copies all of them first: megabytes for each font of a file."""
    others = face.get_table
    outlines = _Outlines(face._ttf_data, face.get_table_pos("glyf")[0])
    face.get_table = lambda tag: outlines if tag == "glyf" else others(tag)


def _sequences(cmap: bytes) -> Iterator[tuple[int, int, int]]:
    """Base, selector, glyph of every variation sequence; glyph 0: the base character's own."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">L", cmap, 8 + 8 * number)
        if struct.unpack_from(">H", cmap, offset)[0] == 14:
            yield from _format_14(cmap[offset:])


def _format_14(table: bytes) -> Iterator[tuple[int, int, int]]:
    (count,) = struct.unpack_from(">L", table, 6)
    for number in range(count):
        record = 10 + 11 * number
        selector = int.from_bytes(table[record : record + 3], "big")
        own, named = struct.unpack_from(">LL", table, record + 3)
        for entry in _entries(table, own, 4):
            first = int.from_bytes(entry[:3], "big")
            yield from ((base, selector, 0) for base in range(first, first + entry[3] + 1))
        for entry in _entries(table, named, 5):
            yield int.from_bytes(entry[:3], "big"), selector, int.from_bytes(entry[3:], "big")


def _entries(table: bytes, offset: int, size: int) -> Iterator[bytes]:
    count = struct.unpack_from(">L", table, offset)[0] if offset else 0
    return (table[at : at + size] for at in range(offset + 4, offset + 4 + size * count, size))
