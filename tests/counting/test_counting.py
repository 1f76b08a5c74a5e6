"""Deadlines as the law counts them, each with arithmetic that a person can follow."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.annexes.asks import Asks
from app.annexes.choices import Roll, Urgency
from app.counting.deadlines import (
    Deadline,
    deadline_after,
    deadline_before,
    second_deadline,
)

WEDNESDAY = date(2026, 4, 1)


def after(event: str | date, **asks: Any) -> Deadline:
    day = date.fromisoformat(event) if isinstance(event, str) else event
    found = deadline_after(day, Asks(**asks))
    assert found is not None
    return found


def before(start: str | date, **asks: Any) -> Deadline:
    day = date.fromisoformat(start) if isinstance(start, str) else start
    return deadline_before(day, Asks(**asks))


@pytest.mark.parametrize(
    ("event", "asks", "day", "arithmetic"),
    [
        (
            "2026-04-01",
            {"within_days": 7},
            "2026-04-08",
            "令和8年4月1日の翌日から起算して7日目の令和8年4月8日",
        ),
        (
            "2026-04-01",
            {"within_days": 7, "first_day": True},
            "2026-04-07",
            "令和8年4月1日から起算して7日目の令和8年4月7日",
        ),
        (
            "2026-04-01",
            {"within_days": 10},
            "2026-04-13",
            "令和8年4月1日の翌日から起算して10日目の令和8年4月11日が土曜日のため、次の開庁日の令和8年4月13日",
        ),
        (
            "2026-04-01",
            {"within_days": 10, "roll": Roll.PREVIOUS},
            "2026-04-10",
            "令和8年4月1日の翌日から起算して10日目の令和8年4月11日が土曜日のため、前の開庁日の令和8年4月10日",
        ),
        (
            "2026-04-01",
            {"within_days": 10, "roll": Roll.NONE},
            "2026-04-11",
            "令和8年4月1日の翌日から起算して10日目の令和8年4月11日",
        ),
        (
            "2026-04-28",
            {"within_business_days": 3},
            "2026-05-07",
            "令和8年4月28日の翌日から起算して開庁日で数えて3日目の令和8年5月7日",
        ),
        (
            "2026-04-01",
            {"within_months": 1},
            "2026-05-01",
            "令和8年4月1日の翌日から起算して1か月の応当日（令和8年5月2日）の前日の令和8年5月1日",
        ),
        (
            "2028-01-30",
            {"within_months": 1},
            "2028-02-29",
            "令和10年1月30日の翌日から起算して1か月で、31日の応当日がない月の末日の令和10年2月29日",
        ),
        ("2026-04-04", {"urgency": Urgency.AT_ONCE}, "2026-04-04", "当日の令和8年4月4日"),
    ],
)
def test_a_deadline_says_how_it_was_counted(
    event: str, asks: dict[str, Any], day: str, arithmetic: str
) -> None:
    found = after(event, **asks)
    assert (found.day.isoformat(), found.arithmetic) == (day, arithmetic)


@pytest.mark.parametrize(
    ("event", "months", "day"),
    [
        ("2026-05-31", 1, "2026-06-30"),
        ("2026-04-30", 1, "2026-05-31"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-01-30", 1, "2026-02-28"),
        ("2026-01-28", 1, "2026-02-28"),
        ("2026-01-27", 1, "2026-02-27"),
        ("2026-02-28", 1, "2026-03-31"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-28", 12, "2029-02-28"),
        ("2027-02-28", 12, "2028-02-29"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-03-31", 12, "2027-03-31"),
        ("2026-08-30", 6, "2027-02-28"),
        ("2026-11-15", 13, "2027-12-15"),
    ],
)
def test_months_end_on_the_day_before_the_same_number_or_with_the_month(
    event: str, months: int, day: str
) -> None:
    assert after(event, within_months=months, roll=Roll.NONE).day.isoformat() == day


def test_a_first_day_that_counts_ends_the_month_a_day_earlier() -> None:
    assert after("2026-04-01", within_months=1, first_day=True).day == date(2026, 4, 30)
    assert after("2026-02-01", within_months=1, first_day=True, roll=Roll.NONE).day == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("event", "asks", "day"),
    [
        ("2026-12-25", {"within_days": 5}, "2027-01-04"),
        ("2026-12-25", {"within_days": 5, "roll": Roll.PREVIOUS}, "2026-12-28"),
        ("2026-12-28", {"within_business_days": 1}, "2027-01-04"),
        ("2026-12-29", {"within_business_days": 1, "first_day": True}, "2027-01-04"),
        ("2026-12-28", {"within_business_days": 1, "first_day": True}, "2026-12-28"),
        ("2026-04-25", {"within_days": 10}, "2026-05-07"),
        ("2026-01-31", {"within_months": 1}, "2026-03-02"),
    ],
)
def test_the_new_year_and_the_golden_week_are_passed_over(event: str, asks: dict[str, Any], day: str) -> None:
    assert after(event, **asks).day.isoformat() == day


@pytest.mark.parametrize("days", [1, 5, 6])
def test_a_deadline_moved_back_never_falls_before_its_event(days: int) -> None:
    assert after("2026-12-29", within_days=days, roll=Roll.PREVIOUS).day == date(2027, 1, 4)


def test_days_go_before_business_days_and_months_and_numbers_before_words() -> None:
    asks = {"within_days": 20, "within_business_days": 1, "within_months": 2, "urgency": Urgency.AT_ONCE}
    assert after(WEDNESDAY, **asks).day == date(2026, 4, 21)
    del asks["within_days"]
    assert after(WEDNESDAY, **asks).day == date(2026, 4, 2)
    del asks["within_business_days"]
    assert after(WEDNESDAY, **asks).day == date(2026, 6, 1)
    del asks["within_months"]
    assert after(WEDNESDAY, **asks).day == WEDNESDAY


def test_a_clause_without_any_time_has_no_deadline() -> None:
    assert deadline_after(WEDNESDAY, Asks()) is None


@pytest.mark.parametrize(
    ("word", "day", "amount"),
    [
        (Urgency.AT_ONCE, "2026-04-03", "当日中"),
        (Urgency.SPEEDILY, "2026-04-08", "3開庁日以内"),
        (Urgency.WITHOUT_DELAY, "2026-04-10", "7日以内"),
        (Urgency.BEFOREHAND, "2026-04-02", "前日まで"),
    ],
)
def test_a_word_without_a_number_is_counted_as_assumed_and_says_so(
    word: Urgency, day: str, amount: str
) -> None:
    found = after("2026-04-03", urgency=word)
    assert found.day.isoformat() == day
    assert found.assumed
    for part in ("本ソフトの想定", "契約ごとに変えられます", amount):
        assert part in found.assumption


def test_a_number_is_assumed_only_where_the_annex_leaves_it_open() -> None:
    assert not after(WEDNESDAY, within_days=14).assumed
    assert not after(WEDNESDAY, within_days=14, assumed=("period_months",)).assumed
    assert "14日以内" in after(WEDNESDAY, within_days=14, assumed=("within_days",)).assumption
    assert (
        "5開庁日以内"
        in after(WEDNESDAY, within_business_days=5, assumed=("within_business_days",)).assumption
    )
    assert "2か月以内" in after(WEDNESDAY, within_months=2, assumed=("within_months",)).assumption


def test_a_word_that_the_annex_does_not_use_is_not_quoted_from_it() -> None:
    assert "「速やかに」" in after(WEDNESDAY, urgency=Urgency.SPEEDILY).assumption
    assumed = after(WEDNESDAY, urgency=Urgency.SPEEDILY, assumed=("urgency",))
    assert assumed.assumed
    assert "「速やかに」" not in assumed.assumption


@pytest.mark.parametrize(
    ("asks", "day", "assumed"),
    [
        (Asks(then_days=30), "2026-05-01", False),
        (Asks(then_days=30, assumed=("then_days",)), "2026-05-01", True),
        (Asks(then_days=10, then=Urgency.AT_ONCE), "2026-04-11", False),
        (Asks(then_days=10, roll=Roll.NEXT), "2026-04-13", False),
        (Asks(then_days=10, roll=Roll.NONE, first_day=True), "2026-04-10", False),
        (Asks(then=Urgency.SPEEDILY, within_days=1), "2026-04-02", True),
        (Asks(then=Urgency.WITHOUT_DELAY), "2026-04-04", True),
        (Asks(then=Urgency.WITHOUT_DELAY, roll=Roll.NEXT), "2026-04-06", True),
        (Asks(), "2026-04-04", True),
    ],
)
def test_the_second_stage_of_a_report_has_its_own_time(asks: Asks, day: str, assumed: bool) -> None:
    found = second_deadline(WEDNESDAY, asks)
    assert (found.day.isoformat(), found.assumed) == (day, assumed)


@pytest.mark.parametrize(
    ("asks", "day", "arithmetic"),
    [
        ({"days_before": 1}, "2026-04-05", "令和8年4月6日の前日の令和8年4月5日"),
        ({"days_before": 7}, "2026-03-29", "令和8年4月6日との間に7日を置く令和8年3月29日"),
        (
            {"days_before": 1, "roll": Roll.PREVIOUS},
            "2026-04-03",
            "令和8年4月6日の前日の令和8年4月5日が日曜日のため、前の開庁日の令和8年4月3日",
        ),
        (
            {"days_before": 1, "roll": Roll.NEXT},
            "2026-04-03",
            "令和8年4月6日の前日の令和8年4月5日が日曜日のため、前の開庁日の令和8年4月3日",
        ),
        (
            {"days_before": 2, "roll": Roll.NONE},
            "2026-04-03",
            "令和8年4月6日との間に2日を置く令和8年4月3日",
        ),
        (
            {"days_before": 7, "roll": Roll.NEXT},
            "2026-03-30",
            "令和8年4月6日との間に7日を置く令和8年3月29日が日曜日のため、次の開庁日の令和8年3月30日",
        ),
    ],
)
def test_beforehand_stays_where_it_is_unless_the_clause_moves_it(
    asks: dict[str, Any], day: str, arithmetic: str
) -> None:
    found = before("2026-04-06", **asks)
    assert (found.day.isoformat(), found.arithmetic) == (day, arithmetic)


def test_beforehand_without_a_number_is_the_day_before_as_assumed() -> None:
    assert before(WEDNESDAY).day == date(2026, 3, 31)
    assert before(WEDNESDAY).assumed
    assert before(WEDNESDAY, days_before=3, assumed=("days_before",)).assumed
    assert not before(WEDNESDAY, days_before=3).assumed
