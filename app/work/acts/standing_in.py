"""How what is new is called until it has its number: a sentence about it never begins with nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.records import Asset
from app.records.ordering import number_of
from app.work.acts.plan import Paper, Todo, Write, with_values


def standing_in(writes: Iterable[Write]) -> tuple[Write, ...]:
    """``writes`` with a word in place of the number of each new asset; for sentences, never to be written."""
    held = tuple(writes)
    names = _names(held)
    return tuple(
        replace(one, record=with_values(one.record, number=names[one.record.id])) if _numberless(one) else one
        for one in held
    )


def with_numbers(
    told: Iterable[Paper | Todo], planned: Iterable[Write], written: Iterable[Write]
) -> dict[str, str]:
    """Each sentence of ``told`` in which such a word stands → the same with the number that was given."""
    held = tuple(planned)
    names = _names(held)
    given = {
        names[one.record.id]: number_of(made.record)
        for one, made in zip(held, written, strict=True)
        if _numberless(one)
    }
    found = {}
    for text in {one.text for one in told}:
        said = text
        for name, number in given.items():
            said = said.replace(name, number)
        found[text] = said
    return found


def _names(writes: tuple[Write, ...]) -> dict[int, str]:
    """The word for each new asset, by its provisional id; no word is a part of another."""
    new = [one.record.id for one in writes if _numberless(one)]
    word = Asset.spec.label
    return {
        one: f"新しい{word}（{at}件目）" if len(new) > 1 else f"新しい{word}" for at, one in enumerate(new, 1)
    }


def _numberless(one: Write) -> bool:
    return isinstance(one.record, Asset) and one.before is None and not number_of(one.record)
