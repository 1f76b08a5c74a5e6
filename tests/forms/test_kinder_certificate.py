"""A certificate says that all is gone: never of a plan, of tomorrow, or of what can be read still."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.duties.case import Case
from app.records import Asset, Device, Disposal, Event, Location, Statement
from app.records.days import DayOnly
from forms.form import Form
from tests.support.sample import DAY, Sample

CERTIFICATE, TRANSFER = "disposal-certificate", "transfer-record"
Missing = Callable[[str, Case], set[tuple[str, int, str]]]


def planned(sample: Sample, done: date) -> None:
    held = sample.facts.get(Disposal, 2)
    lines = tuple(replace(line, result="") for line in held.lines)
    sample.change(Disposal, 2, status="予定", done_on=done, lines=lines)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_plan_is_not_certified(sample: Sample, missing_of: Missing, days: int) -> None:
    planned(sample, DAY + timedelta(days=days))
    only = ("disposal:2",)
    wanted = {("disposal", 2, "status")}
    assert missing_of(CERTIFICATE, replace(sample.case(), only=only)) == wanted


def test_a_plan_is_left_out_of_what_is_open(sample: Sample, forms: Mapping[str, Form[Any]]) -> None:
    planned(sample, DAY)
    assert forms[CERTIFICATE].gather(sample.case()).subjects == ("disposal:1",)


@pytest.mark.parametrize(("days", "certified"), [(-1, True), (0, True), (1, False)])
def test_what_was_done_after_the_printed_day_is_named(
    sample: Sample, forms: Mapping[str, Form[Any]], missing_of: Missing, days: int, certified: bool
) -> None:
    sample.change(Disposal, 1, done_on=DAY + timedelta(days=days))
    case = replace(sample.case(), only=("disposal:1",))
    if certified:
        assert forms[CERTIFICATE].gather(case).subjects == ("disposal:1",)
    else:
        assert missing_of(CERTIFICATE, case) == {("disposal", 1, "done_on")}


def test_a_method_that_does_not_fit_is_never_printed_without_its_reason(
    sample: Sample,
    forms: Mapping[str, Form[Any]],
    missing_of: Missing,
    text_of: Callable[[Statement], str],
) -> None:
    told = {"verification": "目視", "outcome": "合格", "verification_result": "不能"}
    sample.change(Disposal, 1, method="磁気消去", **told)
    assert missing_of(CERTIFICATE, sample.case()) == {("disposal", 1, "method_reason")}
    sample.change(Disposal, 1, method_reason="磁気印刷のため")
    statement = forms[CERTIFICATE].gather(sample.case())
    assert any("磁気消去\n（理由・追加の措置は別紙）" in row for row in statement.facts["rows"])
    assert "（理由・追加の措置磁気印刷のため）" in text_of(statement)


def test_other_without_its_text_is_not_certified(sample: Sample, missing_of: Missing) -> None:
    sample.change(Disposal, 1, method="その他", outcome="合格")
    assert missing_of(CERTIFICATE, sample.case()) == {("disposal", 1, "method")}


def test_the_record_of_transfers_says_who_still_has_something(
    sample: Sample, forms: Mapping[str, Form[Any]]
) -> None:
    held = sample.facts.get(Event, 1)
    given = replace(held, kind="引渡", from_party="当社", to_party="架空運輸株式会社", quantity=1)
    sample.add(replace(given, happened_at=DayOnly(held.happened_at.date() + timedelta(days=1))))
    rows = forms[TRANSFER].gather(sample.case()).facts["balance"]
    told = [row[1] for row in rows if "架空運輸株式会社に渡した1" in row[1]]
    assert len(told) == 1


@pytest.mark.parametrize(
    ("form", "cls", "number", "field"),
    [
        ("device-register", Device, 1, "kind"),
        (TRANSFER, Asset, 1, "medium"),
        ("location-notice", Location, 1, "kind"),
    ],
)
def test_no_paper_prints_other_and_nothing_more(
    sample: Sample, missing_of: Missing, form: str, cls: type[Any], number: int, field: str
) -> None:
    sample.change(cls, number, **{field: "その他"})
    assert missing_of(form, sample.case()) == {(cls.spec.name, number, field)}
