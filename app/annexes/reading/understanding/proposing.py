"""The kinds of duty that one paragraph seems to carry, each with its words and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.opinion.network import network
from app.annexes.reading.understanding.opinion.second import leading
from app.annexes.reading.understanding.opinion.weighing import Grounds, confidence
from app.annexes.reading.understanding.prepared import Evidence, Prepared
from app.annexes.reading.understanding.rules import rules, rules_for
from app.annexes.reading.understanding.sentences import Mode, Sentence, Who
from app.annexes.reading.understanding.wording import resource, wording

TAKEN = 0.5
"""From this confidence a kind is proposed: of authors left out most was right so, and least was missed."""
OFFERED = 0.2
"""From this one it is asked about and not chosen."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One kind of duty that a paragraph seems to carry; confidence: how often such a one is right, 0 to 1."""

    kind: str
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a sentence that speak for a kind. sure: how often they are right, 0 to 1.

    sentence: which of the paragraph's. spans: its words in the folded paragraph; before 0 in the lead.
    """

    sure: float
    sentence: int
    spans: tuple[tuple[int, int], ...]


Found = Mapping[str, tuple[Hit, ...]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """found: of each proposed kind, where it stands. sure: of each kind that is proposed or offered."""

    found: Found
    offered: Found
    sure: Mapping[str, float]


def hits(prepared: Prepared, kinds: Set[str] = frozenset(KINDS)) -> Found:
    """Kind → the patterns that the paragraph meets, of ``kinds`` alone, in the order of the kinds."""
    found: dict[str, list[Hit]] = {}
    for at, sentence in enumerate(prepared.sentences):
        for rule in rules_for(sentence.who, sentence.mode):
            if rule.kind in kinds and (spans := rule.found(sentence)):
                placed = tuple((start + sentence.start, end + sentence.start) for start, end in spans)
                found.setdefault(rule.kind, []).append(Hit(rule.sure, at, placed))
    return {kind: tuple(found[kind]) for kind in KINDS if kind in found}


def possible(prepared: Prepared, likely: Mapping[str, float]) -> frozenset[str]:
    """The kinds that a pattern can still make worth saying, by the second opinion."""
    plain, least = (_least_likely(met=True, headed=one) for one in (False, True))
    named = headed(prepared.heading)
    return frozenset(kind for kind, one in likely.items() if one >= (least if kind in named else plain))


@cache
def _least_likely(*, met: bool, headed: bool) -> float:
    """How likely a kind is at least that is worth saying, with the best of patterns or with none."""
    low, high = 0.0, 1.0
    while high - low > 1e-7:
        middle = (low + high) / 2
        sure = max(one.sure for one in rules()) if met else 0.0
        # Several patterns may speak for less than one: whichever says more is the best.
        best = (Grounds(middle, sure, several=one, headed=headed) for one in {False, met})
        enough = max(confidence(one, network().numbers.weighing) for one in best) >= OFFERED
        low, high = (low, middle) if enough else (middle, high)
    return low


def weigh(prepared: Prepared, found: Found, likely: Mapping[str, float]) -> Weighed:
    """What of the patterns' finds and of the second opinion (``likely``) is proposed, and what only offered.

    A kind that no pattern finds needs a sentence that can carry it, with words that speak for it.
    """
    taken: dict[str, tuple[Hit, ...]] = {}
    offered: dict[str, tuple[Hit, ...]] = {}
    sure: dict[str, float] = {}
    alone, named = _least_likely(met=False, headed=True), headed(prepared.heading)
    for kind in KINDS:
        met, opinion = found.get(kind, ()), likely.get(kind, 0.0)
        if not met and opinion < alone:
            continue
        one = confidence(grounds(met, opinion, headed=kind in named), network().numbers.weighing)
        if one < OFFERED or not (held := met or _by_words(prepared, kind, one)):
            continue
        (taken if one >= TAKEN else offered)[kind] = held
        sure[kind] = one
    return Weighed(taken, offered, sure)


def grounds(met: tuple[Hit, ...], likely: float, *, headed: bool) -> Grounds:
    """What there is for a kind: the patterns that the paragraph meets, the second opinion, the heading."""
    return Grounds(likely, max((hit.sure for hit in met), default=0.0), len(met) > 1, headed)


def proposals(prepared: Prepared, found: Found, sure: Mapping[str, float]) -> tuple[Proposal, ...]:
    """Each of the kinds found, with its words and how sure it is."""
    return tuple(
        Proposal(kind, sure[kind], prepared.evidence(span for hit in met for span in hit.spans))
        for kind, met in found.items()
    )


def _by_words(prepared: Prepared, kind: str, sure: float) -> tuple[Hit, ...]:
    """Where the words stand that speak for a kind by themselves; empty where none may or do."""
    places = [at for at, one in enumerate(prepared.sentences) if _carries(one, kind)]
    return tuple(Hit(sure, at, spans) for at, spans in leading(prepared, places, kind).items())


def _carries(sentence: Sentence, kind: str) -> bool:
    """Whether a sentence can ask for a kind by its words alone.

    Never a definition or an exception, and of the client's only what it may have of the vendor; what leads
    to items says nothing by itself.
    """
    if sentence.mode is Mode.TELLS or (not sentence.item and wording().found("leads", sentence.text)):
        return False
    if sentence.who is Who.VENDOR or kind in of_the_client():
        return True
    return wording().found("wants", sentence.text)


@cache
def of_the_client() -> frozenset[str]:
    """Kinds that a sentence about the client lays down: its right is the vendor's duty."""
    return frozenset(one.kind for one in rules() if Who.CLIENT in one.who)


@lru_cache(maxsize=512)
def headed(heading: str) -> frozenset[str]:
    """The kinds that a folded heading names."""
    return frozenset(kind for kind, words in headings().items() if heading and words.search(heading))


@cache
def headings() -> Mapping[str, re.Pattern[str]]:
    """What a heading of each kind says."""
    return {kind: wording().compiled(one) for kind, one in resource("headings.toml").items()}
