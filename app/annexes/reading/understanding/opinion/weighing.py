"""How sure a kind is: what the patterns say and what the second opinion says, weighed together.

The weights were learned on paragraphs that no pattern was made with in sight, each read by a second opinion
that had not learned from its author: so nine in ten of what is said to be 0.9 is right in an unseen text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.annexes.reading.understanding.opinion.second import likely

_FURTHEST = 8.0
"""No opinion counts for more than this, however sure of itself it is."""
LOWEST, HIGHEST = 0.05, 0.99


@dataclass(frozen=True, slots=True)
class Grounds:
    """What there is for one kind in one paragraph.

    likely: the second opinion, 0 to 1. sure: of the surest pattern that finds it, 0 to 1; 0 where none does.
    several: more than one pattern does. headed: the heading names the kind.
    """

    likely: float
    sure: float
    several: bool
    headed: bool

    @property
    def measures(self) -> tuple[float, ...]:
        """Them as numbers, one for each weight."""
        opinion = max(-_FURTHEST, min(_FURTHEST, _odds(self.likely)))
        met = self.sure > 0
        return (
            opinion,
            float(met),
            _odds(self.sure) if met else 0.0,
            float(self.several),
            float(self.headed),
            opinion if met else 0.0,
            1.0,
        )


def confidence(grounds: Grounds, weighing: Sequence[float]) -> float:
    """How often such a kind is right, 0 to 1, rounded as it is shown."""
    value = sum(weight * one for weight, one in zip(weighing, grounds.measures, strict=True))
    return round(max(LOWEST, min(HIGHEST, likely(value))), 2)


def _odds(chance: float) -> float:
    held = max(1e-6, min(1 - 1e-6, chance))
    return math.log(held / (1 - held))
