"""The ideas that the words of a text name, from one table of words in every register.

At each place the longest word counts, and what it covers is read no further: プログラム holds no ログ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from app.annexes.reading.understanding.wording import resource

_CHOICE = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a text: where it stands, end exclusive, and the ideas that it names, in their order."""

    start: int
    end: int
    ideas: tuple[str, ...]


def terms(text: str) -> list[Term]:
    """The words of a folded text that name an idea, in its order, none within another."""
    known = _known()
    found = []
    at, end = 0, len(text)
    while at < end:
        here = known.get(text[at : at + 2]) or known.get(text[at])
        one = next((one for one in here if text.startswith(one[0], at)), None) if here else None
        if one is None:
            at += 1
        else:
            found.append(Term(at, at + len(one[0]), one[1]))
            at += len(one[0])
    return found


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """Word → the ideas that it names."""
    held: dict[str, list[str]] = {}
    for idea, said in resource("terms.toml").items():
        for word in said.split():
            for one in _spelled(word):
                ideas = held.setdefault(one, [])
                if idea not in ideas:
                    ideas.append(idea)
    return {word: tuple(ideas) for word, ideas in held.items()}


@cache
def _known() -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """How words begin, by two characters and by one → those words, the longest first.

    Where two characters begin a word, what their first one begins alone is among them.
    """
    ordered = sorted(words().items(), key=lambda one: -len(one[0]))
    held: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for word, ideas in ordered:
        held.setdefault(word[:2], []).append((word, ideas))
    alone = [one for one in ordered if len(one[0]) == 1]
    for first, found in held.items():
        if len(first) > 1:
            found += [one for one in alone if one[0] == first[0]]
    return {first: tuple(found) for first, found in held.items()}


def _spelled(word: str) -> Iterator[str]:
    """Every spelling of a word in which one of several characters may stand: ``渡[しす]`` is two."""
    parts = _CHOICE.split(word)
    choices = [list(one) if at % 2 else [one] for at, one in enumerate(parts)]
    return ("".join(one) for one in product(*choices))
