"""disposal-certificate and witness: what proves to the client that a disposal was done."""

from __future__ import annotations

from collections.abc import Iterator

from app.duties.duty import Evidence
from app.duties.evaluators.evaluator import evaluator
from app.duties.kinds import State
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.records import Disposal


def judge_certificate(question: Question) -> Verdict:
    disposals = question.view.disposals
    if not disposals:
        return question.not_due("廃棄・消去の記録がまだないため、証明するものはありません。")
    evidence: dict[int, Evidence] = {}
    lacks = []
    for disposal in disposals:
        proof = question.view.proof(question.kind, f"disposal:{disposal.id}")
        if proof is None:
            lacks.append(_uncertified(question, disposal))
        else:
            evidence[proof.id] = question.evidence(proof, proof.submitted_on)
    lacks.extend(_stale(question))
    satisfied = f"廃棄・消去{len(disposals)}件は、すべて提出済みの証明書に載っています。"
    return question.judge(lacks, tuple(evidence.values()), satisfied)


def _uncertified(question: Question, disposal: Disposal) -> Lack:
    why = "廃棄又は消去をしたときは、完全に行った旨の証明書を提出する必要があります。"
    day = shown(disposal.done_on)
    text = f"{day}の廃棄・消去の証明書が提出されていません。"
    step = question.issue(f"disposal:{disposal.id}")
    if not disposal.complete:
        text = f"{day}の廃棄・消去には不良の明細があるため、証明書を作成できません。"
        step = open_record(disposal)
    return Lack(text, why, "disposal", disposal.id, None, step)


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


def judge_witness(question: Question) -> Verdict:
    disposals = question.view.disposals
    if not disposals:
        return question.not_due("廃棄・消去の記録がまだなく、立会いを求められた場合は応じる必要があります。")
    unwitnessed = [one for one in disposals if not one.witness]
    evidence = [question.evidence(one, one.done_on) for one in disposals if one.witness]
    if not unwitnessed:
        return question.judge(
            (), evidence, f"廃棄・消去{len(disposals)}件のすべてに立会人が記録されています。"
        )
    lacks = [
        Lack(f"{shown(one.done_on)}の廃棄・消去に立会人の記録がありません。", "", "disposal", one.id)
        for one in unwitnessed
    ]
    return question.confirm(
        "立会人の記録がない廃棄・消去について、立会いを求められていなかったかを確かめてください。",
        lacks,
        evidence,
        open_record(unwitnessed[0]),
    )


CERTIFICATE = evaluator(judge_certificate, State.NOT_DUE, State.DUE, State.SATISFIED)
WITNESS = evaluator(judge_witness, State.NOT_DUE, State.CONFIRM, State.SATISFIED)
