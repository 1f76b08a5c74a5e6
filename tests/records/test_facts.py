"""Promises of the facts over every record type: a changed view is one made anew, and nothing goes unseen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.records import (
    SPECS,
    Asset,
    DeviceUse,
    Event,
    Facts,
    Improvement,
    Location,
    Person,
    Record,
    Training,
    fields_of,
)
from app.records.for_contract import ForContract
from app.records.grouping import Way
from app.records.kinds import Ref, Rows
from app.records.table import Table
from app.records.watched import meet, touched
from tests.support.plain import plain

IDS = st.integers(1, 3)
lenient = settings(max_examples=6, suppress_health_check=list(HealthCheck))
every_type = pytest.mark.parametrize("name", SPECS)


def paths(cls: type[Any]) -> list[str]:
    """Every field that names another record, those of nested rows included."""
    found: list[str] = []
    for field in fields_of(cls):
        if isinstance(field.kind, Ref):
            found.append(field.name)
        elif isinstance(field.kind, Rows):
            found += [f"{field.name}.{path}" for path in paths(field.kind.of)]
    return found


def referring(cls: type[Any]) -> st.SearchStrategy[Any]:
    """A record or row that refers to anything, with up to two rows of each kind, else as plain as can be."""
    given: dict[str, st.SearchStrategy[Any]] = {}
    for field in fields_of(cls):
        if isinstance(field.kind, Ref):
            given[field.name] = IDS if field.required else st.none() | IDS
        elif isinstance(field.kind, Rows) and paths(field.kind.of):
            given[field.name] = st.lists(referring(field.kind.of), max_size=2).map(tuple)
    return st.fixed_dictionaries(given).map(lambda drawn: plain(cls, **drawn))


def ledgers(cls: type[Record]) -> st.SearchStrategy[dict[int, Record]]:
    """Any of the records 1 to 3 of a type, by id."""
    return st.dictionaries(IDS, referring(cls), max_size=3).map(
        lambda held: {number: replace(held[number], id=number) for number in sorted(held)}
    )


def moved(before: dict[int, Record], after: dict[int, Record]) -> Facts:
    """The facts ``after``, reached from ``before`` by replacing, with every group asked for on the way."""
    cls = next((type(record) for record in (*before.values(), *after.values())), Person)
    older = Facts(before.values())
    for path in paths(cls):
        older.of(cls, path, 1)
    return older.replaced(after.values(), [(cls, number) for number in before if number not in after])


@every_type
@lenient
@given(data=st.data())
def test_a_changed_view_answers_as_one_made_anew(name: str, data: st.DataObject) -> None:
    cls = SPECS[name].cls
    before, after = data.draw(ledgers(cls)), data.draw(ledgers(cls))
    newer, anew = moved(before, after), Facts(after.values())
    assert newer.all(cls) == anew.all(cls)
    for path in paths(cls):
        for number in range(1, 4):
            assert newer.of(cls, path, number) == anew.of(cls, path, number)


@every_type
@lenient
@given(data=st.data())
def test_what_differs_between_two_views_is_named_before_and_after(name: str, data: st.DataObject) -> None:
    cls = SPECS[name].cls
    before, after = data.draw(ledgers(cls)), data.draw(ledgers(cls))
    older = Facts(before.values())
    newer = older.replaced(after.values(), [(cls, number) for number in before if number not in after])
    found = {one.id: pair for pair in newer.changed_since(older) for one in pair if one is not None}
    assert found == {
        number: (before.get(number), after.get(number)) for number in before.keys() | after.keys()
    }
    assert newer.changed_since(newer) == ()


DESK = Way(Event, "asset", Asset, "contract")


@st.composite
def desks(draw: st.DrawFn) -> list[Record]:
    """Some events and assets; an event may name an asset that is not there."""
    assets = draw(st.dictionaries(IDS, IDS))
    events = draw(st.dictionaries(IDS, IDS))
    return [
        *(plain(Asset, id=number, contract=contract) for number, contract in assets.items()),
        *(plain(Event, id=number, asset=asset) for number, asset in events.items()),
    ]


def changed(facts: Facts, before: list[Record], after: list[Record]) -> Facts:
    """``after``, reached by what differs from ``before`` and nothing else."""
    held = {(type(record), record.id) for record in after}
    gone = [place for record in before if (place := (type(record), record.id)) not in held]
    return facts.replaced([record for record in after if record not in before], gone)


@given(before=desks(), after=desks())
def test_what_is_found_over_its_owner_is_found_so_in_a_changed_view(
    before: list[Record], after: list[Record]
) -> None:
    older = Facts(before)
    watched = {number: older.watched() for number in range(1, 4)}
    was = {number: facts.over(DESK, number) for number, facts in watched.items()}
    newer, anew = changed(older, before, after), Facts(after)
    for number in range(1, 4):
        of_assets = {one.id for one in anew.of(Asset, "contract", number)}
        assert anew.over(DESK, number) == tuple(one for one in anew.all(Event) if one.asset in of_assets)
        assert newer.over(DESK, number) == anew.over(DESK, number)
        if was[number] != newer.over(DESK, number):
            assert meet(watched[number].asked, touched(newer, older))


@given(every=st.lists(desks(), min_size=2, max_size=5), steps=st.sampled_from((1, 2, 7)))
def test_what_differs_is_named_over_several_changes(every: list[list[Record]], steps: int) -> None:
    """Also where so many changes lie between that a view no longer knows them one by one."""
    facts = oldest = Facts(every[0])
    for before, after in pairwise(every * steps):
        facts = changed(facts, before, after)
    was, now = places(oldest), places(facts)
    found = {place(pair): pair for pair in facts.changed_since(oldest)}
    for at in was.keys() | now.keys():
        pair = was.get(at), now.get(at)
        assert found.pop(at, None) == (pair if pair[0] is not pair[1] else None)
    assert not found


def places(facts: Facts) -> dict[tuple[type[Record], int], Record]:
    return {(cls, one.id): one for cls in (Asset, Event) for one in facts.all(cls)}


def place(pair: tuple[Record | None, Record | None]) -> tuple[type[Record], int]:
    record = pair[0] or pair[1]
    assert record is not None
    return type(record), record.id


def test_what_is_worked_out_once_is_worked_out_anew_after_a_change_of_its_type() -> None:
    seen: list[int] = []

    def count(people: Table[Person]) -> int:
        seen.append(len(people))
        return len(people)

    facts = Facts([plain(Person, id=1)])
    assert facts.watched().once(Person, count) == facts.once(Person, count) == 1
    other = facts.replaced([plain(Asset, id=1)])
    assert other.once(Person, count) == 1
    assert other.replaced([plain(Person, id=2)]).once(Person, count) == 2
    assert facts.once(Person, count) == 1
    assert seen == [1, 2]


def questions(cls: type[Any]) -> list[tuple[str, tuple[Any, ...]]]:
    """Every way to ask facts about one type."""
    asked: list[tuple[str, tuple[Any, ...]]] = [("all", (cls,)), ("count", (cls,)), ("once", (cls, dict))]
    for number in range(1, 4):
        asked += [("find", (cls, number)), ("named", (cls.spec.name, number))]
        asked += [("of", (cls, path, number)) for path in paths(cls)]
    return asked


@every_type
@lenient
@given(data=st.data())
def test_an_answer_that_a_change_alters_was_noted(name: str, data: st.DataObject) -> None:
    cls = SPECS[name].cls
    before, after = data.draw(ledgers(cls)), data.draw(ledgers(cls))
    older = Facts(before.values())
    newer = older.replaced(after.values(), [(cls, number) for number in before if number not in after])
    for method, arguments in questions(cls):
        watched = older.watched()
        was = getattr(watched, method)(*arguments)
        if was != getattr(newer, method)(*arguments):
            assert meet(watched.asked, touched(newer, older)), (method, arguments)


def test_no_way_of_asking_goes_unnoted() -> None:
    """Every public name of the facts is either noted or, by what it is built on, noted there."""
    noted = {"all", "count", "find", "of", "over", "once", "signed", "named"}
    built_on_them = {"get", "covering", "vendor", "key_of", "title", "shown", "stated", "several", "whole"}
    about_what_was_found = {"key", "told"}
    about_forms = {"form_title"}  # of the program, and no record's
    about_views = {"replaced", "changed_since", "paths", "ways", "watched", "asked"}
    public = {name for name in vars(Facts) if not name.startswith("_")}
    assert public == noted | built_on_them | about_what_was_found | about_forms | about_views
    assert noted | built_on_them == WAYS.keys()


def same_sign(person: Person) -> tuple[str, ...]:
    return (person.name,)


def test_signs_are_kept_up_record_by_record() -> None:
    read: list[int] = []

    def signs(person: Person) -> tuple[str, ...]:
        read.append(person.id)
        return () if person.name == "無" else (person.name, "名")

    people = [Person(id=number, name=name, employment="社員") for number, name in enumerate("甲甲乙無", 1)]
    first = Facts(people)
    found = {sign: [one.id for one in held] for sign, held in first.signed(Person, signs).items()}
    assert found == {"甲": [1, 2], "乙": [3], "名": [1, 2, 3]}
    read.clear()
    then = first.replaced([replace(people[3], name="乙")], [(Person, 1)])
    assert then.signed(Person, signs)["乙"] == (people[2], replace(people[3], name="乙"))
    assert set(read) == {1, 4}
    assert first.signed(Person, signs)["甲"][0] is people[0]


ASSET = Asset(contract=7, item="申請書", classification="個人情報", medium="紙", unit="枚")
WAYS: dict[str, Callable[[Facts], Any]] = {
    "all": lambda held: held.all(Person),
    "count": lambda held: held.count(Person),
    "find": lambda held: held.find(Person, 1),
    "of": lambda held: held.of(Training, "contracts.contract", 1),
    "over": lambda held: held.over(DESK, 1),
    "once": lambda held: held.once(Person, len),
    "signed": lambda held: held.signed(Person, same_sign),
    "several": lambda held: held.several(Person, same_sign),
    "named": lambda held: held.named("person", 1),
    "stated": lambda held: held.stated("person:1"),
    "get": lambda held: held.get(Person, 1),
    "covering": lambda held: held.covering(Training, 1),
    "vendor": lambda held: held.vendor,
    "key_of": lambda held: held.key_of("person", 1),
    "title": lambda held: held.title(DeviceUse(device=1, contract=1, starts_on=date(2026, 4, 1))),
    "shown": lambda held: held.shown(ASSET, "contract"),
    "whole": lambda held: held.whole(ASSET, "contract"),
}


@pytest.mark.parametrize("name", WAYS)
def test_every_way_of_asking_is_noted(name: str) -> None:
    person = Person(id=1, name="髙橋花子", employment="社員", employee_number="E-001")
    facts = Facts([person])
    watched = facts.watched()
    WAYS[name](watched)
    assert watched.asked
    WAYS[name](facts)
    assert not facts.asked


def test_a_view_changed_to_see_what_if_is_watched_too() -> None:
    watched = Facts([]).watched()
    watched.replaced([Person(id=1, name="髙橋花子", employment="社員")]).find(Person, 2)
    assert watched.asked == {(Person, "id"): {2}}


def test_what_covers_a_contract_is_found_once_however_often_it_says_so() -> None:
    twice = (ForContract(contract=1), ForContract(contract=1), ForContract(contract=2))
    training = Training(id=1, title="研修", held_on=date(2026, 3, 20), topics=(), contracts=twice)
    facts = Facts([training])
    assert facts.covering(Training, 1) == (training,)
    gone = facts.replaced([], [(Training, 1)])
    assert gone.covering(Training, 1) == gone.covering(Training, 2) == ()
    assert facts.covering(Training, 2) == (training,)


@pytest.mark.parametrize(
    ("finding", "title"),
    [
        ("記" * 39, "記" * 39),
        ("記" * 40, "記" * 40),
        ("記" * 41, f"{'記' * 40}…"),
        ("記" * 400, f"{'記' * 40}…"),
    ],
)
def test_a_title_is_how_a_text_of_several_lines_begins(finding: str, title: str) -> None:
    assert (
        Facts([]).title(Improvement(source="自己点検", finding=finding, found_on=date(2026, 4, 1))) == title
    )


def test_a_long_name_of_one_line_stands_whole_in_a_title() -> None:
    """Names of places and systems go to paper."""
    name = "第一" * 50
    assert Facts([]).title(Location(name=name, kind="作業", address="東京都")) == name
