"""disposal-certificate: what proves to the client that a disposal was done."""

from __future__ import annotations

from collections.abc import Iterator

from app.annexes.kinds import State
from app.duties.duty import Evidence
from app.duties.evaluators.evaluator import evaluator
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.records import Disposal, stated_key


def judge_certificate(question: Question) -> Verdict:
    disposals = question.view.disposals
    if not disposals:
        return question.not_due("廃棄・消去の記録がまだないため、証明するものはありません。")
    evidence: dict[int, Evidence] = {}
    lacks = []
    late = []
    for disposal in disposals:
        proof = question.view.proof(question.kind, stated_key(disposal))
        if proof is None:
            lacks.append(_uncertified(question, disposal))
        else:
            evidence[proof.id] = question.evidence(proof, proof.submitted_on)
            if question.told_late(disposal.done_on, proof):
                late.append(shown(disposal.done_on))
    lacks.extend(_stale(question))
    satisfied = f"廃棄・消去{len(disposals)}件は、すべて提出済みの証明書に載っています。"
    if late:
        satisfied = (
            f"証明書は提出済みですが、{'、'.join(late)}の廃棄・消去は{question.too_late('廃棄・消去')}。"
        )
    return question.judge(lacks, tuple(evidence.values()), satisfied)


def _uncertified(question: Question, disposal: Disposal) -> Lack:
    why = "廃棄又は消去をしたときは、完全に行った旨の証明書を提出する必要があります。"
    day = shown(disposal.done_on)
    text = f"{day}の廃棄・消去の証明書が提出されていません。"
    step = question.issue(stated_key(disposal))
    if not disposal.complete:
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
    "disposal-certificate", judge_certificate, State.NOT_DUE, State.DUE, State.OVERDUE, State.SATISFIED
)
