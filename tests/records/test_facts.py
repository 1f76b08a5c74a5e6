"""Promises of the facts over every record type: a changed view is one made anew, and nothing goes unseen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.records import SPECS, Asset, Facts, Person, Record, Training, fields_of
from app.records.kinds import Ref, Rows
from app.records.training import TrainingContract
from app.records.watched import WatchedFacts, meet, touched
from tests.support.values import holders

IDS = st.integers(1, 3)
lenient = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
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


def ledgers(cls: type[Record]) -> st.SearchStrategy[dict[int, Record]]:
    """Any of the records 1 to 3 of a type, by id."""
    each = [st.none() | holders(cls, IDS, id=number) for number in range(1, 4)]
    return st.tuples(*each).map(lambda held: {record.id: record for record in held if record is not None})


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


def questions(cls: type[Any]) -> list[tuple[str, tuple[Any, ...]]]:
    """Every way to ask facts about one type."""
    asked: list[tuple[str, tuple[Any, ...]]] = [("all", (cls,))]
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
        watched = WatchedFacts(older)
        was = getattr(watched, method)(*arguments)
        if was != getattr(newer, method)(*arguments):
            assert meet(watched.asked, touched(newer, older)), (method, arguments)


def test_no_way_of_asking_goes_unnoted() -> None:
    """Every public name of the facts is either noted or, by what it is built on, noted there."""
    noted = {"all", "find", "of", "named"}
    built_on_them = {"get", "covering", "vendor", "key_of", "title", "shown"}
    about_what_was_found = {"key", "statement"}
    about_views = {"replaced", "changed_since", "paths"}
    public = {name for name in vars(Facts) if not name.startswith("_")}
    assert public == noted | built_on_them | about_what_was_found | about_views
    assert noted <= vars(WatchedFacts).keys()


def test_what_is_built_on_others_is_noted_as_well() -> None:
    person = Person(id=1, name="髙橋花子", employment="社員", employee_number="E-001")
    facts = Facts([person])
    asset = Asset(contract=7, item="申請書", classification="個人情報", medium="紙", unit="枚")
    ways: dict[str, Any] = {
        "get": lambda held: held.get(Person, 1),
        "covering": lambda held: held.covering(Training, 1),
        "vendor": lambda held: held.vendor,
        "key_of": lambda held: held.key_of("person", 1),
        "shown": lambda held: held.shown(asset, "contract"),
    }
    for name, way in ways.items():
        watched = WatchedFacts(facts)
        way(watched)
        assert watched.asked, name


def test_a_view_changed_to_see_what_if_is_watched_too() -> None:
    watched = WatchedFacts(Facts([]))
    watched.replaced([Person(id=1, name="髙橋花子", employment="社員")]).find(Person, 2)
    assert watched.asked == {(Person, "id"): {2}}


def test_what_covers_a_contract_is_found_once_however_often_it_says_so() -> None:
    twice = (TrainingContract(contract=1), TrainingContract(contract=1), TrainingContract(contract=2))
    training = Training(id=1, title="研修", held_on=date(2026, 3, 20), topics=(), contracts=twice)
    facts = Facts([training])
    assert facts.covering(Training, 1) == (training,)
    gone = facts.replaced([], [(Training, 1)])
    assert gone.covering(Training, 1) == gone.covering(Training, 2) == ()
    assert facts.covering(Training, 2) == (training,)
