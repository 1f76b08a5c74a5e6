"""What a paragraph says about its duties beside their kinds: how soon, how often, with whose consent, how.

Only what its own words say; nothing is assumed. Every value is one that an annex file may have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import Any

from app.annexes.asks import PARAMETERS
from app.annexes.clause import Json
from app.annexes.kinds import KINDS
from app.annexes.parameter_types import Several
from app.annexes.reading.understanding.numbers import NUMBER, number
from app.annexes.reading.understanding.prepared import Evidence, Prepared
from app.annexes.reading.understanding.proposing import Hit
from app.annexes.reading.understanding.sentences import Mode, Sentence
from app.annexes.reading.understanding.struck import struck
from app.annexes.reading.understanding.wording import Wording, resource, wording

FILES = ("settings.toml",)
_FIELDS = {"name", "value", "times", "kinds", "all", "not", "mode", "sure", "for", "against"}


@dataclass(frozen=True, slots=True)
class Setting:
    """One parameter as the paragraph sets it.

    kind: the kind that it holds for; empty: all kinds of the paragraph to which it belongs. name: of
    ``app.annexes.asks``. value: as an annex file has it. confidence: how often such a one is right, 0 to 1.
    """

    kind: str
    name: str
    value: Json
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Clue:
    """Words that set a parameter, for the kinds to which it belongs.

    value: what they set; None: a number that the first pattern finds, times ``times``. kinds: of which kinds.
    needed: each must stand in one sentence. never: none may. modes: what that sentence does.
    """

    name: str
    value: Json | None
    times: float
    kinds: frozenset[str]
    needed: tuple[re.Pattern[str], ...]
    never: tuple[re.Pattern[str], ...]
    modes: frozenset[Mode]
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


@dataclass(slots=True)
class _Held:
    values: list[tuple[int, Json]]
    sure: float
    spans: list[tuple[int, int]]


def settings(prepared: Prepared, found: Mapping[str, tuple[Hit, ...]]) -> tuple[Setting, ...]:
    """What is set for the kinds that were found, in the order of the parameters."""
    held: dict[str, dict[str, _Held]] = {}
    for kind, hits in found.items():
        for sentence in prepared.near(hit.sentence for hit in hits):
            _take(held, kind, sentence)
    return tuple(one for name in PARAMETERS if name in held for one in _settings(name, held[name], prepared))


def _take(held: dict[str, dict[str, _Held]], kind: str, sentence: Sentence) -> None:
    text = struck(sentence.text)
    for clue in clues():
        if kind not in clue.kinds or (hit := clue.found(sentence, text)) is None:
            continue
        value, spans = hit
        placed = [(start + sentence.start, end + sentence.start) for start, end in spans]
        of_kind = held.setdefault(clue.name, {})
        if kind not in of_kind:
            of_kind[kind] = _Held([(placed[0][0], value)], clue.sure, placed)
        elif isinstance(PARAMETERS[clue.name], Several):
            of_kind[kind].values.append((placed[0][0], value))
            of_kind[kind].spans += placed
            of_kind[kind].sure = min(of_kind[kind].sure, clue.sure)


def _settings(name: str, held: dict[str, _Held], prepared: Prepared) -> Iterator[Setting]:
    """One setting for all kinds where they agree, else one for each kind."""
    values = {kind: _value(name, one) for kind, one in held.items()}
    alike = all(value == next(iter(values.values())) for value in values.values())
    for kind, one in held.items():
        everyone = alike and len(held) > 1
        yield Setting("" if everyone else kind, name, values[kind], one.sure, prepared.evidence(one.spans))
        if everyone:
            return


def _value(name: str, held: _Held) -> Json:
    if not isinstance(PARAMETERS[name], Several):
        return held.values[0][1]
    ordered: list[Json] = [value for _, value in sorted(held.values, key=lambda one: one[0])]
    values = [one for at, one in enumerate(ordered) if one not in ordered[:at]]
    return [one for one in values if one != "none"] or values


def _counted(hit: re.Match[str], times: float) -> int:
    said = hit.group("n")
    return ceil((0.5 if said == "半" else number(said)) * times)


@cache
def clues() -> tuple[Clue, ...]:
    """Every clue of this program, read once."""
    words = wording()
    return tuple(_clue(entry, words) for name in FILES for entry in resource(name)["setting"])


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
        entry.get("sure", 0.85),
        tuple(entry["for"]),
        tuple(entry.get("against", ())),
    )
