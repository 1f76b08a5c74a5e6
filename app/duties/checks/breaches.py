"""Cross-check of what was late or broken and is over: shown until it is recorded how it was handled."""

from __future__ import annotations

from collections.abc import Iterator

from app.duties.breaches import handle_step, handled
from app.duties.checks.check import Check, Found
from app.duties.duty import Remark
from app.duties.engine import duties_of
from app.duties.finding import Severity
from app.duties.view import ContractView
from app.records import Incident


def _over(view: ContractView) -> Iterator[Found]:
    """Each breach under each clause that it offended, once, however many kinds of duty tell of it."""
    seen = set()
    for duty in view.once(duties_of):
        for remark in duty.remarks:
            key = (duty.annex, duty.clause.number, remark)
            if key in seen or _told(view, remark) or handled(view, duty.clause, remark) is not None:
                continue
            seen.add(key)
            step = handle_step(duty.clause, remark)
            yield Found(remark.text, remark.record, remark.id, step, duty.clause)


def _told(view: ContractView, remark: Remark) -> bool:
    """Whether the breach is an incident that the client was told of: its own record says who and when."""
    incident = view.facts.find(Incident, remark.id) if remark.record == "incident" else None
    if incident is None or remark.late:
        return False
    return any(row.notified_at.date() <= view.day for row in incident.notices)


CHECKS = (Check("breach-over", "処理を記録していない遅延・違反", Severity.WARNING, (), _over),)
