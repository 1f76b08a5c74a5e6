"""Which lines of a report stand under a breach that lasts: paper calls it what the cross-checks call it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from app.annexes.kinds import State
from app.duties.checks import CHECKS
from app.duties.duty import Duty
from app.duties.finding import Finding, Severity

Lane: TypeAlias = tuple[str, str, str]
"""Annex, number of the clause, kind of duty: what a line of the report is about."""


def lane(duty: Duty) -> Lane:
    """The line on which ``duty`` stands."""
    return duty.annex, duty.clause.number, duty.kind


def standing_breaches(
    owed: Sequence[Duty], findings: Iterable[Finding]
) -> Mapping[Lane, tuple[Finding, ...]]:
    """The lines on which a breach stands, each with what was found there.

    A line that is past its day as well is broken all the same: the worse of the two is never hidden behind
    the other. What the ledger merely does not know is no breach.
    """
    kinds = {check.name: check.kinds for check in CHECKS}
    told: dict[Lane, dict[Finding, None]] = {}
    for one in findings:
        if one.severity is Severity.VIOLATION and one.known:
            for duty in _offended(owed, one, kinds[one.check]):
                told.setdefault(lane(duty), {})[one] = None
    return {where: tuple(found) for where, found in told.items()}


def _offended(owed: Sequence[Duty], one: Finding, kinds: tuple[str, ...]) -> list[Duty]:
    """The duties of the clause of which a finding tells.

    Where it speaks of the clause as a whole, what records show to be kept is left as it is, if anything else
    is there.
    """
    whole = [duty for duty in owed if (duty.annex, duty.clause.number) == (one.annex, one.clause)]
    applying = [duty for duty in whole if duty.state is not State.NOT_APPLICABLE] or whole
    if kinds:
        return [duty for duty in applying if duty.kind in kinds] or applying
    return [duty for duty in applying if duty.state not in (State.SATISFIED, State.NOT_DUE)] or applying
