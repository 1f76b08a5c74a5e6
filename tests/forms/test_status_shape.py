"""遵守状況報告書 on paper: a row for each clause, its own words, the period, the request that it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.printing.blocks import Grid, Table
from app.records import Attestation, Instruction, Statement
from app.records.clause_text import ClauseText
from forms import all_forms
from forms.form import Form
from forms.parts.standing import AFTER
from tests.support.sample import DAY, KAWAGUCHI, KIMITSU, LATER, Sample

Forms = Mapping[str, Form[Any]]
REPORT = "status-report"


def made(sample: Sample, forms: Forms, **more: Any) -> Statement:
    return forms[REPORT].gather(sample.case(**more))


def about(statement: Statement) -> dict[str, str]:
    return dict(statement.facts["about"])


def period(statement: Statement) -> str:
    """The period as it stands on the letter."""
    letter, _annex = all_forms()[REPORT].draw(statement)
    rows = [row for block in letter.blocks if isinstance(block, Grid) for row in block.rows]
    return next(row[1] for row in rows if row[0] == "報告対象期間")


def test_each_clause_is_one_row_with_a_lane_for_each_thing_it_asks(sample: Sample, forms: Forms) -> None:
    statement = made(sample, forms, contract=KAWAGUCHI)
    _, annex = forms[REPORT].draw(statement)
    rows = [row for block in annex.blocks if isinstance(block, Table) for row in block.rows if len(row) == 6]
    told = [row for _title, part in statement.facts["chapters"] for row in part]
    assert len(rows) == sum(
        len({row[0].split("\n")[0] for row in part}) for _, part in statement.facts["chapters"]
    )
    assert [lane for row in rows for lane in row[2]] == [row[2] for row in told], "no state is left out"
    assert [lane for row in rows for lane in row[4]] == [row[4] for row in told], "nor what is said of it"
    assert max(len(row[1]) for row in rows) > 1
    assert {row[5] for row in rows} == {""}, "room for the finding of the client"


def test_the_words_are_those_of_the_annex(
    sample: Sample, forms: Forms, text_of: Callable[[Statement], str]
) -> None:
    sample.add(ClauseText(contract=KIMITSU, annex="kimitsu-hoji", clause="第4条", text="写した条文の言葉"))
    sample.add(ClauseText(contract=KAWAGUCHI, annex="kawaguchi", clause="第5条", text="よその契約の条文"))
    statement = made(sample, forms)
    text = text_of(statement)
    assert "第4条（" in text
    assert "写した条文の言葉" in text
    assert "よその契約の条文" not in text
    summaries = {clause.summary for clause in sample.catalogue.annex("kimitsu-hoji").clauses}
    assert not any("".join(summary.split()) in text for summary in summaries)


@pytest.mark.parametrize(
    ("submitted", "told"),
    [
        (None, "令和8年4月1日から令和8年8月20日まで"),
        (date(2026, 6, 1), "令和8年6月2日から令和8年8月20日まで"),
        (date(2026, 8, 19), "令和8年8月20日から令和8年8月20日まで"),
        (date(2026, 8, 20), "令和8年4月1日から令和8年8月20日まで"),
    ],
)
def test_the_period_runs_from_the_contract_or_the_last_report(
    sample: Sample, forms: Forms, submitted: date | None, told: str
) -> None:
    if submitted:
        sample.submitted(made(sample, forms, day=submitted))
    assert period(made(sample, forms, day=LATER)) == told


def test_a_report_that_does_not_stand_ends_no_period(sample: Sample, forms: Forms) -> None:
    sample.submitted(made(sample, forms), sent_back_on=DAY, sent_back_why="誤り")
    assert period(made(sample, forms, day=LATER)).startswith("令和8年4月1日から")


def test_a_period_that_is_asked_for_is_the_one_told_and_kept(sample: Sample, forms: Forms) -> None:
    asked = (date(2026, 6, 1), date(2026, 7, 31))
    statement = made(sample, forms, day=LATER, within=asked)
    assert period(statement) == "令和8年6月1日から令和8年7月31日まで"
    assert Statement.from_canonical(statement.canonical()).within == asked


def test_a_report_that_covered_less_leaves_the_rest_to_the_next(sample: Sample, forms: Forms) -> None:
    sample.submitted(made(sample, forms, day=date(2026, 8, 1), within=(date(2026, 4, 1), date(2026, 6, 30))))
    assert period(made(sample, forms, day=LATER)) == "令和8年7月1日から令和8年8月20日まで"


def test_the_period_that_the_client_names_is_the_one_reported_on(
    sample: Sample, forms: Forms, text_of: Callable[[Statement], str]
) -> None:
    sample.submitted(made(sample, forms, day=date(2026, 8, 1)))
    sample.add(replace(ASKED, period_from=date(2026, 5, 1), period_to=date(2026, 7, 31)))
    statement = made(sample, forms, day=LATER)
    assert period(statement) == "令和8年5月1日から令和8年8月20日まで"
    assert "（求められた期間令和8年5月1日から令和8年7月31日まで）" in text_of(statement)


@pytest.mark.parametrize(("shift", "apart"), [(-1, True), (0, False)])
def test_a_state_after_the_period_says_its_day_and_marks_what_came_since(
    sample: Sample, forms: Forms, text_of: Callable[[Statement], str], shift: int, apart: bool
) -> None:
    last = LATER + timedelta(days=shift)
    for day in (last, LATER):
        sample.add(
            Attestation(
                contract=KIMITSU,
                annex="kimitsu-hoji",
                clause="第4条",
                confirmed_on=day,
                confirmed_by=2,
                kept=True,
            )
        )
    statement = made(sample, forms, day=LATER, within=(date(2026, 6, 1), last))
    text = text_of(statement)
    assert ("状況の基準日令和8年8月20日現在" in text) is apart
    grounds = [row[3] for _title, part in statement.facts["chapters"] for row in part]
    marked = [line for text in grounds for line in text.split("\n") if AFTER in line]
    assert all("令和8年8月20日" in line for line in marked)
    assert bool(marked) is apart
    assert not any(AFTER in line for text in grounds for line in text.split("\n") if "8月19日" in line)


ASKED = Instruction(
    contract=KIMITSU, kind="報告の求め", received_on=DAY, what="取扱状況", reference="保年第12号", about=()
)


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (ASKED, True),
        (replace(ASKED, about=("遵守・管理の状況",)), True),
        (replace(ASKED, about=("作業場所",)), False),
        (replace(ASKED, kind="指示"), False),
        (replace(ASKED, received_on=date(2026, 8, 21)), False),
        (replace(ASKED, answered_on=date(2026, 8, 19)), False),
        (replace(ASKED, answered_on=LATER), True),
        (replace(ASKED, contract=KAWAGUCHI), False),
    ],
)
def test_the_request_that_it_answers_is_named(
    sample: Sample, forms: Forms, request_: Instruction, told: bool
) -> None:
    sample.add(request_)
    found = about(made(sample, forms, day=LATER)).get("発注者の求め")
    assert found == ("令和8年6月1日の求め（文書番号　保年第12号）" if told else None)


def test_who_looked_into_the_clauses_is_named_or_that_nobody_did(sample: Sample, forms: Forms) -> None:
    assert about(made(sample, forms))["条項の遵守を確認した者"] == "確認の記録なし"
    for person, day in ((2, DAY), (2, LATER), (3, date(2026, 8, 21))):
        sample.add(
            Attestation(
                contract=KIMITSU,
                annex="kimitsu-hoji",
                clause="第4条",
                confirmed_on=day,
                confirmed_by=person,
                kept=True,
            )
        )
    found = about(made(sample, forms, day=LATER))
    assert found["条項の遵守を確認した者"] == "髙橋　花子"
    assert found["作成者"] == "管理部　情報管理課　髙橋　花子"
    letter, _ = forms[REPORT].draw(made(sample, forms, day=LATER))
    assert any(
        isinstance(block, Grid) and ("作成者", found["作成者"]) in block.rows for block in letter.blocks
    )
