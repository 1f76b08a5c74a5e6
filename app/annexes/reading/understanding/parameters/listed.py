"""What a sentence lists for the kinds of duty in it, as printed: by its words, in brackets, or below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from app.annexes.reading.understanding.parameters.enumerated import IN_BRACKETS, below, bracketed, item
from app.annexes.reading.understanding.parameters.enumerated import KINDS as ENUMERATED
from app.annexes.reading.understanding.parameters.lists import listings
from app.annexes.reading.understanding.prepared import Evidence, Prepared
from app.annexes.reading.understanding.sentences import Sentence

_OF_ITEMS = 0.8
_LABEL = re.compile(r"[^、。\s]{1,12}\s+(?=\S)")
"""What names the cell of a table's row, or the paragraph, before what it says."""
_CELL = re.compile(r"[|｜]\s*$")


Member = tuple[tuple[int, int], str]
"""Where it stands in the folded paragraph, and its words as printed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Members of the parameter ``name`` for one kind, none within another; sure: the least of their ways."""

    name: str
    kind: str
    members: tuple[Member, ...]
    sure: float


def listed(kinds: Set[str], at: int, prepared: Prepared) -> Iterator[Listed]:
    """What the sentence at ``at`` lists for each of ``kinds``, without what stands in its lead."""
    found: dict[tuple[str, str], tuple[dict[tuple[int, int], None], float]] = {}
    for name, of, spans, sure in _ways(kinds, prepared.sentences[at], prepared.folded.text):
        for kind in of if spans else ():
            held, least = found.setdefault((name, kind), ({}, sure))
            found[name, kind] = ({**held, **dict.fromkeys(spans)}, min(least, sure))
    for (name, kind), (held, sure) in found.items():
        whole = [one for one in held if not any(_within(one, other) for other in held)]
        if members := tuple(member for one in whole for member in _printed(one, prepared)):
            yield Listed(name, kind, members, sure)


def _ways(
    kinds: Set[str], sentence: Sentence, folded: str
) -> Iterator[tuple[str, Set[str], list[tuple[int, int]], float]]:
    for one in listings():
        if wanted := one.kinds & kinds:
            spans = [_moved(span, sentence) for span in one.found(sentence.text)]
            yield one.name, wanted, spans, one.sure
    if wanted := IN_BRACKETS & kinds:
        yield "items", wanted, list(bracketed(sentence, folded)), _OF_ITEMS
    if wanted := ENUMERATED & kinds:
        below_it = [*below(sentence, folded), *(_moved(span, sentence) for span in item(sentence))]
        yield "items", wanted, below_it, _OF_ITEMS


def _within(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]


def _moved(span: tuple[int, int], sentence: Sentence) -> tuple[int, int]:
    return span[0] + sentence.start, span[1] + sentence.start


def _printed(span: tuple[int, int], prepared: Prepared) -> Iterator[Member]:
    for words in prepared.evidence([span]):
        yield span, _own(words, prepared)


def _own(words: Evidence, prepared: Prepared) -> str:
    """The words without the name of the table's cell in which they stand first."""
    before = prepared.paragraph.text[: words.start]
    label = _LABEL.match(words.words) if not before or _CELL.search(before) else None
    return words.words[label.end() :] if label else words.words
