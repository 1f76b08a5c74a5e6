"""遵守状況報告書 of a day ahead: what is only expected is never told as a fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.kinds import State
from app.duties.duty import Evidence
from app.duties.engine import duties
from app.records import Statement
from forms.form import Form
from forms.parts.standing import chapters
from tests.support.sample import LATER, Sample

REPORT = "status-report"
Forms = Mapping[str, Form[Any]]
TextOf = Callable[[Statement], str]


@pytest.mark.parametrize(("days", "ahead"), [(-1, False), (0, False), (1, True)])
def test_a_report_tells_what_is_expected_from_the_day_after_today_on(
    sample: Sample, forms: Forms, text_of: TextOf, days: int, ahead: bool
) -> None:
    today = LATER - timedelta(days=days)
    statement = forms[REPORT].gather(sample.case(day=LATER, today=today))
    text = text_of(statement)
    assert ("見込" in text) is ahead
    assert ("令和8年8月20日現在における各条項の遵守状況を、次のとおり報告します。" in text) is not ahead
    if ahead:
        assert "遵守状況報告書（見込み）" in text
        assert "令和8年8月20日現在において見込まれる各条項の遵守状況" in text
        assert "（令和8年8月20日現在の見込み）" in text
        assert "令和8年8月19日現在の記録による見込みであり" in text


def test_the_statement_of_today_is_as_it_was_without_knowing_today(sample: Sample, forms: Forms) -> None:
    known = forms[REPORT].gather(sample.case(day=LATER, today=LATER))
    assert known == forms[REPORT].gather(sample.case(day=LATER))


def test_a_ground_that_is_planned_says_so(sample: Sample) -> None:
    case = sample.case(day=LATER)
    annex = case.catalogue.find(case.contract.annexes[0].annex, case.contract.annexes[0].version)
    assert annex is not None
    held = duties(case.facts, case.catalogue, case.forms, LATER, case.contract.id)[0]
    plan = replace(held, evidence=(Evidence("device_use", 5, "5", date(2026, 7, 1)),), state=State.DUE)
    (row,) = [row for one in chapters(case.facts, case.contract, [annex], [plan]) for row in one.rows]
    assert "（予定）" in row[3]
