"""What an example says of when and how, carried over to other words: what these say otherwise is theirs.

Three readings are held against each other: what somebody settled, what the words that he settled are read
as, and what the words are read as now. Only where both readings agree does what he settled still stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.annexes.asks import PARAMETERS
from app.annexes.clause import Json
from app.annexes.files.tables import Table
from app.annexes.kinds import When
from app.annexes.own.drafting import effective
from app.annexes.reading.examples.example import Example, quotes
from app.annexes.reading.understanding.moments import Moment
from app.annexes.reading.understanding.parameters.settings import Setting
from app.annexes.reading.understanding.understood import Understanding

DOUBT = 0.5
"""How sure what only one of the readings says is at most: a person looks at it."""

_Values = Mapping[tuple[str, str], Any]


def settings(
    example: Example, was: Understanding, now: Understanding, sure: float, *, sets: bool
) -> Iterator[Setting]:
    """The parameters. ``was``: as the example's own words are read, nothing where nobody has them; ``now``:
    as these are. ``sets``: whether no word differs that sets how something is done, such as a number.
    """
    settled = _settled(example)
    before, after = _read(example, was), dict(_settings(example, now))
    for key, value in settled.items():
        read = after.get(key)
        if read is not None and (key not in before or before[key] != read.value):
            # The words say it otherwise than those of the example did.
            yield read
        elif read is None and (key in before or not sets):
            yield Setting(*key, value, min(sure, DOUBT), ())
        else:
            yield Setting(*key, value, sure, ())
    for key, read in after.items():
        if key not in settled and (_left_out(example, key, read.value) or before.get(key) != read.value):
            yield read


def moments(example: Example, was: Understanding, now: Understanding, sure: float) -> Iterator[Moment]:
    """The moments, one that only these words have among them."""
    before, after = ({one.when: one for one in held.moments} for held in (was, now))
    for when in example.when:
        gone = when in before and when not in after
        yield Moment(when, min(sure, DOUBT) if gone else sure, (), example.kinds)
    for when, read in after.items():
        if when not in example.when and when not in before and when != When.INFO:
            kinds = tuple(kind for kind in read.kinds if kind in example.kinds) or example.kinds
            yield replace(read, confidence=min(read.confidence, DOUBT), kinds=kinds)


def _settled(example: Example) -> dict[tuple[str, str], Json]:
    clause: Table = {"kinds": list(example.kinds), "parameters": dict(example.parameters)}
    return {
        (kind, name): value
        for kind in example.kinds
        for name, value in effective(clause, kind).items()
        if name != "assumed"
    }


def _read(example: Example, understood: Understanding) -> _Values:
    return {key: one.value for key, one in _settings(example, understood)}


def _settings(example: Example, understood: Understanding) -> Iterator[tuple[tuple[str, str], Setting]]:
    """What is read for the kinds of the example, each of them by itself."""
    for one in understood.settings:
        for kind in [one.kind] if one.kind else example.kinds:
            if kind in example.kinds and PARAMETERS[one.name].belongs_to(kind):
                yield (kind, one.name), replace(one, kind=kind)


def _left_out(example: Example, key: tuple[str, str], value: Json) -> bool:
    """Whether an example without words may have lost the parameter, since its value quotes the text."""
    return not example.text and quotes(key[1], value)
