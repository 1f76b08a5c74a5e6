"""Drawing on one page: positioned text, rules, shades, pictures.

Lengths are points; places count from the upper left corner of the paper, where ReportLab's canvas
counts from the lower left one. The pen knows no layout.

Everything it draws is marked: as part of an element of the document's structure, or as an artifact, which
nobody who is read the page is told of. An unmarked stroke would make the whole file one that is not tagged.

Text is written in the operators of PDF itself (ISO 32000-1, 9.4): ReportLab begins a text object and names
font and leading anew for each line, which is most of a page and of the time that making and reading it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.pdfgen.canvas import Canvas

from app.printing.pdf import Book
from app.printing.tagging.tree import Element
from app.printing.type.fonts import Chain, Glyph
from app.printing.type.lines import Line
from app.printing.type.words import printable

BASELINE = 0.88
"""Where the baseline lies below the top of the em, in ems, in all fonts of the program."""

_RULE = "/Artifact BMC"
_FURNITURE = "/Artifact<</Type/Pagination>>BDC"
_TICK = ((0.22, 0.52), (0.42, 0.74), (0.80, 0.22))
_SLOPE = 0.7071


class Pen:
    """Draws on the open page of ``book``, which is ``height`` points high.

    ``marks`` False: what is drawn is marked from outside, as a whole.
    """

    def __init__(self, book: Book, height: float, *, marks: bool = True) -> None:
        self._book = book
        self._height = height
        self._marks = marks
        self._element: Element | None = None
        self._marked: Element | str | None = None
        self._in_text = False
        self._font: tuple[str, float] = ("", 0.0)
        self._space = 0.0

    def reads(self, element: Element | None) -> None:
        """To which element text and pictures belong from here on; None: they are artifacts.

        Rules, shades and frames are artifacts always, but for the lines of a figure.
        """
        self._element = element

    @property
    def _canvas(self) -> Canvas:
        """For all that is no text: it ends the text object, in which nothing else may stand."""
        element, canvas = self._element, self._book.canvas
        figure = element is not None and element.kind == "Figure"
        if said := self._end_text() + self._mark(element if figure and element is not None else _RULE):
            canvas.addLiteral(said)
        return canvas

    def _draw(self, said: str) -> None:
        self._canvas.addLiteral(said)

    def finish(self) -> None:
        """Nothing more is drawn on this page."""
        if said := self._end_text() + self._end_mark():
            self._book.canvas.addLiteral(said)

    def _end_text(self) -> str:
        if not self._in_text:
            return ""
        self._in_text = False
        return f"{self._end_mark()}ET "  # a mark that was begun within the text ends there

    def _end_mark(self) -> str:
        if self._marked is None:
            return ""
        self._marked = None
        return "EMC "

    def _mark(self, wanted: Element | str) -> str:
        """What is drawn next belongs to ``wanted``: an element, or the operator of an artifact."""
        if self._marked is wanted or not self._marks:
            return ""
        ended = self._end_mark()
        self._marked = wanted
        if isinstance(wanted, str):
            return f"{ended}{wanted} "
        return f"{ended}/{wanted.kind}<</MCID {self._book.tree.mark(wanted)}>>BDC "

    def line(self, line: Line, x: float, top: float, size: float, stretch: float = 0.0) -> None:
        """Draw a line of text whose em box starts at ``top``; ``stretch``: points added to each gap."""
        if not line.glyphs:
            return
        self._write(line, x, top, size, stretch)
        if any(glyph.box is not None for glyph in line.glyphs):
            self._boxes(line, x, top, size, stretch)

    def spread(self, chain: Chain, text: str, x: float, top: float, size: float, width: float) -> None:
        """均等割付: one line spread to ``width``; copying it out still gives the bare text."""
        text = printable(text)
        glyphs = chain.glyphs(text)
        advances = tuple(glyph.width for glyph in glyphs)
        line = Line(glyphs, advances, sum(advances), last=True)
        room = width - line.width * size / 1000
        stretch = max(room / (len(glyphs) - 1), 0.0) if len(glyphs) > 1 else 0.0
        copied = text.encode("utf-16-be").hex().upper()
        self._book.canvas.addLiteral(f"{self._begin()}/Span <</ActualText <FEFF{copied}>>> BDC")
        self._write(line, x, top, size, stretch)
        # Some readers take the end of the span for that of the mark: what follows gets a mark of its own.
        self._book.canvas.addLiteral(f"EMC {self._end_mark()}")
        self._boxes(line, x, top, size, stretch)

    def slanted(self, glyphs: Sequence[Glyph], x: float, y: float, size: float, grey: float) -> None:
        """A large word in one font at 45 degrees around the point (x, y), for the background."""
        wide = sum(glyph.width for glyph in glyphs) * size / 1000
        left = x - wide / 2 * _SLOPE + size * 0.35 * _SLOPE
        base = self._height - y - wide / 2 * _SLOPE - size * 0.35 * _SLOPE
        self._draw(f"{_short(grey)} g")
        turned = f"{_SLOPE} {_SLOPE} {-_SLOPE} {_SLOPE}"
        self._book.canvas.addLiteral(f"{self._begin()}{turned} {_number(left)} {_number(base)} Tm")
        for font, shown in self._book.shown(glyphs[0].font, "".join(glyph.written for glyph in glyphs)):
            self._show(font, shown, size, 0.0)
        self._draw("0 g")

    def grey(self, level: float) -> None:
        """Fill and stroke with this grey (0: black) from here on."""
        self._draw(f"{_short(level)} g {_short(level)} G")

    def rules(self, segments: Iterable[tuple[float, float, float, float]], width: float) -> None:
        """Straight rules (x0, y0, x1, y1), all ``width`` thick."""
        placed = [
            f"{_short(x0)} {_short(self._height - y0)} m {_short(x1)} {_short(self._height - y1)} l"
            for x0, y0, x1, y1 in segments
        ]
        if placed:
            self._draw(f"{_short(width)} w n {' '.join(placed)} S")

    def frame(self, x: float, top: float, width: float, height: float, line: float) -> None:
        """An empty rectangle."""
        self._draw(f"{_short(line)} w {self._box(x, top, width, height)} S")

    def shade(self, x: float, top: float, width: float, height: float, grey: float) -> None:
        """A filled rectangle."""
        self._draw(f"{_short(grey)} g {self._box(x, top, width, height)} f 0 g")

    def _box(self, x: float, top: float, width: float, height: float) -> str:
        return f"{_short(x)} {_short(self._height - top - height)} {_short(width)} {_short(height)} re"

    def solid(
        self, boxes: Iterable[tuple[int, int, int, int]], x: float, top: float, unit: float, high: int
    ) -> None:
        """Black rectangles (column, row, wide, high) of a raster, as one figure without seams.

        Its upper left corner is (x, top); it has ``high`` rows, ``unit`` points each.
        """
        below = self._height - top - high * unit
        drawn = " ".join(f"{at} {high - row - tall} {wide} {tall} re" for at, row, wide, tall in boxes)
        scale = _number(unit, 4)
        self._canvas.addLiteral(f"q {scale} 0 0 {scale} {_number(x)} {_number(below)} cm {drawn} f Q")

    def circle(self, x: float, y: float, radius: float, line: float, dash: tuple[float, float]) -> None:
        """A dashed circle around (x, y)."""
        self._canvas.setDash(dash)
        self._canvas.setLineWidth(line)
        self._canvas.circle(x, self._height - y, radius)
        self._canvas.setDash()

    def image(self, name: str, x: float, top: float, width: float, height: float) -> None:
        """A picture that the book keeps under ``name``."""
        canvas = self._canvas
        canvas.saveState()
        canvas.transform(width, 0, 0, height, x, self._height - top - height)
        canvas.doForm(name)
        canvas.restoreState()

    def _write(self, line: Line, x: float, top: float, size: float, stretch: float) -> None:
        place = f"{_number(x)} {_number(self._height - top - size * BASELINE)}"
        self._book.canvas.addLiteral(f"{self._begin()}1 0 0 1 {place} Tm")
        for run in self._book.runs(line):
            self._show(run.font, run.shown, size, stretch - run.narrower * size / 1000)

    def _begin(self) -> str:
        """What goes before a text: the text object it stands in, and to what it belongs."""
        wanted = self._element or _FURNITURE
        if self._in_text:
            return self._mark(wanted)
        self._in_text = True
        return f"{self._end_mark()}BT {self._mark(wanted)}"

    def _show(self, font: str, shown: str, size: float, space: float) -> None:
        """Font and space between characters hold until they are changed, to the end of the page."""
        size, space = round(size, 4), round(space, 4)
        said = f"{shown} Tj"
        if space != self._space:
            self._space = space
            said = f"{_number(space, 4)} Tc {said}"
        if (font, size) != self._font:
            self._font = font, size
            said = f"{font} {_number(size, 4)} Tf {said}"
        self._book.canvas.addLiteral(said)

    def _boxes(self, line: Line, x: float, top: float, size: float, stretch: float) -> None:
        for glyph, advance in zip(line.glyphs, line.advances, strict=True):
            if glyph.box is not None:
                self._check_box(x, top, size, ticked=glyph.box)
            x += advance * size / 1000 + stretch

    def _check_box(self, x: float, top: float, size: float, *, ticked: bool) -> None:
        side = size * 0.74
        left, upper = x + size * 0.13, top + size * 0.13
        self.frame(left, upper, side, side, size * 0.055)
        if ticked:
            points = [(left + side * dx, upper + side * dy) for dx, dy in _TICK]
            self.rules([(*points[0], *points[1]), (*points[1], *points[2])], size * 0.09)


def _short(value: float) -> str:
    """A length to a hundredth of a point as ReportLab writes it, to the letter, in a fraction of the time."""
    text = f"{round(value, 2) or 0.0:.2f}".rstrip("0").rstrip(".")
    return text[1:] if text.startswith("0.") else text


def _number(value: float, places: int = 2) -> str:
    """A number as PDF writes it, which knows no exponents."""
    return f"{value:.{places}f}".rstrip("0").rstrip(".")
