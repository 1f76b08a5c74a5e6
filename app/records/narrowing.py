"""Which records of a list meet the conditions to which it is narrowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from app.records.facts import Facts
from app.records.kinds import Choice, File, Flag, Rows
from app.records.saved_list import ListCondition
from app.records.spec import Field, Record, Spec, fields_of
from app.records.spelling.fold import holds, words_of


def columns_of(spec: Spec[Any]) -> tuple[Field, ...]:
    """The fields that a list of a type can show, and by which it can be narrowed."""
    return tuple(one for one in spec.fields if not (one.kind.unseen or isinstance(one.kind, File)))


def lost(spec: Spec[Any], conditions: Iterable[ListCondition]) -> tuple[str, ...]:
    """The fields of conditions that the type does not have, or not any more."""
    known = {one.name for one in columns_of(spec)}
    return tuple(dict.fromkeys(one.field for one in conditions if one.field not in known))


def fits(facts: Facts, spec: Spec[Any], conditions: Iterable[ListCondition]) -> Callable[[Record], bool]:
    """Whether a record meets all of ``conditions``; none is met whose field there is not."""
    fields = {one.name: one for one in columns_of(spec)}
    wanted = [(fields.get(one.field), one.value, words_of(one.value)) for one in conditions]

    def fit(held: Record) -> bool:
        return all(_meets(facts, held, field, value, words) for field, value, words in wanted)

    return fit


def _meets(facts: Facts, held: Record, field: Field | None, value: str, words: list[str]) -> bool:
    if field is None:
        return False
    if isinstance(field.kind, Choice | Flag):
        return facts.shown(held, field.name) == value
    return holds(words, *_texts(facts, held, field))


def _texts(facts: Facts, held: Record, field: Field) -> Iterator[str]:
    if not isinstance(field.kind, Rows):
        yield facts.shown(held, field.name)
        return
    for row in getattr(held, field.name):
        yield from (facts.shown(row, inner.name) for inner in fields_of(type(row)))
