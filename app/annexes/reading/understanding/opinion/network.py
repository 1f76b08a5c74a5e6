"""The numbers of the second opinion as they are shipped: a small network from signs to kinds.

What a sign says of many kinds at once is learned once: each sign has some dozens of hidden numbers, and each
kind goes by those. So a rare kind profits from what words mean for the others.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from operator import mul

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.opinion.signs import Signs

FILE = "second.bin"
_LANE, _OUT_LANE = 4, 8
"""Bytes of one number among those that stand side by side: hidden numbers, and kinds."""
_WORTH, _FINE = 1 << 12, 1 << 16
"""Into so many parts the worth of a sign, and what a hidden number says of a kind, are cut."""
_MIDDLE = 128
"""What is added to a number of one byte so that none is negative."""
_SIGNED = bytes((one - _MIDDLE) % 256 for one in range(256))


@dataclass(frozen=True, slots=True)
class Numbers:
    """A network as it was learned.

    source: what ``fingerprint`` says of the paragraphs. kinds: in their order. scale: what one step of a
    hidden number is worth. lift: what is added to each hidden number. out: of each hidden number, how much it
    speaks for each kind. bias: of each kind. weighing: of each measure of ``Grounds``. rows: sign → its
    hidden numbers, in steps (-128 to 127).
    """

    source: str
    kinds: tuple[str, ...]
    scale: float
    lift: tuple[float, ...]
    out: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    weighing: tuple[float, ...]
    rows: Mapping[int, Sequence[int]]


class Network:
    """A network that answers: numbers that belong together stand side by side in a long one, so that one
    addition adds them all.

    A number below nothing takes one step from its neighbour, and all of them are counted in thousands.
    """

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        step = numbers.scale / _WORTH
        self._rows = {sign: _wide(row, _LANE) for sign, row in numbers.rows.items()}
        self._lift = _wide([round(one / step) for one in numbers.lift], _LANE)
        self._out = [_wide([round(one * _FINE) for one in row], _OUT_LANE) for row in numbers.out]
        self._step = step / _FINE

    def hidden(self, found: Signs) -> memoryview:
        """The numbers between signs and kinds, one for each; those below nothing count for nothing."""
        total = self._lift
        for sort, worth in zip(found.sorts, found.worth, strict=True):
            total += round(worth * _WORTH) * sum(filter(None, map(self._rows.get, sort)))
        return memoryview(total.to_bytes(len(self.numbers.lift) * _LANE, "little", signed=True)).cast("i")

    def values(self, found: Signs) -> dict[str, float]:
        """Kind → what speaks for it, summed up; what was never learned says nothing."""
        numbers, step = self.numbers, self._step
        total = sum(much * out for much, out in zip(self.hidden(found), self._out, strict=True) if much > 0)
        lanes = memoryview(total.to_bytes(len(numbers.kinds) * _OUT_LANE, "little", signed=True)).cast("q")
        return {
            kind: bias + step * one
            for kind, bias, one in zip(numbers.kinds, numbers.bias, lanes, strict=True)
        }

    def towards(self, found: Signs, kind: str) -> list[float]:
        """How much one more step of each hidden number would speak for ``kind`` in this paragraph."""
        at = self.numbers.kinds.index(kind)
        return [
            out[at] if much > 0 else 0.0
            for much, out in zip(self.hidden(found), self.numbers.out, strict=True)
        ]

    def speaks(self, sign: int, towards: Sequence[float]) -> float:
        """How much a sign speaks for what ``towards`` leads to."""
        row = self.numbers.rows.get(sign, ())
        return float(sum(map(mul, row, towards)))


def packed(numbers: Numbers) -> bytes:
    """Numbers as they are shipped."""
    written = (numbers.lift, chain(*numbers.out), numbers.bias, numbers.weighing)
    lines = [numbers.source, " ".join(numbers.kinds), repr(numbers.scale), *map(_written, written)]
    signs = struct.pack(f"<{len(numbers.rows)}I", *numbers.rows)
    steps = bytes(one + _MIDDLE for row in numbers.rows.values() for one in row)
    return zlib.compress("\n".join(lines).encode() + b"\n" + signs + steps, 9)


def unpacked(raw: bytes) -> Numbers:
    """What was packed. Raises ``ValueError`` for a kind that there is not."""
    source, names, scale, *numbers, rest = zlib.decompress(raw).split(b"\n", 7)
    lift, flat, bias, weighing = (tuple(float(one) for one in part.split()) for part in numbers)
    kinds = tuple(names.decode().split())
    if unknown := set(kinds) - set(KINDS):
        raise ValueError(f"learned for kinds that there are not: {sorted(unknown)}")
    size = len(lift)
    count = len(rest) // (size + 4)
    signs = struct.unpack_from(f"<{count}I", rest)
    steps = memoryview(rest[4 * count :].translate(_SIGNED)).cast("b")
    rows = {sign: steps[at * size : (at + 1) * size] for at, sign in enumerate(signs)}
    out = tuple(flat[at : at + len(kinds)] for at in range(0, len(flat), len(kinds)))
    return Numbers(source.decode(), kinds, float(scale), lift, out, bias, weighing, rows)


@cache
def network() -> Network:
    """The numbers of this program, read once."""
    return Network(unpacked(files("resources").joinpath("reader", FILE).read_bytes()))


def _written(values: Iterable[float]) -> str:
    return " ".join(f"{one:.4f}" for one in values)


def _wide(values: Sequence[int], lane: int) -> int:
    """Numbers side by side, ``lane`` bytes for each."""
    middle = 1 << (8 * lane - 1)
    held = b"".join((one + middle).to_bytes(lane, "little") for one in values)
    return int.from_bytes(held, "little") - int.from_bytes(
        middle.to_bytes(lane, "little") * len(values), "little"
    )
