"""Examples for incidents, requests, audits and reports."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.annexes.choices import Answer, Cycle, Submit, Urgency
from app.annexes.kinds import State
from app.duties.duty import Duty
from app.records.audit import Finding
from app.records.incident import IncidentKind
from tests.support.examples import Examples
from tests.support.world import AFTER, DURING, END, START, World

EXAMPLES = example = Examples()

LATER = DURING + timedelta(days=30)

# 事故の報告

TWICE: dict[str, Any] = {
    "submit": Submit.PROMPTLY,
    "urgency": Urgency.AT_ONCE,
    "stages": 2,
    "then": Urgency.WITHOUT_DELAY,
    "written": True,
    "mishaps": (IncidentKind.LEAK, IncidentKind.LOSS, IncidentKind.RISK),
}


@example("incident-notice", State.NOT_DUE)
def _nothing_happened(world: World) -> Duty:
    return world.duty(DURING, "incident-notice", "on-incident", **TWICE)


@example("incident-notice", State.DUE)
def _found_today(world: World) -> Duty:
    world.incident()
    return world.duty(DURING, "incident-notice", "on-incident", **TWICE)


@example("incident-notice", State.OVERDUE)
def _told_but_never_in_writing(world: World) -> Duty:
    world.tell(world.incident(), "第一報（口頭・電話）", DURING)
    return world.duty(LATER, "incident-notice", "on-incident", **TWICE)


@example("incident-notice", State.SATISFIED)
def _told_and_written(world: World) -> Duty:
    incident = world.incident()
    world.tell(incident, "第一報（口頭・電話）", DURING)
    world.tell(incident, "書面報告", DURING + timedelta(days=2))
    return world.duty(LATER, "incident-notice", "on-incident", **TWICE)


@example("incident-notice", State.CONFIRM)
def _perhaps_a_leak(world: World) -> Duty:
    world.incident("おそれ")
    return world.duty(LATER, "incident-notice", "on-incident", **{**TWICE, "mishaps": (IncidentKind.LEAK,)})


# 事故後の措置

_MEND: dict[str, Any] = {"items": ("拡大の防止", "再発の防止")}


@example("incident-followup", State.NOT_DUE)
def _nothing_to_mend(world: World) -> Duty:
    return world.duty(DURING, "incident-followup", "on-incident", **_MEND)


@example("incident-followup", State.DUE)
def _contained_but_not_prevented(world: World) -> Duty:
    world.incident(contained_on=DURING, containment="回線を切断した")
    return world.duty(LATER, "incident-followup", "on-incident", **_MEND)


@example("incident-followup", State.OVERDUE)
def _not_contained_in_time(world: World) -> Duty:
    world.incident()
    return world.duty(LATER, "incident-followup", "on-incident", urgency=Urgency.SPEEDILY, **_MEND)


@example("incident-followup", State.SATISFIED)
def _contained_and_prevented(world: World) -> Duty:
    world.incident(
        contained_on=DURING, containment="回線を切断した", prevention_on=LATER, prevention="設定を改めた"
    )
    return world.duty(LATER, "incident-followup", "on-incident", **_MEND)


@example("incident-followup", State.CONFIRM)
def _to_be_thought_about(world: World) -> Duty:
    world.incident(
        contained_on=DURING,
        containment="回線を切断した",
        prevention_on=LATER,
        prevention="設定の見直しを検討する",
    )
    return world.duty(LATER, "incident-followup", "on-incident", **_MEND)


# 監査・調査


@example("audit", State.NOT_DUE)
def _nobody_came(world: World) -> Duty:
    return world.duty(DURING, "audit", "on-request")


@example("audit", State.DUE)
def _announced(world: World) -> Duty:
    world.audit(announced_on=DURING, accepted=True, planned_on=LATER)
    return world.duty(DURING, "audit", "on-request")


@example("audit", State.OVERDUE)
def _no_audit_in_the_year(world: World) -> Duty:
    world.change(world.contract, ends_on=date(2028, 3, 31))
    return world.duty(AFTER, "audit", "periodic", period_months=12, cycle=Cycle.CONTRACT_YEAR)


@example("audit", State.SATISFIED)
def _held_and_answered(world: World) -> Duty:
    finding = Finding(finding="鍵の管理簿がない", answer="作成した", answered_on=LATER)
    world.audit(findings=(finding,), announced_on=START, accepted=True, held_on=DURING)
    return world.duty(LATER, "audit", "on-request")


@example("audit", State.CONFIRM)
def _held_nobody_knows_where(world: World) -> Duty:
    world.use(world.place())
    world.audit(announced_on=START, accepted=True, held_on=DURING)
    return world.duty(LATER, "audit", "on-request", on_site=True)


# 改善


@example("improvement", State.NOT_DUE)
def _nothing_to_improve(world: World) -> Duty:
    return world.duty(DURING, "improvement", "on-request")


@example("improvement", State.DUE)
def _asked_for_and_not_taken_up(world: World) -> Duty:
    world.instruction("改善の求め")
    return world.duty(LATER, "improvement", "on-request")


@example("improvement", State.OVERDUE)
def _not_done_by_its_date(world: World) -> Duty:
    person = world.person()
    world.improvement(action="鍵を替える", owner=person.id, due_on=DURING + timedelta(days=7))
    return world.duty(LATER, "improvement", "on-request")


@example("improvement", State.SATISFIED)
def _done_and_effective(world: World) -> Duty:
    person = world.person()
    world.improvement(
        action="鍵を替える", owner=person.id, due_on=LATER, done_on=LATER, effect="施錠を確かめた"
    )
    return world.duty(LATER, "improvement", "on-request")


# 報告の求め

_REPORT: dict[str, Any] = {"submit": Submit.ON_REQUEST, "items": ("管理状況",)}


@example("status-report", State.NOT_DUE)
def _nobody_asked(world: World) -> Duty:
    return world.duty(DURING, "status-report", "on-request", **_REPORT)


@example("status-report", State.DUE)
def _asked_today(world: World) -> Duty:
    world.instruction("報告の求め", due_on=LATER)
    return world.duty(DURING, "status-report", "on-request", **_REPORT)


@example("status-report", State.OVERDUE)
def _printed_but_not_submitted_in_time(world: World) -> Duty:
    world.instruction("報告の求め", due_on=DURING)
    world.issue("status-report", on=DURING, submitted=None)
    return world.duty(LATER, "status-report", "on-request", **_REPORT)


@example("status-report", State.SATISFIED)
def _report_submitted(world: World) -> Duty:
    world.instruction("報告の求め")
    world.issue("status-report", on=LATER, submitted=LATER)
    return world.duty(END, "status-report", "on-request", **_REPORT)


# 開示などの請求

_PASS_ON: dict[str, Any] = {
    "submit": Submit.PROMPTLY,
    "urgency": Urgency.SPEEDILY,
    "answer": Answer.NOTIFY,
}


@example("data-subject-request", State.NOT_DUE)
def _no_request(world: World) -> Duty:
    return world.duty(DURING, "data-subject-request", "on-request", **_PASS_ON)


@example("data-subject-request", State.DUE)
def _received_today(world: World) -> Duty:
    world.request()
    return world.duty(DURING, "data-subject-request", "on-request", **_PASS_ON)


@example("data-subject-request", State.OVERDUE)
def _kept_to_oneself(world: World) -> Duty:
    world.request()
    return world.duty(LATER, "data-subject-request", "on-request", **_PASS_ON)


@example("data-subject-request", State.SATISFIED)
def _passed_on(world: World) -> Duty:
    world.request(passed_on=DURING + timedelta(days=1))
    return world.duty(LATER, "data-subject-request", "on-request", **_PASS_ON)
