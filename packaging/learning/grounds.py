"""Learns how patterns, second opinion and heading are weighed: logistic regression over a few numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from learning import Example

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.opinion.second import likely
from app.annexes.reading.understanding.opinion.weighing import Grounds
from app.annexes.reading.understanding.proposing import grounds, headed, hits

_TURNS = 12
_HELD = 1.0
"""How strongly the weights are held near nothing."""
_HOPELESS = 0.0005
"""What no pattern meets and the opinion takes for less likely teaches nothing, and there is much of it."""

_HEADED, _LEAST = 4, 0.1
"""Where a heading that agrees stands among the measures; it makes surer by so much at least, never less sure:
the opinion has read it too, and what is left for it to say is near nothing."""


@dataclass(frozen=True)
class Row:
    """One kind in one paragraph: what there is for it, and whether it is asked."""

    grounds: Grounds
    asked: bool
    author: str
    kind: str
    fresh: bool
    tempting: bool


def rows(told: Sequence[Example], opinions: Sequence[Mapping[str, float]]) -> list[Row]:
    """Every kind in every paragraph that anything speaks for, or that is asked."""
    made = []
    for one, opinion in zip(told, opinions, strict=True):
        found, named = hits(one.prepared), headed(one.prepared.heading)
        for kind in KINDS:
            held = grounds(found.get(kind, ()), opinion[kind], headed=kind in named)
            asked = kind in one.kinds
            if asked or held.sure or held.likely >= _HOPELESS:
                made.append(Row(held, asked, one.author, kind, one.fresh, kind in one.tempting))
    return made


def fitted(known: Sequence[Row]) -> list[float]:
    """The weights that fit best, found by Newton's way."""
    points = [(one.grounds.measures, one.asked) for one in known]
    size = len(points[0][0])
    weights = [0.0] * size
    for _ in range(_TURNS):
        slope = [_HELD * one for one in weights[:-1]] + [0.0]
        curve = [[_HELD * (one == other) for other in range(size)] for one in range(size)]
        for measures, asked in points:
            chance = likely(sum(weight * one for weight, one in zip(weights, measures, strict=True)))
            wrong, spread = chance - asked, chance * (1 - chance)
            for at, one in enumerate(measures):
                if one:
                    slope[at] += wrong * one
                    row, part = curve[at], spread * one
                    for other, more in enumerate(measures):
                        row[other] += part * more
        weights = [weight - step for weight, step in zip(weights, _solved(curve, slope), strict=True)]
    weights[_HEADED] = max(_LEAST, weights[_HEADED])
    return weights


def _solved(curve: list[list[float]], slope: list[float]) -> list[float]:
    """What ``curve`` times it is ``slope``, by elimination."""
    size = len(slope)
    held = [[*row, value] for row, value in zip(curve, slope, strict=True)]
    for at in range(size):
        best = max(range(at, size), key=lambda row: abs(held[row][at]))
        held[at], held[best] = held[best], held[at]
        for row in range(size):
            if row != at:
                part = held[row][at] / held[at][at]
                held[row] = [one - part * other for one, other in zip(held[row], held[at], strict=True)]
    return [held[at][size] / held[at][at] for at in range(size)]
