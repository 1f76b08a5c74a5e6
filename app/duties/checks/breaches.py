"""Cross-checks of what is not kept, until it is found kept, and of what is over, until it was handled."""

from __future__ import annotations

from collections.abc import Iterator

from app.duties.breaches import handle_step, handled, plain_number
from app.duties.checks.check import Check, Found, found
from app.duties.duty import Remark
from app.duties.engine import duties_of
from app.duties.evaluators.attested import denied
from app.duties.finding import Severity
from app.duties.verdict import add, shown
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


def _not_kept(view: ContractView) -> Iterator[Found]:
    clauses = {(one.annex, plain_number(one.clause.number)): one.clause for one in view.once(duties_of)}
    for said in denied(view):
        clause = clauses.get((said.annex, plain_number(said.clause)))
        text = (
            f"{said.clause.strip()}は、{shown(said.confirmed_on)}の遵守確認で「守られていない」とされ、"
            "その後に守られていることが確かめられていません。"
        )
        step = add("attestation", annex=said.annex, clause=clause.number if clause else said.clause)
        yield found(text, said, step)._replace(clause=clause)


CHECKS = (
    Check("attested-not-kept", "守られていない条項", Severity.VIOLATION, (), _not_kept),
    Check("breach-over", "処理を記録していない遅延・違反", Severity.WARNING, (), _over),
)
