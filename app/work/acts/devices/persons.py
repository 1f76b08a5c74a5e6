"""Whether somebody can have a thing on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.records import Assignment, Facts, Person
from app.records.days import wareki
from app.work.acts.following import goes_on


def unfit(person: Person, day: date, what: str) -> Iterator[str]:
    """Why ``person`` cannot be ``what`` (使用者) on ``day``: not there yet, or no more."""
    if person.left_on is not None and person.left_on < day:
        yield (
            f"{person.name}は{wareki(person.left_on)}に退職しているため、{what}にできません。"
            "ほかの者を選んでください。"
        )
    if person.joined_on is not None and day < person.joined_on:
        yield (
            f"{person.name}の入社は{wareki(person.joined_on)}のため、{what}にできません。"
            "日付を確かめるか、ほかの者を選んでください。"
        )


def strangers(facts: Facts, person: Person, contracts: Iterable[int], day: date) -> Iterator[str]:
    """The contracts to which ``person`` is not assigned on ``day``: told, and for a person to judge."""
    for contract in dict.fromkeys(contracts):
        held = (one for one in facts.of(Assignment, "person", person.id) if one.contract == contract)
        if not any(one.starts_on <= day and (one.ends_on == day or goes_on(one, day)) for one in held):
            yield (
                f"{person.name}は{facts.key_of('contract', contract)}の従事者として登録されていません。"
                "「責任者・従事者」の登録を確かめてください。"
            )
