"""Several records at once: one value for all of them, or new ones that differ in one reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.annexes.catalogue import Catalogue
from app.common import PeopleError
from app.duties.rules.over_records import problems
from app.ledger.door import Ledger
from app.records import Facts, Record
from app.records.dated import with_former

DAY_OF_CHANGE = "changed_on"
"""The field that says from which day a record holds otherwise, where its type has one."""

_PROVISIONAL = 1 << 40
"""Ids from here on stand for records that are not written yet."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of one record, as it is and as it would be; ``record`` is the one to come."""

    before: Record
    record: Record
    field: str


def changes(records: Sequence[Record], values: Mapping[str, Any]) -> tuple[Changed, ...]:
    """What ``values`` would change, record by record; what already stands so is not among it."""
    return tuple(
        Changed(held, made, name)
        for held, made in ((held, replace(held, **values)) for held in records)
        for name in values
        if getattr(held, name) != getattr(made, name)
    )


def change_together(
    ledger: Ledger,
    catalogue: Catalogue,
    records: Sequence[Record],
    values: Mapping[str, Any],
    since: date | None = None,
) -> int:
    """Write ``values`` into all of ``records`` in one change; return how many of them differ by it.

    ``since``: the day from which what changes holds; None: from the beginning, as a correction does.
    Raises ``PeopleError``, nothing written: each sentence names the record that it is about.
    """
    found = {one.record: one.before for one in changes(records, values)}
    facts = ledger.facts()
    if since is not None:
        found = dict(_kept(facts, found, since))
    made = list(found)
    if refused := list(_refused(catalogue, facts, found)):
        raise PeopleError(refused[0], refused)
    labels = "、".join(one.spec.field(name).label for one in made[:1] for name in values)
    with ledger.write(f"{len(made)}件の{labels}をまとめて変更") as change:
        change.gather(len(made))
        for one in made:
            try:
                change.change(one)
            except PeopleError as error:
                raise PeopleError(
                    _told(facts, one, error.sentence), [_told(facts, one, said) for said in error.problems]
                ) from error
    return len(made)


def _kept(facts: Facts, found: Mapping[Record, Record], since: date) -> Iterator[tuple[Record, Record]]:
    for made, before in found.items():
        try:
            yield with_former(before, made, since), before
        except ValueError as error:
            raise PeopleError(_told(facts, before, str(error))) from None


def add_together(ledger: Ledger, catalogue: Catalogue, records: Sequence[Record]) -> int:
    """Write new ``records``, all of one type, in one change; return how many they are.

    Raises ``PeopleError``, nothing written: each sentence names the record that it is about.
    """
    facts = ledger.facts()
    coming = [replace(one, id=_PROVISIONAL + at) for at, one in enumerate(records)]
    after = facts.replaced(coming)
    if refused := [_told(after, one.record, one.sentence) for one in problems(catalogue, after, coming)]:
        raise PeopleError(refused[0], refused)
    with ledger.write(f"{records[0].spec.label}{len(records)}件の登録") as change:
        change.gather(len(records))
        for one in records:
            try:
                change.add(one)
            except PeopleError as error:
                told = [_told(facts, one, said) for said in error.problems]
                raise PeopleError(told[0], told) from error
    return len(records)


def _refused(catalogue: Catalogue, facts: Facts, found: Mapping[Record, Record]) -> Iterator[str]:
    for one, before in found.items():
        # As at the door: what the record already said does not stand in the way of another change.
        known = one.spec.check(before)
        for path, said in one.spec.check(one).items():
            if known.get(path) != said:
                yield from (_told(facts, one, sentence) for sentence in said)
    for problem in problems(catalogue, facts.replaced(found), list(found)):
        yield _told(facts, problem.record, problem.sentence)


def _told(facts: Facts, record: Record, sentence: str) -> str:
    return f"{record.spec.label}「{facts.title(record)}」：{sentence}"
