"""improvement: each finding has an action, an owner, a date and a result; each request was taken up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.annexes.kinds import State
from app.counting.deadlines import deadline_after
from app.duties.duty import Evidence, Remark
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.requested import unanswered
from app.duties.evaluators.stated import worked
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import Audit, Improvement, Incident, Instruction
from app.records.audit import Finding
from app.records.improvement import Source
from app.records.instruction import InstructionKind

_SHORT = 30


def judge(question: Question) -> Verdict:
    view = question.view
    improvements = view.once(improvements_of)
    requests = view.once(_requests, question.asks.instructed)
    findings = view.once(_unanswered)
    if not (improvements or requests or findings):
        return question.not_due("改善を求められた事項は記録されていませんが、求められれば措置が必要です。")
    lacks = [lack for one in requests for lack in _request(question, one, improvements)]
    lacks.extend(_finding(audit, row) for audit, row in findings)
    lacks.extend(lack for one in improvements for lack in _unfinished(question, one))
    evidence = [proof for one in improvements for proof in _proof(question, one)]
    evidence.extend(
        question.evidence(one, one.answered_on) for one in requests if _carried_out(question, one)
    )
    satisfied = f"改善を要する事項{len(improvements)}件は、措置と効果の確認まで済んでいます。"
    if not improvements:
        satisfied = f"発注者の指示{len(requests)}件に対応しています。"
    over = [remark for one in improvements for remark in _late(question, one)]
    if over:
        satisfied = f"{satisfied.removesuffix('。')}が、期日の後のものがあります。"
    return question.judge(lacks, evidence, satisfied, remarks=over)


def improvements_of(view: ContractView) -> tuple[Improvement, ...]:
    """What was found wanting on the contract until the day, also by its audits, incidents and requests."""
    found = {one.id: one for one in view.held(Improvement)}
    for path, sources in (
        ("audit", view.held(Audit)),
        ("incident", view.held(Incident)),
        ("instruction", view.held(Instruction)),
    ):
        for source in sources:
            linked = view.facts.of(Improvement, path, source.id)
            found.update((one.id, one) for one in linked if one.contract is None)
    known = (one for one in found.values() if one.found_on <= view.day)
    return tuple(sorted(known, key=lambda one: (one.found_on, one.id)))


def _requests(view: ContractView, instructed: bool) -> tuple[Instruction, ...]:
    """What the client asked until the day to have put right, or to have done where the clause says so."""
    meant = (InstructionKind.IMPROVEMENT, *((InstructionKind.INSTRUCTION,) if instructed else ()))
    asked = (one for one in view.held(Instruction) if one.kind in meant)
    return tuple(one for one in asked if one.received_on <= view.day)


def _carried_out(question: Question, one: Instruction) -> bool:
    """An instruction is done when it is answered; what was to be improved needs an improvement."""
    return one.kind == InstructionKind.INSTRUCTION and _by(one.answered_on, question.view.day)


def _late(question: Question, one: Improvement) -> Iterator[Remark]:
    if one.due_on is not None and one.done_on is not None and one.due_on < one.done_on <= question.view.day:
        days = f"期日{shown(one.due_on)}、実施{shown(one.done_on)}"
        text = f"改善「{_short(one.finding)}」は、期日の後の実施でした（{days}）。"
        yield Remark(text, "improvement", one.id, one.due_on, one.done_on)


def _unanswered(view: ContractView) -> tuple[tuple[Audit, Finding], ...]:
    """Findings of audits held until the day that were neither answered nor taken up as an improvement."""
    return tuple(
        (audit, row)
        for audit in view.held(Audit)
        if audit.held_on is not None and audit.held_on <= view.day
        for row in audit.findings
        if not _by(row.answered_on, view.day) and not _taken_up(view, audit, row)
    )


def _taken_up(view: ContractView, audit: Audit, row: Finding) -> bool:
    """Whether an improvement is about this finding: by its words, or where the audit found nothing else."""
    linked = [one for one in view.facts.of(Improvement, "audit", audit.id) if one.found_on <= view.day]
    only = len(audit.findings) == 1
    return any(only or one.finding.split() == row.finding.split() for one in linked)


def _request(
    question: Question, request: Instruction, improvements: tuple[Improvement, ...]
) -> Iterator[Lack]:
    received = shown(request.received_on)
    if any(one.instruction == request.id for one in improvements) or _carried_out(question, request):
        return
    if request.kind == InstructionKind.INSTRUCTION:
        why = f"発注者の指示を受けたとき（{received}）は、これに従い、その結果を残す必要があります。"
        yield unanswered(question, request, "対応", why)
        return
    lack = Lack(
        f"改善の求め（{received}）に対する改善が記録されていません。",
        f"改善を求められたとき（{received}）は、措置、担当者、期日及び結果を残す必要があります。",
        "instruction",
        request.id,
        request.due_on,
        add(
            "improvement",
            source=Source.CLIENT.value,
            instruction=request.id,
            found_on=request.received_on,
            finding=request.what,
        ),
    )
    yield lack if request.due_on else lack.by(deadline_after(request.received_on, question.asks))


def _finding(audit: Audit, row: Finding) -> Lack:
    return Lack(
        f"{audit.called}の指摘「{_short(row.finding)}」に、回答も改善の記録もありません。",
        "監査・調査で受けた指摘は、改善の措置、担当者、期日及び結果を残す必要があります。",
        "audit",
        audit.id,
        step=add(
            "improvement",
            source=Source.AUDIT.value,
            audit=audit.id,
            found_on=audit.held_on,
            finding=row.finding,
        ),
    )


def _unfinished(question: Question, one: Improvement) -> Iterator[Lack]:
    day = question.view.day
    name = f"改善「{_short(one.finding)}」"
    planned = (("措置", one.action), ("担当者", one.owner), ("期日", one.due_on or _by(one.done_on, day)))
    if absent := [what for what, held in planned if not held]:
        why = "改善を要する事項には、措置、担当者及び期日を定める必要があります。"
        yield _lack(one, f"{name}の{'、'.join(absent)}が記録されていません。", why)
    if _discussed(question, one) and not _by(one.discussed_on, day):
        why = "改善の措置は、発注者と協議して定める必要があります。"
        yield _lack(one, f"{name}について、発注者と協議した日が記録されていません。", why)
    if not _by(one.done_on, day):
        until = f"期日（{shown(one.due_on)}）までに" if one.due_on else ""
        why = f"改善の措置は、{until}実施する必要があります。"
        yield _lack(one, f"{name}の実施が記録されていません。", why, one.due_on)
    elif not (worked(one.effect) and (one.effect_on is None or one.effect_on <= day)):
        why = "改善の措置を実施した後は、効果を確かめて残す必要があります。"
        yield _lack(one, f"{name}の効果の確認が記録されていません。", why)


def _lack(one: Improvement, text: str, why: str, due: date | None = None) -> Lack:
    return Lack(text, why, "improvement", one.id, due, open_record(one))


def _discussed(question: Question, one: Improvement) -> bool:
    """Whether the clause wants the measure discussed: it speaks of what the client found, not the vendor."""
    asked = any("協議" in item for item in question.asks.items)
    return asked and (one.source in (Source.CLIENT, Source.AUDIT) or bool(one.instruction or one.audit))


def _proof(question: Question, one: Improvement) -> Iterator[Evidence]:
    if _by(one.done_on, question.view.day):
        yield question.evidence(one, one.done_on)


def _by(done: date | None, day: date) -> bool:
    return done is not None and done <= day


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}…"


EVALUATOR = evaluator("improvement", judge, State.NOT_DUE, State.DUE, State.OVERDUE, State.SATISFIED)
