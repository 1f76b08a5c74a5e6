"""What the client or somebody else asks is answered in time: audits, improvements, reports, requests."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from app.annexes.kinds import State
from app.duties.duty import Action
from app.records.audit import Finding
from app.records.contract import ContractParameter
from tests.support.world import AFTER, BEFORE, DURING, END, START, World

LATER = DURING + timedelta(days=30)
NEXT = DURING + timedelta(days=1)


# 監査・調査


def test_an_audit_is_accepted_then_held_then_its_findings_answered(world: World) -> None:
    world.under("besshi-44")
    assert world.under_clause(DURING, "25", "audit").state is State.NOT_DUE
    audit = world.audit(announced_on=DURING)
    duty = world.under_clause(DURING, "25", "audit")
    assert duty.state is State.DUE
    assert "受け入れるか断るか" in duty.missing[0].text
    assert (duty.next.action, duty.next.id) == (Action.OPEN, audit.id)
    audit = world.change(audit, accepted=True, planned_on=LATER)
    duty = world.under_clause(NEXT, "25", "audit")
    assert (duty.state, duty.due) == (State.DUE, LATER)
    assert world.under_clause(LATER + timedelta(days=1), "25", "audit").state is State.OVERDUE
    rows = (Finding(finding="鍵", answer="作成", answered_on=END), Finding(finding="記録"))
    audit = world.change(audit, held_on=LATER, findings=rows)
    assert len(world.under_clause(LATER, "25", "audit").missing) == 2
    assert [gap.text for gap in world.under_clause(END, "25", "audit").missing] == [
        f"{audit.number}（実施令和8年7月1日）の指摘2に回答した日が記録されていません。"
    ]
    world.change(audit, findings=rows[:1])
    duty = world.under_clause(END, "25", "audit")
    assert duty.state is State.SATISFIED
    assert [(e.record, e.key, e.on) for e in duty.evidence] == [("audit", audit.number, LATER)]


def test_a_refusal_with_its_reason_answers_and_is_told(world: World) -> None:
    world.under("minato")
    audit = world.audit(announced_on=DURING, accepted=False, refused_why="繁忙期のため")
    duty = world.under_clause(NEXT, "第13条", "audit")
    assert duty.state is State.SATISFIED
    assert f"（{audit.number}）は、理由を示して断っています" in duty.why
    assert world.under_clause(START, "第13条", "audit").state is State.NOT_DUE


def test_an_own_audit_is_not_the_clients_and_does_not_count_for_its_year(world: World) -> None:
    world.under("kimitsu-hoji", "besshi-44", ends_on=date(2028, 3, 31))
    world.audit("自己監査", held_on=DURING)
    assert world.under_clause(LATER, "25", "audit").state is State.NOT_DUE
    assert world.under_clause(LATER, "第17条第2項", "audit").state is State.DUE


def test_every_contract_year_needs_its_audit(world: World) -> None:
    world.under("kimitsu-hoji", ends_on=date(2028, 3, 31))
    duty = world.under_clause(DURING, "第17条第2項", "audit")
    assert (duty.state, duty.due) == (State.DUE, END)
    assert duty.counted
    assert (duty.next.action, duty.next.target) == (Action.ADD, "audit")
    place = world.place()
    world.use(place)
    world.audit(held_on=DURING, location=place.id)
    assert world.under_clause(END, "第17条第2項", "audit").state is State.SATISFIED
    duty = world.under_clause(AFTER, "第17条第2項", "audit")
    assert (duty.state, duty.due) == (State.DUE, date(2028, 3, 31))


def test_after_an_accident_only_what_followed_it_is_its_inspection(world: World) -> None:
    world.under("hofu")
    world.audit(announced_on=START, accepted=True, held_on=START)
    assert world.under_clause(LATER, "第10", "audit").state is State.SATISFIED
    assert world.under_clause(LATER, "第11", "audit").state is State.NOT_DUE
    world.incident()
    assert world.under_clause(LATER, "第11", "audit").state is State.NOT_DUE
    world.audit(announced_on=NEXT, accepted=True)
    assert world.under_clause(LATER, "第11", "audit").state is State.DUE


# 改善


def test_a_request_becomes_an_improvement_with_all_it_needs(world: World) -> None:
    world.under("besshi-44")
    asked = world.instruction("改善の求め", written=True, due_on=LATER, what="施錠を徹底すること")
    duty = world.under_clause(NEXT, "30", "improvement")
    assert (duty.state, duty.due) == (State.DUE, LATER)
    given = dict(duty.next.given)
    assert (duty.next.action, duty.next.target) == (Action.ADD, "improvement")
    assert (given["instruction"], given["found_on"], given["finding"]) == (
        asked.id,
        DURING,
        "施錠を徹底すること",
    )
    made = world.improvement(instruction=asked.id)
    texts = "".join(gap.text for gap in world.under_clause(NEXT, "30", "improvement").missing)
    assert "措置、担当者、期日" in texts
    assert "協議した日" in texts
    assert "協議" not in "".join(gap.text for gap in world.under_clause(NEXT, "29", "improvement").missing)
    made = world.change(made, action="鍵", owner=world.person().id, due_on=LATER, discussed_on=NEXT)
    assert world.under_clause(NEXT, "30", "improvement").due == LATER
    assert world.under_clause(LATER + timedelta(days=1), "30", "improvement").state is State.OVERDUE
    made = world.change(made, done_on=LATER)
    assert "効果の確認" in world.under_clause(LATER, "30", "improvement").missing[0].text
    world.change(made, effect="確かめた", effect_on=END)
    assert world.under_clause(LATER, "30", "improvement").state is State.DUE
    assert world.under_clause(END, "30", "improvement").state is State.SATISFIED


def test_a_request_by_word_binds_as_well_where_the_client_owes_its_reasons_in_writing(world: World) -> None:
    world.under("besshi-44")
    asked = world.instruction("改善の求め", written=False)
    (gap,) = world.under_clause(NEXT, "29", "improvement").missing
    assert "改善が記録されていません" in gap.text
    done = partial(world.improvement, action="鍵", owner=world.person().id, due_on=NEXT, done_on=NEXT)
    done(instruction=asked.id, effect="確かめた")
    assert world.under_clause(NEXT, "29", "improvement").state is State.SATISFIED


def test_a_finding_without_answer_is_taken_up_as_an_improvement(world: World) -> None:
    world.under("hofu")
    audit = world.audit(held_on=DURING, findings=(Finding(finding="鍵の管理簿がない"),))
    duty = world.under_clause(NEXT, "第10", "improvement")
    assert duty.state is State.DUE
    assert dict(duty.next.given)["audit"] == audit.id
    world.improvement(contract=None, audit=audit.id, source="監査・調査")
    duty = world.under_clause(NEXT, "第10", "improvement")
    assert {gap.record for gap in duty.missing} == {"improvement"}


# 報告


def test_a_report_is_due_on_the_day_the_client_named(world: World) -> None:
    world.under("kimitsu-hoji")
    asked = world.instruction("報告の求め", due_on=LATER)
    duty = world.under_clause(DURING, "第15条", "status-report")
    assert (duty.state, duty.due, duty.counted) == (State.DUE, LATER, "")
    assert (duty.next.action, duty.next.target) == (Action.ISSUE, "status-report")
    assert [(gap.record, gap.id) for gap in duty.missing] == [("instruction", asked.id)]
    world.issue("status-report", on=LATER, submitted=LATER)
    assert world.under_clause(NEXT, "第15条", "status-report").state is State.DUE
    duty = world.under_clause(LATER, "第15条", "status-report")
    assert (duty.state, [e.record for e in duty.evidence]) == (State.SATISFIED, ["submission"])


def test_a_report_of_before_the_request_does_not_answer_it(world: World) -> None:
    world.under("kimitsu-hoji")
    world.issue("status-report", on=START, submitted=START)
    world.instruction("報告の求め")
    assert world.under_clause(LATER, "第15条", "status-report").state is State.DUE


def test_a_request_can_be_answered_without_a_form(world: World) -> None:
    world.under("kimitsu-hoji")
    asked = world.instruction("報告の求め", due_on=DURING, answered_on=NEXT)
    duty = world.under_clause(LATER, "第17条第1項", "status-report")
    assert (duty.state, [(e.record, e.id, e.on) for e in duty.evidence]) == (
        State.SATISFIED,
        [("instruction", asked.id, NEXT)],
    )
    assert "期限より後" in duty.why
    assert world.under_clause(DURING, "第17条第1項", "status-report").state is State.DUE


def test_a_time_set_by_the_contract_counts_where_the_client_names_no_day(world: World) -> None:
    own = ContractParameter(annex="kimitsu-hoji", clause="第15条", name="within_business_days", value="5")
    world.under("kimitsu-hoji", parameters=(own,))
    world.instruction("報告の求め")
    duty = world.under_clause(DURING, "第15条", "status-report")
    assert duty.due == date(2026, 6, 8)
    assert "5日目" in duty.counted
    assert "想定" not in duty.counted


def test_a_report_is_due_in_every_contract_year(world: World) -> None:
    world.under("minato", options=("特定個人情報",), ends_on=date(2028, 3, 31))
    duty = world.under_clause(DURING, "第20条", "status-report")
    assert (duty.state, duty.due) == (State.DUE, END)
    assert "想定" in duty.counted
    assert world.under_clause(AFTER, "第20条", "status-report").state is State.OVERDUE
    world.issue("status-report", on=DURING, submitted=DURING)
    assert world.under_clause(END, "第20条", "status-report").state is State.SATISFIED
    assert world.under_clause(AFTER, "第20条", "status-report").due == date(2028, 3, 31)


# 開示などの請求


def test_a_request_is_passed_on_within_three_open_days(world: World) -> None:
    world.under("besshi-44")
    request = world.request(date(2026, 6, 5))
    duty = world.under_clause(date(2026, 6, 5), "10", "data-subject-request")
    assert (duty.state, duty.due) == (State.DUE, date(2026, 6, 10))
    assert "開庁日" in duty.counted
    assert (duty.next.action, duty.next.target) == (Action.ISSUE, "request-notice")
    assert world.under_clause(date(2026, 6, 11), "10", "data-subject-request").state is State.OVERDUE
    world.change(request, passed_on=date(2026, 6, 11))
    duty = world.under_clause(date(2026, 6, 11), "10", "data-subject-request")
    assert duty.state is State.SATISFIED
    assert "期限より後" in duty.why
    assert [e.on for e in duty.evidence] == [date(2026, 6, 11)]


def test_the_other_party_is_heard_and_states_its_opinion(world: World) -> None:
    world.under("kimitsu-hoji")
    request = world.request()
    duty = world.under_clause(LATER, "第12条", "data-subject-request")
    assert "意見を述べる機会" in duty.missing[0].text
    request = world.change(request, opinion_invited_on=NEXT)
    assert "意見を述べた日" in world.under_clause(LATER, "第12条", "data-subject-request").missing[0].text
    world.change(request, opinion_given_on=LATER)
    assert world.under_clause(LATER, "第12条", "data-subject-request").state is State.SATISFIED
    assert world.under_clause(NEXT, "第12条", "data-subject-request").state is State.DUE


def test_telling_the_client_is_giving_it_the_chance(world: World) -> None:
    world.under("kimitsu-hoji")
    world.request(passed_on=NEXT)
    assert world.under_clause(LATER, "第12条", "data-subject-request").state is State.SATISFIED


# 提出の期限


def test_a_place_told_promptly_is_due_after_its_start(world: World) -> None:
    world.under("hofu")
    world.use(world.place())
    use = world.use(world.place("支社"))
    duty = world.under_clause(BEFORE, "第4第1項二", "work-location")
    assert (duty.state, duty.due) == (State.DUE, date(2026, 4, 6))
    assert duty.counted
    assert "速やかに" in duty.why
    world.issue("location-notice", on=date(2026, 4, 7), submitted=date(2026, 4, 7))
    duty = world.under_clause(DURING, "第4第1項二", "work-location")
    assert duty.state is State.SATISFIED
    late = date(2026, 4, 6), date(2026, 4, 7)
    assert [(one.record, one.since, one.until) for one in duty.remarks] == [("location_use", *late)] * 2
    world.change(use, ends_on=DURING)
    duty = world.under_clause(NEXT, "第4第1項二", "work-location")
    assert (duty.state, duty.due) == (State.DUE, date(2026, 6, 4))
    assert "変わった後" in duty.why


@pytest.mark.parametrize(("days", "eve"), [("1", "の前日の"), ("14", "との間に14日を置く")])
def test_a_list_told_beforehand_shows_how_its_day_was_counted(world: World, days: str, eve: str) -> None:
    own = ContractParameter(annex="kimitsu-hoji", clause="第9条第1項", name="days_before", value=days)
    world.under("kimitsu-hoji", parameters=(own,))
    world.worker()
    duty = world.under_clause(BEFORE - timedelta(days=10), "第9条第1項", "worker-list")
    assert duty.due == START - timedelta(days={"1": 1, "14": 15}[days])
    assert f"令和8年4月1日{eve}" in duty.counted
    assert "想定" not in duty.counted


def test_a_disposal_is_certified_in_time(world: World) -> None:
    world.under("kimitsu-hoji")
    world.disposal(world.received())
    duty = world.under_clause(DURING, "第7条第5項", "disposal-certificate")
    assert (duty.state, duty.due) == (State.DUE, date(2026, 6, 4))
    assert "想定" in duty.counted
    world.issue("disposal-certificate", on=LATER, submitted=LATER)
    duty = world.under_clause(LATER, "第7条第5項", "disposal-certificate")
    assert duty.state is State.SATISFIED
    (remark,) = duty.remarks
    assert "期限の後" in remark.text
    assert (remark.since, remark.until, remark.late) == (date(2026, 6, 4), LATER, True)
