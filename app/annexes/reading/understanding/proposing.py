"""The kinds of duty that one paragraph seems to carry, each with its words and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.folded import Folded, fold
from app.annexes.reading.understanding.rules import rules
from app.annexes.reading.understanding.sentences import Sentence, item_sentences, sentences
from app.annexes.reading.understanding.wording import resource, wording

UNSEEN = 1.6
"""How much oftener a pattern errs in texts nobody looked at; set by the table of `bench understanding`."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph, or an item with the sentence that leads to it, as printed.

    client, vendor: what the text calls the parties; empty where that is not known.
    """

    text: str
    heading: str = ""
    lead: str = ""
    client: str = ""
    vendor: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that led to a proposal: where they stand in the paragraph as printed, end exclusive."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One kind of duty that a paragraph seems to carry; confidence: how often such a one is right, 0 to 1."""

    kind: str
    confidence: float
    evidence: tuple[Evidence, ...]


def propose(paragraph: Paragraph) -> tuple[Proposal, ...]:
    """What the paragraph asks of the vendor, in the order of the kinds.

    An empty answer says that nothing was found, never that nothing is asked.
    """
    folded = fold(paragraph.text, paragraph.client, paragraph.vendor)
    hits: dict[str, list[tuple[float, list[tuple[int, int]]]]] = {}
    for sentence in _read(paragraph, folded):
        for rule in rules():
            if spans := rule.found(sentence):
                placed = [(start + sentence.start, end + sentence.start) for start, end in spans]
                hits.setdefault(rule.kind, []).append((rule.sure, placed))
    heading = fold(paragraph.heading, paragraph.client, paragraph.vendor).text
    return tuple(_proposal(kind, hits[kind], heading, paragraph, folded) for kind in KINDS if kind in hits)


def _read(paragraph: Paragraph, folded: Folded) -> Iterable[Sentence]:
    if not paragraph.lead:
        return sentences(folded.text, wording())
    lead = fold(paragraph.lead, paragraph.client, paragraph.vendor)
    return item_sentences(lead.text, folded.text, wording())


def _proposal(
    kind: str,
    hits: list[tuple[float, list[tuple[int, int]]]],
    heading: str,
    paragraph: Paragraph,
    folded: Folded,
) -> Proposal:
    sure = max(sure for sure, _ in hits)
    named = headings().get(kind)
    doubt = (1 - sure) * UNSEEN
    if len(hits) > 1:
        doubt *= 0.8
    if heading and named:
        doubt *= 0.5 if named.search(heading) else 1.2
    spans = sorted({span for _, found in hits for span in found})
    return Proposal(kind, round(max(0.05, 1 - doubt), 2), tuple(_evidence(spans, paragraph.text, folded)))


def _evidence(spans: list[tuple[int, int]], text: str, folded: Folded) -> Iterator[Evidence]:
    """The spans of the folded text as words of the printed one; what stands in the lead is left out."""
    for start, end in spans:
        if end > max(start, 0):
            first, last = folded.printed(max(start, 0), end)
            yield Evidence(first, last, text[first:last])


@cache
def headings() -> Mapping[str, re.Pattern[str]]:
    """What a heading of each kind says."""
    return {kind: wording().compiled(one) for kind, one in resource("headings.toml").items()}
