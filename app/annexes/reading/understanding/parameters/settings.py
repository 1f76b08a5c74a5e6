"""What a paragraph says about its duties beside their kinds: how soon, how often, with whose consent, how.

Only what its own words say; nothing is assumed. Every value is one that an annex file may have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType

from app.annexes.asks import PARAMETERS
from app.annexes.choices import Medium
from app.annexes.clause import Json
from app.annexes.parameter_types import Several
from app.annexes.reading.understanding.parameters.clues import clues_of
from app.annexes.reading.understanding.parameters.listed import listed
from app.annexes.reading.understanding.parameters.rows import Read, read
from app.annexes.reading.understanding.prepared import Evidence, Prepared
from app.annexes.reading.understanding.proposing import Hit
from app.annexes.reading.understanding.sentences import Sentence

LONGEST = ("period_months", "stages")
"""Of several the largest: what is done every week and looked at every year is measured by the year, and a
first report by telephone with a later one in writing by both."""
_ANOTHER_ACT = re.compile("(?:[しりせえきてけちびみ]|とともに)、(?!又は|または|若しくは|及び|かつ|並びに)")
"""The end of a part of a sentence that does something itself."""
_NOTICE, _FOLLOWED = "incident-notice", "incident-followup"
"""What is done after an incident is told in a sentence of its own, and the second report in that as well."""
_OCCASION = re.compile("(?:とき|場合|際|後)(?:に)?は、")
_COUNTED_FROM: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        kind: re.compile(
            f"(?:{act})(?:を?(?:行った|した|終えた)|の)(?:日|とき|後)(?:の翌日)?から(?:起算して)?$"
        )
        for kind, act in (("disposal", "廃棄|消去|破棄|抹消|削除|処分"), ("return", "返還|返却|返納"))
    }
)
"""An act with the day from which days are counted for what follows it."""
_CHANGED_AFTER = re.compile(
    "(?:[しりせえきてけちびみ]|とともに|ほか)、(?:(?!とき(?:及び|又は|や))[^、。]){0,16}(?:変更|異動|交代|交替|替わ|変わ|改め)"
    "[^、。]{0,14}(?:とき|場合|際)は、?[^。]{0,12}$"
)
"""A change, behind what the same sentence has asked for first."""
_CHANGED = re.compile(
    "^[^。]{0,24}(?:変更|異動|交代|交替|替わ|変わ|替え|変え)[^。]{0,14}(?:とき|場合|際|時|たら)"
)


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


@dataclass(slots=True)
class _Held:
    values: list[tuple[int, Json]]
    sure: float
    spans: list[tuple[int, int]]


def settings(prepared: Prepared, found: Mapping[str, tuple[Hit, ...]]) -> tuple[Setting, ...]:
    """What is set for the kinds that were found, in the order of the parameters."""
    held: dict[str, dict[str, _Held]] = {}
    near = dict(prepared.near({kind: {hit.sentence for hit in hits} for kind, hits in found.items()}))
    if _NOTICE in near:
        near[_NOTICE] |= {at for at in near.get(_FOLLOWED, ()) if at > min(near[_NOTICE])}
    for at, sentence in enumerate(prepared.sentences):
        last = {kind: _last(found[kind], at, sentence) for kind, places in near.items() if at in places}
        if last:
            _take(held, last, read(prepared, at), _later(prepared, at, near))
            _list(held, last.keys(), at, prepared)
    return tuple(
        one for name in PARAMETERS if name in held for one in _settings(name, held[name], prepared, found)
    )


def _last(hits: tuple[Hit, ...], at: int, sentence: Sentence) -> tuple[int, int]:
    """The last words of a kind in a sentence, which say what is done; none where it only goes on about it."""
    spans = [span for hit in hits if hit.sentence == at for span in hit.spans]
    start, end = max(spans, key=lambda span: span[1]) if spans else (0, 0)
    return start - sentence.start, end - sentence.start


def _take(
    held: dict[str, dict[str, _Held]], last: Mapping[str, tuple[int, int]], read: Read, later: Set[str]
) -> None:
    """What the clues set of the kinds in a sentence; ``later``: those of which it only tells a change."""
    for clue, kinds in clues_of(frozenset(last)):
        if _is_settled(clue.name, held.get(clue.name, {}), kinds):
            continue
        text = read.open if clue.brackets else read.text
        if (hit := clue.found(read.sentence, text)) is None:
            continue
        value, spans = hit
        if clue.attached:
            kinds = _attached(kinds, last, text, spans[0], wide=clue.wide)
        if clue.first:
            kinds = frozenset() if _CHANGED_AFTER.search(text, 0, spans[0][0]) else kinds - later
        for kind in kinds:
            placed = [read.placed(span) for span in spans]
            new = _Held([(placed[0][0], value)], clue.sure, placed)
            _keep(held.setdefault(clue.name, {}), kind, new, clue.name)


def _attached(
    kinds: frozenset[str],
    last: Mapping[str, tuple[int, int]],
    text: str,
    span: tuple[int, int],
    *,
    wide: bool,
) -> frozenset[str]:
    """The kinds to which words at ``span`` belong: what they stand before, else what is done at the occasion.

    A certificate within 14 days of a disposal must not give the disposal 14 days, where it is asked for at
    once. ``wide``: words before any object are those of every act.
    """
    at, end = span
    kinds = kinds - _begun(text, at) or kinds
    if wide and "を" not in _clause(text, at):
        return kinds
    return kinds & (_with_its_proof(_followed(last, end, text)) or _done(last, at, text)) or kinds


def _begun(text: str, at: int) -> frozenset[str]:
    """The kinds from whose act on the days are counted that stand ``at``: they are not its own."""
    return frozenset(kind for kind, act in _COUNTED_FROM.items() if act.search(text, 0, at))


def _done(last: Mapping[str, tuple[int, int]], at: int, text: str) -> frozenset[str]:
    """The kinds whose own words stand between the occasion that the sentence names and ``at``."""
    begin = at - len(_clause(text, at))
    return frozenset(kind for kind, (start, end) in last.items() if begin and start >= begin and end <= at)


def _is_settled(name: str, held: Mapping[str, _Held], kinds: Set[str]) -> bool:
    """Whether nothing that is said after it changes what these kinds have of a parameter."""
    return kinds <= held.keys() and name not in LONGEST and not isinstance(PARAMETERS[name], Several)


def _clause(text: str, at: int) -> str:
    """What stands before ``at`` behind the occasion that the sentence names."""
    behind = [found.end() for found in _OCCASION.finditer(text, 0, at)]
    return text[behind[-1] if behind else 0 : at]


def _later(prepared: Prepared, at: int, near: Mapping[str, Set[int]]) -> frozenset[str]:
    """The kinds that were asked for in an earlier sentence, where this one begins with their change."""
    if not _CHANGED.search(prepared.sentences[at].text):
        return frozenset()
    return frozenset(kind for kind, places in near.items() if at in places and min(places) < at)


def _list(held: dict[str, dict[str, _Held]], kinds: Set[str], at: int, prepared: Prepared) -> None:
    for one in listed(kinds, at, prepared):
        values: list[tuple[int, Json]] = [(span[0], words) for span, words in one.members]
        new = _Held(values, one.sure, [span for span, _ in one.members])
        _keep(held.setdefault(one.name, {}), one.kind, new, one.name)


def _followed(last: Mapping[str, tuple[int, int]], at: int, text: str) -> frozenset[str]:
    """The kinds whose own words follow ``at`` with no other act between."""
    return frozenset(
        kind
        for kind, (start, end) in last.items()
        if end >= at and not _ANOTHER_ACT.search(text, at, max(at, start))
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


def _settings(
    name: str, held: dict[str, _Held], prepared: Prepared, found: Iterable[str]
) -> Iterator[Setting]:
    """One setting for all kinds where all to which it can belong agree, else one for each kind."""
    values = {kind: _value(name, one) for kind, one in held.items()}
    values = {kind: value for kind, value in values.items() if not _is_everything(name, value)}
    everybody = {kind for kind in found if PARAMETERS[name].belongs_to(kind)}
    alike = all(value == next(iter(values.values())) for value in values.values())
    for kind, value in values.items():
        everyone = alike and len(values) > 1 and everybody <= set(values)
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
    values = [one for one in values if one != "none"] or values
    return [one for one in values if one != "approval"] if "approval-each" in values else values
