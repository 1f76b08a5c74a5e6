"""Two plain ways to find the kinds of a paragraph, beside which the program's own is measured.

A list of keywords, one line a kind; and the nearest labelled paragraph by its runs of two to four characters,
of which each imagined author is left out in turn.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable

from labelled_paragraphs import Labelled

from app.annexes.reading.understanding.folded import fold
from app.annexes.reading.understanding.proposing import headings


def keywords(one: Labelled) -> list[str]:
    """Each kind of which a word stands in the paragraph or its heading, whatever the sentence says."""
    text = one.text + fold(one.paragraph.heading).text
    return [kind for kind, words in headings().items() if words.search(text)]


def nearest(known: list[Labelled]) -> Callable[[Labelled], Labelled]:
    """The paragraph of ``known`` most alike, of another author."""
    bags = [(_grams(one.text), one) for one in known]
    often = Counter(gram for bag, _ in bags for gram in bag)
    weights = {gram: math.log((1 + len(bags)) / (1 + count)) + 1 for gram, count in often.items()}
    vectors = [(_vector(bag, weights), one) for bag, one in bags]

    def most_alike(asked: Labelled) -> Labelled:
        wanted = _vector(_grams(asked.text), weights)
        others: Iterable[tuple[dict[str, float], Labelled]] = (
            (vector, one) for vector, one in vectors if one.author != asked.author
        )
        return max(others, key=lambda other: _alike(wanted, other[0]))[1]

    return most_alike


def _grams(text: str) -> Counter[str]:
    plain = re.sub(r"[、。]", "", text)
    return Counter(plain[at : at + size] for size in (2, 3, 4) for at in range(len(plain) - size + 1))


def _vector(bag: Counter[str], weights: dict[str, float]) -> dict[str, float]:
    raw = {gram: (1 + math.log(count)) * weights[gram] for gram, count in bag.items() if gram in weights}
    length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return {gram: value / length for gram, value in raw.items()}


def _alike(one: dict[str, float], other: dict[str, float]) -> float:
    few, many = sorted((one, other), key=len)
    return sum(value * many[gram] for gram, value in few.items() if gram in many)
