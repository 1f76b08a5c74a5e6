"""The vendor's own report under the Act: the day on which it was known counts, a closed last day moves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.counting.closed_days import closed
from app.counting.statute import full_report, outline

KNOWN = date(2026, 11, 25)


def test_the_outline_is_expected_from_the_third_to_the_fifth_day() -> None:
    soon = outline(KNOWN)
    assert (soon.early, soon.late) == (date(2026, 11, 27), date(2026, 11, 29))
    assert "目安" in soon.arithmetic
    assert "令和8年11月25日を1日目" in soon.arithmetic


@pytest.mark.parametrize(
    ("wrongful", "known", "due"),
    [
        (False, date(2026, 11, 24), date(2026, 12, 23)),
        (False, KNOWN, date(2026, 12, 24)),
        (False, date(2026, 11, 26), date(2026, 12, 25)),
        (True, KNOWN, date(2027, 1, 25)),
    ],
)
def test_the_full_report_has_thirty_or_sixty_days_and_the_first_counts(
    wrongful: bool, known: date, due: date
) -> None:
    assert full_report(known, wrongful=wrongful).day == due


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2026, 12, 28), date(2026, 12, 28)),
        (date(2026, 12, 29), date(2027, 1, 4)),
        (date(2027, 1, 3), date(2027, 1, 4)),
        (date(2027, 1, 4), date(2027, 1, 4)),
        (date(2026, 11, 27), date(2026, 11, 27)),
        (date(2026, 11, 28), date(2026, 11, 30)),
    ],
)
def test_a_last_day_that_is_closed_moves_to_the_next_open_one(last: date, due: date) -> None:
    found = full_report(last - timedelta(days=29), wrongful=False)
    assert found.day == due
    assert not closed(found.day)


def test_how_it_was_counted_can_be_followed() -> None:
    assert (
        full_report(KNOWN, wrongful=False).arithmetic == "令和8年11月25日から起算して30日目の令和8年12月24日"
    )
