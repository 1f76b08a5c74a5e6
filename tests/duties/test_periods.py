"""Duties of once in a period: satisfied, due, or lapsed, by contract years, fiscal years or the last time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annexes.asks import Asks
from app.annexes.choices import Cycle
from app.counting.deadlines import Periodic, Window, periods
from app.records.days import wareki

START, LAST = date(2026, 10, 1), date(2029, 9, 30)


def stand(cycle: Cycle | None, day: str, *done: str, every: int = 12, last: date = LAST) -> Periodic:
    asks = Asks(cycle=cycle, period_months=every)
    found = periods(asks, START, last, map(date.fromisoformat, done), date.fromisoformat(day))
    assert found is not None
    return found


def face(found: Periodic) -> tuple[str, str, str, bool]:
    return (
        found.since.isoformat(),
        found.due.day.isoformat(),
        found.done.isoformat() if found.done else "",
        found.lapsed,
    )


def test_a_clause_without_a_period_has_no_periods() -> None:
    assert periods(Asks(), START, LAST, [], START) is None


@pytest.mark.parametrize(
    ("day", "done", "expected"),
    [
        ("2026-10-01", [], ("2026-10-01", "2027-09-30", "", False)),
        ("2027-09-30", [], ("2026-10-01", "2027-09-30", "", False)),
        ("2027-10-01", [], ("2026-10-01", "2027-09-30", "", True)),
        ("2027-03-01", ["2026-12-10"], ("2026-12-10", "2027-12-10", "2026-12-10", False)),
        ("2027-03-01", ["2027-02-01", "2026-12-10"], ("2027-02-01", "2028-02-01", "2027-02-01", False)),
        ("2027-12-11", ["2026-12-10"], ("2026-12-10", "2027-12-10", "2026-12-10", True)),
        ("2026-11-01", ["2026-12-10"], ("2026-10-01", "2027-09-30", "", False)),
        ("2026-11-01", ["2026-04-01"], ("2026-04-01", "2027-04-01", "2026-04-01", False)),
        ("2026-11-01", ["2020-04-01"], ("2026-10-01", "2027-09-30", "", False)),
        ("2031-01-01", ["2028-12-10"], ("2028-12-10", "2029-12-10", "2028-12-10", False)),
    ],
)
@pytest.mark.parametrize("cycle", [None, Cycle.ROLLING])
def test_counted_from_the_last_time(
    cycle: Cycle | None, day: str, done: list[str], expected: tuple[str, str, str, bool]
) -> None:
    assert face(stand(cycle, day, *done)) == expected


@pytest.mark.parametrize(
    ("day", "done", "expected"),
    [
        ("2026-10-01", [], ("2026-10-01", "2027-09-30", "", False)),
        ("2027-09-30", ["2026-10-01"], ("2026-10-01", "2027-09-30", "2026-10-01", False)),
        ("2027-10-01", ["2026-10-01"], ("2027-10-01", "2028-09-30", "", False)),
        ("2027-10-01", [], ("2026-10-01", "2027-09-30", "", True)),
        ("2027-10-02", ["2027-10-01"], ("2027-10-01", "2028-09-30", "2027-10-01", False)),
        ("2029-01-01", ["2026-10-01"], ("2027-10-01", "2028-09-30", "", True)),
        ("2029-09-30", ["2027-09-30", "2028-09-30"], ("2028-10-01", "2029-09-30", "", False)),
        ("2029-10-01", ["2027-09-30", "2028-09-30"], ("2028-10-01", "2029-09-30", "", True)),
        (
            "2030-01-01",
            ["2027-09-30", "2028-09-30", "2029-11-01"],
            ("2028-10-01", "2029-09-30", "2029-11-01", False),
        ),
    ],
)
def test_once_in_each_contract_year(day: str, done: list[str], expected: tuple[str, str, str, bool]) -> None:
    assert face(stand(Cycle.CONTRACT_YEAR, day, *done)) == expected


@pytest.mark.parametrize(
    ("day", "done", "expected"),
    [
        ("2026-10-01", [], ("2026-10-01", "2027-03-31", "", False)),
        ("2027-04-01", ["2027-03-31"], ("2027-04-01", "2028-03-31", "", False)),
        ("2027-04-01", [], ("2026-10-01", "2027-03-31", "", True)),
        ("2029-06-01", ["2029-05-01"], ("2029-04-01", "2029-09-30", "2029-05-01", False)),
        ("2026-11-01", ["2026-09-30"], ("2026-10-01", "2027-03-31", "", False)),
    ],
)
def test_once_in_each_year_from_april(
    day: str, done: list[str], expected: tuple[str, str, str, bool]
) -> None:
    assert face(stand(Cycle.FISCAL_YEAR, day, *done)) == expected


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2027, 1, 15), date(2027, 3, 31)),
        (date(2027, 3, 31), date(2027, 3, 31)),
        (date(2027, 4, 1), date(2028, 3, 31)),
    ],
)
def test_the_first_year_from_april_is_the_one_in_which_the_contract_starts(start: date, due: date) -> None:
    found = periods(Asks(cycle=Cycle.FISCAL_YEAR, period_months=12), start, LAST, [], start)
    assert found is not None
    assert (found.since, found.due.day) == (start, due)


def test_the_day_of_the_last_time_counts_where_the_clause_says_so() -> None:
    asks = Asks(period_months=1, first_day=True)
    found = periods(asks, START, LAST, [date(2026, 12, 10)], date(2026, 12, 20))
    assert found is not None
    assert found.due.day == date(2027, 1, 9)


def test_quarters_are_cut_from_april() -> None:
    found = stand(Cycle.FISCAL_YEAR, "2027-02-10", "2026-11-05", every=3)
    assert face(found) == ("2027-01-01", "2027-03-31", "", False)


def test_every_window_that_ended_without_is_told_also_after_a_later_one_has_it() -> None:
    found = stand(Cycle.CONTRACT_YEAR, "2029-01-01", "2028-12-01")
    assert face(found) == ("2028-10-01", "2029-09-30", "2028-12-01", False)
    assert found.missed == (
        Window(date(2026, 10, 1), date(2027, 9, 30)),
        Window(date(2027, 10, 1), date(2028, 9, 30)),
    )
    assert stand(Cycle.ROLLING, "2027-12-11", "2026-12-10").missed == (
        Window(date(2026, 12, 10), date(2027, 12, 10)),
    )


@pytest.mark.parametrize(
    ("cycle", "day", "done", "arithmetic"),
    [
        (
            Cycle.ROLLING,
            "2027-01-01",
            ["2026-12-10"],
            "前回の令和8年12月10日の翌日から起算して12か月の応当日（令和9年12月11日）の前日の令和9年12月10日",
        ),
        (
            Cycle.ROLLING,
            "2027-01-01",
            [],
            "業務の初日の令和8年10月1日から起算して12か月の応当日（令和9年10月1日）の前日の令和9年9月30日",
        ),
        (
            Cycle.FISCAL_YEAR,
            "2027-01-01",
            [],
            "年度の初日の令和8年4月1日から起算して12か月の応当日（令和9年4月1日）の前日の令和9年3月31日",
        ),
        (Cycle.FISCAL_YEAR, "2029-09-01", ["2029-04-02"], "業務の最終日の令和11年9月30日"),
    ],
)
def test_a_periodic_deadline_says_how_it_was_counted(
    cycle: Cycle, day: str, done: list[str], arithmetic: str
) -> None:
    assert stand(cycle, day, *done).due.arithmetic == arithmetic


def test_a_period_that_the_annex_leaves_open_is_told_as_assumed() -> None:
    for cycle in Cycle:
        asks = Asks(cycle=cycle, period_months=3, assumed=("period_months",))
        found = periods(asks, START, LAST, [], START)
        assert found is not None
        assert "3か月に1回" in found.due.assumption
        assert not stand(cycle, "2026-10-01").due.assumed


def test_a_contract_from_the_end_of_a_long_month_has_windows_without_gaps() -> None:
    asks = Asks(cycle=Cycle.CONTRACT_YEAR, period_months=1)
    found = periods(asks, date(2026, 8, 31), date(2027, 8, 30), [], date(2027, 8, 31))
    assert found is not None
    assert found.missed[:3] == (
        Window(date(2026, 8, 31), date(2026, 9, 30)),
        Window(date(2026, 10, 1), date(2026, 10, 30)),
        Window(date(2026, 10, 31), date(2026, 11, 30)),
    )
    assert len(found.missed) == 12
    for one, following in zip(found.missed, found.missed[1:], strict=False):
        assert following.first == one.last + timedelta(days=1)


NEAR = st.dates(date(2024, 1, 1), date(2034, 12, 31))


@given(
    NEAR, st.integers(0, 2000), st.lists(NEAR, max_size=8), NEAR, st.integers(1, 40), st.sampled_from(Cycle)
)
def test_a_periodic_duty_is_satisfied_only_by_an_act_within_its_stretch(
    start: date, length: int, done: list[date], day: date, every: int, cycle: Cycle
) -> None:
    last = start + timedelta(days=length)
    found = periods(Asks(cycle=cycle, period_months=every), start, last, done, day)
    assert found is not None
    assert found.since <= found.due.day
    if found.done is not None:
        assert found.done in done
        assert found.since <= found.done <= day
    if found.lapsed:
        assert found.due.day < day
        assert Window(found.since, found.due.day) in found.missed
        acts = [one for one in done if found.since <= one <= found.due.day and one != found.done]
        assert acts == []
    if found.done is None and not found.lapsed:
        assert found.due.day >= day or found.due.day > last


WINDOWED = st.sampled_from([Cycle.CONTRACT_YEAR, Cycle.FISCAL_YEAR])


@given(NEAR, st.integers(0, 2000), st.lists(NEAR, min_size=1, max_size=8), NEAR, WINDOWED)
def test_one_more_act_never_makes_a_window_lapse(
    start: date, length: int, done: list[date], day: date, cycle: Cycle
) -> None:
    last = start + timedelta(days=length)
    asks = Asks(cycle=cycle, period_months=6)
    fewer, more = (periods(asks, start, last, acts, day) for acts in (done[1:], done))
    assert fewer is not None
    assert more is not None
    assert fewer.lapsed or not more.lapsed
    assert set(more.missed) <= set(fewer.missed)


ENDS = NEAR | st.dates() | st.sampled_from([date.min, date.max])


@given(ENDS, ENDS, st.lists(ENDS, max_size=3), ENDS, st.integers(600, 1200), st.sampled_from(Cycle))
def test_any_days_and_periods_give_a_phrase_that_ends_with_the_day(
    start: date, last: date, done: list[date], day: date, every: int, cycle: Cycle
) -> None:
    found = periods(Asks(cycle=cycle, period_months=every), start, last, done, day)
    assert found is not None
    assert found.due.arithmetic.endswith(wareki(found.due.day))
    assert found.since <= found.due.day
