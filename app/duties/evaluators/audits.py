"""audit: each audit by the client was accepted or refused with a reason, held, and its findings answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.annexes.kinds import State, When
from app.duties.duty import Evidence
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.incidents import incidents_of
from app.duties.evaluators.periodic import again, often, owed, period_of
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import Audit
from app.records.audit import AuditKind


def judge(question: Question) -> Verdict:
    audits = _meant(question)
    lacks = [lack for one in audits for lack in _open(question, one)]
    lacks.extend(_again(question))
    evidence = [proof for one in audits for proof in _proofs(question, one)]
    if not lacks and not evidence:
        return question.not_due("監査・調査の通知は記録されていませんが、求められれば応じる必要があります。")
    coming = again(question.view, period_of(question.asks), _held_on(question))
    return question.judge(lacks, evidence, _satisfied(question.view, audits), coming, add("audit"))


def _satisfied(view: ContractView, audits: tuple[Audit, ...]) -> str:
    refused = "、".join(one.number for one in audits if _refused(view, one))
    held = sum(_held(view, one) is not None for one in audits)
    if not held:
        return f"監査・調査（{refused}）は、理由を示して断っています。"
    answered = sum(_answered(view, one) for one in audits)
    findings = f"指摘{answered}件に回答しています" if answered else "回答を要する指摘はありません"
    told = f"（{refused}は理由を示して断っています）" if refused else ""
    return f"監査・調査{held}件を受け入れ、{findings}{told}。"


def _meant(question: Question) -> tuple[Audit, ...]:
    """The audits of which the clause speaks: the client's, after an incident where it speaks of one.

    The vendor's own count where the clause asks for one in every period.
    """
    view = question.view
    found = _known(view)
    if question.asks.period_months is None:
        found = tuple(one for one in found if one.kind != AuditKind.OWN)
    if question.clause.when == (When.ON_INCIDENT,):
        incidents = incidents_of(question)
        since = min((one.found_at.date() for one in incidents), default=date.max)
        found = tuple(one for one in found if (one.announced_on or one.held_on or date.max) >= since)
        return found if incidents else ()
    return found


def _known(view: ContractView) -> tuple[Audit, ...]:
    """Every audit announced or held until the day; one without any day is known at once."""
    return tuple(
        one
        for one in view.held(Audit)
        if min((day for day in (one.announced_on, one.held_on) if day), default=date.min) <= view.day
    )


def _held(view: ContractView, audit: Audit) -> date | None:
    return audit.held_on if audit.held_on and audit.held_on <= view.day else None


def _refused(view: ContractView, audit: Audit) -> bool:
    return audit.accepted is False and _held(view, audit) is None


def _answered(view: ContractView, audit: Audit) -> int:
    return sum(row.answered_on is not None and row.answered_on <= view.day for row in audit.findings)


def _proofs(question: Question, audit: Audit) -> Iterator[Evidence]:
    if held := _held(question.view, audit):
        yield question.evidence(audit, held)
    elif _refused(question.view, audit):
        yield question.evidence(audit, audit.announced_on)


def _open(question: Question, audit: Audit) -> Iterator[Lack]:
    """What is still to be done about an audit that was announced and not refused."""
    view = question.view
    held = _held(view, audit)
    if _refused(view, audit):
        return
    if held is None:
        yield _unheld(audit)
        return
    why = "監査・調査で受けた指摘には、回答し、その日を残す必要があります。"
    for number, row in enumerate(audit.findings, 1):
        if row.answered_on is None or row.answered_on > view.day:
            text = f"{audit.number}（実施{shown(held)}）の指摘{number}に回答した日が記録されていません。"
            yield Lack(text, why, "audit", audit.id, step=open_record(audit))


def _again(question: Question) -> Iterator[Lack]:
    """The audit that is owed in every period, where the clause asks for one."""
    if question.asks.period_months is None:
        return
    period = period_of(question.asks)
    if deadline := owed(question.view, period, _held_on(question)):
        text = "この期間に受けた監査・調査が記録されていません。"
        why = f"監査・調査は、{often(period)}受ける必要があります。"
        yield Lack(text, why, "audit", step=add("audit")).by(deadline)


def _held_on(question: Question) -> list[date]:
    """When audits were held, where the clause asks for one in every period; nothing where it does not."""
    if question.asks.period_months is None:
        return []
    view = question.view
    return [held for one in _known(view) if (held := _held(view, one))]


def _unheld(audit: Audit) -> Lack:
    step = open_record(audit)
    if audit.accepted is None:
        told = f"（通知{shown(audit.announced_on)}）" if audit.announced_on else ""
        text = f"{audit.number}{told}を受け入れるか断るかが記録されていません。"
        why = "監査・調査を求められたときは、受け入れるか、断る理由を示す必要があります。"
        return Lack(text, why, "audit", audit.id, audit.planned_on, step)
    planned = f"（予定{shown(audit.planned_on)}）" if audit.planned_on else ""
    text = f"{audit.number}{planned}の実施が記録されていません。"
    why = "受け入れた監査・調査は、実施した日と指摘を残す必要があります。"
    return Lack(text, why, "audit", audit.id, audit.planned_on, step)


EVALUATOR = evaluator("audit", judge, State.NOT_DUE, State.DUE, State.OVERDUE, State.SATISFIED)
