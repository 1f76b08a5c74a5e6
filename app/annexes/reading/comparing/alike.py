"""How much alike two wordings are, by their letters in pairs and threes, whatever width and blanks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from app.annexes.reading.understanding.folded import fold

_SIZES = (2, 3)


@dataclass(frozen=True, slots=True)
class Profile:
    """A wording to be compared. ``plain``: in one width, without blanks, with one sign for each party."""

    plain: str
    counts: Mapping[str, int]
    norm: float


def profile(text: str, client: str = "", vendor: str = "") -> Profile:
    """The profile of ``text``; ``client`` and ``vendor`` are what it calls the parties."""
    plain = fold(text, client, vendor).text
    counts = Counter(grams(plain, _SIZES))
    return Profile(plain, counts, sqrt(sum(count * count for count in counts.values())))


def grams(plain: str, sizes: tuple[int, ...]) -> list[str]:
    """Every run of so many letters; a text that is shorter is one itself."""
    return [
        plain[at : at + size] for size in sizes for at in range(max(1, len(plain) - size + 1)) if plain[at:]
    ]


def likeness(one: Profile, other: Profile) -> float:
    """The cosine of both, 0 to 1; 1 only where nothing but width, blanks or the parties' words differ."""
    if one.plain == other.plain:
        return 1.0
    few, many = sorted((one, other), key=lambda held: len(held.counts))
    if not few.norm:
        return 0.0
    held = many.counts
    shared = sum(count * held[gram] for gram, count in few.counts.items() if gram in held)
    return min(0.999, shared / (few.norm * many.norm))
