"""Whether text has room where Word gives it a fixed height: what does not show is cut without a word.

An estimate from the size of the characters: a full-width one is as wide as it is high.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.exchange.filling.measuring import LEGIBLE, lines_of
from app.exchange.filling.package import Node, Package
from app.exchange.filling.word.text import P, W, paragraph_text

_USUAL = 10.5
"""Points of Word's text in Japanese where nothing says otherwise."""
_LINE = 1.3
"""Height of a line by the size of its characters."""
_EMU = 12_700
"""Units of drawings in a point."""
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MARGIN = 10.8
"""Points that a cell's margins at left and right take together."""


class Room:
    """Measures against a document's own styles."""

    def __init__(self, package: Package) -> None:
        self._sizes: dict[str, tuple[float | None, str]] = {}
        self._default = _USUAL
        for name in package.of_type("wordprocessingml.styles+xml"):
            root = package.xml(name)
            held = _size(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
            self._default = held or _USUAL
            for style in root.iter(f"{W}style"):
                based = style.find(f"{W}basedOn")
                self._sizes[style.get(f"{W}styleId", "")] = (
                    _size(style.find(f"{W}rPr")),
                    "" if based is None else based.get(f"{W}val", ""),
                )

    def illegible(self, paragraph: Node) -> bool:
        """Whether a paragraph is set so small that nobody reads it, or is hidden: clients leave cells so."""
        if not paragraph_text(paragraph).strip():
            return False
        settings = paragraph.find(f"{W}r/{W}rPr")
        hidden = None if settings is None else settings.find(f"{W}vanish")
        shown = hidden is None or hidden.get(f"{W}val", "1") in ("0", "false", "off")
        return not shown or self.size(paragraph) < LEGIBLE

    def outgrown(self, paragraph: Node) -> bool:
        """Whether what stands in the cell or box of ``paragraph`` needs more height than is fixed for it."""
        for node in paragraph.iterancestors(f"{W}tc", f"{W}txbxContent"):
            room = _cell(node) if node.tag == f"{W}tc" else _box(node)
            if room is not None:
                width, height = room
                return sum(self._height(one, width) for one in node.iter(P)) > height + 1
        return False

    def _height(self, paragraph: Node, width: float) -> float:
        size = self.size(paragraph)
        return lines_of(paragraph_text(paragraph), size, width) * size * _LINE

    def size(self, paragraph: Node) -> float:
        """Points of the characters of a paragraph's first text."""
        for path in (f"{W}r/{W}rPr", f"{W}pPr/{W}rPr"):
            if held := _size(paragraph.find(path)):
                return held
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return self._of_style("" if style is None else style.get(f"{W}val", ""))

    def _of_style(self, name: str) -> float:
        for _step in range(20):
            size, based = self._sizes.get(name, (None, ""))
            if size:
                return size
            if not based:
                break
            name = based
        return self._default


def _size(settings: Node | None) -> float | None:
    held = None if settings is None else settings.find(f"{W}sz")
    return None if held is None else _number(held.get(f"{W}val")) / 2 or None


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _cell(cell: Node) -> tuple[float, float] | None:
    """Width and height in points of a cell whose row has a fixed height."""
    row = next(cell.iterancestors(f"{W}tr"), None)
    height = None if row is None else row.find(f"{W}trPr/{W}trHeight")
    width = cell.find(f"{W}tcPr/{W}tcW")
    if height is None or height.get(f"{W}hRule") != "exact" or width is None:
        return None
    wide, high = _number(width.get(f"{W}w")) / 20, _number(height.get(f"{W}val")) / 20
    return (wide - _MARGIN, high) if wide > 0 and high > 0 else None


def _box(box: Node) -> tuple[float, float] | None:
    """Width and height in points of a text box that does not grow with its text."""
    drawing = next(box.iterancestors(f"{_DRAWING}inline", f"{_DRAWING}anchor"), None)
    extent = None if drawing is None else drawing.find(f"{_DRAWING}extent")
    if drawing is None or extent is None or next(_growing(drawing), None) is not None:
        return None
    wide, high = _number(extent.get("cx")) / _EMU, _number(extent.get("cy")) / _EMU
    return wide - 14.4, high - 7.2


def _growing(drawing: Node) -> Iterator[Node]:
    for body in drawing.iter(f"{_SHAPE}bodyPr"):
        yield from body.iter(f"{_A}spAutoFit")
