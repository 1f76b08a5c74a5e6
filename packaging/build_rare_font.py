"""Build the fall-back font for the rarer kanji of names out of Noto Serif CJK JP (OFL 1.1).

Takes the kanji that BIZ UDMincho lacks and that are in use for names and places (those of the
third font given), turns their outlines into TrueType ones and renames the result: a derivative
does not carry the original's trademark. Run once when one of the source fonts changes::

    python packaging/build_rare_font.py NotoSerifCJK-Regular.ttc ipamjm.ttf OUT.ttf
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

FAMILY = "Jutaku Rare Mincho"
BODY = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "BIZUDMincho-Regular.ttf"
LARGEST_ERROR = 1.0
"""How far a quadratic outline may lie from the cubic one, in units of 1/1000 em."""


_COUNTS = (
    *("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"),
    *("SizeOfInstructions", "ComponentElements", "Points", "Contours", "CompositePoints"),
    *("CompositeContours", "ComponentDepth"),
)


def wanted(source: TTFont, names: TTFont) -> list[int]:
    """Code points of the kanji to take over."""
    lacking = set(source.getBestCmap()) & set(names.getBestCmap())
    lacking -= set(TTFont(BODY, lazy=True).getBestCmap())
    return sorted(code for code in lacking if "CJK" in unicodedata.name(chr(code), ""))


def cut(font: TTFont, codes: list[int]) -> None:
    """Reduce ``font`` to ``codes`` and to the tables that printing reads."""
    options = subset.Options()
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
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


def rename(font: TTFont) -> None:
    """Give the derivative its own name; copyright, licence and designer stay as they are."""
    table = font["name"]
    kept = {number: table.getName(number, 3, 1, 0x409) for number in (0, 9, 13, 14)}
    kept = {number: record.toUnicode() for number, record in kept.items() if record}
    table.names = []
    names = {
        1: FAMILY,
        2: "Regular",
        3: f"1.0;{FAMILY}",
        4: FAMILY,
        5: "Version 1.0",
        6: FAMILY.replace(" ", "") + "-Regular",
        10: "Subset of Noto Serif CJK JP with TrueType outlines, for printing names.",
        **kept,
    }
    for number, text in sorted(names.items()):
        table.setName(text, number, 3, 1, 0x409)


def main(arguments: list[str]) -> int:
    """Build the font; print how many kanji it holds."""
    parser = argparse.ArgumentParser(description=FAMILY)
    parser.add_argument("source", type=Path, help="NotoSerifCJK-Regular.ttc")
    parser.add_argument("names", type=Path, help="font whose kanji are wanted (ipamjm.ttf)")
    parser.add_argument("out", type=Path)
    given = parser.parse_args(arguments)
    font = TTFont(given.source, fontNumber=0, lazy=True, recalcTimestamp=False)
    codes = wanted(font, TTFont(given.names, lazy=True))
    cut(font, codes)
    to_truetype(font)
    rename(font)
    font.save(given.out)
    sys.stdout.write(f"{given.out}: {len(codes)} kanji, {given.out.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
