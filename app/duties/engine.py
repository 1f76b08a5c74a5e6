"""The duty engine: facts, catalogue, forms and a day in; every duty with its state, and why, out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from app.annexes.catalogue import Catalogue
from app.annexes.choices import Workers
from app.annexes.kinds import KINDS, State, When
from app.annexes.overrides import asks_of
from app.common import PeopleError
from app.duties.case import FormFace
from app.duties.duty import Duty
from app.duties.evaluators import EVALUATORS
from app.duties.verdict import Question, Verdict, shown
from app.duties.view import ContractView
from app.records import Contract, Facts, Subcontract
from app.records.contract import ContractAnnex


def duties(
    facts: Facts,
    catalogue: Catalogue,
    forms: Mapping[str, FormFace],
    day: date,
    contract: int | None = None,
) -> tuple[Duty, ...]:
    """Every duty on ``day``, of one contract or of all: one for each contract × clause × kind.

    In the order of contracts by id, their annexes, clauses and kinds. An annex that the catalogue does not
    hold has no duties here; ``unknown_annexes`` names it. Raises ``KeyError`` for an unknown contract.
    """
    contracts = facts.all(Contract) if contract is None else (facts.get(Contract, contract),)
    views = (ContractView(facts, catalogue, forms, held, day) for held in contracts)
    return tuple(duty for view in views for duty in duties_of(view))


def duties_of(view: ContractView) -> tuple[Duty, ...]:
    """Every duty of one contract, in the order of its annexes, clauses and kinds."""
    return tuple(view.steady(_duty, *place) for place in view.once(_places))


def duties_of_kind(view: ContractView, kind: str) -> tuple[Duty, ...]:
    """The duties of a kind, in the order of the clauses, whether or not they apply."""
    return tuple(view.steady(_duty, *place) for place in view.once(_places) if place.kind == kind)


class _Place(NamedTuple):
    """Where in its contract a duty stands: the numbers (from 0) of annex and clause, and the kind."""

    annex: int
    clause: int
    kind: str


def unknown_annexes(facts: Facts, catalogue: Catalogue) -> tuple[tuple[Contract, str], ...]:
    """Contracts with an annex that the catalogue does not hold in that version, and what to do about it.

    Nothing is known of its duties: it was never there, has been retired, or its text cannot be used.
    """
    found = []
    for contract in facts.all(Contract):
        for row in contract.annexes:
            try:
                catalogue.annex(row.annex, row.version)
            except PeopleError as error:
                found.append((contract, f"契約「{contract.title}」の義務を判定できません。{error}"))
    return tuple(found)


def _places(view: ContractView) -> tuple[_Place, ...]:
    return tuple(
        _Place(number, at, kind)
        for number, row in enumerate(view.contract.annexes)
        if (annex := view.catalogue.find(row.annex, row.version))
        for at, clause in enumerate(annex.clauses)
        if When.INFO not in clause.when
        for kind in clause.kinds
        if not KINDS[kind].shown_only
    )


def _duty(view: ContractView, annex: int, at: int, kind: str) -> Duty:
    row = view.contract.annexes[annex]
    clause = view.catalogue.annex(row.annex, row.version).clauses[at]
    question = Question(view, clause, kind, asks_of(view.contract, clause, kind))
    verdict = _signed(question, _absent(question, row) or EVALUATORS[kind].judge(question))
    return Duty(
        contract=view.contract.id,
        annex=row.annex,
        clause=clause,
        kind=kind,
        state=verdict.state,
        due=verdict.due,
        missing=verdict.missing,
        evidence=verdict.evidence,
        next=verdict.next,
        why=verdict.why,
        counted=verdict.counted,
        again=verdict.again,
        remarks=verdict.remarks,
    )


def _signed(question: Question, verdict: Verdict) -> Verdict:
    """Of a contract not yet signed nothing is fulfilled: what was recorded later proves nothing earlier."""
    signed = question.view.contract.signed_on
    if verdict.state is not State.SATISFIED or question.view.day >= signed:
        return verdict
    return question.not_due(f"契約の締結（{shown(signed)}）より前の日のため、まだ満たすものはありません。")


def _absent(question: Question, row: ContractAnnex) -> Verdict | None:
    """Not applicable where an option is off, or where what the clause speaks of is not there.

    An option that was left off is not believed against what the ledger holds: the clause binds all the same.
    """
    view = question.view
    off = [one for one in question.clause.options if one not in row.options and not view.speaks_for(one)]
    if off:
        return question.not_applicable(f"契約で「{'」「'.join(off)}」を選んでいないため、適用されません。")
    if not view.concerns(question.asks.applies_to):
        return question.not_applicable(
            f"この契約では{question.asks.applies_to}を取り扱わないため、適用されません。"
        )
    return _nobody(question)


def _nobody(question: Question) -> Verdict | None:
    """A clause on temp or sub-contracted workers has no subject where workers are known and none was one.

    Whether work is delegated at all does not follow from the workers: those kinds are left to a person. And
    where work is delegated somebody does it, whether or not anybody is registered.
    """
    view, groups = question.view, question.asks.workers
    if not groups or Workers.OWN in groups or not view.assignments or KINDS[question.kind].delegated:
        return None
    if view.workers_of(groups) or view.former_of(groups):
        return None
    if Workers.SUBCONTRACTOR in groups and view.held(Subcontract):
        return None
    named = "・".join(str(group) for group in groups)
    return question.not_applicable(f"{named}の従事者が登録されていないため、適用されません。")
