"""The modules of a QR code of one size (ISO/IEC 18004, version 2, level Q): a quarter may be covered.

Only what a page of ours needs: capitals and digits, one block, one mask. A general encoder tries eight masks
and takes ten milliseconds; a register has a thousand pages, each with a code of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypeAlias

SIDE = 25
"""Modules."""
QUIET = 4
"""Modules of white that a reader asks for on every side."""

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_DATA, _CHECK = 22, 22
"""Bytes of text and of error correction."""
_FORMAT = 0b010111011011010
"""Level Q and mask 6, with their own error correction."""
_ALIGNED = 18
_TIMED = 6
_POLYNOMIAL = 0x11D

Modules: TypeAlias = tuple[tuple[bool, ...], ...]
"""Rows from the top; True: dark."""
_Place: TypeAlias = tuple[int, int]


def fits(text: str) -> bool:
    """Whether a symbol can say ``text``, as far as its characters go."""
    return all(letter in _LETTERS for letter in text)


def modules(text: str) -> Modules:
    """The symbol that says ``text``. Raises ``ValueError`` for what it cannot hold."""
    data = _bytes(text)
    grid = [list(row) for row in _fixed()]
    bits = (byte >> at & 1 for byte in (*data, *_check(data)) for at in range(7, -1, -1))
    for row, column in _free():
        # Seven places are left over; they hold nothing but the mask.
        grid[row][column] = bool(next(bits, 0)) != _masked(row, column)
    return tuple(tuple(row) for row in grid)


def _bytes(text: str) -> list[int]:
    values = [_LETTERS.index(letter) for letter in text]
    written = f"{0b0010:04b}{len(values):09b}"
    for at in range(0, len(values) - 1, 2):
        written += f"{values[at] * len(_LETTERS) + values[at + 1]:011b}"
    if len(values) % 2:
        written += f"{values[-1]:06b}"
    if len(written) > _DATA * 8:
        raise ValueError(f"{len(text)} characters are more than the symbol holds")
    written += "0" * min(4, _DATA * 8 - len(written))
    written += "0" * (-len(written) % 8)
    held = [int(written[at : at + 8], 2) for at in range(0, len(written), 8)]
    return [*held, *((0xEC, 0x11)[at % 2] for at in range(_DATA - len(held)))]


def _check(data: Sequence[int]) -> list[int]:
    """Reed–Solomon: the rest of the division by the polynomial that the standard names for 22 bytes."""
    powers, logs = _field()
    rest = [*data, *[0] * _CHECK]
    for at in range(_DATA):
        if lead := rest[at]:
            shift = logs[lead]
            for further, log in enumerate(_generator(), 1):
                rest[at + further] ^= powers[(log + shift) % 255]
    return rest[_DATA:]


@cache
def _field() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Powers of 2 in the field of 256, and their logarithms."""
    powers, logs, value = [0] * 255, [0] * 256, 1
    for exponent in range(255):
        powers[exponent], logs[value] = value, exponent
        value = value << 1 ^ (_POLYNOMIAL if value & 0x80 else 0)
    return tuple(powers), tuple(logs)


@cache
def _generator() -> tuple[int, ...]:
    """Logarithms of its coefficients but the first, which is 1."""
    powers, logs = _field()
    held = [1]
    for exponent in range(_CHECK):
        longer = [*held, 0]
        for at, value in enumerate(held):
            longer[at + 1] ^= powers[(logs[value] + exponent) % 255]
        held = longer
    return tuple(logs[value] for value in held[1:])


def _masked(row: int, column: int) -> bool:
    return (row * column % 2 + row * column % 3) % 2 == 0


@cache
def _fixed() -> Modules:
    """All that is the same in every symbol; light where text goes."""
    grid = [[False] * SIDE for _ in range(SIDE)]
    for (row, column), dark in _patterns():
        grid[row][column] = dark
    return tuple(tuple(row) for row in grid)


def _patterns() -> Iterator[tuple[_Place, bool]]:
    for top, left in ((0, 0), (0, SIDE - 7), (SIDE - 7, 0)):
        for row in range(max(top - 1, 0), min(top + 8, SIDE)):
            for column in range(max(left - 1, 0), min(left + 8, SIDE)):
                away = max(abs(row - top - 3), abs(column - left - 3))
                yield (row, column), away in (0, 1, 3)
    for at in range(8, SIDE - 8):
        yield (_TIMED, at), at % 2 == 0
        yield (at, _TIMED), at % 2 == 0
    for row in range(_ALIGNED - 2, _ALIGNED + 3):
        for column in range(_ALIGNED - 2, _ALIGNED + 3):
            yield (row, column), max(abs(row - _ALIGNED), abs(column - _ALIGNED)) != 1
    yield (SIDE - 8, 8), True
    yield from _format()


def _format() -> Iterator[tuple[_Place, bool]]:
    """The level and the mask, written twice."""
    around = [*range(6), 7, 8, SIDE - 7, SIDE - 6, SIDE - 5, SIDE - 4, SIDE - 3, SIDE - 2, SIDE - 1]
    for bit in range(15):
        dark = bool(_FORMAT >> bit & 1)
        yield (around[bit], 8), dark
        column = SIDE - 1 - bit if bit < 8 else (7 if bit == 8 else 14 - bit)
        yield (8, column), dark


@cache
def _free() -> tuple[_Place, ...]:
    """Where text goes, in its order: two columns at a time from the right, up and down in turn."""
    taken = {place for place, _ in _patterns()}
    found, upward = [], True
    for right in (*range(SIDE - 1, _TIMED, -2), *range(_TIMED - 1, 0, -2)):
        rows = range(SIDE - 1, -1, -1) if upward else range(SIDE)
        found += [
            (row, column) for row in rows for column in (right, right - 1) if (row, column) not in taken
        ]
        upward = not upward
    return tuple(found)
