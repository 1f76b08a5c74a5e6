"""The known clause that is nearest to a paragraph: by what both ask, when and how, and by their words.

What a paragraph asks says far more than its words do: an annex is worded by its city, and a summary by us.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from app.annexes.annex import Annex
from app.annexes.clause import Clause, Json
from app.annexes.files.text import clause_table
from app.annexes.own.drafting import effective
from app.annexes.reading.review.model import Item

KINDS, MOMENTS, PARAMETERS, WORDS = 1.0, 0.2, 0.1, 0.5
"""What each counts. Of 154 clauses of five annexes each was held against those of the other four: by words
alone the nearest had the same kinds for 83 and some of them for 122, so weighed for 106, which is every one
that has its like, and for 143."""
LEAST_KINDS = 0.2
"""Where both have fewer of their kinds in common, they are about something else."""
LEAST_WORDS = 0.3
"""From here words alone make two clauses alike. Of 213 paragraphs that ask for nothing none came so near to a
clause, and none of what came less near was like it."""
_NEUTRAL = 0.5
"""Where neither has any parameter for the kinds of both, these say nothing."""
_SIZES = (2, 3)

Setting = tuple[str, str, str]
"""Kind, name and value of a parameter, the value as JSON."""


@dataclass(frozen=True, slots=True)
class Near:
    """A clause of ``annex``.

    ``only_there``, ``only_here``: kinds that one of the two has alone; ``when_there``, ``when_here``: so
    its moments; ``asks_there``, ``asks_here``: so its parameters (kind, name, value), of the kinds of both.
    """

    annex: Annex
    clause: Clause
    only_there: tuple[str, ...]
    only_here: tuple[str, ...]
    when_there: tuple[str, ...]
    when_here: tuple[str, ...]
    asks_there: tuple[tuple[str, str, Json], ...]
    asks_here: tuple[tuple[str, str, Json], ...]

    @property
    def same(self) -> bool:
        """Whether both ask the same at the same time, as far as kinds and moments say it."""
        return not (self.only_there or self.only_here or self.when_there or self.when_here)


@dataclass(frozen=True, slots=True)
class _Known:
    annex: Annex
    clause: Clause
    kinds: frozenset[str]
    when: frozenset[str]
    asks: Mapping[Setting, tuple[str, str, Json]]
    words: Mapping[str, float]


class Nearest:
    """The clauses of ``annexes``, looked through for the nearest."""

    def __init__(self, annexes: Iterable[Annex]) -> None:
        known = [(annex, clause) for annex in annexes for clause in annex.clauses if clause.kinds]
        counts = [_grams(f"{clause.heading}。{clause.summary}") for _annex, clause in known]
        seen = Counter(gram for one in counts for gram in one)
        self._rare = {gram: _rarity(many, len(known)) for gram, many in seen.items()}
        held = Counter(kind for _annex, clause in known for kind in clause.kinds)
        self._weights = {kind: _rarity(many, len(known)) for kind, many in held.items()}
        self._heaviest = _rarity(0, len(known))
        self._known = [
            _Known(
                annex,
                clause,
                frozenset(clause.kinds),
                frozenset(clause.when),
                {_setting(*one): one for one in _asks(clause)},
                self._weighed(count),
            )
            for (annex, clause), count in zip(known, counts, strict=True)
        ]

    @property
    def knows(self) -> bool:
        """Whether there is any clause to compare with."""
        return bool(self._known)

    def of(self, item: Item) -> Near | None:
        """The nearest clause, None where none is near enough to be of use."""
        words = self._weighed(_grams(f"{item.heading}。{item.text}"))
        kinds, when = _kinds(item), frozenset(item.when if item.kinds else [one.when for one in item.moments])
        asks = frozenset(_setting(one.kind, one.name, one.value) for one in item.details)
        best, most = None, 0.0
        for known in self._known:
            shared, alike = self._shared(kinds, known.kinds), _cosine(words, known.words)
            if shared < LEAST_KINDS and alike < LEAST_WORDS:
                continue
            there = {one for one in known.asks if one[0] in kinds}
            here = {one for one in asks if one[0] in known.kinds}
            found = (
                KINDS * shared
                + MOMENTS * _part(when, known.when, 0.0)
                + PARAMETERS * _part(here, there, _NEUTRAL)
                + WORDS * alike
            )
            if found > most:
                best, most = known, found
        return _near(best, item) if best else None

    def _shared(self, here: Mapping[str, float], there: frozenset[str]) -> float:
        """Which part of the kinds of both is in both, 0 to 1; a rare one counts more."""
        both = most = 0.0
        for kind in here.keys() | there:
            weight, one, other = self._weights.get(kind, self._heaviest), here.get(kind, 0.0), kind in there
            both += weight * min(one, other)
            most += weight * max(one, other)
        return both / most if most else 0.0

    def _weighed(self, counts: Counter[str]) -> dict[str, float]:
        made = {gram: (1 + math.log(many)) * self._rare.get(gram, 0.0) for gram, many in counts.items()}
        size = math.sqrt(sum(weight * weight for weight in made.values())) or 1.0
        return {gram: weight / size for gram, weight in made.items() if weight}


def _kinds(item: Item) -> dict[str, float]:
    """What it asks; before somebody has decided it, what is doubtful counts as far as it is likely."""
    if item.state.decided:
        return dict.fromkeys(item.kinds, 1.0)
    return {pick.kind: 1.0 if pick.ticked else pick.confidence for pick in item.picks}


def _rarity(many: int, of: int) -> float:
    return math.log((1 + of) / (1 + many)) + 1


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    small, large = sorted((one, other), key=len)
    return sum(weight * large.get(gram, 0.0) for gram, weight in small.items())


def _part(one: frozenset[str] | set[Setting], other: frozenset[str] | set[Setting], neither: float) -> float:
    """Which part of both is in both; ``neither`` where there is nothing."""
    return len(one & other) / len(one | other) if one or other else neither


def _asks(clause: Clause) -> Iterator[tuple[str, str, Json]]:
    """What a clause sets for each of its kinds; what is only assumed is none of its words."""
    table = clause_table(clause)
    for kind in clause.kinds:
        held = effective(table, kind)
        assumed = held.get("assumed", ())
        yield from ((kind, name, held[name]) for name in held if name != "assumed" and name not in assumed)


def _setting(kind: str, name: str, value: Json) -> Setting:
    return kind, name, json.dumps(value, ensure_ascii=False, sort_keys=True)


def _near(known: _Known, item: Item) -> Near:
    here, there = item.kinds, known.clause.kinds
    both = known.kinds & set(here)
    asks = {_setting(one.kind, one.name, one.value): one for one in item.details if one.ticked}
    return Near(
        known.annex,
        known.clause,
        tuple(kind for kind in there if kind not in here),
        tuple(kind for kind in here if kind not in there),
        tuple(when for when in known.clause.when if when not in item.when),
        tuple(when for when in item.when if when not in known.clause.when),
        tuple(one for key, one in known.asks.items() if key not in asks and key[0] in both),
        tuple(
            (one.kind, one.name, one.value)
            for key, one in asks.items()
            if key not in known.asks and key[0] in both
        ),
    )


def _grams(text: str) -> Counter[str]:
    plain = "".join(normalize("NFKC", text).split())
    return Counter(plain[at : at + size] for size in _SIZES for at in range(len(plain) - size + 1))
