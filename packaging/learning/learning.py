"""Labelled paragraphs as examples, and what a network learns from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from labelled_paragraphs import OPENED, Labelled, lessons
from taught import Network, Told

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.opinion.signs import Signs, signs
from app.annexes.reading.understanding.prepared import Paragraph, Prepared, prepare
from app.annexes.reading.understanding.proposing import of_the_client
from app.annexes.reading.understanding.rules import rules
from app.annexes.reading.understanding.sentences import Who

_AUTHORS, _SIGNS = 3, 12_288
"""A sign is learned from so many authors at least; and so many signs at most."""


@dataclass(frozen=True)
class Example:
    """A paragraph as its signs, with what it asks.

    tempting: what it seems to ask and does not. told: the kinds of which it says whether it asks them; empty:
    all. fresh: no pattern was made with it in sight.
    """

    prepared: Prepared
    signs: Signs
    kinds: frozenset[str]
    author: str
    tempting: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    fresh: bool = False


def examples(labelled: Iterable[Labelled]) -> list[Example]:
    """Paragraphs ready to be learned from."""
    fresh = OPENED | {one.author for one in lessons()}
    return [
        replace(
            _example(one.paragraph, one.kinds, one.author), tempting=one.tempting, fresh=one.author in fresh
        )
        for one in labelled
    ]


def of_leads(labelled: Iterable[Labelled]) -> list[Example]:
    """Sentences that lead to items: what those ask is not asked by the sentence itself.

    But for measures, which a sentence asks for as a whole before it lists them.
    """
    held: dict[Paragraph, tuple[str, set[str]]] = {}
    for one in labelled:
        if one.paragraph.lead:
            lead = replace(one.paragraph, text=one.paragraph.lead, lead="", heading="")
            held.setdefault(lead, (one.author, set()))[1].update(one.kinds - {"security-measures"})
    return [
        _example(lead, frozenset(), author, told=frozenset(kinds))
        for lead, (author, kinds) in held.items()
        if kinds
    ]


def of_patterns() -> list[Example]:
    """The examples for and against each pattern, which tell of its kind alone."""
    return [
        _example(Paragraph(text, client="甲", vendor="乙"), kinds, "", told=frozenset({rule.kind}))
        for rule in rules()
        for texts, kinds in ((rule.examples, frozenset({rule.kind})), (rule.counter, frozenset[str]()))
        for text in texts
    ]


def of_clients() -> list[Example]:
    """The examples of patterns with the parties exchanged: the client's own duty is none of the vendor's."""
    theirs = [
        _example(Paragraph(text, client="乙", vendor="甲"), frozenset(), "", told=frozenset({rule.kind}))
        for rule in rules()
        if rule.kind not in of_the_client()
        for text in rule.examples
    ]
    return [one for one in theirs if all(part.who is Who.CLIENT for part in one.prepared.sentences)]


def _example(
    paragraph: Paragraph,
    kinds: frozenset[str],
    author: str,
    *,
    told: frozenset[str] = frozenset(),
) -> Example:
    prepared = prepare(paragraph)
    return Example(prepared, signs(prepared), kinds, author, told=told)


def learn(known: Sequence[Example]) -> Network:
    """The network that these examples teach."""
    taught = Network(common(known), len(KINDS))
    taught.learn([_told(one) for one in known])
    return taught


def common(known: Iterable[Example]) -> list[int]:
    """The signs that most authors use: what one alone writes tells more of the author than of the kind."""
    users: dict[int, set[str]] = defaultdict(set)
    for one in known:
        for sign in chain(*one.signs.sorts):
            users[sign].add(one.author)
    often = sorted((-len(authors), sign) for sign, authors in users.items() if len(authors) >= _AUTHORS)
    return [sign for _, sign in often[:_SIGNS]]


def _told(one: Example) -> Told:
    numbers = {kind: at for at, kind in enumerate(KINDS)}
    told = sorted(numbers[kind] for kind in one.told) if one.told else range(len(KINDS))
    return one.signs, {numbers[kind] for kind in one.kinds}, told
