"""What an act calls for: papers to be issued once it is written, and whatever else is to be done then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from app.duties.change_notices import told_drifts
from app.duties.duty import Action, Duty
from app.duties.engine import duties_of
from app.duties.papers.claims import proven_kinds
from app.duties.planned import planned_changes
from app.duties.view import ContractView
from app.ledger.content.references import naming
from app.records import SPECS, Contract, Facts, Record
from app.work.acts.plan import Ground, Paper, Todo, Write, after
from app.work.acts.standing_in import standing_in
from app.work.tasks import Task, tasks

_TOLD = 2
"""So many reasons of one paper are told; the rest is counted."""
_BY_CONTRACT = tuple(spec for spec in SPECS.values() if any(one.name == "contract" for one in spec.fields))


class Following(NamedTuple):
    """What follows from an act: papers, one for each reason, and what is to be done besides by its day."""

    papers: tuple[Paper, ...]
    todos: tuple[Todo, ...]


def following(ground: Ground, writes: Iterable[Write]) -> Following:
    """What comes with ``writes``.

    What was called for before is not among it unless the act adds a reason of its own.
    """
    held = tuple(writes)
    then = after(ground.facts, standing_in(held))
    papers: list[Paper] = []
    todos: list[Todo] = []
    for contract in _concerned(ground.facts, then, held):
        before = _called(ground, ground.facts, contract) if _stands(ground.facts, contract) else ()
        known = {_said(one) for one in before}
        for one in _called(ground, then, contract):
            if _said(one) in known:
                continue
            if isinstance(one, Paper):
                papers.append(one)
            else:
                todos.append(one)
    return Following(tuple(papers), tuple(sorted(dict.fromkeys(todos), key=_by_day)))


def _said(one: Paper | Todo) -> object:
    """What was said before and is to be done by another day now is nothing new; a paper is."""
    return one if isinstance(one, Paper) else one._replace(due=None)


def _by_day(one: Todo) -> tuple[date, int, str]:
    return one.due or date.max, one.contract, one.text


def joined(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """One paper for each form of a contract with all its reasons, the most pressing first."""
    return tuple(sorted(_joined(papers), key=lambda one: (one.due or date.max, one.contract, one.form)))


def papers_open(ground: Ground, facts: Facts, contract: int) -> tuple[Paper, ...]:
    """Every paper of a contract that is to be issued by ``facts``, whether or not an act calls for it.

    One for each reason, as ``joined`` takes them.
    """
    return tuple(one for one in _called(ground, facts, contract) if isinstance(one, Paper))


def _joined(found: Iterable[Paper]) -> Iterator[Paper]:
    """One paper for each form of a contract, with every reason, by the earliest of their days."""
    groups: dict[tuple[int, str], list[Paper]] = {}
    for one in found:
        groups.setdefault((one.contract, one.form), []).append(one)
    for (contract, form), held in groups.items():
        due = min((one.due for one in held if one.due), default=None)
        texts = tuple(dict.fromkeys(one.text for one in held))
        text = "".join(texts[:_TOLD]) + (f"（ほか{len(texts) - _TOLD}件）" if len(texts) > _TOLD else "")
        clauses = tuple(dict.fromkeys(clause for one in held for clause in one.clauses))
        yield Paper(contract, form, due, text, clauses)


def _concerned(facts: Facts, then: Facts, writes: tuple[Write, ...]) -> tuple[int, ...]:
    """The contracts whose duties a write can touch: named by the record, or by one that names it."""
    found: dict[int, None] = {}
    for one in writes:
        for record in (one.record, one.before):
            if record is None:
                continue
            for held in (facts, then):
                found.update(dict.fromkeys(_contracts_of(held, record)))
    return tuple(number for number in sorted(found) if _stands(then, number))


def _contracts_of(facts: Facts, record: Record) -> Iterator[int]:
    if isinstance(record, Contract):
        yield record.id
        return
    if isinstance(own := getattr(record, "contract", None), int):
        yield own
        return
    for row in getattr(record, "contracts", ()):
        yield row.contract
    for spec in _BY_CONTRACT:
        for other in naming(facts, spec.cls, record):
            yield from _contracts_of(facts, other)


def _stands(facts: Facts, contract: int) -> bool:
    return facts.find(Contract, contract) is not None


def _called(ground: Ground, facts: Facts, contract: int) -> Iterator[Paper | Todo]:
    view = ContractView(facts, ground.catalogue, ground.forms, facts.get(Contract, contract), ground.today)

    kinds = partial(proven_kinds, ground.forms)
    duties = view.once(duties_of)
    for task in tasks(duties, told_drifts(view), kinds):
        yield from _of_task(task)
    for ahead in view.once(planned_changes):
        clauses = tuple(dict.fromkeys(number for _annex, number in ahead.clauses))
        yield Paper(contract, ahead.form, ahead.due, ahead.text, clauses)
    for duty in duties:
        yield from _besides(duty)


def _of_task(task: Task) -> Iterator[Paper]:
    """The papers of one task: those of the things it lacks, each in a sentence, else that of its own step.

    Thing by thing: the task's own line counts what else it lacks, and would be another with each of them.
    """
    issuing = [gap for gap in task.gaps if gap.step.action is Action.ISSUE]
    if task.step.action is Action.ISSUE and all(gap.step.target != task.step.target for gap in issuing):
        yield Paper(task.contract, task.step.target, task.due, task.text, task.clauses)
    for gap in issuing:
        yield Paper(task.contract, gap.step.target, gap.due or task.due, gap.text, task.clauses)


def _besides(duty: Duty) -> Iterator[Todo]:
    """What a duty lacks that no paper mends."""
    for gap in duty.missing:
        if gap.step.action is not Action.ISSUE and not gap.waiting:
            yield Todo(duty.contract, gap.text, gap.due or duty.due, duty.clause.number)
