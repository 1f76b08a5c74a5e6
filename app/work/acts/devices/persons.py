"""Whether somebody can have a thing on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.records import Assignment, DeviceUse, Facts, Person
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


def gone(facts: Facts, person: int | None, day: date) -> Person | None:
    """The person of that id where he had left by ``day``."""
    held = facts.find(Person, person)
    return held if held is not None and held.left_on is not None and held.left_on < day else None


def kept_by(facts: Facts, use: DeviceUse, day: date) -> int | None:
    """Who has a machine from ``day`` on where nobody is named: who had it, and nobody once he had left."""
    return None if gone(facts, use.person, day) else use.person


def kept_by_none(facts: Facts, uses: Iterable[DeviceUse], day: date) -> Iterator[str]:
    """Each machine that is with nobody from ``day`` on, since who had it had left."""
    found = ((facts.key_of("device", use.device), gone(facts, use.person, day)) for use in uses)
    for number, person in dict.fromkeys(found):
        if person is not None and person.left_on is not None:
            yield (
                f"{number}の管理者（使用者）の{person.name}は{wareki(person.left_on)}に退職しているため、空欄にします。"
                "「使用者の変更」で新しい管理者（使用者）を登録してください。"
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
