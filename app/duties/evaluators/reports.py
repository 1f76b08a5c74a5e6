"""status-report: each report asked for was made, and one in every period where the clause sets one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.annexes.kinds import State
from app.counting.deadlines import Deadline, deadline_after
from app.duties.claims import Whole
from app.duties.duty import Step
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.periodic import again, often, owed, period_of
from app.duties.verdict import NO_STEP, Lack, Question, Verdict, counted, open_record, shown
from app.records import Instruction, Submission
from app.records.instruction import InstructionKind


def judge(question: Question) -> Verdict:
    view = question.view
    asked = [one for one in view.held(Instruction) if one.kind == InstructionKind.REPORT]
    asked = [one for one in asked if one.received_on <= view.day]
    reports = _reports(question)
    lacks = [lack for one in asked for lack in _unmade(question, one, reports)]
    lacks.extend(_again(question, reports))
    evidence = [question.evidence(one, on) for one in asked if (on := _answered(question, one))]
    evidence.extend(
        question.evidence(report, report.submitted_on)
        for report in reports
        if question.asks.period_months or any(_serves(report, one) for one in asked)
    )
    if not lacks and not evidence:
        return question.not_due("報告の求めは記録されていませんが、求められたときは提出が必要です。")
    late = [shown(one.received_on) for one in asked if _late(question, one, reports)]
    satisfied = f"報告の求め{len(asked)}件に応じています。" if asked else "この期間の報告書を提出しています。"
    if late:
        satisfied = f"求められた報告は済んでいますが、{'、'.join(late)}に受けた求めには期限より後でした。"
    return question.judge(lacks, evidence, satisfied, *_renewal(question, reports))


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


def _serves(report: Submission, request: Instruction) -> bool:
    return report.submitted_on is not None and report.submitted_on >= request.received_on


def _answered(question: Question, request: Instruction) -> date | None:
    on = request.answered_on
    return on if on is not None and on <= question.view.day else None


def _made_on(question: Question, request: Instruction, reports: tuple[Submission, ...]) -> date | None:
    """When the report asked for was made: a report submitted since, or an answer recorded otherwise."""
    days = [report.submitted_on for report in reports if _serves(report, request)]
    return min((on for on in (*days, _answered(question, request)) if on), default=None)


def _due(question: Question, request: Instruction) -> tuple[date | None, str]:
    """The client's own day, else what the clause sets, with how it was counted."""
    if request.due_on is not None:
        return request.due_on, ""
    deadline = deadline_after(request.received_on, question.asks)
    return (deadline.day, counted(deadline)) if deadline else (None, "")


def _late(question: Question, request: Instruction, reports: tuple[Submission, ...]) -> bool:
    made, (due, _words) = _made_on(question, request, reports), _due(question, request)
    return made is not None and due is not None and made > due


def _unmade(question: Question, request: Instruction, reports: tuple[Submission, ...]) -> Iterator[Lack]:
    if _made_on(question, request, reports) is not None:
        return
    received = shown(request.received_on)
    due, words = _due(question, request)
    step = question.issue()
    items = "、".join(question.asks.items) or "遵守状況"
    yield Lack(
        f"報告の求め（{received}）に応じた提出が記録されていません。",
        f"発注者から求められたとき（{received}）は、{items}を報告する必要があります。",
        "instruction",
        request.id,
        due,
        step if step.action else open_record(request),
        words,
    )


def _again(question: Question, reports: tuple[Submission, ...]) -> Iterator[Lack]:
    """The report that is owed in every period, where the clause sets one."""
    if question.asks.period_months is None:
        return
    period = period_of(question.asks)
    if deadline := owed(question.view, period, _handed_in(reports)):
        text = "この期間の報告書の提出が記録されていません。"
        why = f"契約内容の遵守状況は、{often(period)}発注者に報告する必要があります。"
        yield Lack(text, why, step=question.issue()).by(deadline)


EVALUATOR = evaluator("status-report", judge, State.NOT_DUE, State.DUE, State.OVERDUE, State.SATISFIED)
