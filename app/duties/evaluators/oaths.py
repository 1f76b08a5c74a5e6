"""oath: each worker has signed an oath for this contract, and the client has it where the annex asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from app.duties.clause import Submit
from app.duties.duty import Evidence, Step
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.leaving import judge_leavers
from app.duties.evaluators.oath_holders import oaths, signed
from app.duties.kinds import State, When
from app.duties.verdict import Lack, Question, Verdict, add, open_record, print_form, shown
from app.duties.view import Worker
from app.records import Oath
from app.records.oath import OathKind
from app.records.person import Employment


@dataclass(slots=True)
class Checked:
    """What is missing, what proves, and whose oath came too late, each ready to stand in a sentence."""

    lacks: list[Lack] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    late: list[str] = field(default_factory=list)


def judge(question: Question) -> Verdict:
    if question.clause.when == (When.ON_LEAVING,):
        return judge_leavers(question, given_back=False)
    workers = question.view.workers_of(question.asks.workers)
    if not workers:
        return question.unrecorded("従事者が記録されていないため、誓約書が要る者を示せません。", "assignment")
    found = check(question, workers, submitted=question.reported)
    how = "署名され、提出されています" if question.reported else "署名されています"
    satisfied = f"従事者{len(workers)}人全員の誓約書が{how}。"
    if found.late:
        satisfied = f"全員の誓約書がそろっていますが、{'、'.join(found.late)}。"
    return question.judge(found.lacks, found.evidence, satisfied)


def check(question: Question, workers: tuple[Worker, ...], *, submitted: bool, kind: str = "") -> Checked:
    """Look at the oath of each worker; ``submitted``: the client must have it as well.

    ``kind`` says whose forms count where the question is about another kind of duty (a list).
    """
    asked = question._replace(kind=kind) if kind else question
    found = Checked()
    held = signed(asked.view, OathKind.STARTING)
    for worker in workers:
        oath = held.get(worker.person.id)
        if oath is None:
            found.lacks.append(_unsigned(asked, worker))
            continue
        found.evidence.append(asked.evidence(oath, oath.signed_on))
        found.lacks.extend(_unreceived(asked, worker, oath))
        if submitted:
            proof = asked.view.proof("oath", worker.subject)
            if proof is None:
                found.lacks.append(_unsubmitted(asked, worker, oath))
                continue
            found.evidence.append(asked.evidence(proof, proof.submitted_on))
            if asked.told_late(_told_from(asked, worker, oath), proof):
                found.late.append(f"{worker.person.name}は{asked.too_late('従事の開始')}")
                continue
        if oath.signed_on and oath.signed_on > asked.before(worker.since):
            found.late.append(f"{worker.person.name}は従事の開始より前ではありません")
    return found


def _told_from(question: Question, worker: Worker, oath: Oath) -> date:
    """From when the time for submitting runs: the start of the work, or the day the oath was in hand."""
    if question.asks.submit is Submit.BEFOREHAND:
        return worker.since
    return oath.received_on or oath.signed_on or worker.since


def _unreceived(question: Question, worker: Worker, oath: Oath) -> Iterator[Lack]:
    """The oath of a sub-contractor's worker is collected from there: a signature alone is not in hand."""
    received = oath.received_on is not None and oath.received_on <= question.view.day
    if worker.person.employment == Employment.SUBCONTRACTOR and not received:
        yield Lack(
            f"{worker.person.name}の誓約書を再委託先から受け取った記録がありません。",
            "再委託先の従事者の誓約書は、再委託先から受け取って受領日を記録する必要があります。",
            "oath",
            oath.id,
            step=open_record(oath),
        ).by(question.beforehand(worker.since))


def _unsigned(question: Question, worker: Worker) -> Lack:
    return Lack(
        f"{worker.person.name}の署名済みの誓約書がありません。",
        f"誓約書は従事の開始（{shown(worker.since)}）の{question.eve}までに署名を受ける必要があります。",
        "person",
        worker.person.id,
        step=_sign(question, worker),
    ).by(question.beforehand(worker.since))


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
    held = oaths(question.view, OathKind.STARTING).get(worker.person.id, ())
    unsigned = [oath for oath in held if oath.signed_on is None]
    return open_record(unsigned[0]) if unsigned else add("oath", person=worker.person.id)


def _unsubmitted(question: Question, worker: Worker, oath: Oath) -> Lack:
    start = _told_from(question, worker, oath)
    beforehand = question.asks.submit is Submit.BEFOREHAND
    what = f"{'従事の開始' if beforehand else '署名・受領'}（{shown(start)}）"
    return Lack(
        f"{worker.person.name}の誓約書が提出されていません。",
        f"誓約書は{question.when(what)}提出する必要があります。",
        "person",
        worker.person.id,
        step=question.issue(worker.subject),
    ).by(question.told_by(start))


EVALUATOR = evaluator("oath", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.NOT_DUE, State.SATISFIED)
