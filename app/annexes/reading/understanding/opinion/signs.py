"""What the second opinion goes by: runs of characters, words, and the ideas that words name, as numbers.

An idea counts apart by whose sentence it stands in, what that does, whether it only says when, and whether it
stands in the lead of an item: the client's own duty, a definition and an occasion that a lead names
(「承諾を得て再委託するときは」) hold the words of many duties.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from app.annexes.reading.understanding.opinion.terms import Term, terms
from app.annexes.reading.understanding.prepared import Prepared
from app.annexes.reading.understanding.sentences import GAP, Mode, Sentence, Who

USUAL = (180, 45, 45)
"""How many signs of each sort a paragraph has."""
_WORD = re.compile(r"[一-龠々〆ヵヶ]+|[ァ-ヴー]+|[A-Za-z]+|[ぁ-ん]+|[0-9]+")
"""Characters of one script in a row: Japanese, which has no blanks, changes it about where words change."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of a paragraph, each once: runs of characters, words, ideas."""

    sorts: tuple[tuple[int, ...], ...]

    @property
    def worth(self) -> tuple[float, ...]:
        """What one sign of each sort counts: less where there are many, for then they say several things."""
        return tuple(
            usual**-0.125 * len(found) ** -0.375 if found else 0.0
            for usual, found in zip(USUAL, self.sorts, strict=True)
        )


@lru_cache(maxsize=8)
def signs(prepared: Prepared) -> Signs:
    """The signs of a paragraph; each kind of it that is looked into asks for the same."""
    text = f"#{prepared.heading}|{prepared.folded.text}"
    pairs = [*map(add, text, text[1:])]
    runs = {*map(_run, pairs), *map(_run, map(add, pairs, text[2:]))}
    words = {
        *map(_word, _WORD.findall(text)),
        *(_word(f"lead {one}") for one in _WORD.findall(_lead(prepared))),
    }
    single = {_single("heading", one) for term in terms(prepared.heading) for one in term.ideas}
    for sentence in prepared.sentences:
        found = terms(sentence.text)
        whose = mark(sentence)
        single.add(_single(whose, sentence.mode))
        for term in found:
            single.update(of_term(sentence, whose, term))
        if found:
            single.add(_single(whose, "last", found[-1].ideas[0]))
    return Signs((tuple(runs), tuple(words), tuple(single)))


def read_text(prepared: Prepared) -> str:
    """What the opinion is about: heading, lead and paragraph, each behind a sign of its own."""
    return f"#{prepared.heading}|{_lead(prepared)}|{prepared.folded.text}"


def _lead(prepared: Prepared) -> str:
    return prepared.sentences[0].text[: max(0, prepared.sentences[0].item - 1)] if prepared.sentences else ""


def mark(sentence: Sentence) -> str:
    """Whose sentence it is, and whether it only tells."""
    if sentence.mode is Mode.TELLS:
        return "tells"
    return "client" if sentence.who is Who.CLIENT else "vendor"


def of_term(sentence: Sentence, whose: str, term: Term) -> Iterator[int]:
    """The signs of the ideas of one term by itself."""
    part = "occasion" if sentence.main[term.start] == GAP else "main"
    whose = f"lead {whose}" if term.end <= sentence.item else whose
    for idea in term.ideas:
        yield _single(whose, idea)
        yield _single(whose, sentence.mode, idea)
        yield _single(whose, part, idea)


@lru_cache(maxsize=20_000)
def _run(run: str) -> int:
    return zlib.crc32(run.encode())


@lru_cache(maxsize=4_000)
def _word(word: str) -> int:
    return zlib.crc32(f"word {word}".encode())


@lru_cache(maxsize=4_000)
def _single(*parts: str) -> int:
    return zlib.crc32(" ".join(("idea", *parts)).encode())
