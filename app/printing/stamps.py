"""The places where people and offices put their names: submitter, signature, consent, and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.printing import blocks as b
from app.printing.flow import Piece
from app.printing.paper import MM
from app.printing.pdf import Book
from app.printing.pen import Pen
from app.printing.pictures import read_picture
from app.printing.type.fonts import fonts
from app.printing.type.lines import Line, break_text, width_of
from app.printing.type.words import SEAL

SIZE = 10.5
LEADING = 1.65
SEAL_SIDE = 18 * MM
"""A company's seal is 18 mm wide; the print shows it at its size."""

_RADIUS = 11.0
_GREY = 0.42
_LEFT = 0.38
_FURTHER_LEFT = (0.25, 0.1)
_APART = 6.0
"""Between a name and its seal."""
_GAP = 12.0
_WRITING = 27.0
"""Height of a line that a person writes on by hand."""

_PAD = 9.0


@dataclass(frozen=True, slots=True)
class _Rows:
    """Labelled rows from ``left``: labels spread to ``label``, values from ``value`` on."""

    left: float
    label: float
    value: float
    rows: tuple[tuple[str, list[Line]], ...]


def submitter(block: b.Submitter, width: float, book: Book) -> Piece:
    """Labels spread to one width, values beside them, the seal after the name."""
    seal_room = 0.0
    if block.seal_row is not None:
        seal_room = SEAL_SIDE + 4 if block.seal else 2 * _RADIUS + _APART
    laid = _wide_enough(block.rows, width, seal_room)
    name, shape = "", (0.0, 0.0)
    if block.seal and block.seal_row is not None:
        picture = read_picture(block.seal)
        name = book.picture(picture)
        shape = _within(picture.width, picture.height, SEAL_SIDE, SEAL_SIDE)
    height = sum(len(lines) for _, lines in laid.rows) * SIZE * LEADING + 12 + _below(block, laid, shape[1])
    return Piece(height, partial(_draw_submitter, block, laid, name, shape), before=2, words=SEAL)


def _wide_enough(rows: tuple[tuple[str, str], ...], width: float, seal_room: float) -> _Rows:
    """The rows in the right half, or further to the left where an address would run over many lines."""
    for left in (_LEFT, *_FURTHER_LEFT):
        laid = _rows(rows, width, seal_room, left)
        if sum(len(lines) for _, lines in laid.rows) <= len(rows) + 2:
            break
    return laid


def signature(block: b.Signature, width: float) -> Piece:
    """Ruled lines to write on."""
    laid = _rows(block.rows, width, 2 * _RADIUS + 6 if block.seal_row is not None else 0.0, _LEFT)
    height = sum(_written(lines) for _, lines in laid.rows) + 8
    return Piece(height, partial(_draw_signature, block, laid, width), before=8, words=SEAL)


def consent(block: b.Consent, width: float) -> Piece:
    """The client's answer, framed."""
    room = width - 2 * _PAD
    body = fonts().body
    parts = [
        _Part(break_text(body, block.sentence, room * 1000 / SIZE), "left", 4.0),
        *(_Part(lines, "left", 2.0) for lines in _choices(block.choices, room)),
        _Part(break_text(body, block.remarks, room * 1000 / SIZE), "rule", 4.0),
        _Part([], "rule", 4.0),
        _Part(break_text(body, b.BLANK_DATE, room * 1000 / SIZE), "left", 8.0),
        *(_Part(break_text(body, text, room * 1000 / SIZE), "left", 2.0) for text in block.addressee),
    ]
    signer = [break_text(body, text, room * 500 / SIZE) for text in block.signer]
    heading = break_text(fonts().bold, block.heading, room * 1000 / SIZE)
    height = (
        sum(part.height for part in parts)
        + SIZE * LEADING * (len(heading) + sum(map(len, signer)))
        + 2 * _PAD
    )
    draw = partial(_draw_consent, _Consent(heading, parts, signer, width, height))
    return Piece(height, draw, before=10, words=block.heading)


def photo(block: b.Photo, width: float, book: Book) -> Piece:
    """A picture, centred, with its caption."""
    picture = read_picture(block.image)
    wide, high = _within(picture.width, picture.height, width, block.height_mm * MM)
    lines = break_text(fonts().body, block.caption, width * 1000 / SIZE) if block.caption else []
    height = high + 4 + len(lines) * SIZE * LEADING
    draw = partial(_draw_photo, book.picture(picture), (wide, high), lines, width)
    return Piece(height, draw, before=6, words=block.caption)


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines of a consent block; ``rule``: a blank line to write on follows the text."""

    lines: Sequence[Line]
    kind: str
    before: float

    @property
    def height(self) -> float:
        return self.before + (_WRITING - 4 if self.kind == "rule" else len(self.lines) * SIZE * LEADING)


@dataclass(frozen=True, slots=True)
class _Consent:
    heading: Sequence[Line]
    parts: Sequence[_Part]
    signer: Sequence[Sequence[Line]]
    width: float
    height: float


def _rows(rows: tuple[tuple[str, str], ...], width: float, seal_room: float, share: float) -> _Rows:
    left = width * share
    natural = [width_of(fonts().body, label) * SIZE / 1000 for label, _ in rows]
    label = max(*natural, 5 * SIZE) if natural else 0.0
    value = left + label + _GAP
    room = (width - value - seal_room) * 1000 / SIZE
    return _Rows(
        left, label, value, tuple((name, break_text(fonts().body, text, room)) for name, text in rows)
    )


def _below(block: b.Submitter, laid: _Rows, seal: float) -> float:
    """How far a seal reaches below the last row: what follows must not be printed over it."""
    if block.seal_row is None:
        return 0.0
    following = sum(len(lines) for _, lines in laid.rows[block.seal_row + 1 :])
    return max(0.0, seal / 2 - (following + 0.5) * SIZE * LEADING)


def _draw_submitter(
    block: b.Submitter,
    laid: _Rows,
    name: str,
    shape: tuple[float, float],
    pen: Pen,
    x: float,
    top: float,
) -> None:
    leading = SIZE * LEADING
    for number, (label, lines) in enumerate(laid.rows):
        start = top + (leading - SIZE) / 2
        if label:
            pen.spread(fonts().body, label, x + laid.left, start, SIZE, laid.label)
        for line in lines:
            pen.line(line, x + laid.value, top + (leading - SIZE) / 2, SIZE)
            top += leading
        if number == block.seal_row:
            middle = top - leading / 2
            if name:
                left = x + laid.value + _clear_of(laid, number, shape[1]) + _APART
                pen.image(name, left, middle - shape[1] / 2, *shape)
            else:
                _seal(pen, x + laid.value + _wide(lines[-1:]) + _APART + _RADIUS, middle)


def _clear_of(laid: _Rows, row: int, height: float) -> float:
    """How far the lines reach that a seal ``height`` high beside the last line of ``row`` would touch."""
    reach = int(height / 2 / (SIZE * LEADING) + 0.5)
    above = [line for _, lines in laid.rows[: row + 1] for line in lines][-1 - reach :]
    below = [line for _, lines in laid.rows[row + 1 :] for line in lines][:reach]
    return _wide([*above, *below])


def _wide(lines: Sequence[Line]) -> float:
    return max((line.width for line in lines), default=0) * SIZE / 1000


def _draw_signature(block: b.Signature, laid: _Rows, width: float, pen: Pen, x: float, top: float) -> None:
    for number, (label, lines) in enumerate(laid.rows):
        top += _written(lines)
        base = top - SIZE - 5
        first = base - (len(lines) - 1) * SIZE * LEADING
        if label:
            pen.spread(fonts().body, label, x + laid.left, first, SIZE, laid.label)
        for line_number, line in enumerate(lines):
            pen.line(line, x + laid.value, first + line_number * SIZE * LEADING, SIZE)
        if number == block.seal_row:
            _seal(pen, x + width - _RADIUS - 2, base + SIZE / 2 - 2)
        pen.rules([(x + laid.value - 4, top - 2, x + width, top - 2)], 0.4)


def _written(lines: Sequence[Line]) -> float:
    """The height of a ruled row: room to write, or what its printed value takes."""
    return max(_WRITING, _WRITING + (len(lines) - 1) * SIZE * LEADING)


def _draw_consent(laid: _Consent, pen: Pen, x: float, top: float) -> None:
    leading = SIZE * LEADING
    head = leading * len(laid.heading) + 2
    pen.shade(x, top, laid.width, head, 0.95)
    pen.frame(x, top, laid.width, laid.height, 0.8)
    pen.rules([(x, top + head, x + laid.width, top + head)], 0.35)
    for number, line in enumerate(laid.heading):
        left = x + (laid.width - line.width * SIZE / 1000) / 2
        pen.line(line, left, top + 1 + number * leading + (leading - SIZE) / 2, SIZE)
    y = top + head + 2
    for part in laid.parts:
        y = _draw_part(part, laid.width, pen, x, y)
    y += 4
    for lines in laid.signer:
        for line in lines:
            pen.line(line, x + laid.width * 0.46, y + (leading - SIZE) / 2, SIZE)
            y += leading
    _seal(pen, x + laid.width - _PAD - _RADIUS, y - leading / 2)


def _draw_part(part: _Part, width: float, pen: Pen, x: float, top: float) -> float:
    leading = SIZE * LEADING
    y = top + part.before
    for line in part.lines:
        shift = _WRITING - 4 - leading if part.kind == "rule" else 0.0
        pen.line(line, x + _PAD, y + (leading - SIZE) / 2 + shift, SIZE)
        y += leading
    end = top + part.height
    if part.kind == "rule":
        written = max((line.width for line in part.lines), default=0) * SIZE / 1000
        pen.rules([(x + _PAD + written + (4 if written else 0), end - 1, x + width - _PAD, end - 1)], 0.35)
    return end


def _choices(choices: tuple[str, ...], room: float) -> list[list[Line]]:
    """Choices side by side when one line holds them, else below one another."""
    body = fonts().body
    texts = [f"☐　{choice}" for choice in choices]
    side_by_side = break_text(body, "　　".join(texts), room * 1000 / SIZE)
    if len(side_by_side) == 1:
        return [side_by_side]
    return [break_text(body, text, room * 1000 / SIZE) for text in texts]


def _draw_photo(
    name: str, shape: tuple[float, float], lines: Sequence[Line], width: float, pen: Pen, x: float, top: float
) -> None:
    left = x + (width - shape[0]) / 2
    pen.image(name, left, top, *shape)
    pen.frame(left, top, *shape, 0.3)
    y = top + shape[1] + 4
    for line in lines:
        pen.line(line, x + (width - line.width * SIZE / 1000) / 2, y + SIZE * (LEADING - 1) / 2, SIZE)
        y += SIZE * LEADING


def _seal(pen: Pen, x: float, y: float) -> None:
    """The dashed circle where a seal is set by hand."""
    size = 9.0
    pen.grey(_GREY)
    pen.circle(x, y, _RADIUS, 0.5, (1.6, 1.4))
    (line,) = break_text(fonts().body, SEAL, 1000.0)
    pen.line(line, x - size / 2, y - size / 2, size)
    pen.grey(0)


def _within(width: float, height: float, most_wide: float, most_high: float) -> tuple[float, float]:
    scale = min(most_wide / width, most_high / height)
    return width * scale, height * scale
