"""計: what stands above is added up exactly."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from forms.layout.sums import with_sum


def test_every_column_is_added_up_with_its_unit() -> None:
    rows = [["紙", 1204, Decimal("12.5")], ["媒体", 3, Decimal("0.25")]]
    assert with_sum(rows, unit="点") == [
        ["紙", "1,204点", "12.5点"],
        ["媒体", "3点", "0.25点"],
        ["計", "1,207点", "12.75点"],
    ]


def test_nothing_adds_up_to_no_row() -> None:
    assert with_sum([]) == []


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20))
def test_the_sum_is_the_sum(numbers: list[int]) -> None:
    *_rows, last = with_sum([["行", number] for number in numbers])
    assert last == ["計", f"{sum(numbers):,}"]
