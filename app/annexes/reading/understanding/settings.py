"""What a paragraph says about its duties beside their kinds: how soon, how often, with whose consent, how.

Only what its own words say; nothing is assumed. Every value is one that an annex file may have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil
from typing import Any

from app.annexes.asks import PARAMETERS
from app.annexes.choices import Medium
from app.annexes.clause import Json
from app.annexes.kinds import KINDS
from app.annexes.parameter_types import Several
from app.annexes.reading.understanding.enumerated import KINDS as ENUMERATED
from app.annexes.reading.understanding.enumerated import below, bracketed, item
from app.annexes.reading.understanding.lists import listings
from app.annexes.reading.understanding.numbers import NUMBER, number
from app.annexes.reading.understanding.prepared import Evidence, Prepared
from app.annexes.reading.understanding.proposing import Hit
from app.annexes.reading.understanding.sentences import Mode, Sentence
from app.annexes.reading.understanding.struck import struck
from app.annexes.reading.understanding.wording import Wording, resource, wording

FILES = ("when", "consent", "people", "things")
LONGEST = ("period_months", "stages")
"""Of several the largest: what is done every week and looked at every year is measured by the year, and a
first report by telephone with a later one in writing by both."""
_OF_ITEMS = 0.8
_FIELDS = {"name", "value", "times", "kinds", "all", "not", "mode", "attach", "sure", "for", "against"}
_ANOTHER_ACT = re.compile("[しりせえきてけちびみ]、(?!又は|または|若しくは|及び|かつ|並びに)")
"""The end of a part of a sentence that does something itself."""


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
    needed: each must stand in one sentence. never: none may. modes: what that sentence does. attached: only
    for the kinds whose own words follow, where the sentence has several.
    """

    name: str
    value: Json | None
    times: float
    kinds: frozenset[str]
    needed: tuple[re.Pattern[str], ...]
    never: tuple[re.Pattern[str], ...]
    modes: frozenset[Mode]
    attached: bool
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
    alone = len(found) == 1
    near = {kind: prepared.near((hit.sentence for hit in hits), alone=alone) for kind, hits in found.items()}
    for at, sentence in enumerate(prepared.sentences):
        last = {kind: _last(found[kind], at, sentence) for kind, places in near.items() if at in places}
        if last:
            _take(held, last, sentence)
            _list(held, last.keys(), at, prepared)
    return tuple(one for name in PARAMETERS if name in held for one in _settings(name, held[name], prepared))


def _last(hits: tuple[Hit, ...], at: int, sentence: Sentence) -> tuple[int, int]:
    """The last words of a kind in a sentence, which say what is done; none where it only goes on about it."""
    spans = [span for hit in hits if hit.sentence == at for span in hit.spans]
    start, end = max(spans, key=lambda span: span[1]) if spans else (0, 0)
    return start - sentence.start, end - sentence.start


def _take(held: dict[str, dict[str, _Held]], last: Mapping[str, tuple[int, int]], sentence: Sentence) -> None:
    text = struck(sentence.text)
    for clue, kinds in _clues_of(frozenset(last)):
        if (hit := clue.found(sentence, text)) is None:
            continue
        value, spans = hit
        if clue.attached:
            kinds &= _with_its_proof(_followed(last, spans[0][1], text)) or kinds
        for kind in kinds:
            placed = [(start + sentence.start, end + sentence.start) for start, end in spans]
            _keep(
                held.setdefault(clue.name, {}),
                kind,
                _Held([(placed[0][0], value)], clue.sure, placed),
                clue.name,
            )


def _list(held: dict[str, dict[str, _Held]], kinds: Set[str], at: int, prepared: Prepared) -> None:
    """What the sentence lists for these kinds, as printed; what stands in its lead is none of the item's."""
    sentence = prepared.sentences[at]
    for one in listings():
        if wanted := one.kinds & kinds:
            _members(
                held,
                one.name,
                wanted,
                [_moved(span, sentence) for span in one.found(sentence.text)],
                prepared,
                one.sure,
            )
    if wanted := ENUMERATED & kinds:
        folded = prepared.folded.text
        spans = [
            *below(sentence, folded),
            *bracketed(sentence, folded),
            *(_moved(span, sentence) for span in item(sentence)),
        ]
        _members(held, "items", wanted, spans, prepared, _OF_ITEMS)


def _moved(span: tuple[int, int], sentence: Sentence) -> tuple[int, int]:
    return span[0] + sentence.start, span[1] + sentence.start


def _members(
    held: dict[str, dict[str, _Held]],
    name: str,
    kinds: Set[str],
    spans: list[tuple[int, int]],
    prepared: Prepared,
    sure: float,
) -> None:
    members = [(span, words) for span in spans for words in prepared.evidence([span])]
    for kind in kinds if members else ():
        values: list[tuple[int, Json]] = [(span[0], words.words) for span, words in members]
        _keep(held.setdefault(name, {}), kind, _Held(values, sure, [span for span, _ in members]), name)


def _followed(last: Mapping[str, tuple[int, int]], at: int, text: str) -> frozenset[str]:
    """The kinds whose own words follow ``at`` with no other act between."""
    return frozenset(
        kind
        for kind, (start, end) in last.items()
        if end > at and not _ANOTHER_ACT.search(text, at, max(at, start))
    )


def _with_its_proof(kinds: frozenset[str]) -> frozenset[str]:
    """What is disposed of is what the certificate in the same sentence is about."""
    return kinds | {"disposal-certificate"} if "disposal" in kinds else kinds


def _keep(of_kind: dict[str, _Held], kind: str, new: _Held, name: str) -> None:
    """What is said first holds, but of how often the longest; a list takes in everything."""
    old = of_kind.setdefault(kind, new)
    if old is new:
        return
    if isinstance(PARAMETERS[name], Several):
        old.values += new.values
        old.spans += new.spans
        old.sure = min(old.sure, new.sure)
    elif name in LONGEST and _largest(new) > _largest(old):
        of_kind[kind] = new


def _largest(held: _Held) -> int:
    return max(value for _, value in held.values if isinstance(value, int))


def _settings(name: str, held: dict[str, _Held], prepared: Prepared) -> Iterator[Setting]:
    """One setting for all kinds where they agree, else one for each kind."""
    values = {kind: _value(name, one) for kind, one in held.items()}
    values = {kind: value for kind, value in values.items() if not _is_everything(name, value)}
    alike = all(value == next(iter(values.values())) for value in values.values())
    for kind, value in values.items():
        everyone = alike and len(values) > 1
        one = held[kind]
        yield Setting("" if everyone else kind, name, value, one.sure, prepared.evidence(one.spans))
        if everyone:
            return


def _is_everything(name: str, value: Json) -> bool:
    """Whether all carriers are meant, which is what the absence of the parameter says."""
    return name == "media" and isinstance(value, list) and len(value) == len(Medium)


def _value(name: str, held: _Held) -> Json:
    if not isinstance(PARAMETERS[name], Several):
        return held.values[0][1]
    ordered: list[Json] = [value for _, value in sorted(held.values, key=lambda one: one[0])]
    values = [one for at, one in enumerate(ordered) if one not in ordered[:at]]
    return [one for one in values if one != "none"] or values


def _counted(hit: re.Match[str], times: float) -> int:
    said = hit.group("n")
    return ceil((0.5 if said == "半" else number(said)) * times)


@lru_cache(maxsize=512)
def _clues_of(kinds: frozenset[str]) -> tuple[tuple[Clue, frozenset[str]], ...]:
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
        entry.get("sure", 0.85),
        tuple(entry["for"]),
        tuple(entry.get("against", ())),
    )
