"""Everything on a day: duties and stale documents of all contracts, anew only where something changed.

A contract is reckoned from facts and a day that note what it asked of them. After a change, or on another
day, only what that meets is reckoned again: nobody has to declare what an evaluator, a form or a check looks
at, and none can be forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain

from app.annexes.catalogue import Catalogue
from app.common import Progress, uncollected
from app.duties.case import FormFace
from app.duties.change_notices import told_drifts
from app.duties.checks import LEDGER_CHECKS, LedgerCheck, findings, findings_of
from app.duties.engine import duties_of, unknown_annexes
from app.duties.finding import Finding
from app.duties.planned import in_order, planned_changes
from app.duties.view import ContractView
from app.records import Contract, Facts
from app.records.watched import Changes, Watched
from app.work.assessment import NOTHING, Assessment, Kept, Reckoned


def assess(
    facts: Facts,
    catalogue: Catalogue,
    forms: Mapping[str, FormFace],
    day: date,
    previous: Assessment | None = None,
    progress: Progress | None = None,
    today: date | None = None,
    kept: Kept = NOTHING,
) -> Assessment:
    """Reckon everything, contract by contract, so that it can be stopped in between. Raises ``Cancelled``.

    ``today`` is the day of the machine's clock, which is checked against the records; None leaves that out.
    ``previous`` spares what nothing has touched since and what is the same on both days; one of another
    catalogue or set of forms is no help and is left aside. The answer never depends on it. ``kept``: what is
    taken over unseen; the next assessment judges it.
    """
    progress = progress or Progress()
    views = _views(catalogue, forms, previous)
    changes = Changes(facts)
    contracts = facts.all(Contract)
    found: dict[int, Reckoned] = {}
    with uncollected():
        for number, contract in enumerate(contracts):
            progress.step(number, len(contracts), contract.title)
            view = views.pop(contract.id, None)
            if view is None and contract.id in kept.contracts:
                found[contract.id] = kept.contracts[contract.id]
                continue
            if view is None or view.record is not contract:
                view = ContractView(Watched(facts), catalogue, forms, contract, day)
            else:
                view.move_on(facts, changes.since, day)
            found[contract.id] = view.once(_reckoned)
            view.settle()
            views[contract.id] = view
    own = {check.name: _own(check, facts, kept) for check in LEDGER_CHECKS if not check.clocked}
    return Assessment(
        day,
        facts,
        catalogue,
        forms,
        found,
        tuple(chain.from_iterable(one.duties for one in found.values())),
        tuple(chain.from_iterable(one.drifts for one in found.values())),
        unknown_annexes(facts, catalogue),
        (
            *chain.from_iterable(one.findings for one in found.values()),
            *chain.from_iterable(own.values()),
            *(one for check in LEDGER_CHECKS if check.clocked for one in findings_of(check, facts, today)),
        ),
        in_order(chain.from_iterable(one.planned for one in found.values())),
        views,
        own,
        kept,
    )


def _own(check: LedgerCheck, facts: Facts, kept: Kept) -> tuple[Finding, ...]:
    held = kept.own.get(check.name)
    return findings_of(check, facts, None) if held is None else held


def _views(
    catalogue: Catalogue, forms: Mapping[str, FormFace], previous: Assessment | None
) -> dict[int, ContractView]:
    """The views of ``previous`` whose answers may still hold, by contract.

    One and the same for all assessments that came of each other. A view is out of it while it is worked with:
    one that was left half-way is not there, and neither is one that somebody else works with.
    """
    if previous is None:
        return {}
    if previous.catalogue is not catalogue or previous.forms is not forms:
        return {}
    return previous.views


def days_of(made: Assessment, contract: int) -> tuple[int, int] | None:
    """The first and the last day, as ordinals, on which all that was found of a contract is the same.

    None where that was not judged, or where somebody has gone on from there since.
    """
    view = made.views.get(contract)
    return view.holds(_reckoned) if view is not None and view.at(made.facts, made.day) else None


def _reckoned(view: ContractView) -> Reckoned:
    return Reckoned(view.once(duties_of), told_drifts(view), findings(view), view.once(planned_changes))
