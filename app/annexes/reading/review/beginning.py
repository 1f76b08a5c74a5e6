"""A reading and what was understood of it, laid before a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from app.annexes.asks import PARAMETERS
from app.annexes.clause import Json
from app.annexes.kinds import KINDS
from app.annexes.reading.model import Paragraph, Reading
from app.annexes.reading.review.model import SURE, Detail, Item, Pick, Review, Span, State, Timing

LIKELY = 0.5
"""From this confidence on a moment is ticked: a clause without any would be due at no time."""


class Words(Protocol):
    """Words that led to a proposal: where they stand in the text of the paragraph."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Likely(Protocol):
    """What every proposal says of itself."""

    @property
    def confidence(self) -> float: ...
    @property
    def evidence(self) -> Sequence[Words]: ...


class KindProposed(Likely, Protocol):
    @property
    def kind(self) -> str: ...


class MomentProposed(Likely, Protocol):
    @property
    def when(self) -> str: ...


class SettingProposed(Likely, Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def value(self) -> Json: ...


class Understood(Protocol):
    """What was understood of one paragraph. ``silent``: why nothing is asked of the vendor, or empty."""

    @property
    def kinds(self) -> Sequence[KindProposed]: ...
    @property
    def moments(self) -> Sequence[MomentProposed]: ...
    @property
    def settings(self) -> Sequence[SettingProposed]: ...
    @property
    def silent(self) -> str: ...


def begin(reading: Reading, understood: Sequence[Understood]) -> Review:
    """The review of a reading before anybody has decided anything; ``understood``: one a paragraph.

    What is sure is ticked, what is doubtful is not. Where nothing was found and the reader does not say
    why, the paragraph stands as one in which nothing was found, never as one that asks for nothing.
    """
    numbers = _numbers(reading)
    items = [
        _item(at, paragraph, numbers[at], one)
        for at, (paragraph, one) in enumerate(zip(reading.paragraphs, understood, strict=True))
    ]
    return Review(reading.raw, reading.documents, tuple(items))


def key_of(at: int) -> str:
    """The key of the paragraph that was read ``at`` that place."""
    return f"c{at + 1}"


def _item(at: int, paragraph: Paragraph, number: str, understood: Understood) -> Item:
    picks = tuple(
        Pick(one.kind, one.confidence >= SURE, one.confidence, _spans(one, paragraph))
        for one in understood.kinds
        if one.kind in KINDS
    )
    known = {pick.kind for pick in picks}
    return Item(
        key=key_of(at),
        number=number,
        heading=paragraph.heading,
        text=paragraph.text,
        document=paragraph.document,
        paragraph=at,
        state=State.PROPOSED if picks or understood.silent else State.NOTHING,
        lead=key_of(paragraph.lead) if paragraph.lead >= 0 else "",
        options=paragraph.options,
        silent="" if picks else understood.silent,
        picks=picks,
        moments=tuple(
            Timing(str(one.when), one.confidence >= LIKELY, one.confidence, _spans(one, paragraph))
            for one in understood.moments
        ),
        details=tuple(
            Detail(
                one.kind,
                one.name,
                one.value,
                one.confidence >= SURE,
                one.confidence,
                _spans(one, paragraph),
            )
            for one in understood.settings
            if one.kind in known and readable(one.kind, one.name, one.value)
        ),
    )


def readable(kind: str, name: str, value: Json) -> bool:
    """Whether a clause with ``kind`` may hold this value of the parameter."""
    parameter = PARAMETERS.get(name)
    if parameter is None or not parameter.belongs_to(kind):
        return False
    try:
        parameter.read(value)
    except ValueError:
        return False
    return True


def _spans(one: Likely, paragraph: Paragraph) -> tuple[Span, ...]:
    size = len(paragraph.text)
    found = ((max(0, words.start), min(size, words.end)) for words in one.evidence)
    return tuple((start, end) for start, end in found if start < end)


def _numbers(reading: Reading) -> list[str]:
    """Each paragraph's number without its part, and none of them twice in a part.

    A second one is told as such: under one number two clauses would be taken for one.
    """
    seen: Counter[tuple[str, str]] = Counter()
    made = []
    for at, paragraph in enumerate(reading.paragraphs):
        part = reading.documents[paragraph.document].part
        bare = "".join(paragraph.number.removeprefix(part).split()) or f"（番号なし{at + 1}）"
        seen[part, bare] += 1
        again = seen[part, bare]
        made.append(f"{bare}（{again}つ目）" if again > 1 else bare)
    return made
