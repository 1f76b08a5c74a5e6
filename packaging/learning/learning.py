"""Learns from labelled paragraphs how much each sign speaks for a kind: logistic regression, kind by kind."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from labelled_paragraphs import OPENED, Labelled, lessons

from app.annexes.reading.understanding.opinion.second import likely
from app.annexes.reading.understanding.opinion.signs import BUCKETS, Signs, signs
from app.annexes.reading.understanding.prepared import Paragraph, Prepared, prepare
from app.annexes.reading.understanding.rules import rules

_ROUNDS, _STEP, _FADING = 12, 1.0, 0.92
_SETTLED = 0.02
"""So near to its label nothing is learned from a paragraph any more."""


@dataclass(frozen=True)
class Example:
    """A paragraph as its signs, with what it asks.

    tempting: what it seems to ask and does not. told: the kinds of which it says whether it asks them; empty:
    all. fresh: no pattern was made with it in sight.
    """

    prepared: Prepared
    signs: Signs
    kinds: frozenset[str]
    author: str
    tempting: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    fresh: bool = False


@dataclass(frozen=True)
class Learned:
    """Weights of one kind."""

    weights: list[float]
    bias: float

    def likely(self, example: Example) -> float:
        """How likely the example is of the kind, 0 to 1."""
        return likely(_value(self.weights, self.bias, example.signs))


def examples(labelled: Iterable[Labelled]) -> list[Example]:
    """Paragraphs ready to be learned from."""
    fresh = OPENED | {one.author for one in lessons()}
    return [
        replace(
            _example(one.paragraph, one.kinds, one.author), tempting=one.tempting, fresh=one.author in fresh
        )
        for one in labelled
    ]


def of_leads(labelled: Iterable[Labelled]) -> list[Example]:
    """Sentences that lead to items: what those ask is not asked by the sentence itself.

    But for measures, which a sentence asks for as a whole before it lists them.
    """
    held: dict[Paragraph, tuple[str, set[str]]] = {}
    for one in labelled:
        if one.paragraph.lead:
            lead = replace(one.paragraph, text=one.paragraph.lead, lead="", heading="")
            held.setdefault(lead, (one.author, set()))[1].update(one.kinds - {"security-measures"})
    return [
        _example(lead, frozenset(), author, told=frozenset(kinds))
        for lead, (author, kinds) in held.items()
        if kinds
    ]


def of_patterns() -> list[Example]:
    """The examples for and against each pattern, which tell of its kind alone."""
    return [
        _example(Paragraph(text, client="甲", vendor="乙"), kinds, "", told=frozenset({rule.kind}))
        for rule in rules()
        for texts, kinds in ((rule.examples, frozenset({rule.kind})), (rule.counter, frozenset[str]()))
        for text in texts
    ]


def _example(
    paragraph: Paragraph,
    kinds: frozenset[str],
    author: str,
    *,
    told: frozenset[str] = frozenset(),
) -> Example:
    prepared = prepare(paragraph)
    return Example(prepared, signs(prepared), kinds, author, told=told)


def learn(known: Sequence[Example], kind: str) -> Learned:
    """By stochastic gradient with a step of its own for each sign, in an order that is always the same."""
    weights, squares, bias = [0.0] * BUCKETS, [1e-3] * BUCKETS, -3.0
    order = [one for one in known if not one.told or kind in one.told]
    shuffle = random.Random(kind)  # noqa: S311
    for _ in range(_ROUNDS):
        shuffle.shuffle(order)
        for one in order:
            wrong = (kind in one.kinds) - likely(_value(weights, bias, one.signs))
            if abs(wrong) >= _SETTLED:
                bias += 0.05 * wrong
                _move(weights, squares, one.signs, wrong)
        weights = [_FADING * one for one in weights]
    return Learned(weights, bias)


def _value(weights: list[float], bias: float, found: Signs) -> float:
    held = weights.__getitem__
    return bias + sum(
        worth * sum(map(held, buckets)) for buckets, worth in zip(found.sorts, found.worth, strict=True)
    )


def _move(weights: list[float], squares: list[float], found: Signs, wrong: float) -> None:
    for buckets, worth in zip(found.sorts, found.worth, strict=True):
        slope = wrong * worth
        square = slope * slope
        for one in buckets:
            squares[one] += square
            weights[one] += _STEP * slope * squares[one] ** -0.5
