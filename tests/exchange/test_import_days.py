"""A file that changes what holds from a day says from when, or that it mends what was wrong all along."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.exchange.coming_in.importing import export, plan
from app.exchange.coming_in.planner import ImportPlan
from app.records import Facts, Person
from app.records.dated import as_of
from tests.support.around import around

PERSON = Person(id=1, revision=1, name="佐藤", employee_number="E-001", employment="社員", post="主任")
DAY = date(2026, 4, 1)


def planned(entry: dict[str, Any]) -> ImportPlan:
    return plan(Facts([PERSON]), Person.spec, [{"employee_number": "E-001", **entry}], update=True)


def changed(entry: dict[str, Any]) -> Person:
    found = planned(entry)
    assert found.problems == ()
    record = found.rows[0].record
    assert isinstance(record, Person)
    return record


def said(entry: dict[str, Any]) -> str:
    found = planned(entry)
    (problem,) = found.problems
    assert found.counts["error"] == 1
    return found.sentence_of(problem)


def test_a_change_without_a_day_is_a_correction_and_told_as_such() -> None:
    found = planned({"post": "課長", "department": "一課"})
    (doubt,) = found.doubts
    assert found.sentence_of(doubt) == (
        "1件目：所属・役職が変わりますが、いつからかが書かれていないため、初めからの訂正として登録します。"
        "ある日から変わった場合は、その日付（holds_from に 2026-04-01 など）を書いて取り込んでください。"
    )
    record = found.rows[0].record
    assert isinstance(record, Person)
    assert as_of(record, date(1990, 1, 1)).post == "課長"


def test_a_file_without_the_earlier_values_takes_none_of_them_away() -> None:
    held = changed({"post": "課長", "holds_from": "R8.4.1"})
    entry = {"employee_number": "E-001", "department": "一課", "former": []}
    found = plan(Facts([held]), Person.spec, [entry], update=True)
    record = found.rows[0].record
    assert isinstance(record, Person)
    assert len(found.doubts) == 1
    assert as_of(record, date(2026, 3, 31)).post == "主任"
    assert as_of(record, date(2026, 4, 1)).post == "課長"


@pytest.mark.parametrize("written", ["2026-04-01", "R8.4.1", "令和8年4月1日"])
@pytest.mark.parametrize(("day", "post"), around(DAY, "主任", "課長", "課長"))
def test_a_change_holds_from_its_day(written: str, day: date, post: str) -> None:
    assert as_of(changed({"post": "課長", "holds_from": written}), day).post == post


def test_a_correction_holds_from_the_beginning() -> None:
    assert as_of(changed({"post": "課長", "holds_from": "訂正"}), date(1990, 1, 1)).post == "課長"


@pytest.mark.parametrize("written", ["先月", 20260401, True, ["訂正"]])
def test_what_is_no_day_is_said_in_one_sentence(written: object) -> None:
    assert said({"post": "課長", "holds_from": written}).count("。") >= 1


def test_what_holds_from_no_day_needs_none() -> None:
    assert changed({"note": "異動の予定あり"}).note == "異動の予定あり"
    assert changed({"note": "異動の予定あり", "holds_from": "R8.4.1"}).former == ()


def test_what_is_written_out_comes_back_with_what_was_before() -> None:
    person = changed({"post": "課長", "holds_from": "R8.4.1"})
    facts = Facts([person])
    assert plan(facts, Person.spec, export(facts, Person.spec), update=True).counts["same"] == 1
