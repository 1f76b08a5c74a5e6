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
_REPEATED = 8
"""The flag of a point that holds for so many more as the next byte says."""
_PLACE = tuple(
    sum(1 if flag & short else 0 if flag & same else 2 for short, same in ((2, 16), (4, 32)))
    for flag in range(256)
)
"""For each flag, the bytes of the place of its point: in each direction one, two, or none where it stays."""
_ODD = re.compile(rb"[(%'\"\\]|\b(?:TJ|BI|ID)\b")
"""What a page of ours never holds, and in which words could be shown, or hidden, that are not found below."""
_SHOWS = re.compile(rb"/(\S+) [0-9.-]+ Tf\b|<([0-9A-Fa-f]*)> Tj\b")
_SHOWN = re.compile(rb"\bT[fj]\b")
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
        if outline[:1] < b"\x80" and outline[:2] > b"\x00\x00":
            return _whole(outline)
        Glyph(outline).expand(_PARTS)
    except Exception:  # whatever it stumbles over, a printer would as well
        return False
    return True


def _whole(outline: bytes) -> bool:
    """Whether an outline that is not put together of others ends where what it says of itself ends.

    Its contours, each after the former one; its instructions; a flag for each point, some for several; as
    many bytes of places as the flags say; at most three that fill it up. Raises what reading beyond its end
    raises.
    """
    (contours,) = struct.unpack_from(">H", outline)
    ends = struct.unpack_from(f">{contours}H", outline, 10)
    if any(end >= after for end, after in pairwise(ends)):
        return False
    at: int = 10 + 2 * contours
    at += 2 + struct.unpack_from(">H", outline, at)[0]
    left: int = ends[-1] + 1
    size = 0
    while left > 0:
        flag = outline[at]
        at += 1
        if flag & _REPEATED:
            times = outline[at] + 1
            at += 1
            left -= times
            size += _PLACE[flag] * times
        else:
            left -= 1
            size += _PLACE[flag]
    return left == 0 and 0 <= len(outline) - at - size < 4


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
    page.contents_coalesce()
    content = page.Contents.read_bytes()
    found = list(_SHOWS.finditer(content))
    if _ODD.search(content) or len(found) != len(_SHOWN.findall(content)):
        return _read_through(page)
    shown: dict[bytes, list[bytes]] = {}
    font = b""
    for one in found:
        if one[2] is None:
            font = one[1]
        else:
            shown.setdefault(font, []).append(one[2])
    return {
        f"/{name.decode('ascii')}" if name else "": set(bytes.fromhex(b"".join(codes).decode("ascii")))
        for name, codes in shown.items()
    }


def _read_through(page: pikepdf.Page) -> dict[str, set[int]]:
    """The same of a page that is not written as ours are, instruction by instruction."""
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
