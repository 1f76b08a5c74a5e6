"""What the verification of a whole disposal came to has to be found again in its lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.records.disposal import Disposal, DisposalLine, Outcome

FAILING = [Outcome.FAILED, Outcome.UNVERIFIED]
RESULT = "判読できる断片なし"


def line(outcome: str = "") -> DisposalLine:
    return DisposalLine(
        asset=1, item="台帳", medium="紙", quantity=1, unit="枚", result="完了", outcome=outcome
    )


def disposal(outcome: str, *lines: str, method: str = "物理的破壊", **values: Any) -> Disposal:
    return Disposal(
        contract=1,
        status="実績",
        done_on=date(2026, 6, 1),
        method=method,
        lines=tuple(map(line, lines)),
        responsible=1,
        outcome=outcome,
        **values,
    )


def sentences(one: Disposal) -> list[str]:
    return [sentence for path, sentence in one.problems() if path == "outcome"]


@pytest.mark.parametrize("whole", FAILING)
@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("合格",), True),
        (("合格", "合格"), True),
        (("合格", ""), False),
        (("",), False),
    ],
)
def test_a_whole_that_failed_is_some_line_s(whole: str, lines: tuple[str, ...], told: bool) -> None:
    one = disposal(whole, *lines)
    (sentence,) = sentences(one) or [""]
    assert ("同じ判定の明細がありません" in sentence) is told
    assert any(one.judged(each) == whole for each in one.lines), "an older record is read as the worse"
    assert not all(map(one.ended, one.lines))


@pytest.mark.parametrize("whole", FAILING)
def test_one_line_may_bear_what_the_whole_came_to(whole: str) -> None:
    one = disposal(whole, "合格", whole)
    assert sentences(one) == []
    assert [one.judged(each) for each in one.lines] == ["合格", whole]


@pytest.mark.parametrize("method", ["物理的破壊", "磁気消去"])
@pytest.mark.parametrize(
    ("outcome", "lines", "result", "told"),
    [
        ("", ("",), RESULT, True),
        ("", ("合格", ""), RESULT, True),
        ("", ("合格", "合格"), RESULT, False),
        ("合格", ("",), RESULT, False),
    ],
)
def test_a_result_is_written_with_its_judgement(
    method: str, outcome: str, lines: tuple[str, ...], result: str, told: bool
) -> None:
    one = disposal(outcome, *lines, method=method, verification_result=result)
    assert len(sentences(one)) == told
    if method == "物理的破壊":
        assert sentences(replace(one, verification_result="")) == []


def test_a_plan_is_asked_for_no_judgement() -> None:
    one = replace(disposal("", "", verification_result=RESULT), status="予定")
    assert sentences(one) == []
