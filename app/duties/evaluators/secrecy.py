"""secrecy: confirmed by a person, or promised by everyone who works on the contract."""

from __future__ import annotations

from app.annexes.kinds import State, When
from app.duties.evaluators.attested import attestation, attested, doubted, renewal, told, unattested
from app.duties.evaluators.delegated import delegations, staff
from app.duties.evaluators.disclosed import disclosed
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.oath_holders import signed, too_early
from app.duties.evaluators.strayed import given_to_strangers
from app.duties.verdict import Question, Verdict, shown
from app.duties.view import ContractView
from app.records import Oath
from app.records.oath import OathKind


def judge(question: Question) -> Verdict:
    view = question.view
    if question.clause.when == (When.AFTER_END,) and not view.ended:
        return question.not_due("契約が終わった後の秘密保持を定めており、まだその時期ではありません。")
    said = attestation(question)
    lacks, evidence = attested(question)
    beyond = tuple(disclosed(question))
    lacks.extend(beyond)
    sworn = view.once(_sworn)
    evidence.extend(question.evidence(oath, oath.signed_on) for oath in sworn)
    if said is None and not sworn and not any(not lack.waiting for lack in beyond):
        return unattested(question)
    promised = bool(sworn) and (said is None or said.kept is True)
    doubts = [*doubted(question), *given_to_strangers(question, said.confirmed_on if said else None)]
    if promised:
        satisfied = f"従事者{len(sworn)}人全員が、この契約の誓約書に署名しています。"
        return question.judge(beyond, evidence, satisfied, remarks=told(question), doubts=doubts)
    confirmed = shown(said.confirmed_on) if said else ""
    satisfied = f"秘密が守られていることを{confirmed}に確かめています。"
    over = told(question)
    return question.judge(lacks, evidence, satisfied, *renewal(question), remarks=over, doubts=doubts)


def _sworn(view: ContractView) -> tuple[Oath, ...]:
    """The oaths of all who work or worked on the contract; empty where one is missing, early or unknown.

    Whoever has gone knows what they saw as well, and so do the people of a sub-contractor whom nobody knows.
    """
    held = signed(view, OathKind.STARTING)
    people = [worker.person.id for worker in view.workers if worker.since <= view.as_of]
    people += [one.person.id for one in view.former]
    known = all(one.subcontractor in staff(view) for one in delegations(view))
    plain = known and all(one in held and not too_early(view, held[one]) for one in people)
    return tuple(held[one] for one in people) if plain else ()


EVALUATOR = evaluator(
    "secrecy",
    judge,
    State.OVERDUE,
    State.DUE,
    State.WAITING,
    State.CONFIRM,
    State.NOT_DUE,
    State.SATISFIED,
)
