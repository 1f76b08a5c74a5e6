"""Reading a font file for ReportLab: the same as its own reader finds, table by table instead of one by one.

ReportLab reads each of forty thousand numbers of a Japanese font with a call of its own. That is most of
what the first paper of a process waits for.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import cached_property

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase.ttfonts import TTFontFace

from app.printing.type.cutting import Cutter

_WIDE, _NARROW = 12, 4
"""The two formats of the table of characters that are read here."""


class Face(TTFontFace):  # type: ignore[misc] # ReportLab carries no types
    """A font file with what ReportLab asks of it.

    ``hmetrics``: width and bearing of each glyph, in the font's own units. ReportLab scales the width that
    the last glyphs share and no other; cut into a subset so, program and document disagree, which PDF/A
    forbids (ISO 19005-2, 6.2.11.5).
    """

    def extractInfo(self, _whole: int = 1) -> None:
        """Everything that ReportLab's own method finds."""
        super().extractInfo(0)
        self.charToGlyph = _characters(self.get_table("cmap"))
        self.hmetrics = self._metrics()
        self.glyphPos = self._places()
        self._share_blank()
        scaled = {width: self._pdfScale(width) for width in {width for width, _ in self.hmetrics}}
        widths = [scaled[width] for width, _ in self.hmetrics]
        self.defaultWidth = widths[0]
        self.charWidths = {code: widths[glyph] for code, glyph in self.charToGlyph.items()}

    def makeSubset(self, subset: Sequence[int]) -> bytes:
        """The same bytes as ReportLab's own method gives."""
        return self._cutter.cut(subset)

    @cached_property
    def _cutter(self) -> Cutter:
        return Cutter(self)

    def widths(self, codes: Sequence[int]) -> bytes:
        """The widths of ``codes`` as a PDF lists them: the few that there are, each put into figures once."""
        found = [self.charWidths.get(code, self.defaultWidth) for code in codes]
        written = {width: fp_str(width).encode("ascii") for width in set(found)}
        return b"[ %s ]" % b" ".join([written[width] for width in found])

    def _share_blank(self) -> None:
        """A font with but one of the two blanks shows it for both."""
        glyphs = self.charToGlyph
        blank, hard = 0x20, 0xA0
        if blank in glyphs:
            glyphs[hard] = glyphs[blank]
        elif hard in glyphs:
            glyphs[blank] = glyphs[hard]

    def _metrics(self) -> list[tuple[int, int]]:
        (full,) = struct.unpack_from(">H", self.get_table("hhea"), 34)
        table, rest = self.get_table("hmtx"), self.numGlyphs - full
        found = list(struct.iter_unpack(">HH", table[: 4 * full]))
        width = found[-1][0]
        return found + [(width, bearing) for bearing in struct.unpack_from(f">{rest}H", table, 4 * full)]

    def _places(self) -> list[int]:
        (long,) = struct.unpack_from(">H", self.get_table("head"), 50)
        count, table = self.numGlyphs + 1, self.get_table("loca")
        if long:
            return list(struct.unpack_from(f">{count}L", table))
        return [place << 1 for place in struct.unpack_from(f">{count}H", table)]


def _characters(cmap: bytes) -> dict[int, int]:
    """Character → glyph by the table that ReportLab would choose: the last one of Unicode."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    chosen = 0
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", cmap, 4 + 8 * number)
        if platform == 3 or (platform == 0 and encoding != 5):
            chosen = offset
    (form,) = struct.unpack_from(">H", cmap, chosen)
    if chosen and form == _WIDE:
        return _wide(cmap[chosen:])
    if chosen and form == _NARROW:
        return dict(_narrow(cmap[chosen:]))
    raise ValueError(f"a table of characters of format {form}")


def _wide(table: bytes) -> dict[int, int]:
    (count,) = struct.unpack_from(">L", table, 12)
    found: dict[int, int] = {}
    for first, last, glyph in struct.iter_unpack(">LLL", table[16 : 16 + 12 * count]):
        if first == last:
            found[first] = glyph
        else:
            found.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return found


def _narrow(table: bytes) -> Iterator[tuple[int, int]]:
    length, _language, doubled = struct.unpack_from(">HHH", table, 2)
    count = doubled // 2
    numbers = struct.unpack_from(f">{(length - 14) // 2}H", table, 14)
    lasts, firsts = numbers[:count], numbers[count + 1 : 2 * count + 1]
    shifts, ranges = numbers[2 * count + 1 : 3 * count + 1], numbers[3 * count + 1 : 4 * count + 1]
    glyphs = numbers[3 * count + 1 :]
    for at, (first, last, shift, start) in enumerate(zip(firsts, lasts, shifts, ranges, strict=True)):
        for code in range(first, last + 1):
            if start == 0:
                yield code, (code + shift) & 0xFFFF
                continue
            place = at + start // 2 + code - first
            glyph = glyphs[place] if place < len(glyphs) else 0
            yield code, (glyph + shift) & 0xFFFF if glyph else 0
