"""遵守状況報告書 calls a breach that lasts what the cross-checks call it, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.annexes.kinds import State
from app.duties.checks import findings
from app.duties.duty import Duty, Gap
from app.duties.engine import duties_of
from app.duties.finding import Finding, Severity
from app.duties.view import ContractView
from app.records import Attestation, Contract, LocationUse, Statement
from forms.breached import lane, standing_breaches
from forms.form import Form
from forms.parts.standing import chapters
from tests.support.sample import DAY, KAWAGUCHI, KIMITSU, LATER, Sample

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
    assert standing_breaches((asked, beside), [broken(asked)]) == {lane(asked): (broken(asked),)}


def test_what_is_merely_not_known_or_less_than_a_breach_is_none(two: tuple[Duty, Duty]) -> None:
    found = [broken(two[0], known=False), broken(two[0], severity=Severity.WARNING)]
    assert standing_breaches(two, found) == {}


def row(sample: Sample, duty: Duty, *found: Finding) -> tuple[str, str]:
    """What the report calls the state of a duty beside these findings, and its remarks."""
    contract = sample.facts.get(Contract, KIMITSU)
    annex = sample.catalogue.annex("kimitsu-hoji")
    made = chapters(sample.facts, contract, [annex], [duty], standing_breaches([duty], found))
    (only,) = [one for chapter in made for one in chapter.rows]
    return only[2], only[4]


def test_a_breach_that_the_duty_itself_lacks_is_told_once(sample: Sample, two: tuple[Duty, Duty]) -> None:
    gap = Gap("承諾の記録がありません。", "event", 7)
    asked = replace(two[0], state=State.DUE, missing=(gap,))
    assert row(sample, asked, broken(asked)) == ("違反", OPEN)


def test_a_delay_never_hides_a_breach_and_is_told_beside_it(sample: Sample, two: tuple[Duty, Duty]) -> None:
    told = Gap("保管庫の届出書が提出されていません。", "location_use", 2, DAY)
    other = Gap("印刷センターの届出書が提出されていません。", "location_use", 3)
    late = replace(two[0], state=State.OVERDUE, due=DAY, missing=(other, told))
    assert row(sample, late) == ("期限超過", f"・{told.text}\n・{other.text}\n期限　令和8年6月1日")
    lines = [f"・{text}" for text in (OPEN, told.text, other.text)]
    assert row(sample, late, broken(late)) == (
        "違反",
        "\n".join([*lines, "期限　令和8年6月1日（超過）"]),
    )
    still = replace(late, state=State.DUE)
    assert row(sample, still, broken(still))[1].endswith("期限　令和8年6月1日")


def test_many_breaches_leave_room_for_what_is_late(sample: Sample, two: tuple[Duty, Duty]) -> None:
    told = Gap("保管庫の届出書が提出されていません。", "location_use", 2, DAY)
    late = replace(two[0], state=State.OVERDUE, due=DAY, missing=(told,))
    found = [broken(late, id=at, text=f"A-{at:04}の持出に承諾の記録がありません。") for at in range(5)]
    held = row(sample, late, *found)[1].split("\n")
    assert [*held[:3], *held[4:]] == [f"・{one.text}" for one in found[:3]] + [
        "ほか2件",
        "期限　令和8年6月1日（超過）",
    ]
    assert held[3] == f"・{told.text}"


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        (
            "廃棄が承諾によるものかを確かめ、廃棄に承諾を記録してください。",
            "廃棄が承諾によるものかが確かめられていません。",
        ),
        ("廃棄が承諾によるものかを確かめてください。", "廃棄が承諾によるものかが確かめられていません。"),
        (
            "搬送・持出しの措置から当てはまるものを選んでください。",
            "作業場所「本社　第一作業室」は、記録からは、守られているかどうかが分かりません。",
        ),
    ],
)
@pytest.mark.parametrize("breach", [True, False])
def test_what_is_not_known_says_of_what(
    sample: Sample, two: tuple[Duty, Duty], sentence: str, printed: str, breach: bool
) -> None:
    gap = Gap(sentence, "location", 1)
    asked = replace(two[0], state=State.DUE, missing=() if breach else (gap,))
    found = [broken(asked, text=sentence, record="location", id=1)] if breach else []
    assert row(sample, asked, *found)[1] == printed


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


@pytest.mark.parametrize("day", [date(2026, 4, 20), DAY, LATER, date(2026, 11, 26), date(2027, 3, 31)])
@pytest.mark.parametrize("contract", [KIMITSU, KAWAGUCHI])
@pytest.mark.parametrize("moved", [False, True])
def test_no_known_breach_of_a_ledger_is_called_anything_kinder(
    sample: Sample, forms: Forms, contract: int, day: date, moved: bool
) -> None:
    """What the cross-checks call 違反 is 違反 on paper, in that clause and in their words."""
    if moved:
        sample.submitted(forms["location-notice"].gather(sample.case(day=date(2026, 3, 30))))
        sample.change(LocationUse, 1, ends_on=date(2026, 5, 31))
    held = sample.facts.get(Contract, contract)
    view = ContractView(sample.facts, sample.catalogue, forms, held, day)
    found = [one for one in findings(view) if one.severity is Severity.VIOLATION and one.known]
    statement = forms["status-report"].gather(sample.case(contract, day=day))
    articles = {duty.clause.number: duty.clause.article for duty in duties_of(view)}
    for number in {one.clause for one in found}:
        rows = [row for row in printed(statement, articles[number]) if row[0] == "違反"]
        told = [one.text for one in found if one.clause == number]
        assert rows, told
        assert any(text in remarks for text in told for _word, remarks in rows), told
    assert found or day < DAY
