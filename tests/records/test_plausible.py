"""Days far from today are asked about: before, on and after the span that their kind declares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from app.eras import EARLIEST
from app.records import SPECS, Contract, Incident, Person, Rule, Training, fields_of
from app.records.contract import ContractAnnex
from app.records.days import LATEST, DayOnly
from app.records.incident import IncidentNotice, Stage
from app.records.kinds import Day, Moment, Rows
from app.records.plausible import doubtful
from app.records.training import Attendance

TODAY = date(2026, 11, 26)


def contract(ends_on: date) -> Contract:
    return Contract(
        client=1,
        number="R8-1",
        title="試験",
        signed_on=TODAY,
        starts_on=TODAY,
        ends_on=ends_on,
        annexes=(ContractAnnex(annex="kawaguchi"),),
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2036, 11, 25), None),
        (date(2036, 11, 26), None),
        (date(2036, 11, 27), "履行期間の終期の2036年（令和18年）は10年先です。"),
        (date(2062, 11, 25), "履行期間の終期の2062年（令和44年）は35年先です。"),
        (date(2062, 11, 26), "履行期間の終期の2062年（令和44年）は36年先です。"),
        (date(2016, 11, 27), None),
        (date(2016, 11, 26), None),
        (date(2016, 11, 25), "履行期間の終期の2016年（平成28年）は10年前です。"),
        (date(1926, 12, 25), "履行期間の終期の1926年（昭和元年）は99年前です。"),
        (EARLIEST, "履行期間の終期の1873年（明治6年）は153年前です。"),
        (LATEST, "履行期間の終期の2199年（令和181年）は173年先です。"),
    ],
)
def test_a_day_outside_its_span_is_named_with_year_era_and_distance(day: date, said: str | None) -> None:
    assert doubtful(contract(day), TODAY) == ({"ends_on": [said]} if said else {})


@pytest.mark.parametrize(
    ("today", "day", "odd"),
    [
        (date(2024, 2, 29), date(2034, 2, 28), False),
        (date(2024, 2, 29), date(2034, 3, 1), True),
        (date(2024, 2, 29), date(2014, 2, 28), False),
        (date(2024, 2, 29), date(2014, 2, 27), True),
        (date(2195, 1, 1), LATEST, False),
    ],
)
def test_a_span_from_a_leap_day_or_beyond_the_calendar(today: date, day: date, odd: bool) -> None:
    held = replace(contract(day), signed_on=today, starts_on=today)
    assert bool(doubtful(held, today)) is odd


@pytest.mark.parametrize(("day", "odd"), [(date(1966, 11, 26), False), (date(1966, 11, 25), True)])
def test_a_field_has_the_span_that_it_declares(day: date, odd: bool) -> None:
    assert bool(doubtful(Person(name="人", employment="社員", joined_on=day), TODAY)) is odd


def test_a_law_may_be_old() -> None:
    rule = Rule(title="法律", kind="法令・指針", starts_on=date(1947, 5, 3))
    assert not doubtful(rule, TODAY)


@pytest.mark.parametrize("at", [DayOnly(date(2062, 1, 1)), datetime.combine(date(2062, 1, 1), time())])
def test_moments_and_rows_are_looked_at_too(at: DayOnly | datetime) -> None:
    notice = IncidentNotice(stage=Stage.FIRST.value, notified_at=at)
    held = Incident(contract=1, kinds=("おそれ",), found_at=DayOnly(TODAY), notices=(notice,))
    assert doubtful(held, TODAY) == {
        "notices.1.notified_at": ["報告した日時の2062年（令和44年）は35年先です。"]
    }


def test_what_the_ledger_holds_already_is_not_asked_again() -> None:
    before = contract(date(2062, 3, 31))
    assert not doubtful(replace(before, title="件名を改めた"), TODAY, before)
    assert list(doubtful(replace(before, ends_on=date(2063, 3, 31)), TODAY, before)) == ["ends_on"]
    row = Attendance(person=1, outcome="補講", made_up_on=date(1999, 1, 1))
    held = Training(title="研修", held_on=TODAY, topics=(), contracts=(), attendance=(row,))
    moved = replace(held, attendance=(replace(row, person=2, made_up_on=None), row))
    assert not doubtful(moved, TODAY, held)
    assert list(doubtful(held, TODAY)) == ["attendance.1.made_up_on"]


def test_every_day_has_a_span_in_which_today_lies() -> None:
    for spec in SPECS.values():
        for field in spec.fields:
            inner = fields_of(field.kind.of) if isinstance(field.kind, Rows) else (field,)
            for one in inner:
                if isinstance(one.kind, Day | Moment):
                    assert one.kind.back >= 5, (spec.name, one.name)
                    assert one.kind.ahead >= 5, (spec.name, one.name)
