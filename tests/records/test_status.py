"""Planned or done: neither is taken for granted, and a plan has no result."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from app.records import SPECS, DeviceUse, Disposal, Event, Facts, Record
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
    ("status", "result", "ended"),
    [("実績", "完了", True), ("実績", "不良", False), ("予定", "", False), ("予定", "完了", False)],
)
def test_only_what_was_done_whole_has_ended(status: str, result: str, ended: bool) -> None:
    held = disposal(status, result)
    assert held.ended(held.lines[0]) is ended


def _plans(status: str) -> list[tuple[Record, str]]:
    """Every record type that may be a plan, with what people call one that is done."""
    at = datetime(2026, 4, 2, 9, 0)  # noqa: DTZ001  # local time, as the ledger keeps it
    event = Event(id=1, asset=1, kind="返還", status=status, happened_at=at, quantity=1)
    use = DeviceUse(id=1, device=1, contract=1, status=status, starts_on=date(2026, 4, 1))
    return [(disposal(status), "令和8年4月1日　裁断"), (event, "　返還"), (use, "　")]


def test_a_plan_says_in_its_title_that_it_is_one() -> None:
    for record, title in _plans("実績"):
        assert Facts([record]).title(record) == title
    for record, title in _plans("予定"):
        assert Facts([record]).title(record) == f"{title}（予定）"


def test_no_type_that_may_be_a_plan_is_left_out() -> None:
    held = {type(record).spec.name for record, _title in _plans("予定")}
    may = {
        name for name, spec in SPECS.items() for f in spec.fields if "予定" in getattr(f.kind, "choices", ())
    }
    assert held == may
