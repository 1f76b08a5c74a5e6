"""The days on which the client's offices are closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.counting.closed_days import closed, next_open, previous_open


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def holidays_of(year: int) -> dict[str, str]:
    """The holidays on weekdays, as month/day."""
    return {
        f"{day.month}/{day.day}": name
        for day in days_of(year)
        if (name := closed(day)) not in ("", "土曜日", "日曜日", "年末年始の休日")
    }


def test_the_holidays_of_2026_are_those_of_the_gazette() -> None:
    assert holidays_of(2026) == {
        "1/1": "元日",
        "1/12": "成人の日",
        "2/11": "建国記念の日",
        "2/23": "天皇誕生日",
        "3/20": "春分の日",
        "4/29": "昭和の日",
        "5/4": "みどりの日",
        "5/5": "こどもの日",
        "5/6": "振替休日",
        "7/20": "海の日",
        "8/11": "山の日",
        "9/21": "敬老の日",
        "9/22": "国民の休日",
        "9/23": "秋分の日",
        "10/12": "スポーツの日",
        "11/3": "文化の日",
        "11/23": "勤労感謝の日",
    }


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2019-04-30", "国民の休日"),
        ("2019-05-01", "天皇の即位の日"),
        ("2019-05-02", "国民の休日"),
        ("2019-05-06", "振替休日"),
        ("2019-10-22", "即位礼正殿の儀"),
        ("2020-07-20", ""),
        ("2020-07-23", "海の日"),
        ("2020-07-24", "スポーツの日"),
        ("2020-08-10", "山の日"),
        ("2020-08-11", ""),
        ("2020-10-12", ""),
        ("2021-07-19", ""),
        ("2021-07-22", "海の日"),
        ("2021-07-23", "スポーツの日"),
        ("2021-08-09", "振替休日"),
        ("2021-08-11", ""),
        ("2021-10-11", ""),
        ("2009-05-06", "振替休日"),
        ("2009-09-22", "国民の休日"),
        ("2032-09-21", "国民の休日"),
        ("1988-05-04", "国民の休日"),
        ("1959-04-10", "皇太子・明仁親王の結婚の儀"),
        ("1989-02-24", "昭和天皇の大喪の礼"),
    ],
)
def test_holidays_of_single_years(day: str, reason: str) -> None:
    assert closed(date.fromisoformat(day)) == reason


def test_no_holiday_before_the_law_that_makes_it_one() -> None:
    assert closed(date(1948, 5, 3)) == ""
    assert closed(date(1948, 11, 3)) == "文化の日"
    assert closed(date(1973, 2, 12)) == ""
    assert closed(date(1973, 4, 30)) == "振替休日"
    assert [day.year for year in range(1949, 1990) if closed(day := date(year, 5, 4)) == "国民の休日"] == [
        1988,
        1989,
    ]


@pytest.mark.parametrize(("month", "constant"), [(3, 20.8431), (9, 23.2488)])
def test_the_equinoxes_are_where_the_usual_approximation_puts_them(month: int, constant: float) -> None:
    for year in range(1980, 2100):
        day = date(year, month, int(constant + 0.242194 * (year - 1980) - (year - 1980) // 4))
        if day.weekday() < 5:
            assert closed(day) == ("春分の日" if month == 3 else "秋分の日")
        elif day.weekday() == 6:
            assert closed(day + timedelta(days=1)) == "振替休日"


@pytest.mark.parametrize(
    ("first", "last", "reasons"),
    [
        (date(2026, 12, 28), date(2027, 1, 4), ["", "年", "年", "年", "元", "土", "日", ""]),
        (
            date(2025, 12, 26),
            date(2026, 1, 5),
            ["", "土", "日", "年", "年", "年", "元", "年", "土", "日", ""],
        ),
        (date(2022, 12, 30), date(2023, 1, 4), ["年", "土", "日", "振", "年", ""]),
    ],
)
def test_the_offices_are_closed_from_29_december_to_3_january(
    first: date, last: date, reasons: list[str]
) -> None:
    found = [closed(first + timedelta(days=n))[:1] for n in range((last - first).days + 1)]
    assert found == reasons


@given(st.dates())
def test_any_day_is_open_or_has_a_reason(day: date) -> None:
    assert bool(closed(day)) or day.weekday() < 5


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_next_and_previous_open_day_enclose_only_closed_days(day: date) -> None:
    sooner, later = previous_open(day), next_open(day)
    assert sooner < day < later
    assert not closed(sooner)
    assert not closed(later)
    between = (sooner + timedelta(days=n) for n in range(1, (later - sooner).days))
    assert all(closed(one) for one in between if one != day)
