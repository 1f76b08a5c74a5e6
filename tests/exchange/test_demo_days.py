"""Sample data: its relative days, and that it holds together on any day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.common import PeopleError
from app.exchange import demo
from app.exchange.coming_in import importing
from app.ledger.secret.keys import Cost
from app.records import SPECS
from app.start import Product

DAYS = [date(2026, 11, 21), date(2027, 3, 1), date(2028, 2, 29), date(2026, 12, 31), date(2027, 4, 1)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("@-1", "2026-03-30"),
        ("@+1", "2026-04-01"),
        ("@-0", "2026-03-31"),
        ("@-2m", "2026-01-01"),
        ("@-3m", "2025-12-01"),
        ("@+0m", "2026-03-01"),
        ("@-1e", "2026-02-28"),
        ("@+9e", "2026-12-31"),
        ("@+10e", "2027-01-31"),
        ("@-2m-5", "2025-12-27"),
        ("@-2m+4 10:15", "2026-01-05 10:15"),
        ("m@-1", "m@-1"),
    ],
)
def test_relative_days_are_reckoned(written: str, meant: str) -> None:
    assert demo.settle(written, date(2026, 3, 31)) == meant


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(-30, 30))
def test_a_month_begins_on_its_first_and_ends_the_day_before_the_next(day: date, months: int) -> None:
    first = date.fromisoformat(demo.settle(f"@{months:+}m", day))
    last = date.fromisoformat(demo.settle(f"@{months:+}e", day))
    assert first.day == 1
    assert (last + timedelta(days=1)).day == 1
    assert (first.year, first.month) == (last.year, last.month)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_sample_is_accepted_on_any_day(tmp_path: Path, day: date) -> None:
    cheap, clock = Cost(8192, 1, 1), demo.clock_of(day)
    made, _ = Product().create(tmp_path / "l.jutaku", "correct horse battery", "髙橋", cheap, clock)
    with made as ledger:
        for kind in SPECS:
            if SPECS[kind].by_hand:
                entries = demo.settle(demo.sample(kind), day)
                importing.apply(ledger, importing.plan(ledger.facts(), SPECS[kind], entries), None)
        names = {person.name for person in ledger.facts().all(SPECS["person"].cls)}
    assert any("𠮷" in name for name in names)
    assert any("髙" in name for name in names)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    with pytest.raises(PeopleError, match="作成できません"):
        demo.make_demo(Product(), blocked / "demo", DAYS[0])
