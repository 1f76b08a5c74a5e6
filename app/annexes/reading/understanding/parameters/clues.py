"""Words that set a parameter, as data: what they set, for which kinds, and where they must stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil
from typing import Any

from app.annexes.asks import PARAMETERS
from app.annexes.clause import Json
from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.parameters.numbers import NUMBER, number
from app.annexes.reading.understanding.sentences import Mode, Sentence
from app.annexes.reading.understanding.wording import Wording, resource, wording

FILES = ("when", "consent", "people", "things")
_FLAGS = {"attach", "wide", "first", "brackets"}
_FIELDS = {"name", "value", "times", "kinds", "all", "not", "mode", "sure", "for", "against"} | _FLAGS


@dataclass(frozen=True, slots=True)
class Clue:
    """Words that set a parameter, for the kinds to which it belongs.

    value: what they set; None: a number that the first pattern finds, times ``times``. kinds: of which kinds.
    needed: each must stand in one sentence. never: none may. modes: what that sentence does. attached: only
    for the kinds whose own words follow, where the sentence has several; wide: for all of them, where the
    words stand before any object. first: not where the paragraph goes on about a change of what it has asked
    for. brackets: what stands in brackets is read as well.
    """

    name: str
    value: Json | None
    times: float
    kinds: frozenset[str]
    needed: tuple[re.Pattern[str], ...]
    never: tuple[re.Pattern[str], ...]
    modes: frozenset[Mode]
    attached: bool
    wide: bool
    first: bool
    brackets: bool
    sure: float
    examples: tuple[str, ...]
    counter: tuple[str, ...]

    def found(self, sentence: Sentence, text: str) -> tuple[Json, tuple[tuple[int, int], ...]] | None:
        """What a sentence, read as ``text``, sets and where the words stand."""
        if sentence.mode not in self.modes or any(one.search(text) for one in self.never):
            return None
        held = [one.search(text) for one in self.needed]
        hits = [one for one in held if one is not None]
        if len(hits) < len(held):
            return None
        value = self.value if self.value is not None else _counted(hits[0], self.times)
        return None if value == 0 else (value, tuple(one.span() for one in hits))


def _counted(hit: re.Match[str], times: float) -> int:
    """The number ``n`` of a unit that is ``times`` the parameter's, with ``m`` of the parameter's own."""
    said, more = hit.group("n"), hit.groupdict().get("m")
    return ceil((0.5 if said == "半" else number(said)) * times) + (number(more) if more else 0)


@lru_cache(maxsize=512)
def clues_of(kinds: frozenset[str]) -> tuple[tuple[Clue, frozenset[str]], ...]:
    """Those that set something of any of ``kinds``, each with the kinds that it is about."""
    return tuple((one, held) for one in clues() if (held := one.kinds & kinds))


@cache
def clues() -> tuple[Clue, ...]:
    """Every clue of this program, read once."""
    words = wording()
    return tuple(
        _clue(entry, words) for name in FILES for entry in resource(f"settings/{name}.toml")["setting"]
    )


def _clue(entry: dict[str, Any], words: Wording) -> Clue:
    """Raises ``KeyError`` or ``ValueError`` for data that no clue can be made of."""
    parameter = PARAMETERS[entry["name"]]
    kinds = frozenset(entry.get("kinds", parameter.kinds or KINDS))
    if unknown := (set(entry) - _FIELDS) | {one for one in kinds if not parameter.belongs_to(one)}:
        raise ValueError(f"{entry['name']}: unknown: {sorted(unknown)}")
    return Clue(
        entry["name"],
        entry.get("value"),
        entry.get("times", 1),
        kinds,
        tuple(words.compiled(one.replace("{n}", NUMBER)) for one in entry["all"]),
        tuple(words.compiled(one.replace("{n}", NUMBER)) for one in entry.get("not", ())),
        frozenset(Mode(one) for one in entry.get("mode", list(Mode))),
        entry.get("attach", False),
        entry.get("wide", False),
        entry.get("first", False),
        entry.get("brackets", False),
        entry.get("sure", 0.85),
        tuple(entry["for"]),
        tuple(entry.get("against", ())),
    )
