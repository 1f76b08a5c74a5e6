"""disposal-certificate: what proves to the client that a disposal was done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.annexes.choices import Exempt
from app.annexes.kinds import State
from app.duties.duty import Evidence, Remark
from app.duties.evaluators.copies import touches_copies
from app.duties.evaluators.disposed_elsewhere import unwritten
from app.duties.evaluators.erasing import approvals_of, concerned, readable
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.scope import stands
from app.duties.evaluators.ways import meant
from app.duties.holding.destruction import made_good
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import ContractView
from app.records import Disposal, Instruction, Person, Record, Submission, stated_key
from app.records.approval import Basis
from app.records.instruction import InstructionKind


def judge_certificate(question: Question) -> Verdict:
    disposals = tuple(one for one in question.view.disposals if _certified_for(question, one))
    away = list(unwritten(question, "証明書を要するか"))
    if not disposals and not away:
        return question.not_due("証明を要する廃棄・消去の記録がまだないため、証明するものはありません。")
    evidence: dict[int, Evidence] = {}
    certified: set[int] = set()
    lacks: list[Lack] = []
    remarks: list[Remark] = []
    doubts = away
    for disposal in disposals:
        proof = question.view.proof(question.kind, stated_key(disposal))
        if proof is None:
            spared = _spared(question, disposal)
            (doubts if spared else lacks).append(spared or _uncertified(question, disposal))
            continue
        certified.add(disposal.id)
        evidence[proof.id] = question.evidence(proof, proof.submitted_on)
        doubts.extend((*_left_out(question, disposal, proof), *_answered_by(question, disposal)))
        if question.told_late(disposal.done_on, proof):
            remarks.append(_late(question, disposal, proof))
    lacks.extend(_stale(question))
    found = tuple(readable(question, disposals))
    # What has not ended cannot be certified; where it was, the paper says more than the facts.
    open_ones = [one for one in found if one.over is None]
    lacks += [
        one.lack for one in open_ones if one.certain and (not one.failed or one.disposal.id in certified)
    ]
    doubts += [one.lack._replace(why=_READABLE) for one in open_ones if not one.certain]
    satisfied = f"廃棄・消去{len(disposals)}件は、すべて提出済みの証明書に載っています。"
    return question.judge(lacks, tuple(evidence.values()), satisfied, remarks=remarks, doubts=doubts)


def _certified_for(question: Question, disposal: Disposal) -> bool:
    """Whether the clause wants this disposal certified: by its way, or because copies went with it."""
    if not any(concerned(question, line) for line in disposal.lines):
        return False
    return meant(question, disposal) or (question.asks.copies and touches_copies(question.view, disposal))


def _left_out(question: Question, disposal: Disposal, proof: Submission) -> Iterator[Lack]:
    """What the clause wants a certificate to carry and this one is not known to say of a disposal."""
    told = question.view.told(proof)
    said = told.stated.get(stated_key(disposal), {}) if told is not None else {}
    absent = [item for item in question.asks.items if said.get(_label(item), "") in _NOTHING]
    if absent:
        named = "」「".join(absent)
        yield Lack(
            f"提出済みの証明書{proof.number}に、{shown(disposal.done_on)}の廃棄・消去の「{named}」が"
            "載っているかが分かりません。",
            f"証明書には「{named}」を載せることとされているため、提出済みの書類を確かめてください。",
            "submission",
            proof.id,
            step=open_record(proof),
        )


def _answered_by(question: Question, disposal: Disposal) -> Iterator[Lack]:
    """Whoever answers for a disposal was still with the vendor on its day, where the clause wants a name."""
    person = question.view.facts.find(Person, disposal.responsible)
    left = person.left_on if person is not None else None
    asked = any(_label(item) == _RESPONSIBLE for item in question.asks.items)
    if asked and person is not None and left is not None and left < disposal.done_on:
        day = shown(disposal.done_on)
        text = f"{day}の廃棄・消去の責任者とされた{person.name}は、{shown(left)}に退職しています。"
        why = "証明書に載せる責任者が、廃棄・消去の日に実際に責任を負った者かを確かめてください。"
        yield Lack(text, why, "disposal", disposal.id, step=open_record(disposal))


def _label(item: str) -> str:
    return next((label for word, label in _STATED_IN if word in item), item)


def _spared(question: Question, disposal: Disposal) -> Lack | None:
    """That the client may have done without the certificate: where the clause lets it, and it spoke of it.

    What its words mean is for a person to say; they never prove anything by themselves.
    """
    if Exempt.INSTRUCTION not in question.asks.exception:
        return None
    for said, words in _words_on(question.view, disposal):
        if _CERTIFICATE in words and any(word in words for word in _SPARED):
            text = f"{shown(disposal.done_on)}の廃棄・消去の証明書が提出されていません（指示は「{words}」）。"
            return Lack(text, _SPARING, said.spec.name, said.id, step=open_record(said))
    return None


def _words_on(view: ContractView, disposal: Disposal) -> Iterator[tuple[Record, str]]:
    """What the client said by the day in instructions, and when it ordered this very disposal."""
    for said in view.held(Instruction):
        if said.kind in _ORDERS and said.received_on <= view.day:
            yield said, said.what
    for approval in approvals_of(view, disposal):
        if approval.basis == Basis.INSTRUCTION and stands(approval, view.day):
            yield approval, approval.conditions


_RESPONSIBLE = "責任者"
_STATED_IN = (
    ("消去したこと", "廃棄又は消去の方法"),
    ("廃棄したこと", "廃棄又は消去の方法"),
    ("方法", "廃棄又は消去の方法"),
    ("年月日", "廃棄又は消去の年月日"),
    (_RESPONSIBLE, _RESPONSIBLE),
    ("立会", "立会人"),
    ("情報項目", "明細"),
    ("媒体名", "明細"),
    ("数量", "明細"),
)
"""Words by which a clause calls what a certificate carries, and the label under which it is stated there."""
_NOTHING = ("", "－")
"""What stands on a certificate where the ledger says nothing."""
_CERTIFICATE = "証明"
_SPARED = ("不要", "省略", "免除", "要しない", "要さない", "必要ない", "必要はない", "提出しなくて")
"""Words by which the client does without something."""
_ORDERS = (InstructionKind.INSTRUCTION, InstructionKind.RETURN)
_SPARING = "発注者の指示が、証明書の提出を要しないものかを確かめてください。"
_READABLE = "証明した廃棄・消去が、判読も復元もできない方法によるものかを確かめてください。"


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
    left = (line for line in disposal.lines if not disposal.ended(line))
    if any(made_good(view.facts, view.disposals, disposal, line) is None for line in left):
        text = f"{day}の廃棄・消去には不良又は確認が「合格」でない明細があるため、証明書を作成できません。"
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
