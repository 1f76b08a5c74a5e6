"""A reading and what was understood of it, laid before a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.annexes.asks import PARAMETERS
from app.annexes.clause import Json
from app.annexes.kinds import KINDS
from app.annexes.reading.listing import ROLES, entries
from app.annexes.reading.model import Paragraph, Reading
from app.annexes.reading.reader import split
from app.annexes.reading.review.model import SURE, Detail, Item, Pick, Rest, Review, Span, State, Timing
from app.annexes.reading.understanding.parameters.settings import Setting
from app.annexes.reading.understanding.prepared import Evidence
from app.annexes.reading.understanding.understood import Understanding, understand_reading

LIKELY = 0.5
"""From this confidence on a moment is ticked: a clause without any would be due at no time."""


def begin(reading: Reading, understood: Sequence[Understanding] | None = None) -> Review:
    """The review of a reading before anybody has decided anything; ``understood``: one a paragraph;
    None: what the product itself understands of it.

    What is sure is ticked, what is doubtful is not. Where nothing was found and the reader does not say
    why, the paragraph stands as one in which nothing was found, never as one that asks for nothing.
    """
    if understood is None:
        understood = understand_reading(reading)
    numbers = _numbers(reading)
    items = [
        _item(at, paragraph, numbers[at], one)
        for at, (paragraph, one) in enumerate(zip(reading.paragraphs, understood, strict=True))
    ]
    return Review(reading.raw, reading.documents, tuple(items), _rest(reading))


def again(review: Review) -> Review:
    """The review with what nobody decided understood anew, by the words that its sides are called by now.

    What a person decided, split or merged stays as it is, and so does what he calls a paragraph.
    """
    reading = replace(split(review.raw), documents=review.documents)
    fresh = {item.key: item for item in begin(reading).items}
    items = tuple(
        replace(fresh[item.key], number=item.number, heading=item.heading, summary=item.summary)
        if not (item.state.decided or touched(item))
        and item.key in fresh
        and fresh[item.key].text == item.text
        else item
        for item in review.items
    )
    return replace(review, items=items)


def touched(item: Item) -> bool:
    """Whether a person has set something of it: its ticks are not those that it began with."""
    said: tuple[Pick | Detail, ...] = (*item.picks, *item.details)
    ticks = [(one.ticked, one.confidence >= SURE) for one in said]
    ticks += [(one.ticked, one.confidence >= LIKELY) for one in item.moments]
    chosen = any(one.confidence >= 1 and not one.spans for one in said)
    return chosen or any(now != before for now, before in ticks)


def key_of(at: int) -> str:
    """The key of the paragraph that was read ``at`` that place."""
    return f"c{at + 1}"


def _item(at: int, paragraph: Paragraph, number: str, understood: Understanding) -> Item:
    picks = tuple(
        Pick(one.kind, one.confidence >= SURE, one.confidence, _spans(one.evidence, paragraph))
        for one in understood.kinds
        if one.kind in KINDS
    )
    kinds = [pick.kind for pick in picks]
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
        offered=tuple(one.kind for one in understood.offered if one.kind in KINDS),
        followed=understood.followed,
        picks=picks,
        moments=tuple(
            Timing(
                one.when,
                one.confidence >= LIKELY,
                one.confidence,
                _spans(one.evidence, paragraph),
                one.kinds,
            )
            for one in understood.moments
        ),
        details=tuple(
            Detail(kind, one.name, one.value, one.confidence >= SURE, one.confidence, spans)
            for one in understood.settings
            for spans in [_spans(one.evidence, paragraph)]
            for kind in _holds_for(one, kinds)
        ),
    )


def _rest(reading: Reading) -> tuple[Rest, ...]:
    made = []
    passed = 0
    for entry in entries(reading):
        if entry.paragraph >= 0:
            passed = entry.paragraph + 1
        else:
            made.append(Rest(ROLES.get(entry.role, "その他"), entry.text, passed))
    return tuple(made)


def _holds_for(one: Setting, kinds: Sequence[str]) -> list[str]:
    """The kinds of the paragraph for which a setting holds."""
    meant = [one.kind] if one.kind else kinds
    return [kind for kind in meant if kind in kinds and readable(kind, one.name, one.value)]


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


def _spans(evidence: Sequence[Evidence], paragraph: Paragraph) -> tuple[Span, ...]:
    size = len(paragraph.text)
    found = ((max(0, words.start), min(size, words.end)) for words in evidence)
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
