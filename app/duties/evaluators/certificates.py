"""disposal-certificate: what proves to the client that a disposal was done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.annexes.kinds import State
from app.duties.destruction import made_good
from app.duties.duty import Evidence, Remark
from app.duties.evaluators.copies import touches_copies
from app.duties.evaluators.erasing import meant, readable
from app.duties.evaluators.evaluator import evaluator
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.records import Disposal, Submission, stated_key
from app.records.disposal import LineResult


def judge_certificate(question: Question) -> Verdict:
    disposals = tuple(one for one in question.view.disposals if _certified_for(question, one))
    if not disposals:
        return question.not_due("証明を要する廃棄・消去の記録がまだないため、証明するものはありません。")
    evidence: dict[int, Evidence] = {}
    lacks = []
    remarks = []
    for disposal in disposals:
        proof = question.view.proof(question.kind, stated_key(disposal))
        if proof is None:
            lacks.append(_uncertified(question, disposal))
            continue
        evidence[proof.id] = question.evidence(proof, proof.submitted_on)
        if question.told_late(disposal.done_on, proof):
            remarks.append(_late(question, disposal, proof))
    lacks.extend(_stale(question))
    found = tuple(readable(question, disposals))
    lacks.extend(one.lack for one in found if one.certain and not one.failed and one.over is None)
    doubts = [one.lack for one in found if not one.certain and one.over is None]
    proofs = tuple(evidence.values())
    if doubts and not lacks:
        why = "証明した廃棄・消去が、判読も復元もできない方法によるものかを確かめてください。"
        return question.confirm(why, doubts, proofs, doubts[0].step)._replace(remarks=tuple(remarks))
    satisfied = f"廃棄・消去{len(disposals)}件は、すべて提出済みの証明書に載っています。"
    return question.judge([*lacks, *doubts], proofs, satisfied, remarks=remarks)


def _certified_for(question: Question, disposal: Disposal) -> bool:
    """Whether the clause wants this disposal certified: by its way, or because copies went with it."""
    return meant(question, disposal) or (question.asks.copies and touches_copies(question.view, disposal))


def _late(question: Question, disposal: Disposal, proof: Submission) -> Remark:
    deadline = question.told_by(disposal.done_on)
    due = deadline.day if deadline else None
    text = (
        f"{shown(disposal.done_on)}の廃棄・消去の証明書{proof.number}は、期限の後に提出しました"
        f"（{_days(due, proof.submitted_on)}）。"
    )
    return Remark(text, "disposal", disposal.id, due, proof.submitted_on)


def _days(due: date | None, came: date | None) -> str:
    return "、".join(f"{word}{shown(day)}" for word, day in (("期限", due), ("提出", came)) if day)


def _uncertified(question: Question, disposal: Disposal) -> Lack:
    why = "廃棄又は消去をしたときは、完全に行った旨の証明書を提出する必要があります。"
    day = shown(disposal.done_on)
    text = f"{day}の廃棄・消去の証明書が提出されていません。"
    step = question.issue(stated_key(disposal))
    view = question.view
    failed = (line for line in disposal.lines if line.result == LineResult.FAILED)
    if any(made_good(view.facts, view.disposals, disposal, line) is None for line in failed):
        text = f"{day}の廃棄・消去には不良の明細があるため、証明書を作成できません。"
        step = open_record(disposal)
    return Lack(text, why, "disposal", disposal.id, step=step).by(question.told_by(disposal.done_on))


def _stale(question: Question) -> Iterator[Lack]:
    for form in question.view.forms_for(question.kind):
        for document in question.view.counting(form):
            if not question.view.drift(form, document).stale:
                continue
            yield Lack(
                f"提出済みの証明書{document.number}の内容が、現在の記録と違います。",
                "証明書は、実際に行った廃棄又は消去の内容と一致している必要があります。",
                "submission",
                document.id,
                None,
                question.renew(form, document),
            )


CERTIFICATE = evaluator(
    "disposal-certificate",
    judge_certificate,
    State.NOT_DUE,
    State.DUE,
    State.OVERDUE,
    State.CONFIRM,
    State.SATISFIED,
)
