"""oath: each worker has signed an oath for this contract, and the client has it where the annex asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from app.annexes.choices import Submit
from app.annexes.kinds import State, When
from app.duties.duty import Action, Evidence, Remark, Step
from app.duties.evaluators.delegated import unmanned
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.leaving import judge_leavers
from app.duties.evaluators.oath_holders import oaths, signed
from app.duties.evaluators.oath_terms import early, misfits, uncertain
from app.duties.evaluators.over import broken, first_told, late, span, told_late
from app.duties.verdict import Lack, Question, Verdict, add, open_record, print_form, shown
from app.duties.view import Former, Worker
from app.records import Oath, Person, stated_key
from app.records.oath import OathKind
from app.records.person import Employment


@dataclass(slots=True)
class Checked:
    """What is missing, what only a person can say, what proves, and what came late and is over."""

    lacks: list[Lack] = field(default_factory=list)
    doubts: list[Lack] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


OneByOne = Callable[[Question, tuple[Worker, ...]], Checked]
"""A look at what each of the workers has done, for a kind of duty that can stand in for another."""


def judge(question: Question) -> Verdict:
    if question.clause.when == (When.ON_LEAVING,):
        return judge_leavers(question, given_back=False)
    workers = question.view.workers_of(question.asks.workers)
    found = check(question, workers, submitted=question.reported)
    found.doubts.extend(unmanned(question))
    former = question.view.former_of(question.asks.workers)
    for one in former:
        _judge_former(question, one, found)
    if not workers and not found.doubts and not found.lacks:
        nobody = "従事者が記録されていないため、誓約書が要る者を示せません。"
        return question.unrecorded(nobody, "assignment")._replace(remarks=tuple(found.remarks))
    how = "署名され、提出されています" if question.reported else "署名されています"
    satisfied = f"従事者{len(workers)}人全員の誓約書が{how}。"
    return question.judge(found.lacks, found.evidence, satisfied, remarks=found.remarks, doubts=found.doubts)


def submitted(question: Question, workers: tuple[Worker, ...]) -> Checked:
    """The oaths of all ``workers``, in the client's hands, for a clause on another kind of duty."""
    return check(question._replace(kind=EVALUATOR.kind), workers, submitted=True)


def check(question: Question, workers: tuple[Worker, ...], *, submitted: bool) -> Checked:
    """Look at the oath of each worker; ``submitted``: the client must have it as well."""
    found = Checked()
    held = signed(question.view, OathKind.STARTING)
    for worker in workers:
        oath = held.get(worker.person.id)
        if oath is None:
            found.lacks.append(_unsigned(question, worker))
            continue
        found.evidence.append(question.evidence(oath, oath.signed_on))
        found.lacks.extend(misfits(question, worker.person, oath))
        found.doubts.extend(uncertain(question, worker.person, oath))
        found.remarks.extend(_signed_late(question, worker.person, worker.since, oath))
        found.lacks.extend(_unreceived(question, worker, oath))
        if submitted:
            _look_at_submission(question, worker, oath, found)
    return found


def _look_at_submission(question: Question, worker: Worker, oath: Oath, found: Checked) -> None:
    proof = question.view.proof(question.kind, worker.subject)
    if proof is None:
        start = _told_from(question, worker.since, oath)
        found.lacks.append(_unsubmitted(question, worker.person, start))
        return
    found.evidence.append(question.evidence(proof, proof.submitted_on))
    found.remarks.extend(_told_late(question, worker.person, worker.since, oath))


def _signed_late(question: Question, person: Person, since: date, oath: Oath) -> Iterator[Remark]:
    due = question.before(since)
    if oath.signed_on is not None and oath.signed_on > due:
        yield late(f"{person.name}の誓約書の署名", oath, due, oath.signed_on)
    elif _from_sub(person) and oath.received_on is not None and oath.received_on > due:
        yield late(f"{person.name}の誓約書の再委託先からの受領", oath, due, oath.received_on)


def _told_late(question: Question, person: Person, since: date, oath: Oath) -> Iterator[Remark]:
    document = first_told(question, stated_key(person))
    start = _told_from(question, since, oath)
    yield from told_late(question, f"{person.name}の誓約書", oath, start, document)


def _judge_former(question: Question, one: Former, found: Checked) -> None:
    """Of who works no more: without an oath the work was done, with one it can still be handed in."""
    person = one.person
    oath = signed(question.view, OathKind.STARTING).get(person.id)
    if oath is None or (oath.signed_on is not None and oath.signed_on > one.until):
        text = f"{person.name}は、{span(one.since, one.until)}誓約書に署名しないまま従事していました。"
        found.remarks.append(broken(text, one.assignments[0], one.since, one.until))
        return
    found.doubts.extend(early(question, oath))
    found.remarks.extend(_signed_late(question, person, one.since, oath))
    if question.reported:
        if first_told(question, one.subject) is None:
            start = _told_from(question, one.since, oath)
            found.lacks.append(_unsubmitted(question, person, start))
        else:
            found.remarks.extend(_told_late(question, person, one.since, oath))


def _from_sub(person: Person) -> bool:
    return person.employment == Employment.SUBCONTRACTOR


def _told_from(question: Question, since: date, oath: Oath) -> date:
    """From when the time for submitting runs: the start of the work, or the day the oath was in hand."""
    if question.asks.submit is Submit.BEFOREHAND:
        return since
    return oath.received_on or oath.signed_on or since


def _unreceived(question: Question, worker: Worker, oath: Oath) -> Iterator[Lack]:
    """The oath of a sub-contractor's worker is collected from there: a signature alone is not in hand."""
    received = oath.received_on is not None and oath.received_on <= question.view.day
    if _from_sub(worker.person) and not received:
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
    step = question.unprinted(worker.subject)
    if step.action:
        return step
    held = oaths(question.view, OathKind.STARTING).get(worker.person.id, ())
    unsigned = [oath for oath in held if oath.signed_on is None]
    return open_record(unsigned[0]) if unsigned else add("oath", person=worker.person.id)


def _unsubmitted(question: Question, person: Person, start: date) -> Lack:
    beforehand = question.asks.submit is Submit.BEFOREHAND
    what = f"{'従事の開始' if beforehand else '署名・受領'}（{shown(start)}）"
    return Lack(
        f"{person.name}の誓約書が提出されていません。",
        f"誓約書は{question.when(what)}提出する必要があります。",
        "person",
        person.id,
        step=_hand_in(question, stated_key(person)),
    ).by(question.told_by(start))


def _hand_in(question: Question, key: str) -> Step:
    """Submit what is printed and names the person, else print what signed oaths go out with.

    A sheet for the hand is of no use any more: it is the form that tells of what was signed.
    """
    step = question.issue(key)
    covers = [form for form in question.forms() if form.past]
    return print_form(covers[0]) if covers and step.action is Action.ISSUE else step


EVALUATOR = evaluator("oath", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.NOT_DUE, State.SATISFIED)
