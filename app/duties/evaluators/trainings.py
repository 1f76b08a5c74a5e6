"""training: each worker attended, before starting, sessions that covered what the annex names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.annexes.choices import Submit
from app.annexes.kinds import State
from app.counting.deadlines import Deadline
from app.duties.duty import Evidence, Remark, Step
from app.duties.evaluators.delegated import unmanned
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.over import broken, late, missed_rounds, span, told_late
from app.duties.evaluators.periodic import first_again, lapses, often, owed, period_of
from app.duties.verdict import NO_STEP, Lack, Question, Verdict, add, open_record, shown
from app.duties.view import Former, Worker
from app.records import Person, Training, stated_key

_Held = tuple[tuple[date, Training], ...]
"""The days and sessions that one person attended, by day."""


def judge(question: Question) -> Verdict:
    workers = question.view.workers_of(question.asks.workers)
    topics = tuple(str(topic) for topic in question.asks.topics)
    doubts = list(unmanned(question))
    lacks: list[Lack] = []
    used: dict[int, Training] = {}
    remarks = [
        remark
        for one in question.view.former_of(question.asks.workers)
        for remark in _over(question, one, topics)
    ]
    if not workers and not doubts:
        nobody = "従事者が記録されていないため、研修が要る者を示せません。"
        return question.unrecorded(nobody, "assignment")._replace(remarks=tuple(remarks))
    for worker in workers:
        held = question.view.attended.get(worker.person.id, ())
        used.update({training.id: training for _day, training in held})
        lacks.extend(_missing(question, worker, held, topics))
        remarks.extend(_late(question, worker.person, worker.since, held, topics))
        remarks.extend(_rounds(question, worker, held))
    evidence = [question.evidence(training, training.held_on) for training in used.values()]
    if question.reported:
        lacks.extend(_unreported(question, tuple(used.values()), evidence, remarks))
    covered = f"「{'」「'.join(topics)}」を含む" if topics else ""
    satisfied = f"従事者{len(workers)}人全員が、{covered}研修を受けています。"
    by, step = _renewal(question, workers)
    return question.judge(lacks, evidence, satisfied, by, step, remarks=remarks, doubts=doubts)


def _covers(held: _Held, topics: tuple[str, ...]) -> bool:
    return bool(held) and not set(topics) - {name for _day, one in held for name in one.topic_names}


def _late(
    question: Question, person: Person, since: date, held: _Held, topics: tuple[str, ...]
) -> Iterator[Remark]:
    """The training that was complete only after its deadline."""
    due = question.before(since)
    if _covers(held, topics):
        on, training = _complete_on(held, topics)
        if on > due:
            yield late(f"{person.name}の研修（{training.title}）の受講", person, due, on)


def _over(question: Question, one: Former, topics: tuple[str, ...]) -> Iterator[Remark]:
    """Who works no more, and did so before the training was complete, or without it."""
    attended = question.view.attended.get(one.person.id, ())
    held = tuple((day, training) for day, training in attended if day <= one.until)
    if _covers(held, topics):
        yield from _late(question, one.person, one.since, held, topics)
        return
    text = (
        f"{one.person.name}は、求められた研修を受けないまま、{span(one.since, one.until)}従事していました。"
    )
    yield broken(text, one.assignments[0], one.since, one.until)


def _rounds(question: Question, worker: Worker, held: _Held) -> Iterator[Remark]:
    """Where the clause sets how often, the times at which it was let go by."""
    if question.asks.period_months and held:
        days = [day for day, _training in held]
        lapsed = lapses(question.view, period_of(question.asks), days, _since(question, worker))
        # The first of them is the training before the start, which has a deadline of its own.
        again = [one for one in lapsed if one.made_up != days[0]]
        yield from missed_rounds(f"{worker.person.name}の研修の再受講", worker.person, again)


def _renewal(question: Question, workers: Iterable[Worker]) -> tuple[Deadline | None, Step]:
    """By when the first of the workers attends again, where the clause sets how often."""
    if question.asks.period_months is None:
        return None, NO_STEP
    attended = question.view.attended
    held = [
        (days[-1][0], _since(question, worker))
        for worker in workers
        if (days := attended.get(worker.person.id))
    ]
    return first_again(question.view, period_of(question.asks), held), add("training")


def _missing(question: Question, worker: Worker, held: _Held, topics: tuple[str, ...]) -> Iterator[Lack]:
    name = worker.person.name
    if not held:
        yield _before_start(question, worker, f"{name}がこの契約の研修を受けていません。")
        return
    covered = {topic for _day, training in held for topic in training.topic_names}
    if absent := [topic for topic in topics if topic not in covered]:
        text = f"{name}の受けた研修に「{'」「'.join(absent)}」が含まれていません。"
        yield _before_start(question, worker, text)
    elif question.asks.period_months:
        yield from _again(question, worker, held)


def _before_start(question: Question, worker: Worker, text: str) -> Lack:
    why = f"研修は従事の開始（{shown(worker.since)}）の{question.eve}までに受ける必要があります。"
    lack = Lack(text, why, "person", worker.person.id, step=_step(question, worker))
    return lack.by(question.beforehand(worker.since))


def _again(question: Question, worker: Worker, held: _Held) -> Iterator[Lack]:
    """Where the clause sets how often, a session counts for so long only."""
    period = period_of(question.asks)
    deadline = owed(question.view, period, [day for day, _training in held], _since(question, worker))
    if deadline is not None:
        yield Lack(
            f"{worker.person.name}の研修は{shown(held[-1][0])}が最後です。",
            f"研修は{often(period)}行うため、次の期限は{shown(deadline.day)}です。",
            "person",
            worker.person.id,
            step=_step(question, worker),
        ).by(deadline)


def _since(question: Question, worker: Worker) -> date:
    return max(worker.since, question.view.contract.starts_on)


def _step(question: Question, worker: Worker) -> Step:
    """Open the session that the worker missed, if there is one to be made up; else add a session."""
    missed = question.view.missed.get(worker.person.id)
    return open_record(missed) if missed else add("training")


def _complete_on(held: _Held, topics: tuple[str, ...]) -> tuple[date, Training]:
    """The day on which the last of the topics was covered, and where. ``held`` covers them all."""
    left = set(topics)
    for day, training in held:
        left -= set(training.topic_names)
        if not left:
            return day, training
    return held[-1]


def _unreported(
    question: Question, trainings: tuple[Training, ...], evidence: list[Evidence], remarks: list[Remark]
) -> Iterator[Lack]:
    """Sessions of which no report was handed in; what came late goes into ``remarks``."""
    for training in trainings:
        key = stated_key(training)
        proof = question.view.proof(question.kind, key)
        if proof is not None:
            evidence.append(question.evidence(proof, proof.submitted_on))
            if question.asks.submit is Submit.PROMPTLY:
                what = f"研修「{training.title}」の報告"
                remarks.extend(told_late(question, what, training, training.held_on, proof))
            continue
        yield Lack(
            f"研修「{training.title}」の報告書が提出されていません。",
            f"実施した研修（{shown(training.held_on)}）は報告書を提出する必要があります。",
            "training",
            training.id,
            step=question.issue(key),
        ).by(question.told_by(training.held_on) if question.asks.submit is Submit.PROMPTLY else None)


EVALUATOR = evaluator("training", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
