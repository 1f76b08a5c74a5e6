"""training: each worker attended, before starting, sessions that covered what the annex names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.duties.duty import Evidence, Step
from app.duties.evaluators.evaluator import evaluator
from app.duties.kinds import State
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
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
    return question.judge(lacks, evidence, satisfied)


def _missing(
    question: Question, worker: Worker, held: tuple[tuple[date, Training], ...], topics: tuple[str, ...]
) -> Iterator[Lack]:
    due = question.before(worker.since)
    why = f"研修は従事の開始（{shown(worker.since)}）の{question.eve}までに受ける必要があります。"
    name = worker.person.name
    covered = {topic for _day, training in held for topic in training.topic_names}
    step = _step(question, worker)
    if not held:
        yield Lack(f"{name}がこの契約の研修を受けていません。", why, "person", worker.person.id, due, step)
    elif absent := [topic for topic in topics if topic not in covered]:
        text = f"{name}の受けた研修に「{'」「'.join(absent)}」が含まれていません。"
        yield Lack(text, why, "person", worker.person.id, due, step)
    elif question.asks.period_months:
        again = months_after(held[-1][0], question.asks.period_months)
        if again < question.view.as_of:
            yield Lack(
                f"{name}の研修は{shown(held[-1][0])}が最後です。",
                f"研修は{question.asks.period_months}か月に1回以上行うため、次の期限は{shown(again)}です。",
                "person",
                worker.person.id,
                again,
                step,
            )


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
            None,
            question.issue(key),
        )


def months_after(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day of that month where it has none (民法第143条第2項)."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))


EVALUATOR = evaluator(judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
