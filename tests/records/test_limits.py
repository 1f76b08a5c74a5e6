"""The limit itself, one below and one above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.records import DeviceUse, Facts
from app.records.kinds import Number, Ref, Text
from app.records.order import not_before
from tests.support.around import about

DAY = date(2026, 4, 1)


@pytest.mark.parametrize(("days", "wrong"), [(-1, True), (0, False), (1, False)])
def test_what_ends_may_end_on_the_day_it_began(days: int, wrong: bool) -> None:
    use = DeviceUse(device=1, contract=1, starts_on=DAY, ends_on=DAY + timedelta(days=days))
    found = list(not_before(use, "ends_on", "starts_on"))
    assert found == ([("ends_on", "使用終了日は使用開始日以後の日にしてください。")] if wrong else [])


@pytest.mark.parametrize("given", [("ends_on", None), ("starts_on", DAY)])
def test_a_blank_day_is_in_no_order(given: tuple[str, date | None]) -> None:
    use = DeviceUse(device=1, contract=1, starts_on=DAY)
    assert list(not_before(use, "ends_on", "starts_on")) == []


@pytest.mark.parametrize(("length", "wrong"), [(199, False), (200, False), (201, True)])
def test_a_text_may_be_as_long_as_its_limit(length: int, wrong: bool) -> None:
    found: Iterator[str] = Text(label="品名", longest=200).problems("長" * length)
    assert list(found) == (["品名は200文字以内で入力してください。"] if wrong else [])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, ["部数は1部以上で入力してください。"]),
        (1, []),
        (9, []),
        (10, ["部数は9部以下で入力してください。"]),
    ],
)
def test_a_number_may_be_its_least_and_its_most(value: int, said: list[str]) -> None:
    assert list(Number(label="部数", least=1, most=9, unit="部").problems(value)) == said


@pytest.mark.parametrize(("number", "said"), about(1, ["契約を一覧から選んでください。"], [], []))
def test_a_reference_names_a_record_that_was_saved(number: int, said: list[str]) -> None:
    assert list(Ref(label="契約", to="contract").problems(number)) == said


@pytest.mark.parametrize("joins", [1, 2, 3])
def test_what_joins_a_contract_later_stands_among_the_others_by_its_number(joins: int) -> None:
    uses = [DeviceUse(id=number, device=1, contract=1, starts_on=DAY) for number in (1, 2, 3)]
    elsewhere = replace(uses[joins - 1], contract=2)
    before = Facts(elsewhere if use.id == joins else use for use in uses)
    assert len(before.of(DeviceUse, "contract", 1)) == 2
    after = before.replaced([uses[joins - 1]])
    assert after.of(DeviceUse, "contract", 1) == tuple(uses)
