"""Days and moments brought in from files: as offices write them, never with a year or an hour made up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from app.exchange.coming_in import importing
from app.exchange.coming_in.planner import ImportPlan
from app.records import SPECS, Event, Facts, Incident, Person
from app.records.days import DayOnly
from tests.support.sample import DAY, Sample

TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def facts() -> Facts:
    from app.annexes.catalogue import load

    return Sample(load()).facts


def plan(facts: Facts, name: str, /, **entry: Any) -> ImportPlan:
    return importing.plan(facts, SPECS[name], [entry], today=TODAY)


def person(facts: Facts, joined_on: str) -> ImportPlan:
    return plan(facts, "person", name="架空 太郎", employment="社員", joined_on=joined_on)


@pytest.mark.parametrize(
    "text",
    [
        "令和8年4月1日（水）",
        "2026/4/1(水)",
        "令和八年四月一日",
        "2026ー04ー01",
        "R8・4・1",
        "令和8年4月1日付け",
    ],
)
def test_a_day_of_a_letter_is_read(facts: Facts, text: str) -> None:
    made = person(facts, text)
    assert made.problems == ()
    held = made.rows[0].record
    assert isinstance(held, Person)
    assert held.joined_on == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("令和8年4月1日（木）", "の曜日が日付と合いません。令和8年4月1日は水曜日です。"),
        ("12/1", "は日付として読めません。令和8年4月1日、R8.4.1、2026-04-01 のように入力してください。"),
        ("8.12.1", "は日付として読めません。"),
        ("1201", "は日付として読めません。"),
    ],
)
def test_a_day_that_contradicts_itself_or_has_no_year_is_refused_with_an_example(
    facts: Facts, text: str, said: str
) -> None:
    (problem,) = person(facts, text).problems
    assert said in problem.sentence


@pytest.mark.parametrize(
    ("text", "at", "out"),
    [
        ("R8.11.2", DayOnly(date(2026, 11, 2)), "2026-11-02"),
        ("2026-11-02 0:00", datetime.fromisoformat("2026-11-02 00:00"), "2026-11-02 00:00"),
        ("令和8年11月2日（月）午後3時半", datetime.fromisoformat("2026-11-02 15:30"), "2026-11-02 15:30"),
    ],
)
def test_an_hour_is_brought_in_and_out_as_it_was_given(
    facts: Facts, text: str, at: DayOnly | datetime, out: str
) -> None:
    asset = facts.key_of("asset", facts.all(Event)[0].asset)
    made = plan(facts, "event", asset=asset, kind="使用", status="実績", happened_at=text, quantity=1)
    assert made.problems == ()
    held = made.rows[0].record
    assert isinstance(held, Event)
    assert held.happened_at == at
    assert Event.spec.to_json(held, facts.key_of)["happened_at"] == out
    assert facts.shown(held, "happened_at").count("時") == (0 if isinstance(at, DayOnly) else 1)


def test_an_incident_found_on_a_day_has_no_hour(facts: Facts) -> None:
    made = plan(
        facts,
        "incident",
        contract="MK-1024",
        kinds=["おそれ"],
        found_at="令和8年11月20日",
        circumstances="確認中",
    )
    assert made.problems == ()
    held = made.rows[0].record
    assert isinstance(held, Incident)
    assert held.found_at == DayOnly(date(2026, 11, 20))


def test_a_day_far_off_is_a_doubt_with_its_row_and_field_and_keeps_nothing_back(facts: Facts) -> None:
    made = person(facts, "2062-04-01")
    assert made.problems == ()
    (doubt,) = made.doubts
    assert made.sentence_of(doubt) == "1件目の「入社日」：入社日の2062年（令和44年）は35年先です。"
    assert person(facts, DAY.isoformat()).doubts == ()
