"""What a file names twice, or what the ledger holds already, is never written a second time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.exchange.coming_in.importing import export, plan
from app.records import Facts, LocationUse, Person
from tests.support.around import around
from tests.support.world import START, World

PERSON = Person(id=1, employee_number="E-001", name="髙橋花子", employment="社員")


def entries(*numbers: str) -> list[dict[str, Any]]:
    return [{"employee_number": number, "name": "佐藤", "employment": "社員"} for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "counts"),
    [
        (("E-002", "E-003"), {"new": 2, "error": 0}),
        (("E-002", "E-002"), {"new": 1, "error": 1}),
        (("E-002", "E-003", "E-002"), {"new": 2, "error": 1}),
    ],
    ids=["two people", "one twice", "one again further down"],
)
def test_a_key_stands_once_in_a_file(numbers: tuple[str, ...], counts: dict[str, int]) -> None:
    planned = plan(Facts([PERSON]), Person.spec, entries(*numbers))
    assert {name: planned.counts[name] for name in counts} == counts
    said = [planned.sentence_of(problem) for problem in planned.problems]
    assert ["1件目と同じキー「E-002」です" in sentence for sentence in said] == [True] * counts["error"]


def test_a_key_of_the_ledger_is_changed_only_where_that_is_asked_for() -> None:
    facts = Facts([PERSON])
    assert plan(facts, Person.spec, entries("E-001")).counts["error"] == 1
    (entry,) = entries("E-001")
    corrected = [{**entry, "holds_from": "訂正"}]
    assert plan(facts, Person.spec, corrected, update=True).counts["changed"] == 1


@pytest.mark.parametrize(("day", "outcome"), around(START, "new", "same", "new"))
def test_a_record_without_a_key_that_is_there_already_is_the_same(
    world: World, day: date, outcome: str
) -> None:
    world.use(world.place())
    facts = world.facts()
    (entry,) = export(facts, LocationUse.spec)
    del entry["id"]
    planned = plan(facts, LocationUse.spec, [{**entry, "starts_on": day.isoformat()}], update=True)
    assert [str(row.outcome) for row in planned.rows] == [outcome]
