"""A second opinion on the kinds of a paragraph: runs of characters, weighed by numbers learned beforehand.

It errs in other places than the patterns do, and so tells how sure these are; by itself it errs too often to
be believed. ``packaging/train_reader.py`` learns the numbers from the labelled paragraphs and writes them.
"""

from __future__ import annotations

import hashlib
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.prepared import Prepared

FILE = "second.bin"
LIKELY = 0.12
"""From here this opinion agrees with a pattern that finds the kind."""
BUCKETS = 8192
"""Runs of characters are counted into so many; those that meet in one are taken for the same."""
_LANE = 4
"""Bytes of one kind's sum in the number that holds all of them."""
_MIDDLE = 128
"""What is added to a weight so that none is negative."""


@dataclass(frozen=True, slots=True)
class Weights:
    """rows: bucket → the weights of all kinds side by side in one number, so that one addition adds them all.

    source: what ``fingerprint`` says of the paragraphs they were learned from.
    kinds: in the order of their lanes. scale: what one step of a weight is worth. bias: of each kind.
    """

    source: str
    kinds: tuple[str, ...]
    rows: tuple[int, ...]
    scale: float
    bias: tuple[float, ...]


def read_text(prepared: Prepared) -> str:
    """What the opinion is about: heading, lead and paragraph, each behind a sign of its own."""
    lead = prepared.sentences[0].text[: max(0, prepared.sentences[0].item - 1)] if prepared.sentences else ""
    return f"#{prepared.heading}|{lead}|{prepared.folded.text}"


def buckets(text: str) -> list[int]:
    """The runs of two and three characters of a text, by bucket, each once."""
    found = {_bucket(text[at : at + size]) for size in (2, 3) for at in range(len(text) - size + 1)}
    return sorted(found)


def opinions(prepared: Prepared) -> Mapping[str, float]:
    """Kind → how likely it is by the characters alone, 0 to 1."""
    held = weights()
    found = buckets(read_text(prepared))
    if not found:
        return dict.fromkeys(held.kinds, 0.0)
    total = sum(held.rows[one] for one in found)
    sums = _lanes(total, len(held.kinds))
    middle = _MIDDLE * len(found)
    length = held.scale / math.sqrt(len(found))
    return {
        kind: _likely((value - middle) * length + bias)
        for kind, value, bias in zip(held.kinds, sums, held.bias, strict=True)
    }


def leading(prepared: Prepared, kind: str) -> tuple[tuple[int, int], ...]:
    """Where in the folded paragraph the three runs stand that speak most for ``kind``."""
    held = weights()
    lane = held.kinds.index(kind)
    text = prepared.folded.text
    weighed = [
        (_lanes(held.rows[_bucket(text[at : at + 3])], len(held.kinds))[lane], at)
        for at in range(len(text) - 2)
    ]
    return tuple((at, at + 3) for weight, at in sorted(weighed, reverse=True)[:3] if weight > _MIDDLE)


def fingerprint(learned: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Sixteen digits for paragraphs (their text as read, and their kinds): others are learned from anew."""
    found = hashlib.sha256()
    for text, kinds in learned:
        found.update(f"{text}\0{' '.join(sorted(kinds))}\n".encode())
    return found.hexdigest()[:16]


def packed(
    source: str, kinds: tuple[str, ...], table: list[list[int]], scale: float, bias: list[float]
) -> bytes:
    """Weights (-128 to 127, one row a bucket) as they are shipped."""
    lines = [source, " ".join(kinds), repr(scale), " ".join(f"{one:.4f}" for one in bias)]
    numbers = bytes(value + _MIDDLE for row in table for value in row)
    return zlib.compress("\n".join(lines).encode() + b"\n" + numbers, 9)


@cache
def weights() -> Weights:
    """The numbers of this program, read once. Raises ``ValueError`` for an unknown kind."""
    raw = zlib.decompress(files("resources").joinpath("reader", FILE).read_bytes())
    source, names, scale, bias, numbers = raw.split(b"\n", 4)
    kinds = tuple(names.decode().split())
    if unknown := set(kinds) - set(KINDS):
        raise ValueError(f"learned for kinds that there are not: {sorted(unknown)}")
    rows = tuple(_row(one) for one in _cut(numbers, len(kinds)))
    return Weights(source.decode(), kinds, rows, float(scale), tuple(float(one) for one in bias.split()))


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


@lru_cache(maxsize=20_000)
def _bucket(run: str) -> int:
    return zlib.crc32(run.encode()) % BUCKETS


def _likely(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
