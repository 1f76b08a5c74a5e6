"""Quantities with decimals: read, kept, summed and printed exactly."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records import Disposal
from app.records.amounts import (
    MOST,
    PLACES,
    Amount,
    amount_stored,
    amount_text,
    broken_piece,
    counted,
    exact,
    parse_amount,
    stored_amount,
)
from app.records.disposal import DisposalLine
from app.records.kinds import Quantity
from tests.support.values import PLAIN

KIND = Quantity(label="数量")
AMOUNTS: st.SearchStrategy[Amount] = PLAIN[Quantity](KIND)
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def no_id(_kind: str, _key: str) -> int:
    raise AssertionError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("12.5", Decimal("12.5")),
        ("12．5", Decimal("12.5")),
        ("１２．５", Decimal("12.5")),
        ("１２。５", Decimal("12.5")),
        ("12.50", Decimal("12.5")),
        ("12.500", Decimal("12.5")),
        ("12.0", 12),
        ("1,204", 1204),
        ("1,204.25", Decimal("1204.25")),
        ("１，２０４", 1204),
        (" 0.001 ", Decimal("0.001")),
        ("0", 0),
        ("999,999,999", MOST),
    ],
)
def test_a_quantity_is_read_exactly(text: str, value: Amount) -> None:
    found = KIND.from_text(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0.0001",
        "12,5",
        "1,2345",
        "1.2.3",
        "1e3",
        "12.5kg",
        "半分",
        "½",
        ".5",
        "5.",
        "NaN",
        "1" * 61,
        "10³⁰",
        "①",
    ],
)
def test_what_is_no_quantity_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"12、1,204、12.5 のように、小数は3桁まで"):
        KIND.from_text(text)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-1, "数量は0より大きい数で入力してください。"),
        (0, "数量は0より大きい数で入力してください。"),
        (Decimal("0.001"), ""),
        (MOST, ""),
        (MOST + Decimal("0.001"), "数量は999,999,999以下で入力してください。"),
    ],
)
def test_a_quantity_has_limits(value: Amount, said: str) -> None:
    assert "".join(KIND.problems(value)) == said


@pytest.mark.parametrize("text", ["1,000,000,000", "1234567890123", "1" + "0" * 30])
def test_what_is_too_large_is_read_and_told_as_that(text: str) -> None:
    assert list(KIND.problems(KIND.from_text(text))) == ["数量は999,999,999以下で入力してください。"]


@pytest.mark.parametrize(
    ("value", "found"), [(12, 12), ("12.5", Decimal("12.5")), (12.5, Decimal("12.5")), (3.0, 3)]
)
def test_files_hold_it_as_a_number_or_as_its_digits(value: Any, found: Amount) -> None:
    assert KIND.from_json(value, no_id) == found


@pytest.mark.parametrize("value", [True, None, [], float("nan"), float("inf"), 1e-7, 0.1 + 0.2])
def test_what_is_no_exact_number_in_a_file_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="数量"):
        KIND.from_json(value, no_id)


@given(AMOUNTS)
def test_every_quantity_survives_text_storage_and_files(value: Amount) -> None:
    for text in (amount_text(value), amount_text(value).translate(WIDE), str(amount_stored(value))):
        assert parse_amount(text) == value
    assert KIND.from_stored(KIND.to_stored(value)) == value
    assert KIND.from_json(KIND.to_json(value, lambda _kind, _id: ""), no_id) == value
    assert not isinstance(KIND.to_stored(value), float)
    assert not (amount_text(value).endswith("0") and "." in amount_text(value))
    assert isinstance(KIND.to_stored(value), int) is (value == int(value))


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=50))
def test_sums_are_exact(thousandths: list[int]) -> None:
    total = sum(exact(Decimal(one).scaleb(-PLACES)) for one in thousandths)
    assert total * 1000 == sum(thousandths)
    assert amount_text(total) == amount_text(exact(Decimal(sum(thousandths)) / 1000))


def test_a_sum_that_is_whole_is_printed_so() -> None:
    assert amount_text(Decimal("0.5") + Decimal("0.5")) == "1"
    assert amount_text(Decimal("1204.250")) == "1,204.25"
    assert amount_text(Decimal(1000)) == "1,000"
    assert amount_stored(Decimal("1.0")) == 1


@pytest.mark.parametrize(
    ("unit", "whole"),
    [
        ("枚", True),
        (" 件", True),
        ("ﾌｧｲﾙ", True),
        ("台", True),
        ("kg", False),
        ("ｋｇ", False),
        ("箱", False),
        ("", False),
    ],
)
def test_pieces_are_whole(unit: str, whole: bool) -> None:
    assert counted(unit) is whole
    assert bool(broken_piece(Decimal("12.5"), unit)) is whole
    assert broken_piece(12, unit) == broken_piece(None, unit) == ""


def test_the_sentence_names_unit_and_quantity() -> None:
    said = "数量「12.5」は小数です。単位「枚」のものは、整数で入力してください。"
    line = DisposalLine(
        asset=1, item="申請書", medium="紙", quantity=Decimal("12.5"), unit="枚", result="完了"
    )
    disposal = Disposal(
        contract=1, status="実績", done_on=date(2026, 6, 1), method="溶解", lines=(line,), responsible=1
    )
    assert disposal.spec.check(disposal) == {"lines.1.quantity": [said]}


@given(st.text(max_size=20))
def test_any_text_is_a_quantity_or_a_value_error(text: str) -> None:
    try:
        value = KIND.from_text(text)
    except ValueError:
        return
    assert -(10**13) < value < 10**13


@pytest.mark.parametrize("stored", ["x", "12.5x", "1 2"])
def test_stored_digits_that_are_none_are_a_wrong_value(stored: str) -> None:
    with pytest.raises(ValueError, match=re.escape(stored)):
        stored_amount(stored)
