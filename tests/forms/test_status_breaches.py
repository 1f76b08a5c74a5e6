"""遵守状況報告書 calls a breach that lasts what the cross-checks call it, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from app.annexes.kinds import State
from app.duties.checks import findings
from app.duties.duty import Duty, Gap
from app.duties.engine import duties_of
from app.duties.finding import Finding, Severity
from app.duties.view import ContractView
from app.records import Attestation, Contract, Statement
from forms.breached import lane, standing_breaches
from forms.form import Form
from tests.support.sample import DAY, KIMITSU, LATER, Sample

Forms = Mapping[str, Form[Any]]
OPEN = "A-0002の持出に承諾の記録がありません。"


@pytest.fixture
def view(sample: Sample, forms: Forms) -> ContractView:
    """The contract of the sample on a later day."""
    held = sample.facts.get(Contract, KIMITSU)
    return ContractView(sample.facts, sample.catalogue, forms, held, LATER)


@pytest.fixture
def two(view: ContractView) -> tuple[Duty, Duty]:
    """What one clause asks in two ways, both satisfied so far."""
    duty = next(duty for duty in duties_of(view) if duty.state is State.SATISFIED and not duty.remarks)
    return replace(duty, kind="takeout-approval", missing=()), replace(duty, kind="transport", missing=())


def broken(duty: Duty, check: str = "take-out-unapproved", **other: Any) -> Finding:
    told = Finding(check, Severity.VIOLATION, OPEN, "event", 7, KIMITSU, duty.annex, duty.clause.number)
    return told._replace(**other)


@pytest.mark.parametrize("state", [state for state in State if state is not State.NOT_APPLICABLE])
def test_whatever_the_duty_says_a_breach_is_told(two: tuple[Duty, Duty], state: State) -> None:
    asked, beside = replace(two[0], state=state), two[1]
    assert standing_breaches((asked, beside), [broken(asked)]) == {lane(asked): (OPEN,)}


def test_what_is_merely_not_known_or_less_than_a_breach_is_none(two: tuple[Duty, Duty]) -> None:
    found = [broken(two[0], known=False), broken(two[0], severity=Severity.WARNING)]
    assert standing_breaches(two, found) == {}


def test_a_breach_that_the_duty_itself_lacks_is_told_once(two: tuple[Duty, Duty]) -> None:
    gap = Gap("承諾の記録がありません。", "event", 7)
    asked = replace(two[0], state=State.DUE, missing=(gap,))
    assert standing_breaches((asked,), [broken(asked)]) == {lane(asked): ()}


def test_what_is_past_its_day_says_so_itself_unless_there_is_more(two: tuple[Duty, Duty]) -> None:
    late = replace(two[0], state=State.OVERDUE, missing=(Gap("承諾の記録がありません。", "event", 7),))
    assert standing_breaches((late,), [broken(late)]) == {}
    assert standing_breaches((late,), [broken(late), broken(late, id=8)]) == {lane(late): (OPEN,)}


def test_a_clause_found_not_kept_leaves_what_records_show_to_be_kept(two: tuple[Duty, Duty]) -> None:
    said = broken(two[0], "attested-not-kept", record="attestation")
    kept, unclear = two[0], replace(two[1], state=State.CONFIRM)
    assert set(standing_breaches((kept, unclear), [said])) == {lane(unclear)}
    assert set(standing_breaches(two, [said])) == {lane(two[0]), lane(two[1])}


def test_what_does_not_apply_is_not_broken_unless_nothing_else_is_there(two: tuple[Duty, Duty]) -> None:
    said = broken(two[0], "attested-not-kept", record="attestation")
    none, kept = replace(two[0], state=State.NOT_APPLICABLE), two[1]
    assert set(standing_breaches((none, kept), [said])) == {lane(kept)}
    assert set(standing_breaches((none,), [said])) == {lane(none)}


def printed(statement: Statement, article: str) -> list[tuple[str, str]]:
    rows = [row for _title, part in statement.facts["chapters"] for row in part]
    return [(row[2], row[4]) for row in rows if row[0].split("\n")[0] == article]


def test_a_clause_that_the_officer_found_not_kept_is_called_broken(sample: Sample, forms: Forms) -> None:
    said = Attestation(
        contract=KIMITSU,
        annex="kimitsu-hoji",
        clause="第2条",
        confirmed_on=DAY,
        confirmed_by=2,
        kept=False,
        how="点検",
    )
    before = forms["status-report"].gather(sample.case(day=LATER))
    assert "違反" not in {word for word, _ in printed(before, "第2条")}
    sample.add(said)
    after = forms["status-report"].gather(sample.case(day=LATER))
    assert "違反" in {word for word, _ in printed(after, "第2条")}
    counted = {row[0]: row[1] for row in after.facts["counts"]}
    rows = [row for _title, part in after.facts["chapters"] for row in part]
    assert counted["違反"] == f"{sum(row[2] == '違反' for row in rows)}件" != "0件"
    sample.add(replace(said, confirmed_on=LATER, kept=True))
    mended = forms["status-report"].gather(sample.case(day=LATER))
    assert "違反" not in {word for word, _ in printed(mended, "第2条")}


def test_no_known_breach_of_a_ledger_is_called_anything_kinder(sample: Sample, forms: Forms) -> None:
    held = sample.facts.get(Contract, KIMITSU)
    view = ContractView(sample.facts, sample.catalogue, forms, held, LATER)
    found = [one for one in findings(view) if one.severity is Severity.VIOLATION and one.known]
    assert found
    statement = forms["status-report"].gather(sample.case(day=LATER))
    articles = {duty.clause.number: duty.clause.article for duty in duties_of(view)}
    for one in found:
        words = {word for word, _ in printed(statement, articles[one.clause])}
        assert words & {"違反", "期限超過"}, one
