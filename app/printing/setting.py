"""Turning the blocks of a form into pieces that the flow can place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from app.printing import blocks as b
from app.printing import stamps
from app.printing.by_hand.consent import consent
from app.printing.drawing.chart import chart_pieces
from app.printing.flow import Piece
from app.printing.paper import MM
from app.printing.pdf import Book
from app.printing.pen import Pen
from app.printing.tables import grid_pieces, table_pieces
from app.printing.tagging.tree import Element
from app.printing.type.fonts import fonts
from app.printing.type.lines import Line, width_of
from app.printing.type.words import KI

BODY = 10.5
TITLE = 16.0
_SMALLEST_TITLE = 11.0
_SMALLEST_NUMBER = 8.0
_TABLE_SPACE, _BETWEEN_TABLES = 4.0, 9.0


@dataclass(frozen=True, slots=True)
class Spacing:
    """How far apart things stand. ``leading``: of a line of text, in its size; ``gaps``: part of every gap.

    ``row`` and ``sheet``: blank above and below a cell of a table and of a form sheet.
    """

    leading: float
    gaps: float
    row: float
    sheet: float
    title: float = 14.0
    """Below the title."""


USUAL = Spacing(1.65, 1.0, 3.2, 4.6)
TIGHT = Spacing(1.48, 0.6, 2.2, 3.0)
"""Wins back the few lines that would otherwise stand on a page of their own."""
PACKED = Spacing(1.34, 0.3, 1.5, 1.5)
"""As close as lines and rules can stand and be read at ease: for a paper that people expect on one page."""
CLOSEST = Spacing(1.27, 0.2, 1.0, 1.0, 6.0)
"""For half a sheet, where a slip is read at arm's length and signed on the spot."""
_STRETCH = 0.6
"""A line is left ragged rather than stretched by more than this part of the em per gap."""


class Setter:
    """Sets blocks to one width. ``book`` keeps pictures and paragraphs that come again.

    ``part``: the element of the file's structure that holds theirs.
    """

    def __init__(self, book: Book, width: float, part: Element, spacing: Spacing = USUAL) -> None:
        self._book = book
        self._width = width
        self._part = part
        self._list: Element | None = None
        self._spacing = spacing

    def pieces(self, blocks: Iterable[b.Block]) -> list[Piece]:
        """All pieces of ``blocks`` in order."""
        pieces: list[Piece] = []
        gap, new_page = 0.0, False
        for block in blocks:
            if isinstance(block, b.Gap):
                gap += block.mm * MM * self._spacing.gaps
                continue
            if isinstance(block, b.NewPage):
                new_page = True
                continue
            if not isinstance(block, b.KeepTogether) and not _is_point(block):
                self._list = None
            if pieces and (_ends(block) or (_totals(block) and pieces[-1].table is not None)):
                pieces[-1].keep = True
            made = self._block(block)
            if made:
                if pieces and pieces[-1].table is not None and made[0].table is not None:
                    made[0].before = _BETWEEN_TABLES
                made[0].before += gap
                made[0].new_page = made[0].new_page or new_page
                gap, new_page = made[-1].after, False
            pieces += made
        return pieces

    def _block(self, block: b.Block) -> list[Piece]:
        match block:
            case b.Table():
                return table_pieces(
                    block, self._width, _TABLE_SPACE, self._spacing.row, self._part, self._book.cells
                )
            case b.Grid():
                return grid_pieces(
                    block, self._width, _TABLE_SPACE, self._spacing.sheet, self._part, self._book.cells
                )
            case b.Chart():
                return chart_pieces(block, self._width, self._part)
            case b.KeepTogether(inner):
                return _kept(self.pieces(inner))
            case b.Submitter() | b.Signature() | b.Consent() | b.Photo():
                return self._stamp(block)
            case b.Gap() | b.NewPage():
                return []
            case _:
                return self._words(block)

    def _stamp(self, block: b.Submitter | b.Signature | b.Consent | b.Photo) -> list[Piece]:
        match block:
            case b.Submitter():
                return [stamps.submitter(block, self._width, self._book, self._part)]
            case b.Signature():
                return [stamps.signature(block, self._width, self._part)]
            case b.Consent():
                return [consent(block, self._width, self._part)]
            case b.Photo():
                return [stamps.photo(block, self._width, self._book, self._part)]

    def _words(
        self, block: b.Title | b.FormNumber | b.Text | b.Addressee | b.Ki | b.Item | b.End
    ) -> list[Piece]:
        match block:
            case b.Title(text):
                return self._title(text)
            case b.FormNumber(text):
                return self._text(b.Text(text, size=self._on_one_line(text, BODY, _SMALLEST_NUMBER)))
            case b.Text():
                made = self._text(block)
                return _following(made) if block.leads else made
            case b.Addressee(lines):
                return _kept(self._text(b.Text("\n".join(lines), before=2, after=8)))
            case b.Ki():
                return _following(self._text(b.Text(KI, "center", before=9, after=7)))
            case b.Item(number, text):
                wide = width_of(fonts().body, number + "　") / 1000
                item = b.Text(f"{number}　{text}", before=5, hang=wide)
                return _following(self._text(item, Element("H2", self._part)))
            case b.End(text):
                return self._text(b.Text(text, "right", before=8))

    def _on_one_line(self, text: str, size: float, least: float) -> float:
        """``size``, or less where one line would not hold the text; never below ``least``."""
        natural = width_of(fonts().bold, text) / 1000
        return max(min(size, self._width / max(natural, 1.0)), least)

    def _title(self, text: str) -> list[Piece]:
        size = self._on_one_line(text, TITLE, _SMALLEST_TITLE)
        title = b.Text(text, "center", size, bold=True, before=4, after=self._spacing.title)
        return _following(self._text(title, Element("H1", self._part)))

    def _element(self, text: b.Text) -> Element:
        """A paragraph, or a point of the list in which such points follow one another."""
        if not _is_point(text):
            return Element("P", self._part)
        self._list = self._list or Element("L", self._part)
        return Element("LBody", Element("LI", self._list))

    def _text(self, text: b.Text, element: Element | None = None) -> list[Piece]:
        chain = fonts().bold if text.bold else fonts().body
        room = self._width * 1000 / text.size - text.indent * 1000
        hang = text.hang * 1000
        lines = self._book.paragraph(chain, text.text, room - hang, -hang)
        leading = text.size * self._spacing.leading
        element = element or self._element(text)
        pieces, first = [], True
        for line in lines:
            left = (text.indent + (0.0 if first else text.hang)) * text.size
            draw = partial(_draw_line, element, line, text, leading, left, self._width - left)
            pieces.append(Piece(leading, draw, words=text.text))
            first = line.last
        pieces[0].before = text.before * self._spacing.gaps
        pieces[-1].after = text.after * self._spacing.gaps
        return _without_lone_lines(pieces)


def _draw_line(
    element: Element,
    line: Line,
    text: b.Text,
    leading: float,
    left: float,
    room: float,
    pen: Pen,
    x: float,
    top: float,
) -> None:
    pen.reads(element)
    wide = line.width * text.size / 1000
    stretch = 0.0
    if text.align == "center":
        left += (room - wide) / 2
    elif text.align == "right":
        left += room - wide
    elif text.align == "justify" and not line.last and len(line.glyphs) > 1:
        stretch = (room - wide) / (len(line.glyphs) - 1)
        stretch = stretch if stretch <= text.size * _STRETCH else 0.0
    pen.line(line, x + left, top + (leading - text.size) / 2, text.size, stretch)


def _is_point(block: b.Block) -> bool:
    return isinstance(block, b.Text) and block.hang > 0


def _ends(block: b.Block) -> bool:
    """Whether it begins with 以上, which never stands on a page without what precedes it."""
    return isinstance(block.blocks[0] if isinstance(block, b.KeepTogether) else block, b.End)


def _totals(block: b.Block) -> bool:
    """Whether it stands at the right edge: below a table it is its total, which goes with its last rows."""
    return isinstance(block, b.Text) and block.align == "right"


def _without_lone_lines(pieces: list[Piece]) -> list[Piece]:
    """Neither the first nor the last line of a paragraph stands alone on a page."""
    if len(pieces) > 1:
        pieces[0].keep = pieces[-2].keep = True
    return pieces


def _following(pieces: list[Piece]) -> list[Piece]:
    pieces[-1].keep = True
    return pieces


def _kept(pieces: Sequence[Piece]) -> list[Piece]:
    for piece in pieces[:-1]:
        piece.keep = True
    return list(pieces)
