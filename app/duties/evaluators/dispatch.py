"""dispatch-contract: the agency contract of each temp worker states secrecy, beyond its end as well."""

from __future__ import annotations

from collections.abc import Iterator

from app.duties.clause import Workers
from app.duties.evaluators.evaluator import evaluator
from app.duties.kinds import State
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import Worker


def judge(question: Question) -> Verdict:
    if not question.view.assignments:
        return question.unrecorded(
            "従事者が記録されていないため、派遣の者がいるかを示せません。", "assignment"
        )
    workers = question.view.workers_of((Workers.TEMPORARY,))
    if not workers:
        return question.not_applicable("派遣の従事者はいません。")
    lacks = [lack for worker in workers for lack in _unstated(question, worker)]
    evidence = [question.evidence(worker.person) for worker in workers if worker.person.agency_secrecy]
    satisfied = f"派遣の従事者{len(workers)}人の派遣契約に、求められた秘密保持が明記されています。"
    return question.judge(lacks, evidence, satisfied)


def _unstated(question: Question, worker: Worker) -> Iterator[Lack]:
    person = worker.person
    start = worker.since
    lasting = any("終了後" in item for item in question.asks.items)
    for stated, what in (
        (person.agency_secrecy, "秘密保持"),
        (person.agency_secrecy_lasting or not lasting, "契約終了後の秘密保持"),
    ):
        if stated:
            continue
        yield Lack(
            f"{person.name}の派遣契約に、{what}の明記が確認できません。",
            f"派遣契約には、従事の開始（{shown(start)}）の前日までに秘密保持を明記する必要があります。",
            "person",
            person.id,
            step=open_record(person),
        ).by(question.beforehand(start))


EVALUATOR = evaluator(
    "dispatch-contract", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED, State.NOT_APPLICABLE
)
