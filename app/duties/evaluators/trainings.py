"""training: each worker attended, before starting, sessions that covered what the annex names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.duties.clause import Submit
from app.duties.counting import Deadline
from app.duties.duty import Evidence, Step
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.periodic import first_again, often, owed, period_of
from app.duties.kinds import State
from app.duties.verdict import NO_STEP, Lack, Question, Verdict, add, open_record, shown
from app.duties.view import Worker
from app.records import Training


def judge(question: Question) -> Verdict:
    workers = question.view.workers_of(question.asks.workers)
    if not workers:
        return question.unrecorded("従事者が記録されていないため、研修が要る者を示せません。", "assignment")
    topics = tuple(str(topic) for topic in question.asks.topics)
    lacks: list[Lack] = []
    used: dict[int, Training] = {}
    late = []
    for worker in workers:
        held = question.view.attended.get(worker.person.id, ())
        used.update({training.id: training for _day, training in held})
        found = list(_missing(question, worker, held, topics))
        lacks.extend(found)
        if not found and _complete_on(held, topics) > worker.since:
            late.append(worker.person.name)
    evidence = [question.evidence(training, training.held_on) for training in used.values()]
    if question.reported:
        lacks.extend(_unreported(question, tuple(used.values()), evidence))
    covered = f"「{'」「'.join(topics)}」を含む" if topics else ""
    satisfied = f"従事者{len(workers)}人全員が、{covered}研修を受けています。"
    if late:
        satisfied = f"全員が{covered}研修を受けていますが、{'、'.join(late)}の受講は従事の開始後でした。"
    return question.judge(lacks, evidence, satisfied, *_renewal(question, workers))


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


def _missing(
    question: Question, worker: Worker, held: tuple[tuple[date, Training], ...], topics: tuple[str, ...]
) -> Iterator[Lack]:
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


def _again(question: Question, worker: Worker, held: tuple[tuple[date, Training], ...]) -> Iterator[Lack]:
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


def _complete_on(held: tuple[tuple[date, Training], ...], topics: tuple[str, ...]) -> date:
    """The day on which the last of the topics was covered. ``held`` covers them all."""
    left = set(topics)
    for day, training in held:
        left -= set(training.topic_names)
        if not left:
            return day
    return held[-1][0]


def _unreported(
    question: Question, trainings: tuple[Training, ...], evidence: list[Evidence]
) -> Iterator[Lack]:
    for training in trainings:
        key = f"training:{training.id}"
        proof = question.view.proof(question.kind, key)
        if proof is not None:
            evidence.append(question.evidence(proof, proof.submitted_on))
            continue
        yield Lack(
            f"研修「{training.title}」の報告書が提出されていません。",
            f"実施した研修（{shown(training.held_on)}）は報告書を提出する必要があります。",
            "training",
            training.id,
            step=question.issue(key),
        ).by(question.told_by(training.held_on) if question.asks.submit is Submit.PROMPTLY else None)


EVALUATOR = evaluator("training", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
