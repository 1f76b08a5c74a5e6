"""Cross-checks of delegations: who works for whom, under which agreement, and below which tier."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.duties.checks.check import Check, Found, found, from_duties
from app.duties.evaluators.delegated import delegations, name_of
from app.duties.finding import Severity
from app.duties.verdict import shown
from app.duties.view import ContractView
from app.records import Subcontract, Subcontractor
from app.records.person import Employment


def _running(view: ContractView, one: Subcontract) -> bool:
    return one.starts_on <= view.as_of and (one.ends_on is None or one.ends_on >= view.as_of)


def _what(view: ContractView, one: Subcontract) -> str:
    return f"{name_of(view, one)}への{one.tier}次の再委託（始期{shown(one.starts_on)}）"


def _without_parent(view: ContractView) -> Iterator[Found]:
    """A lower tier hangs on the tier above: without it nobody answers for it."""
    for one in view.once(delegations):
        if one.tier < 2 or not _running(view, one):
            continue
        above = view.facts.find(Subcontract, one.parent)
        if above is None or above.contract != one.contract:
            yield found(f"{_what(view, one)}の上位の再委託が記録されていません。", one)
        elif above.tier != one.tier - 1:
            yield found(f"{_what(view, one)}の上位の再委託は{above.tier}次で、段階が合いません。", one)
        elif above.ends_on is not None and above.ends_on < view.as_of:
            text = (
                f"{_what(view, one)}は続いていますが、上位の再委託は{shown(above.ends_on)}に終わっています。"
            )
            yield found(text, one)


def _workers_left(view: ContractView) -> Iterator[Found]:
    ended = _ended(view)
    for worker in view.workers:
        person = worker.person
        over = ended.get(person.subcontractor or 0)
        if over and person.employment == Employment.SUBCONTRACTOR and worker.since <= view.as_of:
            company = view.facts.find(Subcontractor, person.subcontractor)
            name = company.name if company else "再委託先"
            text = f"{name}への再委託は{shown(over)}に終わりましたが、{person.name}の従事が続いています。"
            yield found(text, worker.assignments[0])


def _ended(view: ContractView) -> dict[int, date]:
    """Company → the day on which the last delegation to it ended, where none runs or is to come."""
    last: dict[int, date] = {}
    for one in view.once(delegations):
        last[one.subcontractor] = max(last.get(one.subcontractor, date.min), one.ends_on or date.max)
    return {company: day for company, day in last.items() if day < view.as_of}


def _unagreed(view: ContractView) -> Iterator[Found]:
    for one in view.once(delegations):
        if one.starts_on > view.day:
            continue
        if one.agreed_on is None or one.agreed_on > view.day:
            yield found(f"{_what(view, one)}は始まっていますが、再委託契約の締結日がありません。", one)


CHECKS = (
    Check(
        "delegation-without-parent",
        "上位のない再委託",
        Severity.VIOLATION,
        ("subcontract-approval", "subcontract-flowdown"),
        _without_parent,
    ),
    Check(
        "delegated-worker-left",
        "再委託の終了後に残る従事者",
        Severity.WARNING,
        ("subcontract-flowdown",),
        _workers_left,
    ),
    Check(
        "delegation-unrecorded",
        "記録のない再委託",
        Severity.VIOLATION,
        ("subcontract-approval",),
        from_duties("subcontract-approval", "person"),
    ),
    Check(
        "delegation-unagreed",
        "再委託契約の前に始まった再委託",
        Severity.VIOLATION,
        ("subcontract-flowdown",),
        _unagreed,
    ),
)
