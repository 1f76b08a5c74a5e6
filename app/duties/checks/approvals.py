"""Cross-checks of what the client has to allow: done without an approval, or outside of what it allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from app.duties.checks.check import Check, Found, found, lacking, of_gap
from app.duties.evaluators import approvals, delegating, disposing, moving, purposes, takeouts
from app.duties.evaluators.granting import Subject
from app.duties.finding import Severity
from app.duties.verdict import shown
from app.duties.view import ContractView
from app.records import Approval

_SOON = 14
"""Days before the end of an approval in use from which it is told."""

_SUBJECTS: tuple[tuple[str, str, Subject], ...] = (
    ("copy", "copy-approval", approvals.COPYING),
    ("take-out", "takeout-approval", takeouts.ANY_TAKE_OUT),
    ("device-take-out", "equipment-takeout", moving.TAKING_OUT),
    ("bring-in", "bringin-approval", moving.BRINGING_IN),
    ("collection", "collection-limit", purposes.COLLECTING),
    ("subcontract", "subcontract-approval", delegating.DELEGATING),
    ("disposal", "disposal-approval", disposing.DISPOSING),
)
"""Name → the kind of duty that asks for the approval, and what it is asked for."""


def _unapproved(kind: str, subject: Subject, view: ContractView) -> Iterator[Found]:
    """What a clause wants allowed and rests on nothing at all, or is banned whatever is said."""
    yield from _gaps(kind, subject, view, named=False)


def _misused(kind: str, subject: Subject, view: ContractView) -> Iterator[Found]:
    """What rests on an approval that does not cover it; told from the records alone where no clause asks."""
    seen = set()
    for one in _gaps(kind, subject, view, named=True):
        seen.add(one.id)
        yield one
    if not any(row.kind in subject.kinds for row in view.held(Approval)):
        return
    for claim in subject.matching(view, "").claims.values():
        use = claim.use
        if not claim.faults or use.record.id in seen or use.since > view.day:
            continue
        number = "、".join(one.number for one in claim.approvals) or "記録された承諾"
        reasons = "、".join(fault.words for fault in claim.faults)
        text = f"{subject.describe(view, use)}は、{number}では認められません（{reasons}）。"
        yield found(text, use.record)


def _gaps(kind: str, subject: Subject, view: ContractView, *, named: bool) -> Iterator[Found]:
    """What the duties lack, apart by whether the use rests on an approval; not what lies ahead."""
    gaps = tuple(lacking(view, kind, "event", "device_use", "subcontract", "disposal"))
    claims = subject.matching(view, "").claims if gaps else {}
    for gap, clause in gaps:
        claim = claims.get(gap.id)
        if claim is None or claim.use.record.spec.name != gap.record or claim.use.since > view.day:
            continue
        if bool(claim.approvals) is named and not _came_back(gap.due is not None, kind):
            yield of_gap(gap, clause)


def _came_back(due: bool, kind: str) -> bool:
    """Of what is taken out only the way back has a deadline; that is told by a check of its own."""
    return due and kind == "takeout-approval"


def _ends_soon(view: ContractView) -> Iterator[Found]:
    """An approval on which work still rests ends within days, and the work goes on."""
    for subject in (moving.TAKING_OUT, moving.BRINGING_IN, delegating.DELEGATING):
        claims = subject.matching(view, "").claims.values() if _granted(view, subject) else ()
        for claim in claims:
            for approval in claim.approvals:
                if approval.last_day is None or not _running(view, claim.use.record, approval):
                    continue
                text = (
                    f"{subject.describe(view, claim.use)}が基づく{approval.number}の有効期間は"
                    f"{shown(approval.last_day)}までです。"
                )
                yield found(text, approval)


def _granted(view: ContractView, subject: Subject) -> bool:
    return any(one.kind in subject.kinds and one.last_day for one in view.held(Approval))


def _running(view: ContractView, record: object, approval: Approval) -> bool:
    ends = getattr(record, "ends_on", None)
    until = approval.last_day
    ahead = until is not None and until - timedelta(days=_SOON) <= view.day <= until
    return ahead and until is not None and until < (ends or view.contract.last_day)


_Find = Callable[[ContractView], Iterator[Found]]


def _pair(name: str, kind: str, subject: Subject) -> tuple[Check, Check]:
    without: _Find = partial(_unapproved, kind, subject)
    outside: _Find = partial(_misused, kind, subject)
    return (
        Check(f"{name}-unapproved", f"承諾のない{subject.act}", Severity.VIOLATION, (kind,), without),
        Check(f"{name}-misused", f"承諾では認められない{subject.act}", Severity.VIOLATION, (kind,), outside),
    )


CHECKS = (
    *(check for name, kind, subject in _SUBJECTS for check in _pair(name, kind, subject)),
    Check(
        "approval-ends-soon",
        "まもなく終わる承諾",
        Severity.WARNING,
        ("equipment-takeout", "bringin-approval", "subcontract-approval"),
        _ends_soon,
    ),
)
