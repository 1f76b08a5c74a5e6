"""oath: each worker has signed an oath for this contract, and the client has it where the annex asks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.duties.duty import Evidence, Step
from app.duties.evaluators.evaluator import evaluator
from app.duties.kinds import State
from app.duties.verdict import Lack, Question, Verdict, add, open_record, print_form, shown
from app.duties.view import Worker
from app.records import Oath
from app.records.oath import OathKind


@dataclass(slots=True)
class Checked:
    """What is missing, what proves, and who signed only after the start."""

    lacks: list[Lack] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    late: list[str] = field(default_factory=list)


def judge(question: Question) -> Verdict:
    workers = question.view.workers_of(question.asks.workers)
    if not workers:
        return question.unrecorded("従事者が記録されていないため、誓約書が要る者を示せません。", "assignment")
    found = check(question, workers, submitted=question.reported)
    how = "署名され、提出されています" if question.reported else "署名されています"
    satisfied = f"従事者{len(workers)}人全員の誓約書が{how}。"
    if found.late:
        satisfied = (
            f"全員の誓約書がそろっていますが、{'、'.join(found.late)}は従事の開始より前ではありません。"
        )
    return question.judge(found.lacks, found.evidence, satisfied)


def check(question: Question, workers: tuple[Worker, ...], *, submitted: bool, kind: str = "") -> Checked:
    """Look at the oath of each worker; ``submitted``: the client must have it as well.

    ``kind`` says whose forms count where the question is about another kind of duty (a list).
    """
    asked = replace(question, kind=kind) if kind else question
    found = Checked()
    for worker in workers:
        due = asked.before(worker.since)
        oath = _signed(asked, worker)
        if oath is None or oath.signed_on is None:
            found.lacks.append(_unsigned(asked, worker))
            continue
        found.evidence.append(asked.evidence(oath, oath.signed_on))
        done = oath.signed_on
        if submitted:
            proof = asked.view.proof("oath", worker.subject)
            if proof is None or proof.submitted_on is None:
                found.lacks.append(_unsubmitted(asked, worker))
                continue
            found.evidence.append(asked.evidence(proof, proof.submitted_on))
            done = max(done, proof.submitted_on if asked.deadline(worker.since) else done)
        if done > due:
            found.late.append(worker.person.name)
    return found


def _oaths(question: Question, worker: Worker) -> tuple[Oath, ...]:
    contract = question.view.contract.id
    return tuple(
        oath
        for oath in question.view.facts.of(Oath, "person", worker.person.id)
        if oath.kind == OathKind.STARTING and contract in oath.contract_ids
    )


def _signed(question: Question, worker: Worker) -> Oath | None:
    day = question.view.day
    signed = [o for o in _oaths(question, worker) if o.signed_on is not None and o.signed_on <= day]
    return min(signed, key=lambda o: (o.signed_on or day, o.id)) if signed else None


def _unsigned(question: Question, worker: Worker) -> Lack:
    return Lack(
        f"{worker.person.name}の署名済みの誓約書がありません。",
        f"誓約書は従事の開始（{shown(worker.since)}）の{question.eve}までに署名を受ける必要があります。",
        "person",
        worker.person.id,
        question.before(worker.since),
        _sign(question, worker),
    )


def _sign(question: Question, worker: Worker) -> Step:
    """Print the oath first; once it is printed, record the signature."""
    forms = question.view.forms_for("oath")
    printed = any(
        question.view.names(document, worker.subject)
        for form in forms
        for document in (*question.view.printed(form), *question.view.standing(form))
    )
    if forms and not printed:
        return print_form(forms[0])
    unsigned = [oath for oath in _oaths(question, worker) if oath.signed_on is None]
    return open_record(unsigned[0]) if unsigned else add("oath")


def _unsubmitted(question: Question, worker: Worker) -> Lack:
    due = question.deadline(worker.since)
    when = f"従事の開始（{shown(worker.since)}）の{question.eve}までに" if due else "署名の後速やかに"
    return Lack(
        f"{worker.person.name}の誓約書が提出されていません。",
        f"誓約書は{when}提出する必要があります。",
        "person",
        worker.person.id,
        due,
        question.issue(worker.subject),
    )


EVALUATOR = evaluator(judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
