"""The places where people and offices put their names: submitter, signature, and pictures."""

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
from app.printing.tagging.tree import Element
from app.printing.type.fonts import fonts
from app.printing.type.lines import Line, break_text, width_of
from app.printing.type.words import SEAL

SIZE = 10.5
LEADING = 1.65
SEAL_SIDE = 18 * MM
"""A company's seal is 18 mm wide; the print shows it at its size."""

RADIUS = 11.0
"""Of the dashed circle where a seal is set by hand."""
_GREY = 0.42
_LEFT = 0.38
_FURTHER_LEFT = (0.25, 0.1)
_APART = 6.0
"""Between a name and its seal."""
_GAP = 12.0
WRITING = 27.0
"""Height of a line that a person writes on by hand."""
_SEAL_SHOWN = "受注者の印影"
_PICTURE = "画像"


@dataclass(frozen=True, slots=True)
class _Rows:
    """Labelled rows from ``left``: labels spread to ``label``, values from ``value`` on."""

    left: float
    label: float
    value: float
    rows: tuple[tuple[str, list[Line]], ...]


def submitter(block: b.Submitter, width: float, book: Book, part: Element) -> Piece:
    """Labels spread to one width, values beside them, the seal after the name."""
    seal_room = 0.0
    if block.seal_row is not None:
        seal_room = SEAL_SIDE + 4 if block.seal else 2 * RADIUS + _APART
    laid = _wide_enough(block.rows, width, seal_room)
    name, shape = "", (0.0, 0.0)
    if block.seal and block.seal_row is not None:
        picture = read_picture(block.seal)
        name = book.picture(picture)
        shape = _within(picture.width, picture.height, SEAL_SIDE, SEAL_SIDE)
    height = sum(len(lines) for _, lines in laid.rows) * SIZE * LEADING + 12 + _below(block, laid, shape[1])
    return Piece(height, partial(_draw_submitter, block, laid, name, shape, part), before=2, words=SEAL)


def _wide_enough(rows: tuple[tuple[str, str], ...], width: float, seal_room: float) -> _Rows:
    """The rows in the right half, or further to the left where an address would run over many lines."""
    for left in (_LEFT, *_FURTHER_LEFT):
        laid = _rows(rows, width, seal_room, left)
        if sum(len(lines) for _, lines in laid.rows) <= len(rows) + 2:
            break
    return laid


def signature(block: b.Signature, width: float, part: Element) -> Piece:
    """Ruled lines to write on."""
    laid = _rows(block.rows, width, 2 * RADIUS + 6 if block.seal_row is not None else 0.0, _LEFT)
    height = sum(_written(lines) for _, lines in laid.rows) + 8
    return Piece(height, partial(_draw_signature, block, laid, width, part), before=8, words=SEAL)


def photo(block: b.Photo, width: float, book: Book, part: Element) -> Piece:
    """A picture, centred, with its caption."""
    picture = read_picture(block.image)
    wide, high = _within(picture.width, picture.height, width, block.height_mm * MM)
    lines = break_text(fonts().body, block.caption, width * 1000 / SIZE) if block.caption else []
    height = high + 4 + len(lines) * SIZE * LEADING
    seen = Element("Figure", part, alt=_told(block))
    draw = partial(_draw_photo, book.picture(picture), (wide, high), lines, width, seen)
    return Piece(height, draw, before=6, words=block.caption)


def _told(block: b.Photo) -> str:
    """What is said of a picture to those who do not see it: no more than is known of it."""
    named = f"{_PICTURE}「{block.file}」" if block.file else _PICTURE
    return f"{named}　{block.caption}" if block.caption else named


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
    part: Element,
    pen: Pen,
    x: float,
    top: float,
) -> None:
    leading = SIZE * LEADING
    for number, (label, lines) in enumerate(laid.rows):
        pen.reads(Element("P", part))
        start = top + (leading - SIZE) / 2
        if label:
            pen.spread(fonts().body, label, x + laid.left, start, SIZE, laid.label)
        for line in lines:
            pen.line(line, x + laid.value, top + (leading - SIZE) / 2, SIZE)
            top += leading
        if number == block.seal_row:
            middle = top - leading / 2
            if name:
                pen.reads(Element("Figure", part, alt=_SEAL_SHOWN))
                left = x + laid.value + _clear_of(laid, number, shape[1]) + _APART
                pen.image(name, left, middle - shape[1] / 2, *shape)
            else:
                seal_circle(pen, x + laid.value + _wide(lines[-1:]) + _APART + RADIUS, middle)


def _clear_of(laid: _Rows, row: int, height: float) -> float:
    """How far the lines reach that a seal ``height`` high beside the last line of ``row`` would touch."""
    reach = int(height / 2 / (SIZE * LEADING) + 0.5)
    above = [line for _, lines in laid.rows[: row + 1] for line in lines][-1 - reach :]
    below = [line for _, lines in laid.rows[row + 1 :] for line in lines][:reach]
    return _wide([*above, *below])


def _wide(lines: Sequence[Line]) -> float:
    return max((line.width for line in lines), default=0) * SIZE / 1000


def _draw_signature(
    block: b.Signature, laid: _Rows, width: float, part: Element, pen: Pen, x: float, top: float
) -> None:
    for number, (label, lines) in enumerate(laid.rows):
        pen.reads(Element("P", part))
        top += _written(lines)
        base = top - SIZE - 5
        first = base - (len(lines) - 1) * SIZE * LEADING
        if label:
            pen.spread(fonts().body, label, x + laid.left, first, SIZE, laid.label)
        for line_number, line in enumerate(lines):
            pen.line(line, x + laid.value, first + line_number * SIZE * LEADING, SIZE)
        if number == block.seal_row:
            seal_circle(pen, x + width - RADIUS - 2, base + SIZE / 2 - 2)
        pen.rules([(x + laid.value - 4, top - 2, x + width, top - 2)], 0.4)


def _written(lines: Sequence[Line]) -> float:
    """The height of a ruled row: room to write, or what its printed value takes."""
    return max(WRITING, WRITING + (len(lines) - 1) * SIZE * LEADING)


def _draw_photo(
    name: str,
    shape: tuple[float, float],
    lines: Sequence[Line],
    width: float,
    seen: Element,
    pen: Pen,
    x: float,
    top: float,
) -> None:
    left = x + (width - shape[0]) / 2
    pen.reads(seen)
    pen.image(name, left, top, *shape)
    pen.frame(left, top, *shape, 0.3)
    pen.reads(Element("P", seen.parent))
    y = top + shape[1] + 4
    for line in lines:
        pen.line(line, x + (width - line.width * SIZE / 1000) / 2, y + SIZE * (LEADING - 1) / 2, SIZE)
        y += SIZE * LEADING


def seal_circle(pen: Pen, x: float, y: float) -> None:
    """The dashed circle where a seal is set by hand."""
    size = 9.0
    pen.grey(_GREY)
    pen.circle(x, y, RADIUS, 0.5, (1.6, 1.4))
    (line,) = break_text(fonts().body, SEAL, 1000.0)
    pen.line(line, x - size / 2, y - size / 2, size)
    pen.grey(0)


def _within(width: float, height: float, most_wide: float, most_high: float) -> tuple[float, float]:
    scale = min(most_wide / width, most_high / height)
    return width * scale, height * scale
