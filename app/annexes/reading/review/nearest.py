"""The known clause that is nearest to a paragraph, by the characters that both have in a row."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

from app.annexes.annex import Annex
from app.annexes.clause import Clause
from app.annexes.reading.review.model import Item

LEAST = 0.12
"""Below this likeness two clauses have no more in common than any two of an annex."""
_SIZES = (2, 3)


@dataclass(frozen=True, slots=True)
class Near:
    """A clause of ``annex`` and how like it is, 0 to 1.

    ``only_there``, ``only_here``: kinds that one of the two has alone; ``when_there``, ``when_here``: so
    its moments.
    """

    annex: Annex
    clause: Clause
    likeness: float
    only_there: tuple[str, ...]
    only_here: tuple[str, ...]
    when_there: tuple[str, ...]
    when_here: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether both ask the same at the same time, as far as kinds and moments say it."""
        return not (self.only_there or self.only_here or self.when_there or self.when_here)


class Nearest:
    """The clauses of ``annexes`` by heading and summary, looked through for the nearest."""

    def __init__(self, annexes: Iterable[Annex]) -> None:
        self._known = [(annex, clause) for annex in annexes for clause in annex.clauses if clause.kinds]
        counts = [_grams(f"{clause.heading}。{clause.summary}") for _annex, clause in self._known]
        seen = Counter(gram for one in counts for gram in one)
        self._rare = {gram: math.log((1 + len(counts)) / (1 + many)) + 1 for gram, many in seen.items()}
        self._vectors = [self._weighed(one) for one in counts]

    def of(self, item: Item) -> Near | None:
        """The nearest clause, None where none is near at all."""
        wanted = self._weighed(_grams(f"{item.heading}。{item.text}"))
        best, likeness = None, LEAST
        for known, vector in zip(self._known, self._vectors, strict=True):
            small, large = sorted((wanted, vector), key=len)
            found = sum(weight * large.get(gram, 0.0) for gram, weight in small.items())
            if found > likeness:
                best, likeness = known, found
        return _near(*best, likeness, item) if best else None

    def _weighed(self, counts: Counter[str]) -> dict[str, float]:
        made = {gram: (1 + math.log(many)) * self._rare.get(gram, 0.0) for gram, many in counts.items()}
        size = math.sqrt(sum(weight * weight for weight in made.values())) or 1.0
        return {gram: weight / size for gram, weight in made.items() if weight}


def _near(annex: Annex, clause: Clause, likeness: float, item: Item) -> Near:
    here, there = item.kinds, clause.kinds
    return Near(
        annex,
        clause,
        likeness,
        tuple(kind for kind in there if kind not in here),
        tuple(kind for kind in here if kind not in there),
        tuple(when for when in clause.when if when not in item.when),
        tuple(when for when in item.when if when not in clause.when),
    )


def _grams(text: str) -> Counter[str]:
    plain = "".join(normalize("NFKC", text).split())
    return Counter(plain[at : at + size] for size in _SIZES for at in range(len(plain) - size + 1))
