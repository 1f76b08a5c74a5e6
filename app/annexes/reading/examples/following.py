"""A reading that follows what somebody settled before, where it meets the same words or nearly the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from app.annexes.kinds import KINDS
from app.annexes.reading.comparing.alike import Profile, likeness, profile
from app.annexes.reading.comparing.rewording import Fate, rewording
from app.annexes.reading.examples import carried
from app.annexes.reading.examples.carried import DOUBT
from app.annexes.reading.examples.example import Example, item_text, parts_of
from app.annexes.reading.examples.sketch import mark_of, shared, sketch_of
from app.annexes.reading.model import Reading
from app.annexes.reading.understanding.parameters.settings import Setting
from app.annexes.reading.understanding.prepared import Paragraph
from app.annexes.reading.understanding.proposing import Proposal
from app.annexes.reading.understanding.understood import (
    LONGEST,
    Understanding,
    paragraphs,
    understand,
    understand_reading,
)
from app.common import Progress

LEAST = 0.8
"""From this likeness on two wordings ask the same. Of 177 clauses of five annexes each was held against the
nearest of the other four: from 0.7 on all four pairs asked the same, from 0.65 on five of six, from 0.5 on
twenty of twenty-eight."""
LEAST_SHARED = 0.6
"""The same for sketches, which count the runs that both have: one word in forty letters takes three away."""
SAID = "前に直した条項に倣いました"
_TURNS = re.compile(r"な[いかくけ]|ず|ませ|禁|限り|除|但|ただし|非|不|未")
"""Words that turn a sentence round: with one of them more or less it is another one, however alike."""
_SETS = re.compile(
    r"[0-9一二三四五六七八九十百半毎]|都度|書|口頭|電話|承|同意|許可|指示|前|あらかじめ|直ち|速やか|遅滞|すぐ|立会|提出|報告"
)
"""Words that set how something is done: where they differ, the paragraph's own words say it."""


_NOTHING = Understanding((), (), (), "")


class By(StrEnum):
    """How nearly the words are the same, and with it how often what follows is right."""

    SAME = "same"
    ALIKE = "alike"
    SKETCH = "sketch"


CONFIDENCE: Mapping[By, float] = MappingProxyType({By.SAME: 0.99, By.ALIKE: 0.9, By.SKETCH: 0.75})
"""A sketch does not show whether the words that differ turn the sentence round: it stays a doubtful one."""


@dataclass(frozen=True, slots=True)
class Followed:
    """Which example a paragraph follows. ``likeness``: 0 to 1. ``sets``: no word differs that sets how
    something is done."""

    example: Example
    by: By
    likeness: float
    sets: bool = False

    @property
    def settled(self) -> bool:
        """Whether somebody who had these very words before him said all that they ask."""
        return self.by is By.SAME and bool(self.example.text)

    @property
    def confidence(self) -> float:
        """How often what follows is right, 0 to 1."""
        return CONFIDENCE[By.ALIKE if self.by is By.SAME and not self.settled else self.by]

    @property
    def because(self) -> str:
        """What people are told of it."""
        if self.by is By.SAME:
            return f"{SAID}（同じ条文）"
        return f"{SAID}（{int(self.likeness * 100)}％が同じ条文）"


@dataclass(frozen=True, slots=True)
class Following:
    """What is understood of a reading, and by the paragraph's place what it follows."""

    understood: tuple[Understanding, ...]
    followed: Mapping[int, Followed]


def follow(reading: Reading, understood: Sequence[Understanding], examples: Sequence[Example]) -> Following:
    """``understood``, one a paragraph, with what ``examples`` say instead where one is followed."""
    made, found = [*understood], {}
    known = _Known(examples)
    for at, paragraph in enumerate(paragraphs(reading) if examples else ()):
        if len(paragraph.lead) + len(paragraph.text) > LONGEST:
            continue
        if paragraph.text.strip() and (one := known.nearest(paragraph)) is not None:
            found[at] = one
            made[at] = _told(one, understood[at], paragraph)
    return Following(tuple(made), MappingProxyType(found))


def read_on(reading: Reading, examples: Sequence[Example], progress: Progress | None = None) -> Following:
    """What is understood of a reading, paragraph by paragraph, with what ``examples`` say. Raises
    ``Cancelled``."""
    return follow(reading, understand_reading(reading, progress), examples)


class _Known:
    """The examples, the newest first: of two of the same words the later one holds."""

    def __init__(self, examples: Sequence[Example]) -> None:
        newest = sorted(examples, key=lambda one: -one.id)
        self._marked = {one.mark: one for one in reversed(newest)}
        self._worded = [(one, *_profiles(one)) for one in newest if one.text]
        self._sketched = [one for one in newest if not one.text]

    def nearest(self, asked: Paragraph) -> Followed | None:
        """The example that a paragraph follows; behind another sentence the same item asks something else."""
        held, lead = (profile(one, asked.client, asked.vendor) for one in (asked.text, asked.lead))
        whole = profile(item_text(asked.lead, asked.text), asked.client, asked.vendor) if asked.lead else held
        if (same := self._marked.get(mark_of(whole))) is not None:
            return Followed(same, By.SAME, 1.0, sets=True)
        alike = (
            (min(likeness(held, words), likeness(lead, led)), -at)
            for at, (_, led, words) in enumerate(self._worded)
            if bool(led.plain) == bool(lead.plain)
        )
        best, at = max(alike, default=(0.0, 0))
        if best >= LEAST:
            example, led, words = self._worded[-at]
            pairs = ((words.plain, held.plain), (led.plain, lead.plain))
            if not any(_differ(old, new, _TURNS) for old, new in pairs):
                sets = not any(_differ(old, new, _SETS) for old, new in pairs)
                return Followed(example, By.ALIKE, best, sets)
        return None if asked.lead else self._by_sketch(held)

    def _by_sketch(self, held: Profile) -> Followed | None:
        sketch = sketch_of(held) if self._sketched else ""
        parts = ((shared(sketch, one.sketch), -at) for at, one in enumerate(self._sketched))
        part, at = max(parts, default=(0.0, 0))
        return Followed(self._sketched[-at], By.SKETCH, part) if part >= LEAST_SHARED else None


@lru_cache(maxsize=4096)
def _profiles(example: Example) -> tuple[Profile, Profile]:
    """Of what leads to an item, empty where nothing does, and of the words themselves."""
    lead, text = parts_of(example.text)
    return profile(lead, example.client, example.vendor), profile(text, example.client, example.vendor)


def _differ(old: str, new: str, words: re.Pattern[str]) -> bool:
    return any(words.search(run.text) for run in rewording(old, new) if run.fate is not Fate.KEPT)


def _told(one: Followed, read: Understanding, paragraph: Paragraph) -> Understanding:
    example, sure = one.example, one.confidence
    doubts = {} if one.settled else {kind.kind: kind for kind in read.kinds if kind.kind not in example.kinds}
    kinds = tuple(
        Proposal(kind, sure, ())
        if kind in example.kinds
        else replace(doubts[kind], confidence=min(doubts[kind].confidence, DOUBT))
        for kind in KINDS
        if kind in example.kinds or kind in doubts
    )
    was = _read_before(one, read, paragraph)
    when = tuple(carried.moments(example, was, read, sure))
    settings = (*carried.settings(example, was, read, sure, sets=one.sets), *_doubted(read, doubts))
    silent = "" if kinds else f"{one.because}。"
    return Understanding(kinds, when, settings, silent, followed=one.because)


def _read_before(one: Followed, read: Understanding, paragraph: Paragraph) -> Understanding:
    """How the words are read that somebody settled: ``read`` where they are the same."""
    if one.by is By.SAME:
        return read
    if one.by is By.SKETCH:
        return _NOTHING
    return _of_example(one.example, paragraph.heading)


@lru_cache(maxsize=512)
def _of_example(example: Example, heading: str) -> Understanding:
    lead, text = parts_of(example.text)
    return understand(Paragraph(text, heading, lead, example.client, example.vendor))


def _doubted(read: Understanding, doubts: Mapping[str, Proposal]) -> tuple[Setting, ...]:
    """What the words set for kinds that the example does not have."""
    return tuple(one for one in read.settings if one.kind in doubts)
