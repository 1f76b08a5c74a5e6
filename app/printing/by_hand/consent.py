"""The client's answer: framed at the foot of an application, ticked, dated and sealed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.printing import blocks as b
from app.printing.flow import Piece
from app.printing.pen import Pen
from app.printing.stamps import RADIUS, seal_circle
from app.printing.tagging.tree import Element
from app.printing.type.fonts import fonts
from app.printing.type.lines import Line, break_text

_PAD, _GAP = 8.0, 6.0
_SIGNED = 0.44
"""Where the client's side begins, as a share of the frame; number and day stand left of it."""
_SIZE = 9.5
_LINE = _SIZE * 1.5
_ROW = 20.0
"""The height of a ruled line: 7 mm, as much as a hand needs."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """The lines of a consent block. ``left`` and ``right``: what stands side by side at its foot."""

    heading: Sequence[Line]
    addressee: Sequence[Line]
    answer: Sequence[Line]
    remarks: Sequence[Line]
    left: Sequence[Line]
    right: Sequence[Line]
    name: Line
    width: float

    @property
    def said(self) -> Sequence[Line]:
        """To whom, and what may be answered."""
        return *self.addressee, *self.answer

    @property
    def head(self) -> float:
        """The height of the shaded head."""
        return len(self.heading) * _LINE + 2

    @property
    def foot(self) -> float:
        """How high what stands side by side is: on the right a ruled line for the name follows."""
        return max(len(self.left) * _LINE, len(self.right) * _LINE + RADIUS * 2)

    @property
    def height(self) -> float:
        """How high the frame is."""
        return self.head + 4 + len(self.said) * _LINE + 2 * _ROW + _GAP + self.foot + _GAP


def consent(block: b.Consent, width: float, part: Element) -> Piece:
    """The client's answer, framed; it is never parted. ``part``: what holds it in the file's structure."""
    room = width - 2 * _PAD
    (name,) = _lines((block.name,), room)
    laid = _Laid(
        break_text(fonts().bold, block.heading, room * 1000 / _SIZE),
        _lines(_side_by_side(block.addressee, room), room),
        _answer(block, room),
        _lines((block.remarks,), room),
        _lines((block.number, b.BLANK_DATE), width * (_SIGNED - 0.02) - _PAD),
        _lines(_side_by_side(block.signer, right := width * (1 - _SIGNED) - _PAD), right),
        name,
        width,
    )
    return Piece(laid.height, partial(_draw, laid, part), before=8, words=block.heading)


def _lines(texts: Sequence[str], room: float) -> list[Line]:
    return [line for text in texts for line in break_text(fonts().body, text, room * 1000 / _SIZE)]


def _side_by_side(texts: tuple[str, ...], room: float) -> tuple[str, ...]:
    """The texts on one line where it holds them, else each on its own."""
    joined = "　".join(texts)
    return (joined,) if len(_lines((joined,), room)) == 1 else texts


def _answer(block: b.Consent, room: float) -> list[Line]:
    """The sentence and what is ticked: on one line, on two, or each choice below the other."""
    choices = [f"☐　{choice}" for choice in block.choices]
    together = "　　".join(choices)
    if len(_lines((f"{block.sentence}　　{together}",), room)) == 1:
        return _lines((f"{block.sentence}　　{together}",), room)
    return _lines((block.sentence, *_side_by_side(tuple(choices), room)), room)


def _draw(laid: _Laid, part: Element, pen: Pen, x: float, top: float) -> None:
    pen.shade(x, top, laid.width, laid.head, 0.95)
    pen.frame(x, top, laid.width, laid.height, 0.8)
    pen.rules([(x, top + laid.head, x + laid.width, top + laid.head)], 0.35)
    pen.reads(Element("P", part))
    for number, line in enumerate(laid.heading):
        _put(pen, line, x + (laid.width - _wide(line)) / 2, top + 1 + number * _LINE)
    y = top + laid.head + 4
    for lines in (laid.addressee, laid.answer):
        pen.reads(Element("P", part))
        for line in lines:
            _put(pen, line, x + _PAD, y)
            y += _LINE
    pen.reads(Element("P", part))
    y = _ruled(pen, laid, x, y)
    _foot(pen, laid, part, x, y + _GAP)


def _ruled(pen: Pen, laid: _Laid, x: float, y: float) -> float:
    """Two lines to write conditions or reasons on, the first beside its label; where they end."""
    y += _ROW
    for line in laid.remarks:
        _put(pen, line, x + _PAD, y - _LINE)
    right = x + laid.width - _PAD
    starts = (x + _PAD + max(map(_wide, laid.remarks)) + 4, x + _PAD)
    pen.rules([(start, y - 1 + at * _ROW, right, y - 1 + at * _ROW) for at, start in enumerate(starts)], 0.35)
    return y + _ROW


def _foot(pen: Pen, laid: _Laid, part: Element, x: float, top: float) -> None:
    """Number and day on the left; on the right who answers, with a line for the name, and the seal."""
    pen.reads(Element("P", part))
    for at, line in enumerate(laid.left):
        _put(pen, line, x + _PAD, top + at * _LINE)
    start = x + laid.width * _SIGNED
    pen.reads(Element("P", part))
    for at, line in enumerate(laid.right):
        _put(pen, line, start, top + at * _LINE)
    base, end = top + laid.foot, x + laid.width - _PAD
    pen.reads(Element("P", part))
    _put(pen, laid.name, start, base - _LINE - 1)
    seal_circle(pen, end - RADIUS, base - RADIUS)
    pen.rules([(start + _wide(laid.name) + 4, base - 1, end - 2 * RADIUS - 4, base - 1)], 0.35)


def _put(pen: Pen, line: Line, x: float, top: float) -> None:
    pen.line(line, x, top + (_LINE - _SIZE) / 2, _SIZE)


def _wide(line: Line) -> float:
    return line.width * _SIZE / 1000
