"""Patterns as data: each says which kind of duty its words are, and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.annexes.reading.understanding.sentences import Mode, Sentence, Who
from app.annexes.reading.understanding.wording import Wording, resource, wording

_FIELDS = {"kind", "all", "whole", "not", "who", "mode", "sure", "for", "against"}
FILES = ("people", "handling", "measures", "others", "ending")
"""Each of patterns that are sure of themselves, and beside it in `wider` of those that are less so."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern for one kind of duty.

    needed: each must stand in what the sentence asks for, occasions cut. anywhere: each must stand in the
    sentence, its occasions included. never: none may stand in it. who, modes: the sentences that it reads.
    sure: how often it is expected to be right, 0 to 1.
    examples: paragraphs (client 甲, vendor 乙) that are of the kind.
    counter: paragraphs with its words that are not.
    """

    kind: str
    needed: tuple[re.Pattern[str], ...]
    anywhere: tuple[re.Pattern[str], ...]
    never: tuple[re.Pattern[str], ...]
    who: frozenset[Who]
    modes: frozenset[Mode]
    sure: float
    examples: tuple[str, ...]
    counter: tuple[str, ...]

    def found(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Where in the sentence the words stand that make it of this kind; empty where it is not."""
        if sentence.who not in self.who or sentence.mode not in self.modes:
            return []
        if self.needed and not self.needed[0].search(sentence.main):
            return []
        spans = []
        for text, patterns in ((sentence.main, self.needed), (sentence.text, self.anywhere)):
            for pattern in patterns:
                hit = _hit(pattern, text, sentence.item)
                if hit is None or hit.start() == hit.end():
                    return []
                spans.append(hit.span())
        if any(one.search(sentence.text) for one in self.never):
            return []
        return spans if any(start >= sentence.item for start, _ in spans) else []


def _hit(pattern: re.Pattern[str], text: str, item: int) -> re.Match[str] | None:
    """The first place in the item, else the first in its lead."""
    hit = pattern.search(text)
    if hit is None or hit.end() > item:
        return hit
    return next((one for one in pattern.finditer(text) if one.end() > item), hit)


@cache
def rules() -> tuple[Rule, ...]:
    """Every pattern of this program, read once."""
    return tuple(_rules(wording()))


@cache
def rules_for(who: Who, mode: Mode) -> tuple[Rule, ...]:
    """Those that read such sentences."""
    return tuple(one for one in rules() if who in one.who and mode in one.modes)


def _rules(words: Wording) -> Iterator[Rule]:
    never = {kind: words.compiled(one) for kind, one in resource("never.toml").items()}
    for name in (*FILES, *(f"wider/{one}" for one in FILES)):
        for entry in resource(f"{name}.toml")["pattern"]:
            yield _rule(entry, words, never.get(entry["kind"]))


def _rule(entry: dict[str, Any], words: Wording, never: re.Pattern[str] | None) -> Rule:
    """Raises ``KeyError`` or ``ValueError`` for data that no rule can be made of."""
    if unknown := set(entry) - _FIELDS:
        raise ValueError(f"{entry['kind']}: no such fields: {sorted(unknown)}")
    return Rule(
        entry["kind"],
        _all(entry.get("all", ()), words),
        _all(entry.get("whole", ()), words),
        (*_all(entry.get("not", ()), words), *([never] if never else [])),
        frozenset(Who(one) for one in entry.get("who", ["vendor"])),
        frozenset(Mode(one) for one in entry.get("mode", ["asks", "bans"])),
        entry.get("sure", 0.85),
        tuple(entry["for"]),
        tuple(entry.get("against", ())),
    )


def _all(patterns: list[str] | tuple[()], words: Wording) -> tuple[re.Pattern[str], ...]:
    return tuple(words.compiled(one) for one in patterns)
