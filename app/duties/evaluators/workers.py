"""worker-list: the workers are identified, reported where asked, and nobody else handles anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from app.duties.duty import Evidence
from app.duties.evaluators import oaths
from app.duties.evaluators.changes import changes
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.people import person_subject
from app.duties.kinds import State, When
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import ContractView, Worker
from app.records import Asset, Assignment, Event, Person

_PERSON: attrgetter[int | None] = attrgetter("person")


def judge(question: Question) -> Verdict:
    workers = question.view.workers_of(question.asks.workers)
    if not workers:
        return question.unrecorded("従事者が記録されていないため、だれが携わるかを示せません。", "assignment")
    lacks = list(_gone(question, workers))
    if When.STANDING in question.clause.when:
        lacks.extend(_outsiders(question))
    if not question.reported:
        evidence = [question.evidence(one, one.starts_on) for worker in workers for one in worker.assignments]
        return question.judge(lacks, evidence, f"携わる者として{len(workers)}人が従事者に登録されています。")
    if question.asks.instead == "oath" and not lacks:
        instead = _oaths_instead(question, workers)
        if instead:
            return instead
    return _listed(question, workers, lacks)


def _listed(question: Question, workers: tuple[Worker, ...], lacks: list[Lack]) -> Verdict:
    evidence: dict[int, Evidence] = {}
    late = []
    for worker in workers:
        proof = question.view.proof(question.kind, worker.subject)
        if proof is None:
            lacks.append(_unlisted(question, worker))
            continue
        evidence[proof.id] = question.evidence(proof, proof.submitted_on)
        if question.told_late(worker.starts_on, proof):
            late.append(worker.person.name)
    lacks.extend(changes(question, "従事者", lambda key: person_subject(question, key)))
    satisfied = f"従事者{len(workers)}人は、すべて提出済みの書類に載っています。"
    if late:
        satisfied = (
            f"従事者は提出済みの書類に載っていますが、{'、'.join(late)}は{question.too_late('従事の開始')}。"
        )
    return question.judge(lacks, tuple(evidence.values()), satisfied)


def _unlisted(question: Question, worker: Worker) -> Lack:
    when = question.when(f"従事の開始（{shown(worker.starts_on)}）")
    or_oaths = "か、全員の誓約書を提出する" if question.asks.instead == "oath" else ""
    return Lack(
        f"{worker.person.name}が、提出済みの従事者の名簿・報告書に載っていません。",
        f"従事者は{when}名簿又は報告書で届け出る{or_oaths}必要があります。",
        "assignment",
        worker.assignments[0].id,
        step=question.issue(worker.subject),
    ).by(question.told_by(worker.starts_on))


def _oaths_instead(question: Question, workers: tuple[Worker, ...]) -> Verdict | None:
    """The oaths of all workers, submitted, stand in for the list; None while one is lacking."""
    found = oaths.check(question, workers, kind="oath", submitted=True)
    if found.lacks:
        return None
    return question.judge(
        (), found.evidence, f"従事者{len(workers)}人全員の誓約書が提出済みのため、名簿の提出に代わります。"
    )


def _gone(question: Question, workers: tuple[Worker, ...]) -> Iterator[Lack]:
    """A person who has left the company cannot go on working: the list would name somebody who is gone."""
    for worker in workers:
        left = worker.person.left_on
        if left is not None and left < question.view.as_of:
            yield Lack(
                f"{worker.person.name}は{shown(left)}に退職していますが、従事終了日がありません。",
                f"退職した者（{shown(left)}退職）が従事者に残っているため、従事終了日の入力が必要です。",
                "assignment",
                worker.assignments[0].id,
                None,
                open_record(worker.assignments[0]),
            )


def _outsiders(question: Question) -> Iterator[Lack]:
    """Only those who work on the contract may handle its assets: every handler must be one."""
    for event, asset in question.view.once(handled_by_outsiders):
        person = question.view.facts.find(Person, event.person)
        yield Lack(
            f"{asset.number}の{event.kind}（{shown(event.happened_at.date())}）を扱った"
            f"{person.name if person else '要員'}は、その日の従事者ではありません。",
            "業務に直接携わる者だけが扱うことになっているため、従事の登録か取扱記録を直す必要があります。",
            "event",
            event.id,
            None,
            open_record(event),
        )


def handled_by_outsiders(view: ContractView) -> tuple[tuple[Event, Asset], ...]:
    """What was done by somebody who did not work on the contract on that day, in order of time."""
    people = {person for held in view.happened.values() for person in set(map(_PERSON, held))} - {None}
    spread = view.spread
    if spread is None or not people:
        return ()
    periods: dict[int | None, list[Assignment]] = {}
    for one in view.assignments:
        periods.setdefault(one.person, []).append(one)
    # Most work from the first event to the last: for their events no day has to be looked at.
    first, last = (moment.date() for moment in spread)
    steady = {
        person
        for person, held in periods.items()
        if any(_works([one], first) and _works([one], last) for one in held)
    }
    others = people - steady
    if not others:
        return ()
    found = (event for held in view.happened.values() for event in held if event.person in others)
    return view.in_time(
        event for event in found if not _works(periods.get(event.person, []), event.happened_at.date())
    )


def _works(assignments: list[Assignment], day: date) -> bool:
    return any(one.starts_on <= day and (one.ends_on is None or day <= one.ends_on) for one in assignments)


EVALUATOR = evaluator("worker-list", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
