"""witness: where the client asked to attend a disposal, the disposal names who attended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.annexes.kinds import State
from app.duties.evaluators.disposing import ATTEND, DISPOSING
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.requested import requests, unanswered
from app.duties.evaluators.ways import meant
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.records import Disposal, Instruction
from app.records.instruction import InstructionKind

_WHY = "立会いを求められた廃棄・消去には発注者の立会いを受け、立会人を記録する必要があります。"


def judge(question: Question) -> Verdict:
    disposals = tuple(one for one in question.view.disposals if meant(question, one))
    asked = requests(question.view, InstructionKind.WITNESS)
    lacks = [lack for one in asked for lack in _unmet(question, one, disposals)]
    lacks += [lack for one in disposals for lack in _on_condition(question, one)]
    alone = [one for one in disposals if not one.witness]
    evidence = [question.evidence(one, one.done_on) for one in disposals if one.witness]
    said = _spoken(question, alone)
    if said and not lacks:
        return question.confirm(
            f"{shown(said[0].received_on)}の{said[0].kind}が、廃棄・消去への立会いを求めるものかを確かめてください。",
            [_unattended(one, "") for one in alone if one.done_on >= said[0].received_on],
            evidence,
            open_record(said[0]),
        )
    if not lacks and not evidence:
        done = f"（廃棄・消去{len(disposals)}件）" if disposals else ""
        return question.not_due(f"立会いの求めの記録はなく{done}、求められた場合は応じる必要があります。")
    if alone and not lacks:
        satisfied = (
            f"立会いを求められた廃棄・消去に立会人が記録されています（ほかの{len(alone)}件は求めなし）。"
        )
    else:
        satisfied = f"廃棄・消去{len(disposals)}件のすべてに立会人が記録されています。"
    return question.judge(lacks, evidence, satisfied)


def _on_condition(question: Question, disposal: Disposal) -> Iterator[Lack]:
    """Attendance that is a condition of the approval on which the disposal rests."""
    approvals = DISPOSING.matching(question.view, "").claims[disposal.id].approvals
    for approval in approvals:
        if ATTEND in approval.conditions and not disposal.witness:
            yield _unattended(disposal, f"{approval.number}の条件にある")


def _spoken(question: Question, alone: Sequence[Disposal]) -> tuple[Instruction, ...]:
    """What the client said of attending in words of another kind, before a disposal that nobody attended."""
    latest = max((one.done_on for one in alone), default=None)
    return tuple(
        one
        for one in question.view.held(Instruction)
        if one.kind != InstructionKind.WITNESS
        and ATTEND in f"{one.what}{one.method_asked}"
        and latest is not None
        and one.received_on <= latest
    )


def _unmet(question: Question, asked: Instruction, disposals: Sequence[Disposal]) -> Iterator[Lack]:
    """What a request lacks: a disposal without a witness, or any disposal or answer at all."""
    after = [one for one in disposals if one.done_on >= asked.received_on]
    first = after[0].done_on if after else None
    until = max(filter(None, (first, asked.answered_on)), default=None)
    meant_by_it = [one for one in after if until is None or one.done_on <= until]
    for one in meant_by_it:
        if not one.witness:
            yield _unattended(one, f"{shown(asked.received_on)}に求められた")
    answered = asked.answered_on is not None and asked.answered_on <= question.view.day
    if not meant_by_it and not answered:
        yield unanswered(question, asked, "立会い", _WHY)


def _unattended(disposal: Disposal, asked: str) -> Lack:
    text = f"{shown(disposal.done_on)}の廃棄・消去に、{asked}立会いの立会人の記録がありません。"
    if not asked:
        text = f"{shown(disposal.done_on)}の廃棄・消去に立会人の記録がありません。"
    return Lack(text, _WHY, "disposal", disposal.id, step=open_record(disposal))


EVALUATOR = evaluator(
    "witness", judge, State.NOT_DUE, State.DUE, State.OVERDUE, State.CONFIRM, State.SATISFIED
)
