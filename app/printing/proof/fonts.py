"""Proof-reading the fonts of a file: all there, cut down, readable back, and never an empty glyph."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from types import SimpleNamespace
from typing import BinaryIO, TypeAlias

import pikepdf
from fontTools.ttLib.tables._g_l_y_f import Glyph
from reportlab.pdfbase.ttfonts import TTFontParser

Found: TypeAlias = tuple[str, int, str]
"""Kind, page (from 1, 0: the whole file), detail."""

_SUBSET = re.compile(r"/[A-Z]{6}\+.+")
_PARTS = SimpleNamespace(getGlyphName=str, extended=False)
"""What an outline asks of its font: the names of its parts, and whether it is of the newer kind."""
_MAPPED = re.compile(rb"^<([0-9A-F]{2})> <[0-9A-F]{4,}>$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Font:
    """``shown``: the codes with a glyph that is not .notdef; ``mapped``: those that can be copied out."""

    shown: frozenset[int]
    mapped: frozenset[int]


def font_findings(file: BinaryIO) -> Iterator[Found]:
    """What is wrong with the fonts of a file that this room wrote."""
    known: dict[tuple[int, int], _Font] = {}
    with pikepdf.open(file) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            own = {}
            for label, font in page.resources.get("/Font", pikepdf.Dictionary()).items():
                if font.objgen not in known:
                    yield from ((kind, number, str(label)) for kind in _faults(font))
                    known[font.objgen] = _read(font)
                own[str(label)] = known[font.objgen]
            for name, codes in _used(page).items():
                yield from _code_faults(number, name, codes, own.get(name))


def _faults(font: pikepdf.Object) -> Iterator[str]:
    if _program(font) is None:
        yield "font not embedded"
    if not _SUBSET.fullmatch(str(font.get("/BaseFont", ""))):
        yield "font not subset"
    if "/ToUnicode" not in font:
        yield "font without ToUnicode"


def _code_faults(page: int, name: str, codes: set[int], font: _Font | None) -> Iterator[Found]:
    if font is None:
        yield "font unknown", page, name
        return
    if codes - font.shown:
        yield "missing glyph", page, f"{name}: {len(codes - font.shown)} characters without a glyph"
    if codes - font.mapped:
        yield "unreadable", page, f"{name}: {len(codes - font.mapped)} characters cannot be copied out"


def _program(font: pikepdf.Object) -> bytes | None:
    descriptor = font.get("/FontDescriptor", pikepdf.Dictionary())
    return bytes(descriptor.FontFile2.read_bytes()) if "/FontFile2" in descriptor else None


def _read(font: pikepdf.Object) -> _Font:
    program = _program(font)
    mapped = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
    codes = (int(code, 16) for code in _MAPPED.findall(mapped))
    return _Font(frozenset(_shown(program) if program else ()), frozenset(codes))


def _shown(program: bytes) -> Iterator[int]:
    """The codes whose outline can be read and is not that of .notdef, which is as good as missing."""
    tables = TTFontParser(BytesIO(program))
    long = struct.unpack_from(">h", tables.get_table("head"), 50)[0]
    loca = [place for (place,) in struct.iter_unpack(">L" if long else ">H", tables.get_table("loca"))]
    glyf, scale = tables.get_table("glyf"), 1 if long else 2
    places = [(start * scale, end * scale) for start, end in pairwise(loca)]
    outlines = [glyf[start:end] for start, end in places]
    whole = [len(outline) == end - start for outline, (start, end) in zip(outlines, places, strict=True)]
    cmap = tables.get_table("cmap")
    (count,) = struct.unpack_from(">H", cmap, 20)
    glyphs = struct.unpack_from(f">{count}H", cmap, 22)
    return (
        code
        for code, glyph in enumerate(glyphs)
        if 0 < glyph < len(outlines)
        and outlines[glyph] != outlines[0]
        and whole[glyph]
        and _readable(outlines[glyph])
    )


@lru_cache(maxsize=32_768)
def _readable(outline: bytes) -> bool:
    """Whether a reader of fonts finds its way through an outline; of the same bytes it is asked once."""
    try:
        Glyph(outline).expand(_PARTS)
    except Exception:  # whatever it stumbles over, a printer would as well
        return False
    return True


def bare(program: bytes) -> bytes:
    """A font program whose outlines are all empty, and which is the same in everything else.

    For readers that would take each outline apart once more, after ``font_findings`` has.
    """
    made = bytearray(program)
    try:
        (count,) = struct.unpack_from(">H", program, 4)
        for at in range(12, 12 + 16 * count, 16):
            tag, _sum, start, size = struct.unpack_from(">4sLLL", program, at)
            if tag == b"loca":
                made[start : start + size] = bytes(len(program[start : start + size]))
            elif tag == b"glyf":
                struct.pack_into(">L", made, at + 12, 0)
    except struct.error:
        return program  # no font at all: whoever reads it says so
    return bytes(made)


def _used(page: pikepdf.Page) -> dict[str, set[int]]:
    """The codes that a page shows in each of its fonts, by whatever operator shows them."""
    used: dict[str, set[int]] = {}
    font = ""
    for instruction in pikepdf.parse_content_stream(page, "Tf Tj TJ ' \""):
        name, operands = str(instruction.operator), instruction.operands
        if name == "Tf":
            font = str(operands[0])
            continue
        codes = used.setdefault(font, set())
        for part in operands[0] if name == "TJ" else operands:
            if isinstance(part, pikepdf.String):
                codes.update(bytes(part))
    return used
