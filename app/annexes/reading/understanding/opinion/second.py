"""A second opinion on the kinds of a paragraph: its words, weighed by numbers learned beforehand.

It errs in other places than the patterns do, and so tells how sure these are, and finds what they miss.
``packaging/train_reader.py`` learns the numbers from the labelled paragraphs and writes them.
"""

from __future__ import annotations

import hashlib
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.opinion.signs import Signs, mark, of_term, signs
from app.annexes.reading.understanding.opinion.terms import terms
from app.annexes.reading.understanding.prepared import Prepared
from app.annexes.reading.understanding.sentences import Sentence

FILE = "second.bin"
LIKELY = 0.12
"""From here this opinion thinks of a kind."""
_LANE = 4
"""Bytes of one kind's sum in the number that holds all of them."""
_MIDDLE = 128
"""What is added to a weight so that none is negative."""
_LEADING = 3
"""So many terms are shown for what led to an opinion."""
_NEVER_WHAT = frozenset({"must", "before", "at_once", "each", "often", "may"})
"""Ideas that say how or when something is asked, and never what: by themselves they lead to nothing."""


@dataclass(frozen=True, slots=True)
class Weights:
    """rows: bucket → the weights of all kinds side by side in one number, so that one addition adds them all.

    source: what ``fingerprint`` says of the paragraphs they were learned from. kinds: in the order of their
    lanes. scale: what one step of a weight is worth. bias: of each kind. weighing: of each measure of
    ``Grounds``.
    """

    source: str
    kinds: tuple[str, ...]
    rows: tuple[int, ...]
    scale: float
    bias: tuple[float, ...]
    weighing: tuple[float, ...]


def opinions(prepared: Prepared) -> Mapping[str, float]:
    """Kind → how likely it is by its words alone, 0 to 1."""
    held = weights()
    found = signs(prepared)
    values = _values(held, found)
    return {kind: likely(value) for kind, value in zip(held.kinds, values, strict=True)}


def _values(held: Weights, found: Signs) -> list[float]:
    values = list(held.bias)
    for buckets, worth in zip(found.sorts, found.worth, strict=True):
        sums = _lanes(sum(map(held.rows.__getitem__, buckets)), len(held.kinds))
        middle, step = _MIDDLE * len(buckets), held.scale * worth
        values = [value + (one - middle) * step for value, one in zip(values, sums, strict=True)]
    return values


def leading(
    prepared: Prepared, sentences: Iterable[int], kind: str
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Of these sentences those with the words that speak most for ``kind``, and where those stand.

    What stands in a lead belongs to its items alone where they have words of their own.
    """
    held = weights()
    lane = held.kinds.index(kind)
    weighed = sorted(
        (one for at in sentences for one in _weighed(held, lane, at, prepared.sentences[at])), reverse=True
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for weight, at, start, end in weighed[:_LEADING]:
        if weight > 0 and 3 * weight >= weighed[0][0]:
            found.setdefault(at, []).append((start, end))
    return {at: tuple(sorted(spans)) for at, spans in sorted(found.items())}


def _weighed(held: Weights, lane: int, at: int, sentence: Sentence) -> Iterator[tuple[int, int, int, int]]:
    whose = mark(sentence)
    for term in terms(sentence.text):
        if term.end > sentence.item and not _NEVER_WHAT.issuperset(term.ideas):
            rows = (held.rows[one] for one in of_term(sentence, whose, term))
            weight = sum((row >> (8 * _LANE * lane) & 0xFF) - _MIDDLE for row in rows)
            yield weight, at, term.start + sentence.start, term.end + sentence.start


def likely(value: float) -> float:
    """A sum of weights as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def fingerprint(learned: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Sixteen digits for paragraphs (their text as read, and their kinds), whatever their order."""
    lines = sorted(f"{text}\0{' '.join(sorted(kinds))}" for text, kinds in learned)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def packed(
    source: str,
    kinds: tuple[str, ...],
    table: list[list[int]],
    scale: float,
    bias: list[float],
    weighing: Iterable[float],
) -> bytes:
    """Weights (-128 to 127, one row a bucket) as they are shipped."""
    lines = [source, " ".join(kinds), repr(scale), _numbers(bias), _numbers(weighing)]
    numbers = bytes(value + _MIDDLE for row in table for value in row)
    return zlib.compress("\n".join(lines).encode() + b"\n" + numbers, 9)


def _numbers(values: Iterable[float]) -> str:
    return " ".join(f"{one:.4f}" for one in values)


@cache
def weights() -> Weights:
    """The numbers of this program, read once. Raises ``ValueError`` for an unknown kind."""
    raw = zlib.decompress(files("resources").joinpath("reader", FILE).read_bytes())
    source, names, scale, bias, weighing, numbers = raw.split(b"\n", 5)
    kinds = tuple(names.decode().split())
    if unknown := set(kinds) - set(KINDS):
        raise ValueError(f"learned for kinds that there are not: {sorted(unknown)}")
    return Weights(
        source.decode(),
        kinds,
        tuple(_row(one) for one in _cut(numbers, len(kinds))),
        float(scale),
        tuple(float(one) for one in bias.split()),
        tuple(float(one) for one in weighing.split()),
    )


def _cut(numbers: bytes, size: int) -> Iterator[bytes]:
    for at in range(0, len(numbers), size):
        yield numbers[at : at + size]


def _row(values: bytes) -> int:
    spread = bytearray(len(values) * _LANE)
    spread[::_LANE] = values
    return int.from_bytes(spread, "little")


def _lanes(total: int, count: int) -> tuple[int, ...]:
    held = memoryview(total.to_bytes(count * _LANE, "little")).cast("I")
    return tuple(held)
