"""A small network from signs to kinds, taught in plain Python: signs → hidden numbers → each kind.

The hidden numbers of a sign stand side by side in one long integer, in fixed point, so that adding up the
signs of a paragraph, and moving them all, are a few additions each.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Collection, Iterable, Sequence
from itertools import compress
from math import sqrt

from app.annexes.reading.understanding.opinion.second import likely
from app.annexes.reading.understanding.opinion.signs import Signs

HIDDEN = 128
"""Numbers between signs and kinds: what signs share for several kinds is learned once."""
_ROUNDS = 20
_STEP, _OWN_STEP, _FIRST_BIAS = 1.6, 0.05, -3.0
_SPREAD = 0.0866
"""How far from nothing the numbers of a sign may begin."""
_HASTE = 1000.0
"""How soon a sign that was moved often moves less."""
_LEFT_OUT = 128
"""Of 256: so many signs and hidden numbers are left out by chance, so that none is relied on alone."""
_KEPT = 256 / (256 - _LEFT_OUT)
_SETTLED = 0.03
"""So near to its label nothing is learned from a paragraph any more; ``_FAR``: the same as a sum."""
_FAR = -3.476
_ONE, _WORTH = 1 << 40, 1 << 12
_LANE = 8

Told = tuple[Signs, Collection[int], Sequence[int]]
"""Signs, the numbers of the kinds they ask, and of those that are known to be asked or not."""


class Network:
    """Weights that begin by chance, always the same, and are moved by examples.

    Of no sign but ``signs`` anything is learned.
    """

    def __init__(self, signs: Iterable[int], kinds: int, seed: int = 1) -> None:
        self._chance = random.Random(seed)  # noqa: S311
        self.rows = {one: self._begun() for one in signs}
        self._moved = dict.fromkeys(self.rows, 0.0)
        self.lift, self._lift_moved = [0.0] * HIDDEN, [1e-3] * HIDDEN
        self.out = [[self._chance.gauss(0, 1) / sqrt(HIDDEN) for _ in range(kinds)] for _ in range(HIDDEN)]
        self._out_moved = [[1e-3] * kinds for _ in range(HIDDEN)]
        self.bias, self._bias_moved = [_FIRST_BIAS] * kinds, [1e-3] * kinds

    def _begun(self) -> int:
        return _packed(
            [int((one - 127.5) / 127.5 * _SPREAD * _ONE) for one in self._chance.randbytes(HIDDEN)]
        )

    def likely(self, found: Signs) -> list[float]:
        """How likely each kind is, 0 to 1."""
        shares = [round(worth * _WORTH) for worth in found.worth]
        sorts = [self._known(sort) for sort in found.sorts]
        hidden = [(at, one) for at, one in enumerate(self._hidden(sorts, shares)) if one > 0]
        return [likely(one) for one in self._values(hidden)]

    def hidden_of(self, sign: int) -> list[float]:
        """The hidden numbers of one sign."""
        return [one / _ONE for one in _unpacked(self.rows[sign])]

    def learn(self, known: Sequence[Told]) -> None:
        """From all of them, several times, in an order of chance that is always the same."""
        order = [
            (Signs(tuple(self._known(sort) for sort in found.sorts)), found.worth, asked, told)
            for found, asked, told in known
        ]
        for _ in range(_ROUNDS):
            self._chance.shuffle(order)
            for one in order:
                self._learn(*one)

    def _learn(
        self, found: Signs, worths: Sequence[float], asked: Collection[int], told: Sequence[int]
    ) -> None:
        sorts = [self._some(sort) for sort in found.sorts]
        shares = [round(worth * _KEPT * _WORTH) for worth in worths]
        some = self._chance.randbytes(HIDDEN)
        hidden = [
            (at, one * _KEPT)
            for at, (one, chance) in enumerate(zip(self._hidden(sorts, shares), some, strict=True))
            if one > 0 and chance >= _LEFT_OUT
        ]
        values = self._values(hidden)
        wrong = [
            (kind, error)
            for kind in told
            if values[kind] > _FAR or kind in asked
            if abs(error := likely(values[kind]) - (kind in asked)) >= _SETTLED
        ]
        if wrong:
            self._move_rows(sorts, shares, self._move_out(hidden, wrong))

    def _known(self, sort: Sequence[int]) -> tuple[int, ...]:
        return tuple(one for one in sort if one in self.rows)

    def _some(self, sort: Sequence[int]) -> list[int]:
        return list(compress(sort, map(_LEFT_OUT.__le__, self._chance.randbytes(len(sort)))))

    def _hidden(self, sorts: Sequence[Sequence[int]], shares: Sequence[int]) -> list[float]:
        row = self.rows.__getitem__
        total = sum(share * sum(map(row, sort)) for sort, share in zip(sorts, shares, strict=True))
        step = 1 / (_ONE * _WORTH)
        return [lift + step * one for lift, one in zip(self.lift, _unpacked(total), strict=True)]

    def _values(self, hidden: Sequence[tuple[int, float]]) -> list[float]:
        values = self.bias
        for at, much in hidden:
            values = [value + much * one for value, one in zip(values, self.out[at], strict=True)]
        return values

    def _move_out(
        self, hidden: Sequence[tuple[int, float]], wrong: Sequence[tuple[int, float]]
    ) -> list[float]:
        """Move what stands behind the hidden numbers; how much each of these was to blame."""
        blame = [0.0] * HIDDEN
        for at, much in hidden:
            out, moved, total = self.out[at], self._out_moved[at], 0.0
            for kind, error in wrong:
                slope = error * much
                total += error * out[kind]
                moved[kind] += slope * slope
                out[kind] -= _OWN_STEP * slope / sqrt(moved[kind])
            blame[at] = total = total * _KEPT
            self._lift_moved[at] += total * total
            self.lift[at] -= _OWN_STEP * total / sqrt(self._lift_moved[at])
        for kind, error in wrong:
            self._bias_moved[kind] += error * error
            self.bias[kind] -= 0.05 * _OWN_STEP * error / sqrt(self._bias_moved[kind])
        return blame

    def _move_rows(
        self, sorts: Sequence[Sequence[int]], shares: Sequence[int], blame: Sequence[float]
    ) -> None:
        move = _packed([int(_STEP * one * (1 << 20)) for one in blame])
        blamed = _HASTE * sum(one * one for one in blame) / HIDDEN
        rows, moved = self.rows, self._moved
        for sort, share in zip(sorts, shares, strict=True):
            more, much = blamed * (share / _WORTH) ** 2, share << 8
            for one in sort:
                moved[one] += more
                rows[one] -= move * int(much * (1 + moved[one]) ** -0.5)


def _packed(values: Sequence[int]) -> int:
    """Side by side; a negative one adds the last place of one to its neighbour, which nobody misses."""
    return int.from_bytes(array("q", values).tobytes(), "little", signed=True)


def _unpacked(row: int) -> memoryview[int]:
    return memoryview(row.to_bytes(HIDDEN * _LANE, "little", signed=True)).cast("q")
