"""status-report: each report asked for was made, and one in every period where the clause sets one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.annexes.kinds import State
from app.counting.deadlines import Deadline
from app.duties.duty import Remark, Step
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.periodic import again, made_up, often, owed, period_of
from app.duties.evaluators.requested import answers, late, requests, unanswered
from app.duties.papers.claims import Whole
from app.duties.verdict import NO_STEP, Lack, Question, Verdict, shown
from app.records import Instruction, Submission
from app.records.instruction import InstructionKind


def judge(question: Question) -> Verdict:
    asked = requests(question.view, InstructionKind.REPORT)
    reports = _reports(question)
    held = answers(question, InstructionKind.REPORT)
    lacks = [_unmade(question, one) for one in asked if one.id not in held]
    lacks.extend(_again(question, reports))
    evidence = [held[one.id].proof for one in asked if one.id in held]
    if question.asks.period_months is not None:
        evidence.extend(question.evidence(report, report.submitted_on) for report in reports)
    if not lacks and not evidence:
        return question.not_due("報告の求めは記録されていませんが、求められたときは提出が必要です。")
    over = [*late(question, InstructionKind.REPORT), *_missed(question, reports)]
    satisfied = f"報告の求め{len(asked)}件に応じています。" if asked else "この期間の報告書を提出しています。"
    if over:
        satisfied = f"{satisfied.removesuffix('。')}が、期限より後のものがあります。"
    return question.judge(lacks, evidence, satisfied, *_renewal(question, reports), remarks=over)


def _renewal(question: Question, reports: tuple[Submission, ...]) -> tuple[Deadline | None, Step]:
    if question.asks.period_months is None:
        return None, NO_STEP
    return again(question.view, period_of(question.asks), _handed_in(reports)), question.issue()


def _reports(question: Question) -> tuple[Submission, ...]:
    """The reports that the client has, in the order of their submission."""
    forms = question.view.forms_for(question.kind, Whole)
    held = (document for form in forms for document in question.view.standing(form))
    return tuple(sorted(held, key=lambda one: (one.submitted_on or one.issued_on, one.id)))


def _handed_in(reports: tuple[Submission, ...]) -> list[date]:
    return [report.submitted_on for report in reports if report.submitted_on]


def _unmade(question: Question, request: Instruction) -> Lack:
    received = shown(request.received_on)
    items = "、".join(question.asks.items) or "遵守状況"
    how = "書面で" if question.asks.written else ""
    why = f"発注者から求められたとき（{received}）は、{items}を{how}報告する必要があります。"
    return unanswered(question, request, "報告", why)


def _again(question: Question, reports: tuple[Submission, ...]) -> Iterator[Lack]:
    """The report that is owed in every period, where the clause sets one."""
    if question.asks.period_months is None:
        return
    period = period_of(question.asks)
    if deadline := owed(question.view, period, _handed_in(reports)):
        text = "この期間の報告書の提出が記録されていません。"
        why = f"契約内容の遵守状況は、{often(period)}発注者に報告する必要があります。"
        yield Lack(text, why, step=question.issue()).by(deadline)


def _missed(question: Question, reports: tuple[Submission, ...]) -> Iterator[Remark]:
    """The periods that ended without a report and were followed up by a later one."""
    if question.asks.period_months is None:
        return
    for due, on in made_up(question.view, period_of(question.asks), _handed_in(reports)):
        document = next(one for one in reports if one.submitted_on == on)
        text = f"期限（{shown(due)}）の報告書は、{shown(on)}の提出でした。"
        yield Remark(text, "submission", document.id, due, on)


EVALUATOR = evaluator("status-report", judge, State.NOT_DUE, State.DUE, State.OVERDUE, State.SATISFIED)
