"""The client's answer: framed at the foot of an application, ticked, dated and sealed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.printing import blocks as b
from app.printing.flow import Piece
from app.printing.pen import Pen
from app.printing.stamps import LEADING, RADIUS, SIZE, WRITING, seal_circle
from app.printing.type.fonts import fonts
from app.printing.type.lines import Line, break_text

_PAD = 9.0
_SIGNED = 0.46
"""Where the client's side begins, as a share of the frame; number, date and addressee stand left of it."""
_ROW = WRITING - 4
_LINE = SIZE * LEADING


@dataclass(frozen=True, slots=True)
class _Laid:
    """The lines of a consent block. ``left`` and ``right``: what stands side by side at its foot."""

    heading: Sequence[Line]
    said: Sequence[Line]
    remarks: Sequence[Line]
    left: Sequence[Line]
    right: Sequence[Line]
    name: Line
    width: float

    @property
    def foot(self) -> float:
        """How high what stands side by side is: on the right a ruled line for the name follows."""
        return max(len(self.left) * _LINE, len(self.right) * _LINE + WRITING)

    @property
    def height(self) -> float:
        head = len(self.heading) * _LINE + 2
        return head + 6 + len(self.said) * _LINE + 2 * _ROW + 10 + self.foot + _PAD


def consent(block: b.Consent, width: float) -> Piece:
    """The client's answer, framed; it is never parted."""
    body, room = fonts().body, (width - 2 * _PAD) * 1000 / SIZE
    left = width * (_SIGNED - 0.03) - _PAD
    right = width * (1 - _SIGNED) - _PAD
    (name,) = break_text(body, block.name, room)
    laid = _Laid(
        break_text(fonts().bold, block.heading, room),
        [*break_text(body, block.sentence, room), *_choices(block.choices, room)],
        break_text(body, block.remarks, room),
        _lines((block.number, b.BLANK_DATE, *block.addressee), left),
        _lines(block.signer, right),
        name,
        width,
    )
    return Piece(laid.height, partial(_draw, laid), before=10, words=block.heading)


def _lines(texts: Sequence[str], room: float) -> list[Line]:
    return [line for text in texts for line in break_text(fonts().body, text, room * 1000 / SIZE)]


def _choices(choices: tuple[str, ...], room: float) -> list[Line]:
    """Choices side by side when one line holds them, else below one another."""
    body = fonts().body
    texts = [f"☐　{choice}" for choice in choices]
    side_by_side = break_text(body, "　　".join(texts), room)
    if len(side_by_side) == 1:
        return list(side_by_side)
    return [line for text in texts for line in break_text(body, text, room)]


def _draw(laid: _Laid, pen: Pen, x: float, top: float) -> None:
    head = _LINE * len(laid.heading) + 2
    pen.shade(x, top, laid.width, head, 0.95)
    pen.frame(x, top, laid.width, laid.height, 0.8)
    pen.rules([(x, top + head, x + laid.width, top + head)], 0.35)
    for number, line in enumerate(laid.heading):
        _put(pen, line, x + (laid.width - _wide(line)) / 2, top + 1 + number * _LINE)
    y = top + head + 6
    for line in laid.said:
        _put(pen, line, x + _PAD, y)
        y += _LINE
    y = _ruled(pen, laid, x, y)
    _foot(pen, laid, x, y + 10)


def _ruled(pen: Pen, laid: _Laid, x: float, y: float) -> float:
    """Two lines to write conditions or reasons on, the first beside its label; where they end."""
    y += _ROW
    for line in laid.remarks:
        _put(pen, line, x + _PAD, y - _LINE)
    right = x + laid.width - _PAD
    starts = (x + _PAD + max(map(_wide, laid.remarks)) + 4, x + _PAD)
    pen.rules([(start, y - 1 + at * _ROW, right, y - 1 + at * _ROW) for at, start in enumerate(starts)], 0.35)
    return y + _ROW


def _foot(pen: Pen, laid: _Laid, x: float, top: float) -> None:
    """Number, day and addressee on the left; on the right who answers, with a line for the name."""
    for at, line in enumerate(laid.left):
        _put(pen, line, x + _PAD, top + at * _LINE)
    start = x + laid.width * _SIGNED
    for at, line in enumerate(laid.right):
        _put(pen, line, start, top + at * _LINE)
    base = top + max(len(laid.right) * _LINE + WRITING, laid.foot)
    _put(pen, laid.name, start, base - _LINE - 1)
    end = x + laid.width - _PAD
    seal_circle(pen, end - RADIUS, base - RADIUS - 3)
    pen.rules([(start + _wide(laid.name) + 4, base - 1, end - 2 * RADIUS - 4, base - 1)], 0.35)


def _put(pen: Pen, line: Line, x: float, top: float) -> None:
    pen.line(line, x, top + (_LINE - SIZE) / 2, SIZE)


def _wide(line: Line) -> float:
    return line.width * SIZE / 1000
