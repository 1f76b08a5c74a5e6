"""Planned or done: neither is taken for granted, and a plan has no result."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.records import Disposal, Event
from app.records.disposal import DisposalLine


def disposal(status: str, *results: str) -> Disposal:
    lines = tuple(
        DisposalLine(
            asset=1, item="原票", medium="紙", quantity=1, unit="枚", result=result, followed="再実施"
        )
        for result in results
    )
    return Disposal(
        contract=1, status=status, done_on=date(2026, 4, 1), method="裁断", responsible=1, lines=lines
    )


@pytest.mark.parametrize("cls", [Disposal, Event])
def test_nothing_is_planned_or_done_unless_said(cls: Any) -> None:
    status = cls.spec.field("status")
    assert status.required
    assert status.kind.choices == ("予定", "実績")


def test_a_result_is_never_a_default() -> None:
    assert DisposalLine(item="原票", medium="紙", quantity=1, unit="枚").result == ""
    assert Disposal.spec.check(disposal("実績", "完了", "")) == {
        "lines.2.result": ["実施した廃棄・消去の明細には結果を選んでください。"]
    }


def test_a_plan_has_no_result() -> None:
    assert Disposal.spec.check(disposal("予定", "", "")) == {}
    assert Disposal.spec.check(disposal("予定", "", "完了")) == {
        "lines.2.result": ["予定の廃棄・消去に結果は入力できません。実施してから実績として入力してください。"]
    }


@pytest.mark.parametrize(
    ("status", "results", "complete"),
    [
        ("実績", ("完了", "完了"), True),
        ("実績", ("完了", "不良"), False),
        ("予定", ("", ""), False),
        ("予定", ("完了", "完了"), False),
    ],
)
def test_only_what_was_done_whole_is_complete(status: str, results: tuple[str, ...], complete: bool) -> None:
    assert disposal(status, *results).complete is complete
