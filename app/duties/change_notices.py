"""Under which clauses, and by when, the client is told of what a submitted document no longer says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from app.annexes.catalogue import Catalogue
from app.annexes.kinds import State, When
from app.duties.case import FormFace
from app.duties.duty import Duty
from app.duties.papers.claims import claim_of
from app.duties.papers.drift import Drift
from app.duties.questions import applying
from app.duties.view import ContractView
from app.records import Contract, Facts, Person

_OPEN = (State.OVERDUE, State.DUE)


def drift(
    facts: Facts,
    catalogue: Catalogue,
    forms: Mapping[str, FormFace],
    day: date,
    contract: int | None = None,
) -> tuple[Drift, ...]:
    """Every document that counts on ``day`` and is stale, of one contract or of all.

    After the last day of a contract its documents are compared as of that day, those made later as of their
    own: the end of the work is no change of people or places.
    """
    contracts = facts.all(Contract) if contract is None else (facts.get(Contract, contract),)
    views = (ContractView(facts, catalogue, forms, held, day) for held in contracts)
    return tuple(one for view in views for one in told_drifts(view))


def told_drifts(view: ContractView) -> tuple[Drift, ...]:
    """The stale documents of the contract, with the clauses that ask for a notice of change and its day."""
    return view.once(_told)


def _told(view: ContractView) -> tuple[Drift, ...]:
    found = []
    for one in view.drifts:
        duties = tuple(_on_change(view, _proven(view, one)))
        clauses = tuple(dict.fromkeys((duty.annex, duty.clause.number) for duty in duties))
        found.append(replace(one, clauses=clauses, due=_due(view, one, duties)))
    return tuple(found)


def _on_change(view: ContractView, kinds: tuple[str, ...]) -> Iterator[Duty]:
    duties = (duty for kind in kinds for duty in applying(view, kind))
    return (duty for duty in duties if When.ON_CHANGE in duty.clause.when)


def _due(view: ContractView, one: Drift, duties: tuple[Duty, ...]) -> date | None:
    """The earliest deadline among what the duties lack of the things that differ."""
    meant = {record for difference in one.differences for record in _records(view, difference.key)}
    days = (
        gap.due
        for duty in duties
        if duty.state in _OPEN
        for gap in duty.missing
        if (gap.record, gap.id) in meant and gap.due is not None
    )
    return min(days, default=None)


def _proven(view: ContractView, one: Drift) -> tuple[str, ...]:
    form = view.forms[one.submission.form]
    return tuple(kind for kind in form.kinds if claim_of(form, kind) is not None)


def _records(view: ContractView, key: str) -> Iterator[tuple[str, int]]:
    """What the key of a statement stands for: the record itself, and of a person the assignments."""
    record = view.facts.stated(key)
    if record is None:
        return
    yield record.spec.name, record.id
    for held in view.assignments if isinstance(record, Person) else ():
        if held.person == record.id:
            yield held.spec.name, held.id
