"""Labels: a code that any scanner reads, beside it the number in plain letters and whose the thing is.

Nothing else stands on the sheet, neither page number nor title: what lies beside a label is its backing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from app.printing.codes.drawing import runs
from app.printing.codes.symbol import QUIET, SIDE, modules
from app.printing.labels.sheets import LabelSheet
from app.printing.paper import MM, PORTRAIT
from app.printing.pdf import Book
from app.printing.pen import Pen
from app.printing.proof.archive import broken_rules
from app.printing.proof.fonts import font_findings
from app.printing.proof.reading import Finding, ProofError
from app.printing.proof.tags import tag_findings
from app.printing.tagging.tree import Element
from app.printing.type.fonts import Chain, MissingGlyph, fonts
from app.printing.type.lines import Line, TooNarrowError, break_text
from app.printing.type.words import printable

_INSET = 1.5 * MM
"""White at the edges of a label: printers do not hit it more closely."""
_WIDEST_CODE = 26 * MM
_NUMBER_SIZES = (16.0, 14.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0)
_BESIDE_SIZES = (8.0, 7.0, 6.0, 5.0, 4.0)
_LEADING = 1.25
_NUMBER_SHARE = 0.55
"""How much of the height the number may take; whose it is takes the rest."""


@dataclass(frozen=True, slots=True)
class Label:
    """``code``: what its code says. ``number``: in large letters. ``beside``: below it, one line each."""

    code: str
    number: str
    beside: tuple[str, ...]


def draw_labels(
    labels: Sequence[Label],
    sheet: LabelSheet,
    *,
    first: int = 1,
    shift: tuple[float, float] = (0.0, 0.0),
    framed: bool = False,
    title: str = "ラベル",
) -> bytes:
    """The labels as a PDF/A-2b file, beginning at face ``first`` (from 1) of the first sheet.

    ``shift``: millimetres to the right and down, for a printer that does not hit the sheet. ``framed``: with
    the edges of the labels, for a trial on plain paper. Raises ``MissingGlyph`` for characters that no font
    has, ``ValueError`` for a face that the sheet does not have.
    """
    if not 1 <= first <= sheet.faces:
        raise ValueError(first)
    _require_glyphs(labels)
    book = Book()
    book.start_sheet(title)
    part = Element("Sect", book.tree.root)
    at = first - 1
    held = list(labels)
    while held:
        book.start_page(PORTRAIT.width, PORTRAIT.height)
        pen = Pen(book, PORTRAIT.height)
        count = min(len(held), sheet.faces - at)
        if framed:
            _frames(pen, sheet, shift)
        for face, label in enumerate(held[:count], at):
            left, top = sheet.place(face)
            _draw(pen, label, sheet, ((left + shift[0]) * MM, (top + shift[1]) * MM), part)
        pen.finish()
        book.end_page()
        held, at = held[count:], 0
    pdf = book.close(printable(title), "")
    _proof(pdf)
    return pdf


def _draw(pen: Pen, label: Label, sheet: LabelSheet, place: tuple[float, float], part: Element) -> None:
    wide, high = sheet.wide * MM, sheet.high * MM
    whole = min(high - 2 * _INSET, _WIDEST_CODE, wide / 2)
    unit = whole / (SIDE + 2 * QUIET)
    left, top = place
    above = top + (high - whole) / 2
    pen.reads(Element("Figure", part, alt=f"{label.number}の二次元コード"))
    inside = _INSET + QUIET * unit
    pen.solid(list(runs(modules(label.code))), left + inside, above + QUIET * unit, unit, SIDE)
    # The quiet zone is white already: the text begins where it ends.
    across = _INSET + whole
    room = wide - across - _INSET
    tall = high - 2 * _INSET
    number = _fitted(fonts().bold, (label.number,), room, tall * _NUMBER_SHARE, _NUMBER_SIZES)
    beside = _fitted(fonts().body, label.beside, room, tall * (1 - _NUMBER_SHARE), _BESIDE_SIZES)
    height = sum(len(lines) * size * _LEADING for lines, size in (number, beside))
    down = top + (high - height) / 2
    for lines, size in (number, beside):
        pen.reads(Element("P", part))
        for line in lines:
            pen.line(line, left + across, down, size)
            down += size * _LEADING


def _fitted(
    chain: Chain, texts: Sequence[str], room: float, tall: float, sizes: Sequence[float]
) -> tuple[list[Line], float]:
    """The texts in the largest of ``sizes`` in which they fit, whole: a number that is cut is another one."""
    found: list[Line] = []
    for size in sizes:
        try:
            found = [line for text in texts if text for line in break_text(chain, text, room * 1000 / size)]
        except TooNarrowError:
            continue
        if len(found) * size * _LEADING <= tall:
            return found, size
    return found, sizes[-1]


def _frames(pen: Pen, sheet: LabelSheet, shift: tuple[float, float]) -> None:
    pen.reads(None)
    for face in range(sheet.faces):
        left, top = sheet.place(face)
        pen.frame((left + shift[0]) * MM, (top + shift[1]) * MM, sheet.wide * MM, sheet.high * MM, 0.3)


def _require_glyphs(labels: Sequence[Label]) -> None:
    chain = fonts().body
    texts = dict.fromkeys(text for one in labels for text in (one.number, *one.beside))
    if found := [(cluster, text) for text in texts for cluster in chain.missing(text)]:
        raise MissingGlyph(found)


def _proof(pdf: bytes) -> None:
    """Raise ``ProofError`` for a file that lacks fonts or structure, or is no PDF/A-2b."""
    findings = [Finding(*one) for read in (font_findings, tag_findings) for one in read(BytesIO(pdf))]
    if rules := broken_rules(pdf):
        findings.append(Finding("not PDF/A-2b", 0, ", ".join(rules)))
    if findings:
        raise ProofError(findings)
