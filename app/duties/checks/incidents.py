"""Cross-checks of incidents, improvements, audits and what the client asked: untold, open, overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from app.duties.checks.check import Check, Found, found, from_duties, lacking, of_gap
from app.duties.evaluators.improvements import improvements_of
from app.duties.finding import Severity
from app.duties.verdict import shown
from app.duties.view import ContractView
from app.records import Incident, Instruction, stated_key

_LONG = 90
"""Days after which an incident that is not closed counts as long open: the product's assumption."""


def _known(view: ContractView) -> Iterator[Incident]:
    return (one for one in view.held(Incident) if one.found_at.date() <= view.day)


def _untold(view: ContractView) -> Iterator[Found]:
    """An incident of which the client has had neither word nor paper."""
    for one in _known(view):
        told = any(row.notified_at.date() <= view.day for row in one.notices)
        if not told and view.proof("incident-notice", stated_key(one)) is None:
            day = shown(one.found_at.date())
            yield found(f"{one.number}（発見{day}）を発注者に知らせた記録がありません。", one)


def _long_open(view: ContractView) -> Iterator[Found]:
    for one in _known(view):
        since = one.found_at.date()
        closed = one.closed_on is not None and one.closed_on <= view.day
        if not closed and since + timedelta(days=_LONG) < view.day:
            yield found(f"{one.number}（発見{shown(since)}）は、{_LONG}日を過ぎても終結していません。", one)


def _audits(view: ContractView) -> Iterator[Found]:
    """What is open of an audit that is recorded; that another is owed, its duty says with its day."""
    return (of_gap(gap, clause) for gap, clause in lacking(view, "audit", "audit") if gap.id)


def _unimproved(view: ContractView) -> Iterator[Found]:
    for one in view.once(improvements_of):
        done = one.done_on is not None and one.done_on <= view.day
        if one.due_on is not None and one.due_on < view.day and not done:
            yield found(f"期日（{shown(one.due_on)}）を過ぎた改善が実施されていません。", one)


def _unanswered(view: ContractView) -> Iterator[Found]:
    for one in view.held(Instruction):
        done = one.answered_on is not None and one.answered_on <= view.day
        if one.received_on <= view.day and one.due_on is not None and one.due_on < view.day and not done:
            late = f"期限（{shown(one.due_on)}）を過ぎても対応の記録がありません。"
            yield found(f"{shown(one.received_on)}の{one.kind}は、{late}", one)


CHECKS = (
    Check("incident-untold", "知らせていない事故", Severity.VIOLATION, ("incident-notice",), _untold),
    Check(
        "incident-long-open",
        "終結していない事故",
        Severity.WARNING,
        ("incident-followup", "incident-notice"),
        _long_open,
    ),
    Check("improvement-overdue", "期日を過ぎた改善", Severity.WARNING, ("improvement",), _unimproved),
    Check("instruction-overdue", "期限を過ぎた指示・求め", Severity.WARNING, (), _unanswered),
    Check(
        "request-not-passed",
        "通知していない請求",
        Severity.VIOLATION,
        ("data-subject-request",),
        from_duties("data-subject-request", "request", late=True),
    ),
    Check(
        "audit-unanswered",
        "回答していない監査の指摘",
        Severity.WARNING,
        ("audit",),
        _audits,
    ),
)
