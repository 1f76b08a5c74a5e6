"""The kinds of duty that one paragraph seems to carry, each with its words and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.prepared import Evidence, Prepared
from app.annexes.reading.understanding.rules import rules_for
from app.annexes.reading.understanding.second import LIKELY, leading
from app.annexes.reading.understanding.sentences import Mode, Who
from app.annexes.reading.understanding.wording import resource, wording

UNSEEN = 1.6
"""How much oftener a pattern errs in texts nobody looked at; set by the table of `bench understanding`."""
AGREED, ALONE = 0.5, 1.15
"""What the second opinion does to the doubt about a pattern: where it agrees, and where it does not."""
OFFERED = 0.3
"""How likely the second opinion has to find a kind to offer it by itself."""
OFFERED_AT_MOST = 0.25
"""The confidence of what no pattern found: low, since too few of them were counted to know better."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One kind of duty that a paragraph seems to carry; confidence: how often such a one is right, 0 to 1."""

    kind: str
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern that a sentence of the paragraph meets. sure: how often that one is right, 0 to 1.

    sentence: which of the paragraph's. spans: its words in the folded paragraph; before 0 in the lead.
    """

    sure: float
    sentence: int
    spans: tuple[tuple[int, int], ...]


def hits(prepared: Prepared) -> Mapping[str, tuple[Hit, ...]]:
    """Kind → the patterns that the paragraph meets, in the order of the kinds."""
    found: dict[str, list[Hit]] = {}
    for at, sentence in enumerate(prepared.sentences):
        for rule in rules_for(sentence.who, sentence.mode):
            if spans := rule.found(sentence):
                placed = tuple((start + sentence.start, end + sentence.start) for start, end in spans)
                found.setdefault(rule.kind, []).append(Hit(rule.sure, at, placed))
    return {kind: tuple(found[kind]) for kind in KINDS if kind in found}


def proposals(
    prepared: Prepared, found: Mapping[str, tuple[Hit, ...]], likely: Mapping[str, float]
) -> tuple[Proposal, ...]:
    """Each kind that was met, with its words and how sure it is. likely: the second opinion."""
    return tuple(_proposal(kind, met, prepared, likely.get(kind, 0.0)) for kind, met in found.items())


def offers(
    prepared: Prepared, found: Mapping[str, tuple[Hit, ...]], likely: Mapping[str, float]
) -> tuple[Proposal, ...]:
    """Kinds that only the second opinion finds: to be asked about, never to be taken for found."""
    if not any(one.who is Who.VENDOR and one.mode is not Mode.TELLS for one in prepared.sentences):
        return ()
    return tuple(
        Proposal(kind, OFFERED_AT_MOST, words)
        for kind in KINDS
        if kind not in found and likely.get(kind, 0.0) >= OFFERED
        if (words := prepared.evidence(leading(prepared, kind)))
    )


def _proposal(kind: str, found: tuple[Hit, ...], prepared: Prepared, likely: float) -> Proposal:
    sure = max(hit.sure for hit in found)
    named = headings().get(kind)
    doubt = (1 - sure) * UNSEEN * (AGREED if likely >= LIKELY else ALONE)
    if len(found) > 1:
        doubt *= 0.8
    if prepared.heading and named:
        doubt *= 0.5 if named.search(prepared.heading) else 1.2
    spans = (span for hit in found for span in hit.spans)
    return Proposal(kind, round(max(0.05, 1 - doubt), 2), prepared.evidence(spans))


@cache
def headings() -> Mapping[str, re.Pattern[str]]:
    """What a heading of each kind says."""
    return {kind: wording().compiled(one) for kind, one in resource("headings.toml").items()}
