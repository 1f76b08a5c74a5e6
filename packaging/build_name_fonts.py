"""Build the fall-back fonts for names out of Noto Serif and Noto Serif CJK (OFL 1.1).

``rare``: the kanji that BIZ UDMincho lacks and that are in use for names and places in Japan (those of
``ipamjm.ttf``). ``east``: the hanzi and Hangul that both lack. ``latin``: Latin letters, their marks
composed. Outlines become TrueType ones, which is what printing reads, and the result is renamed: a
derivative does not carry the original's trademark. The same sources give the same bytes. Run once when
one of them changes::

    python packaging/build_name_fonts.py rare NotoSerifCJK-Regular.ttc OUT.ttf --names ipamjm.ttf
    python packaging/build_name_fonts.py east NotoSerifCJK-Regular.ttc OUT.ttf
    python packaging/build_name_fonts.py latin NotoSerif-Regular.ttf OUT.ttf
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
BODY, RARE = FONTS / "BIZUDMincho-Regular.ttf", FONTS / "JutakuRareMincho-Regular.ttf"
LARGEST_ERROR = 1.0
"""How far a quadratic outline may lie from the cubic one, in units of 1/1000 em."""


_COUNTS = (
    *("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"),
    *("SizeOfInstructions", "ComponentElements", "Points", "Contours", "CompositePoints"),
    *("CompositeContours", "ComponentDepth"),
)
_LETTERS = ("Ll", "Lm", "Lo", "Lt", "Lu")


@dataclass(frozen=True)
class Kind:
    """One font: its family name, what it is, the face of the source, and which characters it takes."""

    family: str
    told: str
    face: int
    wanted: Callable[[set[int], Path | None], set[int]]


def _codes(path: Path) -> set[int]:
    return set(TTFont(path, lazy=True).getBestCmap())


def _called(code: int, *words: str) -> bool:
    return unicodedata.name(chr(code), "").startswith(words)


def _rare(held: set[int], names: Path | None) -> set[int]:
    if names is None:
        raise SystemExit("rare asks for --names, the font whose kanji are wanted")
    return {code for code in held & _codes(names) - _codes(BODY) if "CJK" in unicodedata.name(chr(code), "")}


def _east(held: set[int], _names: Path | None) -> set[int]:
    lacking = held - _codes(BODY) - _codes(RARE)
    return {
        code
        for code in lacking
        if _called(code, "CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH", "HANGUL SYLLABLE")
    }


def _latin(held: set[int], _names: Path | None) -> set[int]:
    """Whole words are set in it, so it has the letters that the body has too, and what stands in names."""
    letters = {
        code for code in held if _called(code, "LATIN") and unicodedata.category(chr(code)) in _LETTERS
    }
    return {code for code in letters if _narrow(code)} | (held & set(map(ord, " -'.’ʻʼ")))


def _narrow(code: int) -> bool:
    return unicodedata.east_asian_width(chr(code)) not in "FW"


KINDS = {
    "rare": Kind(
        "Jutaku Rare Mincho",
        "Subset of Noto Serif CJK JP with TrueType outlines, for printing names.",
        0,
        _rare,
    ),
    "east": Kind(
        "Jutaku East Mincho",
        "Subset of Noto Serif CJK SC with TrueType outlines, for printing names.",
        2,
        _east,
    ),
    "latin": Kind("Jutaku Latin Mincho", "Subset of Noto Serif, for printing names.", -1, _latin),
}


def cut(font: TTFont, codes: set[int]) -> None:
    """Reduce ``font`` to ``codes`` and to the tables that printing reads."""
    options = subset.Options()
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.hinting = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def to_truetype(font: TTFont) -> None:
    """Replace the CFF outlines by quadratic ones."""
    order, drawn = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    outlines = font["glyf"] = newTable("glyf")
    outlines.glyphOrder, outlines.glyphs = order, glyphs
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    _fill_maxp(font)
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\0\1\0\0"
    outlines.compile(font)
    for name in order:
        glyphs[name].recalcBounds(outlines)
        advance, _ = font["hmtx"].metrics[name]
        font["hmtx"].metrics[name] = (advance, getattr(glyphs[name], "xMin", 0))
    font["maxp"].recalc(font)


def _fill_maxp(font: TTFont) -> None:
    maxp = font["maxp"]
    maxp.tableVersion, maxp.maxZones = 0x00010000, 1
    for name in _COUNTS:
        setattr(maxp, f"max{name}", 0)


def rename(font: TTFont, kind: Kind) -> None:
    """Give the derivative its own name; copyright, licence and designer stay as they are."""
    table = font["name"]
    kept = {number: table.getName(number, 3, 1, 0x409) for number in (0, 9, 13, 14)}
    kept = {number: record.toUnicode() for number, record in kept.items() if record}
    table.names = []
    names = {
        1: kind.family,
        2: "Regular",
        3: f"1.0;{kind.family}",
        4: kind.family,
        5: "Version 1.0",
        6: kind.family.replace(" ", "") + "-Regular",
        10: kind.told,
        **kept,
    }
    for number, text in sorted(names.items()):
        table.setName(text, number, 3, 1, 0x409)


def main(arguments: list[str]) -> int:
    """Build one font; print how many characters it holds."""
    parser = argparse.ArgumentParser(description="fall-back fonts for names")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("source", type=Path, help="the font it is taken from")
    parser.add_argument("out", type=Path)
    parser.add_argument("--names", type=Path, help="rare: the font whose kanji are wanted (ipamjm.ttf)")
    given = parser.parse_args(arguments)
    kind = KINDS[given.kind]
    font = TTFont(given.source, fontNumber=kind.face, lazy=True, recalcTimestamp=False)
    codes = kind.wanted(set(font.getBestCmap()), given.names)
    cut(font, codes)
    if "CFF " in font:
        to_truetype(font)
    rename(font, kind)
    font.save(given.out)
    sys.stdout.write(f"{given.out}: {len(codes)} characters, {given.out.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
