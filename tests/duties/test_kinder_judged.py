"""Incidents, audits, requests, reports and what only a person can say: never kinder than the facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from app.annexes.choices import AppliesTo, Auditor, Cycle, Urgency
from app.annexes.kinds import State
from app.duties.breaches import afterwards_approved
from app.duties.checks import findings
from app.duties.duty import Action, Duty
from app.duties.view import ContractView
from app.duties.whatif.settable import held as settable
from app.records import Attestation
from app.records.audit import Finding
from app.records.incident import IncidentAsset
from tests.support.world import AFTER, BEFORE, DURING, END, START, World

DAY = timedelta(days=1)
LATER = DURING + 30 * DAY
FRIDAY = date(2026, 6, 5)
FIRST, WRITTEN = "第一報（口頭・電話）", "書面報告"
AROUND = pytest.mark.parametrize(("after", "late"), [(-1, 0), (0, 0), (1, 1)])
"""The day before the deadline, the day itself, the day after."""


def over(world: World, day: date = LATER) -> list[str]:
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, day)
    return [one.text for one in findings(view) if one.check == "breach-over"]


# 事故の期限は暦の日数


@pytest.mark.parametrize(("annex", "number"), [("besshi-44", "37"), ("minato", "第12条")])
@pytest.mark.parametrize(
    ("first", "written", "late"), [(0, 2, 0), (0, 3, 0), (0, 4, 1), (1, 3, 1), (1, 4, 2)]
)
def test_at_once_is_the_same_day_and_without_delay_the_third(
    world: World, annex: str, number: str, first: int, written: int, late: int
) -> None:
    world.under(annex)
    incident = world.incident(found=FRIDAY)
    world.tell(incident, FIRST, FRIDAY + first * DAY)
    world.tell(incident, WRITTEN, FRIDAY + written * DAY)
    duty = world.under_clause(LATER, number, "incident-notice")
    assert duty.state is State.SATISFIED
    assert len(duty.remarks) == late
    assert all(one.late and one.record == "incident" for one in duty.remarks)


@pytest.mark.parametrize("number", ["契約書 第11条", "特記事項 第10"])
@AROUND
def test_a_violation_is_told_by_the_next_day_in_kawaguchi(
    world: World, number: str, after: int, late: int
) -> None:
    world.under("kawaguchi")
    world.tell(world.incident("違反", found=FRIDAY), FIRST, FRIDAY + (1 + after) * DAY)
    assert len(world.under_clause(LATER, number, "incident-notice").remarks) == late


@AROUND
def test_one_report_speedily_is_the_next_day_at_latest_and_a_saturday_changes_nothing(
    world: World, after: int, late: int
) -> None:
    world.under("hofu")
    world.tell(world.incident(found=FRIDAY), FIRST, FRIDAY + (1 + after) * DAY)
    duty = world.under_clause(LATER, "第11", "incident-notice")
    assert duty.state is State.SATISFIED
    assert [(one.since, one.until) for one in duty.remarks] == [
        (date(2026, 6, 6), date(2026, 6, 7)),
    ] * late
    assert ("期限に遅れました" in duty.why) is bool(late)


def test_the_clocks_are_shown_as_the_products_assumptions(world: World) -> None:
    world.under("besshi-44")
    clauses = {one.number: one for one in world.catalogue.annex("besshi-44").clauses}
    (first,) = settable(clauses["37"], "urgency", {})
    (second,) = settable(clauses["37"], "then", {})
    (request,) = settable(clauses["10"], "urgency", {})
    assert (first.amount, second.amount, request.amount) == ("当日中", "3日以内", "3開庁日以内")
    hofu = next(one for one in world.catalogue.annex("hofu").clauses if one.number == "第11")
    assert {one.amount for one in settable(hofu, "urgency", {})} == {"翌日まで"}
    (roll,) = settable(clauses["37"], "roll", {})
    assert str(roll.value) == "none"


def test_where_no_time_is_set_the_client_is_told_by_the_next_day(world: World) -> None:
    world.incident()
    duty = world.duty(DURING, "incident-notice", "on-incident")
    assert (duty.state, duty.due) == (State.DUE, DURING + DAY)
    assert "想定" in duty.counted


@AROUND
def test_harm_is_contained_by_the_next_day(world: World, after: int, late: int) -> None:
    on = FRIDAY + (1 + after) * DAY
    world.incident(found=FRIDAY, contained_on=on, containment="回線を切断した")
    duty = world.duty(
        LATER, "incident-followup", "on-incident", urgency=Urgency.SPEEDILY, items=("被害を抑える措置",)
    )
    assert duty.state is State.SATISFIED
    assert [(one.since, one.until) for one in duty.remarks] == [(FRIDAY + DAY, on)] * late


# 第一報は口頭又は電話


def test_a_paper_does_not_replace_the_word_until_the_client_lets_it_pass(world: World) -> None:
    world.under("besshi-44")
    incident = world.tell(world.incident(), WRITTEN, DURING)
    duty = world.under_clause(LATER, "37", "incident-notice")
    assert (duty.state, duty.due) == (State.OVERDUE, DURING)
    assert "口頭又は電話" in duty.missing[0].text
    world.handle(incident, DURING, duty.clause, handled="発注者が不問とした", handled_on=LATER)
    assert world.under_clause(LATER - DAY, "37", "incident-notice").state is State.OVERDUE
    duty = world.under_clause(LATER, "37", "incident-notice")
    assert duty.state is State.SATISFIED
    (remark,) = duty.remarks
    assert (remark.since, remark.until, remark.late) == (DURING, LATER, False)
    assert over(world) == []


def test_the_clients_word_on_another_clause_does_not_replace_it(world: World) -> None:
    world.under("besshi-44")
    incident = world.tell(world.incident(), WRITTEN, DURING)
    other = world.under_clause(LATER, "38", "incident-followup").clause
    world.handle(incident, DURING, other, handled="発注者が不問とした", handled_on=DURING)
    assert world.under_clause(LATER, "37", "incident-notice").state is State.OVERDUE


def test_in_minato_the_first_word_may_be_a_paper(world: World) -> None:
    world.under("minato")
    world.tell(world.incident(), WRITTEN, DURING)
    assert world.under_clause(LATER, "第12条", "incident-notice").state is State.SATISFIED


# 本人への通知


@pytest.mark.parametrize(
    ("kind", "received", "ours", "counts"),
    [
        ("指示", DURING, True, True),
        ("指示", LATER, True, True),
        ("指示", LATER + DAY, True, False),
        ("協議", DURING, True, False),
        ("指示", DURING, False, False),
    ],
)
def test_persons_need_not_be_told_only_where_the_client_says_so(
    world: World, kind: str, received: date, ours: bool, counts: bool
) -> None:
    said = world.instruction(kind, received)
    if not ours:
        world.change(said, contract=world.contract.id + 1000)
    incident = world.incident(persons_notified=False)
    duty = world.duty(LATER, "incident-followup", "on-incident", items=("本人への通知",))
    assert duty.state is State.DUE
    assert "発注者の指示" in duty.missing[0].text
    world.change(incident, no_notice_instruction=said.id)
    assert (world.duties(LATER)[0].state is State.SATISFIED) is counts


def test_a_day_of_notice_without_the_notice_is_none(world: World) -> None:
    incident = world.incident(persons_notified_on=DURING)
    assert world.duty(LATER, "incident-followup", "on-incident", items=("本人",)).state is State.DUE
    world.change(incident, persons_notified=True)
    assert world.duties(LATER)[0].state is State.SATISFIED


def test_measures_follow_a_leak_and_are_asked_about_at_the_mere_risk_of_one_in_kimitsu(world: World) -> None:
    world.under("kimitsu-hoji")
    incident = world.incident("おそれ")
    for number in ("第16条第2項", "第16条第3項"):
        assert world.under_clause(LATER, number, "incident-followup").state is State.CONFIRM
    world.change(incident, kinds=("滅失",))
    for number in ("第16条第2項", "第16条第3項"):
        assert world.under_clause(LATER, number, "incident-followup").state in (State.DUE, State.OVERDUE)


# 監査を断る


REFUSALS = [
    ("besshi-44", "25", True),
    ("minato", "第13条", True),
    ("minato", "第12条", False),
    ("hofu", "第10", False),
    ("hofu", "第11", False),
    ("kawaguchi", "契約書 第12条", False),
    ("kawaguchi", "特記事項 第13", False),
    ("kimitsu-hoji", "第17条第2項", False),
]


@pytest.mark.parametrize(("annex", "number", "allowed"), REFUSALS)
def test_a_refusal_answers_only_where_the_text_allows_one(
    world: World, annex: str, number: str, allowed: bool
) -> None:
    world.under(annex)
    world.incident(found=BEFORE)
    audit = world.audit(announced_on=DURING, accepted=False, refused_why="繁忙期のため")
    duty = world.under_clause(LATER, number, "audit")
    assert (duty.state is State.SATISFIED) is allowed
    if not allowed:
        assert any("断ることを認めていません" in gap.text and gap.id == audit.id for gap in duty.missing)


def test_a_refusal_without_a_reason_answers_nowhere(world: World) -> None:
    world.audit(announced_on=DURING, accepted=False)
    assert world.duty(LATER, "audit", "on-request", refusal=True).state is State.DUE
    assert "理由" in world.duties(LATER)[0].missing[0].text


def test_a_refusal_is_past_once_the_audit_was_held_or_the_client_lets_it_pass(world: World) -> None:
    clause = world.clause("audit", "on-request")
    audit = world.audit(announced_on=DURING, accepted=False, refused_why="繁忙期のため")
    assert world.duties(LATER)[0].state is State.DUE
    word = world.handle(audit, DURING, clause, handled="発注者が不問とした", handled_on=LATER)
    duty = world.duties(LATER)[0]
    assert (duty.state, [one.id for one in duty.evidence]) == (State.SATISFIED, [word.id])
    assert [(one.since, one.until, one.late) for one in duty.remarks] == [(DURING, LATER, False)]
    assert over(world) == []
    world.remove(word)
    world.change(audit, accepted=True, held_on=LATER)
    assert world.duties(LATER)[0].state is State.SATISFIED


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize(("days", "held"), [(-1, False), (0, True), (1, True)])
def test_that_it_was_held_in_the_end_does_not_unmake_a_refusal(
    world: World, accepted: bool, days: int, held: bool
) -> None:
    clause = world.clause("audit", "on-request")
    audit = world.audit(announced_on=DURING, refused_why="繁忙期のため", accepted=accepted, held_on=LATER)
    duty = world.duties(LATER + days * DAY)[0]
    assert (duty.state is State.SATISFIED) is held
    if accepted or held:
        (remark,) = duty.remarks
        assert (remark.since, remark.until, remark.late) == (DURING, LATER if held else None, False)
        assert f"{audit.number}は断ることができないものを一度断り" in remark.text
    else:
        assert "断ることを認めていません" in duty.missing[0].text
    word = world.handle(audit, DURING, clause, handled="発注者が不問とした", handled_on=LATER)
    (said,) = world.duties(LATER)[0].remarks
    assert (said.since, word.handled in said.text) == (DURING, True)
    assert over(world) == [], "handled, and told all the same"


def test_a_refusal_that_the_text_allows_is_no_breach_and_is_told(world: World) -> None:
    world.clause("audit", "on-request", refusal=True)
    audit = world.audit(announced_on=DURING, refused_why="繁忙期のため", accepted=True, held_on=LATER)
    (duty,) = world.duties(LATER)
    assert not duty.remarks
    assert f"{audit.number}は、先に断っています" in duty.why
    world.change(audit, refused_why="")
    assert "断って" not in world.duties(LATER)[0].why


def test_whoever_may_not_refuse_is_not_asked_whether_it_accepts(world: World) -> None:
    world.audit(announced_on=DURING)
    duty = world.duty(LATER, "audit", "on-request")
    assert "断る" not in f"{duty.why}{duty.missing[0].text}"


# 監査の場所と、だれの監査か


def test_an_audit_counts_where_the_work_is_done(world: World) -> None:
    clause = world.clause("audit", "on-request", on_site=True)
    place = world.place()
    world.use(place, starts=DURING, ends=DURING)
    audit = world.audit(announced_on=START, accepted=True, held_on=DURING)
    assert world.duties(LATER)[0].state is State.CONFIRM
    audit = world.change(audit, place="本社")
    assert world.duties(LATER)[0].state is State.CONFIRM
    audit = world.change(audit, location=place.id)
    assert world.duties(LATER)[0].state is State.SATISFIED
    audit = world.change(audit, held_on=DURING + DAY)
    assert world.duties(LATER)[0].state is State.CONFIRM, "no longer in use on that day"
    word = world.handle(audit, None, clause, handled="発注者の事後の承諾を得た", handled_on=LATER)
    duty = world.duties(LATER)[0]
    assert duty.state is State.SATISFIED
    assert [one.until for one in duty.remarks] == [word.handled_on]


@pytest.mark.parametrize(
    ("auditor", "kind", "counts"),
    [
        (Auditor.CLIENT, "実地調査", True),
        (Auditor.CLIENT, "自己監査", False),
        (Auditor.OWN, "自己監査", True),
        (Auditor.OWN, "監査", False),
    ],
)
def test_the_audit_of_the_other_party_is_none(
    world: World, auditor: Auditor, kind: str, counts: bool
) -> None:
    world.audit(kind, held_on=DURING)
    asks: dict[str, Any] = {"period_months": 12, "cycle": Cycle.CONTRACT_YEAR, "auditor": auditor}
    assert (world.duty(LATER, "audit", "periodic", **asks).state is State.SATISFIED) is counts


@pytest.mark.parametrize(("held", "late"), [(END - DAY, 0), (END, 0), (END + DAY, 1)])
def test_the_audit_of_a_year_held_in_the_next_is_remembered_as_late(
    world: World, held: date, late: int
) -> None:
    world.change(world.contract, ends_on=date(2028, 3, 31))
    asks: dict[str, Any] = {"period_months": 12, "cycle": Cycle.CONTRACT_YEAR}
    audit = world.audit(held_on=held)
    duty = world.duty(AFTER, "audit", "periodic", **asks)
    assert [(one.id, one.since, one.until) for one in duty.remarks] == [(audit.id, END, held)] * late
    assert duty.state is (State.SATISFIED if late else State.DUE)


# 報告の求め


@AROUND
@pytest.mark.parametrize("paper", [True, False], ids=["a document", "an answer"])
def test_a_report_is_in_time_on_the_day_that_the_client_named(
    world: World, paper: bool, after: int, late: int
) -> None:
    on = LATER + after * DAY
    asked = world.instruction("報告の求め", due_on=LATER, answered_on=None if paper else on)
    if paper:
        world.issue("status-report", on=on, submitted=on)
    duty = world.duty(END, "status-report", "on-request", items=("管理状況",))
    assert duty.state is State.SATISFIED
    assert [(one.record, one.id, one.since, one.until) for one in duty.remarks] == [
        ("instruction", asked.id, LATER, on)
    ] * late
    assert ("期限より後" in duty.why) is bool(late)


def test_a_document_serves_the_one_request_that_was_open(world: World) -> None:
    first = world.instruction("報告の求め", DURING)
    clause = world.clause("status-report", "on-request")
    world.issue("status-report", on=LATER, submitted=LATER)
    second = world.instruction("報告の求め", LATER + DAY)
    duty = world.duties(END)[0]
    assert (duty.clause.key, duty.state) == (clause.key, State.DUE)
    assert [gap.id for gap in duty.missing] == [second.id]
    world.issue("status-report", on=END, submitted=END)
    assert world.duties(END)[0].state is State.SATISFIED
    assert first.id != second.id


def test_a_document_that_may_answer_either_of_two_answers_neither_until_it_is_named(world: World) -> None:
    world.clause("status-report", "on-request")
    first, second = (world.instruction("報告の求め", DURING + at * DAY) for at in range(2))
    document = world.issue("status-report", on=LATER, submitted=LATER)
    assert {gap.id for gap in world.duties(END)[0].missing} == {first.id, second.id}
    world.change(first, document=document.id)
    duty = world.duties(END)[0]
    assert [gap.id for gap in duty.missing] == [second.id]
    assert [(one.record, one.id) for one in duty.evidence] == [("submission", document.id)]


@pytest.mark.parametrize(
    "gone",
    [
        {"sent_back_on": LATER, "sent_back_why": "不備"},
        {"voided_on": LATER, "voided_why": "誤り"},
        {"submitted_on": None},
        {"submitted_on": DURING - DAY},
    ],
    ids=["sent back", "void", "not submitted", "before the request"],
)
def test_a_document_that_fell_away_answers_nothing(world: World, gone: dict[str, Any]) -> None:
    world.clause("status-report", "on-request")
    document = world.issue("status-report", on=DURING, submitted=LATER)
    asked = world.instruction("報告の求め", DURING, document=document.id, answered_on=LATER)
    assert world.duties(END)[0].state is State.SATISFIED
    world.change(document, **gone)
    duty = world.duties(END)[0]
    assert (duty.state, duty.missing[0].id) == (State.DUE, asked.id)


@pytest.mark.parametrize(
    ("clause", "client", "answered", "serves"),
    [
        (False, None, None, True),
        (False, False, False, True),
        (False, True, None, False),
        (False, True, False, False),
        (False, True, True, True),
        (True, None, None, False),
        (True, False, False, False),
        (True, None, True, True),
    ],
)
def test_an_answer_has_the_form_that_was_asked_for(
    world: World, clause: bool, client: bool | None, answered: bool | None, serves: bool
) -> None:
    world.instruction("報告の求め", asked_in_writing=client, answered_on=LATER, answered_in_writing=answered)
    duty = world.duty(END, "status-report", "on-request", written=clause)
    assert (duty.state is State.SATISFIED) is serves
    if not serves:
        assert "書面による" in duty.missing[0].text


def test_minato_is_told_in_writing(world: World) -> None:
    world.under("minato", options=("特定個人情報",))
    asked = world.instruction("報告の求め", answered_on=LATER)
    duty = world.under_clause(LATER, "第20条", "status-report")
    assert any(gap.id == asked.id and "書面" in gap.text for gap in duty.missing)


@pytest.mark.parametrize(("on", "late"), [(END, 0), (END + DAY, 1)])
def test_the_report_of_a_year_handed_in_in_the_next_is_remembered(world: World, on: date, late: int) -> None:
    world.under("minato", options=("特定個人情報",), ends_on=date(2028, 3, 31))
    document = world.issue("status-report", on=on, submitted=on)
    duty = world.under_clause(AFTER, "第20条", "status-report")
    assert [(one.id, one.since) for one in duty.remarks] == [(document.id, END)] * late


def test_rules_asked_for_in_writing_are_handed_in_on_paper(world: World) -> None:
    world.rule()
    asked = world.instruction("規程の提出の求め", due_on=DURING, answered_on=LATER, asked_in_writing=True)
    assert world.duty(END, "management-rules", "on-request").state is State.OVERDUE
    world.change(asked, answered_in_writing=True)
    assert world.duties(END)[0].state is State.SATISFIED


# 開示などの請求


@AROUND
def test_a_request_is_passed_on_within_its_days(world: World, after: int, late: int) -> None:
    world.under("besshi-44")
    due = date(2026, 6, 4)
    request = world.request(DURING, passed_on=due + after * DAY)
    duty = world.under_clause(LATER, "10", "data-subject-request")
    assert duty.state is State.SATISFIED
    assert [(one.id, one.since, one.until) for one in duty.remarks] == [
        (request.id, due, due + after * DAY)
    ] * late


def test_an_answer_given_before_the_client_was_heard_is_remembered(world: World) -> None:
    world.under("kimitsu-hoji")
    request = world.request(DURING, passed_on=LATER, answered_on=LATER)
    assert world.under_clause(END, "第12条", "data-subject-request").remarks == ()
    world.change(request, answered_on=LATER - DAY)
    (remark,) = world.under_clause(END, "第12条", "data-subject-request").remarks
    assert (remark.since, remark.until, remark.late) == (LATER - DAY, LATER, False)


# 改善


@AROUND
def test_an_improvement_is_in_time_on_its_day(world: World, after: int, late: int) -> None:
    done = LATER + after * DAY
    owner = world.person().id
    one = world.improvement(due_on=LATER, done_on=done, action="鍵", owner=owner, effect="確かめた")
    duty = world.duty(END, "improvement", "on-request")
    assert duty.state is State.SATISFIED
    assert [(remark.id, remark.until) for remark in duty.remarks] == [(one.id, done)] * late


def test_each_finding_of_an_audit_is_taken_up(world: World) -> None:
    rows = (Finding(finding="鍵の管理簿がない"), Finding(finding="退室の記録がない"))
    audit = world.audit(held_on=DURING, findings=rows)
    world.clause("improvement", "on-request")
    taken_up = partial(
        world.improvement,
        source="監査・調査",
        audit=audit.id,
        action="作成",
        owner=world.person().id,
        due_on=LATER,
        done_on=LATER,
        effect="確かめた",
    )
    taken_up(finding="鍵の管理簿がない")
    duty = world.duties(END)[0]
    assert [gap.id for gap in duty.missing] == [audit.id]
    assert "退室の記録がない" in duty.missing[0].text
    taken_up(finding="退室の記録がない")
    assert world.duties(END)[0].state is State.SATISFIED


def test_a_plain_instruction_is_carried_out_where_the_clause_says_so(world: World) -> None:
    world.under("hofu", "besshi-44")
    asked = world.instruction("指示", due_on=LATER)
    assert world.under_clause(LATER, "29", "improvement").state is State.NOT_DUE
    duty = world.under_clause(LATER, "第10", "improvement")
    assert (duty.state, duty.due, duty.missing[0].id) == (State.DUE, LATER, asked.id)
    assert world.under_clause(LATER + DAY, "第10", "improvement").state is State.OVERDUE
    world.change(asked, answered_on=LATER)
    duty = world.under_clause(LATER, "第10", "improvement")
    assert (duty.state, [one.id for one in duty.evidence]) == (State.SATISFIED, [asked.id])


# 人だけが確かめられること


ATTESTED = {"secrecy": "漏えい", "purpose-limit": "違反", "collection-limit": "違反", "law": "違反"}


def confirmed(world: World, kind: str, on: date) -> Callable[[date], Duty]:
    clause = world.clause(kind, "standing")
    world.attest(clause.number, on=on)
    world.rule("個人情報の保護に関する法律", "法令・指針")
    return lambda day: next(one for one in world.duties(day) if one.clause.key == clause.key)


@pytest.mark.parametrize("kind", ATTESTED)
def test_an_incident_that_is_not_over_reopens_what_was_confirmed(world: World, kind: str) -> None:
    duty = confirmed(world, kind, DURING)
    world.incident(ATTESTED[kind], found=DURING + DAY)
    assert duty(DURING).state is State.SATISFIED
    found = duty(DURING + DAY)
    assert found.state is State.CONFIRM
    assert found.missing[0].record == "incident"
    assert "終結していません" in found.missing[0].text


@pytest.mark.parametrize("kind", ATTESTED)
@pytest.mark.parametrize(("again", "state"), [(-1, "confirm"), (0, "satisfied"), (1, "satisfied")])
def test_only_a_confirmation_since_the_end_of_the_incident_counts(
    world: World, kind: str, again: int, state: str
) -> None:
    duty = confirmed(world, kind, DURING)
    incident = world.incident(ATTESTED[kind], found=DURING + DAY, closed_on=LATER)
    assert duty(LATER + DAY).state is State.CONFIRM, "an older word is no proof"
    world.attest("第1条", on=LATER + again * DAY)
    found = duty(LATER + DAY)
    assert found.state == state
    assert [(one.id, one.since, one.until, one.late) for one in found.remarks] == [
        (incident.id, DURING + DAY, LATER, False)
    ]


@pytest.mark.parametrize(
    ("kind", "incident", "touched"),
    [
        ("secrecy", "毀損", False),
        ("secrecy", "おそれ", True),
        ("purpose-limit", "滅失", False),
        ("collection-limit", "漏えい", False),
        ("law", "毀損", True),
    ],
)
def test_an_incident_touches_what_it_can_have_broken(
    world: World, kind: str, incident: str, touched: bool
) -> None:
    duty = confirmed(world, kind, DURING)
    world.incident(incident, found=DURING)
    assert (duty(LATER).state is State.CONFIRM) is touched


def test_an_incident_with_other_information_touches_nothing(world: World) -> None:
    clause = world.clause("secrecy", "standing", applies_to=AppliesTo.PERSONAL)
    world.attest(clause.number, on=DURING)
    other = world.asset(classification="機密情報")
    incident = world.incident(assets=(IncidentAsset(asset=other.id),))
    assert world.duties(LATER)[0].state is State.SATISFIED
    world.change(incident, assets=(*incident.assets, IncidentAsset(item="不明")))
    assert world.duties(LATER)[0].state is State.CONFIRM


def test_oaths_prove_no_secrecy_while_a_leak_is_not_over(world: World) -> None:
    world.oath(world.worker())
    clause = world.clause("secrecy", "standing")
    assert world.duties(LATER)[0].state is State.SATISFIED
    world.incident(found=DURING, closed_on=DURING + DAY)
    assert world.duties(LATER)[0].state is State.CONFIRM
    world.attest(clause.number, on=LATER)
    assert world.duties(LATER)[0].state is State.SATISFIED


def test_a_check_of_the_measures_is_done_again_after_an_incident(world: World) -> None:
    world.check("安全管理措置", on=DURING, measures=("組織的", "人的", "物理的", "技術的"))
    world.clause("security-measures", "standing", period_months=12)
    incident = world.incident(found=DURING + DAY)
    assert world.duties(LATER)[0].state is State.CONFIRM
    world.change(incident, closed_on=LATER)
    duty = world.duties(LATER)[0]
    assert (duty.state, duty.next.target) == (State.CONFIRM, "check")
    world.check("安全管理措置", on=LATER, measures=("組織的", "人的", "物理的", "技術的"))
    assert world.duties(LATER)[0].state is State.SATISFIED


def test_an_incident_told_to_the_client_is_handled_by_its_own_record(world: World) -> None:
    clause = world.clause("secrecy", "standing")
    incident = world.incident(found=DURING, closed_on=LATER)
    world.attest(clause.number, on=LATER)
    assert len(over(world)) == 1
    world.tell(incident, FIRST, DURING)
    assert over(world) == []


@pytest.mark.parametrize("again", [True, False])
def test_what_was_found_not_to_be_kept_is_remembered_once_it_is(world: World, again: bool) -> None:
    clause = world.clause("purpose-limit", "standing")
    first = world.attest(clause.number, on=DURING, kept=False, remark="目的外の閲覧")
    if again:
        world.attest(clause.number, on=DURING + DAY, kept=False, remark="まだ残る")
    assert world.duties(LATER)[0].remarks == ()
    world.attest(clause.number, on=LATER)
    duty = world.duties(LATER)[0]
    assert duty.state is State.SATISFIED
    assert [(one.id, one.since, one.until, one.late) for one in duty.remarks] == [
        (first.id, DURING, LATER, False)
    ]


def test_a_confirmation_without_a_result_confirms_nothing(world: World) -> None:
    clause = world.clause("secrecy", "standing")
    said = world.attest(clause.number, kept=None)
    duty = world.duties(DURING)[0]
    assert (duty.state, duty.missing[0].id) == (State.DUE, said.id)
    assert set(said.spec.check(said)) == {"kept"}


@pytest.mark.parametrize(("after", "late"), [(0, 0), (1, 1)])
@pytest.mark.parametrize("assumed", [False, True])
def test_a_late_confirmation_is_a_breach_where_the_clause_sets_how_often(
    world: World, after: int, late: int, assumed: bool
) -> None:
    clause = world.clause(
        "purpose-limit", "standing", period_months=1, assumed=("period_months",) if assumed else ()
    )
    world.attest(clause.number, on=DURING)
    due = date(2026, 7, 1)
    world.attest(clause.number, on=due + after * DAY)
    duty = next(one for one in world.duties(due + 5 * DAY))
    assert [(one.since, one.until) for one in duty.remarks] == [(due, due + DAY)] * (late and not assumed)


# 守るべき法令・規程


def test_each_named_rule_is_on_the_list_or_named_by_whoever_confirms(world: World) -> None:
    world.under("kawaguchi")
    clause = world.under_clause(DURING, "契約書 第2条", "law").clause
    world.rule("個人情報保護法", "法令・指針")
    world.rule("個人情報取扱特記事項（別紙）", "発注者のポリシー")
    said = world.add(attestation(world, clause.number))
    duty = world.under_clause(DURING, "契約書 第2条", "law")
    assert duty.state is State.DUE
    assert ["".join(gap.text.split("「")[1:]).split("」")[0] for gap in duty.missing] == [
        "川口市情報セキュリティポリシー",
        "特定個人情報の適正な取扱いに関するガイドライン",
    ]
    assert (duty.next.action, dict(duty.next.given)["title"]) == (
        Action.ADD,
        "川口市情報セキュリティポリシー",
    )
    world.rule("川口市情報セキュリティ ポリシー", "発注者のポリシー")
    world.change(said, how="特定個人情報の適正な取扱いに関するガイドラインと照らした")
    assert world.under_clause(DURING, "契約書 第2条", "law").state is State.SATISFIED


def test_an_own_rule_or_one_no_longer_in_force_names_nothing(world: World) -> None:
    title = "個人情報の保護に関する法律"
    clause = world.clause("law", "standing", items=(title,))
    world.attest(clause.number)
    world.rule(title, "自社の規程")
    world.rule(title, "法令・指針", ends_on=DURING - DAY)
    assert world.duties(DURING)[0].state is State.DUE
    assert world.duties(DURING - DAY)[0].state is State.SATISFIED


def attestation(world: World, number: str) -> Attestation:
    return Attestation(
        contract=world.contract.id, annex="kawaguchi", clause=number, confirmed_on=DURING, kept=True
    )


def test_the_clients_later_word_is_asked_for_under_its_own_clause(world: World) -> None:
    first, second = world.clause("audit", "on-request"), world.clause("audit", "on-request")
    audit = world.audit(announced_on=DURING, accepted=False, refused_why="繁忙期のため")
    word = world.handle(audit, DURING, second, handled="発注者が不問とした", handled_on=LATER)
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, LATER)
    assert afterwards_approved(view, audit, clause=first) is None
    assert afterwards_approved(view, audit, clause=second) == word
    assert [one.state for one in world.duties(LATER)] == [State.DUE, State.SATISFIED]


@pytest.mark.parametrize(("after", "state"), [(-1, "satisfied"), (0, "satisfied"), (1, "due")])
def test_hand_overs_are_agreed_anew_once_nobody_named_is_left(world: World, after: int, state: str) -> None:
    person = world.person()
    world.agreement(person)
    world.clause("transfer-method", "before-start")
    world.change(person, left_on=DURING)
    assert world.duties(DURING + after * DAY)[0].state == state
