"""The columns of a register are as wide as their texts ask."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from forms.binder.widths import fitting

DAY = "令和8年11月20日"


def shares(heads: list[str], rows: list[list[str]]) -> list[float]:
    columns = fitting(heads, rows)
    total = sum(one.width for one in columns)
    return [one.width / total for one in columns]


def test_a_long_text_gets_room_and_days_stay_whole() -> None:
    heads = ["日付", *(f"項目{at}" for at in range(10)), "内容"]
    rows = [[DAY, *["有"] * 10, "受託業務の記録を詳しく書いた長い文。" * 12]] * 20
    found = shares(heads, rows)
    assert found[-1] > 5 * found[1]
    # A landscape sheet takes 88 characters of the size of registers: the day has its 7.5 of them.
    assert found[0] * 88 >= 7.5


def test_sixteen_columns_of_long_texts_share_alike_and_each_holds_some_characters() -> None:
    found = shares([f"項目{at}" for at in range(16)], [["あ" * 60] * 16] * 5)
    assert max(found) - min(found) < 0.001
    assert min(found) * 88 - 1.4 >= 4


def test_a_register_without_rows_has_its_heads() -> None:
    assert [one.title for one in fitting(["甲", "乙丙"], [])] == ["甲", "乙丙"]


@given(
    st.integers(1, 16).flatmap(
        lambda count: st.lists(
            st.lists(st.text("あa1\n、", max_size=80), min_size=count, max_size=count), min_size=1, max_size=6
        )
    )
)
def test_no_column_is_ever_broken_letter_by_letter(rows: list[list[str]]) -> None:
    found = shares(["見出し"] * len(rows[0]), rows)
    assert min(found) * 88 - 1.4 >= 2.5
