"""Learns the second opinion on the kinds of a paragraph from the labelled paragraphs for tuning.

``python dev.py train-reader`` writes ``resources/reader/second.bin``; ``--check`` measures instead: each
imagined author is left out once, and what the others teach is tried on those paragraphs. The same paragraphs
give the same numbers. Nothing is learned from the checking half.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "bench"))

from labelled_paragraphs import Labelled, labelled

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.prepared import prepare
from app.annexes.reading.understanding.second import (
    BUCKETS,
    FILE,
    LIKELY,
    buckets,
    fingerprint,
    packed,
    read_text,
)

_OUT = Path(__file__).resolve().parents[1] / "resources" / "reader" / FILE
_ROUNDS, _STEP = 14, 2.0


@dataclass(frozen=True)
class Example:
    """A paragraph as its buckets, with what it asks."""

    buckets: tuple[int, ...]
    kinds: frozenset[str]
    author: str


@dataclass(frozen=True)
class Learned:
    """Weights of one kind."""

    weights: list[float]
    bias: float

    def likely(self, example: Example) -> float:
        length = 1 / math.sqrt(len(example.buckets))
        value = self.bias + length * sum(self.weights[one] for one in example.buckets)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def main(arguments: list[str]) -> int:
    """Learn and write, or check. Returns the exit code."""
    parser = argparse.ArgumentParser(description="the second opinion of the reader of annexes")
    parser.add_argument(
        "--check", action="store_true", help="measure with each author left out; write nothing"
    )
    examples = [_example(one) for one in labelled("tuning")]
    if parser.parse_args(arguments).check:
        _check(examples)
        return 0
    learned = {kind: learn(examples, kind) for kind in KINDS}
    most = max(abs(value) for one in learned.values() for value in one.weights)
    scale = most / 127
    table = [[round(learned[kind].weights[bucket] / scale) for kind in KINDS] for bucket in range(BUCKETS)]
    _OUT.write_bytes(packed(source(), tuple(KINDS), table, scale, [learned[kind].bias for kind in KINDS]))
    print(f"{_OUT.name}: {_OUT.stat().st_size:,} bytes from {len(examples)} paragraphs")
    return 0


def source() -> str:
    """What says whether the shipped numbers were learned from today's paragraphs."""
    return fingerprint((read_text(prepare(one.paragraph)), one.kinds) for one in labelled("tuning"))


def _example(one: Labelled) -> Example:
    return Example(tuple(buckets(read_text(prepare(one.paragraph)))), one.kinds, one.author)


def learn(examples: Sequence[Example], kind: str) -> Learned:
    """One-vs-rest logistic regression by stochastic gradient, in an order that is always the same."""
    weights, bias = [0.0] * BUCKETS, -3.0
    order = list(examples)
    shuffle = random.Random(kind)  # noqa: S311
    for turn in range(_ROUNDS):
        shuffle.shuffle(order)
        step = _STEP / (1 + turn / 4)
        for one in order:
            length = 1 / math.sqrt(len(one.buckets))
            value = bias + length * sum(weights[bucket] for bucket in one.buckets)
            wrong = (kind in one.kinds) - 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
            if abs(wrong) < 0.01:
                continue
            bias += 0.05 * step * wrong
            for bucket in one.buckets:
                weights[bucket] += step * wrong * length
    return Learned(weights, bias)


def _check(examples: list[Example]) -> None:
    right = wrong = missed = 0
    authors = sorted({one.author for one in examples})
    folds = [authors[at::5] for at in range(5)]
    for fold in folds:
        known = [one for one in examples if one.author not in fold]
        tried = [one for one in examples if one.author in fold]
        for kind in KINDS:
            held = learn(known, kind)
            for one in tried:
                said, asked = held.likely(one) >= LIKELY, kind in one.kinds
                right += said and asked
                wrong += said and not asked
                missed += asked and not said
    print(f"from {LIKELY}: {_share(right, (right, wrong))} right, {_share(right, (right, missed))} found")


def _share(part: int, whole: Iterable[int]) -> str:
    return f"{100 * part / max(1, sum(whole)):.1f} %"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
