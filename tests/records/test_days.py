"""Days as the officer writes them."""

from datetime import date, datetime, timedelta

import pytest

from app.eras import EARLIEST, ERAS
from app.records.days import fiscal_year, fiscal_year_of_era, short_wareki, wareki, wareki_moment
from app.records.typed_days import parse_day, parse_moment

LAST_WAREKI = date(2099, 12, 31)


def test_every_day_since_1873_reads_back_from_its_era() -> None:
    day = EARLIEST
    while day <= LAST_WAREKI:
        assert parse_day(wareki(day)) == day
        day += timedelta(days=1)


def test_a_short_day_names_the_same_day() -> None:
    day = EARLIEST
    while day <= LAST_WAREKI:
        assert parse_day(short_wareki(day)) == day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 4, 1), "令和8年4月1日", "R8.4.1"),
        (date(2019, 5, 1), "令和元年5月1日", "R1.5.1"),
        (date(2019, 4, 30), "平成31年4月30日", "H31.4.30"),
        (date(1989, 1, 8), "平成元年1月8日", "H1.1.8"),
        (date(1989, 1, 7), "昭和64年1月7日", "S64.1.7"),
    ],
)
def test_a_day_is_written_in_its_own_era(day: date, long: str, short: str) -> None:
    assert (wareki(day), short_wareki(day)) == (long, short)
    with pytest.raises(ValueError, match="1872"):
        short_wareki(date(1872, 12, 31))


def test_a_moment_has_two_digits_of_minutes() -> None:
    moment = datetime.fromisoformat("2026-04-01 09:05")
    assert wareki_moment(moment) == "令和8年4月1日 9時05分"
    assert parse_moment(wareki_moment(moment)) == moment


@pytest.mark.parametrize(
    ("day", "year", "text"),
    [
        (date(2026, 3, 31), 2025, "令和7"),
        (date(2026, 4, 1), 2026, "令和8"),
        (date(2019, 4, 1), 2019, "令和元"),
        (date(2020, 3, 31), 2019, "令和元"),
        (date(2019, 3, 31), 2018, "平成30"),
        (date(1989, 3, 31), 1988, "昭和63"),
        (date(1989, 4, 1), 1989, "平成元"),
    ],
)
def test_a_fiscal_year_goes_by_the_era_of_its_december(day: date, year: int, text: str) -> None:
    assert fiscal_year(day) == year
    assert fiscal_year_of_era(year) == text


def test_eras_change_on_their_first_day() -> None:
    for name, _, first in ERAS[:-1]:
        assert wareki(first).startswith(f"{name}元年")
        assert not wareki(first - timedelta(days=1)).startswith(name)


def test_no_era_before_the_gregorian_calendar() -> None:
    with pytest.raises(ValueError, match="1872"):
        wareki(date(1872, 12, 31))


def test_full_width_digits_for_formal_letters() -> None:
    assert wareki(date(2026, 11, 21), full_width=True) == "令和８年１１月２１日"
