"""The cross-checks over the whole ledger: what does not fit together, where to open it, what mends it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from app.duties.checks import (
    approvals,
    assets,
    breaches,
    contracts,
    delegations,
    devices,
    disposals,
    hours,
    incidents,
    ledger,
    papers,
    people,
    places,
)
from app.duties.checks.check import Check, Found, LedgerCheck, clause_of
from app.duties.finding import Finding, Severity
from app.duties.view import ContractView
from app.records import Facts

CHECKS: tuple[Check, ...] = (
    *people.CHECKS,
    *devices.CHECKS,
    *approvals.CHECKS,
    *assets.CHECKS,
    *disposals.CHECKS,
    *places.CHECKS,
    *delegations.CHECKS,
    *incidents.CHECKS,
    *hours.CHECKS,
    *breaches.CHECKS,
    *papers.CHECKS,
    *contracts.CHECKS,
)
"""Every check of a contract, in the order in which people see its findings."""

LEDGER_CHECKS: tuple[LedgerCheck, ...] = ledger.LEDGER_CHECKS
"""Every check of what no contract owns."""

_LESS: Mapping[Severity, Severity] = MappingProxyType(
    {
        Severity.VIOLATION: Severity.WARNING,
        Severity.WARNING: Severity.REMARK,
        Severity.REMARK: Severity.REMARK,
    }
)
"""What a finding is where no clause of the contract asks for what is lacking."""


def findings(view: ContractView) -> tuple[Finding, ...]:
    """All that does not fit together in one contract on its day, check by check."""
    return tuple(finding for number in range(len(CHECKS)) for finding in view.steady(_of, number))


def ledger_findings(facts: Facts, today: date | None) -> tuple[Finding, ...]:
    """All that does not fit together and belongs to no contract.

    ``today`` is the day of the machine's clock; None leaves the clock out, where another day is asked about.
    """
    return tuple(one for check in LEDGER_CHECKS for one in findings_of(check, facts, today))


def findings_of(check: LedgerCheck, facts: Facts, today: date | None) -> tuple[Finding, ...]:
    """What one check of what no contract owns found."""
    return tuple(
        Finding(check.name, check.severity, one.text, one.record, one.id, next=one.next)
        for one in check.find(facts, today)
    )


def _of(view: ContractView, number: int) -> tuple[Finding, ...]:
    check = CHECKS[number]
    return tuple(_finding(view, check, one) for one in check.find(view))


def _finding(view: ContractView, check: Check, one: Found) -> Finding:
    clause = one.clause or clause_of(view, check.kinds)
    return Finding(
        check.name,
        check.severity if clause or not check.kinds else _LESS[check.severity],
        one.text,
        one.record,
        one.id,
        view.contract.id,
        clause.annex if clause else "",
        clause.number if clause else "",
        one.next,
        one.known,
    )


__all__ = [
    "CHECKS",
    "LEDGER_CHECKS",
    "Check",
    "Found",
    "LedgerCheck",
    "findings",
    "findings_of",
    "ledger_findings",
]
