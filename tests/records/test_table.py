"""A table of records is a dictionary in the order of its keys, and a change leaves the old one as it was."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.records import Facts, Person
from app.records.table import Table
from tests.support.plain import plain

IDS = st.integers(1, 5) | st.integers(1022, 1026) | st.integers(10**6, 10**6 + 2)
"""On both sides of the end of a part, and far off."""
PERSON = plain(Person)
RECORDS = st.dictionaries(IDS, st.sampled_from("甲乙丙"), max_size=8)


def made(names: dict[int, str]) -> dict[int, Person]:
    return {number: replace(PERSON, id=number, name=name) for number, name in names.items()}


def told(table: Table[Person]) -> list[tuple[int, Person]]:
    """What a table holds, asked in every way there is."""
    items = list(table.items())
    assert list(table) == [number for number, _record in items]
    assert list(table.values()) == [record for _number, record in items]
    assert list(reversed(table.values())) == [record for _number, record in reversed(items)]
    assert [(number, table[number]) for number in table] == items
    assert len(table) == len(table.values()) == len(items)
    return items


@given(before=RECORDS, changed=st.dictionaries(IDS, st.none() | st.sampled_from("甲乙丙"), max_size=4))
def test_a_change_is_as_that_of_a_dictionary(before: dict[int, str], changed: dict[int, str | None]) -> None:
    held = made(before)
    wanted = {
        number: None if name is None else replace(PERSON, id=number, name=name)
        for number, name in changed.items()
    }
    older = Table(held)
    newer = older.put(wanted)
    after = {number: record for number, record in {**held, **wanted}.items() if record is not None}
    assert told(newer) == sorted(after.items())
    assert told(older) == sorted(held.items())
    for number in {*held, *wanted, 3, 1024}:
        assert newer.get(number) is after.get(number)
        assert (number in newer) is (number in after)
    named: object = "甲"
    assert named not in list(newer)


@given(before=RECORDS, changed=RECORDS)
def test_what_differs_is_found_whatever_lies_between(before: dict[int, str], changed: dict[int, str]) -> None:
    older = Facts(made(before).values())
    newer = older.replaced(made(changed).values(), [(Person, number) for number in before if number % 2])
    for _ in range(20):  # more steps than a view remembers
        newer = newer.replaced([])
    found = set(newer.changed_since(older))
    ids = {*before, *changed}
    pairs = {(older.find(Person, number), newer.find(Person, number)) for number in ids}
    assert found == {pair for pair in pairs if pair[0] is not pair[1]}


def test_a_change_copies_the_part_it_touches_and_no_other() -> None:
    older = Table(made(dict.fromkeys(range(1, 5000), "甲")))
    newer = older.put({2000: replace(PERSON, id=2000, name="乙")})
    ((before, after),) = newer.unshared(older)
    assert len(before) == len(after) <= 1024
    assert [number for number in after if after[number] is not before[number]] == [2000]


def test_all_of_a_type_is_put_together_once_and_anew_after_a_change() -> None:
    older = Facts(made({1: "甲", 2: "乙"}).values())
    assert older.all(Person) is older.all(Person)
    newer = older.replaced([replace(PERSON, id=2, name="丙")])
    assert [one.name for one in newer.all(Person)] == ["甲", "丙"]
    assert [one.name for one in older.all(Person)] == ["甲", "乙"]
    assert newer.replaced([]).all(Person) is newer.all(Person)
