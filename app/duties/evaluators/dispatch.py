"""dispatch-contract: the agency contract of each temp worker states secrecy, beyond its end as well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.annexes.choices import Workers
from app.annexes.kinds import State
from app.duties.duty import Remark
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.over import broken, span
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import Worker
from app.records import Person


def judge(question: Question) -> Verdict:
    view = question.view
    if not view.assignments:
        return question.unrecorded(
            "従事者が記録されていないため、派遣の者がいるかを示せません。", "assignment"
        )
    remarks = tuple(_over(question))
    workers = view.workers_of((Workers.TEMPORARY,))
    if not workers:
        return question.not_applicable("派遣の従事者はいません。")._replace(remarks=remarks)
    lacks = [lack for worker in workers for lack in _unstated(question, worker)]
    lacks.extend(lack for worker in workers for lack in _not_covered(question, worker))
    evidence = [question.evidence(worker.person) for worker in workers if worker.person.agency_secrecy]
    satisfied = f"派遣の従事者{len(workers)}人の派遣契約に、求められた秘密保持が明記されています。"
    return question.judge(lacks, evidence, satisfied, remarks=remarks)


def _over(question: Question) -> Iterator[Remark]:
    """Temp workers who are gone and whose contract did not say, as far as is recorded, what it had to."""
    for one in question.view.former_of((Workers.TEMPORARY,)):
        absent = "、".join(_absent(question, one.person))
        if absent:
            text = (
                f"{one.person.name}は、派遣契約への{absent}の明記が確認されないまま、"
                f"{span(one.since, one.until)}従事していました。"
            )
            yield broken(text, one.assignments[0], one.since, one.until)


def _absent(question: Question, person: Person) -> Iterator[str]:
    """What the agency contract of a temp worker has to state and is not recorded to."""
    if not person.agency_secrecy:
        yield "秘密保持"
    if any("終了後" in item for item in question.asks.items) and not person.agency_secrecy_lasting:
        yield "契約終了後の秘密保持"


def _unstated(question: Question, worker: Worker) -> Iterator[Lack]:
    person, start = worker.person, worker.since
    for what in _absent(question, person):
        yield Lack(
            f"{person.name}の派遣契約に、{what}の明記が確認できません。",
            f"派遣契約には、従事の開始（{shown(start)}）の{question.eve}までに秘密保持を明記する必要があります。",
            "person",
            person.id,
            step=open_record(person),
        ).by(question.beforehand(start))


def _not_covered(question: Question, worker: Worker) -> Iterator[Lack]:
    """What an agency contract states says nothing of work by nobody's agency, or outside of its period."""
    person = worker.person
    why = "派遣契約への明記は、派遣元と、従事する期間の全部に及ぶ派遣期間とともに示す必要があります。"
    begun, ended = person.agency_from, person.agency_to
    found: list[tuple[str, date | None]] = []
    if not person.agency:
        found.append((f"{person.name}の派遣元が登録されていません。", None))
    if begun is not None and begun > worker.since:
        since = f"{shown(worker.since)}から従事しています"
        found.append((f"{person.name}は、派遣期間の始期（{shown(begun)}）より前の{since}。", None))
    if ended is not None and ended < question.view.as_of:
        found.append(
            (f"{person.name}の派遣期間は{shown(ended)}に終わっていますが、従事が続いています。", ended)
        )
    for text, due in found:
        yield Lack(text, why, "person", person.id, due, open_record(person))


EVALUATOR = evaluator(
    "dispatch-contract", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED, State.NOT_APPLICABLE
)
