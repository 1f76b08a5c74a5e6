"""Until when something taken out is to be back: only where it is out, never before it went."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.records import Event
from app.records.days import DayOnly
from tests.support.around import around

DAY = date(2026, 6, 10)
OUT = Event(
    asset=1,
    kind="持出",
    status="実績",
    happened_at=DayOnly(DAY),
    quantity=1,
    destination="市役所",
)


@pytest.mark.parametrize(("day", "refused"), around(DAY, True, False, False))
def test_an_asset_is_not_to_be_back_before_it_went(day: date, refused: bool) -> None:
    told = dict(replace(OUT, return_by=day).problems())
    assert ("return_by" in told) is refused


def test_only_what_is_taken_out_is_to_be_back() -> None:
    back = replace(OUT, kind="持帰", destination="", return_by=DAY)
    assert "return_by" in dict(back.problems())
