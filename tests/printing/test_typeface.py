"""The font class: all of a font can be drawn, nothing else, and what is cut out of it is right."""

from __future__ import annotations

import struct
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase.ttfonts import TTFontFace
from reportlab.pdfgen.canvas import Canvas

from app.printing.type import fonts
from app.printing.type.face import Face
from app.printing.type.fonts import BODY, BOLD, EAST, LATIN, RARE, load_face
from app.printing.type.typeface import NoGlyphError, Typeface

FILES = (BODY, BOLD, RARE)


@cache
def whole(name: str) -> TTFont:
    return TTFont(BytesIO(resources.files("resources").joinpath("fonts", name).read_bytes()))


def sequences(name: str) -> dict[str, str | None]:
    """Every variation sequence of a font and the name of its glyph, None: that of the base."""
    tables = [table for table in whole(name)["cmap"].tables if table.format == 14]
    return {
        chr(base) + chr(selector): glyph
        for table in tables
        for selector, entries in table.uvsDict.items()
        for base, glyph in entries
    }


@pytest.mark.parametrize("name", [*FILES, LATIN, EAST])
def test_a_font_is_read_as_reportlab_reads_it(name: str) -> None:
    data = resources.files("resources").joinpath("fonts", name).read_bytes()
    theirs, ours = TTFontFace(BytesIO(data)), Face(BytesIO(data))
    for told in ("charToGlyph", "charWidths", "defaultWidth", "glyphPos", "numGlyphs", "name", "bbox"):
        assert getattr(ours, told) == getattr(theirs, told), told
    (full,) = struct.unpack_from(">H", theirs.get_table("hhea"), 34)
    width = theirs.hmetrics[full - 1][0]
    shared = [(width, bearing) for _scaled, bearing in theirs.hmetrics[full:]]
    assert ours.hmetrics == theirs.hmetrics[:full] + shared


@pytest.mark.parametrize("name", [*FILES, LATIN, EAST])
@pytest.mark.parametrize("count", [0, 1, 40, 254])
def test_a_font_is_cut_as_reportlab_cuts_it(name: str, count: int) -> None:
    data = resources.files("resources").joinpath("fonts", name).read_bytes()
    theirs, ours = TTFontFace(BytesIO(data)), Face(BytesIO(data))
    theirs.hmetrics = ours.hmetrics  # theirs spoils the width that the last glyphs share
    known = sorted(ours.charToGlyph)
    codes = [0, *known[:: max(1, len(known) // count)][:count]] if count else [0]
    assert ours.makeSubset(codes) == theirs.makeSubset(codes)
    assert ours.makeSubset([*codes, 0xE000, 32, *codes[:3]]) == theirs.makeSubset(
        [*codes, 0xE000, 32, *codes[:3]]
    )


def test_a_glyph_that_is_put_together_of_others_takes_them_along() -> None:
    data = resources.files("resources").joinpath("fonts", LATIN).read_bytes()
    theirs, ours = TTFontFace(BytesIO(data)), Face(BytesIO(data))
    theirs.hmetrics = ours.hmetrics
    glyf = whole(LATIN)["glyf"]
    made = [
        code
        for code, glyph in ours.charToGlyph.items()
        if glyf[whole(LATIN).getGlyphName(glyph)].isComposite()
    ]
    assert made
    for start in range(0, len(made), 200):
        codes = [0, *made[start : start + 200]]
        assert ours.makeSubset(codes) == theirs.makeSubset(codes)


def test_so_many_outlines_that_their_places_need_four_bytes_each() -> None:
    data = resources.files("resources").joinpath("fonts", BODY).read_bytes()
    theirs, ours = TTFontFace(BytesIO(data)), Face(BytesIO(data))
    theirs.hmetrics = ours.hmetrics
    codes = [0, *[code for code in sorted(ours.charToGlyph) if code > 0x4E00][:900]]
    made = ours.makeSubset(codes)
    assert len(made) > 0x1FFFF
    assert made == theirs.makeSubset(codes)


def test_the_widths_of_a_subset_are_written_as_reportlab_writes_them() -> None:
    face = load_face(BODY).face
    codes = [0, *sorted(face.charToGlyph)[::97]]
    assert face.widths(codes) == b"[ %s ]" % b" ".join(
        fp_str(face.getCharWidth(code)).encode("ascii") for code in codes
    )


def test_a_font_is_read_in_a_few_calls_and_not_number_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    data, calls = resources.files("resources").joinpath("fonts", BODY).read_bytes(), 0
    for name in ("read_ushort", "read_ulong", "get_ushort"):
        one = getattr(TTFontFace, name)

        def counted(*given: Any, one: Any = one) -> Any:
            nonlocal calls
            calls += 1
            return one(*given)

        monkeypatch.setattr(TTFontFace, name, counted)
    glyphs = Face(BytesIO(data)).numGlyphs
    assert calls < glyphs / 20


@pytest.mark.parametrize("name", FILES)
def test_every_character_and_sequence_of_a_font_shows_its_own_glyph(name: str) -> None:
    face, cmap = load_face(name), whole(name).getBestCmap()
    wanted = {chr(code): glyph for code, glyph in cmap.items() if code != 0xA0}
    wanted |= {text: glyph or cmap[ord(text[0])] for text, glyph in sequences(name).items()}
    for text, glyph in wanted.items():
        written = face.written(text)
        assert written is not None, [hex(ord(character)) for character in text]
        assert face.face.charToGlyph[ord(written)] == whole(name).getGlyphID(glyph)
        advance = whole(name)["hmtx"][glyph][0] * 1000 / whole(name)["head"].unitsPerEm
        assert face.advance(written) == round(advance)


@pytest.mark.parametrize("text", ["\x00", "\xa0", "\ue000", "😀", "葛\U000e01ef", "\U000f0000", "\U000f0001"])
@pytest.mark.parametrize("name", FILES)
def test_what_a_font_lacks_is_never_drawn(name: str, text: str) -> None:
    assert load_face(name).written(text) is None
    canvas = Canvas(BytesIO(), initialFontName=load_face(BODY).fontName)
    canvas.setFont(load_face(name).fontName, 9)
    if text < "\U000f0000":
        with pytest.raises(NoGlyphError):
            canvas.drawString(0, 0, text)


@pytest.mark.parametrize("name", FILES)
def test_a_subset_has_the_outlines_and_widths_of_the_whole_font(name: str) -> None:
    cmap = whole(name).getBestCmap()
    text = "".join(chr(code) for code in sorted(cmap)[::40] if code != 0xA0)
    canvas = Canvas(BytesIO(), initialFontName=load_face(name).fontName, pageCompression=0)
    canvas.drawString(0, 0, text)
    compared = set()
    with pikepdf.open(BytesIO(canvas.getpdfdata())) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            compared |= _compared(name, font)
    assert compared == set(text)


def _compared(name: str, font: pikepdf.Object) -> set[str]:
    """The characters of one embedded subset, after comparing each with the whole font."""
    full, cut = whole(name), TTFont(BytesIO(font.FontDescriptor.FontFile2.read_bytes()), checkChecksums=2)
    codes = cut["cmap"].tables[0].cmap
    per_em = 1000 / full["head"].unitsPerEm
    found = set()
    for row in font.ToUnicode.read_bytes().decode("ascii").splitlines():
        if not row.startswith("<") or row.count("<") != 2 or row.startswith("<00>"):
            continue
        code, text = (bytes.fromhex(part.strip("<>")) for part in row.split())
        character, own = text.decode("utf-16-be"), codes.get(code[0])
        if own is None:
            assert character == " "  # ReportLab keeps a place for the space even where there is none
            continue
        theirs = full.getBestCmap()[ord(character)]
        assert cut["hmtx"][own] == full["hmtx"][theirs]
        assert float(font.Widths[code[0]]) == pytest.approx(full["hmtx"][theirs][0] * per_em, abs=0.01)
        outline = list(full["glyf"][theirs].getCoordinates(full["glyf"])[0])
        assert list(cut["glyf"][own].getCoordinates(cut["glyf"])[0]) == outline
        found.add(character)
    return found


def test_a_font_that_someone_else_registered_is_refused() -> None:
    load_face(BODY)
    with pytest.raises(RuntimeError, match="already registered"):
        fonts._read.__wrapped__(BODY)


class Together:
    """Notes whether two threads were in one place at once."""

    def __init__(self) -> None:
        self._both = threading.Barrier(2)
        self.met: list[int] = []

    def enter(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self.met.append(self._both.wait(0.2))


def test_two_threads_never_load_fonts_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    together, read = Together(), fonts._read

    def read_alone(name: str) -> Typeface:
        together.enter()
        return read(name)

    monkeypatch.setattr(fonts, "_read", read_alone)
    with ThreadPoolExecutor(2) as threads:
        one, two = threads.map(load_face, (BODY, BODY))
    assert one is two
    assert together.met == []


def test_two_threads_never_cut_one_font_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    font, together = load_face(BODY), Together()
    cut = font.face.makeSubset

    def cut_alone(codes: list[int]) -> bytes:
        together.enter()
        made: bytes = cut(codes)
        return made

    def print_one(_: int) -> None:
        canvas = Canvas(BytesIO(), initialFontName=font.fontName)
        canvas.drawString(0, 0, "同時")
        canvas.getpdfdata()

    monkeypatch.setattr(font.face, "makeSubset", cut_alone)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(print_one, range(2)))
    assert together.met == []
