"""When a paragraph asks for its duties: the usual moments of each kind, and what its own words say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.annexes.kinds import KINDS, When
from app.annexes.reading.understanding.parameters.rows import cell
from app.annexes.reading.understanding.prepared import Evidence, Prepared
from app.annexes.reading.understanding.proposing import Hit, Proposal
from app.annexes.reading.understanding.struck import struck
from app.annexes.reading.understanding.wording import Wording, resource, wording

USUAL = 0.8
"""How often the usual moment of a kind is right where the words say nothing else."""
OF_ROW = 0.9
"""How often a moment is right that the row's own cell names."""
_FIELDS = {"when", "kinds", "all", "not", "never", "around", "instead", "sure", "for", "against"}


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment at which the paragraph asks for something.

    when: a value of ``app.annexes.kinds.When``. kinds: of which of the proposed kinds; empty where the
    paragraph asks for nothing. confidence: how often such a one is right; never surer than the surest of its
    kinds, whose doubt is its own.
    """

    when: str
    confidence: float
    evidence: tuple[Evidence, ...]
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say when something is due, for kinds that can be due then.

    needed: each must stand in one sentence. barred: none may stand in that one. never: none may stand in any
    sentence about the kind. around: each must stand somewhere in the paragraph. instead: the usual moments
    that it takes from that sentence.
    """

    when: When
    kinds: frozenset[str]
    needed: tuple[re.Pattern[str], ...]
    barred: tuple[re.Pattern[str], ...]
    never: tuple[re.Pattern[str], ...]
    around: tuple[re.Pattern[str], ...]
    instead: frozenset[When]
    sure: float
    examples: tuple[str, ...]
    counter: tuple[str, ...]

    def found(self, text: str, everything: str, paragraph: str) -> tuple[tuple[int, int], ...]:
        """Where in a sentence, one of ``everything``, the words stand; empty where it does not say this."""
        if any(one.search(text) for one in self.barred) or any(one.search(everything) for one in self.never):
            return ()
        if not all(one.search(paragraph) for one in self.around):
            return ()
        held = [one.search(text) for one in self.needed]
        return tuple(one.span() for one in held if one) if all(held) else ()


def moments(
    prepared: Prepared, found: Mapping[str, tuple[Hit, ...]], proposed: tuple[Proposal, ...]
) -> tuple[Moment, ...]:
    """The moments of the proposed kinds in the order of ``When``; `info` alone where there is no duty."""
    duties = [one for one in proposed if not KINDS[one.kind].shown_only]
    if not duties:
        kinds = tuple(one.kind for one in proposed)
        evidence = tuple(part for one in proposed for part in one.evidence)
        sure = max((one.confidence for one in proposed), default=1.0)
        return (Moment(When.INFO.value, min(USUAL, sure), evidence, kinds),)
    held: dict[When, list[tuple[str, float, tuple[Evidence, ...]]]] = {}
    near = prepared.near({kind: {hit.sentence for hit in hits} for kind, hits in found.items()})
    for one in duties:
        for when, sure, evidence in _of_kind(prepared, one, found[one.kind], near[one.kind]):
            held.setdefault(when, []).append((one.kind, min(sure, one.confidence), evidence))
    return tuple(_moment(when, held[when]) for when in When if when in held)


def _moment(when: When, parts: list[tuple[str, float, tuple[Evidence, ...]]]) -> Moment:
    evidence = dict.fromkeys(one for _, _, words in parts for one in words)
    kinds = tuple(dict.fromkeys(kind for kind, _, _ in parts))
    return Moment(when.value, max(sure for _, sure, _ in parts), tuple(evidence), kinds)


def _of_kind(
    prepared: Prepared, proposal: Proposal, found: tuple[Hit, ...], near: frozenset[int]
) -> Iterator[tuple[When, float, tuple[Evidence, ...]]]:
    """The cues that are met, then what they leave of the usual moments."""
    own = {hit.sentence for hit in found}
    texts = {at: struck(prepared.sentences[at].text) for at in sorted(near)}
    everything = "。".join(texts.values())
    left: set[When] = set()
    met: dict[When, tuple[float, list[tuple[int, int]]]] = {}
    for at, text in texts.items():
        gone: set[When] = set()
        for cue in _cues_of(proposal.kind):
            if spans := cue.found(text, everything, prepared.folded.text):
                sure, places = met.get(cue.when, (0.0, []))
                begin = prepared.sentences[at].start
                placed = [(start + begin, end + begin) for start, end in spans]
                met[cue.when] = (max(sure, cue.sure), [*places, *placed])
                gone |= cue.instead
        if at in own:
            left |= set(usual()[proposal.kind]) - gone
    for when, place in _of_row(prepared):
        sure, places = met.get(when, (0.0, []))
        met[when] = (max(sure, OF_ROW), [*places, place])
        left = set()
    for when, (sure, places) in met.items():
        yield when, sure, prepared.evidence(places) or proposal.evidence
    for when in usual()[proposal.kind]:
        if when in left and when not in met:
            yield when, USUAL, proposal.evidence


def _of_row(prepared: Prepared) -> Iterator[tuple[When, tuple[int, int]]]:
    """What the cell of a table's row says of when; usual moments are no matter there."""
    start, end = cell(prepared) or (0, 0)
    for when, words in rows().items() if end else ():
        if hit := words.search(prepared.folded.text, start, end):
            yield when, hit.span()


@cache
def rows() -> Mapping[When, re.Pattern[str]]:
    """How the cell of a table's row says each moment."""
    words = wording()
    return {When(when): words.compiled(one) for when, one in resource("moments.toml")["row"].items()}


@cache
def usual() -> Mapping[str, tuple[When, ...]]:
    """Kind → when it is asked for where the words leave that open."""
    return {
        kind: tuple(When(one) for one in said) for kind, said in resource("moments.toml")["usual"].items()
    }


@cache
def cues() -> tuple[Cue, ...]:
    """Every cue of this program, read once."""
    words = wording()
    return tuple(_cue(entry, words) for entry in resource("moments.toml")["cue"])


@cache
def _cues_of(kind: str) -> tuple[Cue, ...]:
    return tuple(one for one in cues() if kind in one.kinds)


def _cue(entry: dict[str, Any], words: Wording) -> Cue:
    """Raises ``KeyError`` or ``ValueError`` for data that no cue can be made of."""
    kinds = frozenset(entry["kinds"])
    if unknown := (set(entry) - _FIELDS) | (kinds - set(KINDS)):
        raise ValueError(f"{entry['when']}: unknown: {sorted(unknown)}")
    return Cue(
        When(entry["when"]),
        kinds,
        tuple(words.compiled(one) for one in entry["all"]),
        tuple(words.compiled(one) for one in entry.get("not", ())),
        tuple(words.compiled(one) for one in entry.get("never", ())),
        tuple(words.compiled(one) for one in entry.get("around", ())),
        frozenset(When(one) for one in entry.get("instead", ())),
        entry.get("sure", 0.9),
        tuple(entry["for"]),
        tuple(entry.get("against", ())),
    )
