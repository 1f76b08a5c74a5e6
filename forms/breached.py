"""Which lines of a report stand under a breach that lasts: paper calls it what the cross-checks call it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from app.annexes.kinds import State
from app.duties.checks import CHECKS
from app.duties.duty import Duty, Gap
from app.duties.finding import Finding, Severity

Lane: TypeAlias = tuple[str, str, str]
"""Annex, number of the clause, kind of duty: what a line of the report is about."""


def lane(duty: Duty) -> Lane:
    """The line on which ``duty`` stands."""
    return duty.annex, duty.clause.number, duty.kind


def standing_breaches(owed: Sequence[Duty], findings: Iterable[Finding]) -> Mapping[Lane, tuple[str, ...]]:
    """The lines on which a breach stands, each with what is told of it beyond what the duty lacks.

    A breach whose whole is that something is past its day is left to the duty, which says so itself. What
    the ledger merely does not know is no breach.
    """
    kinds = {check.name: check.kinds for check in CHECKS}
    told: dict[Lane, dict[str, None]] = {}
    for one in findings:
        if one.severity is not Severity.VIOLATION or not one.known:
            continue
        for duty in _offended(owed, one, kinds[one.check]):
            texts = told.setdefault(lane(duty), {})
            if not any(_tells(gap, one) for gap in duty.missing):
                texts[one.text] = None
    late = {lane(duty) for duty in owed if duty.state is State.OVERDUE}
    return {where: tuple(texts) for where, texts in told.items() if texts or where not in late}


def _tells(gap: Gap, one: Finding) -> bool:
    """Whether what a duty lacks is what was found: the same record, or mended by the same step."""
    return (gap.record, gap.id) == (one.record, one.id) or (gap.step.action and gap.step) == one.next


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
