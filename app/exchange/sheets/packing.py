"""Sheets as plain data, to be sent from one process of the program to another, and back again.

Nothing but numbers and texts crosses: whatever a foreign file may have made of the process that read it, what
it sends makes no object of its own choice.
"""

from __future__ import annotations

import marshal
import struct
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import IO, Any

from app.exchange.sheets.book import Cell, CellError, Merge, Sheet, Value

_LENGTH = struct.Struct("<Q")
_LARGEST = 1 << 28
"""Bytes of one message."""
AT_ONCE = 20_000
"""Cells in one message."""

_AS_THEY_ARE = frozenset({int, bool, str})
_cell = partial(tuple.__new__, Cell)
"""Makes a cell out of its fields: millions of times, so without its own checks."""

Message = tuple[Any, ...]


def send(out: IO[bytes], message: Message) -> None:
    """Write one message."""
    data = marshal.dumps(message)
    out.write(_LENGTH.pack(len(data)))
    out.write(data)
    out.flush()


def received(given: IO[bytes]) -> Iterator[Message]:
    """The messages of a process that is still writing them, until it ends. Raises ``ValueError``."""
    while len(head := given.read(_LENGTH.size)) == _LENGTH.size:
        (length,) = _LENGTH.unpack(head)
        if length > _LARGEST:
            raise ValueError(length)
        data = given.read(length)
        if len(data) < length:
            return
        message = marshal.loads(data)  # noqa: S302  # written by this very program
        if not isinstance(message, tuple):
            raise ValueError(message)  # noqa: TRY004
        yield message


def packed(sheet: Sheet) -> Iterator[Message]:
    """The messages that tell of one sheet: what it is, and its cells, some thousands at a time."""
    yield ("sheet", sheet.name, sheet.hidden, tuple(map(tuple, sheet.merges)), sheet.told)
    cells = iter(sheet.cells)
    while some := list(islice(cells, AT_ONCE)):
        yield ("cells", *_side_by_side(some))


def unpacked(head: Message, cells: Iterable[Cell]) -> Sheet:
    """The sheet of which ``head`` tells, with its cells."""
    _, name, hidden, merges, told = head
    return Sheet(name, tuple(cells), tuple(Merge(*merge) for merge in merges), hidden, tuple(told))


def cells_of(message: Message) -> Iterator[Cell]:
    """The cells that one message tells of. Raises ``ValueError`` for one that no sender makes."""
    _, rows, columns, shown, values, hidden, notes, struck = message
    held = [
        text if value is None else value if type(value) in _AS_THEY_ARE else _made(value)
        for text, value in zip(shown, values, strict=True)
    ]
    count = len(rows)
    marks = (hidden or (False,) * count, notes or ("",) * count, struck or (False,) * count)
    return map(_cell, zip(rows, columns, shown, held, *marks, strict=True))


def _side_by_side(cells: Sequence[Cell]) -> Iterator[tuple[Any, ...]]:
    """The cells field by field: all rows, all columns and so on. What none of them has is left out."""
    rows, columns, shown, values, *marks = zip(*cells, strict=True)
    yield from (rows, columns, shown)
    # Most cells hold what they show: the text crosses once.
    yield tuple(
        None if value is text or value == text else value if type(value) in _AS_THEY_ARE else _tagged(value)
        for text, value in zip(shown, values, strict=True)
    )
    yield from (of_all if any(of_all) else () for of_all in marks)


def _tagged(value: Value) -> tuple[str, str]:
    match value:
        case CellError(text):
            return ("error", text)
        case datetime():
            return ("moment", value.isoformat())
        case date():
            return ("day", value.isoformat())
        case time():
            return ("time", value.isoformat())
    return ("number", str(value))


def _made(tagged: tuple[str, str]) -> Value:
    tag, text = tagged
    match tag:
        case "error":
            return CellError(text)
        case "moment":
            return datetime.fromisoformat(text)
        case "day":
            return date.fromisoformat(text)
        case "time":
            return time.fromisoformat(text)
    return Decimal(text)
