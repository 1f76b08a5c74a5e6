"""A second opinion on the kinds of a paragraph: its words, weighed by numbers learned beforehand.

It errs in other places than the patterns do, and so tells how sure these are, and finds what they miss.
``packaging/train_reader.py`` learns the numbers from the labelled paragraphs and writes them.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.annexes.reading.understanding.opinion.network import network
from app.annexes.reading.understanding.opinion.signs import mark, of_term, signs
from app.annexes.reading.understanding.opinion.terms import terms
from app.annexes.reading.understanding.prepared import Prepared
from app.annexes.reading.understanding.sentences import Mode, Sentence, Who

LIKELY = 0.12
"""From here this opinion thinks of a kind."""
_LEADING = 3
"""So many terms are shown for what led to an opinion."""
_NEVER_WHAT = frozenset({"must", "before", "at_once", "each", "often", "may"})
"""Ideas that say how or when something is asked, and never what: by themselves they lead to nothing."""


def opinions(prepared: Prepared) -> Mapping[str, float]:
    """Kind → how likely it is by its words alone, 0 to 1."""
    return {kind: likely(value) for kind, value in network().values(signs(prepared)).items()}


def by_sentence(prepared: Prepared, whole: Mapping[str, float]) -> Mapping[str, float]:
    """Kind → how likely it is by all words (``whole``), or by those of the sentence that says most of it.

    Among the words of several duties those of one count for little. So a pattern is weighed by what its
    sentence says alone: else a duty in plain words would not be found beside another one.
    """
    parts = [network().values(signs(part)) for part in prepared.parts()]
    if not parts:
        return whole
    return {kind: max(one, likely(max(part[kind] for part in parts))) for kind, one in whole.items()}


def leading(
    prepared: Prepared, sentences: Iterable[int], kind: str
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Of these sentences those with the words that speak most for ``kind``, and where those stand.

    What stands in a lead belongs to its items alone where they have words of their own. Words that would
    speak far more for the kind, had another sentence asked what it only tells or waives, leave these nothing.
    """
    towards = network().towards(signs(prepared), kind)
    own = set(sentences)
    weighed = sorted(
        (one for at in own for one in _weighed(towards, at, prepared.sentences[at])), reverse=True
    )
    asked = (
        replace(one, who=Who.VENDOR, mode=Mode.ASKS)
        for at, one in enumerate(prepared.sentences)
        if at not in own
    )
    told = (weight for one in asked for weight, *_ in _weighed(towards, -1, one))
    most = max((*told, *(weight for weight, *_ in weighed[:1])), default=0.0)
    found: dict[int, list[tuple[int, int]]] = {}
    for weight, at, start, end in weighed[:_LEADING]:
        if weight > 0 and 3 * weight >= most:
            found.setdefault(at, []).append((start, end))
    return {at: tuple(sorted(spans)) for at, spans in sorted(found.items())}


def _weighed(towards: Sequence[float], at: int, sentence: Sentence) -> Iterator[tuple[float, int, int, int]]:
    speaks, whose = network().speaks, mark(sentence)
    for term in terms(sentence.text):
        if term.end > sentence.item and not _NEVER_WHAT.issuperset(term.ideas):
            weight = sum(speaks(one, towards) for one in of_term(sentence, whose, term))
            yield weight, at, term.start + sentence.start, term.end + sentence.start


def likely(value: float) -> float:
    """A sum of weights as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def fingerprint(learned: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Sixteen digits for paragraphs (their text as read, and their kinds), whatever their order."""
    lines = sorted(f"{text}\0{' '.join(sorted(kinds))}" for text, kinds in learned)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
